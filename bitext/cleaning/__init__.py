"""
Which pairs of a corpus or memory are no translations, and why: every unit left out has its reasons.

The rules are those that OpusFilter's users know (Aulamo et al. 2020), for French and English. A
rule measures one unit; only duplicates need to have seen the others.
"""

from collections import Counter, deque
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b

from bitext.cleaning.languages import wrong_language
from bitext.cleaning.rules import (
    control_characters,
    empty,
    identical,
    length_ratio,
    markup,
    numbers,
    too_long,
)
from bitext.units import TranslationUnit

Rule = Callable[[TranslationUnit], str]

RULES: dict[str, Rule] = {
    "empty": empty,
    "identical": identical,
    "too-long": too_long,
    "length-ratio": length_ratio,
    "language": wrong_language,
    "numbers": numbers,
    "control-characters": control_characters,
    "markup": markup,
}
DUPLICATE = "duplicate"
NAMES = (*RULES, DUPLICATE)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a unit is left out: the rule, and what it found."""

    rule: str
    found: str


def unheard(unit: TranslationUnit, reasons: tuple[Reason, ...]) -> None:
    """For those who do not ask why."""


class Sifting:
    """
    The units to keep, as they come; then how many were kept, how many left out, and by what.

    `tell` is called with each unit that is left out and its reasons.
    """

    def __init__(
        self,
        units: Iterable[TranslationUnit],
        without: Collection[str] = (),
        tell: Callable[[TranslationUnit, tuple[Reason, ...]], None] = unheard,
    ) -> None:
        self.units, self.without, self.tell = units, without, tell
        self.kept = self.left_out = 0
        self.counts: Counter[str] = Counter()

    def __iter__(self) -> Iterator[TranslationUnit]:
        for unit, reasons in judged(self.units, without=self.without):
            self.counts.update(reason.rule for reason in reasons)
            if reasons:
                self.left_out += 1
                self.tell(unit, reasons)
            else:
                self.kept += 1
                yield unit

    def finish(self) -> None:
        """For those who want no more than the figures."""
        deque(self, maxlen=0)


def judged(
    units: Iterable[TranslationUnit], *, without: Collection[str] = ()
) -> Iterator[tuple[TranslationUnit, tuple[Reason, ...]]]:
    """Each unit with the reasons to leave it out, none for one to keep; by all rules but some."""
    rules = {name: rule for name, rule in RULES.items() if name not in without}
    seen: set[int] | None = None if DUPLICATE in without else set()
    for unit in units:
        reasons = [Reason(name, found) for name, rule in rules.items() if (found := rule(unit))]
        if seen is not None:
            key = fingerprint(unit)
            if key in seen:
                reasons.append(Reason(DUPLICATE, "the same pair came before"))
            seen.add(key)
        yield unit, tuple(reasons)


def fingerprint(unit: TranslationUnit) -> int:
    """A number for the pair, whatever its case and spaces; a million of them take 60 MB."""
    text = "\0".join(" ".join(side.casefold().split()) for side in (unit.source, unit.target))
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
