"""Split French text into sentences: after . ! ? …, unless what stands around forbids it."""

import re
from collections.abc import Iterator

from bitext.segment.marks import (
    FIRST_WORD,
    NEAR,
    NUMBERED,
    inside_brackets,
    last_word,
    sentences,
)

# Never the end of a sentence: a name follows. Those of the first set need their capital,
# for "m." is a metre and "ms." a thousandth of a second.
TITLES = frozenset("M MM Mr Mrs Ms Me Mes Pr".split())
ANY_CASE_TITLES = frozenset("mme mmes mlle mlles mgr dr drs st ste sts stes".split())
# Nor are these, which announce something.
ANNOUNCING = frozenset("cf vs i.e e.g p.ex".split())
FOR_EXAMPLE = re.compile(r"(?<!\w)(?:p\.|par)\sex$", re.IGNORECASE)
# The end of a sentence unless a number (Arabic or Roman) or a letter follows.
BEFORE_NUMBERS = frozenset(
    "art al p pp vol chap ch fig n no nos num t tab ann sect § par §§ h janv févr fév avr juil "
    "sept oct nov déc tél réf réfs env".split()
)
NUMBER = re.compile(r"\d|[IVXLCDM]+\b(?!['’])|[A-Z]\b(?!['’-])")
# The end of a sentence only if a word follows that begins sentences.
OFTEN_INSIDE = frozenset(
    "ex av ap apr inc ltd corp co cie jr éd ed coll trad dir bd max sté ets dép adj op cit ibid "
    "prof col cap cdt cne gal lt sgt sr fr vve".split()
)
GIVEN_NAMES = frozenset("Ch Chr Ph Th".split())
STARTERS = frozenset(
    "le la les l un une des du de d il elle ils elles on nous vous je j tu ce c cet cette ces "
    "mon ma mes son sa ses notre nos votre vos leur leurs et mais ou or donc car ni en dans à au "
    "aux pour par sur sous avec sans si s quand lorsque lorsqu puis alors ainsi aussi enfin "
    "ensuite cependant pourtant toutefois comme depuis après avant pendant selon qui que qu quoi "
    "quel quelle où comment pourquoi combien tout tous toute toutes aucun aucune chaque plusieurs "
    "certains certaines voici voilà ici là hier demain plus moins non oui y ne n bref".split()
)
# "U.S.A", "J.-P", "i.e": letters and points; the last point is the mark.
ACRONYM = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]|.*-[A-ZÀ-Þ]")
ERA = re.compile(r"(?:av|ap|apr|avant|après)\.?\sJ\.-C$", re.IGNORECASE)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """
    Yield the (start, end) of each sentence of French text.

    >>> text = "M. Dupont est né en 1900. « Il est mort ! » dit-elle."
    >>> [text[start:end] for start, end in spans(text)]
    ['M. Dupont est né en 1900.', '« Il est mort ! » dit-elle.']
    """
    return sentences(text, ends_sentence)


def ends_sentence(text: str, start: int, mark: re.Match[str], following: int) -> bool:
    """Whether a mark ends the sentence that began at `start`; the next would be at `following`."""
    if mark.group() == ".)":
        return not inside_brackets(text, start, mark.start()) or starts_sentence(text, following)
    if mark.group() != ".":
        return True
    before = text[max(start, mark.start() - NEAR) : mark.start()]
    word = last_word(before)
    low = word.lower()
    if word in TITLES or low in ANY_CASE_TITLES or low in ANNOUNCING:
        return False
    if mark.start() - start < 8 and NUMBERED.match(before):
        return False
    if low == "ex" and FOR_EXAMPLE.search(before):
        return False
    if low in BEFORE_NUMBERS and word not in GIVEN_NAMES and (low == word or len(word) > 1):
        return not NUMBER.match(text, following)
    if word == "J.-C" and ERA.search(before):
        return True
    often = low in OFTEN_INSIDE or word in GIVEN_NAMES
    if often or (len(word) == 1 and word.isupper()) or ACRONYM.fullmatch(word):
        return starts_sentence(text, following)
    return True


def starts_sentence(text: str, at: int) -> bool:
    """Whether the word at `at` is one that sentences begin with."""
    found = FIRST_WORD.match(text, at)
    if found is None:
        return False
    word, elided = found.groups()
    # One letter is an initial ("J. Dupont"), but for "L’", "À" and "Y".
    return word.lower() in STARTERS and (len(word) > 1 or bool(elided) or word in "ÀY")
