"""Do the quality estimates of a run agree with its scores?"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import correlation

# Of fewer segments a correlation says nothing.
FEWEST = 20


@dataclass(frozen=True, slots=True)
class Agreement:
    """The correlation, of values and of ranks, of estimates with chrF++ on so many segments."""

    count: int
    pearson: float
    spearman: float


def agreement(estimates: Sequence[float], scores: Sequence[float]) -> Agreement | None:
    """None if there are too few, or all are alike."""
    if len(estimates) < FEWEST or len(set(estimates)) == 1 or len(set(scores)) == 1:
        return None
    told = correlation(estimates, scores), correlation(ranks(estimates), ranks(scores))
    return Agreement(len(estimates), *told)


def ranks(values: Sequence[float]) -> list[float]:
    """
    The place of each value in their order; equal ones share the mean of theirs.

    >>> ranks([0.5, 0.1, 0.3, 0.5])
    [2.5, 0.0, 1.0, 2.5]
    """
    ordered = sorted(values)
    return [(bisect_left(ordered, v) + bisect_right(ordered, v) - 1) / 2 for v in values]
