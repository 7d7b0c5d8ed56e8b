"""BLEU, chrF++ and TER by sacrebleu: counted once a segment, added up for any set of them."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from bitext.errors import UnknownName

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

METRICS = ("bleu", "chrf", "ter")
# A lower TER is the better one.
LOWER_IS_BETTER = frozenset({"ter"})
# Words; sacrebleu's search for shifts takes 4 s for 200 words in disorder, and minutes for 1,000.
LONGEST_FOR_TER = 400


@dataclass(frozen=True, slots=True)
class Score:
    """A metric's value for a corpus; low and high hold 95 % of the resamples, None if not drawn."""

    name: str
    value: float
    signature: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """The scores of a set of snippets; None where there is none, or where it was not asked for."""

    count: int
    bleu: Score | None = None
    chrf: Score | None = None
    ter: Score | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A hypothesis, its reference, and the document they are from."""

    hypothesis: str
    reference: str
    document: str


@dataclass(frozen=True, slots=True)
class Counted:
    """
    What sacrebleu counts in each row: `counts[metric]` has a line of numbers for each.

    They add up, so that the score of any set of rows is that of the sum of its lines.
    """

    documents: tuple[str, ...]
    counts: Mapping[str, "Floats"]
    signatures: Mapping[str, str]

    def __len__(self) -> int:
        return len(self.documents)

    def pick(self, rows: Iterable[int]) -> "Counted":
        """The same for some of the rows."""
        chosen = list(rows)
        return Counted(
            tuple(self.documents[row] for row in chosen),
            {name: lines[chosen] for name, lines in self.counts.items()},
            self.signatures,
        )

    def value(self, name: str) -> float:
        """The corpus score of all rows together, not a mean of sentence scores."""
        return from_counts(name, self.counts[name].sum(axis=0))

    def segments(self, name: str) -> list[float]:
        """The score of each row by itself."""
        return [from_counts(name, line, segment=True) for line in self.counts[name]]


def count(rows: Sequence[Row], names: Iterable[str] = METRICS) -> Counted:
    """
    Count each row; TER takes most of the time, some 3 ms for a sentence.

    It is left out where a row is too long for it.
    """
    import numpy as np

    counts: dict[str, Floats] = {}
    signatures: dict[str, str] = {}
    for name in names:
        if name == "ter" and any(map(too_long, rows)):
            continue
        # Not the shared one: sacrebleu keeps in it how many references the last corpus had.
        measured = new_metric(name)
        lines = [line for some in blocks(rows) for line in statistics(measured, some)]
        counts[name] = np.array(lines, dtype=np.float64)
        signatures[name] = str(measured.get_signature()) if rows else ""
    return Counted(tuple(row.document for row in rows), counts, signatures)


def blocks(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """A thousand at a time: sacrebleu holds the n-grams of all references it is given."""
    for at in range(0, len(rows), 1000):
        yield rows[at : at + 1000]


def statistics(measured: Any, rows: Sequence[Row]) -> list[list[float]]:
    hypotheses, references = [row.hypothesis for row in rows], [row.reference for row in rows]
    found: list[list[float]] = measured._extract_corpus_statistics(hypotheses, [references])
    return found


def too_long(row: Row) -> bool:
    return max(len(row.hypothesis.split()), len(row.reference.split())) > LONGEST_FOR_TER


def from_counts(name: str, totals: "Floats", *, segment: bool = False) -> float:
    """The score that sums of counts give; that of a `segment` leaves out orders it is short of."""
    measured = metric(name, segment)
    # Under numpy 2 a numpy float would leak into the report.
    return float(measured._compute_score_from_stats(totals.tolist()).score)


@cache
def metric(name: str, segment: bool = False) -> Any:
    return new_metric(name, segment)


def new_metric(name: str, segment: bool = False) -> Any:
    # Loaded late: they cost a second that a user who asks for no scores need not wait.
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    if name == "chrf":
        return CHRF(word_order=2)
    if name == "bleu":
        # `force` only keeps it from writing to stderr that a text looks tokenised.
        return BLEU(effective_order=segment, force=True)
    if name == "ter":
        return TER()
    raise UnknownName("metric", name, METRICS)


def leading(names: Container[str]) -> str:
    """
    The metric that segments are told apart by: chrF++, or the first of those there are.

    >>> leading({"ter", "bleu"}), leading(METRICS), leading(())
    ('bleu', 'chrf', '')
    """
    return next((name for name in ("chrf", *METRICS) if name in names), "")


def title(name: str) -> str:
    """
    What a metric is called in print.

    >>> title("chrf")
    'chrF++'
    """
    return {"bleu": "BLEU", "chrf": "chrF++", "ter": "TER"}[name]


def sentence_chrf(hypothesis: str, reference: str) -> float:
    return count([Row(hypothesis, reference, "")], ["chrf"]).value("chrf")
