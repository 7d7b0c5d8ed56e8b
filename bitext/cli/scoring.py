"""`bitext score`: how good a translation is, and whether it is better than another."""

import csv
import json
from collections.abc import Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from bitext.cli.files import opened, read_units, source_text, target_file
from bitext.errors import InputError, UnknownName

if TYPE_CHECKING:
    from bitext.score import Baseline, Joined, Lines, Report
    from bitext.units import TranslationUnit

FORMATS = ("table", "json", "tsv", "html")


def score(
    units: Annotated[
        str | None,
        typer.Argument(
            metavar="[UNITS]", help="A run's units.jsonl, or TMX or TSV; - for stdin (JSONL)."
        ),
    ] = None,
    hypotheses: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="Instead of UNITS: translations, a segment a line."),
    ] = None,
    references: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="With UNITS: snippets as a table (document, source, reference). "
            "With --hypotheses: a segment a line.",
        ),
    ] = None,
    sources: Annotated[
        str | None,
        typer.Option(metavar="FILE", help="With --hypotheses: the French, for the QA checks."),
    ] = None,
    baseline: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE", help="Another system's units or lines to compare with; repeatable."
        ),
    ] = None,
    metric: Annotated[
        list[str] | None,
        typer.Option(help="bleu, chrf or ter; repeatable; all of them unless given."),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", help="table, json, tsv (a row a segment) or html.")
    ] = "table",
    out: Annotated[str, typer.Option(metavar="FILE", help="Where to; - for stdout.")] = "-",
    fail_under: Annotated[
        str,
        typer.Option(
            metavar="NAME=VALUE,…",
            help="Exit with 3 if a figure is worse: bleu, chrf, term, and ter (if above).",
        ),
    ] = "",
) -> None:
    """
    Score translations against references, with intervals, signatures and coverage.

    Snippets are placed by id or by their source text; where that is told otherwise, by likeness,
    and then scored apart. Baselines are compared on the segments that both have, by paired
    bootstrap and approximate randomisation over documents. TER takes the most time.

    Example: bitext score out/units.jsonl --references seeds/references.tsv
    """
    from bitext import score as scoring
    from bitext.score import thresholds
    from bitext.score.metrics import METRICS

    if form not in FORMATS:
        raise UnknownName("format", form, FORMATS)
    chosen = tuple(dict.fromkeys(metric or METRICS))
    if wrong := [name for name in chosen if name not in METRICS]:
        raise UnknownName("metric", wrong[0], METRICS)
    limits = thresholds.limits(fail_under)
    if (units is None) == (hypotheses is None):
        raise typer.BadParameter("name UNITS, or --hypotheses FILE; one of them")
    if hypotheses is not None:
        found, joined, baselines = of_lines(hypotheses, references, sources, baseline or ())
        signature = ""
    elif sources is not None:
        raise typer.BadParameter("--sources goes with --hypotheses; units have their own")
    else:
        found, joined, baselines, signature = of_units(units or "-", references, baseline or ())
    report = scoring.score(joined, found, signature=signature, baselines=baselines, metrics=chosen)
    with target_file(out) as file:
        write(report, form, file, title=Path(hypotheses or units or "-").name)
    for line in (missed := thresholds.missed(report, limits)):
        typer.echo(f"bitext: {line}", err=True)
    if missed:
        raise typer.Exit(3)


def write(report: "Report", form: str, file: BinaryIO, *, title: str) -> None:
    from bitext import score as scoring
    from bitext.cli import score_tables

    text = TextIOWrapper(file, "utf-8", "replace", newline="", write_through=True)
    if form == "table":
        score_tables.report(scoring.to_json(report), text)
    elif form == "json":
        json.dump(scoring.to_json(report), text, ensure_ascii=False, indent=1)
        text.write("\n")
    elif form == "tsv":
        csv.writer(text, delimiter="\t", lineterminator="\n").writerows(scoring.to_rows(report))
    else:
        from bitext.score.page import build

        text.write(build(report, title=title))
    text.detach()


def of_units(
    units: str, references: Path | None, baselines: Sequence[str]
) -> tuple[list["TranslationUnit"], list["Joined"], list["Baseline"], str]:
    """The units, joined with the snippets, the baselines joined with them, and a signature."""
    from bitext import score as scoring
    from bitext.runs.outputs import read_references

    snippets = read_references(references)
    found = units_of(units)
    others = [
        scoring.Baseline(shown(name, baselines), scoring.join(units_of(name), snippets))
        for name in baselines
    ]
    return found, scoring.join(found, snippets), others, signature_of(units)


def signature_of(units: str) -> str:
    """What a record says of the system that made it; "" if it is none, or says nothing."""
    from bitext.formats import jsonl

    if not units.endswith(".jsonl"):
        return ""
    with opened(units) as file:
        try:
            return str(jsonl.read_manifest(file, name=units).get("signature", ""))
        except InputError:
            return ""


def units_of(name: str) -> list["TranslationUnit"]:
    with opened(name) as file:
        return list(read_units(name, file))


def of_lines(
    hypotheses: str, references: Path | None, sources: str | None, baselines: Sequence[str]
) -> tuple[list["TranslationUnit"], list["Joined"], list["Baseline"]]:
    """The lines as units, checked if their sources are known, and the baselines on the same."""
    from bitext import qa
    from bitext import score as scoring

    if references is None:
        raise InputError("--hypotheses", "needs --references FILE, with as many lines")
    wanted = lines_of(str(references))
    french = lines_of(sources) if sources is not None else None
    units, joined = scoring.paired(lines_of(hypotheses), wanted, french)
    others = [
        scoring.Baseline(shown(name, baselines), scoring.paired(lines_of(name), wanted, french)[1])
        for name in baselines
    ]
    return (list(map(qa.checked, units)) if french else units), joined, others


def lines_of(name: str) -> "Lines":
    from bitext import score as scoring

    return scoring.lines_of(source_text(name, "utf-8"), name)


def shown(name: str, names: Sequence[str]) -> str:
    """A file by its name alone, unless others have the same."""
    same = [other for other in names if Path(other).name == Path(name).name]
    return (
        name
        if len(same) > 1 or name == "-" or Path(name).name == "units.jsonl"
        else Path(name).name
    )
