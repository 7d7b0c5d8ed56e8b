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
class Rules:
    """All lists; keys of the mappings are French unless said otherwise."""

    measures: Mapping[str, Measure]
    acronyms: Mapping[str, tuple[str, ...]]
    months: Mapping[str, str]
    weekdays: Mapping[str, str]
    exonyms: Mapping[str, str]
    places: Mapping[str, str]

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
    return Rules(
        {name: Measure(**one) for name, one in lists["measures"].items()},
        {french: tuple(english) for french, english in lists["acronyms"].items()},
        lists["months"],
        lists["weekdays"],
        lists["exonyms"],
        lists["places"],
    )
