"""What is wrong with two documents as a pair: swapped, in one language, unlike in length."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from textwrap import shorten

from bitext.pairing.flags import UNSURE
from bitext.units import Bead

WORD = re.compile(r"[^\W\d_]+")
# The commonest words of each language that are no words of the other.
COMMON = {
    "French": frozenset(
        "le la les des du de et est un une que qui dans pour pas sur il elle nous vous ce cette "
        "avec au aux son sa ses par ne se était être mais ou où".split()
    ),
    "English": frozenset(
        "the of and to is was that it he she for with his her at be this have from not but which "
        "they by were are had would an there their what".split()
    ),
}
# Words looked at, and how many common ones must be among them to say anything.
LOOKED_AT, LEAST = 2_000, 10
# One side so many times as long as the other is no translation of it.
LOPSIDED = 5
# So many unsure beads in a row tell of a chapter that one text has not. In whole novels there are
# 8 at most, in novels without some hundred sentences of a side 26 or more (without a model).
STRAY = 12
# Characters of a sentence that are shown.
SHOWN = 40


def language(text: str) -> str:
    """
    French, English, or "" where the common words do not say.

    >>> language("Le chat est sur la table et le chien dans la maison avec les enfants.")
    'French'
    """
    counts = dict.fromkeys(COMMON, 0)
    for number, word in enumerate(WORD.finditer(text)):
        if number == LOOKED_AT:
            break
        for name, common in COMMON.items():
            counts[name] += word.group().lower() in common
    first, second = sorted(counts, key=lambda name: counts[name], reverse=True)
    return first if counts[first] >= max(LEAST, 2 * counts[second]) else ""


def doubts(source: str, target: str, names: tuple[str, str]) -> Iterator[str]:
    """A sentence for each thing that makes the pair an unlikely one."""
    found = language(source), language(target)
    if found == ("English", "French"):
        yield f"{names[0]} looks English and {names[1]} French; the French text comes first"
    elif found[0] and found[0] == found[1]:
        yield f"{names[0]} and {names[1]} both look {found[0]}; is one the wrong file?"
    long, short = max(len(source), len(target)), max(min(len(source), len(target)), 1)
    if long > LOPSIDED * short:
        which = names[len(target) > len(source)]
        yield f"{which} is {long // short} times as long as the other; most of it stays alone"


def strayed(beads: Sequence[Bead], source: Sequence[str], names: tuple[str, str]) -> Iterator[str]:
    """A sentence where too many beads in a row are unsure; `source` are the sentences."""
    runs = [list(run) for unsure, run in groupby(beads, key=is_unsure) if unsure]
    long = [run for run in runs if len(run) >= STRAY]
    if long:
        first = next((n for bead in long[0] for n in bead.source), 0)
        start = shorten(source[first], SHOWN, placeholder=" …")
        yield (
            f"{sum(map(len, long))} beads fit badly, many in a row, from {start!r} in {names[0]} "
            f"on; has {names[1]} other chapters?"
        )


def is_unsure(bead: Bead) -> bool:
    return not bead.locked and (bead.confidence or 0.0) < UNSURE
