r"""
An Excel workbook for reviewers without a CAT tool: a header, then a unit a row, read back by id.

Every cell is text, also one that begins with = + - @. Characters that XML cannot hold are written
_x001B_, as Excel itself does. Keeps neither terms nor issues.
"""

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

from bitext.errors import BitextError, InputError
from bitext.formats import archives, tables
from bitext.formats.findings import Finding, Report, unheard
from bitext.formats.places import STATUSES
from bitext.units import TranslationUnit

CORE = "docProps/core.xml"
LONGEST = 32_767  # characters in a cell, says Excel
MOST_ROWS = 1_048_576
# Control characters, halves of characters, and what looks like an escape already.
ESCAPED = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
CHANGED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write(
    units: Iterable[TranslationUnit],
    file: BinaryIO,
    *,
    signature: str,
    source_lang: str = "fr",
    target_lang: str = "en",
) -> None:
    """Write the units as they come; raises BitextError if they are more than Excel has rows."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = "bitext"
    book.properties.description = escaped(signature)[:LONGEST]
    sheet = book.create_sheet("units")
    lay_out(sheet)
    cells = _Cells(sheet)
    sheet.append(cells.headings())
    for number, unit in enumerate(units, 2):
        if number > MOST_ROWS:
            raise BitextError(f"Excel has {MOST_ROWS:,} rows; split the units, or use csv")
        sheet.append(cells.row(tables.row(unit)))
    with SpooledTemporaryFile(archives.HELD) as made:
        book.save(cast(BinaryIO, made))
        archives.pack(cast(BinaryIO, made), file, {CORE: undated})


def lay_out(sheet: Any) -> None:
    """Widths, a header that stays in view, and a list to choose the status from."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    for number, width in enumerate(tables.WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(number)].width = 2 * width
    sheet.freeze_panes = "B2"
    choice = DataValidation("list", formula1=f'"{",".join(STATUSES)}"', allow_blank=True)
    choice.add(f"D2:D{MOST_ROWS}")
    sheet.data_validations.append(choice)


class _Cells:
    """Makes the cells of a sheet. A style is looked up once: looking up is most of the work."""

    def __init__(self, sheet: Any) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Alignment, Font

        self.sheet, self.new = sheet, WriteOnlyCell
        plain, heading, guarded = (WriteOnlyCell(sheet) for _ in range(3))
        for each in (plain, heading, guarded):
            each.alignment = Alignment(wrap_text=True, vertical="top")
        heading.font = Font(bold=True)
        guarded.quotePrefix = True  # what looks like a formula stays text when somebody edits it
        self.plain, self.heading, self.guarded = (c._style for c in (plain, heading, guarded))

    def headings(self) -> list[Any]:
        return [self.cell(column, self.heading) for column in tables.COLUMNS]

    def row(self, texts: Iterable[str]) -> list[Any]:
        return [
            self.cell(text, self.guarded if tables.FORMULA.match(text) else self.plain)
            for text in texts
        ]

    def cell(self, text: str, style: Any) -> Any:
        made = self.new(self.sheet, escaped(text)[:LONGEST])
        # What begins with = became a formula, and "#N/A" an error.
        made.data_type = "s"
        made._style = style
        return made


def escaped(text: str) -> str:
    r"""
    >>> escaped("a\x1b_x0041_")
    'a_x001B__x005F_x0041_'
    """
    return ESCAPED.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def unescaped(text: str) -> str:
    r"""
    >>> unescaped("a_x001B__x005F_x0041_")
    'a\x1b_x0041_'
    """
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def undated(source: BinaryIO, target: BinaryIO) -> None:
    target.write(CHANGED.sub(rb"\g<1>1980-01-01T00:00:00Z", source.read()))


def losses(unit: TranslationUnit) -> Iterator[str]:
    """What of a unit does not come back."""
    if not unit.source.strip():
        yield "a unit with a blank source is left out when it is read"
    if any(len(escaped(text)) > LONGEST for text in tables.row(unit)):
        yield f"cells are cut at {LONGEST:,} characters"


def read(
    file: BinaryIO, *, name: str = "<xlsx>", report: Report = unheard
) -> Iterator[TranslationUnit]:
    """Yield the units of the first sheet; raises InputError."""
    with archives.seekable(file) as source:
        with archives.opened(source, name) as archive:
            archives.check_markup(archive, name)
        yield from tables.units(rows(source, name, report), name, report)


def rows(file: BinaryIO, name: str, report: Report) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of the first sheet; of a formula what it came to when it was saved."""
    from openpyxl import load_workbook

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that openpyxl passes over
            book = load_workbook(file, read_only=True, data_only=True)
        sheet, *others = book.worksheets
        for other in others:
            problem = f"the sheet {other.title!r} is not read; only the first one is"
            report(Finding(name, None, "", problem))
        sheet.reset_dimensions()  # they may claim what they like
        found = sheet.iter_rows(max_col=50, values_only=True)
        for number, values in enumerate(found, 1):
            if number > MOST_ROWS:
                raise InputError(name, f"has more rows than Excel, {MOST_ROWS:,}")
            yield number, [text_of(value) for value in values]
    except BitextError:
        raise
    except Exception as error:  # openpyxl raises whatever it stumbles upon
        said = str(error) or type(error).__name__
        raise InputError(name, f"not an Excel workbook ({said}); save it anew as .xlsx") from error


def text_of(value: object) -> str:
    """A cell as text: somebody may have typed a number over it."""
    return "" if value is None else unescaped(value) if isinstance(value, str) else str(value)
