"""
Codes that stand for a text of their own: taken out of both sides, with the places they had.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from bitext.inline.codes import Code, Marked
from bitext.units import Link
from bitext.verbatim import anywhere, occurrences

Span = tuple[int, int]


def apart(
    source: Marked, target: str, links: Sequence[Link]
) -> tuple[Marked, str, tuple[Link, ...]]:
    """
    Both texts and their links without what codes stand for.

    Of a code whose text the target has, `there` tells where that was; one whose text it has not
    was taken out or rewritten by whoever made the translation, and goes.
    """
    found = in_their_order(source, found_in(source, target, sorted(links)))
    here = Cut([(code.at, end_of(code)) for code in source.codes if code.text])
    there = Cut(sorted((at, at + len(source.codes[n].text)) for n, at in found.items()))
    codes = tuple(
        replace(code, at=here.place(code.at), there=there.place(found[n]) if n in found else None)
        for n, code in enumerate(source.codes)
        if n in found or not code.text
    )
    moved = [Link(*map(here.place, k[:2]), *map(there.place, k[2:])) for k in links]
    left = tuple(
        k for k in moved if k.source_start < k.source_end and k.target_start < k.target_end
    )
    return Marked(here.text(source.text), codes), there.text(target), left


def end_of(code: Code) -> int:
    return code.at + len(code.text)


def found_in(source: Marked, target: str, links: Sequence[Link]) -> dict[int, int]:
    """
    By the number of a code, where its text stands in the target, each at a place of its own.

    In turn where both sides have it as often, and else nearest to where the links, which are in
    order, let it be.
    """
    alike: dict[str, list[int]] = defaultdict(list)
    for number, code in enumerate(source.codes):
        if code.text:
            alike[code.text].append(number)
    found: dict[int, int] = {}
    taken = bytearray(len(target))
    # What is in a longer one is not one by itself.
    for text, numbers in sorted(alike.items(), key=lambda item: -len(item[0])):
        # One that is a part of a word is so in the translation, too: the field in "Q12".
        own = set(occurrences(text, source.text))
        find = occurrences if own.issuperset(source.codes[n].at for n in numbers) else anywhere
        before = find(text, source.text)
        after = [at for at in find(text, target) if not any(taken[at : at + len(text)])]
        in_turn = dict(zip(before, after, strict=True)) if len(before) == len(after) else {}
        for number in numbers[: len(after)]:
            at = in_turn.get(source.codes[number].at)
            if at is None or taken[at]:
                at = nearest(after, expected(source, number, links, len(target)))
            after.remove(at)
            found[number] = at
            taken[at : at + len(text)] = b"\1" * len(text)
    return found


def in_their_order(source: Marked, found: dict[int, int]) -> dict[int, int]:
    """Without those that touch another in the target and stood behind it in the source."""
    kept: dict[int, int] = {}
    last, end = -1, -1
    for number, at in sorted(found.items(), key=lambda item: item[1]):
        touching = at == end
        end = at + len(source.codes[number].text)
        if not touching or number > last:
            kept[number] = at
            last = number
    return kept


def nearest(places: Sequence[int], wanted: int) -> int:
    at = bisect_left(places, wanted)
    return min(places[max(0, at - 1) : at + 1], key=lambda place: abs(place - wanted))


def expected(source: Marked, number: int, links: Sequence[Link], length: int) -> int:
    """Where a code should stand in a target of that length."""
    code = source.codes[number]
    at = bisect_left(links, (code.at,))
    if at < len(links) and links[at].source_start < end_of(code):
        return links[at].target_start
    return code.at * length // len(source.text)


class Cut:
    """A text without some stretches, which come in order and apart."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self.spans = spans
        self.starts = [start for start, _ in spans]
        self.gone = [0]  # before each of them, and at the end
        for start, end in spans:
            self.gone.append(self.gone[-1] + end - start)

    def text(self, text: str) -> str:
        ends = [0, *(end for _, end in self.spans)]
        starts = [*self.starts, len(text)]
        return "".join(text[end:start] for end, start in zip(ends, starts, strict=True))

    def place(self, at: int) -> int:
        """Where a place of the whole text is now; of one within a stretch, where that was."""
        number = bisect_right(self.starts, at)
        if number and at < self.spans[number - 1][1]:
            return self.starts[number - 1] - self.gone[number - 1]
        return at - self.gone[number]
