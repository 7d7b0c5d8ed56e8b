"""
How well terms are translated: the metrics of Alam et al. (2021) and of the WMT terminology tasks.

TERm is in `term_edits`. `scripts/bench terminology` sets them beside the figures that the authors
publish for a sample of theirs (docs/benchmarks.md).

Alam, Kvapilíková, Anastasopoulos, Besacier, Dinu, Federico, Gallé, Jung, Koehn, Nikoulina: "On
the Evaluation of Machine Translation for Terminology Consistency" (2021), and WMT21's task.
"""

import string
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

Tokens = Sequence[str]


@dataclass(frozen=True, slots=True)
class Term:
    """
    One occurrence of a term in a reference.

    `reference` is what the reference says, `accepted` all that a translation may say, each as
    tokens. `start` and `end` are its tokens' positions in the reference. A term `by_lemma` is one
    that the reference has in another form than the glossary.
    """

    reference: tuple[str, ...]
    accepted: tuple[tuple[str, ...], ...]
    start: int
    end: int
    by_lemma: bool = False


@dataclass(frozen=True, slots=True)
class Counts:
    """Occurrences rendered as they stand, only in another form of theirs, and not at all."""

    exact: int = 0
    lemma: int = 0
    wrong: int = 0

    @property
    def accuracy(self) -> float:
        """The share that is rendered in some form; 1.0 where there is no term."""
        total = self.exact + self.lemma + self.wrong
        return (self.exact + self.lemma) / total if total else 1.0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(self.exact + other.exact, self.lemma + other.lemma, self.wrong + other.wrong)


def exact_match(
    hypothesis: Tokens, terms: Sequence[Term], lemma: Callable[[str], str] | None = None
) -> Counts:
    """
    Whether each occurrence has a rendering of its own in the hypothesis.

    A place in the hypothesis counts once: two occurrences need two renderings. With `lemma`, what
    is not found as it stands is looked for among the lemmas.
    """
    taken: set[int] = set()
    exact = lemmas = 0
    for term in terms:
        if claimed(hypothesis, term.accepted, taken):
            exact += 1
        elif lemma and claimed(
            in_lemmas(hypothesis, lemma),
            [in_lemmas(words, lemma) for words in term.accepted],
            taken,
        ):
            lemmas += 1
    return Counts(exact, lemmas, len(terms) - exact - lemmas)


def claimed(hypothesis: Tokens, accepted: Sequence[Sequence[str]], taken: set[int]) -> bool:
    """Take the first free place of an accepted rendering, if there is one."""
    for words in accepted:
        for start in places(hypothesis, words):
            if start not in taken:
                taken.add(start)
                return True
    return False


def places(tokens: Tokens, words: Sequence[str]) -> Iterator[int]:
    size = len(words)
    return (
        n for n in range(len(tokens) - size + 1) if size and [*words] == [*tokens[n : n + size]]
    )


def window_overlap(
    hypothesis: Tokens,
    reference: Tokens,
    terms: Sequence[Term],
    window: int,
    lemma: Callable[[str], str] | None = None,
) -> float:
    """
    How much of the words around a term in the reference stands around it in the hypothesis.

    The mean over the terms that the hypothesis has, each with the place that fits it best; 0.0
    where it has none. Punctuation is passed over; `window` words count on either side. With
    `lemma`, terms that are sought by lemma are found, and their neighbours compared, as lemmas.
    """
    standing, inflected = split_by_lemma(terms, lemma)
    overlaps = best_overlaps(hypothesis, reference, standing, window)
    if lemma and inflected:
        overlaps += best_overlaps(
            in_lemmas(hypothesis, lemma),
            in_lemmas(reference, lemma),
            [replace(term, reference=in_lemmas(term.reference, lemma)) for term in inflected],
            window,
        )
    return sum(overlaps) / len(overlaps) if overlaps else 0.0


def split_by_lemma(
    terms: Sequence[Term], lemma: Callable[[str], str] | None
) -> tuple[list[Term], list[Term]]:
    """Those that are sought as they stand, and by lemma; without `lemma` all are the first."""
    inflected = [term for term in terms if lemma and term.by_lemma]
    return [term for term in terms if not (lemma and term.by_lemma)], inflected


def in_lemmas(tokens: Tokens, lemma: Callable[[str], str]) -> tuple[str, ...]:
    return tuple(map(lemma, tokens))


def best_overlaps(
    hypothesis: Tokens, reference: Tokens, terms: Sequence[Term], window: int
) -> list[float]:
    overlaps: list[float] = []
    same: dict[tuple[str, ...], list[Term]] = defaultdict(list)
    for term in terms:
        same[term.reference].append(term)
    for words, occurrences in same.items():
        found = list(places(hypothesis, words))
        ranked = sorted(
            (
                (
                    shared(
                        around(reference, term.start, term.end, window),
                        around(hypothesis, at, at + len(words), window),
                    ),
                    number,
                    at,
                )
                for number, term in enumerate(occurrences)
                for at in found
            ),
            key=lambda each: -each[0],
        )
        paired: set[tuple[str, int]] = set()
        for value, number, at in ranked:
            if ("term", number) not in paired and ("place", at) not in paired:
                paired |= {("term", number), ("place", at)}
                overlaps.append(value)
    return overlaps


def around(tokens: Tokens, start: int, end: int, window: int) -> list[str]:
    before = [t for t in reversed(tokens[:start]) if t not in string.punctuation]
    after = [t for t in tokens[end:] if t not in string.punctuation]
    return before[:window] + after[:window]


def shared(wanted: list[str], had: list[str]) -> float:
    common = Counter(wanted) & Counter(had)
    return sum(common.values()) / len(wanted) if wanted else 0.0


def consistency(renderings: Sequence[tuple[str, str]]) -> float:
    """
    How often a term is rendered as it most often is.

    Of (term, rendering) pairs over a whole text; terms that occur once say nothing and are left
    out. 1.0 where no term recurs.
    """
    by_term: dict[str, Counter[str]] = defaultdict(Counter)
    for term, rendering in renderings:
        by_term[term][rendering] += 1
    recurring = [counts for counts in by_term.values() if sum(counts.values()) > 1]
    total = sum(sum(counts.values()) for counts in recurring)
    return sum(max(counts.values()) for counts in recurring) / total if total else 1.0
