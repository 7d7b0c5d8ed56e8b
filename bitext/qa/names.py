"""Names are spelt as they were, acronyms are the English ones, and emphasis stays."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache

from bitext.qa.exchanges import CAPITALS, exchanges
from bitext.qa.plain import plain
from bitext.qa.rules import rules
from bitext.units import Issue, TranslationUnit

NAME = re.compile(
    r"(?<![\w@#./-])[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿœ]{3,}(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿœ]+)*(?!\w|[./]\w)"
)
# The point of "M." and "Mrs." ends nothing.
SENTENCE_START = re.compile(
    r"(?:^|(?<!\bM)(?<!\bMM)(?<!\bM[rs])(?<!\bMrs)(?<!\bDr)\.|[!?:;…«“\"(–—•*-])[\s'’‘]*$"
)
# How far back to look for it, and for a title.
BACK, TITLE_BACK = 8, 50
LETTERS = re.compile(r"[^\W\d_]")
WORD = re.compile(r"[^\W\d_]+")
# Beyond, it is no sentence, and comparing every name with every other would take for ever.
LONGEST = 10_000
# A misspelt name is at least so much like the right one; "Matza" for "Matze" is 0.8.
LIKE = 0.75
# Another name than the right one is at most so much like it.
UNLIKE = 0.6
# A given name and what follows it.
FULL = re.compile(
    r"(?<![\w-])([A-ZÀ-ÖØ-Þ][a-zà-öø-ÿœ]+(?:-[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿœ]+)?)"
    r"(?=\s([A-ZÀ-ÖØ-Þ][a-zà-öø-ÿœ]{2,})(?![\w-]))"
)
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
        yield from exchanges(unit)
        yield from renamed(unit)
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


def renamed(unit: TranslationUnit) -> Iterator[Issue]:
    """A surname that has become another, behind a given name that stays."""
    given = given_names()
    full = {m[1]: m for m in FULL.finditer(unit.source) if m[1].split("-")[0] in given}
    for now in FULL.finditer(unit.target) if full else ():
        was = full.get(now[1])
        if not was or now[2] in unit.source or plain(was[2]) in plain(unit.target):
            continue
        if plain(was[2]) not in french_names() and unlike(plain(was[2]), plain(now[2])):
            spans = (was.span(2),), (now.span(2),)
            message = f"{was[1]} {was[2]} has become {now[1]} {now[2]}"
            fixes = (was[2],)
            yield Issue("names", "major", message, "accuracy/mistranslation", *spans, fixes)


def unlike(name: str, other: str) -> bool:
    """Whether two names are too different to be one that is spelt otherwise."""
    ratio = SequenceMatcher(None, transcribed(name), transcribed(other), autojunk=False).ratio()
    return ratio < UNLIKE


@cache
def given_names() -> frozenset[str]:
    return frozenset(rules().women + rules().men)


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


@cache
def french_names() -> frozenset[str]:
    return frozenset(plain(name) for name in rules().exonyms)


@cache
def english_names() -> frozenset[str]:
    return frozenset(plain(name) for name in rules().exonyms.values())
