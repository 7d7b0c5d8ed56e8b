"""Months and days of the week stay what they are."""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from bitext.qa.rules import rules
from bitext.units import Issue, TranslationUnit

# "mars" is a planet too, and "March" and "May" open sentences as words: they count beside a number
# or after a word that leads to a date.
DOUBTFUL = frozenset({"mars", "March", "May"})
DATED_BEFORE = re.compile(
    r"(?:\d(?:er|st|nd|rd|th)?|\b(?:en|de|mois de|fin|mi|début|in|of|by|since|until|late|early|mid"
    r"|last|next|this|between|and|to|from|on))[\s,-]+(?:the\s)?$",
    re.IGNORECASE,
)
DATED_AFTER = re.compile(r",?\s\d")
# "La nuit de mardi" is Monday night as often as Tuesday's.
NIGHT = re.compile(r"\bnuit\b|\bpremières heures\b", re.IGNORECASE)
SHORT = {name[:3]: name for name in (
    "January February March April June July August September October November December".split()
)} | {"Sept": "September"}  # fmt: skip
Found = Mapping[str, tuple[int, int]]


def calendar(unit: TranslationUnit) -> Iterator[Issue]:
    """A month stays that month, and a Monday a Monday."""
    for names in (rules().months, rules().weekdays):
        before = named(unit.source, french_pattern(tuple(names)), names)
        if not before or (names is rules().weekdays and NIGHT.search(unit.source)):
            continue
        english = tuple(names.values())
        after = named(unit.target, english_pattern(english), SHORT | {n: n for n in english})
        lost = [name for name in before if name not in after]
        gained = [name for name in after if name not in before]
        for old, new in zip(lost, gained, strict=False):
            yield Issue(
                "calendar",
                "major",
                f"{unit.source[slice(*before[old])]} has become {new}",
                "accuracy/mistranslation",
                (before[old],),
                (after[new],),
                (old,),
            )


def named(text: str, pattern: re.Pattern[str], names: Mapping[str, str]) -> Found:
    """The English names of what stands in a text, and the first place of each."""
    found: dict[str, tuple[int, int]] = {}
    for match in pattern.finditer(text):
        word = match[1]
        if word in DOUBTFUL and not (
            DATED_BEFORE.search(text, max(0, match.start() - 12), match.start())
            or DATED_AFTER.match(text, match.end())
        ):
            continue
        name = names.get(word) or names.get(word.lower(), "")
        found.setdefault(name, match.span(1))
    return found


@cache
def french_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    if "lundi" not in names:
        return re.compile(rf"\b({'|'.join(names)})\b")
    # "La nuit de mardi" is Monday night as often as Tuesday's.
    return re.compile(rf"(?<!nuit de )(?<!nuit du )\b({'|'.join(names)})s?\b", re.IGNORECASE)


@cache
def english_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    # "Jan." and "Sept." are dates; "Mon." and "Sat." are seldom written.
    short = "|".join(SHORT) if "May" in names else ""
    return re.compile(
        rf"\b({'|'.join(names)})s?\b"
        if not short
        else rf"\b({'|'.join(names)}|(?:{short})(?=\.))s?\b"
    )
