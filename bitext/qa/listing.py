"""What the checks have found, as rows."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from bitext.units import Severity, TranslationUnit

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
COLUMNS = (
    "id", "document", "severity", "check", "category", "message", "key", "suggestion", "source",
    "target",
)  # fmt: skip


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
            "key": issue.key,
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
