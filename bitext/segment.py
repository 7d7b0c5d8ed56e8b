"""
Split French text into sentences: after . ! ? … unless what stands before or after forbids it.

Only spans are given, so no character is ever lost. A closing quote or bracket belongs to the
sentence it closes, even after a space; a stray mark (" .") belongs to the sentence before it.
"""

import re
from collections.abc import Iterator

from bitext.units import Document, Segment

SPACE = r"[\s\u00a0\u202f]"
CLOSING = r"[»›”’\")\]\u00b9\u00b2\u00b3\u2070-\u2079]"
# Pictures and their joiners, which follow the sentence they comment on.
PICTURE = r"[\u2600-\u27bf\U0001f000-\U0001faff\u200d\ufe0f]"

MARK = re.compile(
    rf"""
    [.!?…]++
    (?: {CLOSING}                                        # closed at once
      | {SPACE}*+ [»›)\]”]                               # or after the French space
      | {SPACE}*+ {PICTURE}
      | {SPACE}++ [.!?…]++ (?= {SPACE} | {CLOSING} | $ ) # a stray mark
      | [.!?…]
    )*+
    """,
    re.VERBOSE,
)
# What a sentence may begin with: quotes, brackets, dashes, then a capital, a digit, # or @.
OPENING = re.compile(rf"{SPACE}++(?=(?:[«‹“‘\"'(\[–—-]{SPACE}*+)*+[#@]?[^\W_a-zß-öø-ÿœ]|{PICTURE})")

# Never the end of a sentence: a name follows.
TITLES = frozenset(
    "m mm mme mmes mlle mlles mgr me mes dr drs pr prof st ste sts stes gal cdt cne lt col sgt "
    "mr mrs ms sr fr vve".split()
)
# The end of a sentence unless a number (Arabic or Roman) follows.
BEFORE_NUMBERS = frozenset(
    "art al p pp vol chap ch fig n no nos num t tab ann éd ed sect § par §§ janv févr fév avr "
    "juil sept oct nov déc tél réf réfs env".split()
)
# The end of a sentence only if a word follows that begins sentences.
OFTEN_INSIDE = frozenset(
    "cf ex av ap apr etc inc ltd corp co cie jr vs hab coll trad dir bd av fg min max sté ets "
    "dép adj op cit ibid i.e e.g".split()
)
STARTERS = frozenset(
    "le la les l un une des du de d il elle ils elles on nous vous je j tu ce c cet cette ces "
    "mon ma mes son sa ses notre nos votre vos leur leurs et mais ou or donc car ni en dans à au "
    "aux pour par sur sous avec sans si s quand lorsque lorsqu puis alors ainsi aussi enfin "
    "ensuite cependant pourtant toutefois comme depuis après avant pendant selon qui que qu quoi "
    "quel quelle où comment pourquoi combien tout tous toute toutes aucun aucune chaque plusieurs "
    "certains certaines voici voilà ici là hier demain plus moins non oui y ne n bref".split()
)
NUMBERED = re.compile(r"\W*(?:\d{1,3}|[IVXLC]{1,6}|[A-Za-z])(?:\.\d{1,3})*\.?$")
ROMAN_OR_DIGIT = re.compile(rf"{SPACE}*(?:\d|[IVXLC]+\b)")
LAST_WORD = re.compile(r"(?:[^\W\d_]+[.-])*[^\W_]+$|§+$")
FIRST_WORD = re.compile(r"[^\W\d_]+")


def split(document: Document) -> Iterator[Segment]:
    """Every sentence of a document that no drop covers, in order."""
    for number, paragraph in enumerate(document.paragraphs):
        for begin, end in kept(document, number):
            for start, stop in spans(paragraph[begin:end]):
                text = paragraph[begin + start : begin + stop]
                yield Segment(number, begin + start, begin + stop, text)


def kept(document: Document, paragraph: int) -> Iterator[tuple[int, int]]:
    """The stretches of a paragraph that no drop covers."""
    at = 0
    for drop in document.drops:
        if drop.paragraph == paragraph:
            yield at, drop.start
            at = drop.end
    yield at, len(document.paragraphs[paragraph])


def spans(text: str) -> Iterator[tuple[int, int]]:
    """
    Yield the (start, end) of each sentence of French text.

    >>> text = "M. Dupont est né en 1900. « Il est mort ! » dit-elle."
    >>> [text[start:end] for start, end in spans(text)]
    ['M. Dupont est né en 1900.', '« Il est mort ! » dit-elle.']
    """
    start = skip_space(text, 0)
    for mark in MARK.finditer(text):
        if mark.end() <= start:
            continue
        opening = OPENING.match(text, mark.end())
        if opening and ends_sentence(text, start, mark.start(), mark.end(), opening.end()):
            yield start, mark.end()
            start = skip_space(text, opening.end())
    end = len(text.rstrip())
    if start < end:
        yield start, end


def skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def ends_sentence(text: str, start: int, mark: int, after: int, following: int) -> bool:
    """Whether the mark at mark:after ends the sentence that began at `start`."""
    if text[mark:after] != ".":
        return True
    before = text[max(start, mark - 40) : mark]
    found = LAST_WORD.search(before)
    word = found.group() if found else ""
    low = word.lower()
    if mark - start < 8 and NUMBERED.match(text[start:mark]):
        return False
    if low in TITLES:
        # "M. Dupont", but "le 3 m. Il" does not occur in prose: a title never ends a sentence.
        return False
    if low in BEFORE_NUMBERS:
        return not ROMAN_OR_DIGIT.match(text, following)
    initial = len(word) == 1 and word.isalpha() and word.isupper()
    acronym = "." in word or bool(re.search(r"-[A-ZÀ-Þ]$", word))
    if initial or acronym or low in OFTEN_INSIDE:
        return starts_sentence(text, following)
    return True


def starts_sentence(text: str, at: int) -> bool:
    """Whether the word after `at` is one that sentences begin with."""
    word = FIRST_WORD.search(text, at)
    return word is not None and word.group().lower() in STARTERS
