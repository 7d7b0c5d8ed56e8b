"""Phrases of a linked pair of sentences that may be terms, and which renders which."""

import re
from collections.abc import Iterator, Sequence

from bitext.glossary.function_words import (
    ARTICLES,
    ENGLISH,
    PREPOSITIONS,
)
from bitext.glossary.inflection import singularised
from bitext.glossary.spelling import Token
from bitext.text import fold
from bitext.units import TranslationUnit

MOST_WORDS = 4  # words of a phrase that bear sense
MOST_TOKENS = 7  # with those that join them
CUT = re.compile(r"\w[-‐‑]\w")
# An infinitive after «de» or «à»; nouns in -ier and some others look so, too.
INFINITIVE = re.compile(r"(?<!i)er$|(?<!aven)(?<!plais)(?<!souven)ir$|[^o]ire$|[dt]re$")
GAP = re.compile(r"[ '’\xa0\u202f-]*")
# Marks before a key: of a capital within a sentence, which is a name's, and of one at its head,
# which may be.
NAME, HEAD = "^", "?"
Key = tuple[str, ...]
Span = tuple[int, int]


def phrases(
    text: str, row: Sequence[Token], stop: frozenset[str], inner: frozenset[str]
) -> Iterator[Span]:
    """The stretches of a sentence that may be terms, first and last token."""
    for first in range(len(row)):
        for last in range(first, min(len(row), first + MOST_TOKENS)):
            if last > first and not GAP.fullmatch(text, row[last - 1].end, row[last].start):
                break
            if row[last].word in stop and row[last].word not in inner:
                break
            if row[last].key == "le" and last and row[last - 1].key not in ("de", "à"):
                break  # «limiter la portée» is a verb with its object
            if whole(text, row, (first, last), stop, inner):
                yield first, last


def whole(
    text: str, row: Sequence[Token], span: Span, stop: frozenset[str], inner: frozenset[str]
) -> bool:
    """Whether tokens look like a phrase: words that bear sense at both ends, and few of them."""
    words = [token.word for token in row[span[0] : span[1] + 1]]
    if words[0] in stop or words[-1] in stop or len(words) > MOST_TOKENS:
        return False
    if words[0].isdigit() or words[-1].isdigit():
        return False
    if CUT.search(text, row[span[1]].end - 1, row[span[1]].end + 2):
        return False  # «plate» of «plate-forme»
    if CUT.search(text, max(0, row[span[0]].start - 2), row[span[0]].start + 1):
        return False
    bearing = [word for word in words if word not in inner]
    letters = max(sum(map(str.isalpha, word)) for word in bearing)
    return len(bearing) <= MOST_WORDS and letters > 2 and not set(bearing) & stop


def surface(text: str, row: Sequence[Token], first: int, last: int) -> str:
    return " ".join(text[row[first].start : row[last].end].split())


def key_of(text: str, row: Sequence[Token], first: int, last: int) -> Key:
    """What all forms of a French phrase share; a name's capital counts, that of a head may."""
    keys = [token.key for token in row[first : last + 1] if token.key != "le"]
    if text[row[first].start].isupper():
        keys[0] = (NAME if first and not stops(text, row, first) else HEAD) + keys[0]
    return tuple(keys)


def stops(text: str, row: Sequence[Token], first: int) -> bool:
    """Whether a mark that may end a sentence or open a quotation stands before a token."""
    return bool(re.search(r"[.!?:«“\"]", text[row[first - 1].end : row[first].start]))


def stands_as_noun(text: str, row: Sequence[Token], span: Span, key: Key) -> bool:
    """Whether a phrase is a name or has an article or a preposition before it, and no verb."""
    first, last = span
    if last > first and INFINITIVE.search(row[last].word) and row[last - 1].key in ("de", "à"):
        return False
    if key[0].startswith(NAME):
        return True
    before = row[first - 1].word if first else ""
    if INFINITIVE.search(row[first].word) and before not in ARTICLES:
        return False
    if not first or not GAP.fullmatch(text, row[first - 1].end, row[first].start):
        return True
    return before in ARTICLES or before in PREPOSITIONS


def english_key(phrase: str) -> str:
    """What the singular and the plural of an English phrase share, in any case."""
    return fold(singularised(phrase)).replace("-", " ")


def token_links(
    pair: TranslationUnit, source: Sequence[Token], target: Sequence[Token]
) -> tuple[list[set[int]], list[set[int]]]:
    """For each token of either side the tokens of the other that it is linked to."""
    forward: list[set[int]] = [set() for _ in source]
    backward: list[set[int]] = [set() for _ in target]
    ours, theirs = owners(pair.source, source), owners(pair.target, target)
    for link in pair.links:
        for own in set(ours[link.source_start : link.source_end]) - {-1}:
            for other in set(theirs[link.target_start : link.target_end]) - {-1}:
                forward[own].add(other)
                backward[other].add(own)
    for at in range(1, len(source)):
        if CUT.match(pair.source, source[at].start - 2):
            # What is linked to a part of «plate-forme» is linked to the whole.
            forward[at] |= forward[at - 1]
            forward[at - 1] |= forward[at]
    return forward, backward


def owners(text: str, row: Sequence[Token]) -> list[int]:
    """The token of each character, -1 for none."""
    owner = [-1] * len(text)
    for number, token in enumerate(row):
        owner[token.start : token.end] = [number] * (token.end - token.start)
    return owner


def counterpart(
    forward: Sequence[set[int]], backward: Sequence[set[int]], first: int, last: int
) -> Span | None:
    """The tokens linked to first:last, if they and what is between them have no other links."""
    linked = set().union(*forward[first : last + 1])
    if not linked or not forward[first] or not forward[last]:
        return None
    low, high = min(linked), max(linked)
    back = set().union(*backward[low : high + 1])
    return (low, high) if first <= min(back) and max(back) <= last else None


def trimmed(row: Sequence[Token], span: Span) -> Span | None:
    """Without the function words at both ends, which French may lack."""
    low, high = span
    while low <= high and row[low].word in ENGLISH:
        low += 1
    while low <= high and row[high].word in ENGLISH:
        high -= 1
    return (low, high) if low <= high else None
