"""
Glossaries as tables: TSV (ours and OmegaT's) and CSV (DeepL's, AWS's, a spreadsheet's).

Without a header the columns are source, target and note; DeepL's four are source, target and
their languages. A header names them in any order, by our names, by other tools' or by languages
(`fr`, `en-GB`); what it does not name of ours is passed over.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bitext.glossary.rows import Found, Problem, Row, Unusable, targets_of

# Our names of the columns, and what else people and tools call them.
NAMES = {
    "source": "source src fr fra french français francais term terme",
    "target": "target tgt en eng english anglais traduction translation",
    "note": "note notes comment comments commentaire commentaires remarque description definition",
    "kind": "kind",
    "match": "match matching",
    "case": "case casse",
    "plural": "plural pluriel target_plural",
    "pos": "pos part_of_speech catégorie",
    "include": "include",
    "exclude": "exclude",
    "domain": "domain domaine subject subject_field",
    "id": "id",
    "directionality": "directionality",
    "source_lang": "source_lang source_language",
    "target_lang": "target_lang target_language",
}
KNOWN = {alias: name for name, aliases in NAMES.items() for alias in aliases.split()}
SIDE = re.compile(r"(source|src|target|tgt)[ _-]?(?:term|phrase|text|\w\w)")
LANGUAGE = re.compile(r"([a-z]{2,3})(?:[-_][a-z]{2,4})?", re.IGNORECASE)
CODE = re.compile(r"[a-z]{2}(?:[-_]\w{2,4})?", re.IGNORECASE)
DELIMITERS = "\t;,|"
SAMPLE = 20  # records that tell the delimiter

NEEDS = "needs a French term, a tab, and an English one (or = to keep the term as it is)"
NEEDS_CSV = "needs a French term and an English one, with a delimiter between them"
NO_TARGET = "has no English term; write one, or = to keep the French one"


def tab_separated(lines: Iterable[tuple[int, str]]) -> Found:
    """
    The rows of a TSV file, or the line and what is wrong with it.

    `#` begins a comment; a term that begins so is written `\\#`. An empty target is `=`.
    """
    header: Mapping[int, str] | None = None
    begun = False
    for number, line in lines:
        text = line.rstrip("\r\n").lstrip("\ufeff")
        if not text.strip() or text.startswith("#"):
            continue
        cells = [cell.strip() for cell in text.split("\t")]
        first, begun = not begun, True
        if first and (header := header_of(cells)):
            yield from passed_over(cells, header, number)
            continue
        if cells[0].startswith("\\") and cells[0].lstrip("\\").startswith("#"):
            cells[0] = cells[0][1:]
        try:
            if header is None:
                yield listed(cells, number)
            elif row := named(cells, header, number, "="):
                yield row
        except Unusable as error:
            yield Problem(number, "error", str(error))


def listed(cells: list[str], number: int) -> Row:
    """A row of a TSV file that names no columns."""
    if len(cells) < 2:
        raise Unusable(NEEDS)
    if any(cells[3:]):
        problem = f"has {len(cells)} columns; write source, target and, if you like, a note"
        raise Unusable(problem)
    fields = {"note": "".join(cells[2:])} | kept(cells[1])
    return Row(number, cells[0], targets_of(cells[1] or "=", cells[0]), fields)


def kept(cell: str) -> dict[str, str]:
    """Says that a target of `=` is meant to be the source."""
    return {"kind": "dnt"} if cell.partition("|")[0].strip() == "=" else {}


def comma_separated(lines: Iterable[tuple[int, str]], sample: str) -> Found:
    """The rows of a CSV file, whichever its delimiter; `sample` is its beginning."""
    counted = Counted(lines)
    records = csv.reader(counted, delimiter=delimiter_of(sample), strict=True)
    header: Mapping[int, str] | None = None
    begun = False
    while True:
        counted.first = 0
        try:
            cells = [cell.strip() for cell in next(records)]
        except StopIteration:
            return
        except csv.Error as error:
            problem = f"cannot be read ({error}); is a quotation mark not doubled?"
            yield Problem(counted.first, "error", problem)
            continue
        if not any(cells):
            continue
        first, begun = not begun, True
        if first and (header := header_of(cells)):
            yield from passed_over(cells, header, counted.first)
            continue
        try:
            if row := named(cells, header or unnamed(cells), counted.first, ""):
                yield row
        except Unusable as error:
            yield Problem(counted.first, "error", str(error))


class Counted:
    """Lines without their numbers; `first` is the number of the first line of a record."""

    def __init__(self, lines: Iterable[tuple[int, str]]) -> None:
        self.lines = iter(lines)
        self.first = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        number, line = next(self.lines)
        self.first = self.first or number
        return line


def unnamed(cells: Sequence[str]) -> Mapping[int, str]:
    """The columns of a CSV row without a header."""
    if of_deepl(cells):
        return {0: "source", 1: "target", 2: "source_lang", 3: "target_lang"}
    return {0: "source", 1: "target", 2: "note"}


def of_deepl(cells: Sequence[str]) -> bool:
    """Whether the third and fourth cell, and no earlier one, name languages."""
    return (
        len(cells) >= 4
        and all(LANGUAGE.fullmatch(cell) for cell in cells[2:4])
        and not any(map(column, cells[:2]))
    )


def header_of(cells: Sequence[str]) -> Mapping[int, str] | None:
    """Which column each cell of a header names; None if the row names no source and target."""
    found: dict[int, str] = {}
    for at, cell in enumerate(cells):
        name = column(cell)
        if name and name not in found.values():
            found[at] = name
    both = {"source", "target"} <= set(found.values())
    return found if both and not of_deepl(cells) else None


def passed_over(cells: Sequence[str], header: Mapping[int, str], number: int) -> Iterator[Problem]:
    """A word on the columns that are not read; other languages need none."""
    for at, cell in enumerate(cells):
        if cell and at not in header and not CODE.fullmatch(cell):
            problem = f"the column {cell[:40]!r} is not known and passed over"
            yield Problem(number, "warning", problem)


def column(cell: str) -> str:
    """
    Our name of a column, or nothing.

    >>> [column(c) for c in ("fr-CA", "Source term", "EN_us", "de", "Part of speech")]
    ['source', 'source', 'target', '', 'pos']
    """
    low = cell.lower().strip()
    if low.replace(" ", "_") in KNOWN:
        return KNOWN[low.replace(" ", "_")]
    if side := SIDE.fullmatch(low):
        return "source" if side[1] in ("source", "src") else "target"
    language = LANGUAGE.fullmatch(low)
    return KNOWN.get(language[1], "") if language and len(language[1]) == 2 else ""


def named(cells: list[str], header: Mapping[int, str], number: int, empty: str) -> Row | None:
    """
    A row by the names of its columns; None if it is of other languages.

    `empty` is what an empty target stands for.
    """
    values = {name: cells[at] for at, name in header.items() if at < len(cells)}
    languages = values.pop("source_lang", "fr"), values.pop("target_lang", "en")
    if languages != ("fr", "en") and not of_pair(*languages):
        return None
    names = list(header.values())
    if one_way(values.pop("directionality", "")) and names.index("target") < names.index("source"):
        raise Unusable("goes one way only, from English; write Multi for its directionality")
    if not {"source", "target"} <= values.keys():  # a row that ends too soon
        raise Unusable(NEEDS_CSV)
    source, cell = values.pop("source"), values.pop("target")
    kind = values.get("kind", "").lower()
    if not cell and not empty and kind != "dnt":
        raise Unusable(NO_TARGET)
    written = cell
    if not cell and kind != "forbidden":
        cell = empty
    if not kind:
        values |= kept(written)
    return Row(number, source, targets_of(cell, source), values)


def of_pair(source: str, target: str) -> bool:
    """Whether two language codes are French and English; raises Unusable if the wrong way round."""
    pair = source.lower()[:2], target.lower()[:2]
    if pair == ("en", "fr"):
        raise Unusable("goes from English to French; change its two sides about")
    return pair == ("fr", "en")


def one_way(directionality: str) -> bool:
    return directionality.lower() == "uni"


def delimiter_of(sample: str) -> str:
    """
    The delimiter of a CSV file: one that a header names columns by, or that most records have.

    >>> delimiter_of("loi;Act, law\\nbail;lease\\n")
    ';'
    """
    best, most = ",", (False, 0.0)
    for delimiter in DELIMITERS:
        first = next(iter(sampled(sample, delimiter)), [])
        score = header_of(first) is not None, share_of_rows(sample, delimiter)
        if score > most:
            best, most = delimiter, score
    return best


def share_of_rows(sample: str, delimiter: str) -> float:
    """The share of the first records that have several columns with this delimiter."""
    records = sampled(sample, delimiter)
    return sum(len(record) > 1 for record in records) / (len(records) or 1)


def sampled(sample: str, delimiter: str) -> list[list[str]]:
    records: list[list[str]] = []
    try:
        for record in csv.reader(sample.splitlines(keepends=True), delimiter=delimiter):
            records += [record] if record else []
            if len(records) == SAMPLE:
                break
    except csv.Error:
        return []
    return records
