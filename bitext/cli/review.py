"""`bitext review`: the review page, and the edits back in."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bitext.cli.files import opened, target_file

if TYPE_CHECKING:
    from bitext.review import Report

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Build the review page of a run, and take its edits back.",
)

Units = Annotated[
    str, typer.Argument(metavar="UNITS", help="The units.jsonl of a run; - for stdin.")
]


@app.command()
def build(
    units: Units,
    out: Annotated[str, typer.Option(metavar="FILE", help="The page; - for stdout.")],
    reference: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", help="Reference snippets to show: document, source, reference."
        ),
    ] = None,
    baseline: Annotated[
        str | None,
        typer.Option(metavar="UNITS", help="Another run, to show what is different."),
    ] = None,
    title: Annotated[str, typer.Option(help="The heading; else the document's name.")] = "",
) -> None:
    """
    Write the review page: one file that opens in any browser, without a network.

    Example: bitext review build out/units.jsonl --out review.html
    """
    from bitext.runs import reviewing

    with ExitStack() as stack:
        record = stack.enter_context(opened(units))
        other = stack.enter_context(opened(baseline)) if baseline else None
        page = stack.enter_context(target_file(out))
        reviewing.write_page(
            record, page, name=units, title=title, references=reference, baseline=other
        )


@app.command("import")
def take(
    edits: Annotated[list[str], typer.Argument(metavar="EDITS", help="Files exported as Edits.")],
    units: Annotated[
        str, typer.Option(metavar="UNITS", help="The units.jsonl that the page was made of.")
    ],
    out: Annotated[str, typer.Option(metavar="FILE", help="The new units.jsonl; - for stdout.")],
) -> None:
    """
    Merge what reviewers did on the page into the units.

    An edit goes to the sentence that it was made on, also when a later run has moved it. Nothing
    is overwritten silently: what does not simply go in is listed, and the exit status is 3.

    Example: bitext review import review.edits.json --units out/units.jsonl --out reviewed.jsonl
    """
    from bitext import review
    from bitext.cli import tables
    from bitext.runs import reviewing

    files = []
    for name in edits:
        with opened(name) as file:
            files.append(review.read(file, name=name))
    with opened(units) as record, target_file(out) as merged:
        report = reviewing.write_merged(record, merged, files, name=units)
    tell(report)
    if report.conflicts:
        tables.conflicts(report)
        raise typer.Exit(3)


def tell(report: "Report") -> None:
    """One line on stderr: the data may go to stdout."""
    there = f", {report.unchanged:,} there already" if report.unchanged else ""
    look = f", {len(report.conflicts):,} to look at:" if report.conflicts else ""
    typer.echo(f"bitext: {report.merged:,} edits merged{there}{look}", err=True)
