"""
Train a Marian model: from nothing, from the built-in checkpoint, or any other on your own texts.

One call prepares the corpus (once), trains for a given time, evaluates on the way, and leaves a
directory that transformers and CTranslate2 load. Killed at any moment, the next call goes on
from the last checkpoint.
"""

import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from bitext.errors import InputError
from bitext.train import corpus as reading
from bitext.train import links as linking
from bitext.train import loop, network, prepared, vocabulary
from bitext.train.corpus import Pair
from bitext.train.evaluation import Figures, evaluate, held_out
from bitext.train.network import SHAPES
from bitext.train.terms import Marks

# How often a set is passed over, in the main part and in the last: news weighs most at the end.
# Sets that are not named weigh "*". Set by hand for the corpora of the built-in model's card.
WEIGHTS = {"news": 4.0, "web": 2.0, "canada-laws": 0.2, "php-docs": 0.3, "*": 1.0}
LAST_WEIGHTS = {
    "news": 6.0, "web": 0.5, "europarl": 0.15, "hansard36": 0.15, "tatoeba-manythings-2017": 0.2,
    "*": 0.1,
}  # fmt: skip
# Texts that the vocabulary is learned from, about.
LINE_SAMPLE = 900_000
FEWEST = 100


@dataclass(frozen=True, slots=True)
class Job:
    """
    What to train, as plain data.

    `sources` are corpus files and folders (`corpus.files`); `held_out` the path of a development
    set without its .fr and .en; `kept_out` files whose lines are never trained on. `start` is a
    checkpoint directory to go on from: its vocabulary and shape are kept.
    """

    sources: tuple[Path, ...]
    out: Path
    held_out: Path
    kept_out: tuple[Path, ...] = ()
    start: Path | None = None
    shape: str = "small"
    vocabulary: int = 8000
    pairs_per_file: int = 0
    guided: bool = True
    plan: loop.Plan = field(
        default_factory=lambda: loop.Plan(weights=WEIGHTS, last_weights=LAST_WEIGHTS)
    )
    evaluate_seconds: float = 1800.0
    sentences: int = 500


@dataclass(frozen=True, slots=True)
class Prepared:
    """The corpus is ready: pairs by set, what was left out and why."""

    pairs: int
    target_pieces: int
    left_out: dict[str, int]


@dataclass(frozen=True, slots=True)
class Resumed:
    """Training goes on from a checkpoint."""

    step: int


@dataclass(frozen=True, slots=True)
class Evaluated:
    """Figures on the development set; `exported` if they were the best so far."""

    step: int
    figures: Figures
    exported: bool


Event = Prepared | Resumed | Evaluated | loop.Progress


def train(job: Job) -> Iterator[Event]:
    """
    Do a job, telling each step; the best model is in `job.out / "model"`.

    Raises BitextError for a corpus, a checkpoint or a place that cannot be used. Whoever stops
    reading stops the training; the state is then kept as after an interruption.
    """
    job.out.mkdir(parents=True, exist_ok=True)
    development = held_out(job.held_out, job.sentences)
    pieces = vocabulary_of(job)
    data, told = corpus_of(job, pieces)
    yield told
    state, model_pieces = state_of(job, pieces)
    path = job.out / "checkpoint.pt"
    if loop.resume(state, path):
        yield Resumed(state.step)
    marks = marks_of(pieces) if job.plan.term_share else None

    def assess() -> Evaluated:
        weights = state.average or state.model.state_dict()
        trial = job.out / "trial"
        network.write(state.model, weights, model_pieces, trial, characters(job))
        figures = evaluate(trial, development)
        better = figures.bleu > state.best
        if better:
            state.best = figures.bleu
            network.write(state.model, weights, model_pieces, job.out / "model", characters(job))
        log(job.out / "log.jsonl", {"step": state.step, "tokens": state.tokens} | asdict(figures))
        loop.keep(state, path)
        state.model.train()
        return Evaluated(state.step, figures, better)

    kept = evaluated = time.monotonic()
    try:
        for progress in loop.steps(state, data, job.plan, marks):
            yield progress
            if time.monotonic() - evaluated > job.evaluate_seconds:
                yield assess()
                kept = evaluated = time.monotonic()
            elif time.monotonic() - kept > job.plan.checkpoint_seconds:
                loop.keep(state, path)
                kept = time.monotonic()
    except (KeyboardInterrupt, GeneratorExit):
        loop.keep(state, path)
        raise
    yield assess()


def characters(job: Job) -> int:
    """How long a sentence the model should be given at once: what `longest` pieces hold."""
    return max(100, round(job.plan.longest * 2.7))


def log(path: Path, row: dict[str, Any]) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(row) + "\n")


def vocabulary_of(job: Job) -> Path:
    """The SentencePiece model: the checkpoint's own, or learned from the corpus once."""
    if job.start:
        return job.start / "source.spm"
    path = job.out / "vocabulary.spm"
    if not path.is_file():
        texts = chain.from_iterable((p.source, p.target) for p in pairs_of(job, reading.Sieve()))
        vocabulary.learn(thinned(texts), job.vocabulary, path)
    return path


def thinned(texts: Iterator[str]) -> Iterator[str]:
    """Every text while there are few, then one in two, one in three …: about LINE_SAMPLE."""
    for number, text in enumerate(texts):
        if number % (1 + number // LINE_SAMPLE) == 0:
            yield text


def pairs_of(job: Job, sieve: reading.Sieve) -> Iterator[Pair]:
    for path in reading.files(job.sources):
        passed = sieve.passed(reading.read(path))
        for number, pair in enumerate(passed, 1):
            yield pair
            if number == job.pairs_per_file:
                break


def corpus_of(job: Job, pieces: Path) -> tuple[prepared.Prepared, Prepared]:
    """The corpus as numbers, from disk if it was made from the same before."""
    files = [(p.name, p.stat().st_size) for p in reading.files(job.sources)]
    about: dict[str, Any] = {
        "files": files,
        "pairs_per_file": job.pairs_per_file,
        "pieces": reading.mark_of(pieces.read_bytes().hex()).hex(),
        "longest": job.plan.longest,
        "guided": job.guided,
        "kept_out": sorted(p.name for p in (job.held_out, *job.kept_out)),
    }
    folder = job.out / "prepared"
    told = job.out / "prepared.json"
    data = prepared.load(folder, about)
    if data is None:
        sieve = reading.Sieve(reading.marks(lines_kept_out(job)))
        data = encoded(job, pieces, sieve)
        prepared.save(data, folder, about)
        told.write_text(json.dumps(dict(sieve.left_out)), "utf-8")
    left_out = json.loads(told.read_text("utf-8")) if told.is_file() else {}
    return data, Prepared(len(data), len(data.target), left_out)


def lines_kept_out(job: Job) -> Iterator[str]:
    both = [job.held_out.with_name(f"{job.held_out.name}.{side}") for side in ("fr", "en")]
    for path in (*both, *job.kept_out):
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(path, f"cannot be read to keep it out ({error})") from error
        for line in text.splitlines():
            # Tables of references hold a text in each column.
            yield from map(reading.normalised, line.split("\t"))


def encoded(job: Job, pieces: Path, sieve: reading.Sieve) -> prepared.Prepared:
    import sentencepiece

    model = sentencepiece.SentencePieceProcessor(model_file=str(pieces))
    sources: list[Any] = []
    targets: list[Any] = []
    sets: list[str] = []
    for pair in pairs_of(job, sieve):
        source, target = model.encode(pair.source), model.encode(pair.target)
        if 0 < len(source) <= job.plan.longest and 0 < len(target) <= job.plan.longest:
            sources.append(np.array(source, np.int32))
            targets.append(np.array(target, np.int32))
            sets.append(pair.set)
        else:
            sieve.left_out["long"] += 1
    if len(sets) < FEWEST:
        raise InputError(
            "the corpus", f"has {len(sets)} usable pairs; training needs {FEWEST} at least"
        )
    if job.guided:
        links = linking.align(sources, targets)
    else:
        links = [np.full(len(target), linking.NONE, np.int16) for target in targets]
    return prepared.assembled(sources, targets, links, sets)


def state_of(job: Job, pieces: Path) -> tuple[loop.State, Path]:
    """A network to train and its optimizer, and where its tokenizer files come from."""
    import sentencepiece
    import torch

    plan = job.plan
    eager = plan.guidance > 0  # only eager attention gives the weights that are guided
    dropout = 0.0 if plan.device == "cpu" else 0.1
    torch.manual_seed(plan.seed)
    if job.start:
        model = network.loaded(job.start, dropout=dropout, eager=eager)
    else:
        size = sentencepiece.SentencePieceProcessor(model_file=str(pieces)).get_piece_size() + 1
        model = network.made(SHAPES[job.shape], size, dropout=dropout, eager=eager)
    model = model.to(plan.device)
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=plan.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
    )
    return loop.State(model, optimizer), job.start or pieces


def marks_of(pieces: Path) -> Marks | None:
    """The term marks, if the vocabulary has them."""
    import sentencepiece

    model = sentencepiece.SentencePieceProcessor(model_file=str(pieces))
    names = (vocabulary.TERM, vocabulary.TRANSLATION, vocabulary.END_TERM)
    ids = [model.piece_to_id(name) for name in names]
    if model.unk_id() in ids:
        return None
    size = model.get_piece_size()
    begins = np.array([model.id_to_piece(number).startswith("▁") for number in range(size)])
    return Marks(ids[0], ids[1], ids[2], begins)
