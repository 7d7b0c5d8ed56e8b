"""
A dictionary learned from the pair itself: what stands opposite each other in its surest beads.

IBM model 1 (Brown et al. 1993) in both directions; the geometric mean of the two is kept.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bitext.align.features import Ints, Rows, Vocabulary, counted

Lexicon = Mapping[str, Sequence[tuple[str, float]]]
Pair = tuple[Sequence[str], Sequence[str]]

ROUNDS = 5
# Taken from evenly all over a long text, which bounds time and memory.
MOST_PAIRS, LONGEST = 3_000, 60
# A translation with less is noise. A word seen once is discounted by half.
LEAST, DISCOUNT = 0.05, 1.0


@dataclass(frozen=True, slots=True)
class Links:
    """Each (one, other) word pair that meets, and the probability of `other` given `one`."""

    ones: Ints
    others: Ints
    chances: NDArray[np.float64]


def learned(pairs: Sequence[Pair]) -> Lexicon:
    """Source word → its likely translations in this text, with their probabilities."""
    step = -(-len(pairs) // MOST_PAIRS) or 1
    some = [pair for pair in pairs[::step] if all(0 < len(side) <= LONGEST for side in pair)]
    if not some:
        return {}
    sources, targets = numbered([s for s, _ in some]), numbered([t for _, t in some])
    ahead = model1(sources[1], targets[1])
    back = model1(targets[1], sources[1])
    size = len(targets[0]) + 1
    keys, other_keys = ahead.ones * size + ahead.others, back.others * size + back.ones
    order = np.argsort(other_keys)
    place = np.minimum(np.searchsorted(other_keys[order], keys), len(order) - 1)
    there = other_keys[order][place] == keys
    chances = np.sqrt(ahead.chances * np.where(there, back.chances[order][place], 0.0))
    lexicon: dict[str, list[tuple[str, float]]] = {}
    for n in np.flatnonzero(chances >= LEAST).tolist():
        source, target = sources[0][ahead.ones[n]], targets[0][ahead.others[n]]
        lexicon.setdefault(source, []).append((target, float(chances[n])))
    return lexicon


def numbered(sentences: Sequence[Sequence[str]]) -> tuple[list[str], list[Ints]]:
    numbers: dict[str, int] = {}
    found = [
        np.array([numbers.setdefault(word, len(numbers)) for word in sentence], dtype=np.int64)
        for sentence in sentences
    ]
    return list(numbers), found


def model1(ones: Sequence[Ints], others: Sequence[Ints]) -> Links:
    """IBM model 1 with a null word, whose number follows those of `ones`."""
    null = 1 + max(int(one.max()) for one in ones)
    given = [np.append(one, null) for one in ones]
    cells = list(zip(given, others, strict=True))
    left = np.concatenate([np.tile(one, len(other)) for one, other in cells])
    right = np.concatenate([np.repeat(other, len(one)) for one, other in cells])
    widths = np.concatenate([np.full(len(other), len(one)) for one, other in cells])
    token = np.repeat(np.arange(len(widths)), widths)
    size = 1 + max(int(other.max()) for other in others)
    keys, place = np.unique(left * size + right, return_inverse=True)
    owner = keys // size
    chances = np.ones(len(keys))
    for _ in range(ROUNDS):
        weight = chances[place]
        weight /= np.bincount(token, weights=weight)[token]
        counts = np.bincount(place, weights=weight)
        chances = counts / (np.bincount(owner, weights=counts)[owner] + DISCOUNT)
    kept = owner != null
    return Links(owner[kept], keys[kept] % size, chances[kept])


def translated(
    sentences: Sequence[Sequence[str]], lexicon: Lexicon, vocabulary: Vocabulary
) -> Rows:
    """The target words that each sentence's words may become, each counting its probability."""
    owner: list[int] = []
    ids: list[int] = []
    values: list[float] = []
    for number, sentence in enumerate(sentences):
        for word in sentence:
            for target, chance in lexicon.get(word, ()):
                owner.append(number)
                ids.append(vocabulary.word(target))
                values.append(chance)
    return counted(
        np.array(owner, dtype=np.int64),
        np.array(ids, dtype=np.int64),
        np.array(values),
        len(sentences),
        len(vocabulary),
    )
