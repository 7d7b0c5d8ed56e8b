"""
CSV for spreadsheets: UTF-8 with the mark that Excel knows it by, a header, then a unit a row.

A cell that a spreadsheet would take for a formula gets an apostrophe, which is taken off again on
reading. Semicolons or tabs between the cells are read as well. Keeps neither terms nor issues.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from io import TextIOWrapper
from itertools import chain
from typing import BinaryIO

from bitext.errors import InputError
from bitext.formats import tables
from bitext.formats.encodings import marked
from bitext.formats.findings import Report, unheard
from bitext.units import TranslationUnit

LONGEST = 10_000_000  # characters in a cell


def write(
    units: Iterable[TranslationUnit],
    file: BinaryIO,
    *,
    signature: str,
    source_lang: str = "fr",
    target_lang: str = "en",
) -> None:
    """Write the header and then the units as they come."""
    file.write(b"\xef\xbb\xbf")
    rows = csv.writer(_Encoded(file))
    rows.writerow(tables.COLUMNS)
    for unit in units:
        rows.writerow(map(tables.neutral, tables.row(unit)))


class _Encoded:
    """What csv.writer writes to."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def write(self, text: str) -> None:
        self.file.write(tables.SURROGATE.sub("\ufffd", text).encode())


def losses(unit: TranslationUnit) -> Iterator[str]:
    """What of a unit does not come back."""
    if not unit.source.strip():
        yield "a unit with a blank source is left out when it is read"
    if any(map(tables.SURROGATE.search, tables.texts(unit))):
        yield "halves of a character become U+FFFD"


def read(
    file: BinaryIO, *, name: str = "<csv>", report: Report = unheard
) -> Iterator[TranslationUnit]:
    """Yield the units; raises InputError with the line of the damage."""
    yield from tables.units(rows(file, name), name, report)


def rows(file: BinaryIO, name: str) -> Iterator[tuple[int, Sequence[str]]]:
    csv.field_size_limit(max(LONGEST, csv.field_size_limit()))
    text = TextIOWrapper(file, marked(file), newline="")
    number = 1
    try:
        header = text.readline(LONGEST)
        # Excel puts between cells what the country it stands in puts there.
        delimiter = max(",;\t", key=header.count)
        reader = csv.reader(chain([header], text), delimiter=delimiter, strict=False)
        for cells in reader:
            yield number, [tables.plain(cell) for cell in cells]
            number = reader.line_num + 1
    except UnicodeError as error:
        problem = "not UTF-8; save it as “CSV UTF-8”"
        raise InputError(name, problem, line=number) from error
    except csv.Error as error:
        raise InputError(name, f"not CSV ({error})", line=number) from error
    finally:
        with suppress(ValueError):  # whoever stopped reading may have closed the file by now
            text.detach()
