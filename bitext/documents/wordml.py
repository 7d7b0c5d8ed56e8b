"""
A paragraph of WordprocessingML (ECMA-376) as a text with codes, and with new text again.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from lxml import etree

from bitext.inline import Code, Marked, Marking

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FORMULA = "http://schemas.openxmlformats.org/officeDocument/2006/math"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Around runs, with the text of the paragraph in them.
BOXES = {f"{{{W}}}{name}" for name in ("hyperlink", "ins", "smartTag", "moveTo", "fldSimple")}
# Marks of the proofing and layout of the old text.
PASSING = {f"{{{W}}}{name}" for name in ("proofErr", "lastRenderedPageBreak", "softHyphen")}
# They part words, though no text is between these.
SPACES = {f"{{{W}}}{name}" for name in ("tab", "br", "cr", "ptab")}
# Of no weight for how a run looks.
UNSEEN = {f"{{{W}}}{name}" for name in ("lang", "noProof", "rsidR", "rsidRPr")}
# The result of a field that is read with its sentence: a number, a date.
LONGEST_COPIED = 200
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


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


def read_paragraph(element: Any) -> Paragraph | None:
    """The texts of a paragraph with their codes; None if a field begins or ends outside it."""
    reader = Reader(usual(element))
    reader.read(element)
    reader.finish()
    if reader.depth or reader.held or reader.links:
        return None
    return Paragraph(element, tuple(reader.texts), tuple(reader.breaks))


def own_runs(element: Any) -> Iterator[Any]:
    """The runs of a paragraph, not those of text boxes in it."""
    for child in element.iterchildren():
        if child.tag == w("r"):
            yield child
        elif child.tag in BOXES:
            yield from own_runs(child)


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


class Reader:
    """Reads the runs of a paragraph, which it does not change, into texts with codes."""

    def __init__(self, usual: str) -> None:
        self.usual = usual
        self.marking = Marking()
        self.texts: list[Marked] = []
        self.breaks: list[Thing] = []
        self.current: str | None = None  # that of most letters, which is no code
        self.boxes = 0
        self.links: list[str] = []  # the fields whose result is being read
        self.pairs = 0
        self.held: list[tuple[Any, Any]] = []
        self.depth = 0

    def read(self, element: Any) -> None:
        for child in element.iterchildren():
            if child.tag == w("r"):
                self.run(child)
            elif child.tag in PASSING or child.tag == w("pPr"):
                continue
            elif child.tag in BOXES and not self.depth:
                self.look(None)
                self.pairs += 1
                self.boxes += 1
                pair = f"box {self.pairs}"
                self.marking.mark("open", Box(child), pair)
                self.read(child)
                self.look(None)
                self.marking.mark("close", None, pair)
                self.boxes -= 1
            else:
                self.thing(child, None)

    def run(self, run: Any) -> None:
        look = look_of(run)
        for child in run.iterchildren():
            if child.tag == w("rPr") or child.tag in PASSING:
                continue
            if child.tag == w("t") and not self.depth:
                self.look(None if look == self.usual else look, run.find(w("rPr")))
                self.marking.write(child.text or "")
                continue
            if child.tag == w("noBreakHyphen") and not self.depth:
                self.marking.write("\u2011")
                continue
            if child.tag in SPACES and not self.depth:
                if not self.boxes:
                    self.finish()
                    self.breaks.append(Thing(((child, run),)))
                    continue
                self.marking.write(" ")
            if self.linked(child, run):
                continue
            self.depth += {"begin": 1, "end": -1}.get(child.get(w("fldCharType")), 0)
            self.thing(child, run)

    def linked(self, element: Any, run: Any) -> bool:
        """
        Whether a hyperlink written as a field has its text begin, or end, with this element.

        All up to the text is a code that opens, the end one that closes: what stands between is
        translated, as in the element of that name.
        """
        kind = element.get(w("fldCharType"))
        # A field that crosses the edges of an element is left whole.
        outside = self.boxes == len(self.links)
        if kind == "separate" and self.depth == 1 and outside and is_hyperlink(self.held):
            self.depth = 0
            self.pairs += 1
            self.boxes += 1
            self.links.append(f"link {self.pairs}")
            opening = Thing((*self.held, (element, run)))
            self.held = []
            self.look(None)
            self.marking.mark("open", opening, self.links[-1])
            return True
        if kind == "end" and not self.depth and self.links and outside:
            self.look(None)
            self.boxes -= 1
            self.marking.mark("close", Thing(((element, run),)), self.links.pop())
            return True
        return False

    def finish(self) -> None:
        """End the text so far and begin another."""
        self.look(None)
        self.texts.append(self.marking.marked())
        self.marking = Marking()

    def look(self, look: str | None, properties: Any = None) -> None:
        """End the look so far if the next is another, and begin that."""
        if look == self.current:
            return
        if self.current is not None:
            self.marking.mark("close", None, f"look {self.pairs}")
        if look is not None:
            self.pairs += 1
            self.marking.mark("open", Look(properties), f"look {self.pairs}")
        self.current = look

    def thing(self, element: Any, run: Any) -> None:
        """A field is one thing from its beginning to its end."""
        self.held.append((element, run))
        if self.depth <= 0:
            said = "".join(map(said_by, (element for element, _ in self.held))).strip()
            copied = said if len(said) <= LONGEST_COPIED else ""
            self.marking.mark("alone", Thing(tuple(self.held)), text=copied)
            self.held = []


def is_hyperlink(held: Sequence[tuple[Any, Any]]) -> bool:
    """Whether the instruction of a field is that of a link."""
    told = "".join(element.text or "" for element, _ in held if element.tag == w("instrText"))
    return told.split()[:1] == ["HYPERLINK"]


def said_by(element: Any) -> str:
    """What a reader sees of a part of a field, or of a formula."""
    if element.tag == w("t"):
        return element.text or ""
    if element.tag == f"{{{FORMULA}}}oMath":
        return "".join(text.text or "" for text in element.iter(f"{{{FORMULA}}}t"))
    return ""


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
    for piece in pieces:
        if isinstance(piece, str):
            text = etree.SubElement(run_with(looks[-1], boxes[-1]), w("t"))
            text.set(SPACE, "preserve")
            text.text = NOT_XML.sub("\ufffd", piece)
        elif isinstance(piece.content, Thing):
            put_back(piece.content, boxes[-1])
        elif isinstance(piece.content, Look):
            looks.append(piece.content.properties)
        elif isinstance(piece.content, Box):
            old = piece.content.element
            box = etree.SubElement(boxes[-1], old.tag, attrib=dict(old.attrib), nsmap=old.nsmap)
            boxes.append(box)
        elif piece.pair.startswith("box"):
            boxes.pop()
        else:
            looks.pop()


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
