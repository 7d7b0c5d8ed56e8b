"""
Prefix repair: decode again from a beginning that ends in the missing term.

The beginning is the old translation up to some word. Those nearest to where the term's words are
linked are tried first, two at a time, and the likelier of the sentences that hold the term is kept.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from bitext.enforce.guard import acceptable
from bitext.enforce.repair import agreeing, repaired, without
from bitext.enforce.verify import target_hull, verify
from bitext.engines import Engine, Request
from bitext.units import Hypothesis, TermMatch

# Beginnings decoded at once for one term, and in all. On 901 terms in 498 sentences, the likeliest
# two of six by the network's score, once, cost more and enforce less.
AT_ONCE, MOST_CUTS = 2, 6
# Terms of one sentence for which no beginning will do, before no more are tried: who repeats a
# term a hundred times is not helped by six decodings for each.
MOST_GIVEN_UP = 4
GLUED = re.compile(r"\w+")
WORD_START = re.compile(r"(?:^|(?<=\s))[\"“(]?(?=\w)")


class Try(NamedTuple):
    """A beginning to decode from, for a term of a request."""

    request: int
    term: int
    begun: str


def through_terms(
    engine: Engine, requests: Sequence[Request], results: Sequence[Hypothesis]
) -> list[Hypothesis | None]:
    """For each request a sentence with its missing terms, one after another, where one is found."""
    current = list(results)
    changed = [False] * len(requests)
    given_up: list[set[int]] = [set() for _ in requests]
    tried: Counter[tuple[int, int]] = Counter()
    while goals := {
        at: number
        for at, request in enumerate(requests)
        if len(given_up[at]) < MOST_GIVEN_UP
        and (number := first_missing(request, current[at], given_up[at])) is not None
    }:
        tries: list[Try] = []
        for at, number in goals.items():
            own = beginnings(requests[at].terms[number], current[at])
            next_ = own[tried[at, number] :][:AT_ONCE]
            tries += [Try(at, number, begun) for begun in next_]
            tried[at, number] += AT_ONCE
            if tried[at, number] >= len(own):
                given_up[at].add(number)
        found = likeliest(engine, requests, current, tries)
        for at, hypothesis in found.items():
            current[at], changed[at] = hypothesis, True
    return [h if c else None for h, c in zip(current, changed, strict=True)]


def first_missing(request: Request, hypothesis: Hypothesis, given_up: set[int]) -> int | None:
    missing = verify(request.terms, hypothesis).missing
    return next((number for number in missing if number not in given_up), None)


def beginnings(match: TermMatch, hypothesis: Hypothesis) -> list[str]:
    """Old beginnings followed by the missing term, the likely ones first."""
    found: dict[str, None] = {}
    for cut in cuts(match, hypothesis):
        before = hypothesis.text[:cut]
        term = match.required
        if not before.strip(' "“(') and match.entry.kind != "dnt":
            term = term[:1].upper() + term[1:]
        found[agreeing(before, term) + term] = None
    return list(found)


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
    engine: Engine,
    requests: Sequence[Request],
    current: Sequence[Hypothesis],
    tries: Sequence[Try],
) -> dict[int, Hypothesis]:
    """
    What is decoded from the beginnings, by number of the request, if it holds more terms.

    The best scored of each request that may stand in for what it has.
    """
    made = engine.translate([Request(requests[t.request].text, t.begun) for t in tries])
    offered = [
        # What stood after the cut is decoded anew, and may have lost a term it held.
        (t.request, repaired(requests[t.request], unglued(hypotheses[0], len(t.begun))))
        for t, hypotheses in zip(tries, made, strict=True)
        if stands_for(requests[t.request], hypotheses[0], t)
    ]
    closer = [
        (at, h)
        for at, h in offered
        if lacking(requests[at], h) < lacking(requests[at], current[at])
    ]
    scores = engine.score([(requests[at].text, h.text) for at, h in closer])
    best: dict[int, Hypothesis] = {}
    # The better score comes last, and stays.
    for score, (at, h) in sorted(zip(scores, closer, strict=True), key=lambda pair: pair[0]):
        scored = replace(h, score=score)
        if acceptable(requests[at], scored, current[at]):
            best[at] = scored
    return best


def stands_for(request: Request, hypothesis: Hypothesis, tried: Try) -> bool:
    """
    Whether the term that ends the beginning is not linked to the words of another one instead.

    «Ce contrat de travail remplace tout contrat» must not end in the term for its first words.
    """
    match = request.terms[tried.term]
    start, end = len(tried.begun) - len(match.required), len(tried.begun)
    own = [k for k in hypothesis.links if k.target_start < end and start < k.target_end]
    linked = [
        number
        for number, term in enumerate(request.terms)
        if any(k.source_start < term.end and term.start < k.source_end for k in own)
    ]
    return not linked or tried.term in linked


def lacking(request: Request, hypothesis: Hypothesis) -> int:
    return len(verify(request.terms, hypothesis).missing)
