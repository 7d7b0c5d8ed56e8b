"""A translation is neither empty, nor cut off, nor far too short or long."""

import math
import re
from collections.abc import Iterator

from bitext.units import Issue, Severity, TranslationUnit

# Human French-English news: 0.87 English characters for a French one (newstest2013). The
# deviation, over the square root of the expected length (Gale & Church 1993), lies between
# these two for 99.7 % of the sentences there; beyond, most are free or hold another sentence.
RATIO = 0.87
TOO_SHORT, TOO_LONG = -5.0, 6.0
# With the final mark gone too, a smaller lack says that the end is: 7 of 2,897 sentences there.
SHORT = -2.0
FEWEST_WORDS = 5
# A shorter one says little of the length, but not for so many characters and so many a character.
BRIEF, PER_CHARACTER = 40, 2.5

# With fewer sentences than the source, a smaller lack says that one is left out: 20 of the 25,700
# human translations of newstest 2008-2013 and of web pages.
FEWER = -2.5
SENTENCE_END = re.compile(
    r"(?<!\bM)(?<!\bMM)(?<!\bM[rs])(?<!\bMrs)(?<!\bDr)[.!?…][\"»”’')\]]*"
    r"\s+(?=[\"«“‘(\[]*\s?[A-ZÀ-Þ])"
)

LETTER_OR_DIGIT = re.compile(r"[^\W_]")
CUT_OFF = re.compile(
    r"\b(?:the|an|of|and|or|to|in|for|with|that|which|who|is|was|by|from|at|as)$|,$"
)
CLOSING = " \"“”«»’')]\u00a0\u202f"


def empty(unit: TranslationUnit) -> Iterator[Issue]:
    """There is a translation, and a source for it."""
    if LETTER_OR_DIGIT.search(unit.source) and not LETTER_OR_DIGIT.search(unit.target):
        message, spans = "there is no translation", ((0, len(unit.source)),)
        yield Issue("empty", "critical", message, "accuracy/omission", source_spans=spans)
    elif not unit.source.strip() and LETTER_OR_DIGIT.search(unit.target):
        message, spans = "nothing in the source says this", ((0, len(unit.target)),)
        yield Issue("empty", "major", message, "accuracy/addition", target_spans=spans)


def length(unit: TranslationUnit) -> Iterator[Issue]:
    """The translation is about as long as it should be, and goes on to the end."""
    target = unit.target.strip()
    if not target or not unit.source.strip():
        return
    if len(unit.source.split()) < FEWEST_WORDS:
        if len(target) > BRIEF + PER_CHARACTER * len(unit.source.strip()):
            message = f"{len(target)} characters for {len(unit.source)}: too long"
            yield wrong(unit, message, "accuracy/addition")
        return
    surplus = deviation(unit.source.strip(), target)
    unclosed = closed(unit.source) and not closed(target)
    if unclosed and (surplus < SHORT or CUT_OFF.search(target)):
        yield wrong(unit, "the end is missing", "accuracy/omission")
    elif surplus < TOO_SHORT:
        yield wrong(
            unit, f"{len(target)} characters for {len(unit.source)}: too short", "accuracy/omission"
        )
    elif surplus > TOO_LONG:
        yield wrong(
            unit, f"{len(target)} characters for {len(unit.source)}: too long", "accuracy/addition"
        )

    elif surplus < FEWER and sentences(unit.source) > sentences(target):
        message = "shorter, and in fewer sentences: is one left out?"
        yield wrong(unit, message, "accuracy/omission", "minor")


def sentences(text: str) -> int:
    return 1 + len(SENTENCE_END.findall(text))


def closed(text: str) -> bool:
    """Whether a text ends in a mark that ends a sentence."""
    return text.rstrip(CLOSING).endswith((".", "!", "?", "…", ":", ";"))


def deviation(source: str, target: str) -> float:
    """How much longer a translation is than expected, in units that suit any length."""
    expected = RATIO * len(source)
    return (len(target) - expected) / math.sqrt(expected)


def wrong(
    unit: TranslationUnit, message: str, category: str, severity: Severity = "major"
) -> Issue:
    return Issue("length", severity, message, category, target_spans=((0, len(unit.target)),))
