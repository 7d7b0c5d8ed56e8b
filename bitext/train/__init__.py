"""
Train a Marian model: from nothing, from the built-in checkpoint, or any other on your own texts.

One call prepares the corpus (once), trains for a given time, evaluates on the way, and leaves a
directory that transformers and CTranslate2 load. Killed at any moment, the next call goes on
from the last checkpoint.
"""

import json
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bitext import models
from bitext.atomic import locked, writing
from bitext.train import assembly, checkpoints, loop, network
from bitext.train.assembly import Texts
from bitext.train.evaluation import Figures, evaluate
from bitext.train.network import SHAPES

__all__ = ["Evaluated", "Event", "Job", "Prepared", "Resumed", "Texts", "train"]


LOCK = "lock"
# Shares that the weights of the start have in the mixtures tried at the end.
FORMER = (0.2, 0.35, 0.5)


@dataclass(frozen=True, slots=True)
class Job:
    """
    What to train, as plain data.

    `start` is a checkpoint directory to go on from: its vocabulary and shape are kept, and a
    model is exported only if it is better. `encoder_layers` makes its encoder that deep first,
    which changes nothing that it says (0: as it is; without a start the shape tells).
    `patience` evaluations without a gain end the training before its time (0: never).
    """

    texts: Texts
    out: Path
    start: Path | None = None
    encoder_layers: int = 0
    shape: str = "small"
    vocabulary: int = 8000
    guided: bool = True
    plan: loop.Plan = field(default_factory=loop.Plan)
    evaluate_seconds: float = 1800.0
    patience: int = 0


@dataclass(frozen=True, slots=True)
class Prepared:
    """The corpus is ready: its pairs, those held out, and what was left out and why."""

    pairs: int
    target_pieces: int
    held_out: int
    left_out: dict[str, int]


@dataclass(frozen=True, slots=True)
class Resumed:
    """Training goes on from a checkpoint."""

    step: int


@dataclass(frozen=True, slots=True)
class Evaluated:
    """
    Figures on the development set; `exported` if they were the best so far.

    `former` is the share that the start has in the weights: 0, but for mixtures at the end.
    """

    step: int
    figures: Figures
    exported: bool
    former: float = 0.0


Event = Prepared | Resumed | Evaluated | loop.Progress


def train(job: Job) -> Iterator[Event]:
    """
    Do a job, telling each step; the best model is in `job.out / "model"`.

    Raises BitextError for a corpus, a checkpoint or a place that cannot be used. Whoever stops
    reading stops the training; the state is then kept as after an interruption.
    """
    network.ready(job.plan.device)
    with writing(job.out):
        job.out.mkdir(parents=True, exist_ok=True)
    with locked(job.out / LOCK, job.out):
        yield from trained(job)


def trained(job: Job) -> Iterator[Event]:
    if job.encoder_layers:
        started(job, dropout=0.0, eager=False)  # what cannot be had is refused before the long work
    encode, pieces = assembly.encoder(job.texts, job.out, job.start, job.vocabulary)
    made = assembly.make(
        job.texts,
        encode,
        job.out / "prepared",
        longest=job.plan.longest,
        guided=job.guided,
    )
    data, left_out = made.data, dict(made.left_out)
    yield Prepared(len(data), len(data.target), len(made.development.sources), left_out)
    marks = encode.marks() if job.plan.term_share else None
    state = state_of(job, encode.size)
    state.mark = mark_of(job) if job.start else encode.vocabulary
    course = Course(job, made, state, pieces, terms=marks is not None)
    if checkpoints.resume(course.state, course.checkpoint):
        yield Resumed(course.state.step)
    elif job.start:
        yield course.measured(job.start)
    yield from course.run(marks)


def mark_of(job: Job) -> str:
    """What a checkpoint must be of to go on from: this start, made this deep."""
    revision = models.find(str(job.start)).revision
    return f"{revision}/{job.encoder_layers}" if job.encoder_layers else revision


def started(job: Job, *, dropout: float, eager: bool) -> Any:
    """The network of the start, deepened if the job says so."""
    assert job.start is not None
    model = network.loaded(job.start, dropout=dropout, eager=eager)
    return network.deepened(model, job.encoder_layers) if job.encoder_layers else model


def state_of(job: Job, size: int) -> checkpoints.State:
    """A network to train, and its optimizer."""
    import torch

    plan = job.plan
    eager = plan.guidance > 0  # only eager attention gives the weights that are guided
    dropout = 0.0 if plan.device == "cpu" else 0.1
    torch.manual_seed(plan.seed)
    if job.start:
        model = started(job, dropout=dropout, eager=eager)
    else:
        model = network.made(SHAPES[job.shape], size, dropout=dropout, eager=eager)
    model = model.to(plan.device)
    optimizer = torch.optim.AdamW(
        model.parameters(), lr=plan.rate, betas=(0.9, 0.98), weight_decay=0.01, fused=True
    )
    return checkpoints.State(model, optimizer)


class Course:
    """The training of one call: steps, and what is done between them."""

    def __init__(
        self, job: Job, made: assembly.Made, state: checkpoints.State, pieces: Path, *, terms: bool
    ) -> None:
        self.job = job
        self.made = made
        self.state = state
        self.pieces = pieces
        self.terms = terms
        self.checkpoint = job.out / "checkpoint.pt"

    def run(self, marks: Any) -> Iterator[Event]:
        kept = evaluated = time.monotonic()
        vain = 0
        try:
            for progress in loop.steps(self.state, self.made.data, self.job.plan, marks):
                yield progress
                if time.monotonic() - evaluated > self.job.evaluate_seconds:
                    result = self.assessed()
                    yield result
                    vain = 0 if result.exported else vain + 1
                    if vain == self.job.patience > 0:
                        return
                    kept = evaluated = time.monotonic()
                elif time.monotonic() - kept > self.job.plan.checkpoint_seconds:
                    checkpoints.keep(self.state, self.checkpoint)
                    kept = time.monotonic()
        except (KeyboardInterrupt, GeneratorExit):
            checkpoints.keep(self.state, self.checkpoint)
            raise
        yield self.assessed()
        if self.job.start:
            yield from self.mixed()

    def measured(self, start: Path) -> Evaluated:
        """The checkpoint that training starts from, which the result must better."""
        figures = evaluate(start, self.made.development)
        self.state.best = figures.bleu
        self.log(figures)
        return Evaluated(0, figures, False)

    def assessed(self) -> Evaluated:
        """Export the averaged weights, measure them, and keep them if they are the best."""
        state, trial = self.state, self.job.out / "trial"
        self.write(trial, self.weights())
        figures = evaluate(trial, self.made.development)
        better = figures.bleu > state.best
        if better:
            state.best = figures.bleu
            self.write(self.job.out / "model", self.weights())
        self.log(figures)
        checkpoints.keep(state, self.checkpoint)
        state.model.train()
        return Evaluated(state.step, figures, better)

    def mixed(self) -> Iterator[Evaluated]:
        """
        Mixtures of the new weights with those of the start, kept if they are the best.

        What lies between the two often beats both and forgets less (Wortsman et al. 2022,
        "Robust fine-tuning of zero-shot models").
        """
        before = started(self.job, dropout=0.0, eager=True).to(self.job.plan.device)
        old, new = before.state_dict(), self.weights()
        trial = self.job.out / "trial"
        for share in FORMER:
            mixture = {
                name: value.lerp(old[name], share) if value.is_floating_point() else value
                for name, value in new.items()
            }
            self.write(trial, mixture)
            figures = evaluate(trial, self.made.development)
            better = figures.bleu > self.state.best
            if better:
                self.state.best = figures.bleu
                self.write(self.job.out / "model", mixture)
            self.log(figures, former=share)
            yield Evaluated(self.state.step, figures, better, share)

    def weights(self) -> Mapping[str, Any]:
        return self.state.average or self.state.model.state_dict()

    def write(self, directory: Path, weights: Mapping[str, Any]) -> None:
        # What so many pieces hold; French has about 2.7 characters in one of an 8,000 vocabulary.
        longest = max(100, round(self.job.plan.longest * 2.7))
        network.write(self.state.model, weights, self.pieces, directory, longest, self.terms)

    def log(self, figures: Figures, former: float = 0.0) -> None:
        row = {"step": self.state.step, "tokens": self.state.tokens, "former": former}
        row |= asdict(figures)
        with (self.job.out / "log.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
