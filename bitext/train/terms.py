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
from typing import Any, NamedTuple

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
    """
    Whole words on both sides that are linked to each other and to nothing else.

    All stretches of so many words are looked at together: a GPU would wait for a loop over them.
    """
    source, target, links = example
    starts = np.array(marks.bounds(source))
    letters = sums(marks.letters[source])
    bounds = np.zeros(len(target) + 1, np.bool_)
    bounds[marks.bounds(target)] = True
    spoken = marks.letters[target] > 0
    linked = sums(links >= 0)
    # Of each source word: its first linked target piece, the end of its last, and their number.
    count = len(starts) - 1
    at = np.flatnonzero(links >= 0)
    words = np.searchsorted(starts, links[at], side="right") - 1
    low, high = np.full(count, len(target)), np.zeros(count, np.int64)
    np.minimum.at(low, words, at)
    np.maximum.at(high, words, at + 1)
    inside = sums(np.bincount(words, minlength=count))
    says = np.diff(letters[starts]) > 0
    lows, highs = low, high
    for size in range(1, min(MOST_WORDS, count) + 1):
        if size > 1:
            lows = np.minimum(lows[:-1], low[size - 1 :])
            highs = np.maximum(highs[:-1], high[size - 1 :])
        begins, ends = starts[:-size], starts[size:]
        own = inside[size:] - inside[:-size]
        fits = (own > 0) & says[: len(own)] & says[size - 1 :]
        fits &= letters[ends] - letters[begins] >= FEWEST_LETTERS
        found = np.flatnonzero(fits)
        first, last = lows[found], highs[found]
        whole = bounds[first] & bounds[last] & spoken[first] & spoken[last - 1]
        whole &= linked[last] - linked[first] == own[found]
        rows = np.stack([begins[found], ends[found], first, last], axis=1)[whole]
        yield from map(Phrase._make, rows.tolist())


def sums(numbers: NDArray[Any]) -> NDArray[np.int64]:
    """What the numbers before each place come to, and at the end all of them."""
    return np.concatenate([[0], np.cumsum(numbers)])


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
