"""
Find glossary terms in French sentences.

Terms are looked up token by token in a trie, so that time grows with the sentence and not with
the glossary. Elisions and contractions are split, number and gender set aside, apostrophes,
hyphens and spaces made alike; of terms that overlap the heaviest win and the others are
reported as shadowed (`overlaps`).

A name that is also a word ("Parler", the network; parler, to speak) is told from it by what
stands next to it and by the rest of the document (`names`).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from bitext.addresses import links_in
from bitext.glossary import accents, gender, patterns
from bitext.glossary.inflection import AMBIGUOUS, told_plural
from bitext.glossary.names import confidence, prior
from bitext.glossary.overlaps import Candidate, resolved
from bitext.glossary.spelling import (
    Token,
    article_within,
    counted,
    in_case,
    is_name,
    kept,
    required,
    spelling,
    stretch,
    tokens,
    words_of,
)
from bitext.glossary.verbs import Verbs, phrase_of
from bitext.text import Normalised, normalise
from bitext.units import TermEntry, TermMatch

# Below this the words are taken for the plain word and are no match; from here to `units.SURE`
# they are reported as ambiguous. Set on the five seeds and tests/test_glossary.py.
WORD = 0.4
# A term of which the text makes one of a kind by an article within.
DETERMINED = 0.5
# A word that was divided at the end of a line.
DIVIDED = re.compile(r"(?<=[^\W\d_])-[ \t]*\r?\n[ \t]*(?=[a-zß-öø-ÿœ])")
# What has swallowed an article.
SWALLOWING = {"le": ("du", "au"), "les": ("des", "aux")}
# What is of the world, not of the newspaper.
WORLDLY = re.compile(
    r"\b(?:coupes?|champion(?:ne|nat)?s?|tours?|pays|bout|carte|records?(?:man|woman)?|citoyens?|"
    r"médecins|peuples|fin|reste|histoire|merveilles|plus \w+|meilleure?s?|unique)$"
)
CLAUSE = re.compile(r"[^\w\s'-]")


class Trie:
    """Entries by their words, one after another."""

    __slots__ = ("entries", "next")

    def __init__(self) -> None:
        self.next: dict[str, Trie] = {}
        self.entries: list[TermEntry] = []

    def add(self, keys: Iterable[str], entry: TermEntry) -> None:
        node = self
        for key in keys:
            node = node.next.setdefault(key, Trie())
        node.entries.append(entry)

    def walk(
        self, row: Sequence[Token], keys: Sequence[str]
    ) -> Iterator[tuple[TermEntry, list[int]]]:
        """Each entry that the tokens spell somewhere, and the numbers of its tokens."""
        for first, key in enumerate(keys):
            node = self.next.get(key)
            places = [first]
            last = first
            while node:
                for entry in node.entries:
                    yield entry, places.copy()
                last += 1
                while last < len(row) and article_within(row, first, last):
                    last += 1
                node = node.next.get(keys[last]) if last < len(row) else None
                places.append(last)


class Glossary:
    """
    Entries, ready to be found.

    >>> glossary = Glossary([TermEntry("peloton d'exécution", "firing squad")])
    >>> [m.required for m in glossary.match("Préparez les pelotons d’exécution.")]
    ['firing squads']
    """

    def __init__(self, entries: Iterable[TermEntry]) -> None:
        self.entries = tuple(entries)
        self.patterns = [entry for entry in self.entries if entry.match == "regex"]
        self.trie, self.unaccented, self.headless = Trie(), Trie(), Trie()
        self.verbs = Verbs()
        # What is left of the words of entries that have accents.
        self.lacking: set[str] = set()
        for entry in self.entries:
            if entry.match == "regex":
                continue
            if phrase := phrase_of(entry):
                self.verbs.add(phrase)
                if phrase.sure:
                    continue
            words = counted(entry.source)
            self.trie.add([word.key for word in words], entry)
            if has_article(entry):
                self.headless.add([accents.bare(word.key) for word in words[1:]], entry)
            if len(words) > 1 and words[0].word in AMBIGUOUS.values():
                plural = next(p for p, one in AMBIGUOUS.items() if one == words[0].word)
                self.trie.add([plural, *(word.key for word in words[1:])], entry)
            strict = entry.match == "exact" or entry.case == "sensitive"
            if not strict and not entry.source.isascii():
                self.unaccented.add([accents.bare(word.stem) for word in words], entry)
                stems = (word.stem for word in words if not word.stem.isascii())
                self.lacking.update(map(accents.bare, stems))

    def match_all(self, texts: Sequence[str]) -> list[tuple[TermMatch, ...]]:
        """
        The terms of each sentence of one document.

        Sentences are looked at together: whether "Parler" at the head of a sentence is the
        network or the verb depends on how often the document has it where it must be the name.
        Raises GlossaryError where a pattern takes too long.
        """
        if not self.entries:
            return [()] * len(texts)
        found = [list(self.candidates(text)) for text in texts]
        names = {c.match.entry.source for row in found for c in row if is_name(c.match.entry)}
        priors = {name: prior(name, texts) for name in names}
        return [
            resolved(list(judged(text, row, priors))) if row else ()
            for text, row in zip(texts, found, strict=True)
        ]

    def match(self, text: str) -> tuple[TermMatch, ...]:
        """The terms of one sentence, in order; shadowed ones after the terms that cover them."""
        return self.match_all([text])[0]

    def candidates(self, text: str) -> Iterator[Candidate]:
        """Every stretch of the text that spells a term, overlapping or not."""
        layer = normalise(text)
        row = list(tokens(without_addresses(layer.text)))
        yield from self.spelt(layer, row)
        yield from self.by_pattern(layer, row)
        yield from self.conjugated(layer, row)
        if "\n" in text and DIVIDED.search(text):
            # «pelo-/ton» may be one word and «porte-/parole» two: both are looked for.
            yield from self.divided(text)

    def spelt(self, layer: Normalised, row: Sequence[Token]) -> Iterator[Candidate]:
        """The entries that are no patterns."""
        for entry, places in self.trie.walk(row, [token.key for token in row]):
            # "Avoirs fiscaux" are a noun; "avoir fiscal" is found as a verb's infinitive would be.
            if (entry, row[places[0]].word) not in self.verbs.infinitives:
                yield from spelt_so(entry, layer, row, places)
        if self.headless.next:
            for entry, places in self.headless.walk(row, [accents.bare(t.key) for t in row]):
                yield from without_article(entry, layer, row, places)
        if any(t.stem in self.lacking and layer.text[t.start].isupper() for t in row):
            keys = [accents.bare(token.stem) for token in row]
            for entry, places in self.unaccented.walk(row, keys):
                spelt = spelling(entry.source)
                if found := accents.mended(layer.text, row, places, spelt):
                    yield from spelt_so(entry, layer, found[0], places, found[1])

    def conjugated(self, layer: Normalised, row: Sequence[Token]) -> Iterator[Candidate]:
        """The entries that are verbs, in any form."""
        for found in self.verbs.found(row):
            start, end = row[found.first].start, row[found.end - 1].end
            if not CLAUSE.search(layer.text, start, end) and fits(found.entry, row):
                span = layer.to_raw(start, end)
                match = TermMatch(found.entry, *span, found.required, found.confidence)
                yield Candidate(match, 0)

    def by_pattern(self, layer: Normalised, row: Sequence[Token]) -> Iterator[Candidate]:
        for entry in self.patterns:
            for start, end, target in patterns.found(entry, layer.text):
                if fits(entry, row):
                    asked = layer.text[start:end] if entry.kind == "dnt" else target
                    yield Candidate(TermMatch(entry, *layer.to_raw(start, end), asked), 2)

    def divided(self, text: str) -> Iterator[Candidate]:
        """The terms with a word that is divided at the end of a line, spans in the whole text."""
        cuts = [match.span() for match in DIVIDED.finditer(text)]
        mended = DIVIDED.sub("", text)

        def place(at: int) -> int:
            for start, end in cuts:
                at += (end - start) * (start < at)
            return at

        layer = normalise(mended)
        for candidate in self.spelt(layer, list(tokens(without_addresses(layer.text)))):
            match = candidate.match
            start, end = place(match.start), place(match.end - 1) + 1
            if end - start > match.end - match.start:
                yield replace(candidate, match=replace(match, start=start, end=end))


def has_article(entry: TermEntry) -> bool:
    """Whether an entry is a name with an article that "de" and "à" swallow: Le Monde, Les Échos."""
    named = re.match(r"Les? ([^\W\d_])", normalise(entry.source).text)
    return entry.kind == "dnt" and entry.match == "lemma" and bool(named and named[1].isupper())


def without_article(
    entry: TermEntry, layer: Normalised, row: Sequence[Token], places: Sequence[int]
) -> Iterator[Candidate]:
    """A name behind the word that has swallowed its article: "du Monde", "aux Échos"."""
    first, end = places[0], places[-1] + 1
    text = layer.text
    article, _, name = spelling(entry.source).text.partition(" ")
    span = row[first].start, row[end - 1].end
    before = words_before(text, row, first)
    if (
        not first
        or text[row[first - 1].end : span[0]] not in (" ", ' "')
        or row[first - 1].word not in SWALLOWING[article.lower()]
        or accents.bare(text[slice(*span)]) != accents.bare(name)
        or continues(text, *span)
        # "la Coupe du Monde", "le record du Monde"
        or WORLDLY.search(" ".join(reversed(before[1:])))
    ):
        return
    yield Candidate(TermMatch(entry, *layer.to_raw(*span), entry.target), 1)


def continues(text: str, start: int, end: int) -> bool:
    """Whether a name goes on beyond these words: "La Croix-Rouge"."""
    return bool(re.match(r"-[^\W\d_]", text[end : end + 2]))


def spelt_so(
    entry: TermEntry,
    layer: Normalised,
    row: Sequence[Token],
    places: Sequence[int],
    sure: float = 1.0,
) -> Iterator[Candidate]:
    """The tokens at `places`, which have the entry's keys, if they are what it asks for."""
    first, end = places[0], places[-1] + 1
    span = stretch(layer.text, row[first].start, row[end - 1].end, spelling(entry.source))
    if not span:
        return
    before = word_before(layer.text, row, first)
    surface = layer.text[slice(*span)]
    name = entry.kind == "dnt" and len(places) > 1
    if name and continues(layer.text, *span) and not surface.isupper():
        return
    if agrees(entry, row, first, end, before) and in_case(entry, surface) and fits(entry, row):
        many = told_plural(words_before(layer.text, row, first), word_after(layer.text, row, end))
        target = required(entry, surface, noun=gender.before_noun(before), many=many)
        if len(spelling(entry.source).words) == len(places) < end - first:
            # «le chiffre de l'affaire» is none of «chiffre d'affaires», or may be none.
            sure = min(sure, DETERMINED)
        if not gender.is_adjective(entry.pos, entry.target):
            sure = min(sure, gender.noun_confidence(spelling(entry.source).stems, before))
        if sure >= WORD:
            match = TermMatch(entry, *layer.to_raw(*span), target, sure)
            yield Candidate(match, likeness(entry, surface))


def word_before(text: str, row: Sequence[Token], first: int) -> str | None:
    """The word before a token in its clause."""
    if not first or CLAUSE.search(text, row[first - 1].end, row[first].start):
        return None
    return row[first - 1].word


def words_before(text: str, row: Sequence[Token], first: int) -> list[str]:
    """Up to three words before a token in its clause, the nearest first."""
    found: list[str] = []
    while len(found) < 3 and (word := word_before(text, row, first)):
        found.append(word)
        first -= 1
    return found


def word_after(text: str, row: Sequence[Token], end: int) -> str:
    """The word that follows the token before `end`, a space between them; "" if none does."""
    if end == len(row) or text[row[end - 1].end : row[end].start] != " ":
        return ""
    return row[end].word


def without_addresses(text: str) -> str:
    """The text with marks that are no words for its addresses."""
    for start, end in links_in(text):
        text = text[:start] + "_" * (end - start) + text[end:]
    return text


def agrees(
    entry: TermEntry, row: Sequence[Token], first: int, end: int, before: str | None
) -> bool:
    """Whether the tokens first:end, which have the entry's keys, are forms that it allows."""
    spelt = spelling(entry.source)
    # A name has no plural: "Parlers" is something else.
    name = entry.kind == "dnt" and spelt.text != spelt.text.lower()
    if name or entry.match == "exact":
        return tuple(token.word for token in row[first:end]) == spelt.words
    written = tuple(token.stem for token in kept(row, first, end))
    if len(written) > 1 and AMBIGUOUS.get(written[0]) == spelt.stems[0]:
        written = (spelt.stems[0], *written[1:])
    if written == spelt.stems or entry.kind == "dnt":
        return written == spelt.stems
    adjective = len(spelt.stems) == 1 and gender.is_adjective(entry.pos, entry.target)
    return gender.varies(spelt.stems, written, before, adjective=adjective)


def fits(entry: TermEntry, row: Sequence[Token]) -> bool:
    """Whether the sentence has what the entry's conditions ask for."""
    if not entry.include and not entry.exclude:
        return True
    said = f" {' '.join(token.key for token in row)} "

    def stands(phrase: str) -> bool:
        return f" {all_keys(phrase)} " in said

    wanted = not entry.include or any(map(stands, entry.include))
    return wanted and not any(map(stands, entry.exclude))


@lru_cache(maxsize=1 << 12)
def all_keys(phrase: str) -> str:
    """The keys of a condition; the same few are asked for in every sentence."""
    return " ".join(token.key for token in tokens(normalise(phrase).text))


def likeness(entry: TermEntry, surface: str) -> int:
    """2 for the words of the entry to the letter, 1 in another case, 0 in another form."""
    listed = spelling(entry.source).text
    if surface == listed:
        return 2
    return int(words_of(surface) == words_of(listed))


def judged(text: str, row: Iterable[Candidate], priors: dict[str, float]) -> Iterator[Candidate]:
    """The candidates with their confidence, without those that are plain words."""
    for candidate in row:
        match = candidate.match
        if is_name(match.entry):
            name = match.entry.source
            value = confidence(text, match.start, match.end, name, priors[name])
            if value < WORD:
                continue
            candidate = replace(candidate, match=replace(match, confidence=round(value, 2)))
        yield candidate
