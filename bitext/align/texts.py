"""Two texts made comparable: the source through its bridge, what is known of it, and a lexicon."""

from collections.abc import Sequence

import numpy as np

from bitext.align.costs import Problem, problem
from bitext.align.features import Rows, Vocabulary, marks, rows, topped, weighted, words
from bitext.align.lexicon import Lexicon, Pair, translated
from bitext.align.search import Step


class Texts:
    """Both texts as words and features; arguments as for `bitext.align.align`."""

    def __init__(
        self,
        source: Sequence[str],
        target: Sequence[str],
        bridge: Sequence[str] | None,
        terms: Sequence[Sequence[str]] | None,
    ) -> None:
        self.vocabulary = Vocabulary()
        self.source_words = [words(text) for text in source]
        self.target_words = [words(text) for text in target]
        seen = self.source_words if bridge is None else [words(text) for text in bridge]
        self.lengths = [
            np.array([len(t) for t in side], dtype=np.int64) for side in (source, target)
        ]
        sides = [
            [w + marks(text) for w, text in zip(found, side, strict=True)]
            for found, side in ((seen, source), (self.target_words, target))
        ]
        if terms is not None:
            sides = with_terms(sides, [[words(t) for t in row] for row in terms], self.target_words)
        self.source, self.target = (rows(side, self.vocabulary) for side in sides)
        self.telling = [n for f, n in self.vocabulary.numbers.items() if f.startswith(TERM)]

    def problem(self, lexicon: Lexicon, ratio: float) -> Problem:
        """
        What is to be solved, with what a lexicon says of the source's words.

        `ratio` is how many target characters there are to a source character.
        """
        source: Rows = self.source
        if lexicon:
            more = translated(self.source_words, lexicon, self.vocabulary)
            source = topped(source, more, len(self.vocabulary))
        features = max(len(self.vocabulary), 1)
        table = weighted(source, self.target, features, telling=self.telling)
        return problem(table, self.lengths[0], self.lengths[1], ratio)

    @property
    def sizes(self) -> tuple[int, int]:
        """The characters of either text."""
        return int(self.lengths[0].sum()), int(self.lengths[1].sum())

    def lengths_of(self, step: Step) -> tuple[int, int]:
        """The characters of either side of a step."""
        source, target = self.lengths
        return (
            int(source[step.source.start : step.source.stop].sum()),
            int(target[step.target.start : step.target.stop].sum()),
        )

    def words_of(self, step: Step) -> Pair:
        sides = (self.source_words, step.source), (self.target_words, step.target)
        source, target = ([w for n in span for w in side[n]] for side, span in sides)
        return source, target


# Begins a feature that no text can hold.
TERM = "\0"


def with_terms(
    sides: list[list[list[str]]], asked: Sequence[Sequence[list[str]]], targets: list[list[str]]
) -> list[list[list[str]]]:
    """Both sides with a token for each term that the source asks for and a target has."""
    wanted = {" ".join(term) for row in asked for term in row if term}
    longest = max((term.count(" ") + 1 for term in wanted), default=0)
    source = [
        [*tokens, *(TERM + " ".join(term) for term in row if term)]
        for tokens, row in zip(sides[0], asked, strict=True)
    ]
    target = [
        [*tokens, *(TERM + term for term in runs(found, longest) if term in wanted)]
        for tokens, found in zip(sides[1], targets, strict=True)
    ]
    return [source, target]


def runs(found: list[str], longest: int) -> list[str]:
    """
    >>> runs(["a", "b", "c"], 2)
    ['a', 'b', 'c', 'a b', 'b c']
    """
    return [
        " ".join(found[at : at + size])
        for size in range(1, longest + 1)
        for at in range(len(found) - size + 1)
    ]
