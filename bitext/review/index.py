"""
What the review page must know of every unit before it has read one: an entry for each.

The page shows, counts and filters 50,000 units from these lists, and reads a unit itself only
when it comes into view.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from bitext.review.rows import DocumentView, entry_row, standing, unit_row
from bitext.units import REVIEWER, Drop, TermMatch, TranslationUnit

# What one number says of a unit; `store.js` has the same names.
OPENS, FLAGGED, TERMS, UNVERIFIED, REFERENCE, BASELINE, CHECKED, COMMENTED = (
    1 << bit for bit in range(8)
)
STATUS = 1 << 8  # times the place of the status in STATUSES
STATUSES = ("untouched", "draft", "approved", "rejected")
WORD = re.compile(r"[^\W_]\S*")


@dataclass(slots=True)
class Section:
    """A document as the page lists it; `drops` go in before the unit whose number they have."""

    name: str
    metadata: Mapping[str, str]
    waiting: list[Drop]
    drops: list[dict[str, Any]] = field(default_factory=list)
    paragraph: int = -1

    def opens(self, paragraph: int) -> bool:
        """Whether a paragraph begins with what is shown next."""
        before, self.paragraph = self.paragraph, paragraph
        return before != paragraph

    def place(self, number: int | None, paragraph: float, start: float = 0) -> None:
        """Put the drops that stand before a place in front of that unit; None is the end."""
        while self.waiting and (self.waiting[0].paragraph, self.waiting[0].start) < (
            paragraph,
            start,
        ):
            drop = self.waiting.pop(0)
            row = {"before": number, "paragraph": drop.paragraph, "text": drop.text}
            self.drops.append(row | {"rule": drop.rule, "opens": self.opens(drop.paragraph)})


class Index:
    """Takes the units one by one, gives their rows, and at the end what it has gathered."""

    def __init__(
        self,
        documents: Iterable[DocumentView],
        references: Mapping[str, str],
        baseline: Mapping[str, str],
    ) -> None:
        self.references = references
        self.baseline = baseline
        self.sections: list[Section] = []
        self.numbers: dict[str, int] = {}
        self.entries: dict[Any, int] = {}
        self.entry_rows: list[dict[str, Any]] = []
        self.bits: list[int] = []
        self.words: list[int] = []
        self.runs: list[list[int]] = []
        self.same: dict[bytes, list[int]] = {}
        self.totals: Counter[str] = Counter()
        self.placed = 0
        self.key = sha256()
        for view in documents:
            self.section(view)

    def section(self, view: DocumentView) -> int:
        if view.name not in self.numbers:
            self.numbers[view.name] = len(self.sections)
            self.sections.append(Section(view.name, view.metadata, list(view.drops)))
        return self.numbers[view.name]

    def row(self, unit: TranslationUnit) -> list[Any]:
        """Take a unit; give its row."""
        number, document = len(self.bits), self.section(DocumentView(unit.document))
        section = self.sections[document]
        section.place(number, unit.paragraph, unit.start)
        reference, other = self.references.get(unit.id), self.baseline.get(unit.id)
        self.placed += reference is not None
        bits = OPENS * section.opens(unit.paragraph) + REFERENCE * (reference is not None)
        bits += BASELINE * (other is not None and other != unit.target)
        bits += self.checked(unit) + self.terms(unit) + COMMENTED * bool(unit.comment)
        bits += STATUS * (STATUSES.index(unit.status) if unit.status in STATUSES else 0)
        self.bits.append(bits)
        self.words.append(len(WORD.findall(unit.source)))
        if not self.runs or self.runs[-1][0] != document:
            self.runs.append([document, 0])
        self.runs[-1][1] += 1
        self.remember(number, unit)
        return unit_row(unit, document, self.entry, reference=reference, baseline=other)

    def checked(self, unit: TranslationUnit) -> int:
        issues = standing(unit)
        self.totals.update(issue.severity for issue in issues)
        return FLAGGED * bool(issues) + CHECKED * (unit.issues is not None)

    def terms(self, unit: TranslationUnit) -> int:
        """Terms that count: a longer one covers no other."""
        outcomes = [made.outcome for made in unit.enforcement[: len(unit.matches)]]
        outcomes += ["unchecked"] * (len(unit.matches) - len(outcomes))  # type: ignore[list-item]
        counted = [
            outcome
            for outcome, match in zip(outcomes, unit.matches, strict=True)
            if outcome != "shadowed" and not match.shadowed
        ]
        verified = sum(outcome in ("right", "enforced") for outcome in counted)
        self.totals["terms"] += len(counted)
        self.totals["verified"] += verified
        return TERMS * bool(counted) + UNVERIFIED * (verified < len(counted))

    def entry(self, match: TermMatch) -> int:
        if match.entry not in self.entries:
            self.entries[match.entry] = len(self.entries)
            self.entry_rows.append(entry_row(match))
        return self.entries[match.entry]

    def remember(self, number: int, unit: TranslationUnit) -> None:
        """For identical sentences, and for the name under which a browser keeps the edits."""
        source = sha256(unit.source.encode("utf-8", "surrogatepass")).digest()
        self.same.setdefault(source, []).append(number)
        # An earlier round that was merged in is another document: its edits are in the file.
        marks = [issue for issue in unit.issues or () if issue.check == REVIEWER]
        round_ = (unit.status, unit.comment, unit.dismissed, marks)
        whole = f"{unit.id}\0{unit.source}\0{unit.target}\0{round_!r}\0"
        self.key.update(whole.encode("utf-8", "surrogatepass"))

    def summary(self) -> dict[str, Any]:
        for section in self.sections:
            section.place(None, float("inf"))
        return {
            "key": self.key.hexdigest()[:16],
            "documents": [
                {"name": s.name, "metadata": dict(s.metadata), "drops": s.drops}
                for s in self.sections
            ],
            "entries": self.entry_rows,
            "runs": self.runs,
            "bits": self.bits,
            "words": self.words,
            "repeats": [numbers for numbers in self.same.values() if len(numbers) > 1],
            "totals": dict(self.totals),
            "unplaced": len(self.references) - self.placed,
        }
