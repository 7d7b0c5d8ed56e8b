"""
Where in a translation the codes of the source go, by the links between the words.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bitext.inline.codes import Code
from bitext.units import Link

Span = tuple[int, int]
WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
# Raised behind a number: XXIe, 21st.
FRENCH_ORDINALS = frozenset({"e", "er", "re", "ère", "ème", "nd", "nde", "d"})
ORDINAL = re.compile(r"\d+(st|nd|rd|th)")
# What an unlinked word takes off a stretch of the target: enough that none is taken in needlessly.
LOOSE = -0.01
# Pairs within pairs; beyond, codes are alone, and stay in their order.
DEEPEST = 50


@dataclass(slots=True)
class Item:
    """A code, or a pair with what is in it; start:end in the source and, once placed, target."""

    start: int
    end: int
    codes: tuple[Code, ...]
    inside: list["Item"] = field(default_factory=list)
    at: Span = (0, 0)


def tree(codes: Sequence[Code]) -> list[Item]:
    """Pairs around what they hold; a code without its partner, or across a pair, is alone."""
    closing = partners(codes)
    closed = set(closing.values())
    top: list[Item] = []
    open_: list[tuple[Item, list[Item]]] = []
    within = top
    for number, code in enumerate(codes):
        if number in closing:
            item = Item(code.at, code.at, (code, codes[closing[number]]))
            within.append(item)
            open_.append((item, within))
            within = item.inside
        elif number in closed:
            item, within = open_.pop()
            item.end = code.at
        else:
            within.append(Item(code.at, code.at, (code,)))
    return top


def partners(codes: Sequence[Code]) -> dict[int, int]:
    """For each opening code that a closing one answers, within the same pairs, where that is."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for number, code in enumerate(codes):
        if code.kind == "open" and len(waiting) < DEEPEST:
            waiting.append(number)
        elif code.kind == "close" and any(codes[n].pair == code.pair for n in waiting):
            while codes[waiting[-1]].pair != code.pair:
                waiting.pop()  # it closes later, across this pair
            found[waiting.pop()] = number
    return found


class Sides:
    """
    The two texts that codes are carried between, and their words and links.

    `words` are spans of the target's words, `partners` the links of each.
    """

    def __init__(self, source: str, target: str, links: Sequence[Link]) -> None:
        self.source = source
        self.target = target
        self.words = [found.span() for found in WORD.finditer(target)]
        self.links = sorted(links, key=by_source)
        self.starts = [link.source_start for link in self.links]
        self.word_starts = [start for start, _ in self.words]
        self.reach = [self.touched(link) for link in self.links]
        self.partners: list[list[Link]] = [[] for _ in self.words]
        for link, reach in zip(self.links, self.reach, strict=True):
            for number in reach:
                self.partners[number].append(link)

    def touched(self, link: Link) -> range:
        """The numbers of the target's words that a link touches."""
        first = max(bisect_right(self.word_starts, link.target_start) - 1, 0)
        last = bisect_left(self.word_starts, link.target_end)
        outside = first < last and self.words[first][1] <= link.target_start
        return range(first + outside, last)

    def linked(self, item: "Item", words: range) -> range:
        """From the first to the last of these words that are linked to a pair's."""
        number = bisect_left(self.starts, item.start)
        while number and self.links[number - 1].source_end > item.start:
            number -= 1
        found: list[int] = []
        while number < len(self.links) and self.links[number].source_start < item.end:
            reach = self.reach[number]
            found += range(max(reach.start, words.start), min(reach.stop, words.stop))
            number += 1
        return range(min(found), max(found) + 1) if found else range(0)

    def words_in(self, room: Span) -> range:
        """The numbers of the target's words within a stretch of it."""
        first = bisect_left(self.word_starts, room[0])
        last = bisect_left(self.word_starts, room[1])
        return range(first, last - (last > first and self.words[last - 1][1] > room[1]))


def place(items: Sequence[Item], room: Span, sides: Sides) -> list[Item]:
    """Set `at` of the items, and of those inside them, within a stretch of the target."""
    for item in items:
        wanted = stretch(item, room, sides) if len(item.codes) == 2 else spot(item, room, sides)
        item.at = min(max(wanted[0], room[0]), room[1]), min(max(wanted[1], room[0]), room[1])
    # Codes at one place keep their order.
    ordered = sorted(items, key=lambda item: (item.at, item.start, item.end))
    for before, after in pairwise(ordered):
        start, end = after.at
        if before.at[1] > start:
            before.at = before.at[0], max(before.at[0], len(sides.target[:start].rstrip()))
        after.at = max(start, before.at[1]), max(end, before.at[1])
    for item in ordered:
        item.inside = place(item.inside, item.at, sides)
    return ordered


def stretch(item: Item, room: Span, sides: Sides) -> Span:
    """The words of the target that those of a pair are linked to, and what is known to be in it."""
    known = list(places(item.inside))
    if not known:
        return linked_stretch(item, room, sides)
    if not WORD.search(sides.source[item.start : item.end]):
        return min(known), max(known)
    start, end = linked_stretch(item, room, sides)
    return min(start, *known), max(end, *known)


def places(items: Sequence[Item]) -> Iterator[int]:
    """Where in the target those of the codes stand of which that is known."""
    for item in items:
        if item.codes[0].there is not None:
            yield item.codes[0].there
        yield from places(item.inside)


def linked_stretch(item: Item, room: Span, sides: Sides) -> Span:
    """The words of the target that those of a pair are linked to, and to few others."""
    inner = sides.source[item.start : item.end]
    if inner and sides.target[slice(*room)] == inner:
        return room
    if not WORD.search(inner):
        at = beside(item.start, room, sides)
        return at, at + len(inner) * sides.target.startswith(inner, at)
    before, after = sides.source[: item.start], sides.source[item.end :]
    words = sides.words_in(room)
    if not words:
        at = beside(item.start, room, sides)
        return at, at
    linked = sides.linked(item, words)
    if found := within_a_word(item, linked, sides):
        return found
    first, last = best_run([worth(sides.partners[word], item) for word in linked])
    if first == last:
        # None is linked to the pair more than to others: the first one that is at all, then.
        near = linked.start if linked else nearest_word(words, item, room, sides)
        linked, first, last = range(near, near + 1), 0, 1
    start, end = sides.words[linked[first]][0], sides.words[linked[last - 1]][1]
    # What stands before the first word and behind the last goes along, as it did.
    outer = sides.target[slice(*room)]
    if linked[first] == words[0] and not before.strip():
        start = room[1] - len(outer.lstrip() if before else outer)
    if linked[last - 1] == words[-1] and not after.strip():
        end = room[0] + len(outer.rstrip() if after else outer)
    start, end = with_signs(inner, (start, end), room, sides)
    while start > room[0] and edge(inner[0]) and edge(sides.target[start - 1]):
        start -= 1
    while end < room[1] and edge(inner[-1]) and edge(sides.target[end]):
        end += 1
    return start, end


def with_signs(inner: str, found: Span, room: Span, sides: Sides) -> Span:
    """The words with the sign that a space parts from those of a pair, as in "12 €"."""
    words = [*WORD.finditer(inner)]
    head, tail = inner[: words[0].start()].strip(), inner[words[-1].end() :].strip()
    start, end = found
    before, after = sides.target[room[0] : start], sides.target[end : room[1]]
    if tail and after.lstrip().startswith(tail):
        end += len(after) - len(after.lstrip()) + len(tail)
    elif tail and before.rstrip().endswith(tail):  # €12
        start = room[0] + len(before.rstrip()) - len(tail)
    if head and before.rstrip().endswith(head):
        start = room[0] + len(before.rstrip()) - len(head)
    return start, end


def within_a_word(item: Item, linked: range, sides: Sides) -> Span | None:
    """Where a pair on a part of a word is in the target's words: the 2 of CO2, the st of 21st."""
    source, inner = sides.source, sides.source[item.start : item.end]
    left = item.start > 0 and source[item.start - 1].isalnum() and inner[0].isalnum()
    right = item.end < len(source) and source[item.end].isalnum() and inner[-1].isalnum()
    for start, end in (sides.words[number] for number in linked if left or right):
        word = sides.target[start:end]
        at = word.rfind(inner, 1) if left else word.find(inner)
        if at >= 0:
            return start + at, start + at + len(inner)
        ordinal = ORDINAL.fullmatch(word) if left and inner in FRENCH_ORDINALS else None
        if ordinal:
            return start + ordinal.start(1), end
    return None


def edge(character: str) -> bool:
    """Whether a mark, and neither a letter nor a space."""
    return not character.isalnum() and not character.isspace()


def worth(links: Sequence[Link], item: Item) -> float:
    """How surely a word with these links belongs to a pair: above nothing if it does."""
    value = sum(1.0 if touches(link, item) else -1.0 for link in links)
    return value or LOOSE


def touches(link: Link, item: Item) -> bool:
    return link.source_start < item.end and item.start < link.source_end


def nearest_word(words: range, item: Item, room: Span, sides: Sides) -> int:
    """The word at the place of a pair that no word is linked to."""
    place = beside(item.start, room, sides)
    return min(max(bisect_left(sides.word_starts, place), words[0]), words[-1])


def best_run(values: Sequence[float]) -> tuple[int, int]:
    """Where the run of values with the greatest sum stands; nothing if none is above zero."""
    best, found, total, start = 0.0, (0, 0), 0.0, 0
    for at, value in enumerate(values):
        if total <= 0:
            total, start = 0.0, at
        total += value
        if total > best:
            best, found = total, (start, at + 1)
    return found


def spot(item: Item, room: Span, sides: Sides) -> Span:
    there = item.codes[0].there
    at = beside(item.start, room, sides) if there is None else there
    return at, at


def beside(at: int, room: Span, sides: Sides) -> int:
    """Where in the target a place between two words of the source is; never within a word."""
    if not WORD.search(sides.source[:at]):
        return room[0]
    if not sides.source[at:].strip():
        return room[1]
    place = linked_place(at, sides)
    number = bisect_left(sides.word_starts, place) - 1
    if number < 0 or place >= sides.words[number][1]:
        return place
    start, end = sides.words[number]
    return start if place - start <= end - place else end


def linked_place(at: int, sides: Sides) -> int:
    """Behind the word before, or before the word behind, as they are linked."""
    number = bisect_left(sides.starts, at)
    before = sides.links[number - 1] if number else None
    after = sides.links[number] if number < len(sides.links) else None
    # What touches the word before it, or a mark, stays with the word before.
    glued = not sides.source[at - 1].isspace() or edge(sides.source[at])
    if before and (glued or not after):
        end = before.target_end
        # Within what is linked as one ("mot."): before the mark, that is.
        while before.source_end > at and end > before.target_start and edge(sides.target[end - 1]):
            end -= 1
        return end
    if after:
        return after.target_start
    share = at / max(len(sides.source), 1) * len(sides.target)
    return min(sides.word_starts, key=lambda s: abs(s - share), default=len(sides.target))


def by_source(link: Link) -> int:
    return link.source_start


def pieces(items: Sequence[Item], start: int, end: int, target: str) -> Iterator[str | Code]:
    """Texts and codes in turn."""
    for item in items:
        if item.at[0] > start:
            yield target[start : item.at[0]]
        yield item.codes[0]
        if len(item.codes) == 2:
            yield from pieces(item.inside, item.at[0], item.at[1], target)
            yield item.codes[1]
        start = item.at[1]
    if end > start:
        yield target[start:end]
