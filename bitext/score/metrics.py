"""BLEU, chrF++ and TER by sacrebleu, with an interval that comes from drawing documents anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

RESAMPLES = 1000
SEED = 12345
# A document's sentences resemble one another: with few documents an interval is a guess.
FEWEST_SEGMENTS, FEWEST_DOCUMENTS = 100, 5


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
    """The scores of a set of snippets; None where there is none."""

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


def measure(rows: Sequence[Row], *, intervals: bool) -> Scores:
    """Corpus scores of the rows together, not a mean of sentence scores."""
    if not rows:
        return Scores(0)
    found = {name: corpus(name, rows, intervals=intervals) for name in ("bleu", "chrf", "ter")}
    return Scores(len(rows), **found)


def metric(name: str) -> Any:
    # Loaded late: they cost a second that a user who asks for no scores need not wait.
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF
    from sacrebleu.metrics.ter import TER

    if name == "chrf":
        return CHRF(word_order=2)
    return BLEU() if name == "bleu" else TER()


def corpus(name: str, rows: Sequence[Row], *, intervals: bool) -> Score:
    measured = metric(name)
    hypotheses, references = [row.hypothesis for row in rows], [row.reference for row in rows]
    result = measured.corpus_score(hypotheses, [references])
    low, high = None, None
    if intervals and len({row.document for row in rows}) > 1:
        low, high = interval(name, rows)
    signature = str(measured.get_signature())
    # Under numpy 2 a numpy float would leak into the report.
    return Score(str(result.name), float(result.score), signature, low, high)


def value(name: str, rows: Sequence[Row]) -> float:
    """The bare corpus score."""
    return corpus(name, rows, intervals=False).value


def interval(name: str, rows: Sequence[Row]) -> tuple[float, float]:
    """The middle 95 % of the scores of 1,000 corpora, each drawn from the documents."""
    import numpy as np

    measured = metric(name)
    hypotheses, references = [row.hypothesis for row in rows], [row.reference for row in rows]
    # One row of counts for each snippet; they add up, as sacrebleu's own bootstrap has it.
    statistics = measured._extract_corpus_statistics(hypotheses, [references])
    documents = sorted({row.document for row in rows})
    totals = np.zeros((len(documents), len(statistics[0])))
    for row, counts in zip(rows, statistics, strict=True):
        totals[documents.index(row.document)] += counts
    random = np.random.default_rng(SEED)
    drawn = random.integers(len(documents), size=(RESAMPLES, len(documents)))
    scores = [
        float(measured._compute_score_from_stats(totals[draw].sum(axis=0).tolist()).score)
        for draw in drawn
    ]
    low, high = np.percentile(scores, [2.5, 97.5])
    return float(low), float(high)


def sentence_chrf(hypothesis: str, reference: str) -> float:
    return value("chrf", [Row(hypothesis, reference, "")])


def too_few(rows: Iterable[Row]) -> str:
    """The warning that so few rows call for; "" if none."""
    rows = list(rows)
    documents = len({row.document for row in rows})
    if not rows or (len(rows) >= FEWEST_SEGMENTS and documents >= FEWEST_DOCUMENTS):
        return ""
    return (
        f"too few to trust the scores much: {len(rows)} segments from {documents} documents "
        f"(wanted {FEWEST_SEGMENTS} from {FEWEST_DOCUMENTS})"
    )
