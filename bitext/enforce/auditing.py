"""Whether a translation that is not to be changed, because people made it, holds its terms."""

from collections.abc import Sequence
from dataclasses import replace

from bitext.enforce.judging import judged
from bitext.engines import Request
from bitext.units import Enforcement, Hypothesis, Link, TermMatch


def audited(
    terms: Sequence[TermMatch],
    target: str,
    links: Sequence[Link] = (),
    *,
    how: str,
    missing: str,
) -> tuple[Enforcement, ...]:
    """
    What became of each term in `target`.

    `how` names whose translation it is, `missing` is the reason given where a term is not there.
    """
    heard = Hypothesis(target, links=tuple(links))
    report = judged(Request("", terms=tuple(terms)), heard, how, heard).enforcement
    return tuple(attributed(found, how, missing) for found in report)


def attributed(found: Enforcement, how: str, missing: str) -> Enforcement:
    # What is forbidden and stands there keeps its own reason.
    if found.outcome == "unenforced" and not found.found:
        return replace(found, reason=missing)
    return replace(found, how=how) if found.how else found
