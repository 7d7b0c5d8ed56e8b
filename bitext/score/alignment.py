"""
How well found beads agree with given ones, counted as vecalign's scorer counts.

Strict: a bead is right if just the same bead is given. Lax: if it shares a link with a given one.
Found omissions and additions count against precision; recall looks at beads with two sides only
(Thompson & Koehn 2019, https://github.com/thompsonb/vecalign). Counts are summed over documents.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bitext.errors import InputError

# Sentences are told by their numbers; a bead need not be a run.
Pair = tuple[frozenset[int], frozenset[int]]
LINE = re.compile(r"\[([\d,\s]*)\]:\[([\d,\s]*)\](?::\S*)?")
# No text has so many sentences; it keeps a slip of the pen from becoming a long search.
MOST_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Agreement:
    """Beads that were right, strictly and laxly, and how many there were."""

    strict: int
    lax: int
    count: int

    def __add__(self, other: "Agreement") -> "Agreement":
        return Agreement(self.strict + other.strict, self.lax + other.lax, self.count + other.count)


@dataclass(frozen=True, slots=True)
class Rates:
    """
    Precision, recall and their harmonic mean (0 to 1).

    >>> Rates(1.0, 0.5).f1
    0.6666666666666666
    """

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(frozen=True, slots=True)
class AlignmentScore:
    """`strict` and `lax` as vecalign gives them; the `paired` are those without any null beads."""

    strict: Rates
    lax: Rates
    paired: Rates
    paired_lax: Rates


def read_beads(lines: Iterable[str], name: str) -> list[Pair]:
    """
    Beads as vecalign prints them; raises InputError.

    >>> [[sorted(side) for side in pair] for pair in read_beads(["[0, 1]:[0]:0.25"], "a")]
    [[[0, 1], [0]]]
    """
    found = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        match = LINE.fullmatch(line.strip())
        if match is None:
            raise InputError(name, "is not a bead; write it like [0, 1]:[0]", line=number)
        found.append((numbers(match[1], name, number), numbers(match[2], name, number)))
    return found


def numbers(text: str, name: str, line: int) -> frozenset[int]:
    cells = [cell.strip() for cell in text.split(",")] if text.strip() else []
    if not all(cell.isdecimal() and len(cell) <= MOST_DIGITS for cell in cells):
        raise InputError(name, f"cannot read the numbers [{text}]", line=line)
    return frozenset(map(int, cells))


def score_alignment(documents: Iterable[tuple[Sequence[Pair], Sequence[Pair]]]) -> AlignmentScore:
    """The score of (given, found) beads, a pair of lists for each document."""
    nothing = Agreement(0, 0, 0)
    found_right = given_met = paired_right = nothing
    for given, found in documents:
        given_paired, found_paired = paired(given), paired(found)
        found_right += agreement(found, given)
        paired_right += agreement(found_paired, given_paired)
        given_met += agreement(given_paired, found_paired)
    return AlignmentScore(
        rates(found_right.strict, found_right, given_met.strict, given_met),
        rates(found_right.lax, found_right, given_met.lax, given_met),
        rates(paired_right.strict, paired_right, given_met.strict, given_met),
        rates(paired_right.lax, paired_right, given_met.lax, given_met),
    )


def rates(right: int, found: Agreement, met: int, given: Agreement) -> Rates:
    return Rates(
        right / found.count if found.count else 0.0, met / given.count if given.count else 0.0
    )


def paired(beads: Iterable[Pair]) -> list[Pair]:
    """The beads that have two sides."""
    return [(source, target) for source, target in beads if source and target]


def agreement(beads: Iterable[Pair], against: Iterable[Pair]) -> Agreement:
    """
    How many of the beads stand in `against`, or at least share a link with one there.

    A bead that is there twice counts once.
    """
    whole = set(against)
    links = defaultdict[int, set[int]](set)
    for source, target in whole:
        for sentence in source:
            links[sentence] |= target
    strict = lax = count = 0
    for source, target in set(beads):
        if not source and not target:
            continue
        count += 1
        same = (source, target) in whole
        strict += same
        lax += same or any(links[n] & target for n in source if n in links)
    return Agreement(strict, lax, count)
