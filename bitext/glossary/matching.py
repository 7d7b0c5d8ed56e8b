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

from bitext.glossary.inflection import is_plural, pluralised, singularised, stem
from bitext.glossary.names import confidence
from bitext.text import URL, fold
from bitext.units import TermEntry, TermMatch

TOKEN = re.compile(r"[^\W_]+")
# Below this the words are taken for the plain word and are no match; from here to `units.SURE`
# they are reported as ambiguous. Set on the five seeds and tests/test_glossary.py.
WORD = 0.4


@dataclass(frozen=True, slots=True)
class Token:
    start: int
    end: int
    key: str


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
            for token in tokens(entry.source):
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
        row = list(tokens(text))
        addresses = [m.span() for m in URL.finditer(text)]
        for first in range(len(row)):
            node = self.root
            for last in range(first, len(row)):
                child = node.next.get(row[last].key)
                if child is None:
                    break
                node = child
                start, end = row[first].start, row[last].end
                if any(a <= start < b for a, b in addresses):
                    break
                for entry in node.entries:
                    if agrees(entry, text[start:end]):
                        yield TermMatch(entry, start, end, required(entry, text[start:end]))

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
        return longest_first(sure)


def tokens(text: str) -> Iterator[Token]:
    """Words and numbers, with the key that stands for all their forms."""
    folded = fold(text)
    for match in TOKEN.finditer(folded):
        yield Token(match.start(), match.end(), stem(match.group()))


def is_name(entry: TermEntry) -> bool:
    """Whether an entry is one capitalised word, which a plain word might look like."""
    return entry.source[:1].isupper() and bool(TOKEN.fullmatch(entry.source))


def agrees(entry: TermEntry, surface: str) -> bool:
    """
    Whether the case of the text is the entry's.

    An entry in small letters is found in any case. One with capitals asks for them, so that
    "Parler" is not found in "parler"; text in capitals throughout may be either.
    """
    if entry.source == entry.source.lower():
        return True
    if surface.isupper() and len(surface) > 1:
        return True
    if entry.kind == "dnt" and fold(surface) != fold(entry.source):
        return False  # a name has no plural: "Parlers" is something else
    capitals = [token[0].isupper() for token in TOKEN.findall(entry.source)]
    written = [token[0].isupper() for token in TOKEN.findall(surface)]
    return all(w or not c for c, w in zip(capitals, written, strict=False))


def required(entry: TermEntry, surface: str) -> str:
    """The target that this surface form asks for: the entry's, in the number of the text."""
    if entry.kind == "dnt":
        return surface if surface.isupper() and len(surface) > 1 else entry.target
    listed, written = head(entry.source), head(surface)
    if is_plural(written) and not is_plural(listed) and stem(written) == stem(listed):
        return pluralised(entry.target)
    if is_plural(listed) and not is_plural(written) and stem(written) == stem(listed):
        return singularised(entry.target)
    return entry.target


def head(term: str) -> str:
    """The head noun of a French term: its first word."""
    found = TOKEN.search(fold(term))
    return found.group() if found else ""


def longest_first(found: list[TermMatch]) -> tuple[TermMatch, ...]:
    """Longer terms shadow those that they overlap; of equal ones the first in the glossary wins."""
    taken: list[TermMatch] = []
    shadowed: list[TermMatch] = []
    for match in sorted(found, key=lambda m: (m.start - m.end, m.start)):
        if any(match.start < t.end and t.start < match.end for t in taken):
            shadowed.append(replace(match, shadowed=True))
        else:
            taken.append(match)
    order = [*sorted(taken, key=lambda m: m.start), *sorted(shadowed, key=lambda m: m.start)]
    return tuple(order)


def prior(name: str, texts: Iterable[str]) -> float:
    """
    How likely the word is the name in this document, from where it cannot be anything else.

    Counts it capitalised inside a sentence against in small letters; 0.5 where neither occurs.
    """
    inside = re.compile(rf"(?<=[\w,;] ){re.escape(name)}(?!\w)|(?<=['’]){re.escape(name)}(?!\w)")
    small = re.compile(rf"(?<!\w){re.escape(name.lower())}(?!\w)")
    names = words = 0
    for text in texts:
        names += len(inside.findall(text))
        words += len(small.findall(text))
    return (names + 1) / (names + words + 2)
