"""
Split French and English text into sentences, by spans, so that no character is ever lost.

What follows a mark, and the word before it, decide whether it ends a sentence.
"""

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
    """The spans, in order; what cuts one that stands for itself is no end of a sentence."""
    last: Span | None = None
    for start, stop in spans:
        if last and any(a < start and last[1] < b for a, b in verbatim):
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
        told = own.get(number, [])
        ticked = [s for s in code_in(paragraph) if not any(a < s[1] and s[0] < b for a, b in told)]
        yield sorted([*told, *ticked])


def kept(paragraph: str, drops: Iterable[Drop]) -> Iterator[tuple[int, int]]:
    """The stretches of a paragraph that none of its drops covers."""
    at = 0
    for drop in drops:
        yield at, drop.start
        at = drop.end
    yield at, len(paragraph)
