"""`bitext qa`: what is wrong with existing pairs, and put right what is safe to."""

import csv
import json
import os
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, get_args

import typer

from bitext.cli.files import format_of, opened, read_units, target_file
from bitext.cli.options import Glossaries
from bitext.errors import InputError, UnknownName

if TYPE_CHECKING:
    from bitext.qa import Inspection
    from bitext.units import TranslationUnit

FORMATS = ("table", "json", "tsv")


def list_checks(wanted: bool) -> None:
    """Print the names of the checks with what each looks for."""
    if not wanted:
        return
    from bitext.qa import CHECKS

    for check in CHECKS:
        typer.echo(f"{check.__name__:<14} {(check.__doc__ or '').strip().splitlines()[0]}")
    typer.echo(f"{'inconsistent':<14} The same text is translated in one way.")
    raise typer.Exit


def qa(
    files: Annotated[
        list[str],
        typer.Argument(
            metavar="UNITS…",
            help="Units of runs (JSONL), TMX, or TSV with source and target; - for stdin (JSONL).",
        ),
    ],
    form: Annotated[str, typer.Option("--format", help="table, json or tsv.")] = "table",
    fail_on: Annotated[
        str, typer.Option(help="Exit with 3 if a flag is minor, major or critical, or worse.")
    ] = "",
    disable: Annotated[
        str, typer.Option(metavar="CHECK,…", help="Checks to leave out (see --checks).")
    ] = "",
    glossary: Glossaries = None,
    fix: Annotated[
        bool,
        typer.Option(
            "--fix", help="Put spaces, French quotation marks and decimal commas right; with --out."
        ),
    ] = False,
    out: Annotated[
        str, typer.Option(metavar="FILE", help="With --fix: where the units go, by its suffix.")
    ] = "",
    checks: Annotated[
        bool,
        typer.Option("--checks", help="List the checks.", is_eager=True, callback=list_checks),
    ] = False,
) -> None:
    """
    Check existing translations: numbers, units, names, terms, negation, quotes and the rest.

    Each flag has a severity, an MQM category, the words it is about and a key to dismiss it by.
    With --fix, nothing is changed that a person has approved.

    Example: bitext qa out/units.jsonl --fail-on critical
    """
    from bitext import qa as checking
    from bitext.cli import qa_tables
    from bitext.units import Severity

    if form not in FORMATS:
        raise UnknownName("format", form, FORMATS)
    if fail_on and fail_on not in get_args(Severity):
        raise UnknownName("severity", fail_on, get_args(Severity))
    if fix != bool(out):
        raise typer.BadParameter("--fix and --out FILE go together")
    disabled = [name.strip() for name in disable.split(",") if name.strip()]
    inspection = checking.inspection(disabled=disabled, fix=fix)
    units = inspection.watch(matched(every(files), glossary))
    if fix:
        write(units, out, files)
        typer.echo(f"bitext: {told(inspection)}; written to {out}", err=True)
    else:
        deque(units, maxlen=0)
    if form == "table":
        qa_tables.findings(inspection)
    elif form == "json":
        typer.echo(json.dumps(inspection.to_json(), ensure_ascii=False, indent=1))
    else:
        from bitext.qa.listing import COLUMNS, row

        rows = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
        rows.writerow(COLUMNS)
        rows.writerows(map(row, inspection.findings))
    worst = inspection.worst()
    if fail_on and worst and checking.at_least(worst, fail_on):  # type: ignore[arg-type]
        raise typer.Exit(3)


def every(files: Sequence[str]) -> Iterator["TranslationUnit"]:
    for name in files:
        with opened(name) as file:
            yield from read_units(name, file)


def matched(
    units: Iterable["TranslationUnit"], glossaries: Sequence[Path] | None
) -> Iterable["TranslationUnit"]:
    if not glossaries:
        return units
    from bitext import pipeline, runs
    from bitext.glossary import Glossary

    return pipeline.rematch(units, Glossary(runs.read_glossaries(glossaries)[0]))


def write(units: Iterable["TranslationUnit"], out: str, files: Sequence[str]) -> None:
    """Write the units in the format of the suffix, a record with the manifest that it had."""
    from bitext.formats import FORMATS, jsonl, tmx
    from bitext.interchange import header_of

    if any(os.path.realpath(name) == os.path.realpath(out) for name in files if name != "-"):
        raise InputError(out, "is what is read; name another file with --out")
    head = {}
    if len(files) == 1 and files[0] != "-" and format_of(files[0]) == "jsonl":
        with opened(files[0]) as file:
            head = jsonl.read_manifest(file, name=files[0])
    signature = str(head.pop("signature", ""))
    head.pop("bitext", None)
    with target_file(out) as file:
        if format_of(out) == "jsonl":
            jsonl.write(units, file, signature=signature, manifest=head)
        elif format_of(out) == "tmx":
            header = header_of([Path(name) for name in files])
            tmx.write(units, file, signature=signature, header=header)
        else:
            FORMATS.get(format_of(out)).write(units, file, signature=signature)


def told(inspection: "Inspection") -> str:
    """What was put right, in words."""
    if not inspection.fixes:
        return "nothing to put right"
    kinds = ", ".join(f"{name} {count:,}" for name, count in sorted(inspection.fixes.items()))
    return f"put right in {inspection.fixed_units:,} units: {kinds}"
