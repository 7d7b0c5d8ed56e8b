"""
The runs of a paragraph of WordprocessingML, read into texts with codes.
"""

import re
from collections.abc import Sequence
from typing import Any

from bitext.documents.wordml import (
    FORMULA,
    SPACES,
    Box,
    Look,
    Paragraph,
    Thing,
    W,
    inside,
    is_box,
    look_of,
    usual,
    w,
)
from bitext.inline import Marked, Marking

LETTER = re.compile(r"[^\W\d_]")
# What begins and ends around text that is commented, named or free to edit.
RANGE = re.compile(rf"\{{{re.escape(W)}\}}(commentRange|bookmark|perm)(Start|End)")
RANGE_ENDS = tuple(f"{{{W}}}{name}End" for name in ("commentRange", "bookmark", "perm"))
# Marks of the proofing and layout of the old text.
PASSING = {f"{{{W}}}{name}" for name in ("proofErr", "lastRenderedPageBreak", "softHyphen")}
# The result of a field that is read with its sentence: a number, a date.
LONGEST_COPIED = 200


def read_paragraph(element: Any) -> Paragraph | None:
    """The texts of a paragraph with their codes; None if it cannot be told where a field ends."""
    reader = Reader(element)
    reader.read(element)
    reader.finish()
    if reader.depth or reader.held or reader.opened or reader.unclear:
        return None
    return Paragraph(element, tuple(reader.texts), tuple(reader.breaks))


class Fields:
    """
    The marks of the fields of a paragraph.

    `crossing` are those of fields that begin or end outside the paragraph, as tables of contents
    do, `level` those of fields that begin, split and end within the same element.
    """

    def __init__(self, paragraph: Any) -> None:
        self.crossing: set[Any] = set()
        self.level: set[Any] = set()
        open_: list[list[Any]] = []
        for mark in paragraph.iter(w("fldChar")):
            if next(mark.iterancestors(w("p"))) is not paragraph:
                continue  # of a text box
            kind = mark.get(w("fldCharType"))
            if kind == "begin":
                open_.append([mark])
            elif not open_:
                self.crossing.add(mark)
            else:
                open_[-1].append(mark)
                if kind == "end":
                    marks = open_.pop()
                    if len({parent_of(each) for each in marks}) == 1:
                        self.level.update(marks)
        self.crossing.update(mark for marks in open_ for mark in marks)


def parent_of(mark: Any) -> Any:
    """The element that the run of a mark stands in."""
    return mark.getparent().getparent()


class Reader:
    """Reads the runs of a paragraph, which it does not change, into texts with codes."""

    def __init__(self, paragraph: Any) -> None:
        self.usual = usual(paragraph)
        self.fields = Fields(paragraph)
        self.marking = Marking()
        self.texts: list[Marked] = []
        self.breaks: list[Thing] = []
        self.current: str | None = None  # that of most letters, which is no code
        self.opened: list[str] = []  # the pairs of boxes, and of links that are fields
        self.pairs = 0
        self.held: list[tuple[Any, Any]] = []
        self.depth = 0
        self.unclear = False
        # Where each range began: in which boxes, in which text.
        self.ranges: dict[str, tuple[list[str], int]] = {}
        ends = paragraph.iter(*RANGE_ENDS)
        self.range_ends = {(end.tag, end.get(w("id")), end.getparent()) for end in ends}

    def read(self, element: Any) -> None:
        for child in element.iterchildren("*"):
            if child.tag == w("r"):
                self.run(child)
            elif child.tag in PASSING or child.tag == w("pPr"):
                continue
            elif is_box(child) and not self.depth:
                if not self.opened and follows_link(child):
                    self.part(Thing(()))
                self.open("box", Box(child))
                self.read(inside(child))
                self.close(None)
            elif (found := RANGE.fullmatch(child.tag)) and not self.depth:
                self.range(child, found[1], opens=found[2] == "Start")
            else:
                self.thing(child, None)

    def open(self, kind: str, content: Box | Thing) -> None:
        self.look(None)
        self.pairs += 1
        self.opened.append(f"{kind} {self.pairs}")
        self.marking.mark("open", content, self.opened[-1])

    def close(self, content: Thing | None) -> None:
        self.look(None)
        self.marking.mark("close", content, self.opened.pop())

    def range(self, element: Any, kind: str, *, opens: bool) -> None:
        """One that begins and ends in the same text and the same box is a pair."""
        name = f"{kind} {element.get(w('id'))}"
        here = [*self.opened], len(self.texts)
        near = element.getnext() if opens else element.getprevious()
        partner = kind + ("End" if opens else "Start")
        of_it = near is not None and near.get(w("id")) == element.get(w("id"))
        if of_it and near.tag == w(partner):
            self.thing(element, None)  # around nothing
            return
        self.look(None)
        content = Thing(((element, None),))
        end = w(f"{kind}End"), element.get(w("id")), element.getparent()
        if opens and end in self.range_ends:
            self.ranges[name] = here
            self.marking.mark("open", content, name)
        elif self.ranges.get(name) == here:
            self.marking.mark("close", content, name)
        else:
            self.marking.mark("alone", content)

    def run(self, run: Any) -> None:
        look = look_of(run)
        for child in run.iterchildren("*"):
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
                if not self.opened:
                    self.part(Thing(((child, run),)))
                    continue
                self.marking.write(" ")
            if child in self.fields.crossing:
                self.cross(child, run)
                continue
            if self.linked(child, run):
                continue
            self.depth += {"begin": 1, "end": -1}.get(child.get(w("fldCharType")), 0)
            self.thing(child, run)

    def cross(self, mark: Any, run: Any) -> None:
        """The beginning or end alone of a field, up to its text, stands between two texts."""
        self.held.append((mark, run))
        self.depth = 1 if mark.get(w("fldCharType")) == "begin" else 0
        if self.opened:
            self.unclear = True
        elif not self.depth:
            self.part(Thing(tuple(self.held)))
            self.held = []

    def linked(self, element: Any, run: Any) -> bool:
        """
        Whether a hyperlink written as a field has its text begin, or end, with this element.

        All up to the text is a code that opens, the end one that closes: what stands between is
        translated, as in the element of that name. A field that crosses the edges of an element
        is left whole.
        """
        if element not in self.fields.level:
            return False
        kind = element.get(w("fldCharType"))
        if kind == "separate" and self.depth == 1 and is_hyperlink(self.held):
            self.depth = 0
            opening = Thing((*self.held, (element, run)))
            self.held = []
            self.open("link", opening)
            return True
        if kind == "end" and not self.depth and self.opened[-1:] and "link" in self.opened[-1]:
            self.close(Thing(((element, run),)))
            return True
        return False

    def part(self, between: Thing) -> None:
        """End the text so far; what stands between it and the next stays there."""
        self.finish()
        self.breaks.append(between)

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


def follows_link(link: Any) -> bool:
    """Whether another link stands right before a link, both in words: they are no one sentence."""
    before = link.getprevious()
    if link.tag != w("hyperlink") or before is None or before.tag != w("hyperlink"):
        return False
    texts = ["".join(text.text or "" for text in each.iter(w("t"))) for each in (before, link)]
    touching = not texts[0][-1:].isspace() and not texts[1][:1].isspace()
    return touching and all(map(LETTER.search, texts))


def is_hyperlink(held: Sequence[tuple[Any, Any]]) -> bool:
    """Whether the instruction of a field is that of a link."""
    told = "".join(element.text or "" for element, _ in held if element.tag == w("instrText"))
    return told.split()[:1] == ["HYPERLINK"]


def said_by(element: Any) -> str:
    """What a reader sees of a part of a field, or of a formula."""
    if element.tag == w("t"):
        return element.text or ""
    if element.tag == w("sdt"):
        return "".join(text.text or "" for text in element.iter(w("t")))
    if element.tag == f"{{{FORMULA}}}oMath":
        return "".join(text.text or "" for text in element.iter(f"{{{FORMULA}}}t"))
    return ""
