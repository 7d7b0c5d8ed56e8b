"""An amount keeps what it is an amount of: 20 % stays a percentage, 5 euros are no dollars."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice

from bitext.qa.quantities import FIGURES, SPACES, Quantity, canonical, readings
from bitext.qa.rules import rules
from bitext.units import Issue, TranslationUnit

SCALES = {
    "mille": 10**3, "thousand": 10**3, "k": 10**3, "million": 10**6, "millions": 10**6, "m": 10**6,
    "milliard": 10**9, "milliards": 10**9, "billion": 10**9, "billions": 10**9, "bn": 10**9,
}  # fmt: skip
# A range has its unit at the end only: "10 à 20 %".
AMOUNT = re.compile(
    rf"(?P<sign>[$€£¥]|\b(?:EUR|USD|GBP|CHF|CAD)(?=\s?\d))?\s?(?P<figures>{FIGURES})"
    rf"(?P<range>\s?(?:[-–—]|à|et|ou|to|and|or)\s?[$€£¥]?\d+(?:[.,]\d+)?"
    rf"(?=[{SPACES}]?(?:[^\W\d_]|[%$€£°])))?"
    rf"(?:[{SPACES}-]?(?P<scale>mille|thousand|millions?|milliards?|billions?|bn|k|m)\b)?"
    rf"[{SPACES}-]*"
    rf"(?:(?:de|d['’]|of|US|U\.S\.|canadian|american|euros? et|euro(?= cent))[{SPACES}]*)?",
    re.IGNORECASE,
)
HINT = re.compile(r"\d")

# Half a litre, 3/4 d'heure, a quarter of an hour.
PART = re.compile(
    r"(?<!\w)(?<!\d[.,/])(?:(?P<half>demie?|half|1/2|½)"
    r"|(?P<quarters>(?:trois|three)[\s-]quart(?:er)?s|3/4|¾)"
    r"|(?P<quarter>(?:un\s)?quart|(?:a\s)?quarter|1/4|¼))"
    r"(?:[\s-]+(?:de\s|of\s)?(?:d['’]|an?\s)?)",
    re.IGNORECASE,
)
# 5 ft 11 in, 5'11".
FEET = re.compile(
    r"(?<![\w.,'’])(\d)(?:\s?(?:ft|feet|foot)\.?,?\s(?:and\s)?|['’′]\s?)(\d\d?)"
    r"(?:[\s-]?in(?:\.|ch(?:es)?)?(?!\w)|[\"”″])",
    re.IGNORECASE,
)
FOOT = 12
PARTS = {"half": "0.5", "quarters": "0.75", "quarter": "0.25"}
# How far rounding may go: 10 km are 6 miles, but 1.75 m are 175 cm.
ROUNDED, EXACT = 0.07, 0.005
# A value that is a number; what may stand between it and its measure.
PLAIN, BETWEEN = re.compile(r"\d+(?:\.\d+)?"), re.compile(r"[\s-]")
# Amounts of a text that are compared so; each is with each.
MOST = 50


@dataclass(frozen=True, slots=True)
class Amount:
    """
    A number with its measure ("" if it has none that is known): text[start:end].

    It is not `sure` where the measure is that of the second number of what may be a range.
    """

    start: int
    end: int
    values: frozenset[str]
    measure: str
    sure: bool


def measures(unit: TranslationUnit) -> Iterator[Issue]:
    """An amount keeps its unit: percentages, currencies, kilometres, years."""
    if not HINT.search(unit.source) or not HINT.search(unit.target):
        return
    source = amounts(unit.source, "fr")
    known = {(a.values, a.measure): a for a in reversed(source) if a.measure and a.sure}
    if not known:
        return
    told = {(value, amount.measure) for amount in source for value in amount.values}
    target = by_value(amounts(unit.target, "en"))
    # "45,226 euros, and not 24,000": a currency is told once, and not always beside its number.
    elsewhere = {m.lastgroup for m in measure_pattern("en").finditer(unit.target)} & money()
    for amount in reversed(known.values()):
        same = [other for value in amount.values for other in target.get(value, ())]
        if not same or any(o.measure == amount.measure or equal(amount, o) for o in same):
            continue
        changed = [
            other
            for other in same
            if other.sure
            and other.measure
            and all((value, other.measure) not in told for value in other.values)
        ]
        bare = all(not other.measure for other in same)
        if changed:
            yield wrong(unit, amount, changed[0], "has become")
        elif bare and rules().measures[amount.measure].lost and amount.measure not in elsewhere:
            yield wrong(unit, amount, same[0], "is only")


def converted(
    source: str, target: str, lost: Iterable[Quantity] = (), gained: Iterable[Quantity] = ()
) -> tuple[list[Amount], list[Amount]]:
    """
    The amounts of both texts that say the same in other measures, about.

    `lost` and `gained` are numbers of them, of which some are in words ("six feet").
    """
    before = [amount for amount in amounts(source, "fr") if amount.measure][:MOST]
    before += spelt_out(source, "fr", lost)
    if not before:
        return [], []
    after = [amount for amount in amounts(target, "en") if amount.measure][:MOST]
    after += spelt_out(target, "en", gained)
    pairs = [(old, new) for new in after for old in before if equal(old, new)]
    return [old for old, _ in pairs], [new for _, new in pairs]


def spelt_out(text: str, lang: str, numbers: Iterable[Quantity]) -> Iterator[Amount]:
    """The amounts that are in words."""
    for number in islice(numbers, MOST):
        known = frozenset(value for value in number.values if PLAIN.fullmatch(value))
        beside = BETWEEN.match(text, number.end)
        measure = measure_pattern(lang).match(text, beside.end()) if beside else None
        if known and measure and not text[number.start].isdecimal():
            yield Amount(number.start, measure.end(), known, measure.lastgroup or "", True)


def equal(old: Amount, new: Amount) -> bool:
    """Whether an amount in another measure is the same, or about the same if people round it."""
    if not new.measure:
        return False
    was, now = (rules().measures[amount.measure] for amount in (old, new))
    if was.kind == "weight" and new.measure == "pound":  # and no money
        now = rules().measures["pound_weight"]
    if not was.kind or was.kind != now.kind or old.measure == new.measure:
        return False
    far = EXACT if was.customary == now.customary else ROUNDED
    wanted = [(float(v) - was.zero) * was.size / now.size + now.zero for v in old.values]
    return any(abs(float(v) - one) <= far * abs(one) for v in new.values for one in wanted)


@cache
def money() -> frozenset[str]:
    return frozenset(name for name, measure in rules().measures.items() if measure.money)


def by_value(found: Iterable[Amount]) -> dict[str, list[Amount]]:
    """Under each value the first amount with each measure."""
    seen: dict[tuple[str, str, bool], Amount] = {}
    for amount in found:
        for value in amount.values:
            seen.setdefault((value, amount.measure, amount.sure), amount)
    index: dict[str, list[Amount]] = {}
    for (value, _, _), amount in seen.items():
        index.setdefault(value, []).append(amount)
    return index


def wrong(unit: TranslationUnit, was: Amount, now: Amount, verb: str) -> Issue:
    before = unit.source[was.start : was.end].strip()
    after = unit.target[now.start : now.end].strip()
    return Issue(
        "measures",
        "major",
        f"{before} {verb} {after}",
        "accuracy/mistranslation",
        ((was.start, was.end),),
        ((now.start, now.end),),
    )


@cache
def measure_pattern(lang: str) -> re.Pattern[str]:
    return rules().measure(lang)


@cache
def signs() -> re.Pattern[str]:
    return rules().signs()


def parts(text: str, lang: str) -> Iterator[Amount]:
    """Half of a measure, or a quarter or three of it; feet and inches."""
    for match in PART.finditer(text):
        if beside := measure_pattern(lang).match(text, match.end()):
            values = frozenset({PARTS[match.lastgroup or ""]})
            yield Amount(match.start(), beside.end(), values, beside.lastgroup or "", True)
    for match in FEET.finditer(text) if lang == "en" else ():
        inches = FOOT * int(match[1]) + int(match[2])
        yield Amount(*match.span(), frozenset({str(inches)}), "inch", True)


def amounts(text: str, lang: str) -> list[Amount]:
    """The numbers in figures of a text and parts of one, each with the measure beside it."""
    pattern = measure_pattern(lang)
    found = list(parts(text, lang))
    taken = {at for part in found for at in range(part.start, part.end)}
    for match in AMOUNT.finditer(text):
        if match.start("figures") in taken:
            continue
        number = readings(match["figures"])
        scale = SCALES.get((match["scale"] or "").lower(), 1)
        beside = (
            pattern.match(text, match.end())
            or signs().match(text, match.end())
            or (pattern.match(match["sign"]) if match["sign"] else None)
        )
        # "A 3 m bar" is of three metres.
        if beside and match["scale"] == "m" and beside.lastgroup not in money():
            beside = None
        end = match.end()
        if beside and not (match["sign"] and beside.string is not text):
            end = beside.end()
        # "5 m" is five metres or five million.
        scales = {1, scale} if (match["scale"] or "").lower() == "m" else {scale}
        values = frozenset(canonical(n * s) for n in number for s in scales)
        start = match.start("sign") if match["sign"] else match.start("figures")
        name = (beside.lastgroup or "") if beside else ""
        if not beside and match["scale"] == "m":
            name = "metre"
        found.append(
            Amount(start, len(text[:end].rstrip(f"{SPACES}-")), values, name, not match["range"])
        )
    return found
