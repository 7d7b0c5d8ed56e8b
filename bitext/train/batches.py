"""Put pairs of like length together, so that a batch is full of words and not of padding."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from bitext.train.prepared import Prepared
from bitext.train.terms import Array, Example, Marks, annotated

IGNORED = -100
UNLINKED = -1
# Pairs that are sorted by length together: enough for full batches, few enough for variety.
POOL = 50_000


@dataclass(frozen=True, slots=True)
class Batch:
    """
    Arrays of one batch, a row a pair.

    `source` (n, S); `given`, `wanted` and `links` (n, T): the decoder reads `given`, should say
    `wanted` (-100: nothing), and look at source position `links` (-1: anywhere).
    """

    source: NDArray[np.int64]
    given: NDArray[np.int64]
    wanted: NDArray[np.int64]
    links: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Annotation:
    """How terms are shown in training: the marks, in which share of the pairs."""

    marks: Marks
    share: float


def epoch(
    corpus: Prepared,
    weights: Mapping[str, float],
    *,
    tokens: int,
    longest: int,
    random: Generator,
    annotation: Annotation | None = None,
) -> Iterator[list[list[Example]]]:
    """
    The rows of each batch, once through the corpus; the batches of a pool come together.

    A set of weight 2 is passed over twice, one of 0.1 by a tenth of it. A batch has at most
    `tokens` padded pieces on both sides together, or one row; pairs with more than `longest` are
    passed by. Terms are annotated before rows are sorted: put in later, they made one piece in
    four padding.
    """
    sources, targets = np.diff(corpus.source_bounds), np.diff(corpus.target_bounds)
    fitting = np.maximum(sources, targets) <= longest

    def other() -> Array:
        return corpus.pair(int(random.integers(len(corpus))))[1]

    def row(number: int) -> Example:
        pair = Example(*corpus.pair(number))
        if annotation and random.random() < annotation.share:
            return annotated(pair, annotation.marks, random, other)
        return pair

    order = random.permutation(np.concatenate(list(drawn(corpus, weights, fitting, random))))
    for at in range(0, len(order), POOL):
        # Equal lengths stay in their random order.
        pool = sorted(
            map(row, order[at : at + POOL].tolist()),
            key=lambda example: (len(example.target), len(example.source)),
        )
        groups = list(grouped(pool, tokens))
        yield [groups[n] for n in random.permutation(len(groups)).tolist()]


def drawn(
    corpus: Prepared, weights: Mapping[str, float], fitting: NDArray[np.bool_], random: Generator
) -> Iterator[NDArray[np.int64]]:
    yield np.zeros(0, np.int64)
    for kind, name in enumerate(corpus.names):
        own = np.flatnonzero((corpus.kind == kind) & fitting)
        weight = weights.get(name, weights.get("*", 1.0))
        for share in range(ceil(weight)):
            yield random.permutation(own)[: round(len(own) * min(1.0, weight - share))]


def grouped(rows: Sequence[Example], tokens: int) -> Iterator[list[Example]]:
    group: list[Example] = []
    widest = tallest = 0
    for row in rows:
        source, target = len(row.source), len(row.target)
        size = (max(widest, source) + max(tallest, target) + 2) * (len(group) + 1)
        if group and size > tokens:
            yield group
            group, widest, tallest = [], 0, 0
        group.append(row)
        widest, tallest = max(widest, source), max(tallest, target)
    if group:
        yield group


def batch(rows: Sequence[Example], *, pad: int, end: int) -> Batch:
    """The arrays of some rows."""
    width = max(len(source) for source, _, _ in rows) + 1
    height = max(len(target) for _, target, _ in rows) + 1
    sources = np.full((len(rows), width), pad)
    given = np.full((len(rows), height), pad)
    wanted = np.full((len(rows), height), IGNORED)
    linked = np.full((len(rows), height), UNLINKED)
    for n, (source, target, links) in enumerate(rows):
        sources[n, : len(source)], sources[n, len(source)] = source, end
        # Marian decoders begin with the padding token.
        given[n, 1 : len(target) + 1] = target
        wanted[n, : len(target)], wanted[n, len(target)] = target, end
        linked[n, : len(links)], linked[n, len(links)] = links, len(source)
    return Batch(sources, given, wanted, linked)
