"""The findings of `bitext qa` as a list and a table that a person reads."""

import sys
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table

from bitext.cli.console import console
from bitext.cli.lines import printable, short

if TYPE_CHECKING:
    from bitext.qa import Inspection

# Characters of a text that a line shows; the whole is in the other formats.
SHOWN = 160


def findings(inspection: "Inspection") -> None:
    """Each finding with its texts, then how many there are of each kind."""
    write = sys.stdout.write
    for found in inspection.findings:
        suggestion = f" (suggestion: {' | '.join(found['fixes'])})" if any(found["fixes"]) else ""
        write(
            f"{found['severity']:<8} {found['check']}: {printable(found['message'] + suggestion)}\n"
        )
        write(f"         {printable(found['id'])}\n")
        write(f"         fr  {short(found['source'], SHOWN)}\n")
        write(f"         en  {short(found['target'], SHOWN)}\n")
    out = console()
    checks = inspection.checks()
    if checks:
        table = Table(box=box.SIMPLE_HEAD)
        table.add_column("check")
        for severity in ("critical", "major", "minor"):
            table.add_column(severity, justify="right")
        for name, counts in checks.items():
            table.add_row(
                name,
                *(f"{counts[s]:,}" if counts[s] else "–" for s in ("critical", "major", "minor")),
            )
        out.print(table)
    share = 100 * inspection.grave / max(inspection.units, 1)
    out.print(
        f"{len(inspection.findings):,} flags on {inspection.units:,} units; "
        f"{inspection.grave:,} units ({share:.1f} %) have one that is major or worse"
    )
