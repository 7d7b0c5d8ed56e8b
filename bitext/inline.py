"""
Put inline codes (bold, links, tags of a CAT tool) into a translation, by its word links.

A text goes to the engine without its codes. In the translation a pair of codes goes around the
words that are linked to those it was around, a single code beside the word it stood beside.
Every code of the source is in the target exactly once, and pairs nest as they did.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

from bitext.units import Link, TranslationUnit

Span = tuple[int, int]
Kind = Literal["open", "close", "alone"]
WORD = re.compile(r"\w+(?:[-'’.,]\w+)*")
# What an unlinked word takes off a stretch of the target: enough that none is taken in needlessly.
LOOSE = -0.01


@dataclass(frozen=True, slots=True)
class Code:
    """
    A code before the character `at` of a text.

    Opening and closing codes of one `pair` belong together; `content` is what it is in its
    format, which nobody here looks into.
    """

    at: int
    kind: Kind
    content: Any
    pair: str = ""


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and the codes in it, in their order."""

    text: str
    codes: tuple[Code, ...] = ()


class Marking:
    """A `Marked` in the making: texts and codes as they come."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.size = 0
        self.codes: list[Code] = []

    def write(self, text: str) -> None:
        self.pieces.append(text)
        self.size += len(text)

    def mark(self, kind: Kind, content: Any, pair: str = "") -> None:
        self.codes.append(Code(self.size, kind, content, pair))

    def marked(self) -> Marked:
        return Marked("".join(self.pieces), tuple(self.codes))


@dataclass(slots=True)
class Item:
    """A code, or a pair with what is in it; start:end in the source and, once placed, target."""

    start: int
    end: int
    codes: tuple[Code, ...]
    inside: list["Item"] = field(default_factory=list)
    at: Span = (0, 0)


def placed(source: Marked, target: str, links: Sequence[Link]) -> list[str | Code]:
    """The target cut into texts and the codes of the source between them."""
    items = tree(source.codes)
    words = tuple(found.span() for found in WORD.finditer(target))
    items = place(items, (0, len(target)), Sides(source.text, target, words, tuple(links)))
    return list(spaced(list(pieces(items, 0, len(target), target)), source.text))


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
        if code.kind == "open":
            waiting.append(number)
        elif code.kind == "close" and any(codes[n].pair == code.pair for n in waiting):
            while codes[waiting[-1]].pair != code.pair:
                waiting.pop()  # it closes later, across this pair
            found[waiting.pop()] = number
    return found


@dataclass(frozen=True, slots=True)
class Sides:
    """The two texts that codes are carried between; `words` are spans of the target's."""

    source: str
    target: str
    words: tuple[Span, ...]
    links: tuple[Link, ...]


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
    """The words of the target that those of a pair are linked to, and to few others."""
    inner = sides.source[item.start : item.end]
    if not WORD.search(inner):
        at = beside(item.start, room, sides)
        return at, at + len(inner) * sides.target.startswith(inner, at)
    before, after = sides.source[: item.start], sides.source[item.end :]
    words = [word for word in sides.words if room[0] <= word[0] and word[1] <= room[1]]
    first, last = best_run([worth(word, item, sides.links) for word in words])
    if first == last:
        at = beside(item.start, room, sides)
        return at, at
    start, end = words[first][0], words[last - 1][1]
    # What stands before the first word and behind the last goes along, as it did.
    if first == 0 and not WORD.search(before):
        start = room[0] if not before.strip() else start
    if last == len(words) and not WORD.search(after) and not after.strip():
        end = room[1]
    while start > room[0] and edge(inner[0]) and edge(sides.target[start - 1]):
        start -= 1
    while end < room[1] and edge(inner[-1]) and edge(sides.target[end]):
        end += 1
    return start, end


def edge(character: str) -> bool:
    """Whether a mark, and neither a letter nor a space."""
    return not character.isalnum() and not character.isspace()


def worth(word: Span, item: Item, links: Sequence[Link]) -> float:
    """How surely a word of the target belongs to a pair: 1, -1, or a little less than nothing."""
    value = 0.0
    for link in links:
        if link.target_start < word[1] and word[0] < link.target_end:
            inside = link.source_start < item.end and item.start < link.source_end
            value += 1.0 if inside else -1.0
    return value if value else LOOSE


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
    at = beside(item.start, room, sides)
    return at, at


def beside(at: int, room: Span, sides: Sides) -> int:
    """Where in the target a place between two words of the source is."""
    if not WORD.search(sides.source[:at]):
        return room[0]
    if not sides.source[at:].strip():
        return room[1]
    before = max((k for k in sides.links if k.source_start < at), key=by_source, default=None)
    after = min((k for k in sides.links if k.source_start >= at), key=by_source, default=None)
    glued = not sides.source[at - 1].isspace()
    if before and (glued or not after):
        end = before.target_end
        # Within what is linked as one ("mot."): before the mark, that is.
        while before.source_end > at and end > before.target_start and edge(sides.target[end - 1]):
            end -= 1
        return end
    if after:
        return after.target_start
    share = at / max(len(sides.source), 1) * len(sides.target)
    return min((start for start, _ in sides.words), key=lambda w: abs(w - share), default=room[1])


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


def spaced(found: Sequence[str | Code], source: str) -> Iterator[str | Code]:
    """With a space before and after a single code where it has one in the source."""
    texts = [piece if isinstance(piece, str) else "" for piece in found]
    last = " "
    for number, piece in enumerate(found):
        if isinstance(piece, str) or piece.kind != "alone":
            yield piece
            last = texts[number][-1:] or last
            continue
        before, after = found[number - 1 : number], found[number + 1 : number + 2]
        following = next((text[0] for text in texts[number + 1 :] if text), " ")
        if source[: piece.at][-1:].isspace() and not last.isspace() and not same(before, piece):
            yield " "
        yield piece
        last = "x" if piece.content else last
        if source[piece.at :][:1].isspace() and not following.isspace() and not same(after, piece):
            yield " "
            last = " "


def same(neighbour: Sequence[str | Code], code: Code) -> bool:
    """Whether the neighbour is a single code of the same place in the source."""
    return any(isinstance(c, Code) and c.kind == "alone" and c.at == code.at for c in neighbour)


def joined(paragraph: str, units: Sequence[TranslationUnit]) -> tuple[str, tuple[Link, ...]]:
    """
    A paragraph with its sentences replaced, joined as they were joined, and its word links.

    What is around the sentences stays; where two touch in the source, a space goes between them.
    """
    parts: list[str] = []
    links: list[Link] = []
    at = size = 0
    for unit in units:
        between = paragraph[at : unit.start]
        between = between if between.isspace() or not parts else " "
        parts += [between, unit.target]
        size += len(between)
        links += [
            Link(
                link.source_start + unit.start,
                link.source_end + unit.start,
                link.target_start + size,
                link.target_end + size,
            )
            for link in unit.links
        ]
        size += len(unit.target)
        at = unit.end
    return "".join(parts) + paragraph[at:], tuple(links)
