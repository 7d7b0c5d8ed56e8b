"""
Find verbs and phrases with a verb at their head, whatever their form: se rendre compte, mettre en
œuvre. A few words of a closed class may stand within: "elle ne s'est pas rendu compte".
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bitext.glossary.conjugation import (
    Kind,
    english_form,
    english_forms,
    french_forms,
    is_infinitive,
    may_be_infinitive,
)
from bitext.glossary.spelling import Token, plain, tokens
from bitext.units import SURE, TermEntry

# Words that may part a verb from the rest of its phrase; adverbs in -ment, too.
BETWEEN = frozenset(
    "pas plus jamais guère rien même déjà encore toujours aussi également enfin bien mal tout tous "
    "toute toutes souvent parfois vite ainsi donc alors trop très mieux moins peu vous nous toi t "
    "il elle on ils elles je tu y en aussitôt ensuite bientôt désormais".split()
)
MOST_BETWEEN = 3
DETERMINERS = frozenset(
    "le la les l un une des ce cet cette ces son sa ses leur leurs mon ma mes votre vos".split()
)
REFLEXIVE = frozenset("se s me m te t nous vous".split())
# How far before the verb: "s'est enfin rendu", "se sont vite rendu".
REACH = 4
VERBS = frozenset({"verb", "v", "verbe", "vt", "vi", "vtr", "vintr", "transitiveverb"})
# Where words stand within, nobody can be sure of what takes their place.
PARTED = SURE - 0.1


@dataclass(frozen=True, slots=True)
class Phrase:
    """
    An entry as a verb: its infinitive, whether it is reflexive, and the keys of what follows.

    Unless it is `sure`, it may be a noun: "avoir fiscal".
    """

    entry: TermEntry
    infinitive: str
    reflexive: bool
    rest: tuple[str, ...]
    sure: bool


@dataclass(frozen=True, slots=True)
class Found:
    """The tokens first:end of a text, which are a form of an entry's verb and what follows it."""

    entry: TermEntry
    first: int
    end: int
    required: str
    confidence: float


def phrase_of(entry: TermEntry) -> Phrase | None:
    """
    An entry as a verb; None for one that is none.

    A single word is one only where its part of speech or its target says so ("to resign").
    """
    if entry.kind != "term" or entry.match != "lemma" or entry.source != entry.source.lower():
        return None
    if entry.pos and entry.pos.lower() not in VERBS:
        return None
    row = list(tokens(plain(entry.source)))
    reflexive = len(row) > 1 and row[0].word in ("se", "s")
    own = row[reflexive:]
    told = bool(entry.pos) or entry.target.startswith("to ")
    if not own or not (told or reflexive or len(own) > 1):
        return None
    if not (may_be_infinitive if told else is_infinitive)(own[0].word):
        return None
    rest = tuple(token.key for token in own[1:])
    return Phrase(entry, own[0].word, reflexive, rest, sure=told or reflexive)


class Verbs:
    """The verbs of a glossary by their forms."""

    def __init__(self) -> None:
        self.forms: dict[str, list[tuple[Phrase, Kind]]] = defaultdict(list)
        self.infinitives: set[tuple[TermEntry, str]] = set()

    def add(self, phrase: Phrase) -> None:
        self.infinitives.add((phrase.entry, phrase.infinitive))
        for form, kind in french_forms(phrase.infinitive).items():
            self.forms[form].append((phrase, kind))

    def found(self, row: Sequence[Token]) -> Iterator[Found]:
        for first, token in enumerate(row if self.forms else ()):
            for phrase, kind in self.forms.get(token.word, ()):
                end = reached(phrase, row, first)
                if end and (not phrase.reflexive or is_reflexive(row, first)):
                    parted = end - first > 1 + len(phrase.rest)
                    required = english_form(phrase.entry.target, kind)
                    yield Found(
                        admitting(phrase.entry), first, end, required, PARTED if parted else 1.0
                    )


def reached(phrase: Phrase, row: Sequence[Token], first: int) -> int:
    """The number of the token behind the phrase whose verb is at `first`; 0 if it is not there."""
    at = first + 1
    if not phrase.rest:
        return at
    # «met le locataire en demeure»: from a determiner on any words may stand there.
    object_ = row[at : at + 1] and row[at].word in DETERMINERS
    while row[at : at + 1] and row[at].key != phrase.rest[0]:
        within = object_ or row[at].word in BETWEEN or row[at].word.endswith("ment")
        if not within or at - first > MOST_BETWEEN:
            return 0
        at += 1
    end = at + len(phrase.rest)
    return end if tuple(token.key for token in row[at:end]) == phrase.rest else 0


def is_reflexive(row: Sequence[Token], first: int) -> bool:
    before = row[max(0, first - REACH) : first]
    after = row[first + 1 : first + 2]
    return any(t.word in REFLEXIVE for t in before) or any(
        t.word in ("toi", "vous", "nous") for t in after
    )


@lru_cache(4096)
def admitting(entry: TermEntry) -> TermEntry:
    """The entry with all forms of its targets, each of which counts."""
    forms = (form for target in (entry.target, *entry.admitted) for form in english_forms(target))
    return replace(entry, admitted=tuple(dict.fromkeys((*entry.admitted, *forms))))
