"""
Reading XLIFF, 1.2 and 2.x alike: what CAT tools exchange, with a state for each segment.

A trans-unit (1.2) or unit (2.x) that is cut into segments gives a unit for each of them. Codes
within a segment are no text; a unit without a target has the target "".
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO
from xml.etree.ElementTree import Element

from bitext.formats.findings import Finding, Report, unheard
from bitext.formats.languages import fault, primary
from bitext.formats.markup import elements, text_of
from bitext.formats.places import restored
from bitext.units import Status, TranslationUnit

# What marks a stretch of text, and holds text itself: 1.2, then 2.x.
AROUND = ("g", "mrk", "pc")
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0 "

TRADOS = "http://sdl.com/FileTypes/SdlXliff/1.0 "

STATUS_OF_TRADOS: dict[str, Status] = {
    "Draft": "untouched",
    "Translated": "draft",
    "RejectedTranslation": "rejected",
    "RejectedSignOff": "rejected",
    "ApprovedTranslation": "approved",
    "ApprovedSignOff": "approved",
}
STATUS_OF_STATE: dict[str, Status] = {
    "translated": "draft",
    "needs-review-translation": "untouched",
    "needs-review-adaptation": "draft",
    "needs-review-l10n": "draft",
    "signed-off": "approved",
    "final": "approved",
    "reviewed": "approved",  # 2.x
}


def read(
    file: BinaryIO,
    *,
    name: str = "<xliff>",
    report: Report = unheard,
    source_lang: str = "fr",
    target_lang: str = "en",
) -> Iterator[TranslationUnit]:
    """Yield a unit for each segment; raises InputError with the line of the damage."""
    wanted = primary(source_lang), primary(target_lang)
    langs: dict[str, str] = {}
    original = name
    units = ("trans-unit", "unit")
    opened = ("xliff", "file")
    for element, line in elements(
        file, name, kind="an XLIFF", root="xliff", whole=units, opened=opened
    ):
        if element.tag in opened:
            langs |= languages(element)
            original = element.get("original", name)
            if element.tag == "file":
                for problem in wrong_languages(langs, wanted):
                    report(Finding(name, line, "", problem))
            continue
        parts = old_segments(element) if element.tag == "trans-unit" else new_segments(element)
        for unit_id, source, target, about, problems in parts:
            for problem in problems:
                report(Finding(name, line, unit_id, problem))
            if source.strip():
                yield restored(unit_id, source, target, about, document=original)
            else:
                report(Finding(name, line, unit_id, "left out: the source is empty"))


def languages(element: Element) -> dict[str, str]:
    """What <xliff> (2.x) or <file> (1.2) says of the languages."""
    keys = {"srcLang": "source", "source-language": "source"}
    keys |= {"trgLang": "target", "target-language": "target"}
    return {keys[key]: value for key, value in element.items() if key in keys}


def wrong_languages(langs: Mapping[str, str], wanted: tuple[str, str]) -> Iterator[str]:
    for side, lang in zip(("source", "target"), wanted, strict=True):
        # The target's may be missing, where nothing is translated yet.
        if side not in langs:
            continue
        if problem := fault(langs[side]):
            yield problem
        if primary(langs[side]) != lang:
            yield f"the {side} is in {langs[side]!r}, not in {lang}"


Part = tuple[str, str, str, dict[str, str], list[str]]


def old_segments(unit: Element) -> Iterator[Part]:
    """The segments of a <trans-unit>: those that <seg-source> marks, else the whole."""
    targets = unit.findall("target")
    problems = ["has two targets; the first counts"] if len(targets) > 1 else []
    target = targets[0] if targets else None
    about = old_facts(unit, target)
    unit_id = unit.get("id", "")
    marked = segments_by_mid(unit.find("seg-source"))
    if not marked:
        yield unit_id, text(unit.find("source")), text(target), about, problems
        return
    translated, confirmed = segments_by_mid(target), trados_statuses(unit)
    for mid, source in marked.items():
        own = about | ({"status": confirmed[mid]} if mid in confirmed else {})
        yield f"{unit_id}:{mid}", source, translated.get(mid, ""), own, problems
        problems = []


def segments_by_mid(parent: Element | None) -> dict[str, str]:
    marks = parent.iter("mrk") if parent is not None else ()
    return {mark.get("mid", ""): text(mark) for mark in marks if mark.get("mtype") == "seg"}


def trados_statuses(unit: Element) -> dict[str, str]:
    """What Trados says of each segment, in elements of its own beside the target."""
    return {
        segment.get("id", ""): STATUS_OF_TRADOS[segment.get("conf", "")]
        for segment in unit.iter(f"{TRADOS}seg")
        if segment.get("conf") in STATUS_OF_TRADOS
    }


def old_facts(unit: Element, target: Element | None) -> dict[str, str]:
    """What our own contexts say; the state wins over them, for it is what CAT tools change."""
    about = {
        kind.removeprefix("x-"): context.text or ""
        for context in unit.iter("context")
        if (kind := context.get("context-type", "")).startswith("x-")
    }
    about |= comment_in(note for note in unit.iterfind("note") if note.get("from") != "bitext")
    state = target.get("state", "") if target is not None else ""
    qualifier = target.get("state-qualifier", "") if target is not None else ""
    if unit.get("approved") == "yes":
        about["status"] = "approved"
    elif qualifier.startswith("rejected"):
        about["status"] = "rejected"
    else:
        about["status"] = STATUS_OF_STATE.get(state, "untouched")
    if "origin" not in about and qualifier in ("leveraged-mt", "mt-suggestion"):
        about["origin"] = "mt"
    elif "origin" not in about and qualifier.endswith(("-match", "-tm", "tm-suggestion")):
        about["origin"] = "tm"
    return about


def comment_in(notes: Iterable[Element]) -> dict[str, str]:
    """What people say in the notes of a unit."""
    said = [note.text for note in notes if note.text]
    return {"comment": "\n".join(said)} if said else {}


def new_segments(unit: Element) -> Iterator[Part]:
    """The segments of a 2.x <unit>."""
    unit_id = unit.get("name") or unit.get("id") or ""
    facts = {
        meta.get("type", ""): meta.text or ""
        for group in unit.iter(f"{METADATA}metaGroup")
        if group.get("category") == "bitext"
        for meta in group.iter(f"{METADATA}meta")
    }
    facts |= comment_in(
        note for note in unit.iterfind("notes/note") if note.get("category") != "term"
    )
    segments = unit.findall("segment")
    for number, segment in enumerate(segments, 1):
        targets = segment.findall("target")
        problems = ["has two targets; the first counts"] if len(targets) > 1 else []
        about = facts | {"status": new_status(segment)}
        part = segment.get("id") or str(number)
        whole = unit_id if len(segments) == 1 else f"{unit_id}:{part}"
        target = targets[0] if targets else None
        yield whole, text(segment.find("source")), text(target), about, problems


def new_status(segment: Element) -> str:
    """Ours is in subState, which tools must take away when they change the state."""
    ours = segment.get("subState", "")
    if ours.startswith("bitext:"):
        return ours.removeprefix("bitext:")
    state = segment.get("state", "initial")
    return STATUS_OF_STATE.get(state, "untouched")


def text(element: Element | None) -> str:
    return "" if element is None else text_of(element, AROUND)
