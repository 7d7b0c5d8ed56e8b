"""Reference snippets: a piece of a source text, and how a person put it in English."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bitext.errors import InputError

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
    """A reference for a raw stretch of a document; `line` is where the table has it."""

    document: str
    source: str
    reference: str
    line: int


def read_snippets(file: Iterable[str], name: str = "<snippets>") -> list[Snippet]:
    """
    Read a table of document, source and reference, tabs between them and a header above.

    Raises InputError with the line for what cannot be used.
    """
    rows = ((number, line.rstrip("\r\n")) for number, line in enumerate(file, 1))
    _, first = next(rows, (0, None))
    if first is None:
        raise InputError(name, "is empty; its first line should be " + " ⇥ ".join(HEADER))
    if tuple(first.removeprefix("\ufeff").split("\t")) != HEADER:
        raise InputError(name, f"the header should be {' ⇥ '.join(HEADER)}, tabs between", line=1)
    snippets: list[Snippet] = []
    lines: dict[tuple[str, str], int] = {}
    for number, line in rows:
        if line.strip():
            snippet = parse(line, name, number)
            key = (file_name(snippet.document), solid(snippet.source))
            if snippet.source and key in lines:
                problem = f"the source of line {lines[key]} again; keep one of them"
                raise InputError(name, problem, line=number)
            lines[key] = number
            snippets.append(snippet)
    return snippets


def parse(line: str, name: str, number: int) -> Snippet:
    cells = line.split("\t")
    if len(cells) != len(HEADER):
        problem = f"{len(cells)} columns, not 3; put one tab between {', '.join(HEADER)}"
        raise InputError(name, problem, line=number)
    document, source, reference = cells
    if not document.strip():
        raise InputError(name, "no document; name the file that the source is from", line=number)
    if not reference.strip():
        raise InputError(name, "an empty reference; fill it in or delete the row", line=number)
    return Snippet(document, source, reference, number)


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
