"""How far a translation falls short of its terms, and the report on each of them."""

from collections.abc import Sequence
from dataclasses import replace

from bitext.enforce.guard import acceptable
from bitext.enforce.verify import Verdict, excess, targets_of, verify
from bitext.engines import Request
from bitext.units import Enforcement, Hypothesis, TermMatch


def shortfall(request: Request, hypothesis: Hypothesis) -> tuple[int, int, int]:
    """How many terms are missing, how many forbidden ones stand there, how many names too often."""
    missing = len(verify(request.terms, hypothesis).missing)
    return missing, standing(request, hypothesis), excess(request.terms, hypothesis.text)


def standing(request: Request, hypothesis: Hypothesis) -> int:
    """How many of its terms have a forbidden target in the hypothesis."""
    spans = verify(request.terms, hypothesis).spans
    return sum(
        span is not None and forbids(match)
        for match, span in zip(request.terms, spans, strict=True)
    )


def banned(request: Request) -> tuple[str, ...]:
    """All that its terms forbid."""
    return tuple(
        phrase for match in request.terms if forbids(match) for phrase in targets_of(match)
    )


def forbids(match: TermMatch) -> bool:
    return match.entry.kind == "forbidden" and match.counts


def fittest(
    how: str, request: Request, offered: Sequence[Hypothesis], plain: Hypothesis
) -> tuple[str, Hypothesis] | None:
    """The first of those that the guard lets pass and that fall least short, if there are any."""
    fit = [h for h in offered if acceptable(request, h, plain)]
    best = min(fit, key=lambda h: shortfall(request, h), default=None)
    return (how, best) if best else None


def better(
    request: Request,
    plain: Hypothesis,
    result: Hypothesis,
    candidate: tuple[str, Hypothesis] | None,
) -> Hypothesis:
    """The candidate if it falls less short than the result so far and passes the guard."""
    if candidate is None:
        return result
    how, hypothesis = candidate
    closer = shortfall(request, hypothesis) < shortfall(request, result)
    if closer and acceptable(request, hypothesis, plain):
        return judged(request, hypothesis, how, plain, result)
    return result


def judged(
    request: Request,
    hypothesis: Hypothesis,
    how: str,
    plain: Hypothesis,
    earlier: Hypothesis | None = None,
) -> Hypothesis:
    """
    The hypothesis with its report.

    A term that the plain translation had is "right" whatever the strategy did to the others,
    unless it had it too often; one that an `earlier` strategy brought in keeps that one's name.
    """
    verdict = verify(request.terms, hypothesis)
    had = verify(request.terms, plain)
    if excess(request.terms, hypothesis.text) < excess(request.terms, plain.text):
        dnt = [match.entry.kind == "dnt" for match in request.terms]
        spans = tuple(None if d else s for d, s in zip(dnt, had.spans, strict=True))
        had = replace(had, spans=spans)
    before = plain.text if hypothesis.text != plain.text else ""
    report = []
    for number in range(len(request.terms)):
        entry = outcome(request, number, verdict, had, how)
        old = earlier.enforcement[number] if earlier else None
        if old and old.outcome == "enforced" and entry.outcome == "enforced":
            entry = replace(entry, how=old.how)
        report.append(replace(entry, before=before) if entry.outcome == "enforced" else entry)
    return replace(hypothesis, enforcement=tuple(report))


def outcome(request: Request, number: int, verdict: Verdict, had: Verdict, how: str) -> Enforcement:
    match = request.terms[number]
    if match.shadowed:
        return Enforcement("shadowed", reason="a longer term covers it")
    span = verdict.spans[number]
    if forbids(match):
        if span is None:
            was = had.spans[number] is not None
            return Enforcement("enforced", how) if was else Enforcement("right", "plain")
        reason = "the forbidden target stands there"
        return Enforcement("unenforced", "", verdict.text[slice(*span)], *span, reason=reason)
    if span is None:
        if not verdict.asked[number]:
            return Enforcement("ambiguous", reason="may be the plain word and not the term")
        return Enforcement("unenforced", reason=why_not(request, number))
    start, end = span
    right = Enforcement("right", "plain", verdict.text[start:end], start, end)
    if not verdict.asked[number]:
        return replace(right, outcome="ambiguous", how="", reason="may be the plain word")
    if had.spans[number] is not None:
        return right
    return replace(right, outcome="enforced", how=how)


def why_not(request: Request, number: int) -> str:
    required = request.terms[number].required
    return f"no strategy gave an acceptable sentence with {required!r}"
