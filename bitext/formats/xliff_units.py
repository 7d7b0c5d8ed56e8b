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
from bitext.formats.places import STATUSES, restored
from bitext.units import Origin, Status, TranslationUnit

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
STATUS_OF_MEMOQ: dict[str, Status] = {
    "ManuallyConfirmed": "draft",
    "Reviewer1Confirmed": "approved",
    "Proofread": "approved",
    "Rejected": "rejected",
}
# How Trados (sdl:seg origin), Phrase (m:trans-origin) and memoQ (mq:status) call where a target is
# from; what memoQ assembles of fragments nobody has written.
ORIGIN_OF_TOOLS: dict[str, Origin] = {
    "mt": "mt",
    "nmt": "mt",
    "amt": "mt",
    "tm": "tm",
    "machinetranslated": "mt",
    "assembled": "mt",
    "pretranslated": "tm",
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
    translated, told = segments_by_mid(target), trados_facts(unit)
    for mid, source in marked.items():
        own = about | told.get(mid, {})
        yield f"{unit_id}:{mid}", source, translated.get(mid, ""), own, problems
        problems = []


def segments_by_mid(parent: Element | None) -> dict[str, str]:
    marks = parent.iter("mrk") if parent is not None else ()
    return {mark.get("mid", ""): text(mark) for mark in marks if mark.get("mtype") == "seg"}


def trados_facts(unit: Element) -> dict[str, dict[str, str]]:
    """What Trados says of each segment, in elements of its own beside the target."""
    facts: dict[str, dict[str, str]] = {}
    for segment in unit.iter(f"{TRADOS}seg"):
        own = facts.setdefault(segment.get("id", ""), {})
        if status := STATUS_OF_TRADOS.get(segment.get("conf", "")):
            own["status"] = status
        if origin := ORIGIN_OF_TOOLS.get(segment.get("origin", "").lower()):
            own["origin"] = origin
    return facts


def of_tool(element: Element, name: str) -> str:
    """The value of an attribute of that name in the namespace of a tool."""
    return next((value for key, value in element.items() if key.endswith(f" {name}")), "")


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
    memoq = of_tool(unit, "status")
    if unit.get("approved") == "yes":
        about["status"] = "approved"
    elif qualifier.startswith("rejected"):
        about["status"] = "rejected"
    elif memoq in STATUS_OF_MEMOQ:
        about["status"] = STATUS_OF_MEMOQ[memoq]
    elif of_tool(unit, "confirmed") in ("1", "true"):
        about["status"] = "draft"
    else:
        about["status"] = STATUS_OF_STATE.get(state, "untouched")
    if "origin" not in about:
        about |= origin_in(of_tool(unit, "trans-origin") or memoq, qualifier)
    return about


def origin_in(tool: str, qualifier: str) -> dict[str, str]:
    """Where a target is from, by a tool's own word for it or by its state-qualifier."""
    if origin := ORIGIN_OF_TOOLS.get(tool.lower()):
        return {"origin": origin}
    if qualifier in ("leveraged-mt", "mt-suggestion"):
        return {"origin": "mt"}
    if qualifier == "x-copy":
        return {"origin": "copy"}
    return {"origin": "tm"} if qualifier.endswith(("-match", "-tm", "tm-suggestion")) else {}


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
        about = facts | new_facts(segment)
        part = segment.get("id") or str(number)
        whole = unit_id if len(segments) == 1 else f"{unit_id}:{part}"
        target = targets[0] if targets else None
        yield whole, text(segment.find("source")), text(target), about, problems


def new_facts(segment: Element) -> dict[str, str]:
    """
    The status of a segment, and where its target is from, if that is told.

    Ours is in subState, which tools must take away when they change the state: a status, or in
    what `bitext translate` filled, what is the state-qualifier in 1.2.
    """
    state = STATUS_OF_STATE.get(segment.get("state", "initial"), "untouched")
    ours, _, said = segment.get("subState", "").partition(":")
    if ours != "bitext":
        return {"status": state}
    if said in STATUSES:
        return {"status": said}
    return {"status": "untouched"} | origin_in("", said)


def text(element: Element | None) -> str:
    return "" if element is None else text_of(element, AROUND)
