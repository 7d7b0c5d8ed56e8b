"""What changed between two runs over the same texts, unit by unit."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bitext.score.comparison import Baseline
from bitext.score.counting import Terms, count_checks, count_terms
from bitext.score.joining import join
from bitext.score.plain import comparison, terms
from bitext.score.report import Report, score
from bitext.score.snippets import Snippet
from bitext.units import Issue, TranslationUnit

COLUMNS = (
    "id", "document", "change", "flags gained", "flags lost", "source", "before", "after",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """A run's name, the first line of its record, and its units."""

    name: str
    manifest: Mapping[str, Any]
    units: Sequence[TranslationUnit]


@dataclass(frozen=True, slots=True)
class Setting:
    """Something that the runs were made with, where they differ."""

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """
    A unit whose translation, or whose flags, are not what they were.

    `change` is how much its chrF++ rose, None where there is no reference for it.
    """

    before: TranslationUnit
    after: TranslationUnit
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    change: float | None


@dataclass(frozen=True, slots=True)
class Changes:
    """
    Two runs side by side; `report` scores the second against the first, if there are references.

    `same` units have the same translation and flags; `removed` and `added` are in one run only.
    """

    settings: tuple[Setting, ...]
    changed: tuple[Change, ...]
    same: int
    removed: int
    added: int
    checks: tuple[Mapping[str, Mapping[str, int]], Mapping[str, Mapping[str, int]]]
    terms: tuple[Terms, Terms]
    report: Report | None


def changes(before: Run, after: Run, snippets: Sequence[Snippet] = ()) -> Changes:
    """Compare two runs; units are the same by id, which holds a hash of the source."""
    old = {unit.id: unit for unit in before.units}
    pairs = [(old[unit.id], unit) for unit in after.units if unit.id in old]
    report = scored(before, after, snippets) if snippets else None
    moved = moves(report)
    found = [
        Change(one, other, gained, lost, moved.get(other.id))
        for one, other in pairs
        for gained, lost in [flags(one, other)]
        if one.target != other.target or gained or lost
    ]
    return Changes(
        tuple(settings(before.manifest, after.manifest)),
        tuple(found),
        len(pairs) - len(found),
        len(before.units) - len(pairs),
        len(after.units) - len(pairs),
        (count_checks(before.units), count_checks(after.units)),
        (count_terms(before.units), count_terms(after.units)),
        report,
    )


def scored(before: Run, after: Run, snippets: Sequence[Snippet]) -> Report:
    baseline = Baseline(before.name, join(before.units, snippets))
    return score(join(after.units, snippets), after.units, baselines=[baseline])


def moves(report: Report | None) -> dict[str, float]:
    """How much each unit that has a reference of its own rose, by the unit's id."""
    if report is None:
        return {}
    return {
        row.joined.unit_ids[0]: row.change
        for row in report.comparisons[0].moved
        if len(row.joined.unit_ids) == 1
    }


def flags(one: TranslationUnit, other: TranslationUnit) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the second has been flagged for and the first was not, and the other way about."""
    before, after = (Counter(map(told, unit.issues or ())) for unit in (one, other))
    return tuple((after - before).elements()), tuple((before - after).elements())


def told(issue: Issue) -> str:
    return f"{issue.severity} {issue.check}: {issue.message}"


def settings(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Setting]:
    """The settings that differ, in the order of the second run's."""
    old, new = dict(flat(before)), dict(flat(after))
    for name in {**new, **old}:
        if old.get(name) != new.get(name):
            yield Setting(name, old.get(name, "–"), new.get(name, "–"))


def flat(manifest: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, str]]:
    """A manifest as names and texts; of the signature each part by itself."""
    for name, value in manifest.items():
        if name == "signature":
            yield from ((part.partition(":")[0], part) for part in str(value).split("|"))
        elif isinstance(value, Mapping):
            yield from flat(value, f"{prefix}{name} ")
        # What the documents were is told by the units.
        elif name != "documents":
            yield f"{prefix}{name}", shown(value)


def shown(value: Any) -> str:
    return ", ".join(map(str, value)) or "none" if isinstance(value, list) else str(value)


def to_json(found: Changes) -> dict[str, Any]:
    """The changes as plain JSON values."""
    return {
        "settings": [
            {"name": one.name, "before": one.before, "after": one.after} for one in found.settings
        ],
        "units": {
            "changed": len(found.changed),
            "same": found.same,
            "removed": found.removed,
            "added": found.added,
        },
        "checks": {"before": found.checks[0], "after": found.checks[1]},
        "terms": {"before": terms(found.terms[0]), "after": terms(found.terms[1])},
        "scores": found.report and comparison(found.report.comparisons[0]),
        "warnings": list(found.report.warnings) if found.report else [],
        "changes": [
            {
                "id": one.after.id,
                "document": one.after.document,
                "change": one.change,
                "gained": list(one.gained),
                "lost": list(one.lost),
                "source": one.after.source,
                "before": one.before.target,
                "after": one.after.target,
            }
            for one in found.changed
        ],
    }


def to_rows(found: Changes) -> Iterator[tuple[str, ...]]:
    """A header and then a row for each unit that changed."""
    yield COLUMNS
    for one in found.changed:
        yield (
            one.after.id,
            one.after.document,
            "" if one.change is None else f"{one.change:+.2f}",
            *map(line, ("; ".join(one.gained), "; ".join(one.lost))),
            *map(line, (one.after.source, one.before.target, one.after.target)),
        )


def line(text: str) -> str:
    return " ".join(text.split())


def by_interest(found: Iterable[Change]) -> list[Change]:
    """Those first that were flagged anew, then those whose score moved most."""
    return sorted(found, key=lambda one: (-len(one.gained), -abs(one.change or 0.0)))
