"""What a person would look at to see whether two sentences belong together."""

import re
from collections import Counter
from collections.abc import Iterable
from math import sqrt

from bitext.text import fold
from bitext.units import Evidence, TermMatch

# A space groups digits by threes only: "En 2019 15 hommes" has two numbers.
NUMBER = re.compile(r"(?:\d{1,3}(?:[\u00a0\u202f ]\d{3})+(?!\d)|\d+)(?:[.,:]\d+)*")
# What both sides spell with a capital is a name, wherever it stands.
NAME = re.compile(r"\b[A-ZÀ-Þ]\w\w+(?:-\w+)*")
# Gale & Church (1993): the variance of the length of a translation, for each character.
VARIANCE = 6.8
MOST = 12  # of each kind are told; a list or a table may have thousands


def evidence(source: str, target: str, ratio: float, matches: Iterable[TermMatch] = ()) -> Evidence:
    """
    Compare two texts; `ratio` is how many target characters there are to a source character.

    >>> found = evidence("Le 3 mai, M. Fogg partit.", "On 3 May Mr Fogg left at 9.", 1.0)
    >>> found.numbers, found.names, found.unmatched
    (('3',), ('Fogg',), ('9',))
    """
    numbers = Counter(figures(source)), Counter(figures(target))
    there = set(NAME.findall(target))
    shared = [name for name in dict.fromkeys(NAME.findall(source)) if name in there]
    odd = [*(numbers[0] - numbers[1]), *(numbers[1] - numbers[0])]
    folded = fold(target)
    asked = (m.required for m in matches if m.binding and holds(folded, m.required))
    return Evidence(
        length=round(length_score(len(source), len(target), ratio), 2),
        numbers=tuple((numbers[0] & numbers[1]).keys())[:MOST],
        names=tuple(shared)[:MOST],
        terms=tuple(dict.fromkeys(asked))[:MOST],
        unmatched=tuple(odd)[:MOST],
    )


def figures(text: str) -> list[str]:
    """
    Numbers by their digits, since languages group and point them differently.

    >>> figures("1 500,5 euros et 3"), figures("En 2019 15 hommes")
    (['15005', '3'], ['2019', '15'])
    """
    return [re.sub(r"\D", "", found) for found in NUMBER.findall(text)]


def holds(text: str, word: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(fold(word))}(?!\w)", text) is not None


def length_score(source: int, target: int, ratio: float) -> float:
    mean = (source + target / ratio) / 2
    return (target - ratio * source) / sqrt(VARIANCE * max(mean, 1))


def told(found: Evidence) -> str:
    """
    The evidence in words.

    >>> told(Evidence(0.5, numbers=("3",), names=("Fogg",)))
    'numbers 3; names Fogg; length +0.5'
    """
    parts = [
        f"{label} {', '.join(values)}"
        for label, values in (
            ("terms", found.terms),
            ("numbers", found.numbers),
            ("names", found.names),
            ("on one side only", found.unmatched),
        )
        if values
    ]
    return "; ".join([*parts, f"length {found.length:+.1f}"])
