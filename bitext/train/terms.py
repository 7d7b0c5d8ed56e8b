"""
Teach a network to obey a glossary: some training sentences carry the translation of a phrase.

    Il a vu <term> des pelotons <trans> squads </term> d'exécution.

After Dinu et al. (2019): phrases are aligned pairs of one to four words, taken from the
reference itself, so that the network learns that what stands after <trans> comes out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Array = NDArray[np.integer]
MOST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Marks:
    """The ids of the three marks, and which pieces begin a word (indexed by id)."""

    term: int
    translation: int
    end: int
    begins: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Source pieces start:end are rendered by target pieces target_start:target_end."""

    start: int
    end: int
    target_start: int
    target_end: int


def annotated(
    source: Array, target: Array, links: Array, marks: Marks, random: Generator
) -> tuple[Array, Array]:
    """The source with one to three phrases annotated, and the links into it."""
    found = list(phrases(source, target, links, marks))
    if not found:
        return source, links
    chosen: list[Phrase] = []
    for number in random.permutation(len(found))[: int(random.integers(1, 4))]:
        phrase = found[number]
        if all(phrase.end <= c.start or c.end <= phrase.start for c in chosen):
            chosen.append(phrase)
    return inserted(source, target, links, marks, sorted(chosen, key=lambda p: p.start))


def phrases(source: Array, target: Array, links: Array, marks: Marks) -> Iterator[Phrase]:
    """Whole words on both sides that are linked to each other and to nothing else."""
    starts = [i for i in range(len(source)) if marks.begins[source[i]]] + [len(source)]
    target_starts = {j for j in range(len(target)) if marks.begins[target[j]]} | {len(target)}
    for first in range(len(starts) - 1):
        for last in range(first + 1, min(first + MOST_WORDS, len(starts) - 1) + 1):
            start, end = starts[first], starts[last]
            inside = np.flatnonzero((links >= start) & (links < end))
            if not len(inside):
                continue
            low, high = int(inside[0]), int(inside[-1]) + 1
            if low not in target_starts or high not in target_starts:
                continue
            between = links[low:high]
            if ((between < start) & (between >= 0)).any() or (between >= end).any():
                continue
            yield Phrase(start, end, low, high)


def inserted(
    source: Array, target: Array, links: Array, marks: Marks, chosen: list[Phrase]
) -> tuple[Array, Array]:
    pieces: list[Array] = []
    moved = np.zeros(len(source) + 1, np.int64)
    at = shift = 0
    for phrase in chosen:
        words = target[phrase.target_start : phrase.target_end]
        pieces += [
            source[at : phrase.start],
            np.array([marks.term]),
            source[phrase.start : phrase.end],
            np.array([marks.translation]),
            words,
            np.array([marks.end]),
        ]
        moved[at : phrase.start] += shift
        moved[phrase.start : phrase.end] += shift + 1
        shift += len(words) + 3
        at = phrase.end
    moved[at:] += shift
    pieces.append(source[at:])
    linked = links >= 0
    new = links.copy()
    new[linked] = links[linked] + moved[links[linked]]
    return np.concatenate(pieces).astype(source.dtype), new
