"""A country, a town, a firm, a people or a first name that has become another one."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from bitext.qa.plain import plain
from bitext.qa.rules import rules
from bitext.units import Issue, TranslationUnit

CAPITALS = re.compile(r"(?<![\w@#./-])[A-ZÀ-ÖØ-Þ]{2,}(?![\w-])")
# A word with a capital; one of French, which has small adjectives. "En français" is a language,
# which a translation may put for its own.
PROPER = re.compile(r"(?<![\w-])[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿœ]{2,}(?![\w-])")
FRENCH = re.compile(
    r"(?<![\w-])(?<!\b[Ee]n )(?<!\b[Ll]angue )(?<!\b[Vv]ersion )(?!Français\b)[^\W\d_]{4,}(?![\w-])"
)
# Letters of a name that its derivations have, too.
STEM = 4
# Places whose people and adjective begin otherwise.
DEMONYMS = {
    "France": "frenc", "Spain": "spani", "Netherlands": "dutch", "Wales": "welsh",
    "Denmark": "danis", "Switzerland": "swiss", "Poland": "polis", "Ireland": "irish",
    "Scotland": "scot", "Britain": "briti", "England": "engli", "Finland": "finni",
    "Turkey": "turki", "Sweden": "swedi", "United States": "american", "Germany": "german",
}  # fmt: skip
KINDS = ("countries", "acronyms", "towns", "firms", "peoples", "given")


@dataclass(frozen=True, slots=True)
class Kind:
    """
    Names of one kind.

    `english` has the English names of a French one, `french` the French ones of an English one,
    and `near` what else speaks of it, by its first English name.
    """

    source: re.Pattern[str]
    target: re.Pattern[str]
    english: Mapping[str, tuple[str, ...]]
    french: Mapping[str, tuple[str, ...]]
    near: Mapping[str, tuple[str, ...]]


def exchanges(unit: TranslationUnit) -> Iterator[Issue]:
    """Each name of the source that has become another one of its kind."""
    for name in KINDS:
        yield from exchanged(unit, name, kinds()[name])


def exchanged(unit: TranslationUnit, name: str, kind: Kind) -> Iterator[Issue]:
    """The one name of a kind that is lost, if there is one gained."""
    small = name == "peoples"
    words = (m for m in kind.source.finditer(unit.source) if not (small and m[0] in countries()))
    source = {m[0].lower() if small else m[0]: m for m in words}
    here = [one for one in source if one in kind.english]
    if not here:
        return
    target = {m.group(): m for m in kind.target.finditer(unit.target)}
    ours = {one for known in here for one in kind.english[known]} | source.keys()
    rest = unit.source if name == "acronyms" else without(unit.source, here)
    gained = [
        one
        for one in target
        if one in kind.french
        and one not in ours
        and not hinted(name, (one, *kind.french[one]), kind, rest)
    ]
    if len(gained) != 1:
        return
    rest = unit.target.replace(gained[0], "")
    lost = [
        one
        for one in here
        if not {one, *kind.english[one]} & target.keys()
        and not hinted(name, (*kind.english[one], one), kind, rest)
    ]
    # Catherine may be Katherine, and Jean John.
    if len(lost) == 1 and (name != "given" or plain(lost[0])[0] != plain(gained[0])[0]):
        was, now = source[lost[0]], target[gained[0]]
        message = f"{was.group()} has become {now.group()}"
        spans = (was.span(),), (now.span(),)
        fixes = kind.english[lost[0]][:1]
        yield Issue("names", "major", message, "accuracy/mistranslation", *spans, fixes)


@cache
def countries() -> frozenset[str]:
    return frozenset(rules().countries)


def without(text: str, names: list[str]) -> str:
    """A text in small letters without some names, so that none hints at a name like it."""
    low = plain(text)
    for name in names:
        low = low.replace(plain(name), "")
    return low


def hinted(name: str, names: tuple[str, ...], kind: Kind, text: str) -> bool:
    """Whether a text may speak of it in other words: the French, for France; United Nations."""
    low = plain(text)
    if any(hint in low for one in names for hint in kind.near.get(one, ())):
        return True
    if name == "acronyms":
        return any(re.search(initials(one), text) for one in names)
    stems = (plain(one)[:STEM] for one in names)
    people = (DEMONYMS[one] for one in names if one in DEMONYMS)
    return any(stem in low for stem in (*stems, *people))


@cache
def initials(acronym: str) -> str:
    """A pattern for words that an acronym may stand for: "Union européenne", small ones between."""
    first, rest = acronym[0], acronym[1:]
    words = (rf"\b{first}\w*", *(rf"\b[{letter}{letter.lower()}]\w*" for letter in rest))
    return r"\W+(?:\w+\W+){0,2}?".join(words)


@cache
def kinds() -> Mapping[str, Kind]:
    """Those of the data."""
    lists = rules()
    peoples = {form: people.en for people in lists.peoples for form in people.fr}
    near = {people.en[0]: people.near for people in lists.peoples}
    return {
        "countries": kind(PROPER, PROPER, single(lists.countries)),
        "acronyms": kind(CAPITALS, CAPITALS, lists.acronyms, lists.hints),
        "towns": kind(PROPER, PROPER, single(lists.towns)),
        "firms": kind(PROPER, PROPER, {one: (one,) for one in lists.firms}),
        "peoples": kind(FRENCH, PROPER, peoples, near),
        "given": kind(PROPER, PROPER, {one: (one,) for one in (*lists.women, *lists.men)}),
    }


def single(names: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    return {french: (english,) for french, english in names.items()}


def kind(
    source: re.Pattern[str],
    target: re.Pattern[str],
    english: Mapping[str, tuple[str, ...]],
    near: Mapping[str, tuple[str, ...]] | None = None,
) -> Kind:
    french: dict[str, tuple[str, ...]] = {}
    for name, others in english.items():
        for other in others:
            french[other] = (*french.get(other, ()), name)
    return Kind(source, target, english, french, near or {})
