"""Put pairs of like length together, so that a batch is full of words and not of padding."""

from collections.abc import Iterator, Mapping
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


def epoch(
    corpus: Prepared,
    weights: Mapping[str, float],
    *,
    tokens: int,
    longest: int,
    random: Generator,
) -> Iterator[list[int]]:
    """
    Numbers of the pairs of each batch, once through the corpus.

    A set of weight 2 is passed over twice, one of 0.1 by a tenth of it. A batch has at most
    `tokens` padded pieces on both sides together; pairs with more than `longest` are passed by.
    """
    sources, targets = np.diff(corpus.source_bounds), np.diff(corpus.target_bounds)
    fitting = np.maximum(sources, targets) <= longest
    order = random.permutation(np.concatenate(list(drawn(corpus, weights, fitting, random))))
    for at in range(0, len(order), POOL):
        pool = order[at : at + POOL]
        # Equal lengths fall in a random order, not in that of the corpus.
        pool = pool[np.lexsort((sources[pool], targets[pool]))]
        groups = list(grouped(pool, sources, targets, tokens))
        for number in random.permutation(len(groups)):
            yield groups[number]


def drawn(
    corpus: Prepared, weights: Mapping[str, float], fitting: NDArray[np.bool_], random: Generator
) -> Iterator[NDArray[np.int64]]:
    yield np.zeros(0, np.int64)
    for kind, name in enumerate(corpus.names):
        own = np.flatnonzero((corpus.kind == kind) & fitting)
        weight = weights.get(name, weights.get("*", 1.0))
        for share in range(ceil(weight)):
            yield random.permutation(own)[: round(len(own) * min(1.0, weight - share))]


def grouped(
    pool: NDArray[np.int64],
    sources: NDArray[np.int64],
    targets: NDArray[np.int64],
    tokens: int,
) -> Iterator[list[int]]:
    group: list[int] = []
    widest = tallest = 0
    for number in pool.tolist():
        source, target = int(sources[number]), int(targets[number])
        size = (max(widest, source) + max(tallest, target) + 2) * (len(group) + 1)
        if group and size > tokens:
            yield group
            group, widest, tallest = [], 0, 0
        group.append(number)
        widest, tallest = max(widest, source), max(tallest, target)
    if group:
        yield group


def batch(
    corpus: Prepared,
    group: list[int],
    *,
    pad: int,
    end: int,
    marks: Marks | None,
    share: float,
    random: Generator,
) -> Batch:
    """The arrays of a group; a `share` of the pairs gets its terms annotated."""

    def other() -> Array:
        return corpus.pair(int(random.integers(len(corpus))))[1]

    rows = [Example(*corpus.pair(number)) for number in group]
    if marks:
        rows = [
            annotated(row, marks, random, other) if random.random() < share else row for row in rows
        ]
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
