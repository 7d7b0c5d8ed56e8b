"""
The checks' tables for the page, which runs them again on what a reviewer writes.

Words, patterns and limits are those of `bitext.qa` itself; the page's scripts hold only the
steps (`script/qa-*.js`). A table of pairs in the tests holds both to the same flags.
"""

import dataclasses
import re
from importlib import import_module
from typing import Any

from bitext import addresses, qa
from bitext.glossary import variants
from bitext.qa import rules
from bitext.qa.calendar import english_pattern, french_pattern
from bitext.qa.exchanges import kinds
from bitext.qa.gender import genders
from bitext.qa.opposites import words
from bitext.review.patterns import browser
from bitext.units import REVIEWER, SURE

# What the scripts use of each module. A name that is gone stops the build.
MODULES = {
    "english": (
        "WORDS SCALES UNITS HINTS TOKEN HALF PAST CLOCK_WORD SHORT_SCALES SHORT_SCALE DECADE "
        "IDIOMS MILITARY SCALED TOLD TOLD_MINUTES TOLD_BEFORE BACK"
    ),
    "french": (
        "WORDS AND_ONE SCALES UNITS HINTS TOKEN IDIOMS PLURAL FIRST_OF HALF HOURS HUNDREDTHS ADDED "
        "DOTTED_MINUTE DECADE FINALS FORTNIGHT DURATION PARTS_OF "
        "DAYS OTHERS HALF_MORE HALF_SIZES MONEY SHORT_SCALES SHORT_SCALE SCALED"
    ),
    "quantities": "SPACES GROUPED SIMPLE LONGEST ROMAN ROMAN_DIGITS ROMAN_STEPS",
    "calendar": "DOUBTFUL DATED_BEFORE DATED_AFTER NIGHT SHORT",
    "characters": "ILLEGAL MOJIBAKE EMOJI",
    "measures": "SCALES AMOUNT HINT PART PARTS FEET FOOT ROUNDED EXACT MOST PLAIN BETWEEN",
    "names": (
        "CAPITALS NAME SENTENCE_START BACK LETTERS WORD LONGEST LIKE FRENCH_ENDING TRANSCRIPTIONS "
        "EMPHASISED SHOUTED VOWEL OPENING SMALL_OPENING ENDING "
        "CALENDAR GIVEN TITLED TITLE_BACK FULL UNLIKE"
    ),
    "exchanges": "STEM DEMONYMS KINDS",
    "spacing": "BEFORE_MARK INSIDE TWO HINT APART RUN_ON RUN_TOGETHER WRONG_SIDE ADDRESS",
    "reader": "DIGIT WORD ROMAN_ORDINAL SEPARATORS RANGE SENTENCE_START MONTH_NUMBERS",
    "placeholders": "PLACEHOLDER TAG MESSAGE",
    "numbers": (
        "IGNORED CODE NUMERAL LONG_CODE FEWEST_DIGITS TWO FRENCH_FIGURES DOTTED GROUPED "
        "NINE_ELEVEN WHOLLY LAST_DAY YEAR_END"
    ),
    "length": (
        "RATIO TOO_SHORT TOO_LONG SHORT FEWER SENTENCE_END FEWEST_WORDS LETTER_OR_DIGIT CUT_OFF "
        "CLOSING BRIEF PER_CHARACTER"
    ),
    "marks": (
        "LOCALE EXACT BRACKETS ANY_BRACKET QUOTES DOUBLE_QUOTE ANY_QUOTE GUILLEMET "
        "SPEECH INCHES TAIL ABBREVIATION SOFT DOUBLED"
    ),
    "polarity": (
        "NEGATION NEGATIVE DENYING DENIED UNDENIED TWICE_DENIED NO_MORE ENDED ORDER PLAINLY "
        "ORDER_STARTS WITHOUT WITH EXCEEDING LIMITED BARE SPOKEN FORBIDDING "
        "ALLOWING FORBIDDEN"
    ),
    "opposites": "DENIED_SOURCE DENIED_TARGET LONGEST",
    "swaps": "FROM_TO PATTERNS ARTICLES",
    "words": (
        "WORD GAP QUOTED BRACKETED WEAK STRONG SENTENCE ROADS COMMANDS TAG ENGLISH BORROWED "
        "TELLING ACCENTED LOANS ROUND TWICE DOUBLE FOUR_TIMES SPOKEN SINGLE LATIN PLACE NEAR "
        "ELIDED APOSTROPHES"
    ),
    "languages": "LANGUAGES LETTERS PLAIN FEWEST FOR_EACH SCRIPT LETTER",
    "terms": "OTHER_NUMBER PERSONS COMPOUND NO_MEN",
    "addresses": "ADDRESSED LINK HANDLE",
}


def tables() -> dict[str, Any]:
    """Every table, as JSON can say it; patterns are pairs of source and flags."""
    found: dict[str, Any] = {}
    for name, keys in MODULES.items():
        module = addresses if name == "addresses" else import_module(f"bitext.qa.{name}")
        found[name] = {key: plain(getattr(module, key)) for key in keys.split()}
    for name in ("english", "french"):
        lexicon = getattr(import_module(f"bitext.qa.{name}"), name.upper())
        found[name]["ALONE"] = plain(lexicon.alone)
    found["variants"] = {"WORD": plain(variants.WORD), "RULES": spellings()}
    found["lists"] = listed()
    found["sure"], found["reviewer"] = SURE, REVIEWER
    found["checks"] = [check.__name__ for check in qa.CHECKS]
    return found


def spellings() -> list[Any]:
    """The rules of American spelling, with what they put as JavaScript writes it."""
    return [[plain(british), re.sub(r"\\(\d)", r"$\1", other)] for british, other in variants.RULES]


def listed() -> dict[str, Any]:
    """The word lists of `bitext.qa.rules`, with the patterns that are made of them."""
    lists = rules.rules()
    english = {name: tuple(getattr(lists, name).values()) for name in ("months", "weekdays")}
    return {
        "acronyms": dict(lists.acronyms),
        "exonyms": dict(lists.exonyms),
        "places": dict(lists.places),
        "given": [*lists.women, *lists.men],
        "kinds": {name: fields(kind) for name, kind in kinds().items()},
        "money": [name for name, measure in lists.measures.items() if measure.money],
        "lost": [name for name, measure in lists.measures.items() if measure.lost],
        "measures": {lang: plain(lists.measure(lang)) for lang in ("fr", "en")},
        "signs": plain(lists.signs()),
        "sizes": {name: fields(one) for name, one in lists.measures.items()},
        "genders": [fields(one) for one in genders()],
        "opposites": {
            "french": plain(words().french),
            "kin": {name: fields(kin) for name, kin in words().kin.items()},
        },
        "calendar": [
            {
                "names": dict(getattr(lists, name)),
                "french": plain(french_pattern(tuple(getattr(lists, name)))),
                "english": plain(english_pattern(english[name])),
            }
            for name in ("months", "weekdays")
        ],
    }


def plain(value: Any) -> Any:
    if isinstance(value, re.Pattern):
        return {"pattern": browser(value)}
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value


def fields(record: Any) -> dict[str, Any]:
    """A frozen record's values by their names."""
    return {one.name: plain(getattr(record, one.name)) for one in dataclasses.fields(record)}
