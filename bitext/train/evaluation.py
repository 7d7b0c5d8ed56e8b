"""How good a checkpoint is, as its users will have it: through CTranslate2, in eight bits."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from bitext.engines import Request
from bitext.engines.chunked import LONGEST, Chunked
from bitext.engines.ct2 import CT2
from bitext.errors import InputError
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


def held_out(stem: Path, sentences: int) -> Development:
    """Every so many-th pair of STEM.fr and STEM.en; raises InputError."""
    sides = []
    for side in ("fr", "en"):
        path = stem.with_name(f"{stem.name}.{side}")
        try:
            sides.append(path.read_text("utf-8").splitlines())
        except (OSError, UnicodeDecodeError) as error:
            problem = f"cannot be read ({error}); give the development set without .fr and .en"
            raise InputError(path, problem) from error
    sources, references = sides
    if len(sources) != len(references) or not sources:
        raise InputError(stem, f"has {len(sources)} French and {len(references)} English lines")
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
