"""How far chance alone would move a score: intervals and tests that draw documents anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bitext.score.metrics import Counted, Score, Scores, from_counts, metric

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

# sacrebleu's own numbers, so that its paired tests give the same p-values but for ties.
RESAMPLES, TRIALS = 1000, 10_000
SEED = 12345
# Cells of a matrix of draws that are held at once (sacrebleu holds all).
CELLS = 30_000_000
# A document's sentences resemble one another: with few documents an interval is a guess.
FEWEST_SEGMENTS, FEWEST_DOCUMENTS = 100, 5


@dataclass(frozen=True, slots=True)
class Difference:
    """
    How a metric differs from a baseline's on the same segments, and whether chance would do it.

    `low` and `high` hold 95 % of the resampled differences. The p-values are two-sided, by
    paired bootstrap (Koehn 2004, as sacrebleu has it) and by approximate randomisation (Riezler
    and Maxwell 2005); all four are None where there is but one segment.
    """

    name: str
    value: float
    baseline: float
    signature: str
    low: float | None = None
    high: float | None = None
    bootstrap: float | None = None
    randomised: float | None = None

    @property
    def change(self) -> float:
        return self.value - self.baseline


def shown_p(p: float | None) -> str:
    """
    A p-value as people read it.

    >>> shown_p(0.04321), shown_p(0.0001), shown_p(None)
    ('0.043', '< 0.001', '–')
    """
    if p is None:
        return "–"
    return "< 0.001" if p < 0.001 else f"{p:.3f}"


def measure(counted: Counted, *, intervals: bool) -> Scores:
    """Corpus scores of the rows together, each with its interval if one can be drawn."""
    if not len(counted):
        return Scores(0)
    drawn = intervals and len(counted) > 1
    return Scores(
        len(counted),
        **{
            name: Score(
                printed(name),
                counted.value(name),
                counted.signatures[name],
                *(interval(counted, name) if drawn else (None, None)),
            )
            for name in counted.counts
        },
    )


def printed(name: str) -> str:
    """sacrebleu's own name of a metric ("chrF2++")."""
    return str(metric(name)._compute_score_from_stats([1.0] * 24).name)


def drawn_by(counted: Counted) -> str:
    """What is drawn anew: whole documents, or segments where there is but one document."""
    return "document" if len(set(counted.documents)) > 1 else "segment"


def clusters(counted: Counted, name: str) -> "Floats":
    """The counts of each thing that is drawn: one line a document, or one a segment."""
    import numpy as np

    lines = counted.counts[name]
    if drawn_by(counted) == "segment":
        return lines
    _, home = np.unique(np.array(counted.documents), return_inverse=True)
    totals = np.zeros((int(home.max()) + 1, lines.shape[1]))
    np.add.at(totals, home, lines)
    return totals


def interval(counted: Counted, name: str) -> tuple[float, float]:
    """The middle 95 % of the scores of 1,000 corpora, each drawn from the documents."""
    import numpy as np

    low, high = np.percentile(resampled(clusters(counted, name), name), [2.5, 97.5])
    return float(low), float(high)


def resampled(totals: "Floats", name: str) -> "Floats":
    """The scores of 1,000 draws with replacement, the same draws at every call."""
    import numpy as np

    random = np.random.default_rng(SEED)
    scores: list[float] = []
    for size in blocks(RESAMPLES, len(totals)):
        for draw in random.choice(len(totals), size=(size, len(totals)), replace=True):
            times = np.bincount(draw, minlength=len(totals)).astype(np.float64)
            scores.append(from_counts(name, times @ totals))
    return np.array(scores)


def blocks(draws: int, width: int) -> Iterator[int]:
    """
    How many draws to make at a time, so that a large corpus needs no large matrix.

    >>> list(blocks(10_000, 10_000))
    [3000, 3000, 3000, 1000]
    """
    most = max(1, CELLS // width)
    for done in range(0, draws, most):
        yield min(most, draws - done)


def difference(ours: Counted, theirs: Counted, name: str) -> Difference:
    """Ours against theirs, row by row the same segments."""
    import numpy as np

    value, baseline = ours.value(name), theirs.value(name)
    signature = ours.signatures[name]
    if len(ours) < 2:
        return Difference(name, value, baseline, signature)
    our, their = clusters(ours, name), clusters(theirs, name)
    changes = resampled(our, name) - resampled(their, name)
    low, high = np.percentile(changes, [2.5, 97.5])
    apart = np.abs(changes)
    return Difference(
        name,
        value,
        baseline,
        signature,
        float(low),
        float(high),
        p_value(apart - apart.mean(), abs(value - baseline)),
        randomised(our, their, name),
    )


def randomised(our: "Floats", their: "Floats", name: str) -> float:
    """How often two systems that swap documents at random differ as much as these do."""
    import numpy as np

    random = np.random.default_rng(SEED)
    total, both = our.sum(axis=0), (our + their).sum(axis=0)
    real = abs(from_counts(name, total) - from_counts(name, both - total))
    changes: list[float] = []
    for size in blocks(TRIALS, len(our)):
        for swaps in slices(random.integers(2, size=(size, len(our)), dtype=bool)):
            for one in total + swaps @ (their - our):
                changes.append(abs(from_counts(name, one) - from_counts(name, both - one)))
    return p_value(np.array(changes), real)


def slices(swaps: "NDArray[np.bool_]") -> Iterator["NDArray[np.bool_]"]:
    """A few rows at a time: to be multiplied they are made eight times as large."""
    for at in range(0, len(swaps), 500):
        yield swaps[at : at + 500]


def p_value(changes: "Floats", real: float) -> float:
    """
    The share of changes that are at least the real one, never quite nothing.

    sacrebleu counts those beyond it only, which calls two equal systems different, and any two
    where a handful of documents allows no more than a handful of swaps.
    """
    return (int((changes >= real - 1e-9).sum()) + 1) / (len(changes) + 1)


def too_few(documents: Sequence[str]) -> str:
    """The warning that rows of these documents call for, being so few; "" if none."""
    segments, homes = len(documents), len(set(documents))
    if not segments or (segments >= FEWEST_SEGMENTS and homes >= FEWEST_DOCUMENTS):
        return ""
    if segments == 1:
        return "one segment only: its scores say nothing of the system, and there is no interval"
    few = "too few to trust the scores much: " if segments < FEWEST_SEGMENTS else ""
    if homes == 1:
        return (
            f"{few}{segments:,} segments of one document, or of documents that are not told: "
            "intervals are drawn by segment, and may be too narrow"
        )
    return (
        f"too few to trust the scores much: {segments} segments from {homes} documents "
        f"(wanted {FEWEST_SEGMENTS} from {FEWEST_DOCUMENTS})"
    )
