"""Check a stream of existing units, count what is found, and put right what is safe to."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from bitext.qa.consistency import across
from bitext.qa.fixing import fixed
from bitext.qa.listing import SEVERITIES, at_least, findings
from bitext.units import Severity, TranslationUnit


class Inspection:
    """
    Checked units go by, and what was found is kept: `findings` as plain JSON values, and counts.

    `check` gives a unit with its issues; issues of the `disabled` names are left out. With `fix`
    the safe suggestions are taken, and what remains is found.
    """

    def __init__(
        self,
        check: Callable[[TranslationUnit], TranslationUnit],
        *,
        disabled: Collection[str] = (),
        fix: bool = False,
    ) -> None:
        self.check = check
        self.disabled = frozenset(disabled)
        self.fix = fix
        self.units = self.grave = self.fixed_units = 0
        self.findings: list[dict[str, Any]] = []
        self.fixes: Counter[str] = Counter()

    def watch(self, units: Iterable[TranslationUnit]) -> Iterator[TranslationUnit]:
        """The units as they come, checked anew."""
        for unit in across(map(self.examined, units)):
            issues = tuple(i for i in unit.issues or () if i.check not in self.disabled)
            self.units += 1
            self.grave += any(at_least(issue.severity, "major") for issue in issues)
            unit = replace(unit, issues=issues)
            self.findings += findings(unit)
            yield unit

    def examined(self, unit: TranslationUnit) -> TranslationUnit:
        unit = self.check(unit)
        if not self.fix:
            return unit
        changed, edits = fixed(unit)
        self.fixes.update(edit.check for edit in edits)
        self.fixed_units += bool(edits)
        return self.check(changed) if edits else unit

    def worst(self) -> Severity | None:
        """The gravest severity that was found; None if nothing was."""
        found = {finding["severity"] for finding in self.findings}
        return max(found, key=SEVERITIES.index, default=None)

    def checks(self) -> Mapping[str, Mapping[Severity, int]]:
        """By check, in alphabetical order, the number of flags of each severity."""
        counts = Counter((found["check"], found["severity"]) for found in self.findings)
        names = sorted({name for name, _ in counts})
        return {name: {s: counts[name, s] for s in SEVERITIES} for name in names}

    def to_json(self) -> dict[str, Any]:
        return {
            "units": self.units,
            "major_or_worse": self.grave,
            "checks": self.checks(),
            "fixes": dict(self.fixes),
            "findings": self.findings,
        }
