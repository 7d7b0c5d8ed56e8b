"""Split English text into sentences: after . ! ? …, unless what stands around forbids it."""

import re
from collections.abc import Iterator

from bitext.segment.marks import (
    CLOSING,
    FIRST_WORD,
    NEAR,
    NUMBERED,
    inside_brackets,
    last_word,
    sentences,
)

# Never the end of a sentence: a name follows. They need their capital.
TITLES = frozenset(
    "Mr Mrs Ms Messrs Mmes Dr Drs Prof Profs Rev Revd Fr Hon Gen Col Maj Capt Cpt Lt Sgt Cpl Cmdr "
    "Adm Gov Sen Sens Rep Reps Pres Supt Insp Det St Ste Sts Mt Ft Pt Pvt Amb Archbp Bp Mme Mlle M"
    " Mgr".split()
)
# Nor are these, which announce something.
ANNOUNCING = frozenset("cf vs v viz i.e e.g eg ie esp incl approx ca".split())
# The end of a sentence unless a number (Arabic or Roman) or a letter follows.
BEFORE_NUMBERS = frozenset(
    "no nos p pp vol vols ch chap chaps fig figs sec secs sect art arts para paras eq eqs ed eds "
    "jan feb mar apr jun jul aug sep sept oct nov dec tel ext app pt pts bk op ver c".split()
)
# "Vol. I of three", but "No. I know."
NUMBER = re.compile(r"\d|(?!I\s(?!of\b)[a-z]|I['’])[A-Z]\b(?!['’-])|[IVXLCDM]{2,}\b(?!['’])")
# The end of a sentence only if a word follows that begins sentences.
OFTEN_INSIDE = frozenset(
    "etc inc ltd corp co cos bros jr sr esq dept univ assn ave blvd rd sq bldg apt mts est al "
    "ibid a.m p.m ph.d b.c a.d m.d b.a m.a a.k.a d.c u.s u.k u.n e.u u.s.a u.s.s.r".split()
)
STARTERS = frozenset(
    "the a an this that these those there here he she it we they you i my your his her its our "
    "their and but or nor so yet if when while as although though because since until after "
    "before in on at by for from with without to of what who whom whose which where why how "
    "no not yes well oh then now today yesterday tomorrow meanwhile however therefore thus "
    "moreover some many most all both each every another one other others such even still "
    "just only perhaps maybe once again also according despite during under over about let "
    "do does did is are was were has have had can could will would shall should may might "
    "must never nobody nothing everyone everything someone something".split()
)
# "J. P", "U.S", "i.e": letters and points; the last point is the mark.
ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+[^\W\d_]{1,2}")
# Before the pronoun "I" at the end of a sentence stands no name.
PRONOUN = re.compile(r"(?:^|\s)[a-z]+,?\sI$")
# What a speech tag is made of, after a question or a cry in quotes: “Why?” I asked.
TAG = re.compile(
    r"\W*+(?:I|We|[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,2})\s(?:\w+ly\s)?(?:said|says|asked|asks|cried|"
    r"cries|replied|replies|answered|shouted|exclaimed|whispered|murmured|muttered|wondered|"
    r"thought|added|inquired|enquired|demanded|screamed|yelled|called|sighed|began|continued)\b"
)
CLOSED = re.compile(rf"[!?]+{CLOSING}+$")


def spans(text: str) -> Iterator[tuple[int, int]]:
    """
    Yield the (start, end) of each sentence of English text.

    >>> text = "Mr. Fogg left at 8 p.m. on Oct. 2. “Why?” he was asked. He had bet $20,000."
    >>> [text[start:end] for start, end in spans(text)][1:]
    ['“Why?” he was asked.', 'He had bet $20,000.']
    """
    return sentences(text, ends_sentence)


def ends_sentence(text: str, start: int, mark: re.Match[str], following: int) -> bool:
    """Whether a mark ends the sentence that began at `start`; the next would be at `following`."""
    if mark.group() == ".)":
        return not inside_brackets(text, start, mark.start()) or starts_sentence(text, following)
    if CLOSED.match(mark.group()) and TAG.match(text, following):
        return False
    if mark.group() != ".":
        return True
    before = text[max(start, mark.start() - NEAR) : mark.start()]
    word = last_word(before)
    low = word.lower()
    if word in TITLES or low in ANNOUNCING:
        return False
    if mark.start() - start < 8 and NUMBERED.match(before) and word != "I":
        return False
    if low in BEFORE_NUMBERS and len(word) > (word != low):
        return not NUMBER.match(text, following)
    if word == "I" and PRONOUN.search(before):
        return True
    single = len(word) == 1 and word.isupper()
    if low in OFTEN_INSIDE or single or ACRONYM.fullmatch(word):
        return starts_sentence(text, following)
    return True


def starts_sentence(text: str, at: int) -> bool:
    """Whether the word at `at` is one that sentences begin with."""
    found = FIRST_WORD.match(text, at)
    if found is None:
        return False
    word = found[1]
    # "A. Smith" and "I. Newton" go on with an initial.
    return word.lower() in STARTERS and not text.startswith(".", found.end(1))
