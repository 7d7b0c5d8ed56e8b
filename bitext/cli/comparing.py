"""`bitext compare`: what changed between two runs."""

import csv
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bitext.cli.files import opened
from bitext.errors import UnknownName

if TYPE_CHECKING:
    from bitext.score.changes import Run

FORMATS = ("table", "json", "tsv")


def compare(
    before: Annotated[
        Path, typer.Argument(metavar="RUN_A", help="The older run: its folder, or its units.jsonl.")
    ],
    after: Annotated[Path, typer.Argument(metavar="RUN_B", help="The newer run.")],
    references: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Reference snippets: document, source, reference (TSV)."),
    ] = None,
    form: Annotated[str, typer.Option("--format", help="table, json or tsv (a row a unit).")] = (
        "table"
    ),
) -> None:
    """
    What changed from one run to another: settings, translations, flags, terms and scores.

    With references, scores are compared with intervals and p-values on the segments of both.

    Example: bitext compare out-old out --references seeds/references.tsv
    """
    from bitext.cli import change_tables
    from bitext.runs.outputs import read_references
    from bitext.score import changes

    if form not in FORMATS:
        raise UnknownName("format", form, FORMATS)
    found = changes.changes(read(before), read(after), read_references(references))
    if form == "table":
        change_tables.changes(found)
    elif form == "json":
        typer.echo(json.dumps(changes.to_json(found), ensure_ascii=False, indent=1))
    else:
        rows = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
        rows.writerows(changes.to_rows(found))


def read(place: Path) -> "Run":
    from bitext.formats import jsonl
    from bitext.score.changes import Run

    path = place / "units.jsonl" if place.is_dir() else place
    with opened(str(path)) as file:
        manifest = jsonl.read_manifest(file, name=str(path))
        return Run(str(place), manifest, list(jsonl.read(file, name=str(path))))
