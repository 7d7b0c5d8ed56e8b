"""Do the quality estimates of a run agree with its scores?"""

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


def ranks(values: Sequence[float]) -> list[int]:
    """
    >>> ranks([0.5, 0.1, 0.3])
    [2, 0, 1]
    """
    places = [0] * len(values)
    for rank, at in enumerate(sorted(range(len(values)), key=values.__getitem__)):
        places[at] = rank
    return places
