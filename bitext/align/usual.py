"""
What is usual of two texts, learned from the pairs of their likeliest path.

Each figure is that of the pairs found and of what to expect, which counts as much as EXPECTED
pairs: of a few sentences little can be learned.
"""

from collections.abc import Iterable, Sequence
from math import exp, log
from statistics import median

EXPECTED = 20

# What a sentence left out costs, by the median cost of the pairs of the first path: the more alike
# the two texts are, the less of two sentences opposite one is a translation that was divided. The
# cost of no likeness at all, its growth, and the median to expect: with a bridge, and without. Of
# sentences taken out of newstest2013 (`scripts/bench align`), .95 are found (without a bridge .92)
# where it was .73 (.77) at one cost for all; on the novels nothing changes.
LIKELY, LIKELY_UNAIDED = (0.6, 1.0, 0.0), (-0.455, 1.84, 0.65)
LEAST_NULL = 0.6

# Target characters to a source character; and how far from it whole texts can be before any of
# their sentences are paired: beyond it, one of them has chapters that the other has not. At 1.4
# there are more false pairs in novels robbed of chapters, at 1 more in whole ones.
USUAL_RATIO, MOST_RATIO = 1.0, 1.2


def typical(values: Sequence[float], expected: float) -> float:
    """The median of the values, drawn towards what is expected."""
    found = len(values) * median(values) if values else 0.0
    return (found + EXPECTED * expected) / (len(values) + EXPECTED)


def null_cost(costs: Sequence[float], most: float, likely: tuple[float, float, float]) -> float:
    """What a sentence left out costs at `most`, given the costs of the likeliest 1-1 beads."""
    if not costs:
        return most
    base, growth, usual = likely
    return min(max(base + growth * typical(costs, usual), LEAST_NULL), most)


def length_ratio(pairs: Iterable[tuple[int, int]]) -> float:
    """Target characters to a source character, given the lengths of sentences that are pairs."""
    found = [log(target / source) for source, target in pairs if source and target]
    return exp(typical(found, log(USUAL_RATIO)))


def whole_ratio(source: float, target: float) -> float:
    """The same given the lengths of two whole texts, within reason."""
    found = max(target, 1.0) / max(source, 1.0)
    return min(max(found, USUAL_RATIO / MOST_RATIO), USUAL_RATIO * MOST_RATIO)
