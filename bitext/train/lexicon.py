"""
Words by themselves: what each means most often, by the word links of the corpus.

Corpora hold sentences, and a network that has read nothing else answers a heading or a button of
one word with noise. A few thousand words, each a pair of its own, teach it that.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

# Pairs below which a corpus tells too little of its words; those that are read, spread evenly.
FEWEST_PAIRS, MOST_PAIRS = 100_000, 500_000
# How often a word must be linked and how often in the same way; the share of all its links, and of
# those of the English word, that this must have. By eye, on the corpora of the built-in model.
FEWEST, ALIKE, SHARE, BACK_SHARE = 12, 8, 0.48, 0.12
WORD = re.compile(r"[^\W\d_]{3,}(?:-[^\W\d_]+)*")
MARKS = ".,;:!?\"'()"

Ids = Sequence[NDArray[np.int32]]
Links = Sequence[NDArray[np.int16]]


@dataclass(slots=True)
class Counts:
    """How often words are linked at all, and to each other alone."""

    french: Counter[str] = field(default_factory=Counter)
    english: Counter[str] = field(default_factory=Counter)
    both: Counter[tuple[str, str]] = field(default_factory=Counter)


def entries(
    sources: Ids, targets: Ids, links: Links, pieces: Sequence[str]
) -> Iterator[tuple[str, str]]:
    """
    French words with their usual translation, the commonest first; every other one with a capital.

    `links[n][j]` is the source position of target piece j of pair n, or -1; `pieces` are the
    SentencePiece pieces by their ids.
    """
    if len(sources) < FEWEST_PAIRS:
        return
    counts = Counts()
    for number in range(0, len(sources), -(-len(sources) // MOST_PAIRS)):
        count(counts, sources[number], targets[number], links[number], pieces)
    capital = False
    for french, english in usual(counts):
        if french[0].isupper():
            yield french, english
        else:
            capital = not capital
            yield (raised(french), raised(english)) if capital else (french, english)


def count(
    counts: Counts,
    source: NDArray[np.int32],
    target: NDArray[np.int32],
    links: NDArray[np.int16],
    pieces: Sequence[str],
) -> None:
    """Add the links between the words of one pair."""
    (french, of_source), (english, of_target) = (words(ids, pieces) for ids in (source, target))
    linked = {(of_source[i], of_target[j]) for j, i in enumerate(links.tolist()) if i >= 0}
    partners = Counter(f"s{i}" for i, _ in linked) + Counter(f"t{j}" for _, j in linked)
    for i, j in linked:
        before, after = bare(french[i], i), bare(english[j], j)
        if not WORD.fullmatch(before):
            continue
        counts.french[before] += 1
        counts.english[after] += 1
        if partners[f"s{i}"] == partners[f"t{j}"] == 1 and WORD.fullmatch(after):
            counts.both[before, after] += 1


def words(ids: NDArray[np.int32], pieces: Sequence[str]) -> tuple[list[str], list[int]]:
    """
    The words that pieces make up, and which word each piece is of.

    >>> words(np.array([0, 1, 2]), ["▁cha", "t", "▁noir"])
    (['chat', 'noir'], [0, 0, 1])
    """
    made: list[str] = []
    owners: list[int] = []
    for piece in (pieces[number] for number in ids.tolist()):
        if piece.startswith("▁") or not made:
            made.append("")
        made[-1] += piece.removeprefix("▁")
        owners.append(len(made) - 1)
    return made, owners


def bare(word: str, at: int) -> str:
    """A word without marks, and without the capital that opens a sentence."""
    word = word.strip(MARKS)
    return word.lower() if at == 0 else word


def raised(word: str) -> str:
    return word[:1].upper() + word[1:]


def usual(counts: Counts) -> Iterator[tuple[str, str]]:
    """The words that are mostly translated in one way, the commonest first."""
    best: dict[str, tuple[int, str]] = {}
    for (french, english), together in counts.both.items():
        best[french] = max(best.get(french, (0, "")), (together, english))
    for french, total in sorted(counts.french.items(), key=lambda item: (-item[1], item[0])):
        together, english = best.get(french, (0, ""))
        name = french[0].isupper() and french.lower() == english.lower()
        if (
            total >= FEWEST
            and together >= max(ALIKE, SHARE * total, BACK_SHARE * counts.english[english])
            and not name
        ):
            yield french, english
