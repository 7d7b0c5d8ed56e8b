"""How good a checkpoint is, as its users will have it: through CTranslate2, in eight bits."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from bitext.engines import Request
from bitext.engines.chunked import LONGEST, Chunked
from bitext.engines.ct2 import CT2
from bitext.models import find
from bitext.train.corpus import normalised


@dataclass(frozen=True, slots=True)
class Development:
    """Normalised sources and references, segment for segment."""

    sources: tuple[str, ...]
    references: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """sacrebleu's BLEU and chrF++ of greedy translations against normalised references."""

    bleu: float
    chrf: float
    sample: str


def development_of(sources: list[str], references: list[str], sentences: int) -> Development:
    """Every so many-th pair, `sentences` in all or a few more."""
    step = max(1, len(sources) // sentences)
    return Development(
        tuple(map(normalised, sources[::step])), tuple(map(normalised, references[::step]))
    )


def evaluate(directory: Path, development: Development) -> Figures:
    """Translate the development set with a checkpoint directory, and score it."""
    import sacrebleu

    checkpoint = find(str(directory))
    # The conversion is for this once, and is not to fill the user's cache.
    with tempfile.TemporaryDirectory(prefix="bitext-") as folder:
        engine = Chunked(
            CT2(checkpoint, beam=1, place=Path(folder)), longest=checkpoint.longest or LONGEST
        )
        offered = engine.translate([Request(source) for source in development.sources])
    made = [hypotheses[0].text for hypotheses in offered]
    references = [list(development.references)]
    return Figures(
        round(float(sacrebleu.corpus_bleu(made, references).score), 2),
        round(float(sacrebleu.corpus_chrf(made, references, word_order=2).score), 2),
        made[0],
    )
