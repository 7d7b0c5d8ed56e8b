"""
How alike two sentences are, from 0 to 100, as CAT tools count it.

The mean of two edit distances, one in words and one in letters: an inflected word costs less
than another word. Numbers count as one word whatever their value; what then differs in
numbers, marks and capitals takes off a few points, and only the same text reaches 100.
"""

from collections import Counter
from collections.abc import Sequence

from bitext.memory.keys import Parts

# Points for each number that differs, for marks and for capitals; the most for each kind.
# A translator mends a number in a moment, but a wrong one must never look like an exact match.
NUMBER_POINTS, MOST_FOR_NUMBERS = 2, 10
MARK_POINTS, MOST_FOR_MARKS = 1, 3
CASE_POINTS = 1


def similarity(one: Parts, other: Parts) -> int:
    """
    The score of two texts that are not the same, 0 to 99.

    >>> from bitext.memory.keys import parts
    >>> similarity(parts("Le chat dort ici."), parts("Le chat dort là."))
    78
    >>> similarity(parts("Voir page 12."), parts("Voir page 17."))
    98
    """
    from rapidfuzz.distance import Levenshtein

    by_word = Levenshtein.normalized_similarity(one.words, other.words)
    by_letter = Levenshtein.normalized_similarity(" ".join(one.words), " ".join(other.words))
    points = min(MOST_FOR_NUMBERS, NUMBER_POINTS * unlike(one.numbers, other.numbers))
    points += min(MOST_FOR_MARKS, MARK_POINTS * unlike(one.marks, other.marks))
    points += CASE_POINTS * (one.words == other.words and one.cased != other.cased)
    return max(0, min(99, int(50 * (by_word + by_letter)) - points))


def unlike(these: Sequence[str], others: Sequence[str]) -> int:
    """How many have no equal on the other side."""
    ours, theirs = Counter(these), Counter(others)
    return max((ours - theirs).total(), (theirs - ours).total())
