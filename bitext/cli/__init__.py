"""
The command line: parse, call one function, print. Nothing here knows how translation works.

Data go to stdout, all else to stderr. Exit status: 0 done, 1 could not, 2 wrong usage, 3 done
but checks failed.
"""

import sys
from typing import Annotated, Any

import typer

from bitext import __version__
from bitext.cli import (
    aligning,
    checking,
    comparing,
    interchange,
    memory,
    models,
    review,
    running,
    scoring,
    serving,
    streams,
    training,
    translating,
)
from bitext.cli import glossary as glossaries
from bitext.cli.files import source_text
from bitext.cli.lines import printable
from bitext.cli.options import Encoding
from bitext.errors import BitextError, UnknownName, reason

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    help="Translate French into English, hold it to a glossary, align it, and check the result.",
)
app.command("run")(running.run)
app.command("status")(running.status)
app.command("translate")(translating.translate)
app.command("align")(aligning.align)
app.command("align-score")(aligning.align_score)
app.add_typer(review.app, name="review")
app.command("export")(interchange.export)
app.command("import")(interchange.import_)
app.command("qa")(checking.qa)
app.command("score")(scoring.score)
app.command("compare")(comparing.compare)
app.add_typer(glossaries.app, name="glossary")
app.add_typer(memory.app, name="memory")
app.command("clean")(interchange.clean)
app.command("serve")(serving.serve)
app.command("train")(training.train)
app.add_typer(models.app, name="models")


@app.callback(invoke_without_command=True)
def start(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(f"bitext {__version__}")
        raise typer.Exit


@app.command()
def segment(
    source: Annotated[str, typer.Argument(metavar="FILE", help="A French text file; - for stdin.")],
    encoding: Encoding = "utf-8",
    keep_boilerplate: Annotated[
        bool,
        typer.Option(
            "--keep-boilerplate", help="Keep share bars, credits, datelines and the like."
        ),
    ] = False,
) -> None:
    """
    Split a French text into sentences, one a line.

    Example: bitext segment seeds/004_c369260aad95756e.txt
    """
    from bitext import ingest
    from bitext import segment as splitting

    text = source_text(source, encoding)
    document = ingest.parse(text, source, clean=not keep_boilerplate)
    for found in splitting.split(document):
        typer.echo(" ".join(found.text.splitlines()))


def main() -> None:
    """Run the command line; a fault of the user's is one line."""
    streams.settle()
    try:
        try:
            app()
        finally:
            # What is still held back may be more than the disk has room for.
            sys.stdout.flush()
    except UnknownName as error:
        fail(error, 2)
    except BitextError as error:
        fail(error, 1)
    except BrokenPipeError:
        # The reader went away ("| head"): nothing is left to say.
        streams.abandon()
        sys.exit(1)
    except OSError as error:
        # Names too long, folders that vanish while they are read: what only the system can tell.
        if error.filename:
            name = str(error.filename)
            short = name if len(name) < 80 else f"{name[:77]}…"
            fail(f"{short}: cannot be used ({reason(error)})", 1)
        streams.abandon(stdout_only=True)
        fail(f"stdout or a passing file cannot be written ({reason(error)}); make room for it", 1)


def fail(message: Any, status: int) -> None:
    typer.echo(f"bitext: {printable(str(message))}", err=True)
    sys.exit(status)
