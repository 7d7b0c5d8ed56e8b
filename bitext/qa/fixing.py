"""Put right what is right in one way only: spaces, French quotation marks, decimal commas."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from bitext.units import Enforcement, Issue, Link, TranslationUnit

# Checks whose suggestions may be taken unseen. An acronym or a name may be meant as it stands.
SAFE = ("spacing", "quotes", "number_format")


@dataclass(frozen=True, slots=True)
class Edit:
    """`text` for target[start:end], as `check` has it."""

    start: int
    end: int
    text: str
    check: str


def fixed(
    unit: TranslationUnit, checks: Iterable[str] = SAFE
) -> tuple[TranslationUnit, tuple[Edit, ...]]:
    """
    The unit with the suggestions of these checks taken, and the edits that were made.

    What a person has approved stays as it is. Issues are those of the old text: check again.
    Links and term places move with the words.
    """
    if unit.status == "approved":
        return unit, ()
    edits = tuple(apart(suggested(unit.issues or (), frozenset(checks))))
    if not edits:
        return unit, ()
    pieces, at = [], 0
    for edit in edits:
        pieces += [unit.target[at : edit.start], edit.text]
        at = edit.end
    target = "".join([*pieces, unit.target[at:]])
    moved = Moved(edits)
    changed = replace(
        unit,
        target=target,
        links=tuple(moved.link(link) for link in unit.links),
        enforcement=tuple(moved.enforcement(each, target) for each in unit.enforcement),
    )
    return changed, edits


def suggested(issues: Iterable[Issue], checks: frozenset[str]) -> list[Edit]:
    return [
        Edit(start, end, text, issue.check)
        for issue in issues
        if issue.check in checks
        for (start, end), text in zip(issue.target_spans, issue.fixes, strict=False)
    ]


def apart(edits: Iterable[Edit]) -> Iterable[Edit]:
    """In order, without those that overlap an earlier one: the next check finds what is left."""
    end = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start >= end:
            yield edit
            end = edit.end


class Moved:
    """Where a place of the old text is in the new one."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        self.edits = edits
        self.starts = [edit.start for edit in edits]
        grown = (len(edit.text) - (edit.end - edit.start) for edit in edits)
        self.shifts = [0, *accumulate(grown)]

    def place(self, old: int) -> int:
        before = bisect_right(self.starts, old)
        if before and old < (edit := self.edits[before - 1]).end:
            # Within an edit: as far into its text as there is room.
            within = min(len(edit.text), old - edit.start)
            return edit.start + self.shifts[before - 1] + within
        return old + self.shifts[before]

    def link(self, link: Link) -> Link:
        start, end = self.place(link.target_start), self.place(link.target_end)
        return link._replace(target_start=start, target_end=max(start, end))

    def enforcement(self, each: Enforcement, target: str) -> Enforcement:
        if each.start < 0:
            return each
        start = self.place(each.start)
        end = max(start, self.place(each.end))
        return replace(each, start=start, end=end, found=target[start:end])
