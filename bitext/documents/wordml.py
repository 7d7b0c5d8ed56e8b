"""
A paragraph of WordprocessingML (ECMA-376) as a text with codes, and with new text again.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from lxml import etree

from bitext.inline import Code, Marked, Marking

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Around runs, with the text of the paragraph in them.
BOXES = {f"{{{W}}}{name}" for name in ("hyperlink", "ins", "smartTag", "moveTo", "fldSimple")}
# Marks of the proofing and layout of the old text.
PASSING = {f"{{{W}}}{name}" for name in ("proofErr", "lastRenderedPageBreak", "softHyphen")}
# They part words, though no text is between these.
SPACES = {f"{{{W}}}{name}" for name in ("tab", "br", "cr", "ptab")}
# Of no weight for how a run looks.
UNSEEN = {f"{{{W}}}{name}" for name in ("lang", "noProof", "rsidR", "rsidRPr")}
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


def marked_of(paragraph: Any) -> Marked | None:
    """The text of a paragraph with its codes; None if a field begins or ends outside it."""
    reader = Reader(usual(paragraph))
    reader.read(paragraph)
    reader.look("")
    return None if reader.depth or reader.held else reader.marking.marked()


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
    return "".join(etree.tostring(e, method="c14n").decode() for e in seen)


class Reader:
    """Reads the runs of a paragraph, which it does not change, into a text with codes."""

    def __init__(self, usual: str) -> None:
        self.usual = usual
        self.marking = Marking()
        self.current = ""
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
                self.look("")
                self.pairs += 1
                pair = f"box {self.pairs}"
                self.marking.mark("open", Box(child), pair)
                self.read(child)
                self.look("")
                self.marking.mark("close", None, pair)
            else:
                self.thing(child, None)

    def run(self, run: Any) -> None:
        look = look_of(run)
        for child in run.iterchildren():
            if child.tag == w("rPr") or child.tag in PASSING:
                continue
            if child.tag == w("t") and not self.depth:
                self.look("" if look == self.usual else look, run.find(w("rPr")))
                self.marking.write(child.text or "")
                continue
            if child.tag in SPACES and not self.depth:
                self.marking.write(" ")
            self.depth += {"begin": 1, "end": -1}.get(child.get(w("fldCharType")), 0)
            self.thing(child, run)

    def look(self, look: str, properties: Any = None) -> None:
        """End the look so far if the next is another, and begin that."""
        if look == self.current:
            return
        if self.current:
            self.marking.mark("close", None, f"look {self.pairs}")
        if look:
            self.pairs += 1
            self.marking.mark("open", Look(properties), f"look {self.pairs}")
        self.current = look

    def thing(self, element: Any, run: Any) -> None:
        """A field is one thing from its beginning to its end."""
        self.held.append((element, run))
        if self.depth <= 0:
            self.marking.mark("alone", Thing(tuple(self.held)))
            self.held = []


def fill_paragraph(paragraph: Any, fill: Sequence[str | Code]) -> None:
    """Give a paragraph new content; its own properties stay."""
    plain = plain_properties(paragraph)
    for child in list(paragraph):
        if child.tag != w("pPr"):
            paragraph.remove(child)
    boxes, looks = [paragraph], [plain]
    for piece, following in zip_longest(fill, fill[1:]):
        if isinstance(piece, str):
            text = piece.removesuffix(" ") if parts_words(following) else piece
            write(text, run_with(looks[-1], boxes[-1]))
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


def parts_words(piece: str | Code | None) -> bool:
    """Whether a tab or line break, which a space stood for in the text."""
    thing = piece.content if isinstance(piece, Code) else None
    return isinstance(thing, Thing) and thing.elements[0][0].tag in SPACES


def write(text: str, run: Any) -> None:
    element = etree.SubElement(run, w("t"))
    element.set(SPACE, "preserve")
    element.text = NOT_XML.sub("\ufffd", text)


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
