"""What came of an import or a cleaning, as tables that a person reads."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import typer
from rich import box
from rich.table import Table

from bitext.cli.console import console

if TYPE_CHECKING:
    from bitext.cleaning import Sifting
    from bitext.interchange import Conflict

# Characters of a text in a cell; a conflict is looked up by its id.
SHOWN = 200


def merge(counts: Mapping[str, int], conflicts: Iterable["Conflict"]) -> None:
    """How many edits were made, and each that was not."""
    out = console(stderr=True)
    said = ", ".join(f"{count:,} {what}" for what, count in sorted(counts.items()))
    out.print(f"bitext: {said or 'no edits'}")
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("conflict", no_wrap=True)
    for heading in ("unit", "file", "ours", "theirs"):
        table.add_column(heading, overflow="fold")
    for conflict in conflicts:
        cells = (conflict.unit, conflict.file, conflict.ours, conflict.theirs)
        table.add_row(conflict.kind, *(cell[:SHOWN] for cell in cells))
    if table.row_count:
        out.print(table)


def sifted(sifting: "Sifting", *, err: bool) -> None:
    """How many units each rule left out; a unit may break several."""
    for rule, count in sifting.counts.most_common():
        typer.echo(f"{rule}\t{count}", err=err)
    typer.echo(f"left out\t{sifting.left_out}", err=err)
    typer.echo(f"kept\t{sifting.kept}", err=err)
