"""
Emoji and lists of #tags travel beside the sentence, not in it: an engine around an engine.

A network that has hardly seen any emoji answers them with noise, and of several addresses in a
row it drops some. The sentence is translated without them, and each is put back behind the
translation of the word that it stood behind.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bitext.addresses import addresses_in
from bitext.enforce.carriers import moved, swapped
from bitext.enforce.implied import free
from bitext.enforce.verify import Span, target_hull
from bitext.engines import Around, Request
from bitext.engines.chunked import copied
from bitext.qa.characters import EMOJI
from bitext.units import Hypothesis, Link

# With what joins or colours it.
ONE = re.compile(rf"{EMOJI.pattern}[\ufe0f\u200d]*")
WORD = re.compile(r"\w+")
# One address may be a word of the sentence: "écrivez à @LeMonde". So many in a row are a list.
LIST = 2


@dataclass(frozen=True, slots=True)
class Without:
    """A request without some of its text: what, from which place, and how much there."""

    request: Request
    runs: list[tuple[int, str]]
    gaps: list[tuple[int, int]]


class Beside(Around):
    """Translate by `engine` what is neither emoji nor a list of addresses."""

    @property
    def signature(self) -> str:
        return f"{self.engine.signature}|beside"

    def translate(self, requests: Sequence[Request], *, n_best: int = 1) -> list[list[Hypothesis]]:
        bare = [without(r, [s for s in runs_in(r.text) if free(r, *s)]) for r in requests]
        # What is nothing else is its own translation; a term ("€") is something else.
        going = [
            n
            for n, b in enumerate(bare)
            if not b.runs or b.request.terms or WORD.search(b.request.text)
        ]
        offered = self.engine.translate([bare[n].request for n in going])
        made = [[copied(request.text)] for request in requests]
        for n, [best, *_] in zip(going, offered, strict=True):
            made[n] = [put_back(best, bare[n])]
        return made


def without(request: Request, found: Sequence[Span]) -> Without:
    """The request without some stretches of its text, in order, that no term is in."""
    text = request.text
    found = touching(found)
    # Two words do not become one.
    swaps: list[tuple[Span, str]] = [
        (span, " " if WORD.match(text, span[1]) else "") for span in found
    ]
    if found and not text[: found[0][0]].strip():
        # The space after one that opens the sentence goes with it.
        swaps[0] = (0, found[0][1] + text.startswith(" ", found[0][1])), ""
    bare, moves = swapped(text, swaps)
    terms = tuple(
        replace(t, start=start, end=end)
        for t in request.terms
        for start, end in [moved((t.start, t.end), moves)]
    )
    runs = [(m.there[0], text[start:end]) for m, (start, end) in zip(moves, found, strict=True)]
    gaps = [(move.there[0], width(move.here) - width(move.there)) for move in moves]
    return Without(replace(request, text=bare, terms=terms), runs, gaps)


def touching(spans: Sequence[Span]) -> list[Span]:
    """The spans, in order, those that touch as one."""
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def runs_in(text: str) -> list[Span]:
    """Emoji that stand together, and addresses that do, with the space before."""
    addresses = list(addresses_in(text))
    emoji = [found.span() for found in ONE.finditer(text)] if not text.isascii() else []
    alone = [e for e in emoji if not any(a < e[1] and e[0] < b for a, b in addresses)]
    return sorted([*joined(text, alone, least=1), *joined(text, addresses, least=LIST)])


def joined(text: str, spans: Sequence[Span], *, least: int) -> Iterator[Span]:
    """Spans that nothing or one space parts, `least` of them or more, as one."""
    groups: list[list[Span]] = []
    for span in spans:
        if groups and text[groups[-1][-1][1] : span[0]] in ("", " "):
            groups[-1].append(span)
        else:
            groups.append([span])
    for group in groups:
        if len(group) >= least:
            start = group[0][0]
            yield start - (text[:start].endswith(" ")), group[-1][1]


def put_back(hypothesis: Hypothesis, bare: Without) -> Hypothesis:
    """The translation with what was taken out, links and reports along."""
    if not bare.runs:
        return hypothesis
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
    copies = [word for word in words if target[slice(*word)] == former[-1].group()]
    if len(copies) == 1:
        return behind(source, former[-1].end(), at, target, copies[0][1])
    hulls = (target_hull(hypothesis.links, *word.span()) for word in reversed(former))
    hull = next(filter(None, hulls), None)
    if hull is None:
        return len(target)
    end = max((end for start, end in words if start < hull[1]), default=words[0][1])
    return behind(source, former[-1].end(), at, target, end)


def behind(source: str, begin: int, at: int, target: str, end: int) -> int:
    """The place after a word of the target and the mark that it stood behind."""
    mark = source[begin:at].rstrip()
    return end + len(mark) if mark and target.startswith(mark, end) else end
