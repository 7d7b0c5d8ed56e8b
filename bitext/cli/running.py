"""`bitext run`: draw the events of a run, and its summary."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bitext.cli.options import Encoding, EngineName, Glossaries, Memories, MinMatch, Model, Preset

if TYPE_CHECKING:
    from bitext.runs import Event, Started


def run(
    sources: Annotated[
        list[Path], typer.Argument(metavar="SOURCE", help="Text files, and folders of them.")
    ],
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="The folder for everything that is made.")
    ],
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
        bool, typer.Option("--resume/--fresh", help="Keep finished articles, or do all anew.")
    ] = True,
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

    chosen = () if no_glossary else tuple(glossary) if glossary else None
    job = runs.Job(
        tuple(sources),
        out,
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
    )
    completed = None
    try:
        with progress() as draw:
            for event in runs.run(job):
                draw(event)
                if isinstance(event, runs.Completed):
                    completed = event
    except KeyboardInterrupt:
        said = "interrupted; finished articles are kept, and the same command goes on from there"
        typer.echo(f"bitext: {said}", err=True)
        raise typer.Exit(130) from None
    if completed:
        tables.run(completed.summary)
    if not completed or completed.failures:
        raise typer.Exit(1)


@contextmanager
def progress() -> Iterator["Draw"]:
    """Draws events: a bar on a terminal, lines for what matters anywhere."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeRemainingColumn as Remaining

    console = Console(stderr=True, highlight=False, soft_wrap=True)
    bar = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[unit]}"),
        Remaining(),
        console=console,
        transient=True,
        disable=not sys.stderr.isatty(),
    )
    with bar:
        yield Draw(bar)


class Draw:
    def __init__(self, bar: "object") -> None:
        from rich.progress import Progress

        assert isinstance(bar, Progress)
        self.bar = bar
        self.articles = bar.add_task("articles", total=None, unit="")
        self.sentences = bar.add_task("", total=None, unit="sentences", visible=False)

    def __call__(self, event: "Event") -> None:
        from bitext import runs

        match event:
            case runs.Indexing():
                names = ", ".join(path.name for path in event.memories)
                self.say(f"building the memory of {names}; the next run finds it ready")
            case runs.Started():
                self.bar.update(self.articles, total=event.documents)
                self.say(introduction(event))
            case runs.Opened():
                self.bar.reset(
                    self.sentences,
                    description=event.document,
                    total=event.segments,
                    visible=True,
                )
            case runs.Advanced():
                self.bar.advance(self.sentences)
            case runs.Done():
                self.bar.advance(self.articles)
            case runs.Failed():
                self.bar.advance(self.articles)
                self.say(f"bitext: {event.error}")

    def say(self, text: str) -> None:
        self.bar.console.print(text, markup=False)


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
