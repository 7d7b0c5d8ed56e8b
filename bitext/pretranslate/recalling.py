"""
What a translation memory has as a whole: a CAT tool's segment may be more than a sentence.

A match with the codes of the source, in their places, is exact, and its translator has said where
they go; one with others is fuzzy, and its codes are placed by word links.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, groupby

from bitext.engines import Engine, Request
from bitext.inline import Code, Marked, placed
from bitext.memory import Remembering
from bitext.memory.codes import UNKNOWN, Spot, spots
from bitext.pipeline import raw_link
from bitext.pretranslate.lines import Said
from bitext.pretranslate.slots import Fill, Slot
from bitext.text import normalise
from bitext.units import Hypothesis, Link, TmMatch


def recalled(slots: Sequence[Slot], engine: Engine) -> dict[int, Fill]:
    """The translations that a memory has, by the numbers of the slots."""
    if not isinstance(engine, Remembering):
        return {}
    numbers = [n for n, slot in enumerate(slots) if engine.memory.holds(slot.text)]
    layers = [normalise(slots[n].text) for n in numbers]
    offered = engine.translate([Request(layer.text) for layer in layers])
    fills = {}
    for number, layer, [found] in zip(numbers, layers, offered, strict=True):
        if found.origin == "tm" and found.tm and found.tm.score == 100:
            links = [raw_link(layer, link) for link in found.links]
            if fill := fill_of(slots[number], found, found.tm, links):
                fills[number] = fill
    return fills


def fill_of(slot: Slot, found: Hypothesis, match: TmMatch, links: Sequence[Link]) -> Fill | None:
    """What a match gives for a slot; None if its lines are not told apart in it."""
    source = together(slot.lines)
    codes, (before, after) = counting(source.codes), spots(match)
    agreed = match.codes != UNKNOWN and alike(source.text, codes, match.source, before)
    lead, tail = edges(source.text)
    text = f"{lead}{found.text}{tail}"
    if agreed and match.origin != "mt" and len(codes) == len(source.codes) == len(after):
        return Fill(text, (lead, *cut(found.text, after, codes), tail), "exact")
    if len(slot.lines) > 1:
        return None
    pieces = tuple(placed(source, text, [shifted(link, len(lead)) for link in links]))
    exact = agreed and len(after) == len(codes) and match.origin != "mt"
    return Fill(text, pieces, "exact" if exact else "fuzzy")


def together(lines: Sequence[Marked]) -> Marked:
    """Lines as one text."""
    codes: list[Code] = []
    size = 0
    for line in lines:
        codes += [replace(code, at=code.at + size) for code in line.codes]
        size += len(line.text) + 1
    return Marked(" ".join(line.text for line in lines), tuple(codes))


def counting(codes: Sequence[Code]) -> list[Code]:
    """The codes that a memory would have, too: not those of line ends."""
    return [c for c in codes if not (isinstance(c.content, Said) and c.content.isspace())]


def alike(text: str, codes: Sequence[Code], other: str, spots: Sequence[Spot]) -> bool:
    """Whether two texts, which are alike, have the same codes in the same places."""
    if len(codes) != len(spots):
        return False
    ours, theirs = letters(text), letters(other)
    return all(
        (code.kind, ours[code.at]) == (spot.kind, theirs[spot.at])
        for code, spot in zip(codes, spots, strict=True)
    )


def letters(text: str) -> list[int]:
    """How much stands before each place that typography does not change: letters and digits."""
    return [0, *accumulate(map(str.isalnum, text))]


def cut(text: str, spots: Sequence[Spot], codes: Sequence[Code]) -> list[str | Code]:
    """A text with the codes of a source where a memory has them."""
    pieces: list[str | Code] = []
    last = 0
    for at, own in groupby(spots, key=lambda spot: spot.at):
        here = list(own)
        pieces += [text[last:at], *(codes[spot.number] for spot in here)]
        last = at
        while any(spot.tight for spot in here) and last < len(text) and text[last].isspace():
            last += 1
    return [piece for piece in (*pieces, text[last:]) if piece]


def edges(text: str) -> tuple[str, str]:
    """The white space at the ends of a text, which a memory does not keep."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def shifted(link: Link, by: int) -> Link:
    return link._replace(target_start=link.target_start + by, target_end=link.target_end + by)
