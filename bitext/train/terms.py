"""
Teach a network to obey a glossary: some training sentences carry the translation of a phrase.

    Il a vu des <term> pelotons <trans> squads </term> d'exécution.

After Dinu et al. (2019): phrases are aligned pairs of words taken from the reference itself, so
that the network learns that what stands after <trans> comes out. Some are rendered by themselves,
as names are, and some by words of another sentence, in the reference too, so that it learns to
obey where it would not have chosen so.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

Array = NDArray[np.integer]
# Words of a phrase, elided articles and hyphens counted.
MOST_WORDS = 5
# Pieces of a source phrase have so many letters together: "de" and "le" are in no glossary.
FEWEST_LETTERS = 3
# How often a phrase stays as it is, and how often it becomes words of another sentence.
COPIED, FOREIGN = 0.1, 0.3


@dataclass(frozen=True, slots=True)
class Marks:
    """
    The ids of the three marks, and what pieces are (arrays indexed by id).

    `opens`: a word or a mark begins with it; `closes`: what comes after it begins anew;
    `letters`: how many letters and digits it has.
    """

    term: int
    translation: int
    end: int
    opens: NDArray[np.bool_]
    closes: NDArray[np.bool_]
    letters: NDArray[np.int64]

    def bounds(self, pieces: Array) -> list[int]:
        """Where words and punctuation marks begin, and the end."""
        opens = self.opens[pieces]
        opens[1:] |= self.closes[pieces[:-1]]
        opens[:1] = True
        return [*np.flatnonzero(opens).tolist(), len(pieces)]


class Example(NamedTuple):
    """Ids of source and target pieces, and for each target piece a source position or -1."""

    source: Array
    target: Array
    links: Array


class Phrase(NamedTuple):
    """Source pieces start:end are rendered by target pieces target_start:target_end."""

    start: int
    end: int
    target_start: int
    target_end: int


def annotated(
    example: Example, marks: Marks, random: Generator, other: Callable[[], Array]
) -> Example:
    """The example with one to three phrases annotated; `other` gives a target of another pair."""
    found = list(phrases(example, marks))
    chosen: list[Phrase] = []
    for number in random.permutation(len(found))[: int(random.integers(1, 4))]:
        phrase = found[number]
        if all(apart(phrase, former) for former in chosen):
            chosen.append(phrase)
    # From the end on, so that what is still to do stays where it was.
    for phrase in sorted(chosen, reverse=True):
        example = inserted(rendered(example, phrase, marks, random, other), marks)
    return example


def apart(one: Phrase, two: Phrase) -> bool:
    sources = one.end <= two.start or two.end <= one.start
    return sources and (one.target_end <= two.target_start or two.target_end <= one.target_start)


def phrases(example: Example, marks: Marks) -> Iterator[Phrase]:
    """Whole words on both sides that are linked to each other and to nothing else."""
    source, target, links = example
    starts = marks.bounds(source)
    target_bounds = set(marks.bounds(target))
    letters = marks.letters[source]
    spoken, target_spoken = letters > 0, marks.letters[target] > 0
    for first in range(len(starts) - 1):
        if not spoken[starts[first] : starts[first + 1]].any():
            continue
        for last in range(first + 1, min(first + MOST_WORDS, len(starts) - 1) + 1):
            start, end = starts[first], starts[last]
            if not spoken[starts[last - 1] : end].any():
                continue
            if letters[start:end].sum() < FEWEST_LETTERS:
                continue
            inside = np.flatnonzero((links >= start) & (links < end))
            if not len(inside):
                continue
            low, high = int(inside[0]), int(inside[-1]) + 1
            if low not in target_bounds or high not in target_bounds:
                continue
            between = links[low:high]
            if ((between < start) & (between >= 0)).any() or (between >= end).any():
                continue
            if target_spoken[low] and target_spoken[high - 1]:
                yield Phrase(start, end, low, high)


class Rendering(NamedTuple):
    """An example whose target has `words` for source pieces start:end, at target_start."""

    example: Example
    start: int
    end: int
    words: Array


def rendered(
    example: Example, phrase: Phrase, marks: Marks, random: Generator, other: Callable[[], Array]
) -> Rendering:
    """The example as it is, or with the phrase copied, or with the words of another sentence."""
    source, target, links = example
    start, end, low, high = phrase
    chance = random.random()
    words = target[low:high]
    if chance < COPIED:
        words = source[start:end]
    elif chance < COPIED + FOREIGN:
        words = some_words(other(), marks, random)
    else:
        return Rendering(example, start, end, words)
    new = np.minimum(start + np.arange(len(words)), end - 1).astype(links.dtype)
    target = np.concatenate([target[:low], words, target[high:]])
    links = np.concatenate([links[:low], new, links[high:]])
    return Rendering(Example(source, target, links), start, end, words)


def some_words(target: Array, marks: Marks, random: Generator) -> Array:
    """One to four words that stand together; the whole of a text without any."""
    bounds = marks.bounds(target)
    spoken = [
        n for n in range(len(bounds) - 1) if marks.letters[target[bounds[n] : bounds[n + 1]]].any()
    ]
    if not spoken:
        return target
    first = int(random.choice(spoken))
    last = max(n for n in spoken if n < first + int(random.integers(1, 5)))
    return target[bounds[first] : bounds[last + 1]]


def inserted(rendering: Rendering, marks: Marks) -> Example:
    """The phrase in its marks; links go on leading to the source, not to the translation."""
    (source, target, links), start, end, words = rendering
    pieces = np.concatenate(
        [
            source[:start],
            [marks.term],
            source[start:end],
            [marks.translation],
            words,
            [marks.end],
            source[end:],
        ]
    ).astype(source.dtype)
    moved = links + (links >= start) + (links >= end) * (len(words) + 2)
    return Example(pieces, target, moved.astype(links.dtype))
