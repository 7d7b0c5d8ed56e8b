"""
Capitals without their accents, as French headlines have them: «RESEAUX SOCIAUX», «l’Etat».

Accents tell words apart («marche», «marché»), so that only capitals may lack them.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from bitext.glossary.spelling import Spelling, Token

MARKS = re.compile("[\u0300-\u036f]")
# How sure a single word is that has an accent less somewhere within.
UNSURE = 0.5


@lru_cache(maxsize=1 << 17)
def bare(word: str) -> str:
    """
    >>> bare("réseau")
    'reseau'
    """
    return word if word.isascii() else MARKS.sub("", unicodedata.normalize("NFD", word))


def mended(
    text: str, row: Sequence[Token], places: Sequence[int], spelt: Spelling
) -> tuple[list[Token], float] | None:
    """
    The row with the term's accents on its words at `places`, and how sure that is.

    None if they lack no accents, or others than capitals may lack.
    """
    result = list(row)
    sure = 1.0
    for at, listed, reduced in zip(places, spelt.counted, spelt.stems, strict=True):
        token = row[at]
        if token.stem == reduced:
            continue
        if not lacks(text[token.start : token.end], token.stem, reduced):
            return None
        word = listed if bare(listed) == token.word else token.word
        result[at] = token._replace(word=word, stem=reduced)
        if len(places) == 1 and token.stem[1:] != reduced[1:]:
            sure = UNSURE
    return (result, sure) if result != list(row) else None


def lacks(surface: str, written: str, listed: str) -> bool:
    """Whether capitals lack the accents of a word: all of them, or the first letter its own."""
    if bare(written) != bare(listed) or not surface.isascii():
        return False
    return (surface.isupper() and len(surface) > 1) or (
        surface[0].isupper() and written[1:] == listed[1:]
    )
