"""
The checks' tables for the page, which runs them again on what a reviewer writes.

Words, patterns and limits are those of `bitext.qa` itself; the page's scripts hold only the
steps (`script/qa-*.js`). A table of pairs in the tests holds both to the same flags.
"""

import re
from importlib import import_module
from typing import Any

from bitext import qa
from bitext.review.patterns import browser
from bitext.units import REVIEWER, SURE

# What the scripts use of each module. A name that is gone stops the build.
MODULES = {
    "english": (
        "WORDS SCALES UNITS HINTS TOKEN HALF PAST CLOCK_WORD SHORT_SCALES SHORT_SCALE DECADE "
        "IDIOMS MILITARY"
    ),
    "french": (
        "WORDS AND_ONE SCALES UNITS HINTS TOKEN IDIOMS PLURAL FIRST_OF HALF HOURS ADDED "
        "DOTTED_MINUTE DECADE FORTNIGHT OTHERS SHORT_SCALES SHORT_SCALE"
    ),
    "quantities": "SPACES GROUPED SIMPLE LONGEST ROMAN ROMAN_DIGITS ROMAN_STEPS",
    "reader": "DIGIT WORD ROMAN_ORDINAL SEPARATORS RANGE SENTENCE_START MONTH_NUMBERS",
    "numbers": "IGNORED CODE TWO FRENCH_FIGURES",
    "length": ("RATIO TOO_SHORT TOO_LONG SHORT FEWEST_WORDS LETTER_OR_DIGIT CUT_OFF CLOSING"),
    "marks": (
        "ADDRESS HINT TRAILING BRACKETS ANY_BRACKET QUOTES DOUBLE_QUOTE ANY_QUOTE SPEECH INCHES "
        "TAIL ABBREVIATION SOFT"
    ),
    "polarity": "NEGATION NEGATIVE",
    "words": (
        "WORD GAP QUOTED WEAK STRONG ENGLISH BORROWED TELLING ACCENTED LOANS TWICE DOUBLE "
        "FOUR_TIMES SPOKEN"
    ),
    "terms": "IRREGULAR",
}


def tables() -> dict[str, Any]:
    """Every table, as JSON can say it; patterns are pairs of source and flags."""
    found: dict[str, Any] = {
        name: {key: plain(getattr(import_module(f"bitext.qa.{name}"), key)) for key in keys.split()}
        for name, keys in MODULES.items()
    }
    for name in ("english", "french"):
        lexicon = getattr(import_module(f"bitext.qa.{name}"), name.upper())
        found[name]["ALONE"] = plain(lexicon.alone)
    found["sure"], found["reviewer"] = SURE, REVIEWER
    found["checks"] = [check.__name__ for check in qa.CHECKS]
    return found


def plain(value: Any) -> Any:
    if isinstance(value, re.Pattern):
        return {"pattern": browser(value)}
    if isinstance(value, frozenset):
        return sorted(value)
    return value
