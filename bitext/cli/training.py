"""`bitext train`: draw the steps of a training."""

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bitext.train import Event

# Lines where there is no terminal to draw on: one in so many seconds.
TELL_SECONDS = 60


def train(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="CORPUS", help="Corpora: .tsv (also .xz, .gz), .tmx, or folders of them."
        ),
    ],
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder for corpus, checkpoints and model.")
    ],
    dev: Annotated[
        Path | None,
        typer.Option(
            metavar="STEM",
            help="Development set, without its .fr and .en, never trained on; without it a share "
            "of the corpora is held out.",
        ),
    ] = None,
    minutes: Annotated[float, typer.Option(help="How long to train, preparation aside.")] = 60,
    start: Annotated[
        str, typer.Option(help="The model to train further, as for --model; none: a new one.")
    ] = "",
    shape: Annotated[str, typer.Option(help="small (9 M parameters) or base (34 M).")] = "small",
    vocabulary: Annotated[int, typer.Option(help="Subword pieces, without --start.")] = 8000,
    pairs: Annotated[int, typer.Option(help="Use so many pairs of each file; 0 for all.")] = 0,
    keep_out: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Texts that must not be trained on; repeatable."),
    ] = None,
    device: Annotated[str, typer.Option(help="cpu or cuda.")] = "cpu",
    evaluate: Annotated[float, typer.Option(help="Minutes between evaluations.")] = 30,
    patience: Annotated[
        int, typer.Option(help="Stop after so many evaluations without a gain; 0: never.")
    ] = 0,
    tokens: Annotated[int, typer.Option(help="Pieces in a batch, both sides, padded.")] = 5000,
    rate: Annotated[float, typer.Option(help="The highest learning rate.")] = 1e-3,
) -> None:
    """
    Train a model, or train one further; killed at any moment, the same command goes on.

    The best model so far is in OUT/model: use it with --model OUT/model. The learning rate falls
    to zero at the end of the time, so that every call leaves a finished model.

    Example: bitext train mine.tmx --start builtin --out work --minutes 30 --patience 3
    """
    from bitext import train as training
    from bitext.errors import UnknownName
    from bitext.models import find
    from bitext.train import loop
    from bitext.train.network import SHAPES

    if shape not in SHAPES:
        raise UnknownName("shape", shape, SHAPES)
    plan = loop.Plan(
        minutes=minutes,
        rate=rate,
        tokens=tokens,
        device=device,
        weights=training.WEIGHTS,
        last_weights=training.LAST_WEIGHTS,
        # A finished model forgets what it knew if it is pushed as hard as a new one.
        warmup=100 if start else 400,
    )
    job = training.Job(
        training.Texts(tuple(sources), dev, tuple(keep_out or ()), pairs),
        out,
        start=find(start).path if start else None,
        shape=shape,
        vocabulary=vocabulary,
        plan=plan,
        evaluate_seconds=60 * evaluate,
        patience=patience,
    )
    teller = Teller(minutes)
    try:
        for event in training.train(job):
            teller(event)
    except KeyboardInterrupt:
        typer.echo("bitext: interrupted; the same command goes on from there", err=True)
        raise typer.Exit(130) from None


class Teller:
    """Lines on stderr; on a terminal the line of the last step is drawn over."""

    def __init__(self, minutes: float) -> None:
        self.minutes = minutes
        self.last = 0.0
        self.live = sys.stderr.isatty()

    def __call__(self, event: "Event") -> None:
        from bitext import train as training

        match event:
            case training.Prepared():
                reasons = ", ".join(f"{n:,} {why}" for why, n in sorted(event.left_out.items()))
                self.say(
                    f"{event.pairs:,} pairs to train on, {event.held_out:,} to measure on; "
                    f"left out: {reasons or 'none'}"
                )
            case training.Resumed():
                self.say(f"goes on from step {event.step:,}")
            case training.Evaluated():
                figures = event.figures
                best = "; the best so far, exported" if event.exported else ""
                self.say(f"step {event.step:,}: BLEU {figures.bleu}, chrF++ {figures.chrf}{best}")
                self.say(f"  {figures.sample}")
            case _:
                self.step(event)

    def step(self, progress: "Event") -> None:
        from bitext.train.loop import Progress

        assert isinstance(progress, Progress)
        now = time.monotonic()
        if now - self.last < (1 if self.live else TELL_SECONDS):
            return
        self.last = now
        left = self.minutes * (1 - progress.share)
        line = (
            f"step {progress.step:,}  loss {progress.loss:.3f}  links {progress.guide:.3f}  "
            f"{progress.speed:,.0f} pieces/s  rate {progress.rate:.1e}  {left:.0f} min left"
        )
        if self.live:
            sys.stderr.write(f"\r\x1b[K{line}")
            sys.stderr.flush()
        else:
            self.say(line)

    def say(self, line: str) -> None:
        if self.live:
            sys.stderr.write("\r\x1b[K")
        typer.echo(line, err=True)
