"""
Make a translation keep to the glossary: an engine around an engine.

Each sentence with terms goes down a cascade and stops at the first result that holds every
required term: the plain translation, the other hypotheses, a repair of the aligned words
(`repair`), a decoding forced through the term (`forcing`). Each occurrence is reported; what
could not be enforced is said to be so, with the reason. Sentences without terms come out
exactly as the engine gave them.

After Dinu et al. 2019 (terms in NMT), Alam et al. 2021 (how to measure it) and the
alignment-based repair that Marian's guided attention makes possible.
"""

from collections.abc import Sequence
from dataclasses import replace

from bitext.enforce.forcing import through_terms
from bitext.enforce.guard import acceptable
from bitext.enforce.repair import repaired
from bitext.enforce.verify import Verdict, verify
from bitext.engines import LINKS, N_BEST, PREFIX, Engine, Request
from bitext.units import Enforcement, Hypothesis

HYPOTHESES = 8


class Enforced:
    """Translate by `engine`, holding each request to its terms."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @property
    def signature(self) -> str:
        return f"{self.engine.signature}|terms:n-best,alignment,prefix"

    @property
    def capabilities(self) -> frozenset[str]:
        return self.engine.capabilities - {N_BEST}

    def translate(self, requests: Sequence[Request], *, n_best: int = 1) -> list[list[Hypothesis]]:
        """One hypothesis a request, whatever `n_best`, with its enforcement."""
        plain = [offered[0] for offered in self.engine.translate(requests)]
        results = [
            judged(request, hypothesis, "plain", hypothesis)
            for request, hypothesis in zip(requests, plain, strict=True)
        ]
        for strategy in (self.other_hypotheses, self.alignment_repair, self.forced_decoding):
            open_ = [i for i, result in enumerate(results) if unenforced(result)]
            if not open_:
                break
            offered = strategy([requests[i] for i in open_], [results[i] for i in open_])
            for at, candidate in zip(open_, offered, strict=True):
                results[at] = better(requests[at], plain[at], results[at], candidate)
        return [[result] for result in results]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        return self.engine.score(pairs)

    def other_hypotheses(
        self, requests: Sequence[Request], results: Sequence[Hypothesis]
    ) -> list[tuple[str, Hypothesis] | None]:
        """The first of the n-best list that holds every term."""
        if N_BEST not in self.engine.capabilities:
            return [None] * len(requests)
        chosen: list[tuple[str, Hypothesis] | None] = []
        for request, offered in zip(
            requests, self.engine.translate(requests, n_best=HYPOTHESES), strict=True
        ):
            holding = (h for h in offered if not verify(request.terms, h).missing)
            first = next((h for h in holding if acceptable(request, h, offered[0])), None)
            chosen.append(("n-best", first) if first else None)
        return chosen

    def alignment_repair(
        self, requests: Sequence[Request], results: Sequence[Hypothesis]
    ) -> list[tuple[str, Hypothesis] | None]:
        """What stands for the term in the target gives way to the required words."""
        if LINKS not in self.engine.capabilities:
            return [None] * len(requests)
        mended = [repaired(r, h) for r, h in zip(requests, results, strict=True)]
        pairs = [(r.text, h.text) for r, h in zip(requests, mended, strict=True)]
        scores = self.engine.score(pairs)
        return [
            ("alignment", replace(h, score=s)) if h.text != before.text else None
            for h, s, before in zip(mended, scores, results, strict=True)
        ]

    def forced_decoding(
        self, requests: Sequence[Request], results: Sequence[Hypothesis]
    ) -> list[tuple[str, Hypothesis] | None]:
        """The sentence is decoded again from a beginning that ends in the term."""
        if PREFIX not in self.engine.capabilities:
            return [None] * len(requests)
        found = through_terms(self.engine, requests, results)
        return [("prefix", hypothesis) if hypothesis else None for hypothesis in found]


def unenforced(result: Hypothesis) -> bool:
    return any(e.outcome == "unenforced" for e in result.enforcement)


def better(
    request: Request,
    plain: Hypothesis,
    result: Hypothesis,
    candidate: tuple[str, Hypothesis] | None,
) -> Hypothesis:
    """The candidate if it holds more terms than the result so far and passes the guard."""
    if candidate is None:
        return result
    how, hypothesis = candidate
    now, then = verify(request.terms, result), verify(request.terms, hypothesis)
    if len(then.missing) < len(now.missing) and acceptable(request, hypothesis, plain):
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

    A term that the plain translation had is "right" whatever the strategy did to the others;
    one that an `earlier` strategy brought in keeps that strategy's name.
    """
    verdict = verify(request.terms, hypothesis)
    had = verify(request.terms, plain)
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
