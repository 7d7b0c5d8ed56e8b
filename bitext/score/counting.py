"""What can be counted without a reference: terms, flags and words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from bitext.score.joining import Joined
from bitext.units import Outcome, Severity, TranslationUnit

Pair = tuple[int, int]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)


@dataclass(frozen=True, slots=True)
class Terms:
    """Term occurrences, how many are verified, and what is amiss."""

    occurrences: int
    verified: int
    ambiguous: int
    over_applied: int

    @property
    def accuracy(self) -> float | None:
        """The share verified; None if there is no term."""
        return self.verified / self.occurrences if self.occurrences else None


def words_in(unit: TranslationUnit) -> int:
    """Words of the source, or of the translation where no source is known."""
    return len((unit.source or unit.target).split())


def words_covered(
    units: Sequence[TranslationUnit], covered: set[str], parts: Sequence[Joined]
) -> int:
    """Source words under a reference; no unit counts for more words than it has."""
    partly: Counter[str] = Counter()
    for part in parts:
        partly[part.unit_ids[0]] += len(part.snippet.source.split())
    return sum(
        words_in(unit) if unit.id in covered else min(words_in(unit), partly[unit.id])
        for unit in units
    )


def count_checks(units: Sequence[TranslationUnit]) -> dict[str, dict[str, int]]:
    """How often each check has flagged something, by severity; checks in alphabetical order."""
    own: dict[str, list[str]] = {}
    for unit in units:
        for issue in unit.issues or ():
            own.setdefault(issue.check, []).append(issue.severity)
    return {check: {s: own[check].count(s) for s in SEVERITIES} for check in sorted(own)}


def count_flags(units: Sequence[TranslationUnit]) -> dict[str, int]:
    found = Counter(issue.severity for unit in units for issue in unit.issues or ())
    return {severity: found[severity] for severity in SEVERITIES}


def count_terms(units: Sequence[TranslationUnit]) -> Terms:
    occurrences = verified = ambiguous = over_applied = 0
    for unit in units:
        flagged = {
            span
            for issue in unit.issues or ()
            if issue.check == "terms" and issue.severity != "minor"
            for span in issue.source_spans
        }
        for number, match in enumerate(unit.matches):
            outcome = outcome_of(unit, number, flagged)
            ambiguous += outcome == "ambiguous"
            if match.entry.kind != "forbidden" and outcome not in ("ambiguous", "shadowed"):
                occurrences += 1
                verified += outcome in ("right", "enforced")
        for issue in unit.issues or ():
            over_applied += len(issue.target_spans) if issue.check == "over_applied" else 0
    return Terms(occurrences, verified, ambiguous, over_applied)


def outcome_of(unit: TranslationUnit, number: int, flagged: set[Pair]) -> Outcome:
    """What became of a term; a unit that no glossary was enforced on is judged by its check."""
    match = unit.matches[number]
    if len(unit.enforcement) == len(unit.matches):
        outcome = unit.enforcement[number].outcome
    elif not match.counts:
        outcome = "shadowed" if match.shadowed else "ambiguous"
    else:
        outcome = "right" if unit.issues is not None else "unenforced"
    if (match.start, match.end) in flagged and outcome in ("right", "enforced"):
        return "unenforced"
    return outcome
