"""
Which of the terms that overlap in a sentence count: weighted interval scheduling.

The terms taken together cover as much of the text as they can, with as few terms as they can;
what cannot surely be the term counts half. The others are reported as shadowed.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bitext.units import SURE, TermMatch

Weight = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A match, and how well its words are the entry's: in some form, in any case, to the letter."""

    match: TermMatch
    likeness: int


def resolved(found: Sequence[Candidate]) -> tuple[TermMatch, ...]:
    """
    The matches in the order of the text, then the shadowed ones.

    A forbidden term asks for no words of its own, so that it neither shadows nor is shadowed
    by another for the same words; a longer term that covers it shadows it.
    """
    banned = [c.match for c in found if c.match.entry.kind == "forbidden"]
    asking = [c for c in found if c.match.entry.kind != "forbidden"]
    if len(asking) < 2 and not banned:
        return tuple(candidate.match for candidate in asking)
    chosen = heaviest(asking)
    taken = [asking[at].match for at in chosen]
    shadowed = [replace(c.match, shadowed=True) for at, c in enumerate(asking) if at not in chosen]
    for match in banned:
        if any(covers(longer, match) for longer in taken):
            shadowed.append(replace(match, shadowed=True))
        else:
            taken.append(match)

    def place(match: TermMatch) -> tuple[int, int]:
        return match.start, match.end

    return (*sorted(taken, key=place), *sorted(shadowed, key=place))


def covers(longer: TermMatch, match: TermMatch) -> bool:
    inside = longer.start <= match.start and match.end <= longer.end
    return inside and longer.end - longer.start > match.end - match.start


def weight(candidate: Candidate, order: int) -> Weight:
    """More text before fewer terms, then likeness, then conditions that were met, then order."""
    match = candidate.match
    length = match.end - match.start
    conditional = bool(match.entry.include or match.entry.exclude)
    sure = match.confidence >= SURE
    return (length * (1 + sure), -1, candidate.likeness, conditional, -match.start, -order)


def heaviest(found: Sequence[Candidate]) -> set[int]:
    """The numbers of the candidates that do not overlap and weigh most together."""
    if not found:
        return set()
    order = sorted(range(len(found)), key=lambda n: found[n].match.end)
    ends = [found[n].match.end for n in order]
    none: Weight = (0,) * len(weight(found[0], 0))
    best: list[Weight] = [none]
    back: list[int] = []
    for at, number in enumerate(order):
        earlier = bisect_right(ends, found[number].match.start, 0, at)
        own = weight(found[number], number)
        with_it = tuple(a + b for a, b in zip(best[earlier], own, strict=True))
        back.append(earlier if with_it > best[at] else -1)
        best.append(max(with_it, best[at]))
    chosen: set[int] = set()
    at = len(order)
    while at:
        if back[at - 1] >= 0:
            chosen.add(order[at - 1])
            at = back[at - 1]
        else:
            at -= 1
    return chosen
