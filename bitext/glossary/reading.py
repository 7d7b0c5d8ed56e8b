"""
Read a glossary from tab-separated text.

    source ⇥ target ⇥ note

A target of `=` or nothing means "do not translate"; so does a target that is the source.
`target | other | third` asks for the first and admits the others. `#` begins a comment line,
and a first line `source ⇥ target …` or `fr ⇥ en …` is a header.
"""

import re
from collections.abc import Iterable, Iterator

from bitext.errors import GlossaryError
from bitext.text import fold, normalise
from bitext.units import TermEntry, TermKind

# The names that people and other tools give to the columns, in any case.
HEADER = re.compile(
    r"(?:source|src|fr|fra|français|french|terme?)(?:[ _-]?(?:term|lang|\w\w))?\t"
    r"(?:target|tgt|en|eng|anglais|english|traduction|translation)(?:[ _-]?(?:term|lang|\w\w))?",
    re.IGNORECASE,
)
COLUMNS = 3


def read_tsv(lines: Iterable[str], name: str) -> list[TermEntry]:
    """The entries, in order; raises GlossaryError with the line of the damage."""
    entries: list[TermEntry] = []
    seen: dict[str, tuple[int, TermEntry]] = {}
    begun = False
    for number, line in enumerate(lines, 1):
        row = line.rstrip("\r\n").lstrip("\ufeff")
        if not row.strip() or row.startswith("#"):
            continue
        cells = [cell.strip() for cell in row.split("\t")]
        first, begun = not begun, True
        if first and HEADER.fullmatch("\t".join(cells[:2])):
            continue
        entry = parse(cells, name, number)
        # However its apostrophes and spaces are written, it is one term.
        earlier = seen.setdefault(normalise(entry.source).text, (number, entry))
        if earlier[0] == number:
            entries.append(entry)
        elif (earlier[1].target, earlier[1].admitted) != (entry.target, entry.admitted):
            raise GlossaryError(
                name,
                f"{entry.source!r} is listed twice with different targets "
                f"(first in line {earlier[0]}); keep one row",
                line=number,
            )
    return entries


def parse(cells: list[str], name: str, number: int) -> TermEntry:
    if len(cells) < 2:
        problem = "needs a French term, a tab, and an English one (or = to keep the term as it is)"
        raise GlossaryError(name, problem, line=number)
    if any(cells[COLUMNS:]):
        problem = f"has {len(cells)} columns; write source, target and, if you like, a note"
        raise GlossaryError(name, problem, line=number)
    source, note = cells[0], "".join(cells[2:])
    if not any(map(str.isalnum, source)):
        problem = "has no French term before the first tab; write one, or delete the row"
        raise GlossaryError(name, problem, line=number)
    offered = list(targets_of(cells[1], source)) or [source]
    kind: TermKind = "dnt" if fold(offered[0]) == fold(source) else "term"
    return TermEntry(source, offered[0], kind, tuple(offered[1:]), note)


def targets_of(cell: str, source: str) -> Iterator[str]:
    for target in cell.split("|"):
        if target.strip():
            yield source if target.strip() == "=" else target.strip()
