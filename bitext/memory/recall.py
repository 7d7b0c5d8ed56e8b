"""
Translate from memory what it holds, and let the engine do the rest: an engine around an engine.

An exact match is used as it is, for people have chosen its words; a fuzzy one where only
numbers or terms differ and can be put right (`adapting`). Any other match goes along with the
engine's translation, to be shown beside it, and so does what a machine made and nobody has seen.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import inf

from bitext.enforce.auditing import audited
from bitext.engines import LINKS, SCORE, Around, Engine, Request
from bitext.memory.adapting import adapted
from bitext.memory.standing import rank
from bitext.memory.store import Memory
from bitext.text import normalise
from bitext.units import Hypothesis, Link, TermMatch, TmMatch

LEAST = 75
# Characters of a sentence that engines can score, with room to spare.
LONGEST_SCORED = 600
Terms = Callable[[str], tuple[TermMatch, ...]]


def no_terms(text: str) -> tuple[TermMatch, ...]:
    return ()


class Remembering(Around):
    """
    Translate by memory first and then by `engine`.

    `least` is the score from which a match counts; `terms_of` finds the glossary's terms in the
    source of a match. A text from memory is raw: it has the typography of whoever wrote it.
    """

    def __init__(
        self, engine: Engine, memory: Memory, *, least: int = LEAST, terms_of: Terms = no_terms
    ) -> None:
        super().__init__(engine)
        self.memory = memory
        self.least = least
        self.terms_of = terms_of

    @property
    def signature(self) -> str:
        return f"{self.engine.signature}|{signature_of(self.memory, self.least)}"

    def translate(self, requests: Sequence[Request], *, n_best: int = 1) -> list[list[Hypothesis]]:
        """One hypothesis a request, whatever `n_best`, with the match it has or is like."""
        matches = self.unrivalled(requests)
        kept = [self.target(*pair) for pair in zip(requests, matches, strict=True)]
        left = [each for each, target in zip(requests, kept, strict=True) if not target]
        made = iter(self.engine.translate(left) if left else ())
        links = iter(self.links([(r.text, t) for r, t in zip(requests, kept, strict=True) if t]))
        results = []
        for request, match, target in zip(requests, matches, kept, strict=True):
            if target:
                found = reported(request, Hypothesis(target, None, next(links), origin="tm"))
            else:
                found = next(made)[0]
            results.append([replace(found, tm=match)])
        return results

    def unrivalled(self, requests: Sequence[Request]) -> list[TmMatch | None]:
        """
        The match of each request.

        Of several translations that a file has for the same source, the one that the engine
        finds likeliest: one may belong to another sentence.
        """
        matches = [self.memory.best(each.raw or each.text, least=self.least) for each in requests]
        pairs: list[tuple[int, str]] = []
        for number, (request, match) in enumerate(zip(requests, matches, strict=True)):
            if match and match.score == 100 and len(request.text) <= LONGEST_SCORED:
                rivals = self.memory.rivals(request.raw or request.text)
                pairs += [(number, target) for target in (match.target, *rivals) if rivals]
        if not pairs or SCORE not in self.engine.capabilities:
            return matches
        scores = self.score([(requests[n].text, normalise(t).text) for n, t in pairs])
        best: dict[int, float] = {}
        for (number, target), score in zip(pairs, scores, strict=True):
            match = matches[number]
            if match and score > best.get(number, -inf):
                best[number] = score
                matches[number] = replace(match, target=target)
        return matches

    def target(self, request: Request, match: TmMatch | None) -> str:
        """The translation that a match gives; "" if it cannot stand as one."""
        if match is None or request.prefix or not rank(match):
            return ""
        if match.score == 100:
            return match.target
        return adapted(request.text, match, request.terms, self.terms_of(match.source)) or ""

    def links(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[Link, ...]]:
        """Word links between what the engine reads and what people wrote, as they wrote it."""
        if not pairs or LINKS not in self.engine.capabilities:
            return [()] * len(pairs)
        layers = [normalise(target) for _, target in pairs]
        found = self.align([(p[0], layer.text) for p, layer in zip(pairs, layers, strict=True)])
        raw = []
        for links, layer in zip(found, layers, strict=True):
            spans = [layer.to_raw(link.target_start, link.target_end) for link in links]
            raw.append(
                tuple(
                    link._replace(target_start=start, target_end=end)
                    for link, (start, end) in zip(links, spans, strict=True)
                )
            )
        return raw


def signature_of(memory: Memory, least: int) -> str:
    return f"memory:{memory.signature},{least}"


def reported(request: Request, hypothesis: Hypothesis) -> Hypothesis:
    """With what became of each term: the memory is not changed to hold them, only checked."""
    report = audited(
        request.terms,
        hypothesis.text,
        hypothesis.links,
        how="memory",
        missing="the translation memory has other words",
    )
    return replace(hypothesis, enforcement=report)
