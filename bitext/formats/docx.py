"""
A Word document for reviewers: source and target side by side in a table, read back by id.

python-docx makes the document around the table; the rows are written as they come, and read as
they come. Tracked changes read as accepted. Keeps neither terms nor issues.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import BinaryIO, cast
from xml.etree.ElementTree import Element

from bitext.errors import InputError
from bitext.formats import archives, tables
from bitext.formats.findings import Report, unheard
from bitext.formats.markup import NOT_XML, elements, escaped, quoted
from bitext.units import TranslationUnit

DOCUMENT = "word/document.xml"
ROWS = "The rows stand here."
BREAK = re.compile(r"(\r\n|\r|\n|\t)")
# What is on its way out, and what Word computes from.
GONE = frozenset({"del", "moveFrom", "instrText", "delText", "tbl"})
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}


def write(
    units: Iterable[TranslationUnit],
    file: BinaryIO,
    *,
    signature: str,
    source_lang: str = "fr",
    target_lang: str = "en",
) -> None:
    """Write the units as they come."""
    langs = {"source": source_lang, "target": target_lang}
    fill = partial(fill_in, units=units, langs=langs)
    archives.pack(shell(signature), file, {DOCUMENT: fill})


def shell(signature: str) -> BinaryIO:
    """The document with a header row, and a paragraph where the rows go."""
    from docx import Document
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    document = Document()
    document.core_properties.author = "bitext"
    # Word takes no more than 255 characters for a property.
    document.core_properties.comments = NOT_XML.sub("\ufffd", signature)[:255]
    page = document.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.left_margin = page.right_margin = Mm(15)
    table = document.add_table(1, len(tables.COLUMNS), "Table Grid")
    table.autofit = False
    for cell, heading, share in zip(
        table.rows[0].cells, tables.COLUMNS, tables.WIDTHS, strict=True
    ):
        cell.width = Mm(267 * share // 100)
        cell.paragraphs[0].add_run(heading).bold = True
    table.add_row().cells[0].paragraphs[0].add_run(ROWS)
    made = io.BytesIO()
    document.save(made)
    return made


def fill_in(
    source: BinaryIO, target: BinaryIO, *, units: Iterable[TranslationUnit], langs: dict[str, str]
) -> None:
    """Write the document's XML with the rows in place of the one that keeps their place."""
    text = source.read().decode()
    mark = text.index(ROWS)
    start, end = text.rindex("<w:tr>", 0, mark), text.index("</w:tr>", mark) + len("</w:tr>")
    target.write(text[:start].encode())
    for unit in units:
        named = zip(tables.COLUMNS, tables.row(unit), strict=True)
        inside = "".join(cell(value, langs.get(column, "")) for column, value in named)
        target.write(f"<w:tr>{inside}</w:tr>".encode())
    target.write(text[end:].encode())


def cell(text: str, lang: str) -> str:
    said = f"<w:rPr><w:lang w:val={quoted(lang)}/></w:rPr>" if lang else ""
    return f"<w:tc><w:p><w:r>{said}{''.join(map(piece, BREAK.split(text)))}</w:r></w:p></w:tc>"


def piece(text: str) -> str:
    """
    >>> piece("a & b"), piece("\\n")
    ('<w:t xml:space="preserve">a &amp; b</w:t>', '<w:br/>')
    """
    if BREAK.fullmatch(text):
        return "<w:tab/>" if text == "\t" else "<w:br/>"
    return f'<w:t xml:space="preserve">{escaped(text)}</w:t>' if text else ""


def losses(unit: TranslationUnit) -> Iterator[str]:
    """What of a unit does not come back."""
    if not unit.source.strip():
        yield "a unit with a blank source is left out when it is read"
    if any(map(NOT_XML.search, tables.texts(unit))):
        yield "characters that XML cannot hold become U+FFFD"
    if any("\r" in text for text in tables.texts(unit)):
        yield "carriage returns become line ends"


def read(
    file: BinaryIO, *, name: str = "<docx>", report: Report = unheard
) -> Iterator[TranslationUnit]:
    """Yield the units of all tables; raises InputError."""
    with archives.opened(file, name) as archive:
        if DOCUMENT not in archive.namelist():
            raise InputError(name, "not a Word document; save it anew as .docx")
        with archives.faults(name), archive.open(DOCUMENT) as inside:
            yield from tables.units(rows(cast(BinaryIO, inside), name), name, report)


def rows(file: BinaryIO, name: str) -> Iterator[tuple[int, Sequence[str]]]:
    found = elements(file, name, kind="a Word", root="document", whole={"tr"})
    for number, (row, _) in enumerate(found, 1):
        yield number, [text_of(each) for each in row if each.tag == "tc"]


def text_of(cell: Element) -> str:
    """What a cell says, a line for each paragraph, with tracked changes accepted."""
    return "\n".join("".join(said(paragraph)) for paragraph in cell if paragraph.tag == "p")


def said(paragraph: Element) -> Iterator[str]:
    # A stack of its own, for elements may be nested without end.
    stack = [paragraph]
    while stack:
        top = stack.pop()
        if top.tag == "t":
            yield top.text or ""
        elif top.tag in SIGNS:
            yield SIGNS[top.tag]
        elif top.tag not in GONE:
            stack += reversed(top)
