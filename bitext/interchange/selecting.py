"""Which units of a run go out: by status, by score, and one of those that say the same."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import blake2b

from bitext.errors import UnknownName
from bitext.units import TranslationUnit

Key = Callable[[TranslationUnit], bytes]


@dataclass(slots=True)
class Tally:
    """
    What became of the units: how many were written, and how many were left out or lost something.

    `left_out` counts by reason what was not asked for, `losses` what the format cannot hold;
    `first` has the id of the first unit of each reason.
    """

    written: int = 0
    files: list[str] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)
    losses: Counter[str] = field(default_factory=Counter)
    first: dict[str, str] = field(default_factory=dict)

    def leave_out(self, unit: TranslationUnit, why: str) -> None:
        self.left_out[why] += 1
        self.first.setdefault(why, unit.id)

    def lose(self, unit: TranslationUnit, what: str) -> None:
        self.losses[what] += 1
        self.first.setdefault(what, unit.id)


def approved(unit: TranslationUnit) -> bool:
    """Whether people answer for a translation: only such ones may pose as a full match."""
    by_people = unit.origin in ("human", "tm") and unit.status == "untouched"
    return unit.status == "approved" or by_people


def kept(
    units: Iterable[TranslationUnit],
    tally: Tally,
    *,
    statuses: tuple[str, ...] = (),
    min_score: float | None = None,
) -> Iterator[TranslationUnit]:
    """The units in one of the statuses (any, if none is named) that no score rules out."""
    for unit in units:
        if statuses and unit.status not in statuses:
            tally.leave_out(unit, f"status {unit.status}")
        # What no model gave has no score to fall short.
        elif min_score is not None and unit.score is not None and unit.score < min_score:
            tally.leave_out(unit, f"score below {min_score:g}")
        else:
            yield unit


def deduplicated(
    units: Iterable[TranslationUnit], policy: str, tally: Tally
) -> Iterator[TranslationUnit]:
    """
    The units without duplicates, in their order; `units` is gone through twice.

    `policy` is "all" (keep them), "exact" (one of those with the same source and target), or for
    one unit a source: "first", "last" or "best" (approved, then people's, then the better score).
    """
    if policy not in POLICIES:
        raise UnknownName("policy", policy, POLICIES)
    if policy == "all":
        yield from units
        return
    rank = POLICIES[policy]
    key = pair_key if policy == "exact" else source_key
    # On disk: a million keys in memory would be more than all the rest.
    with closing(sqlite3.connect("")) as chosen:
        chosen.execute("CREATE TABLE chosen (key BLOB PRIMARY KEY, number INT, rank REAL)")
        chosen.executemany(
            "INSERT INTO chosen VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE "
            "SET number = excluded.number, rank = excluded.rank WHERE excluded.rank > rank",
            ((key(unit), number, rank(unit, number)) for number, unit in enumerate(units)),
        )
        wanted = (row[0] for row in chosen.execute("SELECT number FROM chosen ORDER BY number"))
        next_one = next(wanted, -1)
        for number, unit in enumerate(units):
            if number == next_one:
                yield unit
                next_one = next(wanted, -1)
            else:
                tally.leave_out(unit, f"duplicate ({policy} is kept)")


def source_key(unit: TranslationUnit) -> bytes:
    return digest(unit.source)


def pair_key(unit: TranslationUnit) -> bytes:
    return digest(f"{unit.source}\0{unit.target}")


def digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()


def quality(unit: TranslationUnit, number: int) -> float:
    """The higher, the better: status first, then who made it, then the score (below zero)."""
    statuses = {"approved": 3, "draft": 2, "untouched": 1, "rejected": 0}
    by_people = unit.origin in ("human", "tm")
    score = max(-900.0, min(0.0, unit.score)) if unit.score is not None else 0.0
    return statuses[unit.status] * 10_000 + by_people * 1_000 + score


POLICIES: dict[str, Callable[[TranslationUnit, int], float]] = {
    "all": lambda unit, number: 0,
    "exact": lambda unit, number: 0,
    "first": lambda unit, number: 0,
    "last": lambda unit, number: number,
    "best": quality,
}
