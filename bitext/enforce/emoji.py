"""
Emoji travel beside the sentence, not in it: an engine around an engine.

A network that has hardly seen any answers them with noise. The sentence is translated without
them, and each is put back behind the translation of the word that it stood behind.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bitext.enforce.carriers import moved, swapped
from bitext.enforce.verify import Span, target_hull
from bitext.engines import Around, Request
from bitext.qa.characters import EMOJI
from bitext.units import Hypothesis, Link

# One or several that stand together, with what joins or colours them, and the space before.
ONE = rf"{EMOJI.pattern}[\ufe0f\u200d]*"
RUN = re.compile(rf" ?{ONE}(?: ?{ONE})*")
WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Without:
    """A request without its emoji, each with its place, and how much was taken out where."""

    request: Request
    runs: list[tuple[int, str]]
    gaps: list[tuple[int, int]]


class BesideEmoji(Around):
    """Translate by `engine` what is no emoji."""

    @property
    def signature(self) -> str:
        return f"{self.engine.signature}|emoji"

    def translate(self, requests: Sequence[Request], *, n_best: int = 1) -> list[list[Hypothesis]]:
        bare = [without(request) for request in requests]
        offered = self.engine.translate(
            [b.request if b else request for b, request in zip(bare, requests, strict=True)]
        )
        return [
            [put_back(hypotheses[0], b)] if b else hypotheses[:1]
            for b, hypotheses in zip(bare, offered, strict=True)
        ]


def without(request: Request) -> Without | None:
    """None where there is no emoji, none outside of a term, or nothing else to translate."""
    if request.text.isascii():
        return None
    found = [
        m
        for m in RUN.finditer(request.text)
        if not any(t.start < m.end() and m.start() < t.end for t in request.terms)
    ]
    # Two words do not become one.
    swaps: list[tuple[Span, str]] = [
        (m.span(), " " if WORD.match(request.text, m.end()) else "") for m in found
    ]
    if found and not request.text[: found[0].start()].strip():
        # The space after one that opens the sentence goes with it.
        first = found[0].end()
        space = len(request.text) - len(request.text[first:].lstrip()) - first
        swaps[0] = (0, first + space), ""
    text, moves = swapped(request.text, swaps)
    if not found or not WORD.search(text):
        return None
    terms = tuple(
        replace(t, start=start, end=end)
        for t in request.terms
        for start, end in [moved((t.start, t.end), moves)]
    )
    runs = [(move.there[0], m.group()) for move, m in zip(moves, found, strict=True)]
    gaps = [(move.there[0], width(move.here) - width(move.there)) for move in moves]
    return Without(replace(request, text=text, terms=terms), runs, gaps)


def put_back(hypothesis: Hypothesis, bare: Without) -> Hypothesis:
    """The translation with the emoji, links and reports along."""
    swaps: dict[int, str] = {}
    for at, run in bare.runs:
        place = place_of(hypothesis, bare.request.text, at)
        said = f"{run.strip()} " if place == 0 and hypothesis.text else run
        swaps[place] = swaps.get(place, "") + said
    text, _ = swapped(hypothesis.text, [((at, at), new) for at, new in sorted(swaps.items())])
    gaps = [(at, len(new)) for at, new in swaps.items()]
    links = tuple(Link(*opened(k[:2], bare.gaps), *opened(k[2:], gaps)) for k in hypothesis.links)
    enforcement = tuple(
        replace(e, start=start, end=end)
        for e in hypothesis.enforcement
        for start, end in [opened((e.start, e.end), gaps) if e.start >= 0 else (-1, -1)]
    )
    return replace(hypothesis, text=text, links=links, enforcement=enforcement)


def opened(span: Span, gaps: Sequence[tuple[int, int]]) -> Span:
    """A span once gaps (where, how wide) are opened; one at its edge is not in it."""
    start, end = span
    return (
        start + sum(width for at, width in gaps if at <= start),
        end + sum(width for at, width in gaps if at < end),
    )


def width(span: Span) -> int:
    return span[1] - span[0]


def place_of(hypothesis: Hypothesis, source: str, at: int) -> int:
    """Where in the translation that stands which stood at this place of the source."""
    target = hypothesis.text
    # Never within a word.
    words = [word.span() for word in WORD.finditer(target)]
    if not WORD.search(source, 0, at) or not words:
        marks = source[:at].rstrip()
        return len(marks) if target.startswith(marks) else 0
    if not WORD.search(source, at):
        # Before the marks that it stood before.
        marks = source[at:].strip()
        return len(target) - len(marks) if target.endswith(marks) else words[-1][1]
    former = list(WORD.finditer(source, 0, at))
    hulls = (target_hull(hypothesis.links, *word.span()) for word in reversed(former))
    hull = next(filter(None, hulls), None)
    if hull is None:
        return len(target)
    end = max((end for start, end in words if start < hull[1]), default=words[0][1])
    # The mark that it stood behind comes first.
    mark = source[former[-1].end() : at].rstrip()
    return end + len(mark) if mark and target.startswith(mark, end) else end
