"""`bitext run`: draw the events of a run, and its summary; `bitext status`: look at one."""

import json
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event as Flag
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bitext.cli.options import Encoding, EngineName, Glossaries, Memories, MinMatch, Model, Preset

if TYPE_CHECKING:
    from bitext.runs import Event, Started

Json = Annotated[
    bool, typer.Option("--json", help="Print JSON, one object a line, and draw nothing.")
]


def run(
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder for everything that is made.")
    ],
    sources: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="SOURCE", help="Text files, folders, patterns in quotes; - for stdin."
        ),
    ] = None,
    manifest: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="A file that names more sources, one a line; - for stdin."
        ),
    ] = None,
    glossary: Glossaries = None,
    no_glossary: Annotated[bool, typer.Option("--no-glossary", help="Enforce no terms.")] = False,
    references: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Reference snippets to score against: document, source, reference."
        ),
    ] = None,
    memory: Memories = None,
    min_match: MinMatch = 75,
    model: Model = "auto",
    engine: EngineName = "ct2",
    preset: Preset = "best",
    encoding: Encoding = "utf-8",
    keep_boilerplate: Annotated[
        bool,
        typer.Option(
            "--keep-boilerplate", help="Translate share bars, credits, datelines and the like, too."
        ),
    ] = False,
    resume: Annotated[
        bool,
        typer.Option("--resume/--fresh", help="Keep what is done already, or do all anew."),
    ] = True,
    jobs: Annotated[
        int, typer.Option(min=0, help="Worker processes; 0: one, that uses every processor.")
    ] = 0,
    executor: Annotated[
        str,
        typer.Option(help="serial, processes, or ray (on a cluster; pip install 'bitext[ray]')."),
    ] = "",
    cache: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Translated sentences, for several runs to share."),
    ] = None,
    as_json: Json = False,
) -> None:
    """
    Translate a folder of French articles: TMX, glossary report, scores and review page.

    Without --glossary, those of glossary/ in or beside the folder are used; without --references,
    references.tsv in it. Writes units.jsonl, corpus.tmx, translations/, glossary-report.tsv,
    scores.json and review.html. A run that was stopped goes on where it was.

    Example: bitext run seeds/ --out out
    """
    from bitext import runs
    from bitext.cli import tables

    if not sources and manifest is None:
        raise typer.BadParameter("name at least one SOURCE, or a --manifest")
    chosen = () if no_glossary else tuple(glossary) if glossary else None
    job = runs.Job(
        tuple(sources or ()),
        out,
        manifest=manifest,
        glossaries=chosen,
        references=references,
        engine=engine,
        model=model,
        preset=preset,
        encoding=encoding,
        keep_boilerplate=keep_boilerplate,
        resume=resume,
        memories=tuple(memory or ()),
        min_match=min_match,
        jobs=jobs,
        executor=executor,
        cache=cache,
    )
    last: Event | None = None
    with stoppable() as stop, lines() if as_json else progress() as tell:
        for event in runs.run(job, stop=stop, stdin=sys.stdin.buffer):
            tell(event)
            last = event
    if isinstance(last, runs.Stopped):
        said = "stopped; what is done is kept, and the same command goes on from there"
        typer.echo(f"bitext: {said}", err=True)
        raise typer.Exit(130)
    assert isinstance(last, runs.Completed)
    if not as_json:
        tables.run(last.summary)
    if last.failures:
        typer.echo(f"bitext: {failures(len(last.failures))}", err=True)
        raise typer.Exit(3)


def status(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="What a run was given as --out.")],
    as_json: Json = False,
) -> None:
    """
    Say how far the run in a folder is, whether it is under way, stopped or finished.

    Exits with 3 if articles have failed.

    Example: bitext status out
    """
    from dataclasses import asdict

    from bitext import runs
    from bitext.cli import tables

    found = runs.status(folder)
    if as_json:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False))
    else:
        tables.status(found)
    if found.failed:
        raise typer.Exit(3)


def failures(count: int) -> str:
    return f"{count:,} {'article' if count == 1 else 'articles'} could not be done (named above)"


@contextmanager
def stoppable() -> Iterator[Flag]:
    """A flag that the first Ctrl-C (or a polite kill) sets; the second ends the process."""
    stop = Flag()

    def asked(number: int, frame: FrameType | None) -> None:
        stop.set()
        # Every output is whole or not there, so that an end at any moment does no harm.
        signal.signal(number, signal.SIG_DFL)
        typer.echo("bitext: stopping after what is in hand; again to stop at once", err=True)

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def lines() -> Iterator[Callable[["Event"], None]]:
    """Tells events as JSON, one a line, as they come."""
    from bitext import runs

    def tell(event: "Event") -> None:
        typer.echo(json.dumps(runs.to_json(event), ensure_ascii=False))
        sys.stdout.flush()

    yield tell


@contextmanager
def progress() -> Iterator["Draw"]:
    """Draws events: a bar on a terminal, lines for what matters anywhere."""
    from rich.progress import BarColumn, Progress, TextColumn
    from rich.table import Column

    from bitext.cli.console import console

    bar = Progress(
        BarColumn(bar_width=20),
        TextColumn("{task.description}", markup=False, table_column=Column(no_wrap=True)),
        console=console(stderr=True, soft_wrap=True),
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    with bar:
        yield Draw(bar)


class Draw:
    """A bar by the bytes of the articles, and in words how many, how fast, and how long yet."""

    def __init__(self, bar: Any) -> None:
        from time import monotonic

        from bitext.runs import Progress

        self.bar = bar
        self.task = bar.add_task("", total=None)
        self.clock = monotonic
        self.begun = monotonic()
        self.figures = Progress()

    def __call__(self, event: "Event") -> None:
        from bitext import runs

        self.figures.see(event)
        self.figures.seconds = self.clock() - self.begun
        match event:
            case runs.Indexing():
                names = ", ".join(path.name for path in event.memories)
                self.say(f"building the memory of {names}; the next run finds it ready")
            case runs.Started():
                self.bar.update(self.task, total=event.size)
                self.say(introduction(event))
            case runs.Failed():
                self.say(f"bitext: {event.error}")
            case runs.Noticed():
                self.say(f"bitext: {event.message}")
        self.bar.update(
            self.task, completed=self.figures.done_size, description=summary(self.figures)
        )

    def say(self, text: str) -> None:
        self.bar.console.print(text)


def summary(figures: Any) -> str:
    """One line of progress."""
    from datetime import timedelta

    parts = [f"{figures.done:,} of {figures.documents:,} articles"]
    if figures.sentences:
        parts.append(f"{figures.rate:,.1f} sentences/s")
    if figures.failed:
        parts.append(f"{figures.failed:,} failed")
    if figures.left is not None:
        parts.append(f"{timedelta(seconds=round(figures.left))} left")
    return ", ".join(parts)


def introduction(started: "Started") -> str:
    """One line: with what the run translates."""
    choice = started.choice
    model = choice.checkpoint.name if choice.checkpoint else "none"
    glossaries = ", ".join(path.name for path in started.glossaries) or "none"
    references = started.references.name if started.references else "none"
    said = (
        f"model: {model} ({choice.engine}, {choice.preset}); "
        f"glossary: {glossaries}; references: {references}"
    )
    memories = ", ".join(path.name for path in started.memories)
    return f"{said}; memory: {memories}" if memories else said
