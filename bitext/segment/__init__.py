"""
Split French and English text into sentences, by spans, so that no character is ever lost.

What follows a mark, and the word before it, decide whether it ends a sentence.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from bitext.segment import english, french
from bitext.segment.french import spans
from bitext.units import Document, Drop, Segment
from bitext.verbatim import code_in

__all__ = ["SPLITTERS", "spans", "split", "verbatim_in"]

Span = tuple[int, int]
Splitter = Callable[[str], Iterator[Span]]
SPLITTERS: dict[str, Splitter] = {"fr": french.spans, "en": english.spans}


def split(document: Document) -> Iterator[Segment]:
    """Every sentence of a document that no drop covers, in order, by the rules of its language."""
    splitter = SPLITTERS[document.lang]
    drops = defaultdict[int, list[Drop]](list)
    for drop in document.drops:
        drops[drop.paragraph].append(drop)
    for number, (paragraph, verbatim) in enumerate(
        zip(document.paragraphs, verbatim_in(document), strict=True)
    ):
        for begin, end in kept(paragraph, drops.get(number, ())):
            found = [(begin + a, begin + b) for a, b in splitter(paragraph[begin:end])]
            for start, stop in joined(found, verbatim):
                yield Segment(number, start, stop, paragraph[start:stop])


def joined(spans: Iterable[Span], verbatim: Sequence[Span]) -> Iterator[Span]:
    """The spans, in order; no sentence ends within what is copied."""
    last: Span | None = None
    for start, stop in spans:
        number = bisect_left(verbatim, (start,)) - 1
        if last and number >= 0 and last[1] < verbatim[number][1]:
            start = last[0]
        elif last:
            yield last
        last = start, stop
    if last:
        yield last


def verbatim_in(document: Document) -> Iterator[list[Span]]:
    """The stretches of each paragraph that a translation copies, in their order."""
    own = defaultdict[int, list[Span]](list)
    for place in document.verbatim:
        own[place.paragraph].append((place.start, place.end))
    for number, paragraph in enumerate(document.paragraphs):
        apart: list[Span] = []
        for span in sorted([*own.get(number, ()), *code_in(paragraph)]):
            if not apart or span[0] >= apart[-1][1]:
                apart.append(span)
        yield apart


def kept(paragraph: str, drops: Iterable[Drop]) -> Iterator[tuple[int, int]]:
    """The stretches of a paragraph that none of its drops covers."""
    at = 0
    for drop in drops:
        yield at, drop.start
        at = drop.end
    yield at, len(paragraph)
