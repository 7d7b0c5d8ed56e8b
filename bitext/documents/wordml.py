"""
A paragraph of WordprocessingML (ECMA-376) as a text with codes, and with new text again.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from bitext.formats.markup import NOT_XML
from bitext.inline import Code, Marked

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FORMULA = "http://schemas.openxmlformats.org/officeDocument/2006/math"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Around runs, with the text of the paragraph in them.
BOXES = {
    f"{{{W}}}{name}"
    for name in "hyperlink ins smartTag moveTo fldSimple sdt customXml dir bdo".split()
}
# What a box is, before its text.
PROPERTIES = {f"{{{W}}}{name}" for name in "sdtPr sdtEndPr smartTagPr customXmlPr fldData".split()}
# Controls with these hold what is chosen, not written, or what Word takes from elsewhere.
CHOSEN = frozenset(
    "dataBinding dropDownList comboBox date checkbox picture citation bibliography equation".split()
)
# They part words, though no text is between these.
SPACES = {f"{{{W}}}{name}" for name in ("tab", "br", "cr", "ptab")}
# Of no weight for how a run looks.
UNSEEN = {f"{{{W}}}{name}" for name in ("lang", "noProof", "rsidR", "rsidRPr")}


def w(name: str) -> str:
    return f"{{{W}}}{name}"


@dataclass(frozen=True, slots=True)
class Look:
    """The properties of a run; a code's content. None are those of plain text."""

    properties: Any


@dataclass(frozen=True, slots=True)
class Box:
    """An element around runs (a hyperlink); a code's content."""

    element: Any


@dataclass(frozen=True, slots=True)
class Thing:
    """
    What is no text, to be put back as it is; a code's content.

    Each element with the run it stands in, or None for one that stands in no run.
    """

    elements: tuple[tuple[Any, Any], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: the texts between its tabs and line breaks, and these, one less."""

    element: Any
    texts: tuple[Marked, ...]
    breaks: tuple[Thing, ...]


def own_runs(element: Any) -> Iterator[Any]:
    """The runs of a paragraph, not those of text boxes in it."""
    for child in element.iterchildren():
        if child.tag == w("r"):
            yield child
        elif is_box(child):
            yield from own_runs(inside(child))


def is_box(element: Any) -> bool:
    """Whether it stands around runs with text of the paragraph."""
    if element.tag == w("sdt"):
        told = element.iterfind(f"{w('sdtPr')}/*")
        chosen = any(etree.QName(each).localname in CHOSEN for each in told)
        return element.find(w("sdtContent")) is not None and not chosen
    return element.tag in BOXES


def inside(box: Any) -> Any:
    """The element that the runs in a box are the children of."""
    return box.find(w("sdtContent")) if box.tag == w("sdt") else box


def usual(paragraph: Any) -> str:
    """The look of most of the paragraph's letters."""
    sizes: Counter[str] = Counter()
    for run in own_runs(paragraph):
        sizes[look_of(run)] += sum(len(t.text or "") for t in run.iterchildren(w("t")))
    return sizes.most_common(1)[0][0] if sizes else ""


def look_of(run: Any) -> str:
    """What of a run's properties can be seen, as text to compare."""
    properties = run.find(w("rPr"))
    if properties is None:
        return ""
    seen = [e for e in properties if e.tag not in UNSEEN]
    return "".join(etree.tostring(e, encoding="unicode", with_tail=False) for e in seen)


def fill_paragraph(paragraph: Paragraph, fills: Sequence[Sequence[str | Code] | None]) -> None:
    """Give a paragraph new texts; its own properties stay, and a text whose fill is None."""
    plain = plain_properties(paragraph.element)
    for child in list(paragraph.element):
        if child.tag != w("pPr"):
            paragraph.element.remove(child)
    for number, (marked, fill) in enumerate(zip(paragraph.texts, fills, strict=True)):
        if number:
            put_back(paragraph.breaks[number - 1], paragraph.element)
        write(paragraph.element, original(marked) if fill is None else fill, plain)


def original(marked: Marked) -> Iterator[str | Code]:
    """A text as it is, cut at its codes."""
    at = 0
    for code in marked.codes:
        if code.at > at:
            yield marked.text[at : code.at]
        yield code
        at = code.at
    if at < len(marked.text):
        yield marked.text[at:]


def write(paragraph: Any, pieces: Iterable[str | Code], plain: Any) -> None:
    boxes, looks = [paragraph], [plain]
    text = None  # the last, if nothing but edges of boxes and looks follows
    parted = False
    for piece in pieces:
        if isinstance(piece, str):
            # The space that `Reader` put in the place of a tab.
            if said := piece.removeprefix(" ") if parted else piece:
                text = etree.SubElement(run_with(looks[-1], boxes[-1]), w("t"))
                text.set(SPACE, "preserve")
                text.text = NOT_XML.sub("\ufffd", said)
            parted = False
        elif isinstance(piece.content, Thing):
            parted = parts_words(piece.content)
            if parted and text is not None:
                without_last_space(text)
            text = None
            put_back(piece.content, boxes[-1])
        elif isinstance(piece.content, Look):
            looks.append(piece.content.properties)
        elif isinstance(piece.content, Box):
            boxes.append(emptied(piece.content.element, boxes[-1]))
        else:
            # Pairs too deep to be placed as pairs may close before they open.
            own = boxes if piece.pair.startswith("box") else looks
            del own[max(len(own) - 1, 1) :]


def without_last_space(text: Any) -> None:
    text.text = text.text.removesuffix(" ")
    if not text.text:
        run = text.getparent()
        run.getparent().remove(run)


def parts_words(thing: Thing) -> bool:
    return any(element.tag in SPACES for element, _ in thing.elements)


def emptied(old: Any, parent: Any) -> Any:
    """A new box like another, in the parent; where the runs go in it."""
    box = etree.SubElement(parent, old.tag, attrib=dict(old.attrib), nsmap=old.nsmap)
    box.extend(deepcopy(child) for child in old if child.tag in PROPERTIES)
    return etree.SubElement(box, w("sdtContent")) if old.tag == w("sdt") else box


def plain_properties(paragraph: Any) -> Any:
    look = usual(paragraph)
    run = next((run for run in own_runs(paragraph) if look_of(run) == look), None)
    return None if run is None else run.find(w("rPr"))


def run_with(properties: Any, parent: Any) -> Any:
    run = etree.SubElement(parent, w("r"))
    if properties is not None:
        own = deepcopy(properties)
        for lang in own.findall(w("lang")):
            own.remove(lang)  # the new words are of another
        run.append(own)
    return run


def put_back(thing: Thing, parent: Any) -> None:
    """The elements themselves, not copies: paragraphs of a text box in them are filled, too."""
    for element, run in thing.elements:
        if run is None:
            parent.append(element)
        else:
            run_with(run.find(w("rPr")), parent).append(element)
