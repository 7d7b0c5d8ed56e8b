"""
The command line: parse, call one function, print. Nothing here knows how translation works.

Data go to stdout, all else to stderr. Exit status: 0 done, 1 could not, 2 wrong usage, 3 done
but checks failed.
"""

import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bitext import __version__
from bitext.cli import models, running, serving, training
from bitext.cli.files import decoded_lines, opened, source_text, target_file
from bitext.cli.options import Encoding, EngineName, Glossaries, Model, Preset
from bitext.errors import BitextError, UnknownName

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    rich_markup_mode=None,
    help="Translate French into English, hold it to a glossary, align it, and check the result.",
)
app.add_typer(models.app, name="models")
app.command("run")(running.run)
app.command("status")(running.status)
app.command("serve")(serving.serve)
app.command("train")(training.train)


@app.callback(invoke_without_command=True)
def start(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        typer.echo(f"bitext {__version__}")
        raise typer.Exit


@app.command()
def translate(
    source: Annotated[
        str, typer.Argument(metavar="FILE", help="A file with one sentence a line; - for stdin.")
    ],
    glossary: Glossaries = None,
    model: Model = "auto",
    engine: EngineName = "ct2",
    preset: Preset = "best",
    encoding: Encoding = "utf-8",
) -> None:
    """
    Translate lines: one line out for each line in, in order.

    Example: echo "Bonjour à tous." | bitext translate -
    """
    from bitext import pipeline, runs
    from bitext.enforce import Enforced
    from bitext.engines.opening import choose, open_engine
    from bitext.glossary import Glossary

    entries, _ = runs.read_glossaries(glossary or ())
    choice = choose(engine, model=model, preset=preset)
    with opened(source) as file:
        lines = decoded_lines(file, source, encoding)
        ready = open_engine(choice, wrap=Enforced)
        for line in pipeline.translate_lines(lines, ready, Glossary(entries)):
            typer.echo(line)


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


@app.command()
def score(
    units: Annotated[
        str, typer.Argument(metavar="FILE", help="The units.jsonl of a run; - for stdin.")
    ],
    references: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Reference snippets: document, source, reference (TSV)."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, not a table.")] = False,
) -> None:
    """
    Score a run against reference snippets, with signatures and coverage.

    Example: bitext score out/units.jsonl --references seeds/references.tsv
    """
    import json

    from bitext import score as scoring
    from bitext.cli import tables
    from bitext.formats import jsonl
    from bitext.runs.outputs import read_references

    snippets = read_references(references)
    with opened(units) as file:
        found = list(jsonl.read(file, name=units))
    figures = scoring.to_json(scoring.score(scoring.join(found, snippets), found))
    if as_json:
        typer.echo(json.dumps(figures, ensure_ascii=False, indent=1))
    else:
        tables.scores(figures)


@app.command()
def export(
    units: Annotated[
        str, typer.Argument(metavar="FILE", help="The units.jsonl of a run; - for stdin.")
    ],
    form: Annotated[str, typer.Option("--format", help="tmx, tsv or jsonl.")] = "tmx",
    out: Annotated[str, typer.Option(help="The file to write; - for stdout.")] = "-",
) -> None:
    """
    Write the units of a run in another format.

    Example: bitext export out/units.jsonl --format tmx --out corpus.tmx
    """
    from bitext.formats import FORMATS, jsonl

    writer = FORMATS.get(form)
    with opened(units) as file:
        head = jsonl.read_manifest(file, name=units)
        with target_file(out) as target:
            signature = str(head.get("signature", ""))
            writer.write(jsonl.read(file, name=units), target, signature=signature)


def main() -> None:
    """Run the command line; a fault of the user's is one line."""
    try:
        app()
    except UnknownName as error:
        fail(error, 2)
    except BitextError as error:
        fail(error, 1)
    except BrokenPipeError:
        # The reader went away ("| head"): nothing is left to say, and stdout must not be flushed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


def fail(message: Any, status: int) -> None:
    typer.echo(f"bitext: {message}", err=True)
    sys.exit(status)
