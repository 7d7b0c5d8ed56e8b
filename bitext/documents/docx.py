"""
Word documents (.docx): the text of paragraphs is translated, in the body, tables, text boxes,
headers, footers and notes; all else in the package stays as it is.

Runs in another format than most of their paragraph are inline codes around their words, and so
are hyperlinks; tabs, pictures, fields and note marks are single codes. What Word would have to
fetch or run is kept as data and never touched.
"""

import io
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import partial
from typing import Any, BinaryIO
from zipfile import ZipFile

from lxml import etree

from bitext.documents.wordml import fill_paragraph, w
from bitext.documents.wordml_reader import read_paragraph
from bitext.errors import InputError
from bitext.formats import archives
from bitext.inline import Code, Marked

# The parts that hold text, and the main one, by what a package says that they are; and by name
# where it does not say.
TYPES = "[Content_Types].xml"
OF_TEXT = re.compile(
    r"application/(?:vnd\.openxmlformats-officedocument\.wordprocessingml\."
    r"(?:(?P<main>(?:document|template)\.main)|header|footer|footnotes|endnotes)"
    r"|vnd\.ms-word\.(?P<macros>(?:document|template)\.macroEnabled(?:Template)?\.main))\+xml"
)
PARTS = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
STYLES = "word/styles.xml"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
# A text box for a new and an old Word.
ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
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
        self.copies = [pair for root in parts.values() for pair in twins(root)]
        twice = {p for _, old in self.copies for p in old.iter(w("p"))}
        every = (p for root in parts.values() for p in root.iter(w("p")))
        read = [read_paragraph(p) for p in every if p not in twice]
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
        for new, old in self.copies:
            old[:] = map(deepcopy, new)
        written = {name: root for name, root in self.parts.items() if name != STYLES}
        if STYLES in self.parts and tell_english(self.parts[STYLES]):
            written[STYLES] = self.parts[STYLES]
        return repacked(self.content, {name: xml_of(root) for name, root in written.items()})


def is_heading(paragraph: Any) -> bool:
    """Whether its style or its outline level says so; styles keep their id in every language."""
    properties = paragraph.find(w("pPr"))
    if properties is None:
        return False
    style, level = properties.find(w("pStyle")), properties.find(w("outlineLvl"))
    named = style is not None and HEADING.fullmatch(style.get(w("val"), ""))
    return bool(named) or (level is not None and level.get(w("val"), "") in LEVELS)


def twins(root: Any) -> Iterator[tuple[Any, Any]]:
    """The text boxes that a part holds twice, for new and old versions of Word."""
    for both in root.iter(ALTERNATIVES):
        boxes = [[*each.iter(w("txbxContent"))] for each in both.iterchildren("*")]
        if len(boxes) == 2 and len(boxes[0]) == len(boxes[1]):
            texts = [["".join(box.itertext(w("t"))) for box in each] for each in boxes]
            if texts[0] == texts[1]:
                yield from zip(*boxes, strict=True)


def tell_english(styles: Any) -> bool:
    """Make English of the language of styles, where it is French; whether it was."""
    french = [e for e in styles.iter(w("lang")) if e.get(w("val"), "").lower().startswith("fr")]
    for lang in french:
        lang.set(w("val"), "en-US")
    return bool(french)


def has_letters(marked: Marked) -> bool:
    return bool(LETTER.search(marked.text))


def parse(content: bytes, name: str, encoding: str) -> Package:
    """Raises InputError if it is no Word document, is damaged, or would unpack to too much."""
    with archives.opened(io.BytesIO(content), name) as archive:
        archives.check_markup(archive, name)
        names = parts_of_text(archive, name)
        archives.check_content(archive, name)
        names += [STYLES] if STYLES in archive.namelist() else []
        with archives.faults(name):
            parts = {each: root_of(unpacked(archive, each, name), name) for each in names}
    if any(root.tag.startswith(f"{{{STRICT}}}") for root in parts.values()):
        raise InputError(name, "is Strict Open XML; save it as a Word document (.docx)")
    package = Package(content, parts)
    if not package.texts:
        raise InputError(name, "has no text in its paragraphs; nothing to translate")
    return package


def parts_of_text(archive: ZipFile, name: str) -> list[str]:
    """The names of the parts that are translated; raises InputError if it is no Word document."""
    kinds: dict[str, re.Match[str] | None] = {}
    if TYPES in archive.namelist():
        with archives.faults(name):
            types = root_of(unpacked(archive, TYPES, name), name)
        kinds = {
            each.get("PartName", "").lstrip("/"): OF_TEXT.fullmatch(each.get("ContentType", ""))
            for each in types.iterchildren("{*}Override")
        }
    main = [part for part, kind in kinds.items() if kind and (kind["main"] or kind["macros"])]
    if not main and "word/document.xml" in archive.namelist():
        return [part for part in archive.namelist() if PARTS.fullmatch(part)]
    if not set(main) & set(archive.namelist()):
        raise InputError(name, "is not a Word document (.docx); save it as one")
    return [part for part in archive.namelist() if kinds.get(part)]


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
