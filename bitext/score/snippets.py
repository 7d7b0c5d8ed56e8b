"""Reference snippets: a piece of a source text, and how a person put it in English."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bitext.errors import InputError

COLUMNS = ("id", "document", "source", "reference")
HEADER = ("document", "source", "reference")
WORD = re.compile(r"[^\W\d_]+")
FRENCH = frozenset(
    "le la les des du une dans avec pour est sont qui que et il elle nous vous pas ne sur au aux "
    "ce cette ces son ses leur par mais ou où été".split()
)
ENGLISH = frozenset(
    "the of and to in is are was were on for with that this it by from at as be not has have he "
    "she they we you its his her their but or an".split()
)


@dataclass(frozen=True, slots=True)
class Snippet:
    """
    A reference for a raw stretch of a document; `line` is where the table has it.

    Its place is told by the `id` of a unit or by the source text; where both are "", it is to be
    found by what the translation says.
    """

    document: str
    source: str
    reference: str
    line: int
    id: str = ""


def read_snippets(file: Iterable[str], name: str = "<snippets>") -> list[Snippet]:
    """
    Read a table with tabs and a header: document, source and reference.

    There may be a column `id` too, and then document and source may be missing; without `source`
    the references of a document stand in its order. Raises InputError with the line for what
    cannot be used.
    """
    rows = ((number, line.rstrip("\r\n")) for number, line in enumerate(file, 1))
    _, first = next(rows, (0, None))
    if first is None:
        raise InputError(name, "is empty; its first line should be " + " ⇥ ".join(HEADER))
    columns = first.removeprefix("\ufeff").split("\t")
    if not usable(columns):
        raise InputError(name, f"the header should be {' ⇥ '.join(HEADER)}, tabs between", line=1)
    snippets: list[Snippet] = []
    lines: dict[tuple[str, str], int] = {}
    for number, line in rows:
        if line.strip():
            snippet = parse(line, columns, name, number)
            key = (snippet.document.strip(), snippet.id or solid(snippet.source))
            if key[1] and key in lines:
                what = "id" if snippet.id else "source"
                problem = f"the {what} of line {lines[key]} again; keep one of them"
                raise InputError(name, problem, line=number)
            lines[key] = number
            snippets.append(snippet)
    return snippets


def usable(columns: list[str]) -> bool:
    known = len(set(columns)) == len(columns) and set(columns) <= set(COLUMNS)
    return known and "reference" in columns and ("id" in columns or "document" in columns)


def parse(line: str, columns: list[str], name: str, number: int) -> Snippet:
    cells = line.split("\t")
    if len(cells) != len(columns):
        problem = f"{len(cells)} columns, not {len(columns)}; put one tab between "
        raise InputError(name, problem + ", ".join(columns), line=number)
    row: Mapping[str, str] = dict(zip(columns, cells, strict=True))
    document, unit_id = row.get("document", ""), row.get("id", "").strip()
    if not document.strip() and not unit_id:
        raise InputError(name, "no document; name the file that the source is from", line=number)
    if not row["reference"].strip():
        raise InputError(name, "an empty reference; fill it in or delete the row", line=number)
    return Snippet(document, row.get("source", ""), row["reference"], number, unit_id)


def file_name(document: str) -> str:
    """
    The last part of a path, of either system's.

    >>> file_name("seeds/000.txt"), file_name(r"C:\\seeds\\000.txt")
    ('000.txt', '000.txt')
    """
    return re.split(r"[/\\]", document.strip())[-1]


def solid(text: str) -> str:
    """A text with single spaces, under which sources are compared."""
    return " ".join(text.split())


def looks_french(text: str) -> bool:
    """
    Whether a reference has more little words of French than of English.

    >>> looks_french("Il a été suspendu par le réseau."), looks_french("It left Port-au-Prince.")
    (True, False)
    """
    words = [word.lower() for word in WORD.findall(text)]
    french = sum(word in FRENCH for word in words)
    return french >= 2 and french > sum(word in ENGLISH for word in words)
