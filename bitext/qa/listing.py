"""What the checks have found, as rows."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any, get_args

from bitext.units import Issue, Severity, TranslationUnit

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
COLUMNS = (
    "id", "document", "severity", "check", "category", "message", "key", "suggestion", "source",
    "target",
)  # fmt: skip


def dismiss_key(unit: TranslationUnit, issue: Issue) -> str:
    """
    What a person's "this is fine" is kept under: it holds as long as the flagged words stay.

    >>> unit = TranslationUnit("a", "a", 0, 0, 4, "Oui.", "Yess.", "mt")
    >>> dismiss_key(unit, Issue("names", "minor", "…", target_spans=((0, 4),)))
    'names:01c35815'
    """
    words = [unit.source[slice(*span)] for span in issue.source_spans]
    words += [unit.target[slice(*span)] for span in issue.target_spans]
    told = "\x1f".join((unit.source, issue.message, *words))
    return f"{issue.check}:{sha256(told.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def at_least(severity: Severity, least: Severity) -> bool:
    return SEVERITIES.index(severity) >= SEVERITIES.index(least)


def findings(unit: TranslationUnit) -> Iterator[dict[str, Any]]:
    """Each issue of a unit as plain JSON values, with its texts."""
    for issue in unit.issues or ():
        yield {
            "id": unit.id,
            "document": unit.document,
            "severity": issue.severity,
            "check": issue.check,
            "category": issue.category,
            "message": issue.message,
            "key": dismiss_key(unit, issue),
            "source_spans": [list(span) for span in issue.source_spans],
            "target_spans": [list(span) for span in issue.target_spans],
            "fixes": list(issue.fixes),
            "source": unit.source,
            "target": unit.target,
        }


def row(finding: Mapping[str, Any]) -> tuple[str, ...]:
    """A finding under `COLUMNS`, each cell on one line."""
    plain = {**finding, "suggestion": " | ".join(finding["fixes"])}
    return tuple(" ".join(str(plain[name]).split()) for name in COLUMNS)
