"""
XLIFF 1.0 to 1.2 and 2.x: targets that are empty are filled, inline codes copied as they stand.

A filled target of 1.x gets the state "needs-review-translation", with the state-qualifier
"exact-match", "fuzzy-match", "mt-suggestion" or, without words, "x-copy"; a filled segment of 2.x
the state "translated", and <xliff> the trgLang that 2.x then requires. Text that is not to be
translated (translate="no", on a unit, a group or a <mrk>) stays; so does a target that holds
anything, but for segments (<mrk mtype="seg">) in it that are empty. A translation longer than a
maxwidth in characters, or a slr:sizeRestriction, leaves its target empty.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape, quoteattr

from bitext.errors import InputError
from bitext.formats.codes import Parting, parts
from bitext.inline import Kind
from bitext.pretranslate.intext import entities, items
from bitext.pretranslate.lines import Mark, Said, lines_of
from bitext.pretranslate.scanning import Element, decoded, scanned
from bitext.pretranslate.slots import Edit, Fill, Slot, edited, least

NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Elements around text, and those that open or close where they stand.
PAIRS = {"g", "mrk", "pc"}
OPENING = {"bpt", "bx", "sc", "sm"}
CLOSING = {"ept", "ex", "ec", "em"}
ATTRIBUTE = re.compile(r"""(?<=\s)(?P<name>[^\s=<>"']+)\s*=\s*(?:"[^"]*"|'[^']*')""")
SETTLED = {"final", "signed-off", "translated"}
# What tools say of what is not to be changed: memoQ's mq:status and Trados' conf, in small letters.
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
LENGTHS = (":sizeRestriction", ":maxlengthchars")
TRUE = {"locked", "true", "yes", "1"}
CONFIRMED = {
    "manuallyconfirmed", "reviewer1confirmed", "proofread", "translated", "approvedtranslation",
    "approvedsignoff",
}  # fmt: skip
QUALIFIERS = {
    "copy": "x-copy", "exact": "exact-match", "fuzzy": "fuzzy-match", "mt": "mt-suggestion",
}  # fmt: skip


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
class File:
    """A file and its empty targets."""

    text: str
    encoding: str
    root: Element
    places: tuple[Place, ...]
    slots: tuple[Slot, ...]


def read(content: bytes, name: str) -> File:
    """Find the empty targets; raises InputError."""
    text, encoding = decoded(content, name)
    root = scanned(text, name)
    if root.name != "xliff":
        raise InputError(name, f"<{root.name}> where <xliff> should be; is this an XLIFF file?")
    check_languages(root, text, name)
    places = tuple(places_of(root, text, translate=True))
    slots = []
    for number, place in enumerate(places, 1):
        unit = place.holder.attributes.get("id") or f"unit {number}"
        slots += [slot(unit, part, text, place) for part in place.parts]
    return File(text, encoding, root, places, tuple(slots))


def slot(unit: str, part: Element, text: str, place: Place) -> Slot:
    lines = lines_of(items_of(part, text, breaks=place.preserve))
    return Slot(unit, lines, place.unit, place.room, entities("".join(texts_of(part))))


def check_languages(root: Element, text: str, name: str) -> None:
    for element in root.walk():
        attributes = element.attributes
        for keys, wanted in (
            (("source-language", "srcLang"), "fr"),
            (("target-language", "trgLang"), "en"),
        ):
            for key in keys:
                lang = attributes.get(key, wanted) if element.name in ("xliff", "file") else wanted
                if re.split("[-_]", lang.lower())[0] not in (
                    wanted,
                    {"fr": "fra", "en": "eng"}[wanted],
                ):
                    line = text.count("\n", 0, element.start) + 1
                    problem = f"{key} is {lang!r}; bitext translates from French to English"
                    raise InputError(name, problem, line=line)


def places_of(
    element: Element,
    text: str,
    *,
    translate: bool,
    longest: int | None = None,
    unit: Element | None = None,
    preserve: bool = False,
) -> Iterator[Place]:
    """The empty targets within an element, in their order."""
    longest = longest_of(element, longest)
    preserve = preserving(element, preserve)
    unit = element if element.name in ("trans-unit", "unit") else unit
    translate = {"no": False, "yes": True}.get(element.attributes.get("translate", ""), translate)
    if locked(element):
        return
    if element.name in ("trans-unit", "segment"):
        if translate and (place := place_of(element, text)):
            holder = unit or element
            room = None if longest is None else longest - said(holder)
            preserve = preserving(place.source, preserve)
            yield replace(place, unit=holder.start, room=room, preserve=preserve)
        return
    for child in element.elements():
        yield from places_of(
            child, text, translate=translate, longest=longest, unit=unit, preserve=preserve
        )


def preserving(element: Element, inherited: bool) -> bool:
    told = element.attributes.get("xml:space")
    return inherited if told is None else told == "preserve"


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


def items_of(element: Element, text: str, *, breaks: bool) -> Iterator[str | Mark]:
    """The texts and codes between an element's tags; with `breaks`, line ends are codes."""
    for child in inside(element):
        if isinstance(child, str):
            yield from items(child, breaks=breaks)
        elif around(child):
            pair = f"{child.start}"
            yield Mark("open", text[child.start : child.inner], pair)
            yield from items_of(child, text, breaks=breaks)
            yield Mark("close", text[child.outer : child.end], pair)
        else:
            kind, pair = role(child)
            yield Mark(kind, text[child.start : child.end], pair, parting(child))


def texts_of(element: Element) -> Iterator[str]:
    for child in inside(element):
        if isinstance(child, str):
            yield child
        elif around(child):
            yield from texts_of(child)


def inside(element: Element) -> Iterator[Element | str]:
    """What an element holds; what <sm translate="no"> and its <em> enclose is one element."""
    opening: Element | None = None
    ends = {em.attributes.get("startRef") for em in element.elements("em")}
    for child in element.children:
        own = isinstance(child, Element) and child
        if opening:
            if own and own.attributes.get("startRef") == opening.attributes.get("id"):
                yield Element("protected", {}, opening.start, own.end, own.end, own.end)
                opening = None
        elif own and own.name == "sm" and protected(own) and own.attributes.get("id") in ends:
            opening = own
        else:
            yield child


def around(element: Element) -> bool:
    """Whether an element goes around a text to translate."""
    return element.name in PAIRS and element.inner < element.outer and not protected(element)


def parting(element: Element) -> Parting:
    """What a code keeps apart."""
    inside = "".join(child for child in element.children if isinstance(child, str))
    return parts(element.name, element.attributes, inside)


def protected(element: Element) -> bool:
    attributes = element.attributes
    return attributes.get("translate") == "no" or attributes.get("mtype") == "protected"


def role(element: Element) -> tuple[Kind, str]:
    """Whether an element opens or closes a pair where it stands, and which."""
    attributes = element.attributes
    own = attributes.get("rid") or attributes.get("id", "")
    if element.name in OPENING:
        return "open", f"#{own}"
    if element.name in CLOSING:
        return "close", f"#{attributes.get('startRef') or own}"
    return "alone", ""


def filled(file: File, fills: Sequence[Fill | None]) -> bytes:
    """The file with the fills in place, one for each slot; None leaves a target as it is."""
    edits: list[Edit] = []
    left = iter(fills)
    modern = file.root.attributes.get("version", "1.2").startswith("2")
    for place in file.places:
        own = [next(left) for _ in place.parts]
        whole = [fill for fill in own if fill]
        if place.marks:
            pairs = zip(place.marks, own, strict=True)
            own_edits = [within(file.text, mark, fill) for mark, fill in pairs if fill]
            edits += own_edits
            edits += unsettled(file.text, place) if own_edits else ()
        elif len(whole) == len(own):
            edits += written(file.text, place, whole, modern)
    if edits and modern and "trgLang" not in file.root.attributes:
        edits.append(retagged(file.text, file.root, {"trgLang": "en"}))
    new = edited(file.text, edits)
    return new.encode(file.encoding, "xmlcharrefreplace")


def written(text: str, place: Place, fills: Sequence[Fill], modern: bool) -> Iterator[Edit]:
    content = content_of(text, place, fills)
    attributes = {} if modern else state_of(fills)
    target, after = place.target, place.content
    if target is None:
        name = f"{prefix(text, place.source)}target"
        tag = with_attributes(f"<{name}>", attributes)
        before = re.search(r"\s*\Z", text[: place.source.start])
        space = before[0] if before else ""
        yield Edit(after.end, after.end, f"{space}{tag}{content}</{name}>")
    else:
        name = f"{prefix(text, target)}target"
        tag = with_attributes(text[target.start : target.inner], attributes)
        head, tail = frame(target, text)
        yield Edit(target.start, target.end, f"{tag}{head}{content}{tail}</{name}>")
    # Nobody has seen what stands there now, whatever was said of the empty target.
    if modern:
        substate = f"bitext:{qualifier(fills)}"
        yield retagged(text, place.holder, {"state": "translated", "subState": substate})
    else:
        yield from unapproved(text, place)


def content_of(text: str, place: Place, fills: Sequence[Fill]) -> str:
    """What stands around the parts of a source, with their translations; nothing in those left."""
    made = dict(zip((part.start for part in place.parts), map(xml_of, fills), strict=True))
    inner, at = [], place.content.inner
    for part in sorted((*place.parts, *place.left), key=lambda part: part.start):
        if part.inner == part.outer:
            continue
        inner += [text[at : part.inner], made.get(part.start, "")]
        at = part.outer
    return "".join((*inner, text[at : place.content.outer]))


def unapproved(text: str, place: Place) -> Iterator[Edit]:
    if place.holder.attributes.get("approved") == "yes":
        yield retagged(text, place.holder, {"approved": "no"})


def unsettled(text: str, place: Place) -> Iterator[Edit]:
    """What a unit says of itself that is no longer so, once a machine has completed it."""
    assert place.target is not None
    if place.target.attributes.get("state") in SETTLED:
        yield retagged(text, place.target, {"state": "needs-review-translation"})
    yield from unapproved(text, place)


def within(text: str, mark: Element, fill: Fill) -> Edit:
    """A segment of a target that has others already."""
    tag = with_attributes(text[mark.start : mark.inner], {})
    before, after = frame(mark, text)
    inner = f"{before}{xml_of(fill)}{after}"
    return Edit(mark.start, mark.end, f"{tag}{inner}</{prefix(text, mark)}mrk>")


def frame(blank: Element, text: str) -> tuple[str, str]:
    """What comments stand around the text of a target, or a segment, that says nothing yet."""
    marks = [m for m in blank.elements("mrk") if m.attributes.get("mtype") != "seg"]
    if not marks:
        return "", "".join(COMMENT.findall(text[blank.inner : blank.outer]))
    mark = marks[0]
    before, after = frame(mark, text)
    tag = with_attributes(text[mark.start : mark.inner], {})
    behind = text[mark.end : blank.outer].strip()
    return f"{tag}{before}", f"{after}</{prefix(text, mark)}mrk>{behind}"


def qualifier(fills: Sequence[Fill]) -> str:
    return QUALIFIERS[least(fill.kind for fill in fills)]


def state_of(fills: Sequence[Fill]) -> dict[str, str]:
    return {"state": "needs-review-translation", "state-qualifier": qualifier(fills)}


def xml_of(fill: Fill) -> str:
    pieces = []
    for piece in fill.pieces:
        if isinstance(piece, str):
            pieces.append(xml_text(piece))
        elif isinstance(piece.content, Said):
            pieces.append(xml_text(piece.content))
        else:
            pieces.append(piece.content)
    return "".join(pieces)


def xml_text(text: str) -> str:
    """Text between tags; carriage returns would be read back as other line ends."""
    return escape(NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})


def prefix(text: str, element: Element) -> str:
    """The namespace prefix that a tag is written with, with its colon."""
    found = re.match(r"<([^\s<>/:]+:)?", text[element.start : element.inner])
    return (found and found[1]) or ""


def retagged(text: str, element: Element, attributes: Mapping[str, str]) -> Edit:
    tag = text[element.start : element.inner]
    end = "/>" if tag.endswith("/>") else ">"
    new = with_attributes(tag, attributes)
    return Edit(element.start, element.inner, new.removesuffix(">") + end)


def with_attributes(tag: str, attributes: Mapping[str, str]) -> str:
    """
    A start tag with attributes set; the others stay as they are written.

    >>> with_attributes('<target  xml:lang="en" state="new"/>', {"state": "translated"})
    '<target  xml:lang="en" state="translated">'
    """
    tag = tag.removesuffix(">").removesuffix("/").rstrip()
    for name, value in attributes.items():
        written = f"{name}={quoteattr(value)}"
        # One after another: the value of an attribute may look like one.
        old = next((m for m in ATTRIBUTE.finditer(tag) if m["name"] == name), None)
        start, end = old.span() if old else (len(tag), len(tag))
        tag = f"{tag[:start]}{'' if old else ' '}{written}{tag[end:]}"
    return f"{tag}>"
