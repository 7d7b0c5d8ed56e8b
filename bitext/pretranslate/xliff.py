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
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bitext.errors import InputError
from bitext.pretranslate.intext import entities
from bitext.pretranslate.lines import lines_of
from bitext.pretranslate.scanning import Element, decoded, scanned
from bitext.pretranslate.slots import Edit, Fill, Slot, edited, least
from bitext.pretranslate.xliff_places import Place, empty_in
from bitext.pretranslate.xliff_tags import frame, prefix, retagged, with_attributes, xml_of
from bitext.pretranslate.xliff_texts import items_of, texts_of

SETTLED = {"final", "signed-off", "translated"}
QUALIFIERS = {
    "copy": "x-copy", "exact": "exact-match", "fuzzy": "fuzzy-match", "mt": "mt-suggestion",
}  # fmt: skip


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
    places = tuple(empty_in(root, text))
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


def qualifier(fills: Sequence[Fill]) -> str:
    return QUALIFIERS[least(fill.kind for fill in fills)]


def state_of(fills: Sequence[Fill]) -> dict[str, str]:
    return {"state": "needs-review-translation", "state-qualifier": qualifier(fills)}
