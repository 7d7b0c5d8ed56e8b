"""Write a glossary as TSV or CSV with named columns, as OmegaT's TSV, or as TBX."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import BinaryIO

from bitext.errors import UnknownName
from bitext.glossary.rows import fields_of, joined
from bitext.glossary.tbx import write_tbx
from bitext.units import TermEntry


def write_tsv(entries: Iterable[TermEntry], file: BinaryIO) -> None:
    """Our own TSV: a header, and the columns that at least one entry fills."""
    for cells in table(list(entries)):
        if cells[0].lstrip("\\").startswith("#"):
            cells = ["\\" + cells[0], *cells[1:]]
        file.write(("\t".join(cells) + "\n").encode())


def write_csv(entries: Iterable[TermEntry], file: BinaryIO) -> None:
    """The same columns, separated by commas."""
    text = io.TextIOWrapper(file, "utf-8", newline="")
    try:
        csv.writer(text, lineterminator="\n").writerows(table(list(entries)))
    finally:
        text.flush()
        text.detach()


def write_omegat(entries: Iterable[TermEntry], file: BinaryIO) -> None:
    """
    What OmegaT's `glossary` folder takes: source, target, comment; a line for each target.

    It has no place for what is forbidden, nor for patterns, which OmegaT would propose as they
    are: both are left out.
    """
    for entry in filter(proposed, entries):
        for target in (entry.target, *entry.admitted):
            cells = (entry.source, target, entry.note)
            file.write(("\t".join(re.sub(r"[\t\n]", " ", c) for c in cells) + "\n").encode())


def proposed(entry: TermEntry) -> bool:
    """Whether OmegaT gets an entry."""
    return entry.kind != "forbidden" and entry.match != "regex"


def table(entries: Sequence[TermEntry]) -> Iterator[list[str]]:
    rows = [fields_of(entry) for entry in entries]
    used = list(dict.fromkeys(name for row in rows for name in row))
    yield ["source", "target", *used]
    for entry, row in zip(entries, rows, strict=True):
        yield [entry.source, targets(entry), *(row.get(name, "") for name in used)]


def targets(entry: TermEntry) -> str:
    """The cell of targets; `=` says that a term is kept as it is."""
    if entry.kind == "dnt" and entry.target == entry.source:
        return " | ".join(filter(None, ["=", joined(entry.admitted)]))
    return joined((entry.target, *entry.admitted))


FORMATS: Mapping[str, Callable[[Iterable[TermEntry], BinaryIO], None]] = {
    "tsv": write_tsv,
    "csv": write_csv,
    "tbx": write_tbx,
    "omegat": write_omegat,
}


def writer(form: str) -> Callable[[Iterable[TermEntry], BinaryIO], None]:
    """The writer of a format; raises UnknownName."""
    if form not in FORMATS:
        raise UnknownName("glossary format", form, FORMATS)
    return FORMATS[form]
