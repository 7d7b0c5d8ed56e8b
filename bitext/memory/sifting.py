"""Work on translation memories as such: sift their units, and tell two of them apart."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import Literal, TypeVar, get_args

from bitext.errors import InputError, UnknownName
from bitext.formats import jsonl
from bitext.formats.findings import Report, unheard
from bitext.memory.cache import units_of
from bitext.memory.keys import canonical
from bitext.memory.standing import rank
from bitext.memory.store import Memory
from bitext.qa import checked
from bitext.text import words
from bitext.units import Origin, Severity, Status, TranslationUnit

T = TypeVar("T")

CHANGED = re.compile(r'<tuv?\s[^>]*?\bchangedate="([^"]*)"')
SEVERITIES: tuple[Severity, ...] = ("minor", "major", "critical")


@dataclass(frozen=True, slots=True)
class Sieve:
    """
    What a unit must be to be kept; what is empty or None asks for nothing.

    `ratio` is how many times as many characters one side may have as the other; `issues` the
    severity from which a flag of the checks counts against a unit.
    """

    statuses: frozenset[Status] = frozenset()
    origins: frozenset[Origin] = frozenset()
    most_words: int | None = None
    ratio: float | None = None
    issues: Severity | None = None
    having: re.Pattern[str] | None = None
    lacking: re.Pattern[str] | None = None
    same: bool = True


def sieve(
    *,
    statuses: Iterable[str] = (),
    origins: Iterable[str] = (),
    most_words: int | None = None,
    ratio: float | None = None,
    issues: str | None = None,
    having: str | None = None,
    lacking: str | None = None,
    same: bool = True,
) -> Sieve:
    """A sieve from words as people write them; raises UnknownName or InputError."""
    return Sieve(
        statuses=frozenset(known("status", name, get_args(Status)) for name in statuses),
        origins=frozenset(known("origin", name, get_args(Origin)) for name in origins),
        most_words=most_words,
        ratio=ratio,
        issues=known("severity", issues, SEVERITIES) if issues else None,
        having=pattern("--having", having) if having else None,
        lacking=pattern("--lacking", lacking) if lacking else None,
        same=same,
    )


def known(kind: str, name: str, names: tuple[T, ...]) -> T:
    for one in names:
        if one == name:
            return one
    raise UnknownName(kind, name, map(str, names))


def pattern(option: str, text: str) -> re.Pattern[str]:
    try:
        return re.compile(text)
    except re.error as error:
        raise InputError(option, f"{text!r} is no regular expression ({error})") from error


def sifted(
    units: Iterable[TranslationUnit], sieve: Sieve, left_out: Counter[str]
) -> Iterator[TranslationUnit]:
    """The units that pass; `left_out` counts the others by the first reason against them."""
    for unit in units:
        if why := reason(unit, sieve):
            left_out[why] += 1
        else:
            yield unit


def reason(unit: TranslationUnit, sieve: Sieve) -> str:
    """Why a unit is left out; "" if it is kept."""
    sides = unit.source.strip(), unit.target.strip()
    reasons = {
        "blank": not all(sides),
        "status": sieve.statuses and unit.status not in sieve.statuses,
        "origin": sieve.origins and unit.origin not in sieve.origins,
        "same text on both sides": not sieve.same and sides[0] == sides[1],
        "too long": sieve.most_words and max(map(words, sides)) > sieve.most_words,
        "length ratio": sieve.ratio and max(map(len, sides)) > sieve.ratio * min(map(len, sides)),
        "does not match": sieve.having and not any(map(sieve.having.search, sides)),
        "matches": sieve.lacking and any(map(sieve.lacking.search, sides)),
    }
    for why, applies in reasons.items():
        if applies:
            return why
    return flagged(unit, sieve.issues) if sieve.issues else ""


def flagged(unit: TranslationUnit, least: Severity) -> str:
    """The first check that flags the unit at that severity or above; "" if none does."""
    counting = SEVERITIES[SEVERITIES.index(least) :]
    issues = checked(unit).issues or ()
    return next((f"flag: {issue.check}" for issue in issues if issue.severity in counting), "")


def chosen(
    memory: Memory, files: Sequence[Path], report: Report = unheard
) -> Iterator[TranslationUnit]:
    """
    The units that a memory of these files holds, in its order, each with all that its file says.

    Of equal ones in a file the one that was changed last says it, or else the last. They wait in a
    file of their own, since the last one read may be the first.
    """
    places: dict[int, tuple[int, int]] = {}
    standing: dict[int, tuple[int, str]] = {}
    with TemporaryFile() as waiting:
        for number, path in enumerate(files):
            for unit in units_of([path], whole=True, report=report):
                row = memory.place_of(unit, number)
                if row is None:
                    continue
                own = rank(unit), changed(unit)
                if own >= standing.get(row, own):
                    standing[row] = own
                    text = jsonl.line(unit)
                    places[row] = waiting.tell(), len(text)
                    waiting.write(text)
        for row in sorted(places):
            start, size = places[row]
            waiting.seek(start)
            if found := jsonl.unit_of(waiting.read(size), "a memory", 1):
                yield found


def changed(unit: TranslationUnit) -> str:
    """
    When the <tu> that a unit was read from was changed last; "" if it does not say.

    TMX writes dates so that they sort as texts.
    """
    return max(CHANGED.findall(unit.tu), default="")


@dataclass(frozen=True, slots=True)
class Change:
    """A source that only one memory has, or that two translate differently."""

    kind: Literal["+", "-", "~"]
    source: str
    old: str
    new: str


def differences(old: Memory, new: Memory) -> Iterator[Change]:
    """What became of the old memory's units, in its order, and then what is new."""
    for unit in old.units():
        match = new.exact(canonical(unit.source))
        if match is None:
            yield Change("-", unit.source, unit.target, "")
        elif match.target != unit.target:
            yield Change("~", unit.source, unit.target, match.target)
    for unit in new.units():
        if old.exact(canonical(unit.source)) is None:
            yield Change("+", unit.source, "", unit.target)
