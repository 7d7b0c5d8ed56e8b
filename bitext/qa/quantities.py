"""What a number can mean: the types and values that French and English are compared by."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Number = Decimal | int

SPACES = " \u00a0\u2009\u202f"
# 2022-03-19; 2:21:31; 1 234 567,8 and 1.234 and 12'000; then 12.05.2012 and 1.1.2; then 4,9.
FIGURES = (
    rf"(?<!\d)\d{{4}}-\d\d-\d\d(?!\d)|\d{{1,3}}:\d\d[:.,]\d{{1,3}}(?!\d)"
    rf"|(?<!\d)\d{{1,3}}(?P<group>[{SPACES}.,'’])\d{{3}}(?:(?P=group)\d{{3}})*(?!\d)(?:[.,]\d+)?"
    r"|\d+(?:\.\d+){2,}|\d+(?:[.,]\d+)?"
)
GROUPED = re.compile(rf"(\d{{1,3}}([{SPACES}.,'’])\d{{3}}(?:\2\d{{3}})*)(?:[.,](\d+))?")
SIMPLE = re.compile(r"\d+[.,]\d+")
# Beyond, it is an account or a code, and compared as it is.
LONGEST = 20

# XXe, XIXème; a plain "I" or "C" is a word.
ROMAN = re.compile(r"([IVXLC]{2,}|[VX](?=[eè]))(e|è(?:re)?me|ème|th)?")
ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
ROMAN_STEPS = (
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """
    A number in a text: `text[start:end]`.

    A counterpart has one of `values`, or all of `parts` ("07 h 59" may be told apart); `also`
    are values that it accounts for on the other side. A number that is not `needed` ("un",
    "première", "half") may have no counterpart.
    """

    start: int
    end: int
    values: frozenset[str]
    parts: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """A number before its surroundings are looked at; `after` is the token that follows it."""

    start: int
    end: int
    after: int
    numbers: tuple[Number, ...]
    scale: int = 1
    needed: bool = True


@dataclass(frozen=True, slots=True)
class Clock:
    """What a number says as a time of day or a duration, and where that ends."""

    end: int
    values: tuple[str, ...]
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """
    How a language writes numbers; keys are lower case, compounds with hyphens.

    `words` add up and `scales` multiply; a scale by itself counts if it is in `alone`.
    `units` ("dozen", "decade") may multiply the number before them. `hints` ("both", "third")
    stand for one of several values and never need a counterpart.
    `half` finds an added half, `optional` says that a number need not be told, `clock` reads
    a time of day, `extra` yields more readings. `scaled` says that the number by itself is none of
    them ("5 M€", "€5bn"); `short_scale` finds what it is multiplied by then.
    """

    token: re.Pattern[str]
    words: Mapping[str, int]
    scales: Mapping[str, int]
    units: Mapping[str, int]
    hints: Mapping[str, tuple[str, ...]]
    alone: frozenset[str]
    half: re.Pattern[str]
    optional: Callable[[str, Run], bool]
    clock: Callable[[str, Run], Clock | None]
    extra: Callable[[str, Run], Iterator[str]]
    scaled: Callable[[str, Run], bool]
    short_scale: re.Pattern[str]
    short_scales: Mapping[str, int]
    known: frozenset[str] = field(init=False)
    telling: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        known = self.words.keys() | self.scales.keys() | self.units.keys() | self.hints.keys()
        telling = {word for word, number in self.words.items() if number > 1} | self.scales.keys()
        object.__setattr__(self, "known", frozenset(known))
        object.__setattr__(self, "telling", frozenset(telling))


def canonical(number: Number) -> str:
    """
    The one spelling under which values are compared.

    >>> canonical(Decimal("4.90") * 10**6), canonical(Decimal("0.50"))
    ('4900000', '0.5')
    """
    return str(number) if isinstance(number, int) else format(number.normalize(), "f")


def readings(figures: str) -> tuple[Number, ...]:
    """
    What figures can mean: a lone dot or comma before three digits is read both ways.

    Nothing for a date, a version or a code, which are no amounts.

    >>> readings("10\u202f000"), readings("4,9"), readings("1.234"), readings("12.05.2012")
    ((10000,), (Decimal('4.9'),), (1234, Decimal('1.234')), ())
    """
    if len(figures) > LONGEST:
        return ()
    if figures.isdecimal():
        return (int(figures),)
    grouped = GROUPED.fullmatch(figures)
    if grouped and figures[0] != "0":
        whole, separator, fraction = grouped.groups()
        digits = whole.replace(separator, "")
        if fraction:
            return (Decimal(f"{digits}.{fraction}"),)
        if separator in ".," and whole.count(separator) == 1:
            return (int(digits), Decimal(whole.replace(",", ".")))
        return (int(digits),)
    return (Decimal(figures.replace(",", ".")),) if SIMPLE.fullmatch(figures) else ()


def clock_values(hour: int, minute: int, part: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    The values and parts of a time; without "am" or "pm" it is both, and a duration too.

    >>> clock_values(11, 59, "pm"), clock_values(3, 0, "")
    ((('23:59',), ()), (('3:00', '15:00', '3'), ()))
    """
    if part:
        hour = hour if hour > 12 else hour % 12 + (12 if part == "pm" else 0)
        return (f"{hour}:{minute:02}",), ()
    hours = (hour % 24,) if hour > 12 else (hour, (hour + 12) % 24)
    times = tuple(f"{hour}:{minute:02}" for hour in hours)
    if not minute:
        return (*times, str(hour)), ()
    durations = (str(60 * hour + minute), canonical(hour + Decimal(minute) / 60))
    return times + durations, (str(hour), str(minute))


def roman_value(numeral: str) -> int:
    """
    The value of a Roman numeral; 0 if it is none.

    >>> roman_value("XIX"), roman_value("IIX")
    (19, 0)
    """
    values = [ROMAN_DIGITS[digit] for digit in numeral]
    total = 0
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return total if to_roman(total) == numeral else 0


def to_roman(number: int) -> str:
    written = ""
    for value, digits in ROMAN_STEPS:
        written += digits * (number // value)
        number %= value
    return written
