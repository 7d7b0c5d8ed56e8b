"""The report's plots, as SVG that is drawn by hand: nothing to fetch, nothing to run."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

WIDTH, LEFT, RIGHT, TOP, BOTTOM = 640, 96, 24, 12, 34
PLOT = WIDTH - LEFT - RIGHT
ROW = 34


@dataclass(frozen=True, slots=True)
class Interval:
    """A value on a scale, with the ends of its interval if it has one."""

    label: str
    value: float
    low: float | None = None
    high: float | None = None


def histogram(
    values: Sequence[float], *, title: str, axis: str, first: float, last: float, width: float
) -> str:
    """How many values lie in each bin of a width; those beyond the ends are in the end bins."""
    bins = round((last - first) / width)
    counts = [0] * bins
    for value in values:
        counts[min(bins - 1, max(0, int((value - first) // width)))] += 1
    height, most = 180, max(counts, default=0) or 1
    step, base = PLOT / bins, TOP + height
    bars = []
    for number, count in enumerate(counts):
        tall = height * count / most
        start = first + number * width
        side = "below" if start + width <= 0 else "above"
        hint = f"{start:g} to {start + width:g}: {count:,}"
        bars.append(
            f'<rect class="bar {side}" x="{LEFT + number * step + 1:.1f}" y="{base - tall:.1f}" '
            f'width="{step - 2:.1f}" height="{tall:.1f}"><title>{hint}</title></rect>'
        )
    marks = [first + (last - first) * part / 4 for part in range(5)]
    drawn = [
        *rules([(0, "0"), (most, f"{most:,}")], base, height, most),
        *bars,
        *ticks(marks, first, last, base),
        axis_name(axis, base),
    ]
    said = f"{title}: {len(values):,} segments, the fullest bin holds {most:,}"
    return svg(said, base + BOTTOM + 14, drawn)


def rules(
    marks: Iterable[tuple[float, str]], base: float, height: float, most: float
) -> Iterable[str]:
    """Lines across, and what they stand for."""
    for value, text in marks:
        y = base - height * value / most
        yield f'<line class="rule" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text class="end" x="{LEFT - 8}" y="{y + 4:.1f}">{text}</text>'


def ticks(marks: Iterable[float], first: float, last: float, base: float) -> Iterable[str]:
    for mark in marks:
        x = place(mark, first, last)
        yield f'<text class="middle" x="{x:.1f}" y="{base + 18:.1f}">{mark:g}</text>'


def round_marks(first: float, last: float) -> list[float]:
    """
    Three to seven round numbers within the ends.

    >>> round_marks(20.2, 52), round_marks(-11.1, 1.2)
    ([25.0, 30.0, 35.0, 40.0, 45.0, 50.0], [-10.0, -8.0, -6.0, -4.0, -2.0, 0.0])
    """
    size = 10.0 ** floor(log10((last - first) or 1))
    step = next(s for s in (size / 5, size / 2, size, 2 * size) if (last - first) / s <= 7)
    return [number * step for number in range(ceil(first / step), floor(last / step) + 1)]


def axis_name(text: str, base: float) -> str:
    return (
        f'<text class="middle axis" x="{LEFT + PLOT / 2}" y="{base + 36:.1f}">{escape(text)}</text>'
    )


def place(value: float, first: float, last: float) -> float:
    return LEFT + PLOT * (min(last, max(first, value)) - first) / ((last - first) or 1)


def intervals(rows: Sequence[Interval], *, title: str, axis: str, zero: bool = False) -> str:
    """A dot for each value and a line for its interval; with `zero`, where no difference is."""
    ends = [end for row in rows for end in (row.value, row.low, row.high) if end is not None]
    ends += [0.0] if zero else []
    room = (max(ends) - min(ends)) * 0.12 or 1.0
    first, last = min(ends) - room, max(ends) + room
    base = TOP + ROW * len(rows)
    drawn = []
    if zero:
        x = place(0, first, last)
        drawn.append(f'<line class="zero" x1="{x:.1f}" x2="{x:.1f}" y1="{TOP}" y2="{base}"/>')
    for number, row in enumerate(rows):
        y, x = TOP + ROW * (number + 0.5), place(row.value, first, last)
        drawn.append(f'<text class="end" x="{LEFT - 8}" y="{y + 4:.1f}">{escape(row.label)}</text>')
        if row.low is not None and row.high is not None:
            a, b = place(row.low, first, last), place(row.high, first, last)
            drawn.append(f'<line class="range" x1="{a:.1f}" x2="{b:.1f}" y1="{y}" y2="{y}"/>')
        drawn.append(f'<circle class="dot" cx="{x:.1f}" cy="{y}" r="5"/>')
        drawn.append(f'<text class="middle value" x="{x:.1f}" y="{y - 9}">{row.value:.1f}</text>')
    drawn += ticks(round_marks(first, last), first, last, base)
    drawn.append(axis_name(axis, base))
    said = "; ".join(f"{row.label} {told(row)}" for row in rows)
    return svg(f"{title}: {said}", base + BOTTOM + 14, drawn)


def told(row: Interval) -> str:
    if row.low is None or row.high is None:
        return f"{row.value:.1f}"
    return f"{row.value:.1f} ({row.low:.1f} to {row.high:.1f})"


def svg(said: str, height: float, drawn: Iterable[str]) -> str:
    """The drawing, with what it says in words for who does not see it."""
    return (
        f'<svg role="img" aria-label="{escape(said)}" viewBox="0 0 {WIDTH} {height:.0f}" '
        f'width="{WIDTH}" height="{height:.0f}">{"".join(drawn)}</svg>'
    )
