"""
Where in XLIFF a target is empty that is to be filled, and what the elements around it say of it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bitext.pretranslate.scanning import Element
from bitext.pretranslate.xliff_tags import frame
from bitext.pretranslate.xliff_texts import PAIRS

# What tools say of what is not to be changed: memoQ's mq:status and Trados' conf, in small letters.
TRUE = {"locked", "true", "yes", "1"}
CONFIRMED = {
    "manuallyconfirmed", "reviewer1confirmed", "proofread", "translated", "approvedtranslation",
    "approvedsignoff",
}  # fmt: skip
LENGTHS = (":sizeRestriction", ":maxlengthchars")


@dataclass(frozen=True, slots=True)
class Place:
    """
    A target to be written: its unit or segment, its source and where that stands.

    `parts` are the stretches of the source's inner text that slots stand for, in order; what is
    around them (<mrk mtype="seg">) is copied. Where a person has filled some segments of the
    target, `parts` are the others, and `marks` where they go in it; `left` are segments that a
    tool has locked, or a person has confirmed. With `preserve`, line ends and tabs in the source
    count.
    """

    holder: Element
    source: Element
    content: Element
    target: Element | None
    parts: tuple[Element, ...]
    marks: tuple[Element, ...] = ()
    left: tuple[Element, ...] = ()
    unit: int = 0
    room: int | None = None
    preserve: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """What elements say for all that is in them, as the fields of `Place`; `longest` of targets."""

    translate: bool = True
    longest: int | None = None
    preserve: bool = False

    def within(self, element: Element) -> "Rules":
        """The rules in an element that is under these."""
        said = element.attributes
        translate = {"no": False, "yes": True}.get(said.get("translate", ""), self.translate)
        space = said.get("xml:space")
        preserve = self.preserve if space is None else space == "preserve"
        return Rules(translate, longest_of(element, self.longest), preserve)


def empty_in(
    element: Element, text: str, rules: Rules | None = None, unit: Element | None = None
) -> Iterator[Place]:
    """The empty targets within an element, in their order."""
    own = (rules or Rules()).within(element)
    unit = element if element.name in ("trans-unit", "unit") else unit
    if locked(element):
        return
    if element.name not in ("trans-unit", "segment"):
        for child in element.elements():
            yield from empty_in(child, text, own, unit)
    elif own.translate and (place := place_of(element, text)):
        holder = unit or element
        room = None if own.longest is None else own.longest - said(holder)
        preserve = own.within(place.source).preserve
        yield replace(place, unit=holder.start, room=room, preserve=preserve)


def said(unit: Element) -> int:
    """Characters that the targets of a unit have already; other translations do not count."""
    if unit.name == "target":
        return sum(len(c) for each in unit.walk() for c in each.children if isinstance(c, str))
    return sum(said(child) for child in unit.elements() if child.name != "alt-trans")


def longest_of(element: Element, inherited: int | None) -> int | None:
    """The most characters of a target: maxwidth of 1.2, slr:sizeRestriction of 2.x, memoQ's."""
    attributes = element.attributes
    if attributes.get("size-unit") == "char":
        # Pixels, points and the like, which are the rule without it, nobody can count here.
        told = re.fullmatch(r"\d{1,9}", attributes.get("maxwidth", ""))
        return int(told[0]) if told else inherited
    own = next((v for k, v in attributes.items() if k.endswith(LENGTHS)), "")
    told = re.fullmatch(r"(?:\d*,)?(\d{1,9})", own.replace(" ", ""))
    # memoQ writes 0 where there is none.
    return int(told[1]) if told and int(told[1]) else inherited


def locked(element: Element) -> bool:
    """
    Whether a tool has locked a unit, or a person confirmed it.

    memoQ writes mq:locked="locked" and mq:status, Phrase m:locked="true" and m:confirmed="1".
    """
    said = {name.rpartition(":")[2]: value.lower() for name, value in element.attributes.items()
            if ":" in name}  # fmt: skip
    return (
        any(said.get(name, "") in TRUE for name in ("locked", "confirmed"))
        or said.get("status", "") in CONFIRMED
    )


def settled(holder: Element) -> set[str]:
    """The segments of a unit that are locked or confirmed in Trados."""
    return {
        each.attributes.get("id", "")
        for each in holder.walk()
        if each.name == "seg"
        and (
            each.attributes.get("locked", "").lower() in TRUE
            or each.attributes.get("conf", "").lower() in CONFIRMED
        )
    }


def place_of(holder: Element, text: str) -> Place | None:
    source, target = holder.first("source"), holder.first("target")
    if source is None or source.empty:
        return None
    content = holder.first("seg-source") or source
    kept, marks = settled(holder), list(segments(content))
    left = tuple(mark for mark in marks if mid(mark) in kept)
    open_ = [mark for mark in marks if mid(mark) not in kept]
    if left and not open_:
        return None
    commented = target is not None and any(frame(m, text) != ("", "") for m in segments(target))
    if target is None or (blank(target) and not commented):
        return Place(holder, source, content, target, tuple(open_) or (content,), left=left)
    # A person has begun, if only with a comment.
    empty = {mid(mark): mark for mark in segments(target) if blank(mark)}
    begun = [mark for mark in open_ if mid(mark) in empty and not mark.empty]
    if not begun:
        return None
    into = tuple(empty[mid(mark)] for mark in begun)
    return Place(holder, source, content, target, tuple(begun), into)


def mid(mark: Element) -> str:
    return mark.attributes.get("mid", "")


def segments(element: Element) -> Iterator[Element]:
    """The segments marked in a source or target; not those that others hold."""
    for child in element.elements():
        if child.name == "mrk" and child.attributes.get("mtype") == "seg":
            yield child
        else:
            yield from segments(child)


def blank(target: Element) -> bool:
    """Whether a target says nothing: Trados and others put empty segment marks there."""
    inside = [each for each in target.walk() if each is not target]
    texts = [c for each in target.walk() for c in each.children if isinstance(c, str)]
    if any(map(str.strip, texts)):
        return False
    marks = any(each.name == "mrk" for each in inside)
    return not inside or (marks and all(each.name in PAIRS for each in inside))
