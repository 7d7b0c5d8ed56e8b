"""
What of a sentence is compared across languages: its words, their beginnings, ends and middles,
and the marks that translators keep.

Sentences become rows of a sparse table of counts. Beads add up the rows of their sentences.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]

WORD = re.compile(r"\w+")
ACCENT = re.compile("[\u0300-\u036f]+")
MARK = re.compile(r"[?!:;()\"«»“”]|\.\.\.|…|--|—")
SAME_MARK = {"«": '"', "»": '"', "“": '"', "”": '"', "…": "...", "—": "--"}
# A word of five letters has ten features, so that a mark counts for half of one. Tuned, with the
# weights in `costs`, on the five novels of the TransRead set together.
MARK_COUNT = 5
# Of a longer sentence the beginning tells enough, and of a longer word.
LONGEST_TEXT, LONGEST_WORD = 5_000, 30
GRAMS = (3, 4)


@dataclass(frozen=True, slots=True)
class Rows:
    """
    A sparse table: row r holds the features `ids[starts[r]:starts[r + 1]]` with their `counts`.

    Within a row no feature stands twice.
    """

    starts: Ints
    ids: Ints
    counts: Floats

    def __len__(self) -> int:
        return len(self.starts) - 1

    def slice(self, begin: int, end: int) -> "Rows":
        first, last = self.starts[begin], self.starts[end]
        return Rows(
            self.starts[begin : end + 1] - first, self.ids[first:last], self.counts[first:last]
        )

    @property
    def row_of(self) -> Ints:
        """The row that each of `ids` stands in."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def sums(self, values: NDArray[np.floating]) -> NDArray[np.float64]:
        """The sum over each row of a value for each of `ids`."""
        return np.bincount(self.row_of, weights=values, minlength=len(self)).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Table:
    """Both sides over one vocabulary; `weights` has a number for each feature: how rare it is."""

    source: Rows
    target: Rows
    weights: Floats


class Vocabulary:
    """Numbers for features, and those of each word worked out once."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.of_word: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self.numbers)

    def number(self, feature: str) -> int:
        return self.numbers.setdefault(feature, len(self.numbers))

    def word(self, word: str) -> int:
        return self.number(f"={word}")

    def features(self, token: str) -> list[int]:
        """The features of a word or mark, each as often as it counts."""
        found = self.of_word.get(token)
        if found is None:
            if WORD.match(token):
                found = [self.word(token), *map(self.number, grams(token))]
            else:
                found = [self.number(token)] * MARK_COUNT
            self.of_word[token] = found
        return found


def grams(word: str) -> list[str]:
    """
    >>> grams("été")
    ['<ét', 'été', 'té>', '<été', 'été>']
    """
    marked = f"<{word[:LONGEST_WORD]}>"
    return [marked[at : at + size] for size in GRAMS for at in range(len(marked) - size + 1)]


def words(text: str) -> list[str]:
    """
    The words of a sentence without case and accents, so that cognates look alike.

    >>> words("L’Été, à Paris")
    ['l', 'ete', 'a', 'paris']
    """
    found = unicodedata.normalize("NFKD", text[:LONGEST_TEXT].lower())
    return WORD.findall(ACCENT.sub("", found))


def marks(text: str) -> list[str]:
    """
    >>> marks("« Oui… » dit-il !")
    ['"', '...', '"', '!']
    """
    return [SAME_MARK.get(mark, mark) for mark in MARK.findall(text[:LONGEST_TEXT])]


def rows(sentences: Iterable[Sequence[str]], vocabulary: Vocabulary) -> Rows:
    """Count the features of each sentence, given as words and marks."""
    row_ids: list[int] = []
    sizes: list[int] = []
    for sentence in sentences:
        before = len(row_ids)
        for token in sentence:
            row_ids += vocabulary.features(token)
        sizes.append(len(row_ids) - before)
    owner = np.repeat(np.arange(len(sizes)), sizes)
    return counted(owner, np.array(row_ids, dtype=np.int64), None, len(sizes), len(vocabulary))


def counted(
    owner: Ints, ids: Ints, values: NDArray[np.floating] | None, size: int, features: int
) -> Rows:
    """Rows from (row, feature, value) triples, in any order; the values of a pair are summed."""
    features = max(features, 1)
    pairs = owner * features + ids
    if values is None:
        keys, counts = np.unique(pairs, return_counts=True)
    else:
        keys, place = np.unique(pairs, return_inverse=True)
        counts = np.bincount(place, weights=values, minlength=len(keys))
    return keyed(keys, counts.astype(np.float32), size, features)


def keyed(keys: Ints, counts: Floats, size: int, features: int) -> Rows:
    """Rows from row · features + feature, in order."""
    starts = np.searchsorted(keys, np.arange(size + 1) * features)
    return Rows(starts.astype(np.int64), keys % features, counts)


def topped(side: Rows, more: Rows, features: int) -> Rows:
    """The greater count of each feature in either."""
    features = max(features, 1)
    keys, others = (table.row_of * features + table.ids for table in (side, more))
    place = np.searchsorted(keys, others)
    there = np.append(keys, -1)[place] == others
    counts = side.counts.copy()
    counts[place[there]] = np.maximum(counts[place[there]], more.counts[there])
    keys = np.insert(keys, place[~there], others[~there])
    counts = np.insert(counts, place[~there], more.counts[~there])
    return keyed(keys, counts, len(side), features)


def weighted(source: Rows, target: Rows, features: int, *, telling: Sequence[int] = ()) -> Table:
    """
    Weigh each feature by how few sentences have it: ln(1 + (n + m) / df).

    `telling` features weigh as much as the rarest.
    """
    holding = np.bincount(source.ids, minlength=features)
    holding = holding + np.bincount(target.ids, minlength=features)
    sentences = len(source) + len(target)
    weights = np.log(1 + sentences / np.maximum(holding, 1)).astype(np.float32)
    if len(telling) and len(weights):
        weights[list(telling)] = weights.max()
    return Table(source, target, weights)
