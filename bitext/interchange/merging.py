"""
Reviewers' edits brought into the units they belong to, by id and by the source text.

Nothing is overwritten silently: an edit that does not fit, or that two people made in two ways,
becomes a conflict, and the unit stays as it is.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from bitext.formats.findings import Report, unheard
from bitext.interchange.files import read
from bitext.revision import retargeted
from bitext.units import Status, TranslationUnit

Kind = Literal[
    "no such unit",
    "several translations",
    "source changed",
    "two edits",
    "approved already",
    "emptied",
]


# Line ends of every kind, characters that XML or HTML cannot hold, and what stands for them.
UNKEPT = re.compile(r"[\x00-\x08\n-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffd-\uffff]+")


@dataclass(frozen=True, slots=True)
class Edit:
    """A unit as it came back, and the file it came in."""

    file: str
    unit: TranslationUnit


def edits(
    paths: Iterable[Path], *, keep_going: bool = False, report: Report = unheard
) -> list[Edit]:
    """Every unit of every file; raises InputError."""
    return [
        Edit(str(path), unit)
        for path in paths
        for unit in read(path, keep_going=keep_going, report=report)
    ]


@dataclass(frozen=True, slots=True)
class Conflict:
    """
    An edit that was not made.

    `ours` is what stands in the units ("" if there is no such unit), `theirs` what came back:
    source texts where the source has changed, else translations.
    """

    kind: Kind
    unit: str
    file: str
    ours: str
    theirs: str


@dataclass(slots=True)
class Merge:
    """
    Brings edits into units; what came of them is known when all units have been given.

    An edit goes to the unit of its id, and of its document, if there is one: in many files ids
    begin again with each document. Where no unit has its id (a memory from a CAT tool has none),
    it goes to every unit with the same source, if these are translated alike.
    """

    edits: Sequence[Edit]
    conflicts: list[Conflict] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def __call__(self, units: Iterable[TranslationUnit]) -> Iterator[TranslationUnit]:
        """Yield every unit, edited or as it was; `units` are gone through twice."""
        by_id: defaultdict[str, list[Edit]] = defaultdict(list)
        for edit in self.edits:
            by_id[edit.unit.id].append(edit)
        known, targets = self.standing(units, by_id)
        by_source = self.by_source(known, targets)
        for unit in units:
            own = [e for e in by_id.get(unit.id, ()) if belongs(e, unit, known)]
            yield self.merged(unit, own or by_source.get(comparable(unit.source), ()))

    def standing(
        self, units: Iterable[TranslationUnit], by_id: Mapping[str, object]
    ) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
        """
        The documents of the units that have an edit's id, by id, and the translations of each
        source without one.
        """
        targets: dict[str, set[str]] = {comparable(edit.unit.source): set() for edit in self.edits}
        known: dict[str, set[str]] = {}
        for unit in units:
            if unit.id in by_id:
                known.setdefault(unit.id, set()).add(unit.document)
            elif (key := comparable(unit.source)) in targets:
                targets[key].add(comparable(unit.target))
        return known, targets

    def by_source(
        self, known: Container[str], targets: Mapping[str, set[str]]
    ) -> dict[str, list[Edit]]:
        """The edits that the source places: those of no unit's id, where that is no guess."""
        placed: defaultdict[str, list[Edit]] = defaultdict(list)
        for edit in self.edits:
            key = comparable(edit.unit.source)
            if edit.unit.id in known:
                continue
            if not targets[key]:
                self.refuse("no such unit", edit, "", edit.unit.target)
            elif len(targets[key]) == 1:
                placed[key].append(edit)
            elif comparable(edit.unit.target) in targets[key]:
                # A tool with one translation a source gives back one of ours: that is no edit.
                self.counts["unchanged"] += 1
            else:
                ours = " | ".join(sorted(targets[key]))
                self.refuse("several translations", edit, ours, edit.unit.target)
        return dict(placed)

    def merged(self, unit: TranslationUnit, edits: Sequence[Edit]) -> TranslationUnit:
        """The unit with what its edits say, or as it is if they do not agree."""
        fitting = []
        for edit in edits:
            if comparable(edit.unit.source) == comparable(unit.source):
                fitting.append(edit)
            else:
                self.refuse("source changed", edit, unit.source, edit.unit.source)
        changes = {said(edit): edit for edit in fitting if said(edit) != said(Edit("", unit))}
        if len(changes) > 1:
            for edit in changes.values():
                self.refuse("two edits", edit, unit.target, edit.unit.target)
            return unit
        for edit in changes.values():
            return self.edited(unit, edit)
        if fitting:
            self.counts["unchanged"] += 1
        return unit

    def edited(self, unit: TranslationUnit, edit: Edit) -> TranslationUnit:
        """The unit with an edit made, or as it is if that would undo somebody's work."""
        new = edit.unit
        same = comparable(new.target) == comparable(unit.target)
        if unit.status == "approved" and not same:
            self.refuse("approved already", edit, unit.target, new.target)
            return unit
        if unit.target.strip() and not new.target.strip():
            self.refuse("emptied", edit, unit.target, new.target)
            return unit
        # Other tools keep no comments, and have fewer words for a status.
        status = new.status if new.status != "untouched" else unit.status
        marked = replace(unit, status=status, comment=new.comment or unit.comment)
        if same:
            self.counts["unchanged" if marked == unit else "status or comment"] += 1
            return marked
        self.counts["edited"] += 1
        touched: Status = "draft" if status == "untouched" else status
        return retargeted(replace(marked, status=touched), new.target)

    def refuse(self, kind: Kind, edit: Edit, ours: str, theirs: str) -> None:
        self.counts["conflicts"] += 1
        self.conflicts.append(Conflict(kind, edit.unit.id, edit.file, ours, theirs))


def belongs(edit: Edit, unit: TranslationUnit, known: Mapping[str, Container[str]]) -> bool:
    """Whether an edit with a unit's id is of its document, or of none that has a unit of the id."""
    document = edit.unit.document
    return document == unit.document or document not in known[unit.id]


def said(edit: Edit) -> tuple[str, str, str]:
    """What an edit can change."""
    return comparable(edit.unit.target), edit.unit.status, edit.unit.comment.strip()


def comparable(text: str) -> str:
    """
    A text without what some format cannot keep: spaces at the ends, line ends, odd characters.

    >>> comparable(" deux\\r\\nlignes ") == comparable("deux lignes")
    True
    """
    return UNKEPT.sub(" ", text).strip()
