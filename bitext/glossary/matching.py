"""
Find glossary terms in French sentences.

Terms are looked up token by token in a trie, so that time grows with the sentence and not with
the glossary. Elisions and contractions are split, plurals reduced, apostrophes and spaces made
alike; the longest term wins and those it covers are reported as shadowed.

A name that is also a word ("Parler", the network; parler, to speak) is told from it by what
stands next to it and by the rest of the document.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bitext.glossary.inflection import ELIDED, is_plural, pluralised, singularised, stem
from bitext.glossary.names import confidence, prior
from bitext.text import URL, fold, normalise
from bitext.units import SURE, TermEntry, TermMatch

TOKEN = re.compile(r"[^\W_]+")
ELISION = re.compile("'(?=[\"\\w])")
# Addresses hold no words: links, mailboxes, domains.
DOMAIN = r"(?<![\w.+@-])[\w.+-]+@[\w.-]+|(?<![\w.-])(?:[\w-]+\.)+(?:com|org|net|info|fr|eu|io)\b"
ADDRESS = re.compile(f"(?:{URL.pattern})|{DOMAIN}", re.IGNORECASE)
# Below this the words are taken for the plain word and are no match; from here to `units.SURE`
# they are reported as ambiguous. Set on the five seeds and tests/test_glossary.py.
WORD = 0.4
# What may stand between the words of a term; other marks only where the entry has them ("AT&T").
BETWEEN = frozenset(" '-")
# Marks around an entry that the text may lack.
LOOSE = '." '
# Words that join the others of a term; they bear no number and no capital.
JOINING = frozenset({"de", "à", "le", "en", "pour", "sur", "par", "avec", "sans", "contre"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word or number, and the key that stands for all its forms."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """How an entry is written: its normalised text, its words, and the marks around them."""

    text: str
    words: tuple[str, ...]
    before: str
    after: str
    bearing: tuple[str, ...]
    heads: tuple[str, ...]


class _Node:
    __slots__ = ("entries", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node] = {}
        self.entries: list[TermEntry] = []


class Glossary:
    """
    Entries, ready to be found.

    >>> glossary = Glossary([TermEntry("peloton d'exécution", "firing squad")])
    >>> [m.required for m in glossary.match("Préparez les pelotons d’exécution.")]
    ['firing squads']
    """

    def __init__(self, entries: Iterable[TermEntry]) -> None:
        self.entries = tuple(entries)
        self.root = _Node()
        for entry in self.entries:
            node = self.root
            row = list(tokens(normalise(entry.source).text))
            for at, token in enumerate(row):
                if not article_within(row, 0, at):
                    node = node.next.setdefault(token.key, _Node())
            node.entries.append(entry)

    def match_all(self, texts: Sequence[str]) -> list[tuple[TermMatch, ...]]:
        """
        The terms of each sentence of one document.

        Sentences are looked at together: whether "Parler" at the head of a sentence is the
        network or the verb depends on how often the document has it where it must be the name.
        """
        found = [list(self.candidates(text)) for text in texts]
        names = {m.entry.source for row in found for m in row if is_name(m.entry)}
        priors = {name: prior(name, texts) for name in names}
        return [self.resolved(text, row, priors) for text, row in zip(texts, found, strict=True)]

    def match(self, text: str) -> tuple[TermMatch, ...]:
        """The terms of one sentence, in order; shadowed ones after the terms that cover them."""
        return self.match_all([text])[0]

    def candidates(self, text: str) -> Iterator[TermMatch]:
        """Every stretch of the text that spells a term, overlapping or not."""
        layer = normalise(text)
        plain = layer.text
        row = list(tokens(ADDRESS.sub(lambda m: "_" * len(m.group()), plain)))
        for first in range(len(row)):
            node = self.root
            for last in range(first, len(row)):
                if article_within(row, first, last):
                    continue
                child = node.next.get(row[last].key)
                if child is None:
                    break
                node = child
                for entry in node.entries:
                    span = stretch(plain, row[first].start, row[last].end, entry)
                    if span and agrees(entry, surface := plain[slice(*span)]):
                        yield TermMatch(entry, *layer.to_raw(*span), required(entry, surface))

    def resolved(
        self, text: str, row: list[TermMatch], priors: dict[str, float]
    ) -> tuple[TermMatch, ...]:
        sure = []
        for found in row:
            if is_name(found.entry):
                name = found.entry.source
                value = confidence(text, found.start, found.end, name, priors[name])
                if value < WORD:
                    continue
                found = replace(found, confidence=round(value, 2))
            sure.append(found)
        return longest_first(text, sure)


def tokens(text: str) -> Iterator[Token]:
    """The words and numbers of a normalised text."""
    folded = fold(text)
    for match in TOKEN.finditer(folded):
        word = match.group()
        elided = word in ELIDED and ELISION.match(folded, match.end())
        yield Token(match.start(), match.end(), ELIDED[word] if elided else stem(word))


def article_within(row: Sequence[Token], first: int, at: int) -> bool:
    """
    Whether a token is an article after "de" or "à" within a term that begins at `first`.

    It counts for nothing, since "du" and "des" hold one: "chef de l'État", "chefs d'États".
    """
    return at > first and row[at].key == "le" and row[at - 1].key in ("de", "à")


def stretch(text: str, start: int, end: int, entry: TermEntry) -> tuple[int, int] | None:
    """
    The words start:end with the marks that the entry has around them ("C++").

    None where the words are not in one piece, or are a part of something longer.
    """
    spelt = spelling(entry.source)
    if "_" in (text[start - 1 : start], text[end : end + 1]):
        return None
    if set(TOKEN.sub("", text[start:end])) - BETWEEN - set(spelt.text):
        return None
    if text.startswith(spelt.after, end):
        end += len(spelt.after)
    elif spelt.after.strip(LOOSE):
        return None
    if text.endswith(spelt.before, 0, start):
        start -= len(spelt.before)
    elif spelt.before.strip(LOOSE):
        return None
    return start, end


@lru_cache(maxsize=1 << 16)
def spelling(source: str) -> Spelling:
    """Looked up for every candidate, so that it is worked out once."""
    text = normalise(source).text
    row = list(tokens(text))
    return Spelling(
        text,
        tuple(TOKEN.findall(fold(text))),
        text[: row[0].start],
        text[row[-1].end :],
        tuple(bearing(text)),
        tuple(heads(text)),
    )


def is_name(entry: TermEntry) -> bool:
    """Whether an entry is one capitalised word, which a plain word might look like."""
    return entry.source[:1].isupper() and bool(TOKEN.fullmatch(entry.source))


def agrees(entry: TermEntry, surface: str) -> bool:
    """
    Whether the case of the text is the entry's.

    An entry in small letters is found in any case. One with capitals asks for them, so that
    "Parler" is not found in "parler"; text in capitals throughout may be either.
    """
    spelt = spelling(entry.source)
    if spelt.text == spelt.text.lower():
        return True
    if entry.kind == "dnt" and tuple(TOKEN.findall(fold(surface))) != spelt.words:
        return False  # a name has no plural: "Parlers" is something else
    if surface.isupper() and len(surface) > 1:
        return True
    pairs = zip(spelt.bearing, bearing(surface), strict=False)
    return all(written[0].isupper() or not listed[0].isupper() for listed, written in pairs)


def bearing(text: str) -> list[str]:
    """The words of a term that bear its sense, without those that join them."""
    row = list(tokens(text))
    return [text[t.start : t.end] for t in row if t.key not in JOINING or len(row) == 1]


def required(entry: TermEntry, surface: str) -> str:
    """The target that this surface form asks for: the entry's, in the number of the text."""
    spelt = spelling(entry.source)
    if entry.kind == "dnt":
        if surface.isupper() and len(surface) > 1 and not spelt.text.isupper():
            return surface
        same = tuple(TOKEN.findall(fold(surface))) == spelt.words
        return entry.target if same else surface.lower()
    for listed, written in zip(spelt.heads, heads(surface), strict=False):
        if is_plural(written) and not is_plural(listed):
            return pluralised(entry.target)
        if is_plural(listed) and not is_plural(written):
            return singularised(entry.target)
    return entry.target


def heads(term: str) -> Iterator[str]:
    """
    The words of a French term that take its number: those before "de", "à" and the like.

    >>> list(heads("les grands magasins d'applications"))
    ['grands', 'magasins']
    """
    begun = False
    for token in tokens(term):
        if token.key not in JOINING:
            begun = True
            yield fold(term[token.start : token.end])
        elif begun:
            return


def longest_first(text: str, found: list[TermMatch]) -> tuple[TermMatch, ...]:
    """
    Longer terms shadow those that they overlap.

    Of two for the same words the sure one wins, then the one spelt so, then the earlier.
    """
    taken: list[TermMatch] = []
    shadowed: list[TermMatch] = []

    def rank(match: TermMatch) -> tuple[int, int, bool, bool, bool]:
        words = normalise(text[match.start : match.end]).text
        listed = spelling(match.entry.source).text
        spelt = fold(words) != fold(listed), words != listed
        return match.start - match.end, match.start, match.confidence < SURE, *spelt

    covered = bytearray(len(text))
    for match in sorted(found, key=rank):
        if any(covered[match.start : match.end]):
            shadowed.append(replace(match, shadowed=True))
        else:
            taken.append(match)
            covered[match.start : match.end] = b"\1" * (match.end - match.start)
    order = [*sorted(taken, key=lambda m: m.start), *sorted(shadowed, key=lambda m: m.start)]
    return tuple(order)
