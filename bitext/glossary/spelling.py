"""How a term is written: its words and their keys, the marks around them, its capitals."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bitext.glossary import gender
from bitext.glossary.inflection import (
    AMBIGUOUS,
    ELIDED,
    invariable,
    is_plural,
    pluralised,
    singularised,
    stem,
)
from bitext.text import fold, normalise
from bitext.units import TermEntry

TOKEN = re.compile(r"[^\W_]+")
ELISION = re.compile("'(?=[\"\\w])")
# What may stand between the words of a term; other marks only where the entry has them ("AT&T").
BETWEEN = frozenset(" '-")
# Marks around an entry that the text may lack.
LOOSE = '." '
# Words that join the others of a term; they bear no number and no capital.
JOINING = frozenset({"de", "à", "le", "en", "pour", "sur", "par", "avec", "sans", "contre"})


LONG = 60  # letters that no French word has; such are taken as they are
# A source that normalising changes only the apostrophes of; most are such.
ORDINARY = re.compile(r"[A-Za-z0-9À-ÿŒœ]+(?:[ '’-][A-Za-z0-9À-ÿŒœ]+)*")


class Token(NamedTuple):  # made for every word of a text, and twice as fast as a dataclass
    """A word or number in lower case, without its plural mark, and the key of all its forms."""

    start: int
    end: int
    word: str
    stem: str
    key: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """
    How an entry is written: its normalised text, its words, and the marks around them.

    `counted` are the words without the articles that count for nothing, `stems` these without
    their plural marks.
    """

    text: str
    words: tuple[str, ...]
    counted: tuple[str, ...]
    stems: tuple[str, ...]
    before: str
    after: str
    bearing: tuple[str, ...]
    heads: tuple[str, ...]


def tokens(text: str) -> Iterator[Token]:
    """The words and numbers of a normalised text."""
    folded = fold(text)
    for match in TOKEN.finditer(folded):
        word = match[0]
        start, end = match.span()
        if word in ELIDED and ELISION.match(folded, end):
            yield Token(start, end, word, ELIDED[word], ELIDED[word])
        else:
            yield Token(start, end, word, *(keys(word) if end - start < LONG else (word, word)))


@lru_cache(maxsize=1 << 17)
def keys(word: str) -> tuple[str, str]:
    """A word without its plural mark, and its key; most words of a text come often."""
    # «coeur» is «cœur» on a keyboard without it.
    reduced, key = (form.replace("œ", "oe") for form in (stem(word), gender.key(word)))
    return reduced, reduced if reduced in JOINING else key


def kept(row: Sequence[Token], first: int, end: int) -> Iterator[Token]:
    """The tokens first:end of a term, without the articles that count for nothing."""
    return (row[at] for at in range(first, end) if not article_within(row, first, at))


def article_within(row: Sequence[Token], first: int, at: int) -> bool:
    """
    Whether a token is an article after "de" or "à" within a term that begins at `first`.

    It counts for nothing, since "du" and "des" hold one: "chef de l'État", "chefs d'États".
    """
    return row[at].key == "le" and at > first and row[at - 1].key in ("de", "à")


def plain(source: str) -> str:
    """The normalised text of a source; a glossary has many, so that most take a short way."""
    if ORDINARY.fullmatch(source):
        return source.replace("’", "'")
    return normalise(source).text


def counted(source: str) -> list[Token]:
    """The words that a term is looked up by."""
    row = list(tokens(plain(source)))
    return list(kept(row, 0, len(row)))


def keys_of(source: str) -> list[str]:
    return [token.key for token in counted(source)]


@lru_cache(maxsize=1 << 16)
def spelling(source: str) -> Spelling:
    """Looked up for every candidate, so that it is worked out once."""
    text = plain(source)
    row = list(tokens(text))
    looked_up = list(kept(row, 0, len(row)))
    return Spelling(
        text,
        tuple(token.word for token in row),
        tuple(token.word for token in looked_up),
        tuple(token.stem for token in looked_up),
        text[: row[0].start],
        text[row[-1].end :],
        bearing(text),
        heads(text),
    )


def stretch(text: str, start: int, end: int, spelt: Spelling) -> tuple[int, int] | None:
    """
    The words start:end with the marks that the entry has around them ("C++").

    None where the words are not in one piece, or are a part of something longer.
    """
    if "_" in (text[start - 1 : start], text[end : end + 1]):
        return None
    if len(spelt.words) > 1 and set(TOKEN.sub("", text[start:end])) - BETWEEN - set(spelt.text):
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


def words_of(text: str) -> tuple[str, ...]:
    return tuple(TOKEN.findall(fold(text)))


def is_name(entry: TermEntry) -> bool:
    """Whether an entry is one capitalised word, which a plain word might look like."""
    told = entry.match != "regex" and entry.case != "insensitive"
    return told and entry.source[:1].isupper() and bool(TOKEN.fullmatch(entry.source))


def in_case(entry: TermEntry, surface: str) -> bool:
    """
    Whether the capitals of a normalised stretch of text are what the entry asks for.

    "smart": an entry in small letters is found in any case; one with capitals asks for them, so
    that "Parler" is not found in "parler", but text in capitals throughout may be either. Within
    a name of several words usage wavers («Conseil d’État», «d’état»), so that the first capital
    is enough where the name is translated.
    """
    spelt = spelling(entry.source)
    if entry.case == "insensitive":
        return True
    pairs = list(zip(spelt.bearing, bearing(surface), strict=False))
    if entry.case == "sensitive":
        return all(same_letters(listed, written) for listed, written in pairs)
    if spelt.text == spelt.text.lower():
        return True
    if surface.isupper() and len(surface) > 1:
        return True
    kept = [written[0].isupper() for listed, written in pairs if listed[0].isupper()]
    return all(kept if entry.kind == "dnt" else kept[:1])


def same_letters(listed: str, written: str) -> bool:
    """Whether two forms of a word begin with the same letters in the same case."""
    for one, other in zip(listed, written, strict=False):
        if fold(one) != fold(other):
            break
        if one != other:
            return False
    return True


@lru_cache(maxsize=1 << 14)
def bearing(text: str) -> tuple[str, ...]:
    """The words of a term that bear its sense, without those that join them."""
    row = list(tokens(text))
    return tuple(text[t.start : t.end] for t in row if t.key not in JOINING or len(row) == 1)


def required(entry: TermEntry, surface: str, *, noun: bool = True, many: bool = False) -> str:
    """
    The target that this surface form asks for: the entry's, in the number of the text.

    `noun` tells that it stands where a noun does; English adjectives have no plural. `many` is
    the number that the words around it tell, where the noun itself has one form for both.
    """
    spelt = spelling(entry.source)
    if entry.kind == "dnt":
        if surface.isupper() and len(surface) > 1 and not spelt.text.isupper():
            return surface
        return entry.target if words_of(surface) == spelt.words else surface.lower()
    if entry.kind == "forbidden" or without_number(entry, noun):
        return entry.target
    if many and "-" in surface and words_of(surface) == spelt.words:
        # «les porte-parole»: nothing in it is inflected, or all of it is already.
        return entry.plural or pluralised(entry.target)
    for listed, written in zip(spelt.heads, heads(surface), strict=False):
        if is_plural(written) and not is_plural(listed):
            return entry.plural or pluralised(entry.target)
        if is_plural(listed) and not is_plural(written):
            return entry.target if entry.plural else singularised(entry.target)
        if AMBIGUOUS.get(written) == listed:
            return entry.plural or pluralised(entry.target)
        if many and listed == written and (invariable(written) or acronym(surface)):
            return entry.plural or pluralised(entry.target)
        if not invariable(written):
            many = False
    return entry.target


def acronym(surface: str) -> bool:
    return len(surface) > 1 and surface.isupper() and surface.isalpha()


def without_number(entry: TermEntry, noun: bool) -> bool:
    one = len(spelling(entry.source).stems) == 1 and not entry.plural
    if not one or not gender.is_adjective(entry.pos, entry.target):
        return False
    return not noun or bool(entry.pos) or entry.target.endswith("ed")


@lru_cache(maxsize=1 << 14)
def heads(term: str) -> tuple[str, ...]:
    """
    The words of a French term that take its number: those before "de", "à" and the like.

    >>> heads("les grands magasins d'applications")
    ('grands', 'magasins')
    """
    found: list[str] = []
    for token in tokens(term):
        if token.key not in JOINING:
            found.append(token.word)
        elif found:
            break
    return tuple(found)
