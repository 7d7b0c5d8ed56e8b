"""
Edits that a review page exported, merged back into the units that they were made on.

An edit carries the texts that the reviewer saw. It goes to the unit of its id if that still has
the source; where a later run has given the sentence another id, to the one unit with the same
source. What somebody else has decided, or what the machine has said anew since, is never
overwritten without a word: each such edit is in the report.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any, BinaryIO, Literal, cast, get_args

from bitext.errors import InputError
from bitext.revision import retargeted
from bitext.units import REVIEWER, Issue, Severity, Status, TranslationUnit

Outcome = Literal["merged", "moved", "kept", "lost"]
LARGEST = 500_000_000  # bytes: more is not what a page has written


@dataclass(frozen=True, slots=True)
class Edit:
    """
    What was done to one unit; None where nothing was.

    `before` is the translation that the reviewer saw, `file` where the edit comes from.
    """

    id: str
    source: str
    before: str
    target: str | None = None
    status: Status | None = None
    comment: str | None = None
    dismissed: tuple[str, ...] = ()
    marks: tuple[Issue, ...] = ()
    file: str = ""


@dataclass(frozen=True, slots=True)
class Edits:
    """One exported file; `everywhere` are flags that count in no unit."""

    file: str
    edits: tuple[Edit, ...]
    everywhere: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """An edit that did not simply go in: "kept" (the unit was left), "lost" or "moved"."""

    edit: Edit
    outcome: Outcome
    why: str


@dataclass(slots=True)
class Report:
    """What became of the edits, counted, and each that needs a look."""

    merged: int = 0
    unchanged: int = 0
    conflicts: list[Conflict] = field(default_factory=list)


def read(file: BinaryIO, *, name: str = "<edits>") -> Edits:
    """An exported file; raises InputError if it is damaged or something else."""
    try:
        raw = file.read(LARGEST)
        plain = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError(name, f"is damaged ({cause(error)}); export the edits again") from error
    if not isinstance(plain, dict) or plain.get("bitext_edits") != 1:
        raise InputError(name, "holds no edits of a review page; export them there as Edits")
    try:
        edits = tuple(edit(one, name) for one in plain["edits"])
        return Edits(name, edits, texts(plain.get("dismissed_everywhere", ())))
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError) as error:
        raise InputError(name, f"is damaged ({cause(error)}); export the edits again") from error


def cause(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}: {error.msg.lower()}"
    if isinstance(error, KeyError):
        return f"{error} is missing"
    return str(error).splitlines()[0][:200] or type(error).__name__


def edit(plain: Mapping[str, Any], file: str) -> Edit:
    """One edit; raises ValueError and the like for what no page has written."""
    status = plain.get("status")
    if status is not None and status not in get_args(Status):
        raise ValueError(f"status {status!r} is unknown")
    return Edit(
        text(plain["id"]),
        text(plain["source"]),
        text(plain["before"]),
        optional(plain.get("target")),
        cast(Status | None, status),
        optional(plain.get("comment")),
        texts(plain.get("dismissed", ())),
        tuple(mark(one, plain) for one in plain.get("marks", ())),
        file,
    )


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{str(value)[:40]!r} is not a text")
    return value


def optional(value: Any) -> str | None:
    return None if value is None else text(value)


def texts(values: Iterable[Any]) -> tuple[str, ...]:
    return tuple(text(value) for value in values)


def mark(plain: Mapping[str, Any], edited: Mapping[str, Any]) -> Issue:
    """An error that a person has marked, with its span counted in characters again."""
    if plain["severity"] not in get_args(Severity):
        raise ValueError(f"severity {str(plain['severity'])[:40]!r} is unknown")
    on_source = plain.get("side") == "source"
    whole = text(edited["source"] if on_source else edited.get("target") or edited["before"])
    start, end = (character(whole, int(plain.get(key, 0))) for key in ("start", "end"))
    spans = ((start, end),) if start < end else ()
    said = text(plain.get("note", "")) or text(plain.get("text", "")) or "marked"
    category = text(plain["category"])
    sides = (spans, ()) if on_source else ((), spans)
    return Issue(REVIEWER, plain["severity"], said, category, *sides)


def character(whole: str, offset: int) -> int:
    """A browser's offset, which counts characters above U+FFFF twice, in characters."""
    head = whole.encode("utf-16-le", "surrogatepass")[: 2 * max(offset, 0)]
    return len(head.decode("utf-16-le", "replace"))


def merge(
    units: Iterable[TranslationUnit], files: Iterable[Edits], report: Report
) -> Iterator[TranslationUnit]:
    """
    The units with the edits in them; raises InputError if a file has none for them.

    `report` is filled by the time the last unit is out.
    """
    units = list(units)
    files = list(files)
    places = placed(units, files, report)
    everywhere = {key for one in files for key in one.everywhere}
    for number, unit in enumerate(units):
        for each in places.get(number, ()):
            unit = applied(unit, each, report)
        mine = [issue.key for issue in unit.issues or () if issue.key in everywhere]
        yield dismissing(unit, mine)


def placed(
    units: list[TranslationUnit], files: Iterable[Edits], report: Report
) -> dict[int, list[Edit]]:
    """The edits by the number of the unit that they go to."""
    by_id = {unit.id: number for number, unit in enumerate(units)}
    by_source: dict[bytes, list[int]] = {}
    for number, unit in enumerate(units):
        by_source.setdefault(hashed(unit.source), []).append(number)
    places: dict[int, list[Edit]] = {}
    for file in files:
        found = 0
        for each in file.edits:
            number = by_id.get(each.id, -1)
            if number < 0 or units[number].source != each.source:
                same = by_source.get(hashed(each.source), [])
                number = same[0] if len(same) == 1 else -1
                report.conflicts.append(elsewhere(each, same))
            if number >= 0:
                found += 1
                places.setdefault(number, []).append(each)
        if file.edits and not found:
            problem = "none of its segments is among the units; is it of another document?"
            raise InputError(file.file, problem)
    return places


def hashed(source: str) -> bytes:
    return sha256(source.encode("utf-8", "surrogatepass")).digest()


def elsewhere(each: Edit, same: list[int]) -> Conflict:
    if len(same) == 1:
        return Conflict(each, "moved", "the sentence has another place now")
    why = "the source is not there any more" if not same else "the source is there several times"
    return Conflict(each, "lost", why)


def applied(unit: TranslationUnit, each: Edit, report: Report) -> TranslationUnit:
    """The unit with the edit, or as it was and the reason in the report."""
    result = edited(unit, each)
    if result == unit:
        report.unchanged += 1
        return unit
    if why := objection(unit, each):
        report.conflicts.append(Conflict(each, "kept", why))
        return unit
    report.merged += 1
    if each.target is not None and unit.target != each.before:
        said = "the machine has translated it anew since; the edit is in"
        report.conflicts.append(Conflict(each, "merged", said))
    return result


def objection(unit: TranslationUnit, each: Edit) -> str:
    """Why the edit must not go in; "" if it may."""
    by_person = unit.origin == "human" or unit.status != "untouched"
    wanted = each.before if each.target is None else each.target
    if by_person and unit.target not in (each.before, wanted):
        return "somebody has edited it otherwise"
    decided = unit.status not in ("untouched", "draft") and each.status not in (None, unit.status)
    if decided and unit.target != each.before:
        return f"somebody has {unit.status} it"
    if each.target is None and each.status is not None and unit.target != each.before:
        return f"{each.status} was an older translation"
    if each.comment and unit.comment and unit.comment != each.comment:
        return "somebody has commented otherwise"
    return ""


def edited(unit: TranslationUnit, each: Edit) -> TranslationUnit:
    """
    The unit as the reviewer left it.

    A new text is a person's: its terms are verified and the checks run again.
    """
    result = unit
    if each.target is not None and each.target != unit.target:
        result = replace(retargeted(unit, each.target), status="draft")
    if each.status is not None:
        result = replace(result, status=each.status)
    if each.comment is not None:
        result = replace(result, comment=each.comment)
    if each.marks:
        issues = result.issues or ()
        result = replace(result, issues=(*issues, *(m for m in each.marks if m not in issues)))
    return dismissing(result, each.dismissed)


def dismissing(unit: TranslationUnit, keys: Iterable[str]) -> TranslationUnit:
    """The unit without these flags, for good."""
    fresh = [key for key in dict.fromkeys(keys) if key not in unit.dismissed]
    if not fresh:
        return unit
    issues = unit.issues and tuple(issue for issue in unit.issues if issue.key not in fresh)
    return replace(unit, issues=issues, dismissed=(*unit.dismissed, *fresh))
