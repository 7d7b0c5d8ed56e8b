"""Punctuation and addresses: what opens closes, a question stays one, a link still leads there."""

import re
from collections.abc import Iterator

from bitext.addresses import addresses_in
from bitext.qa.characters import EMOJI
from bitext.qa.plain import plain
from bitext.units import Issue, TranslationUnit

# A part of a link that says it is in French, or in English; but no country ("lemonde.fr/a").
LOCALE = re.compile(
    r"(?<=[/=-])(?:fr|en)(?:[-_][A-Za-z]{2})?(?:(?=[/.?&#-]).*|$)|(?<=\.)(?:fr|en)(?=\.[a-z]).*"
)
# What a capital or an accent changes.
EXACT = re.compile(r"[/@#]")


def addresses(unit: TranslationUnit) -> Iterator[Issue]:
    """Links, e-mail addresses, @names and #tags are copied unchanged."""
    before, after = found_in(unit.source), found_in(unit.target)
    for key, (start, end) in before.items():
        if key not in after:
            message = f"{unit.source[start:end]} is not in the translation"
            spans = ((start, end),)
            yield Issue("addresses", "major", message, "accuracy/omission", source_spans=spans)
    for key, (start, end) in after.items():
        if key not in before:
            message = f"{unit.target[start:end]} is not in the source"
            spans = ((start, end),)
            yield Issue("addresses", "major", message, "accuracy/addition", target_spans=spans)


def found_in(text: str) -> dict[str, tuple[int, int]]:
    """
    The addresses; the name of a site may be written in capitals or without its accents.

    What follows a language ("example.com/fr/aide") is that of the language.
    """
    spans = {text[start:end]: (start, end) for start, end in addresses_in(text)}
    keys = {LOCALE.sub("*", a): span for a, span in spans.items()}
    return {a if EXACT.search(a) else plain(a): span for a, span in keys.items()}


BRACKETS = {"(": ")", "[": "]", "{": "}"}
ANY_BRACKET = re.compile(r"[()\[\]{}]")
QUOTES = {"«": "»", "“": "”"}
DOUBLE_QUOTE = re.compile(r"[«»“”\"]")
ANY_QUOTE = re.compile(r"[«»“”„\"]|(?<!\w)[‘’'](?=\w)|''")
# Around a name, a title or a word people drop them at will.
GUILLEMET = re.compile(r"«[ \u00a0\u202f]*+|(?<![ \u00a0\u202f])[ \u00a0\u202f]*+»")
SPEECH = re.compile(
    r"(?:(?<=[:,]\s)[«“\"]\s?|[«“\"]\s?(?![A-ZÀ-ÖØ-Þ])|[«“\"]\s?(?=[^«»“”\"]*[.!?…,]\s?[»”\"]|[^«»“”\"]*[»”\"],))"
    r"(?:[^\s«»“”\"]+\s){4,}[^\s«»“”\"]*\s?[»”\"]"
)
INCHES = re.compile(r"(?<=\d)\"")


def brackets(unit: TranslationUnit) -> Iterator[Issue]:
    """Brackets that close in the source close in the translation."""
    odd = unpaired(unit.target, BRACKETS) if ANY_BRACKET.search(unit.target) else []
    if odd and not unpaired(unit.source, BRACKETS):
        yield punctuation("brackets", f"{unit.target[odd[0]]} has no partner", odd)


def quotes(unit: TranslationUnit) -> Iterator[Issue]:
    """Quotation marks that close in the source close in the translation, and are not lost."""
    if not (DOUBLE_QUOTE.search(unit.source) or DOUBLE_QUOTE.search(unit.target)):
        return
    if french := list(GUILLEMET.finditer(unit.target)):
        yield guillemets(unit.target, french)
    if not whole_quotes(unit.source):
        return
    if not whole_quotes(unit.target):
        odd = unpaired(unit.target, QUOTES) or [unit.target.rindex('"')]
        yield punctuation("quotes", f"{unit.target[odd[0]]} has no partner", odd)
    elif SPEECH.search(unit.source) and not ANY_QUOTE.search(unit.target):
        yield punctuation("quotes", "the quotation marks are lost", [])


def guillemets(text: str, found: list[re.Match[str]]) -> Issue:
    """French marks, with the spaces inside them, and the marks that English has there."""
    straight = '"' in text
    english = '" "' if straight else "“ ”"
    fixes = ('"' if straight else "“" if mark.group().startswith("«") else "”" for mark in found)
    return Issue(
        "quotes",
        "minor",
        f"« » are French marks; English has {english}",
        "locale-convention/punctuation",
        (),
        tuple(mark.span() for mark in found),
        tuple(fixes),
    )


def unpaired(text: str, pairs: dict[str, str]) -> list[int]:
    """Where marks stand that open or close nothing."""
    waiting: list[int] = []
    odd: list[int] = []
    for at, char in enumerate(text):
        if char in pairs:
            waiting.append(at)
        elif char in pairs.values():
            if waiting and pairs[text[waiting[-1]]] == char:
                waiting.pop()
            else:
                odd.append(at)
    return sorted(waiting + odd)


def whole_quotes(text: str) -> bool:
    """Whether every quotation closes; in 6'7\" the mark is inches."""
    straight = text.count('"')
    if straight % 2:
        straight -= len(INCHES.findall(text))
    return straight % 2 == 0 and not unpaired(text, QUOTES)


def punctuation(check: str, message: str, places: list[int]) -> Issue:
    spans = tuple((at, at + 1) for at in places)
    return Issue(check, "minor", message, "fluency/punctuation", target_spans=spans)


# What may stand behind the last word.
TAIL = " \t\n\r\u00a0\u202f.!?…:;,\"“”«»’')]}–—-"
ABBREVIATION = re.compile(
    r"(?:\b[ap]\.m|\b[A-Z](?:\.[A-Z])*|\b(?:etc|Inc|Jr|Sr|Co|Corp|Ltd|St|No|cf|al))\.$"
)
# A colon, semicolon or dash may become a full stop, or the other way about.
SOFT = frozenset(":;,–—-")


# "Friday..": one too many, or two too few.
DOUBLED = re.compile(r"(?<=[\w)”\"’»])(?:\.\.|,,|;;)(?=[\s”\"’)]|$)")


def final_mark(unit: TranslationUnit) -> Iterator[Issue]:
    """
    The last mark keeps its kind: a question stays one, inside its quotes or outside.

    No mark but the dots of an ellipsis stands twice.
    """
    twice = DOUBLED.search(unit.target)
    if twice and not DOUBLED.search(unit.source):
        message, spans = f"{twice.group()} is a mark too many", (twice.span(),)
        fixes = (twice.group()[0],)
        yield Issue("final_mark", "minor", message, "fluency/punctuation", (), spans, fixes)
    before, after = final_marks(unit.source), final_marks(unit.target)
    nothing = not unit.source.strip() or not unit.target.strip()
    if nothing or before & after or SOFT & (before | after):
        return
    was, now = (" ".join(sorted(marks)) or "nothing" for marks in (before, after))
    end = len(unit.target.rstrip())
    yield punctuation("final_mark", f"ends in {now}, the source in {was}", [end - 1])


def final_marks(text: str) -> frozenset[str]:
    """The marks that a text ends in; "" is among them where it may be said to end in none."""
    if not text.isascii():
        # Emoji stand behind the last mark, or before it.
        text = EMOJI.sub("", text)
    tail = text[len(text.rstrip(TAIL)) :].replace("...", "…")
    marks = {char for char in tail if char in ".!?…" or char in SOFT}
    if not marks or ABBREVIATION.search(text.rstrip()):
        marks.add("")
    return frozenset(marks)
