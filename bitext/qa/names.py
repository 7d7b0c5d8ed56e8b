"""Names are spelt as they were, acronyms are the English ones, and emphasis stays."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from bitext.qa.rules import rules
from bitext.units import Issue, TranslationUnit

CAPITALS = re.compile(r"(?<![\w@#./-])[A-ZÀ-ÖØ-Þ]{2,}(?![\w-])")
NAME = re.compile(
    r"(?<![\w@#./-])[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿœ]{3,}(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿœ]+)*(?!\w|[./]\w)"
)
# The point of "M." and "Mrs." ends nothing.
SENTENCE_START = re.compile(
    r"(?:^|(?<!\bM)(?<!\bMM)(?<!\bM[rs])(?<!\bMrs)(?<!\bDr)\.|[!?:;…«“\"(–—•*-])[\s'’‘]*$"
)
# How far back to look for it, and for a title.
BACK, TITLE_BACK = 8, 50
# A word with a capital; letters of it that its derivations have, too.
PROPER = re.compile(r"(?<![\w-])[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿœ]{3,}(?![\w-])")
STEM = 4
LETTERS = re.compile(r"[^\W\d_]")
WORD = re.compile(r"[^\W\d_]+")
# Beyond, it is no sentence, and comparing every name with every other would take for ever.
LONGEST = 10_000
# A misspelt name is at least so much like the right one; "Matza" for "Matze" is 0.8.
LIKE = 0.75
# Endings that English words have otherwise: "Italie", "Catholique", "Européenne", "Officiel".
FRENCH_ENDING = re.compile(
    r"(?:ies?|iques?|istes?|ismes?|ite|aires?|eurs?|euse|ens?|ennes?|ains?|aines?|ais|aises?|ois|oises?"
    r"|tions?|in|ines?|anes?|que|ees?|ades?|oires?|ences?|ances?|age|ment|tre|bre|te|els?|elles?|ables?"
    r"|ives?|ifs?|e?s)$"
)
# In a given name of two parts they are French in English, too.
GIVEN = re.compile(r"(?:jean|marie|anne|pierre|paul|louis|charles|francois|henri|claude|andre)-")
# French and English write other alphabets by sound, and Latin endings by habit.
TRANSCRIPTIONS = (
    ("tch|tsch", "ch"), ("sch|ch", "sh"), ("dj", "j"), ("ou|oo", "u"), ("kh|ck|q|c", "k"),
    ("gu", "g"), ("[iyj]+", "i"), ("ie|ei|ee|ai|ae", "e"), ("w|ff?", "v"), ("ph", "v"),
    ("o", "u"), ("h", ""),
    ("(?:a|e|i|u|us|um|an|en|es|is|s)+$", ""),
)  # fmt: skip
# An acronym in small letters is none; emphasis falls on a word of some length.
EMPHASISED = 4
# A whole sentence that begins with a capital; one that does not, but for "iPhone" or "eBay".
OPENING = re.compile(r"[\s«“\"‘(\[–—-]*[A-ZÀ-ÖØ-Þ]\S*+\s++\S")
ENDING = re.compile(r"[.!?…](?=[\s»”\")\]]{0,9}$)")
SMALL_OPENING = re.compile(r"[\s“\"‘(\[–—-]*([a-z]{2,})(?=[\s,;:!?])")
# Places whose people and adjective begin otherwise.
DEMONYMS = {
    "France": "frenc", "Spain": "spani", "Netherlands": "dutch", "Wales": "welsh",
    "Denmark": "danis", "Switzerland": "swiss", "Poland": "polis", "Ireland": "irish",
    "Scotland": "scot", "Britain": "briti", "England": "engli", "Finland": "finni",
    "Turkey": "turki", "Sweden": "swedi", "United States": "american", "Germany": "german",
}  # fmt: skip
# A title before a name, whose bearer stays the same.
TITLED = re.compile(
    r"(?:\b(?:MM?|M[rs]s?|Dr)\.|\b(?:Mmes?|Mlles?|Mr|Mrs|Ms|Dr))\s(?:[A-ZÀ-ÖØ-Þ][\w.-]*\s){0,2}$"
)
# Days and months have one in English; "march" and "may" are words, too.
CALENDAR = re.compile(
    r"(?<![\w@#./-])(?:mon|tues|wednes|thurs|fri|satur|sun)days?(?![\w@-]|[./]\w)"
    r"|(?<![\w@#./-])(?:january|february|april|june|july|september|october|november|december)"
    r"(?![\w@-]|[./]\w)"
)
# A heading all in capitals emphasises nothing.
SHOUTED = 0.7
VOWEL = re.compile("[AEIOUYÀ-ÖØ-Ý]")


def acronyms(unit: TranslationUnit) -> Iterator[Issue]:
    """Acronyms that English has others for are not left in French: PDG is CEO."""
    left = {unit.source[a:b]: english for a, b, english in left_acronyms(unit.source, unit.target)}
    for found in CAPITALS.finditer(unit.target) if left else ():
        if english := left.get(found.group()):
            yield Issue(
                "acronyms",
                "major",
                f"{found.group()} is {english[0]} in English",
                "accuracy/untranslated",
                target_spans=(found.span(),),
                fixes=(english[0],),
            )


def left_acronyms(source: str, target: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where the source has French acronyms that stand in the target too, and the English ones."""
    left = set(CAPITALS.findall(target)) & rules().acronyms.keys()
    if not left or shouted(target) >= SHOUTED:
        return
    for found in CAPITALS.finditer(source):
        if found.group() in left:
            yield *found.span(), rules().acronyms[found.group()]


def capitals(unit: TranslationUnit) -> Iterator[Issue]:
    """A sentence begins with a capital, and a word in capitals for emphasis has them in English."""
    whole = OPENING.match(unit.source) and ENDING.search(unit.source, max(0, len(unit.source) - 10))
    small = SMALL_OPENING.match(unit.target) if whole else None
    if small:
        message, spans = f"the sentence begins with {small[1]!r}", (small.span(1),)
        fixes = (small[1].capitalize(),)
        yield Issue("capitals", "minor", message, "fluency/typography", (), spans, fixes)
    for day in CALENDAR.finditer(unit.target):
        message, spans = f"{day.group()} has a capital in English", (day.span(),)
        fixes = (day.group().capitalize(),)
        yield Issue("capitals", "minor", message, "fluency/typography", (), spans, fixes)
    words = [word for word in CAPITALS.finditer(unit.source) if emphatic(word.group())]
    if not words or not unit.target.strip() or shouted(unit.source) >= SHOUTED:
        return
    # An acronym is copied, or has an English one, or stands beside what it stands for.
    if CAPITALS.search(unit.target):
        return
    english = set(WORD.findall(unit.target.lower()))
    for word in words:
        if word.group().lower() not in english:
            yield Issue(
                "capitals",
                "minor",
                f"{word.group()} is in capitals, and nothing is in the translation",
                "fluency/typography",
                (word.span(),),
            )


def emphatic(word: str) -> bool:
    """Whether capitals may be for emphasis: UNESCO could be, SNCF could not."""
    return (
        len(word) >= EMPHASISED
        and word not in rules().acronyms
        and 2 * len(VOWEL.findall(word)) >= len(word) - 2
        and not re.search("[AEIOUY]{3}", word)
    )


def shouted(text: str) -> float:
    """The share of a text's letters that are capitals."""
    letters: list[str] = LETTERS.findall(text)
    return sum(letter.isupper() for letter in letters) / (len(letters) or 1)


def names(unit: TranslationUnit) -> Iterator[Issue]:
    """Names keep their spelling, and none becomes another."""
    if len(unit.source) + len(unit.target) <= LONGEST:
        yield from exchanged(unit, "places")
        yield from exchanged(unit, "acronyms")
    wanted = {plain(m.group()): m for m in NAME.finditer(unit.source) if inner(unit.source, m)}
    if not wanted or max(len(unit.source), len(unit.target)) > LONGEST:
        return
    target = plain(unit.target)
    source = plain(unit.source)
    lost = {
        name: found
        for name, found in wanted.items()
        if not stands(name, target) and (own_spelling(name) or has_title(unit.source, found))
    }
    if not lost:
        return
    new = [
        m
        for m in NAME.finditer(unit.target)
        if plain(m.group()).removesuffix("s") not in source and inner(unit.target, m)
    ]
    alone = len(lost) == 1 and len(new) == 1
    for name, found in lost.items():
        titled = alone and has_title(unit.source, found)
        for other in new:
            now = plain(other.group())
            another = titled and has_title(unit.target, other)
            if (own_spelling(name) and misspelt(name, now)) or (
                another and transcribed(name) != transcribed(now)
            ):
                yield Issue(
                    "names",
                    "minor",
                    f"{found.group()} is spelt {other.group()}",
                    "accuracy/mistranslation",
                    (found.span(),),
                    (other.span(),),
                    (found.group(),),
                )
                break


def exchanged(unit: TranslationUnit, kind: Literal["places", "acronyms"]) -> Iterator[Issue]:
    """A country or an institution of the source that has become another."""
    pattern, english = (PROPER, places()) if kind == "places" else (CAPITALS, rules().acronyms)
    source = {m.group(): m for m in pattern.finditer(unit.source)}
    target = {m.group(): m for m in pattern.finditer(unit.target)}
    here = [name for name in source if name in english]
    if not here:
        return
    ours = {one for name in here for one in english[name]} | source.keys()
    known = french_of(kind)
    gained = [
        name
        for name in target
        if name in known and name not in ours and not hinted(kind, name, known[name], unit.source)
    ]
    if len(gained) != 1:
        return
    rest = unit.target.replace(gained[0], "")
    lost = [
        name
        for name in here
        if not {name, *english[name]} & target.keys()
        and not any(hinted(kind, one, (name,), rest) for one in english[name])
    ]
    if len(lost) == 1:
        was, now = source[lost[0]], target[gained[0]]
        message = f"{was.group()} has become {now.group()}"
        spans = (was.span(),), (now.span(),)
        fixes = english[lost[0]][:1]
        yield Issue("names", "major", message, "accuracy/mistranslation", *spans, fixes)


def hinted(kind: str, name: str, others: Iterable[str], text: str) -> bool:
    """Whether a text may speak of it in other words: the French, for France; United Nations."""
    low = plain(text)
    if kind == "places":
        stems = {plain(one)[:STEM] for one in (name, *others)}
        return any(stem in low for stem in stems) or DEMONYMS.get(name, low + "?") in low
    return any(re.search(initials(one), text) for one in (name, *others))


@cache
def initials(acronym: str) -> str:
    """A pattern for words that an acronym may stand for: "Union européenne", small ones between."""
    first, rest = acronym[0], acronym[1:]
    words = (rf"\b{first}\w*", *(rf"\b[{letter}{letter.lower()}]\w*" for letter in rest))
    return r"\W+(?:\w+\W+){0,2}?".join(words)


@cache
def places() -> Mapping[str, tuple[str, ...]]:
    return {french: (english,) for french, english in rules().places.items()}


@cache
def french_of(kind: str) -> Mapping[str, tuple[str, ...]]:
    """For each English name the French ones."""
    found: dict[str, tuple[str, ...]] = {}
    for french, all_english in (places() if kind == "places" else rules().acronyms).items():
        for english in all_english:
            found[english] = (*found.get(english, ()), french)
    return found


def stands(name: str, text: str) -> bool:
    """Whether a name is in a text: more than its letters, as "Rodd" is in "Roddd"."""
    return name in text and re.search(rf"(?<!\w){name}(?!{name[-1]}(?!\w))", text) is not None


def has_title(text: str, name: re.Match[str]) -> bool:
    return TITLED.search(text, max(0, name.start() - TITLE_BACK), name.start()) is not None


def inner(text: str, found: re.Match[str]) -> bool:
    """Whether the capital is a name's, not that of a sentence."""
    return not SENTENCE_START.search(text, max(0, found.start() - BACK), found.start())


def own_spelling(name: str) -> bool:
    """Whether a name is likely to be spelt in English as it is in French."""
    return name not in french_names() and (
        GIVEN.match(name) is not None or not FRENCH_ENDING.search(name)
    )


def misspelt(name: str, other: str) -> bool:
    """Whether one may be the other with a letter or two wrong."""
    if name[0] != other[0] or other in english_names():
        return False
    if other.startswith(name) and other != name + name[-1]:
        return False
    if transcribed(name) == transcribed(other):
        return False
    return SequenceMatcher(None, name, other, autojunk=False).ratio() >= LIKE


def transcribed(name: str) -> str:
    """
    What is left of a name when the ways of writing Russian, Arabic or Latin ones are levelled.

    >>> transcribed("terechkova") == transcribed("tereshkova")
    True
    """
    for french, english in TRANSCRIPTIONS:
        name = re.sub(french, english, name)
    return name


def plain(text: str) -> str:
    """Small letters without accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("œ", "oe")


@cache
def french_names() -> frozenset[str]:
    return frozenset(plain(name) for name in rules().exonyms)


@cache
def english_names() -> frozenset[str]:
    return frozenset(plain(name) for name in rules().exonyms.values())
