"""
Word documents (.docx): the text of paragraphs is translated, in the body, tables, text boxes,
headers, footers and notes; all else in the package stays as it is.

Runs in another format than most of their paragraph are inline codes around their words, and so
are hyperlinks; tabs, pictures, fields and note marks are single codes. What Word would have to
fetch or run is kept as data and never touched.
"""

import io
import re
from collections.abc import Sequence
from functools import partial
from typing import Any, BinaryIO
from zipfile import ZipFile

from lxml import etree

from bitext.documents.wordml import fill_paragraph, read_paragraph, w
from bitext.errors import InputError
from bitext.formats import archives
from bitext.inline import Code, Marked

PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
LARGEST_PART = 1 << 26  # bytes; a document of a thousand pages has 20 MB of XML
LETTER = re.compile(r"[^\W\d_]")
# As Word names its styles in English and French; "9" is the level of body text.
HEADING = re.compile(r"(?:heading|titre|title)[ _]?\d?", re.IGNORECASE)
LEVELS = tuple("012345678")


class Package:
    """The parts of a document that hold text, parsed, and their paragraphs."""

    def __init__(self, content: bytes, parts: dict[str, Any]) -> None:
        self.content = content
        self.parts = parts
        read = [read_paragraph(p) for root in parts.values() for p in root.iter(w("p"))]
        self.paragraphs = [p for p in read if p and any(map(has_letters, p.texts))]
        self.texts = [m for p in self.paragraphs for m in p.texts if has_letters(m)]

    def outside(self) -> tuple[int, ...]:
        return ()

    def headings(self) -> list[int]:
        owners = [p for p in self.paragraphs for m in p.texts if has_letters(m)]
        return [number for number, owner in enumerate(owners) if is_heading(owner.element)]

    def filled(self, fills: Sequence[Sequence[str | Code] | None]) -> bytes:
        left = iter(fills)
        for paragraph in self.paragraphs:
            own = [next(left) if has_letters(marked) else None for marked in paragraph.texts]
            if any(fill is not None for fill in own):
                fill_paragraph(paragraph, own)
        return repacked(self.content, {name: xml_of(root) for name, root in self.parts.items()})


def is_heading(paragraph: Any) -> bool:
    """Whether its style or its outline level says so; styles keep their id in every language."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        return False
    style, level = properties.find(w("pStyle")), properties.find(w("outlineLvl"))
    named = style is not None and HEADING.fullmatch(style.get(w("val"), ""))
    return bool(named) or (level is not None and level.get(w("val"), "") in LEVELS)


def has_letters(marked: Marked) -> bool:
    return bool(LETTER.search(marked.text))


def parse(content: bytes, name: str, encoding: str) -> Package:
    """Raises InputError if it is no Word document, is damaged, or would unpack to too much."""
    with archives.opened(io.BytesIO(content), name) as archive:
        archives.check_markup(archive, name)
        names = [each for each in archive.namelist() if PARTS.fullmatch(each)]
        if "word/document.xml" not in names:
            raise InputError(name, "is not a Word document (.docx); save it as one")
        archives.check_content(archive, name)
        with archives.faults(name):
            parts = {each: root_of(unpacked(archive, each, name), name) for each in names}
    package = Package(content, parts)
    if not package.texts:
        raise InputError(name, "has no text in its paragraphs; nothing to translate")
    return package


def unpacked(archive: ZipFile, part: str, name: str) -> bytes:
    """A part of the package, which is parsed as a whole."""
    with archive.open(part) as file:
        content = file.read(LARGEST_PART + 1)
    if len(content) > LARGEST_PART:
        raise InputError(name, f"{part} in it unpacks to more than 64 MB; not read")
    return content


def root_of(content: bytes, name: str) -> Any:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        said = " ".join(str(error.msg).split())
        raise InputError(name, f"has damaged XML in it ({said}); save it anew") from error
    return root


def xml_of(root: Any) -> bytes:
    tree = root.getroottree()
    return bytes(etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True))


def repacked(content: bytes, parts: dict[str, bytes]) -> bytes:
    """The package with some parts in new words; the others as they were, in their order."""

    def written(part: bytes, _: BinaryIO, target: BinaryIO) -> None:
        target.write(part)

    out = io.BytesIO()
    fillers: dict[str, archives.Filler] = {
        name: partial(written, part) for name, part in parts.items()
    }
    archives.pack(io.BytesIO(content), out, fillers)
    return out.getvalue()
