"""
Split French and English text into sentences, by spans, so that no character is ever lost.

What follows a mark, and the word before it, decide whether it ends a sentence.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from bitext.segment import english, french
from bitext.segment.french import spans
from bitext.units import Document, Drop, Segment

__all__ = ["SPLITTERS", "spans", "split"]

Splitter = Callable[[str], Iterator[tuple[int, int]]]
SPLITTERS: dict[str, Splitter] = {"fr": french.spans, "en": english.spans}


def split(document: Document) -> Iterator[Segment]:
    """Every sentence of a document that no drop covers, in order, by the rules of its language."""
    splitter = SPLITTERS[document.lang]
    drops = defaultdict[int, list[Drop]](list)
    for drop in document.drops:
        drops[drop.paragraph].append(drop)
    for number, paragraph in enumerate(document.paragraphs):
        for begin, end in kept(paragraph, drops.get(number, ())):
            for start, stop in splitter(paragraph[begin:end]):
                text = paragraph[begin + start : begin + stop]
                yield Segment(number, begin + start, begin + stop, text)


def kept(paragraph: str, drops: Iterable[Drop]) -> Iterator[tuple[int, int]]:
    """The stretches of a paragraph that none of its drops covers."""
    at = 0
    for drop in drops:
        yield at, drop.start
        at = drop.end
    yield at, len(paragraph)
