"""Scores that a report must reach, for scripts that are to stop when quality falls."""

from collections.abc import Mapping

from bitext.errors import InputError
from bitext.score.metrics import LOWER_IS_BETTER, METRICS, title
from bitext.score.report import Report

NAMES = (*METRICS, "term")


def limits(text: str) -> dict[str, float]:
    """
    Read what must be reached; raises InputError.

    >>> limits("chrf=55,term=1.0")
    {'chrf': 55.0, 'term': 1.0}
    """
    found: dict[str, float] = {}
    for part in filter(None, (p.strip() for p in text.split(","))):
        name, _, number = part.partition("=")
        try:
            found[name] = float(number)
        except ValueError:
            name = ""
        if name not in NAMES or found[name] != found[name]:
            known = ", ".join(NAMES)
            problem = f"cannot read {part!r}; it looks like chrf=55,term=1.0 ({known})"
            raise InputError("--fail-under", problem)
    return found


def missed(report: Report, wanted: Mapping[str, float]) -> list[str]:
    """What is not reached, a line each; a figure that there is none of is not reached."""
    found: list[str] = []
    for name, limit in wanted.items():
        if name == "term":
            value, called = report.terms.accuracy, "term accuracy"
        else:
            score = getattr(report.sentences, name)
            value, called = score and score.value, title(name)
        lower = name in LOWER_IS_BETTER
        if value is None:
            found.append(f"there is no {called}, so that {limit:g} is not reached")
        elif (value > limit) if lower else (value < limit):
            found.append(f"{called} is {value:.4g}, {'above' if lower else 'below'} {limit:g}")
    return found
