"""
Where the alignment can run: a band of cells, found coarsely and made finer step by step.

After vecalign (Thompson & Koehn 2019): neighbours are added up until both texts are short enough
to compare every sentence with every other; the path found there is followed, within a band,
through texts twice as long, and so on. Time and memory grow with the length of the texts.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bitext.align.features import Floats, Ints, Rows, Table

# Numbers in a hashed row; the cells compared in full; rows of the finest level compared so.
HASHED, FULL, FINEST = 1024, 300 * 300, 8192
# Half the width of the band on the way.
BAND = 20
# How a cell of a path was reached.
SKIP, INSERT, PAIR = 1, 2, 3
# Pairs of sentences looked at to learn what an unlike pair costs, and the share of that which
# leaving a sentence out costs: more than half, so that texts without a clue are paired in order,
# but hardly more, so that a chapter that one text has not is left out (of .6 to .3 on the novels,
# whole and without 150 to 1300 sentences of a side; below a half whole ones go wrong).
SAMPLE, UNLIKE, SHARE = 2000, 0.2, 0.501


class Stretch(Protocol):
    """A bead, or a sentence left out."""

    @property
    def source(self) -> range: ...

    @property
    def target(self) -> range: ...


@dataclass(frozen=True, slots=True)
class Corridor:
    """For each boundary between source sentences, the first and the last target boundary."""

    low: Ints
    high: Ints


def whole(sources: int, targets: int) -> Corridor:
    return Corridor(
        np.zeros(sources + 1, dtype=np.int64), np.full(sources + 1, targets, dtype=np.int64)
    )


def corridor(table: Table, *, width: int) -> Corridor:
    """A band around the best path of 1-1 beads and sentences left out."""
    sources, targets = len(table.source), len(table.target)
    if min(sources, targets) <= 2 or sources * targets <= FULL // 4:
        return whole(sources, targets)
    fold = 1
    while max(sources, targets) > FINEST * fold:
        fold *= 2
    levels = [
        (
            hashed(table.source, table.weights, np.arange(sources) // fold),
            hashed(table.target, table.weights, np.arange(targets) // fold),
        )
    ]
    while len(levels[-1][0]) * len(levels[-1][1]) > FULL and min(map(len, levels[-1])) > 2:
        levels.append((halved(levels[-1][0]), halved(levels[-1][1])))
    path: Corridor | None = None
    while levels:
        ones, others = map(normed, levels.pop())
        size = len(ones), len(others)
        band = whole(*size) if path is None else widened(path, *size, fold=2, width=BAND)
        path = best_path(ones, others, band)
    assert path is not None
    return widened(path, sources, targets, fold=fold, width=width)


def around(path: Iterable[Stretch], sources: int, targets: int, *, width: int) -> Corridor:
    """A band around a path that is known already."""
    low = np.full(sources + 1, targets, dtype=np.int64)
    high = np.zeros(sources + 1, dtype=np.int64)
    for step in path:
        rows = slice(step.source.start, step.source.stop + 1)
        low[rows] = np.minimum(low[rows], step.target.start)
        high[rows] = np.maximum(high[rows], step.target.stop)
    return widened(Corridor(low, high), sources, targets, fold=1, width=width)


def hashed(side: Rows, weights: Floats, group: Ints) -> Floats:
    """A dense row of HASHED numbers for each group; `group` has a number for each sentence."""
    # Fibonacci hashing: the high bits of a product with 2^64 / golden ratio.
    spread = np.arange(len(weights), dtype=np.uint64) * np.uint64(11400714819323198485)
    column = (spread >> np.uint64(64 - HASHED.bit_length() + 1)).astype(np.int64)
    size = int(group.max()) + 1
    flat = np.bincount(
        group[side.row_of] * HASHED + column[side.ids],
        weights=weights[side.ids] * side.counts,
        minlength=size * HASHED,
    )
    return flat.astype(np.float32).reshape(size, HASHED)


def halved(side: Floats) -> Floats:
    """Each two neighbours added up."""
    return np.add.reduceat(side, np.arange(0, len(side), 2), axis=0)


def normed(side: Floats) -> Floats:
    lengths = np.linalg.norm(side, axis=1, keepdims=True)
    return np.asarray(side / np.maximum(lengths, 1e-9), dtype=np.float32)


def best_path(ones: Floats, others: Floats, band: Corridor) -> Corridor:
    """The cheapest way through a band by 1-1 beads and nulls."""
    mean_cost = 1 - ones @ others.mean(axis=0), 1 - others @ ones.mean(axis=0)
    null = null_cost(ones, others, mean_cost)
    width = int((band.high - band.low).max()) + 1
    back = np.zeros((len(ones) + 1, width), dtype=np.int8)
    before = np.zeros(0)
    for i in range(len(ones) + 1):
        low, high = int(band.low[i]), int(band.high[i])
        at = np.arange(low, high + 1)
        if i == 0:
            reached = np.where(at == 0, 0.0, np.inf)
        else:
            earlier = shifted(before, int(band.low[i - 1]), low - 1, high)
            reached = earlier[1:] + null
            back[i, : len(at)] = SKIP
            first = max(low, 1)
            if first <= high:
                cost = 2 * (1 - others[first - 1 : high] @ ones[i - 1])
                cost /= mean_cost[0][i - 1] + mean_cost[1][first - 1 : high] + 1e-6
                paired = earlier[first - low : -1] + cost
                better = np.flatnonzero(paired < reached[first - low :]) + first - low
                reached[better] = paired[better - first + low]
                back[i, better] = PAIR
        before = with_inserts(reached, back[i, : len(at)], null * at)
    return traced(back, band)


def with_inserts(
    reached: NDArray[np.float64], how: NDArray[np.int8], slope: NDArray[np.floating]
) -> NDArray[np.float64]:
    """
    What it costs to reach each target boundary of a row when sentences before it can be left out.

    `slope` is what it costs to leave out all up to there. Where it is better, `how` becomes INSERT.
    """
    level = reached - slope
    least = np.minimum.accumulate(level)
    how[least < level] = INSERT
    return np.asarray(least + slope)


def null_cost(
    ones: Floats, others: Floats, mean_cost: tuple[NDArray[np.floating], NDArray[np.floating]]
) -> float:
    """SHARE of what a rather like pair costs, among pairs taken from all over."""
    at = np.arange(min(SAMPLE, len(ones) * len(others)))
    i, j = at * 7919 % len(ones), (at * 104729 + at // len(ones)) % len(others)
    like = np.einsum("nk,nk->n", ones[i], others[j])
    costs = 2 * (1 - like) / (mean_cost[0][i] + mean_cost[1][j] + 1e-6)
    return max(float(np.quantile(costs, UNLIKE)) * SHARE, 1e-3)


def shifted(
    values: NDArray[np.float64], begin: int, low: int, high: int, nothing: float = np.inf
) -> NDArray[np.float64]:
    """What `values`, whose first stands at `begin`, has at low to high; `nothing` elsewhere."""
    out = np.empty(high - low + 1)
    out.fill(nothing)  # np.full takes thrice as long, and this is called for every cell's row
    first, last = max(low, begin), min(high, begin + len(values) - 1)
    if first <= last:
        out[first - low : last - low + 1] = values[first - begin : last - begin + 1]
    return out


def traced(back: NDArray[np.int8], band: Corridor) -> Corridor:
    """The target boundaries that the path touches at each source boundary."""
    i, j = len(band.low) - 1, int(band.high[-1])
    low = np.zeros(i + 1, dtype=np.int64)
    high = np.zeros(i + 1, dtype=np.int64)
    low[i] = high[i] = j
    while i or j:
        step = back[i, j - band.low[i]]
        j -= step in (PAIR, INSERT)
        if step == INSERT:
            low[i] = j
        else:
            i -= 1
            low[i] = high[i] = j
    return Corridor(low, high)


def widened(path: Corridor, sources: int, targets: int, *, fold: int, width: int) -> Corridor:
    """The band around a path through texts `fold` times as short, `width` to every side."""
    at = np.arange(sources + 1)
    last = len(path.low) - 1
    low = path.low[np.minimum(np.maximum(at - width, 0) // fold, last)] * fold - width
    high = path.high[np.minimum((at + width + fold - 1) // fold, last)] * fold + width
    low[: width + 1], high[max(sources - width, 0) :] = 0, targets
    return Corridor(np.clip(low, 0, targets), np.clip(high, 0, targets))
