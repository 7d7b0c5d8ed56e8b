"""
A unit as a row of the review page: what `store.js` unpacks again.

A row is a list, [document, paragraph, start, mark, source, target, more]: a key for each value
would double the file, and with it the time to load it. `mark` is the end of an id of our own, or
the whole id of another; `more` is left out if it is empty. Offsets are counted as browsers count.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from math import isfinite
from typing import Any

from bitext.units import Document, Drop, Enforcement, Issue, Link, TermMatch, TranslationUnit

WIDE = re.compile("[\U00010000-\U0010ffff]")
MARK = re.compile("[0-9a-f]{8}")
Row = dict[str, Any]
Offset = Callable[[int], int]
EntryNumber = Callable[[TermMatch], int]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What the page shows of a document besides its units."""

    name: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    drops: tuple[Drop, ...] = ()

    @classmethod
    def of(cls, document: Document) -> "DocumentView":
        return cls(document.name, document.metadata, document.drops)


def unit_row(
    unit: TranslationUnit,
    document: int = 0,
    entry: EntryNumber = lambda match: 0,
    *,
    reference: str | None = None,
    baseline: str | None = None,
) -> list[Any]:
    """A unit's row; `issues` is missing, not empty, where the unit was never checked."""
    source, target = browser_offset(unit.source), browser_offset(unit.target)
    pairs = zip_longest(unit.matches, unit.enforcement[: len(unit.matches)])
    more = filled(
        {
            "origin": unit.origin if unit.origin != "mt" else "",
            "score": finite(unit.score),
            "quality": finite(unit.quality),
            "reference": reference,
            "baseline": baseline,
            "comment": unit.comment,
            "terms": [term_row(match, made, entry(match), source, target) for match, made in pairs],
            "links": steps(unit.links, source, target),
        }
    )
    if unit.issues is not None:
        more["issues"] = [issue_row(issue, source, target) for issue in standing(unit)]
    row = [
        document, unit.paragraph, unit.start, mark(unit), unit.source, unit.target
    ]  # fmt: skip
    return [*row, more] if more else row


def standing(unit: TranslationUnit) -> list[Issue]:
    """The flags that no reviewer has dismissed."""
    return [issue for issue in unit.issues or () if issue.key not in unit.dismissed]


def mark(unit: TranslationUnit) -> str:
    """The part of an id that its document and place do not say."""
    place = f"{unit.document}:{unit.paragraph}:{unit.start}:"
    tail = unit.id.removeprefix(place)
    return tail if tail != unit.id and MARK.fullmatch(tail) else unit.id


def term_row(
    match: TermMatch, enforcement: Enforcement | None, entry: int, source: Offset, target: Offset
) -> Row:
    """A term's occurrence and what became of it ("unchecked" if nothing looked)."""
    row: Row = {
        "entry": entry,
        "at": [source(match.start), source(match.end)],
        "required": match.required if match.required != match.entry.target else None,
        "confidence": finite(match.confidence) if match.confidence != 1 else None,
        "outcome": "shadowed" if match.shadowed else "unchecked",
    }
    if enforcement is not None:
        row |= {
            "outcome": enforcement.outcome,
            "how": enforcement.how,
            "before": enforcement.before,
            "reason": enforcement.reason,
        }
        if enforcement.start >= 0:
            row["found"] = [target(enforcement.start), target(enforcement.end)]
    return filled(row)


def entry_row(match: TermMatch) -> Row:
    """A glossary entry, which the rows of its occurrences name by number."""
    entry = match.entry
    row = {"source": entry.source, "target": entry.target, "kind": entry.kind, "note": entry.note}
    return filled(row | {"admitted": list(entry.admitted)})


def issue_row(issue: Issue, source: Offset, target: Offset) -> Row:
    row = {
        "check": issue.check,
        "severity": issue.severity,
        "message": issue.message,
        "category": issue.category,
        "source": spans(issue.source_spans, source),
        "target": spans(issue.target_spans, target),
        "fixes": list(issue.fixes),
    }
    return filled(row)


def steps(links: Iterable[Link], source: Offset, target: Offset) -> list[int]:
    """
    Links as one list, four numbers each: the step from the last start and the length, twice.

    >>> steps([Link(0, 2, 5, 9), Link(3, 4, 0, 2)], int, int)
    [0, 2, 5, 4, 3, 1, -5, 2]
    """
    flat: list[int] = []
    here = there = 0
    for link in links:
        start, other = source(link.source_start), target(link.target_start)
        flat += (
            start - here, source(link.source_end) - start,
            other - there, target(link.target_end) - other,
        )  # fmt: skip
        here, there = start, other
    return flat


def spans(pairs: Iterable[tuple[int, int]], offset: Offset) -> list[list[int]]:
    return [[offset(start), offset(end)] for start, end in pairs]


def filled(row: Row) -> Row:
    """The row without what is empty; a zero is not empty."""
    return {key: value for key, value in row.items() if value not in (None, "", [])}


def finite(number: float | None) -> float | None:
    """Four digits of a number; None for what JSON cannot say."""
    return round(number, 4) if number is not None and isfinite(number) else None


def browser_offset(text: str) -> Offset:
    """
    Where a character stands by a browser's count, in which those above U+FFFF count twice.

    >>> browser_offset("a👇b")(2)
    3
    """
    wide = [found.start() for found in WIDE.finditer(text)]
    return lambda offset: offset + bisect_left(wide, offset)
