"""Place a snippet whose source is told otherwise than in the article, or is not told at all."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bitext.score.windows import grams

# From here on a likeness is taken for a match, and nothing else in the document may come nearer
# to it than the margin. On the seeds with the built-in model, every snippet robbed of its source:
# 118 of 118 found their units again and none another's; a true pair is at least 0.54 alike, 0.70
# by a source of which every tenth word was lost, and a false one at most 0.50, and 0.57.
LIKE_SOURCE, LIKE_TARGET, MARGIN = 0.6, 0.5, 0.08
# What numbers and names in common add to the likeness of a reference and a translation.
ANCHORS = 0.15
ANCHOR = re.compile(r"\d+(?:[.,]\d+)*|(?<![.!?“\"«] )(?<!^)\b[A-Z][\w'’-]{2,}")
# Character n-grams up to this: six, as in chrF, would find too little in a few words.
ORDER = 4
MOST_UNITS = 3
# Units none of which is at all like a snippet are not so together.
WORTH_JOINING = 0.25
# A document of 200 segments against 200 snippets; a cell takes some 0.2 ms.
MOST_CELLS = 40_000

Match = tuple[int, ...] | str


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known of a snippet: its source, "" if untold, and its reference."""

    source: str
    reference: str


@dataclass(frozen=True, slots=True)
class Offered:
    """A unit's source and translation."""

    source: str
    target: str


def matched(asked: Sequence[Asked], offered: Sequence[Offered]) -> list[Match]:
    """
    For each snippet the units that it is a reference for, by their numbers, or why there are none.

    Snippets and units are taken to stand in the same order.
    """
    if not offered:
        return ["no segment is left to resemble it"] * len(asked)
    if len(asked) * len(offered) > MOST_CELLS:
        return ["there are too many segments to look for it; give its source"] * len(asked)
    found: list[Match] = ["nothing resembles it enough"] * len(asked)
    singles = [[likeness(one, other) for other in offered] for one in asked]
    for number, units in path(asked, offered, singles):
        one = asked[number]
        value = likeness(one, joint(offered, units))
        rivals = (like for at, like in enumerate(singles[number]) if at not in units)
        if value < least(one):
            continue
        if max(rivals, default=0.0) > value - MARGIN:
            found[number] = "several segments resemble it"
        else:
            found[number] = tuple(units)
    return found


def least(asked: Asked) -> float:
    return LIKE_SOURCE if asked.source else LIKE_TARGET


def path(
    asked: Sequence[Asked], offered: Sequence[Offered], singles: Sequence[Sequence[float]]
) -> Iterator[tuple[int, range]]:
    """
    The monotone alignment with the greatest likeness: snippets with the few units of each.

    A snippet, or a unit, may be left over (1-0, 0-1, 1-1, 1-2 and 1-3 by the names of beads).
    """
    best = [[(0.0, 0, 0)] * (len(offered) + 1) for _ in range(len(asked) + 1)]
    for i in range(len(asked) + 1):
        for j in range(len(offered) + 1):
            steps = [(best[i][j - 1][0], 0, 1)] if j else []
            if i:
                steps.append((best[i - 1][j][0], 1, 0))
            if i and j:
                # A poor match is worth less than none.
                gained = singles[i - 1][j - 1] - least(asked[i - 1]) / 2
                steps.append((best[i - 1][j - 1][0] + gained, 1, 1))
            for n in range(2, min(j, MOST_UNITS) + 1) if i else ():
                if max(singles[i - 1][j - n : j]) < WORTH_JOINING:
                    continue
                whole = likeness(asked[i - 1], joint(offered, range(j - n, j)))
                steps.append((best[i - 1][j - n][0] + whole - least(asked[i - 1]) / 2, 1, n))
            best[i][j] = max(steps, default=(0.0, 0, 0))
    i, j = len(asked), len(offered)
    while i or j:
        _, m, n = best[i][j]
        i, j = i - m, j - n
        if m and n:
            yield i, range(j, j + n)


def joint(offered: Sequence[Offered], units: range) -> Offered:
    some = offered[units.start : units.stop]
    return Offered(" ".join(u.source for u in some), " ".join(u.target for u in some))


def likeness(asked: Asked, offered: Offered) -> float:
    """From 0 to 1: by the sources, else by reference and translation with what they name."""
    if asked.source:
        return alike(offered.source, asked.source)
    return (1 - ANCHORS) * alike(offered.target, asked.reference) + ANCHORS * shared(
        anchors(offered.target), anchors(asked.reference)
    )


def alike(one: str, other: str) -> float:
    """
    The share of character n-grams in common, the mean over their lengths.

    Unlike chrF it is the same both ways, so that a short text is not like each that holds it.
    """
    pairs = list(zip(profile(one), profile(other), strict=True))
    return sum(shared(*pair) for pair in pairs) / ORDER


@lru_cache(maxsize=4096)
def profile(text: str) -> tuple[Counter[str], ...]:
    solid = "".join(text.split())
    return tuple(Counter(grams(solid, n)) for n in range(1, ORDER + 1))


@lru_cache(maxsize=4096)
def anchors(text: str) -> Counter[str]:
    """The numbers and names of an English text."""
    return Counter(found.group() for found in ANCHOR.finditer(text))


def shared(one: Counter[str], other: Counter[str]) -> float:
    """The share of two bags that is in both (Dice); nothing is in common to two empty ones."""
    return 2 * (one & other).total() / ((one + other).total() or 1)
