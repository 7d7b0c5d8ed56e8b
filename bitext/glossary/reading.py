"""
Read a glossary from tab-separated text.

    source ⇥ target ⇥ note

A target of `=` or nothing means "do not translate"; so does a target that is the source.
`target | other | third` asks for the first and admits the others. `#` begins a comment line,
and a first line `source ⇥ target …` or `fr ⇥ en …` is a header.
"""

from collections.abc import Iterable, Iterator

from bitext.errors import GlossaryError
from bitext.text import fold
from bitext.units import TermEntry

HEADERS = frozenset({("source", "target"), ("fr", "en"), ("french", "english")})


def read_tsv(lines: Iterable[str], name: str) -> list[TermEntry]:
    """The entries, in order; raises GlossaryError with the line of the damage."""
    entries: list[TermEntry] = []
    seen: dict[str, tuple[int, TermEntry]] = {}
    for number, line in enumerate(lines, 1):
        row = line.rstrip("\r\n").lstrip("\ufeff")
        if not row.strip() or row.startswith("#"):
            continue
        cells = [cell.strip() for cell in row.split("\t")]
        if not entries and tuple(cell.lower() for cell in cells[:2]) in HEADERS:
            continue
        entry = parse(cells, name, number)
        earlier = seen.setdefault(entry.source, (number, entry))
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
    if len(cells) > 3:
        problem = f"has {len(cells)} columns; write source, target and, if you like, a note"
        raise GlossaryError(name, problem, line=number)
    source, targets, note = cells[0], cells[1], "".join(cells[2:])
    if not any(map(str.isalnum, source)):
        raise GlossaryError(name, "has no French term before the first tab", line=number)
    offered = list(targets_of(targets)) or [source]
    if offered[0] == "=":
        offered[0] = source
    kind = "dnt" if fold(offered[0]) == fold(source) else "term"
    return TermEntry(source, offered[0], kind, tuple(offered[1:]), note)  # type: ignore[arg-type]


def targets_of(cell: str) -> Iterator[str]:
    for target in cell.split("|"):
        if target.strip():
            yield target.strip()
