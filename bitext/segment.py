"""
Split French text into sentences: after . ! ? … unless what stands before or after forbids it.

Only spans are given, so no character is ever lost. A closing quote or bracket belongs to the
sentence it closes, even after a space; a stray mark (" .") belongs to the sentence before it.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from bitext.units import Document, Drop, Segment

# Marks without a width, which a web page leaves between any two characters.
UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
CLOSING = rf"[»›”’\")\]\u00b9\u00b2\u00b3\u2070-\u2079{UNSEEN}]"
# Pictures and their joiners, which follow the sentence they comment on.
PICTURE = r"[\u2600-\u27bf\U0001f000-\U0001faff\u200d\ufe0f]"

MARK = re.compile(
    rf"""
    [.!?…]++
    (?: {CLOSING}                                # closed at once
      | \[\d{{1,3}}\]                            # the number of a note
      | \s*+ [»›)\]”]                            # closed after the French space
      | \s*+ {PICTURE}
      | \s++ [.!?…]++ (?= \s | {CLOSING} | $ )   # a stray mark
      | [.!?…]
    )*+
    """,
    re.VERBOSE,
)
# What a sentence may begin with: quotes, brackets, dashes, bullets, then a capital or a digit.
# After # or @ any letter will do, since the case of a handle says nothing.
OPENING = re.compile(rf"\s++(?=(?:[«‹“‘„\"'(\[¿¡–—•●▪‣*{UNSEEN}-]\s*+)*+([#@]?)(\w))")
# A straight quote between spaces, which opens or closes.
LOOSE_QUOTE = re.compile(r'\s*+"(?=\s|$)')
WORD = re.compile(r"\w")

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
# A number or letter that opens a heading or an item: "2.1.", "IV.", "B."
NUMBERED = re.compile(r"\W*(?:\d{1,3}|[IVXLC]{1,6}|[A-Za-z])(?:\.\d{1,3})*\.?$")
# "U.S.A", "J.-P", "i.e": letters and points; the last point is the mark.
ACRONYM = re.compile(r"(?:[^\W\d_]\.-?)+[^\W\d_]|.*-[A-ZÀ-Þ]")
ERA = re.compile(r"(?:av|ap|apr|avant|après)\.?\sJ\.-C$", re.IGNORECASE)
LAST_WORD = re.compile(r"(?<![^\W_])(?:[^\W_]+(?:\.-|[.-]))*+[^\W_]+$|§+$")
FIRST_WORD = re.compile(rf"[«‹“‘„\"'(\[–—•{UNSEEN}\s-]*+([^\W\d_]+)(['’]?)")
# As far as one looks back for the words that decide.
NEAR = 40


def split(document: Document) -> Iterator[Segment]:
    """Every sentence of a document that no drop covers, in order."""
    drops = defaultdict[int, list[Drop]](list)
    for drop in document.drops:
        drops[drop.paragraph].append(drop)
    for number, paragraph in enumerate(document.paragraphs):
        for begin, end in kept(paragraph, drops.get(number, ())):
            for start, stop in spans(paragraph[begin:end]):
                text = paragraph[begin + start : begin + stop]
                yield Segment(number, begin + start, begin + stop, text)


def kept(paragraph: str, drops: Iterable[Drop]) -> Iterator[tuple[int, int]]:
    """The stretches of a paragraph that none of its drops covers."""
    at = 0
    for drop in drops:
        yield at, drop.start
        at = drop.end
    yield at, len(paragraph)


def spans(text: str) -> Iterator[tuple[int, int]]:
    """
    Yield the (start, end) of each sentence of French text.

    >>> text = "M. Dupont est né en 1900. « Il est mort ! » dit-elle."
    >>> [text[start:end] for start, end in spans(text)]
    ['M. Dupont est né en 1900.', '« Il est mort ! » dit-elle.']
    """
    start = len(text) - len(text.lstrip())
    quotes = counted = 0
    for mark in MARK.finditer(text):
        after = mark.end()
        quotes += text.count('"', counted, after)
        counted = after
        if quotes % 2 and (loose := LOOSE_QUOTE.match(text, after)):
            after = loose.end()
        opening = OPENING.match(text, after)
        if not opening or (opening[2].islower() and not opening[1]):
            continue
        # A mark before the first word ends nothing: "… Il part."
        if ends_sentence(text, start, mark, opening.end()) and WORD.search(text, start, after):
            yield start, after
            start = opening.end()
    end = len(text.rstrip())
    if start < end:
        yield start, end


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


def last_word(text: str) -> str:
    """
    The word at the end of a text, with the points inside it.

    >>> [last_word(t) for t in ("av. J.-C", "« (cf", "23", "oui »")]
    ['J.-C', 'cf', '23', '']
    """
    found = LAST_WORD.search(text, max(text.rfind(" "), text.rfind("\u00a0")) + 1)
    return found.group() if found else ""


def inside_brackets(text: str, start: int, at: int) -> bool:
    """Whether a bracket that opened within the sentence, and not at its head, holds `at`."""
    opened = text.rfind("(", max(start, at - 5 * NEAR), at)
    return opened > start and bool(WORD.search(text, start, opened))


def starts_sentence(text: str, at: int) -> bool:
    """Whether the word at `at` is one that sentences begin with."""
    found = FIRST_WORD.match(text, at)
    if found is None:
        return False
    word, elided = found.groups()
    # One letter is an initial ("J. Dupont"), but for "L’", "À" and "Y".
    return word.lower() in STARTERS and (len(word) > 1 or bool(elided) or word in "ÀY")
