"""`bitext train`: draw the steps of a training."""

import signal
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bitext.train import Event

LONGEST = 1e6  # minutes, two years; it keeps infinity out as well
# Lines where there is no terminal to draw on: one in so many seconds.
TELL_SECONDS = 60


def train(
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="CORPUS", help="Corpora: .tsv (also .xz, .gz), .tmx, or folders of them."
        ),
    ] = None,
    memories: Annotated[
        list[Path] | None,
        typer.Option("--tmx", metavar="FILE", help="A translation memory; repeatable."),
    ] = None,
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder for corpus, checkpoints and model.")
    ] = Path("trained"),
    dev: Annotated[
        Path | None,
        typer.Option(
            metavar="STEM",
            help="Development set, without its .fr and .en, never trained on; without it a share "
            "of the corpora is held out.",
        ),
    ] = None,
    minutes: Annotated[
        float,
        typer.Option(min=0.01, max=LONGEST, help="How long to train, preparation aside."),
    ] = 60,
    start: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="MODEL",
            help="The model to train further, as for --model; without it a new one is made.",
        ),
    ] = "",
    encoder_layers: Annotated[
        int,
        typer.Option(
            metavar="NUMBER",
            min=0,
            help="Make the encoder of --from so deep, with layers that change nothing until they "
            "are trained; 0 for as it is.",
        ),
    ] = 0,
    shape: Annotated[str, typer.Option(help="small (9 M parameters) or base (34 M).")] = "small",
    vocabulary: Annotated[int, typer.Option(min=1, help="Subword pieces, without --from.")] = 8000,
    pairs: Annotated[
        int, typer.Option(min=0, help="Use so many pairs of each file; 0 for all.")
    ] = 0,
    keep_out: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE", help="Texts that must not be trained on; repeatable."),
    ] = None,
    device: Annotated[str, typer.Option(help="cpu or cuda.")] = "cpu",
    evaluate: Annotated[
        float | None,
        typer.Option(
            metavar="MINUTES",
            min=0.01,
            max=LONGEST,
            help="Between evaluations; unless given, a tenth of the time with --from, else half "
            "an hour.",
        ),
    ] = None,
    patience: Annotated[
        int | None,
        typer.Option(
            min=0,
            help="Stop after so many evaluations without a gain (0: never); unless given, 3 with "
            "--from, else 0.",
        ),
    ] = None,
    tokens: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Pieces in a batch, both sides, padded; unless given, 5000, and 40000 on cuda.",
        ),
    ] = None,
    rate: Annotated[
        float | None,
        typer.Option(
            min=1e-9,
            max=1,
            help="The highest learning rate; unless given, 2e-4 with --from, else 1e-3.",
        ),
    ] = None,
    term_share: Annotated[
        float,
        typer.Option(
            min=0,
            max=1,
            help="The share of sentences in which terms are shown with their translations, where "
            "the vocabulary has the marks for it.",
        ),
    ] = 0.1,
    mix: Annotated[
        list[str] | None,
        typer.Option(
            metavar="SET=TIMES[:TIMES]",
            help="How often a set (a file's name, or the first of three columns) is passed over "
            "while the rest is once, and then towards the end; * for all others; repeatable.",
        ),
    ] = None,
) -> None:
    """
    Train a model, or train one further; killed at any moment, the same command goes on.

    The best model so far is in OUT/model: use it with --model OUT/model. The learning rate falls
    to zero at the end of the time, so that every call leaves a finished model.

    Example: bitext train --from builtin --tmx mine.tmx --minutes 30
    """
    from bitext import train as training
    from bitext.errors import InputError, UnknownName
    from bitext.models import find
    from bitext.train import loop
    from bitext.train.network import SHAPES

    if shape not in SHAPES:
        raise UnknownName("shape", shape, SHAPES)
    corpora = (*(sources or ()), *(memories or ()))
    if not corpora:
        raise InputError("bitext train", "has nothing to learn from; name a corpus or --tmx FILE")
    if encoder_layers and not start:
        raise InputError("--encoder-layers", "deepens the model of --from; --shape is for new ones")
    weights, last_weights = mixed(mix or [])
    plan = loop.Plan(
        minutes=minutes,
        # A finished model forgets what it knew if it is pushed as hard as a new one.
        rate=rate if rate is not None else 2e-4 if start else 1e-3,
        warmup=100 if start else 400,
        # … and has no flat part to win: its rate falls from the start.
        landing=1.0 if start else 0.5,
        # What fills a processor's cache leaves a GPU idle.
        tokens=tokens or (40_000 if device.startswith("cuda") else 5_000),
        device=device,
        term_share=term_share,
        weights=weights,
        last_weights=last_weights,
    )
    between = evaluate if evaluate is not None else minutes / 10 if start else 30
    job = training.Job(
        training.Texts(corpora, dev, tuple(keep_out or ()), pairs),
        out,
        start=find(start).path if start else None,
        encoder_layers=encoder_layers,
        shape=shape,
        vocabulary=vocabulary,
        plan=plan,
        evaluate_seconds=60 * between,
        patience=patience if patience is not None else 3 if start else 0,
    )
    teller = Teller(minutes)
    # A machine that is shut down says so; what was learned is kept then as at Ctrl-C.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for event in training.train(job):
            teller(event)
    except KeyboardInterrupt:
        typer.echo("bitext: interrupted; the same command goes on from there", err=True)
        raise typer.Exit(130) from None
    teller.sum_up(out)


def mixed(mix: list[str]) -> tuple[dict[str, float], dict[str, float]]:
    """
    How often each set is passed over, in the main part and in the last.

    >>> mixed(["news=4:6", "web=2"])
    ({'news': 4.0, 'web': 2.0}, {'news': 6.0, 'web': 2.0})
    """
    from bitext.errors import InputError

    main: dict[str, float] = {}
    last: dict[str, float] = {}
    for given in mix:
        name, _, times = given.rpartition("=")
        first, _, then = times.partition(":")
        try:
            main[name], last[name] = float(first), float(then or first)
        except ValueError:
            name = ""
        if not name or not 0 <= min(main[name], last[name]) <= max(main[name], last[name]) < 1e3:
            raise InputError("--mix", f"cannot read {given!r}; it looks like news=4 or news=4:6")
    return main, last


class Teller:
    """Lines on stderr; on a terminal the line of the last step is drawn over."""

    def __init__(self, minutes: float) -> None:
        self.minutes = minutes
        self.last = 0.0
        self.best: tuple[float, float] | None = None
        self.before: tuple[float, float] | None = None
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
                mixed = f", mixed with {event.former:.0%} of the start" if event.former else ""
                where = f"step {event.step:,}{mixed}"
                self.say(f"{where}: BLEU {figures.bleu}, chrF++ {figures.chrf}{best}")
                if event.exported:
                    self.best = figures.bleu, figures.chrf
                elif event.step == 0:
                    self.before = figures.bleu, figures.chrf
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

    def sum_up(self, out: Path) -> None:
        """What came of it; a resumed training has told its figures from before already."""
        before = "before: BLEU {:.1f}, chrF++ {:.1f}; ".format(*self.before) if self.before else ""
        if self.best:
            after = "after: BLEU {:.1f}, chrF++ {:.1f}; ".format(*self.best)
            self.say(f"{before}{after}use it with --model {out / 'model'}")
        elif (out / "model").is_dir():
            self.say(f"no better than the model in {out / 'model'}, which stays")
        else:
            self.say(f"{before}nothing better was found, and no model was written")

    def say(self, line: str) -> None:
        if self.live:
            sys.stderr.write("\r\x1b[K")
        typer.echo(line, err=True)
