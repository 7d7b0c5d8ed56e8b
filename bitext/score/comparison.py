"""Was it chance? A system against a baseline, on the segments that both have translated."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bitext.score.joining import Joined, row_of
from bitext.score.metrics import LOWER_IS_BETTER, Counted, count, leading
from bitext.score.resampling import Difference, difference, drawn_by

# Segments that are shown each way.
MOVED = 5
# With so many documents there are 2^k ways to swap them, and each way counts twice.
FEWEST_TO_SWAP = 6
# Below this a segment's score counts as the same: a comma moves chrF++ as much.
SAME = 0.5


@dataclass(frozen=True, slots=True)
class Baseline:
    """Another system's translations: its name, and each snippet with what it made of it."""

    name: str
    joined: Sequence[Joined]


@dataclass(frozen=True, slots=True)
class Moved:
    """A segment that the two systems translate differently, and its scores in both."""

    joined: Joined
    baseline: str
    scores: Mapping[str, float]
    before: Mapping[str, float]

    @property
    def change(self) -> float:
        """How much better it is than the baseline, by the leading metric."""
        name = leading(self.scores)
        change = self.scores[name] - self.before[name]
        return -change if name in LOWER_IS_BETTER else change


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    A system against a baseline on `count` segments that both have.

    `left_out` are segments that only one of them has. `better`, `worse` and `same` count
    segments by the leading metric; `moved` holds all of them, `gains` and `losses` the greatest.
    """

    baseline: str
    count: int
    left_out: int
    drawn_by: str
    differences: Mapping[str, Difference]
    better: int
    worse: int
    same: int
    moved: tuple[Moved, ...]
    gains: tuple[Moved, ...]
    losses: tuple[Moved, ...]
    warnings: tuple[str, ...]


def compared(whole: Sequence[Joined], counted: Counted, baseline: Baseline) -> Comparison:
    """Compare on the snippets whose source is a whole unit, or several, in both."""
    theirs = {key(row): row for row in baseline.joined if row.kind in ("sentence", "passage")}
    numbers = [number for number, row in enumerate(whole) if key(row) in theirs]
    ours = [whole[number] for number in numbers]
    others = [theirs[key(row)] for row in ours]
    left_out = len(whole) + len(theirs) - 2 * len(ours)
    mine = counted.pick(numbers)
    other = count([row_of(row) for row in others], counted.counts)
    moved = list(segments(ours, others, mine, other)) if ours and other.counts else []
    ordered = sorted(moved, key=lambda m: m.change)
    better = sum(m.change > SAME for m in moved)
    worse = sum(m.change < -SAME for m in moved)
    return Comparison(
        baseline.name,
        len(ours),
        left_out,
        drawn_by(mine),
        {name: difference(mine, other, name) for name in other.counts} if ours else {},
        better,
        worse,
        len(moved) - better - worse,
        tuple(moved),
        tuple(m for m in reversed(ordered[-MOVED:]) if m.change > SAME),
        tuple(m for m in ordered[:MOVED] if m.change < -SAME),
        tuple(warnings(baseline.name, mine, ours, others, left_out)),
    )


def key(row: Joined) -> tuple[str, int, str, str]:
    snippet = row.snippet
    return snippet.document, snippet.line, snippet.source, snippet.reference


def segments(
    ours: Sequence[Joined], others: Sequence[Joined], mine: Counted, other: Counted
) -> list[Moved]:
    now = {name: mine.segments(name) for name in other.counts}
    before = {name: other.segments(name) for name in other.counts}
    return [
        Moved(
            row,
            old.hypothesis,
            {name: now[name][at] for name in now},
            {name: before[name][at] for name in before},
        )
        for at, (row, old) in enumerate(zip(ours, others, strict=True))
    ]


def warnings(
    name: str, counted: Counted, ours: Sequence[Joined], others: Sequence[Joined], left_out: int
) -> list[str]:
    if not ours:
        return [f"{name}: no segment in common, nothing to compare"]
    found = []
    if left_out:
        found.append(f"{name}: compared on {len(ours):,} segments; {left_out:,} are in one only")
    if all(a.hypothesis == b.hypothesis for a, b in zip(ours, others, strict=True)):
        found.append(f"{name}: the translations are the same")
    drawn = len(set(counted.documents)) if drawn_by(counted) == "document" else len(ours)
    if len(ours) == 1:
        found.append(f"{name}: one segment only, so that nothing can be told of chance")
    elif drawn < FEWEST_TO_SWAP:
        least = 2 / 2**drawn
        found.append(
            f"{name}: with {drawn} {drawn_by(counted)}s randomisation gives no p below "
            f"{least:.2f}, and the p of the bootstrap means little"
        )
    return found
