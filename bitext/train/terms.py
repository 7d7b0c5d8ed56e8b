"""
Teach a network to obey a glossary: some training sentences carry the translation of a phrase.

    Il a vu des <term> pelotons <trans> squads </term> d'exécution.

After Dinu et al. (2019): phrases are aligned pairs of words taken from the reference itself, so
that the network learns that what stands after <trans> comes out. Some are rendered by themselves,
as names are, and some by words of another sentence, in the reference too, so that it learns to
obey where it would not have chosen so.
"""

from collections.abc import Callable, Iterator, Mapping
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
    said = {phrase: rendering(example, phrase, marks, random, other) for phrase in chosen}
    return inserted(example, said, marks)


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


def rendering(
    example: Example, phrase: Phrase, marks: Marks, random: Generator, other: Callable[[], Array]
) -> Array:
    """The target's words for a phrase, or the phrase itself, or words of another sentence."""
    chance = random.random()
    if chance < COPIED:
        return example.source[phrase.start : phrase.end]
    if chance < COPIED + FOREIGN:
        return some_words(other(), marks, random)
    return example.target[phrase.target_start : phrase.target_end]


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


def inserted(example: Example, said: Mapping[Phrase, Array], marks: Marks) -> Example:
    """
    The phrases in their marks, and in the target what is said of them.

    Each word of a translation is linked to itself in the annotation, so that the guided head
    learns to copy; whoever reads links off that head takes the translation for its phrase, as
    `Subwords.encode_with_terms` does.
    """
    source, target, links = example
    # Where each source piece comes to stand; the last is for -1, which stays.
    moved = np.append(np.arange(len(source)), -1)
    parts: list[Array] = []
    at = 0
    for phrase in sorted(said):
        words = said[phrase]
        parts += [source[at : phrase.start], np.array([marks.term])]
        parts += [source[phrase.start : phrase.end], np.array([marks.translation])]
        parts += [words, np.array([marks.end])]
        moved[phrase.start : -1] += 1
        moved[phrase.end : -1] += len(words) + 2
        at = phrase.end
    parts.append(source[at:])
    targets: list[Array] = []
    linked: list[Array] = []
    at = 0
    for phrase in sorted(said, key=lambda phrase: phrase.target_start):
        words = said[phrase]
        first = moved[phrase.end - 1] + 2  # past the phrase and the mark after it
        targets += [target[at : phrase.target_start], words]
        linked += [moved[links[at : phrase.target_start]], np.arange(first, first + len(words))]
        at = phrase.target_end
    return Example(
        np.concatenate(parts).astype(source.dtype),
        np.concatenate([*targets, target[at:]]).astype(target.dtype),
        np.concatenate([*linked, moved[links[at:]]]).astype(links.dtype),
    )
