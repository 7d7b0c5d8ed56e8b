"""Read the numbers of a sentence by value, in figures or in words."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from bitext.qa.quantities import (
    ROMAN,
    ROMAN_DIGITS,
    Lexicon,
    Quantity,
    Run,
    canonical,
    readings,
    roman_value,
)

DIGIT = re.compile(r"\d")
WORD = re.compile(r"[^\W\d_]+")
ROMAN_ORDINAL = re.compile(r"\b[IVXLC]+(?:e|è|th)")
SEPARATORS = re.compile(r"[\s\-‐‑]+")
RANGE = re.compile(r"\s*(?:[-–—/]|à|et|ou|to|and|or)\s*")
SENTENCE_START = re.compile(r"(?:^|[.!?:;…«“\"(–—-])\s*$")
MONTH_NUMBERS = frozenset(map(str, range(1, 13)))


def quantities(text: str, lexicon: Lexicon) -> list[Quantity]:
    """The numbers of a text, in its order."""
    reader = Reader(text, lexicon)
    found: list[Quantity] = []
    at = done = 0
    before: Run | None = None
    while at < len(reader.tokens):
        run = reader.run(at) if reader.tokens[at].start() >= done else None
        quantity = reader.described(run) if run else reader.hint(at, done)
        if run and before and RANGE.fullmatch(text, before.end, run.start):
            found[-1] = like_the_next(found[-1], before, reader.scale(run))
        if quantity:
            found.append(quantity)
            done = quantity.end
        before = run
        at = run.after if run else at + 1
    return found


def tells_any(text: str, lexicon: Lexicon) -> bool:
    """Whether there may be a number in a text that needs a counterpart."""
    if DIGIT.search(text) or ROMAN_ORDINAL.search(text):
        return True
    return not lexicon.telling.isdisjoint(WORD.findall(text.lower()))


def like_the_next(quantity: Quantity, first: Run, scale: int) -> Quantity:
    """Read the 3 of "3 ou 4 millions" as three million too."""
    if scale == 1 or first.scale != 1:
        return quantity
    scaled = {canonical(number * scale) for number in first.numbers}
    return replace(quantity, values=quantity.values | scaled)


class Sum:
    """Number words as they add up: "deux cent mille" is (2 x 100) x 1000."""

    def __init__(self) -> None:
        self.total = 0
        self.group = 0

    @property
    def value(self) -> int:
        return self.total + self.group

    def add(self, number: int) -> bool:
        """Add a small number if a language would: 60 + 12 and 20 + 1, not 3 + 2."""
        held = self.group % 100
        if number < 10:
            fits = held == 0 or (held >= 20 and held % 10 == 0)
        else:
            fits = held == 0 or (number < 20 and held in (60, 80))
        self.group += number if fits else 0
        return fits

    def multiply(self, scale: int) -> bool:
        if scale == 100:
            if self.group >= 100:
                return False
            self.group = (self.group or 1) * 100
        elif 0 < self.total < scale:
            self.total, self.group = self.value * scale, 0
        else:
            self.total, self.group = self.total + (self.group or 1) * scale, 0
        return True


class Reader:
    """The tokens of a text that may say a number, and the numbers that start at them."""

    def __init__(self, text: str, lexicon: Lexicon) -> None:
        self.text = text
        self.lexicon = lexicon
        self.tokens: list[re.Match[str]] = []
        self.keys: list[str] = []
        small = text.lower()
        # A few capitals have a longer small form, and would shift the rest.
        small = small if len(small) == len(text) else text
        for token in lexicon.token.finditer(small):
            key = token.group()
            if not key.isalpha():
                key = SEPARATORS.sub("-", key)
            if key in lexicon.known or key[0].isdecimal() or text[token.start()] in ROMAN_DIGITS:
                self.tokens.append(token)
                self.keys.append(key)

    def key(self, at: int) -> str:
        """What to look the token up by; "" if it does not directly follow the one before."""
        if at >= len(self.tokens):
            return ""
        end, start = self.tokens[at - 1].end(), self.tokens[at].start()
        touching = end == start or SEPARATORS.fullmatch(self.text, end, start)
        return self.keys[at] if touching else ""

    def run(self, at: int) -> Run | None:
        """The longest number that starts with the token; None if none does."""
        key = self.keys[at]
        if key[0].isdecimal():
            return self.figures(at)
        if key in self.lexicon.words or key in self.lexicon.scales:
            return self.words(at)
        return None

    def figures(self, first: int) -> Run:
        token = self.tokens[first]
        after, scale = first + 1, 1
        # From a thousand on: "50 cents" is money.
        while (factor := self.lexicon.scales.get(self.key(after), 0)) > 100:
            scale *= factor
            after += 1
        numbers = tuple(number * scale for number in readings(token.group()))
        # G20, A380: part of a name, which may be told otherwise ("Group of Twenty").
        free = token.start() == 0 or not self.text[token.start() - 1].isalpha()
        return Run(token.start(), self.tokens[after - 1].end(), after, numbers, scale, free)

    def words(self, first: int) -> Run:
        lexicon, summed, scale = self.lexicon, Sum(), 1
        at, key = first, self.keys[first]
        while key:
            if key in lexicon.scales:
                fits = summed.multiply(lexicon.scales[key])
                scale = lexicon.scales[key] if fits else scale
            else:
                fits = key in lexicon.words and summed.add(lexicon.words[key])
            if not fits:
                break
            at += 1
            key = self.key(at)
        start, end = self.tokens[first].start(), self.tokens[at - 1].end()
        needed = self.counts(first, at) and not self.in_a_name(start, end)
        return Run(start, end, at, (summed.value,), scale, needed)

    def counts(self, first: int, after: int) -> bool:
        """Whether the words are more than "one", or than a scale that follows no number."""
        key = self.keys[first]
        return after > first + 1 or key in self.lexicon.alone or self.lexicon.words.get(key, 1) > 1

    def in_a_name(self, start: int, end: int) -> bool:
        """Whether a capital that does not open a sentence makes a name of it ("les Quinze")."""
        word = self.text[start:end]
        return word[0].isupper() and not word.isupper() and not opens(self.text, start)

    def scale(self, run: Run) -> int:
        """What a number is multiplied by, in full or, where that is sure, in short."""
        if not self.lexicon.scaled(self.text, run):
            return run.scale
        short = self.lexicon.short_scale.match(self.text, run.end)
        sizes = self.lexicon.short_scales
        return sizes.get(short[1]) or sizes.get(short[1].lower(), 1) if short else run.scale

    def described(self, run: Run) -> Quantity:
        """The run with all that its surroundings make of it."""
        if not run.numbers:
            return coded(self.text, run)
        alone = () if self.lexicon.scaled(self.text, run) else run.numbers
        end, values = run.end, [canonical(number) for number in alone]
        parts: tuple[str, ...] = ()
        if clock := self.lexicon.clock(self.text, run):
            end, values, parts = clock.end, list(clock.values), clock.parts
        else:
            values += self.beside(run)
            values += self.lexicon.extra(self.text, run)
        also = (f"scale:{run.scale}",) if run.scale >= 10**6 else ()
        if also and self.text[run.start : run.end].lower() in self.lexicon.alone:
            # "des millions": no number, but the size is to be kept.
            values = [*also]
        needed = run.needed and not self.lexicon.optional(self.text, run)
        return Quantity(run.start, end, frozenset(values), parts, also, needed)

    def beside(self, run: Run) -> Iterator[str]:
        """Readings that come from the words around: two dozen, two and a half, 9/11."""
        if unit := self.lexicon.units.get(self.key(run.after)):
            yield from (canonical(number * unit) for number in run.numbers)
        if half := self.lexicon.half.match(self.text, run.end):
            factor = self.lexicon.scales.get(half.group("scale") or "", 1)
            added = Decimal("0.5") * run.scale
            yield from (canonical((number + added) * factor) for number in run.numbers)
        if self.text[run.start].isdecimal() and run.end - run.start <= 2:
            yield from dated(self.text, run)

    def hint(self, at: int, done: int) -> Quantity | None:
        """A word that may stand for a number, or a Roman numeral."""
        start, end = self.tokens[at].span()
        if start < done:
            return None
        if hinted := self.lexicon.hints.get(self.keys[at]):
            return Quantity(start, end, frozenset(hinted), needed=False)
        roman = ROMAN.fullmatch(self.text, start, end)
        if roman and (value := roman_value(roman.group(1))):
            # "XXe" is a number wherever it stands; "XIV" is a name's and stays as it is.
            return Quantity(start, end, frozenset({str(value)}), needed=bool(roman.group(2)))
        return None


def coded(text: str, run: Run) -> Quantity:
    """12.05.2012, 1.1.2, 2:21.31: the same, or its parts (of a date, the month may be a name)."""
    digits = re.findall(r"\d+", text[run.start : run.end])
    parts = [part.lstrip("0") or "0" for part in digits]
    values = {".".join(parts)}
    # 12.05.2012 and 2012-05-12.
    if len(parts) == 3 and 4 in (len(parts[0]), len(parts[2])) and parts[1] in MONTH_NUMBERS:
        values.add(f"month:{parts.pop(1)}")
    return Quantity(run.start, run.end, frozenset(values), tuple(parts))


def dated(text: str, run: Run) -> Iterator[str]:
    """One or two figures as a part of a date: a month in 9/11, a year in '68."""
    number = int(text[run.start : run.end])
    if number <= 12 and "/" in (text[run.start - 1 : run.start], text[run.end : run.end + 1]):
        yield f"month:{number}"
    if run.end - run.start == 2:
        yield from (f"19{number:02}", f"20{number:02}")


def opens(text: str, start: int) -> bool:
    """Whether a sentence, a quotation or a bracket begins there."""
    return SENTENCE_START.search(text, max(0, start - 8), start) is not None
