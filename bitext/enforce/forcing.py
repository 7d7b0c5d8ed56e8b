"""
Prefix repair: decode again from a beginning that ends in the missing term.

The beginning is the old translation up to some word; which word is right the network says: all
are tried in one batch, and the whole sentence that it finds likeliest is kept.
"""

import re
from collections.abc import Sequence

from bitext.enforce.guard import acceptable
from bitext.enforce.repair import agreeing, without
from bitext.enforce.verify import target_hull, verify
from bitext.engines import Engine, Request
from bitext.units import Hypothesis, TermMatch

# Cut points tried for one term; the likely ones first, so that a limit costs little.
MOST_CUTS = 12
GLUED = re.compile(r"\w+")
WORD_START = re.compile(r"(?:^|(?<=\s))[\"“(]?(?=\w)")


def through_terms(
    engine: Engine, requests: Sequence[Request], results: Sequence[Hypothesis]
) -> list[Hypothesis | None]:
    """For each request the likeliest sentence with its first missing terms, one after another."""
    current = list(results)
    changed = [False] * len(requests)
    most = max((len(r.terms) for r in requests), default=0)
    for _ in range(most):
        tries = [
            (at, begun)
            for at, request in enumerate(requests)
            for begun in beginnings(request, current[at])
        ]
        if not tries:
            break
        made = engine.translate([Request(requests[at].text, begun) for at, begun in tries])
        offered = [
            unglued(hypotheses[0], len(begun))
            for (_, begun), hypotheses in zip(tries, made, strict=True)
        ]
        scores = engine.score(
            [(requests[at].text, h.text) for (at, _), h in zip(tries, offered, strict=True)]
        )
        progress = False
        for at, request in enumerate(requests):
            best = likeliest(request, current[at], at, tries, offered, scores)
            if best:
                current[at], changed[at], progress = best, True, True
        if not progress:
            break
    return [h if c else None for h, c in zip(current, changed, strict=True)]


def beginnings(request: Request, hypothesis: Hypothesis) -> list[str]:
    """Old beginnings followed by the first missing term."""
    missing = verify(request.terms, hypothesis).missing
    if not missing:
        return []
    match = request.terms[missing[0]]
    result = []
    for cut in cuts(match, hypothesis):
        before = hypothesis.text[:cut]
        term = match.required
        if not before.strip(' "“(') and match.entry.kind != "dnt":
            term = term[:1].upper() + term[1:]
        result.append(agreeing(before, term) + term)
    return list(dict.fromkeys(result))


def unglued(hypothesis: Hypothesis, end: int) -> Hypothesis:
    """
    Without the letters that the network hung on to the forced beginning ("Parlers").

    A beginning ends within a word as far as subword pieces can tell.
    """
    extra = GLUED.match(hypothesis.text, end)
    if not extra:
        return hypothesis
    return without(hypothesis, end, extra.end())


def cuts(match: TermMatch, hypothesis: Hypothesis) -> list[int]:
    """Word starts, those nearest to where the term's words are linked first."""
    places = [m.end() for m in WORD_START.finditer(hypothesis.text)] or [0]
    hull = target_hull(hypothesis.links, match.start, match.end)
    if hull:
        centre = hull[0]
    else:
        # Nothing is linked to the term: it was left out. What stands before it in the source
        # says where it belongs.
        earlier = [k.target_end for k in hypothesis.links if k.source_end <= match.start]
        centre = earlier[-1] if earlier else 0
    return sorted(places, key=lambda place: abs(place - centre))[:MOST_CUTS]


def likeliest(
    request: Request,
    before: Hypothesis,
    at: int,
    tries: Sequence[tuple[int, str]],
    offered: Sequence[Hypothesis],
    scores: Sequence[float],
) -> Hypothesis | None:
    """The best scored of the request's own tries that holds more terms than before."""
    open_now = len(verify(request.terms, before).missing)
    ranked = sorted(
        (
            (score, h)
            for (owner, _), h, score in zip(tries, offered, scores, strict=True)
            if owner == at
        ),
        key=lambda pair: -pair[0],
    )
    for score, h in ranked:
        scored = Hypothesis(h.text, score, h.links)
        if len(verify(request.terms, scored).missing) < open_now and acceptable(
            request, scored, before
        ):
            return scored
    return None
