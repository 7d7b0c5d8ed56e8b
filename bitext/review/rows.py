"""
A unit as a row of the review page: what `rows.js` is given to show.

What is empty is left out, which halves the file. Offsets are counted as browsers count.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from math import isfinite
from typing import Any

from bitext.units import Document, Drop, Enforcement, Issue, TermMatch, TranslationUnit

WIDE = re.compile("[\U00010000-\U0010ffff]")
Row = dict[str, Any]
Offset = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What the page shows of a document besides its units."""

    name: str
    metadata: Mapping[str, str] = field(default_factory=dict)
    drops: tuple[Drop, ...] = ()

    @classmethod
    def of(cls, document: Document) -> "DocumentView":
        return cls(document.name, document.metadata, document.drops)


def document_row(view: DocumentView) -> Row:
    drops = [
        {"paragraph": drop.paragraph, "start": drop.start, "text": drop.text, "rule": drop.rule}
        for drop in view.drops
    ]
    return {"name": view.name, "metadata": dict(view.metadata), "drops": drops}


def unit_row(unit: TranslationUnit, reference: str | None) -> Row:
    """A unit's row; `issues` is missing, not empty, where the unit was never checked."""
    source, target = browser_offset(unit.source), browser_offset(unit.target)
    row = {
        "id": unit.id,
        "document": unit.document,
        "paragraph": unit.paragraph,
        "start": unit.start,
        "source": unit.source,
        "target": unit.target,
        "origin": unit.origin,
        "status": unit.status,
    }
    more = {
        "score": finite(unit.score),
        "reference": reference,
        "terms": [
            filled(term_row(match, outcome, source, target))
            for match, outcome in zip_longest(unit.matches, unit.enforcement[: len(unit.matches)])
        ],
        "links": [
            [
                source(link.source_start),
                source(link.source_end),
                target(link.target_start),
                target(link.target_end),
            ]
            for link in unit.links
        ],
    }
    row |= filled(more)
    if unit.issues is not None:
        row["issues"] = [issue_row(issue, source, target) for issue in unit.issues]
    return row


def term_row(
    match: TermMatch, enforcement: Enforcement | None, source: Offset, target: Offset
) -> Row:
    """A term's occurrence and what became of it ("unchecked" if nothing looked)."""
    entry = match.entry
    row: Row = {
        "source": entry.source,
        "required": match.required,
        "kind": entry.kind,
        "admitted": list(entry.admitted),
        "note": entry.note,
        "at": [source(match.start), source(match.end)],
        "confidence": finite(match.confidence),
        "outcome": "shadowed" if match.shadowed else "unchecked",
    }
    if enforcement is not None:
        row |= {
            "outcome": enforcement.outcome,
            "how": enforcement.how,
            "found": enforcement.found,
            "before": enforcement.before,
            "reason": enforcement.reason,
        }
        if enforcement.start >= 0:
            row["found_at"] = [target(enforcement.start), target(enforcement.end)]
    return row


def issue_row(issue: Issue, source: Offset, target: Offset) -> Row:
    row = {
        "check": issue.check,
        "severity": issue.severity,
        "message": issue.message,
        "category": issue.category,
        "source": spans(issue.source_spans, source),
        "target": spans(issue.target_spans, target),
    }
    return filled(row)


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
