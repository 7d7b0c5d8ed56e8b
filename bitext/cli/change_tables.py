"""What changed between two runs, as tables that a person reads."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from bitext.cli.console import Plain, console
from bitext.cli.lines import short
from bitext.cli.qa_tables import SHOWN
from bitext.cli.score_tables import compared, table

if TYPE_CHECKING:
    from bitext.score.changes import Changes

# Units that are listed; the other formats have all.
MOST = 20


def changes(found: "Changes") -> None:
    """Settings, counts, scores, and the units that are most worth a look."""
    from bitext.score import plain
    from bitext.score.changes import by_interest

    out = console()
    if found.settings:
        made = table("made with", "before", "after")
        for one in found.settings:
            made.add_row(one.name, one.before[:SHOWN], one.after[:SHOWN])
        out.print(made)
    else:
        out.print("made with the same settings")
    out.print(
        f"{len(found.changed):,} units changed, {found.same:,} are the same, "
        f"{found.removed:,} were removed, {found.added:,} are new"
    )
    terms = " → ".join(f"{one.verified:,} of {one.occurrences:,}" for one in found.terms)
    out.print(f"terms verified: {terms}")
    flags(*found.checks, out)
    if found.report:
        compared(plain.comparison(found.report.comparisons[0]), out)
        for warning in found.report.warnings:
            out.print(f"  note: {warning}")
    for change in by_interest(found.changed)[:MOST]:
        moved = "" if change.change is None else f"  {change.change:+.1f} chrF++"
        out.print(f"\n{short(change.after.id)}{moved}")
        for label, text in (
            ("fr", change.after.source),
            ("was", change.before.target),
            ("now", change.after.target),
            *(("+", flag) for flag in change.gained),
            *(("-", flag) for flag in change.lost),
        ):
            out.print(f"  {label:<4}{short(text, SHOWN)}", soft_wrap=True)
    if len(found.changed) > MOST:
        out.print(f"\nand {len(found.changed) - MOST:,} more: --format tsv has them all")


def flags(
    before: Mapping[str, Mapping[str, int]], after: Mapping[str, Mapping[str, int]], out: Plain
) -> None:
    """The checks whose number of flags is another."""
    made = table("flags", "before", "after")
    for check in sorted({*before, *after}):
        old, new = (sum(one.get(check, {}).values()) for one in (before, after))
        if old != new:
            made.add_row(check, f"{old:,}", f"{new:,}")
    if made.row_count:
        out.print(made)
