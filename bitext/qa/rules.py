"""The word lists that checks look up, from `rules.toml`, which the review page may have too."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Measure:
    """
    A unit of measure or a currency: how French and English write it, as patterns.

    One is `size` of its `kind`, which begins at `zero`; a `sign` has these very letters.
    """

    fr: str
    en: str
    money: bool = False
    lost: bool = False
    sign: str = ""
    kind: str = ""
    size: float = 1
    zero: float = 0
    customary: bool = False


@dataclass(frozen=True, slots=True)
class People:
    """A people in all its forms, and beginnings of other words that speak of it."""

    fr: tuple[str, ...]
    en: tuple[str, ...]
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rules:
    """
    All lists; keys of the mappings are French unless said otherwise.

    `places` are the countries and those towns that English calls otherwise; `hints` are, by its
    English name, what speaks of an institution without its letters.
    """

    measures: Mapping[str, Measure]
    acronyms: Mapping[str, tuple[str, ...]]
    hints: Mapping[str, tuple[str, ...]]
    months: Mapping[str, str]
    weekdays: Mapping[str, str]
    exonyms: Mapping[str, str]
    countries: Mapping[str, str]
    towns: Mapping[str, str]
    places: Mapping[str, str]
    peoples: tuple[People, ...]
    firms: tuple[str, ...]
    women: tuple[str, ...]
    men: tuple[str, ...]

    def measure(self, lang: str) -> re.Pattern[str]:
        """A group for each measure, by its name, that matches where a form of it stands."""
        groups = (f"(?P<{name}>{getattr(one, lang)})" for name, one in self.measures.items())
        return re.compile(rf"(?:{'|'.join(groups)})(?![^\W_])", re.IGNORECASE)

    def signs(self) -> re.Pattern[str]:
        """The same for signs, which both languages have."""
        groups = (f"(?P<{name}>{one.sign})" for name, one in self.measures.items() if one.sign)
        return re.compile(rf"(?:{'|'.join(groups)})(?![^\W_])")


def plain() -> dict[str, Any]:
    """The lists as plain JSON values, for who is not Python."""
    return tomllib.loads(files(__package__).joinpath("rules.toml").read_text("utf-8"))


@cache
def rules() -> Rules:
    lists = plain()
    alike = {name: tuple(words.split()) for name, words in lists["alike"].items()}
    return Rules(
        measures={name: Measure(**one) for name, one in lists["measures"].items()},
        acronyms={french: tuple(english) for french, english in lists["acronyms"].items()},
        hints={english: tuple(words) for english, words in lists["hints"].items()},
        months=lists["months"],
        weekdays=lists["weekdays"],
        exonyms=lists["exonyms"],
        countries=lists["places"],
        towns=lists["towns"] | {name: name for name in alike["towns"]},
        places=lists["places"] | lists["towns"],
        peoples=tuple(
            People(tuple(one["fr"].split()), tuple(one["en"].split()), tuple(one.get("near", ())))
            for one in lists["peoples"].values()
        ),
        firms=alike["firms"],
        women=alike["women"],
        men=alike["men"],
    )
