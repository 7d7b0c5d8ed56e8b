"""
What it costs to take some source sentences and some target sentences for translations.

A bead is cheap whose two sides share many rare features, measured against what its sentences
share with any (Thompson & Koehn 2019), and whose lengths agree (Gale & Church 1993).
"""

from dataclasses import dataclass
from math import erfc, log, pi, sqrt

import numpy as np
from numpy.typing import NDArray

from bitext.align.corridor import Corridor
from bitext.align.features import Floats, Ints, Rows, Table

Numbers = NDArray[np.float64]

# Source features in one dense block, and its cells, which bound its memory whatever the texts
# are: where there is no room for all features, the rarest tell most.
BLOCK, CELLS = 8_000, 25_000_000
# What any two sentences are unlike by at least, so that texts all alike do not divide by nothing.
LEAST_UNLIKE = 0.5
# Keeps texts without a word from dividing by zero.
NOTHING = 1e-6
# -ln erfc(z), up to where erfc is nothing; beyond it goes on as a parabola would.
FARTHEST = 25.0
STEPS = np.linspace(0, FARTHEST, 2501)
SURPRISE = np.array([-log(erfc(z)) if z < 20 else z * z + log(z * sqrt(pi)) for z in STEPS])


@dataclass(frozen=True, slots=True)
class Settings:
    """
    The weights of the costs.

    `null` is the cost of a sentence left out, at most; it is less where the texts are alike. That
    of a bead is how unlike its sides are, times the number of pairs in it to the power `growth`;
    less `shared` times what they have in common beyond chance, in sentences; plus `length` times
    the surprise at their lengths, whose variance for each character is `variance`; plus `many` for
    all but 1-1, and `undivided` for each bead more that it could be divided into (2-2 into two).

    Tuned on the five novels of the TransRead set together, but for `undivided`: they would have
    none, and lose .004 by it; where a bridge is nearly the target itself, as of news, it keeps
    neighbours from being taken together.
    """

    largest: int = 6
    null: float = 1.0
    many: float = 0.05
    undivided: float = 0.2
    length: float = 0.12
    variance: float = 6.8
    growth: float = 0.95
    shared: float = 1.5

    @property
    def most(self) -> int:
        """Sentences on one side of a bead at most."""
        return max(self.largest - 1, 1)

    @property
    def shapes(self) -> list[tuple[int, int]]:
        """Source and target sentences of every bead, in the order of the costs."""
        return [(a, b) for a in range(1, self.most + 1) for b in range(1, self.sizes(a) + 1)]

    def sizes(self, a: int) -> int:
        """Target sentences at most in a bead of a source sentences."""
        return max(self.largest - a, 1)


@dataclass(frozen=True, slots=True)
class Side:
    """One text: its features, and running sums over its sentences, which begin with 0."""

    rows: Rows
    mass: Numbers
    expected: Numbers
    lengths: Numbers

    def __len__(self) -> int:
        return len(self.rows)

    def slice(self, begin: int, end: int) -> "Side":
        return Side(
            self.rows.slice(begin, end),
            self.mass[begin : end + 1],
            self.expected[begin : end + 1],
            self.lengths[begin : end + 1],
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """
    Two texts, ready to be aligned, whole or in part.

    `ratio` is how many target characters there are to a source character; `usual` the mass of
    a source and of a target sentence.
    """

    source: Side
    target: Side
    weights: Floats
    ratio: float
    usual: tuple[float, float]

    @property
    def table(self) -> Table:
        return Table(self.source.rows, self.target.rows, self.weights)

    def slice(self, source: range, target: range) -> "Problem":
        return Problem(
            self.source.slice(source.start, source.stop),
            self.target.slice(target.start, target.stop),
            self.weights,
            self.ratio,
            self.usual,
        )


def problem(table: Table, source_lengths: Ints, target_lengths: Ints, ratio: float) -> Problem:
    """Sum up once what the costs of all beads need; `ratio` as in `Problem`."""
    weights = table.weights
    sides = [
        side_of(mine, weights, chance(other, len(weights)), lengths)
        for mine, other, lengths in (
            (table.source, table.target, source_lengths),
            (table.target, table.source, target_lengths),
        )
    ]
    source, target = sides
    usual = tuple(float(side.mass[-1]) / max(len(side), 1) + NOTHING for side in sides)
    return Problem(source, target, weights, ratio, (usual[0], usual[1]))


def side_of(rows: Rows, weights: Floats, chance_met: Numbers, lengths: Ints) -> Side:
    each = weights[rows.ids]
    return Side(
        rows,
        running(rows.sums(each * rows.counts)),
        running(rows.sums(each * chance_met[rows.ids] * np.minimum(rows.counts, 1))),
        running(lengths),
    )


def running(values: NDArray[np.floating] | Ints) -> Numbers:
    return np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])


def chance(rows: Rows, features: int) -> Numbers:
    """How much of each feature a sentence holds on average, at most once."""
    met = np.bincount(rows.ids, weights=np.minimum(rows.counts, 1), minlength=features)
    return np.asarray(met / max(len(rows), 1), dtype=np.float64)


def length_surprise(source: Numbers, target: Numbers, ratio: float, variance: float) -> Numbers:
    """-ln erfc(|δ| / √2) for Gale & Church's δ."""
    mean = (source + target / ratio) / 2
    delta = np.abs(target - ratio * source) / np.sqrt(variance * np.maximum(mean, 1.0))
    return np.asarray(np.interp(delta / sqrt(2), STEPS, SURPRISE), dtype=np.float64)


class Costs:
    """
    The costs of the beads within a corridor, a source boundary at a time, in order.

    `row(i)` has a line for each of the settings' shapes that fits before source boundary i; its
    column k is for the bead that ends there and at target boundary low(i) + k.
    """

    def __init__(self, problem: Problem, band: Corridor, settings: Settings) -> None:
        self.problem, self.band, self.settings = problem, band, settings
        self.weighted = [
            problem.weights[side.rows.ids] * side.rows.counts
            for side in (problem.source, problem.target)
        ]
        self.place = np.full(len(problem.weights), -1, dtype=np.int64)
        self.first_target = 0
        self.block: list[Floats] = []
        self.block_end = 0
        self.source_sizes = np.array([a for a, _ in settings.shapes])
        self.target_sizes = np.array([b for _, b in settings.shapes])
        many = (self.source_sizes > 1) | (self.target_sizes > 1)
        undivided = np.minimum(self.source_sizes, self.target_sizes) - 1
        self.many = (settings.many * many + settings.undivided * undivided)[:, None]
        self.pairs = 2.0 * (self.source_sizes * self.target_sizes)[:, None] ** settings.growth
        # Of the target bead of b sentences that ends at j, at [b - 1, j].
        target = problem.target
        tables = (target.mass, target.expected, target.lengths)
        self.masses, self.mets, self.lengths = (differences(t, settings.most) for t in tables)
        self.by_chance = 2 * self.mets / (self.masses + problem.usual[0])

    def row(self, i: int) -> Numbers:
        if i >= self.block_end:
            self.fill(i)
        low, high = int(self.band.low[i]), int(self.band.high[i])
        columns, sums = self.source_features(i)
        at = slice(low - self.first_target, high - self.first_target + 1)
        near = [part[columns, at] for part in self.block]
        shared = [
            np.minimum(part[: len(total)], total[:, None]).sum(axis=0)
            for a, total in enumerate(sums, 1)
            for part in near[: self.settings.sizes(a)]
        ]
        return self.of(i, low, high, np.array(shared, dtype=np.float64))

    def fill(self, i: int) -> None:
        """Lay out densely what the next source sentences share with the targets in reach."""
        source, target = self.problem.source.rows, self.problem.target.rows
        most = self.settings.most
        begin = max(i - most, 0)
        end = int(np.searchsorted(source.starts, source.starts[max(i - 1, 0)] + BLOCK))
        self.block_end = end = min(max(end, i + 1), len(source) + 1)
        first = max(int(self.band.low[i:end].min()) - most, 0)
        last = int(self.band.high[i:end].max())
        self.first_target = first
        self.place[:] = -1
        self.place[source.ids[source.starts[begin] : source.starts[end - 1]]] = -2
        cells = slice(target.starts[first], target.starts[last])
        ids, values = target.ids[cells], self.weighted[1][cells]
        kept = np.unique(ids[self.place[ids] != -1])
        room = CELLS // ((last - first + 1) * most)
        if len(kept) > room:
            kept = kept[np.argsort(-self.problem.weights[kept], kind="stable")[:room]]
        self.place[:] = -1
        self.place[kept] = np.arange(len(kept))
        shared = self.place[ids] != -1
        ids, values = ids[shared], values[shared]
        # Column k is target boundary first + k: the sentence before it ends there.
        one = np.zeros((len(kept), last - first + 1), dtype=np.float32)
        ends = np.repeat(np.arange(first, last), np.diff(target.starts[first : last + 1]))
        one[self.place[ids], ends[shared] + 1 - first] = values
        self.block = [one]
        for _ in range(1, most):
            longer = one.copy()
            longer[:, 1:] += self.block[-1][:, :-1]
            self.block.append(longer)

    def source_features(self, i: int) -> tuple[Ints, list[Floats]]:
        """
        The block's rows for the features of up to `most` sentences before boundary i.

        For the last a sentences, `sums[a - 1]` has the weights of the first so many of them.
        """
        rows = self.problem.source.rows
        total = np.zeros(len(self.block[0]), dtype=np.float32)
        order: list[Ints] = []
        sums: list[Floats] = []
        columns = np.zeros(0, dtype=np.int64)
        for a in range(1, min(self.settings.most, i) + 1):
            cells = slice(rows.starts[i - a], rows.starts[i - a + 1])
            place = self.place[rows.ids[cells]]
            shared = place >= 0
            place = place[shared]
            order.append(place[total[place] == 0])
            total[place] += self.weighted[0][cells][shared]
            columns = np.concatenate(order)
            sums.append(total[columns])
        return columns, sums

    def of(self, i: int, low: int, high: int, overlap: Numbers) -> Numbers:
        """The costs, from what is shared: Σ weight · min(count, count)."""
        source, settings = self.problem.source, self.settings
        usual_source, usual_target = self.problem.usual
        fitting = len(overlap)
        begins = i - self.source_sizes[:fitting]
        sizes = self.target_sizes[:fitting]
        chosen = sizes[:, None] - 1, np.arange(low, high + 1)
        mass = (source.mass[i] - source.mass[begins])[:, None]
        met = (source.expected[i] - source.expected[begins])[:, None]
        length = (source.lengths[i] - source.lengths[begins])[:, None]
        masses = self.masses[chosen]
        unlike = 1 - 2 * overlap / (mass + masses + NOTHING)
        usual = 2 - 2 * met / (mass + usual_target) - self.by_chance[chosen]
        cost = self.pairs[:fitting] * unlike / np.maximum(usual, LEAST_UNLIKE)
        cost += self.many[:fitting]
        by_chance = met / usual_target * masses + self.mets[chosen] * (mass / usual_source)
        cost -= (2 * overlap - by_chance) * (settings.shared / (usual_source + usual_target))
        lengths = self.lengths[chosen]
        cost += settings.length * length_surprise(
            length, lengths, self.problem.ratio, settings.variance
        )
        return np.where(chosen[1] < sizes[:, None], np.inf, cost)


def differences(table: Numbers, most: int) -> Numbers:
    """At [b - 1, j] what a running sum gains over the b sentences before j; 0 where none are."""
    found = np.zeros((most, len(table)))
    for b in range(1, most + 1):
        found[b - 1, b:] = table[b:] - table[:-b]
    return found
