"""What has become its contrary: before that became after, left that became right, red, blue."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bitext.units import Issue, TranslationUnit

# A denied word is often told by its contrary: "pas ouvert" is "closed".
DENIED_SOURCE = re.compile(
    r"\b(?:ne|n['’]\w+|pas|sans|ni|jamais|aucune?|non|rien|guère|contraire\w*|contre|faute"
    r"|loin)\b",
    re.IGNORECASE,
)
DENIED_TARGET = re.compile(
    r"\b(?:not|no|never|without|nor|neither|none|nothing|cannot|hardly|barely|limited|non\w*"
    r"|fail(?:s|ed|ing)?|lack\w*|instead|oppos\w+|contrary|rather|un(?!der|i|til|less)[a-z]{4,}"
    r"|dis(?!c|t|abl|play)[a-z]{4,})\b|n['’]t\b",
    re.IGNORECASE,
)
# In a longer text a word may answer to anything.
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Kin:
    """A member's class: what says any of its members in English, and what may say this one."""

    members: frozenset[str]
    english: re.Pattern[str]
    broadly: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Opposites:
    """Words that exclude one another; every pattern has a group for each member, by its name."""

    french: re.Pattern[str]
    kin: Mapping[str, Kin]


def opposites(unit: TranslationUnit) -> Iterator[Issue]:
    """Nothing becomes its contrary: before stays before, and left left."""
    if max(len(unit.source), len(unit.target)) > LONGEST:
        return
    if DENIED_SOURCE.search(unit.source) or DENIED_TARGET.search(unit.target):
        return
    before = {m.lastgroup or "": m for m in words().french.finditer(unit.source)}
    for name, was in before.items():
        kin = words().kin[name]
        if len(kin.members & before.keys()) > 1 or kin.broadly.search(unit.target):
            continue
        after = {m.lastgroup or "": m for m in kin.english.finditer(unit.target)}
        if len(after) == 1:
            yield contrary(was, *after.values())


def contrary(was: re.Match[str], now: re.Match[str]) -> Issue:
    message = f"{was.group()} has become {now.group()}"
    spans = (was.span(),), (now.span(),)
    return Issue("opposites", "major", message, "accuracy/mistranslation", *spans)


@cache
def words() -> Opposites:
    """Those of the data."""
    classes = tomllib.loads(files(__package__).joinpath("opposites.toml").read_text("utf-8"))
    every = {name: forms for members in classes.values() for name, forms in members.items()}
    kin = {}
    for members in classes.values():
        english = grouped(members, "en")
        for name, forms in members.items():
            broad = whole_words("|".join(forms[key] for key in ("en", "also") if key in forms))
            kin[name] = Kin(frozenset(members), english, broad)
    return Opposites(grouped(every, "fr"), kin)


def grouped(members: Mapping[str, Mapping[str, str]], lang: str) -> re.Pattern[str]:
    return whole_words("|".join(f"(?P<{name}>{forms[lang]})" for name, forms in members.items()))


def whole_words(forms: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{forms})(?!\w)", re.IGNORECASE)
