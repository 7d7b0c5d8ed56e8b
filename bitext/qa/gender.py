"""A woman stays a woman, and a man a man, where only a pronoun says so."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from bitext.qa.rules import rules
from bitext.units import Issue, TranslationUnit

WOMEN = "madame mme mlle mademoiselle femme fille mère sœur tante reine épouse".split()
MEN = "monsieur m\\. mm\\. homme garçon père frère fils oncle roi mari".split()


@dataclass(frozen=True, slots=True)
class Gender:
    """
    How a gender is told.

    A French pronoun, a French person of it, English words that say it, and the English pronouns
    of the other one.
    """

    pronoun: re.Pattern[str]
    person: re.Pattern[str]
    english: re.Pattern[str]
    other: re.Pattern[str]


def gender(unit: TranslationUnit) -> Iterator[Issue]:
    """She does not become he, nor he she."""
    for own, against in (genders(), genders()[::-1]):
        pronoun = own.pronoun.search(unit.source)
        if not pronoun or not own.person.search(unit.source) or told(against, unit.source):
            continue
        now = own.other.search(unit.target)
        if now and not own.english.search(unit.target):
            message = f"{pronoun.group()} has become {now.group()}"
            spans = (pronoun.span(),), (now.span(),)
            yield Issue("gender", "major", message, "accuracy/mistranslation", *spans)


def told(gender: Gender, source: str) -> bool:
    """Whether a French text may speak of somebody of a gender."""
    return bool(gender.pronoun.search(source) or gender.person.search(source))


@cache
def genders() -> tuple[Gender, Gender]:
    """The feminine, and the masculine."""
    lists = rules()
    she = Gender(
        words("elle"),
        persons(lists.women, WOMEN),
        words("she|her|hers|herself"),
        words("he|himself"),
    )
    he = Gender(
        words("il|lui|celui|ce dernier"),
        persons(lists.men, MEN),
        words("he|him|his|himself"),
        words("she|herself"),
    )
    return she, he


def words(forms: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{forms})\b", re.IGNORECASE)


def persons(names: Iterable[str], forms: Iterable[str]) -> re.Pattern[str]:
    """A pattern for given names, and for words, these in any number and with a capital or not."""
    either = (f"[{form[0]}{form[0].upper()}]{form[1:]}s?" for form in forms)
    return re.compile(rf"(?<![\w-])(?:{'|'.join((*names, *either))})(?!\w)")
