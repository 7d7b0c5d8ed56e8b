"""Figures as tables that a person reads."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table

from bitext.cli.console import Plain, console
from bitext.cli.lines import short

if TYPE_CHECKING:
    from bitext.review import Report
    from bitext.runs import Progress
    from bitext.runs.outputs import Summary
    from bitext.score.alignment import AlignmentScore


# Articles that the table of a run shows; the totals are of all.
MOST_ROWS = 50


def run(summary: "Summary") -> None:
    """One row an article, then totals and where everything is."""
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("article", overflow="fold")
    for heading in ("sentences", "words", "terms", "chrF++", "flags", "seconds"):
        table.add_column(heading, justify="right", no_wrap=True)
    documents = summary.scores["documents"]
    for name, figures in islice(documents.items(), MOST_ROWS):
        seconds = summary.seconds.get(name)
        table.add_row(
            name, *row(figures), "" if seconds is None else f"{seconds:.1f}"
        )  # a kept article shows the time of the run that made it
    if len(documents) > MOST_ROWS:
        table.add_row(f"… {len(documents) - MOST_ROWS:,} more, all in scores.json")
    if len(documents) > 1:
        table.add_section()
        table.add_row("all", *row(totals(summary.scores)), f"{sum(summary.seconds.values()):.1f}")
    out = console()
    out.print(table)
    scores(summary.scores, out)
    out.print(f"\nwritten to {summary.out}/: units.jsonl, corpus.tmx, translations/,")
    out.print("  glossary-report.tsv, scores.json, review.html (open it in a browser)")


def status(found: "Progress") -> None:
    """How far a run is, and what has failed."""
    out = console()
    done = f"{found.done:,} of {found.documents:,} articles done"
    kept = f" ({found.kept:,} kept from before)" if found.kept else ""
    out.print(f"{found.state}: {done}{kept}, {found.failed:,} failed")
    if found.sentences:
        reused = f", {found.reused:,} of them reused" if found.reused else ""
        figures = f"{found.sentences:,} sentences in {found.seconds:,.1f} s{reused}"
        out.print(f"  {figures}; {found.rate:,.1f} sentences/s")
    if found.state == "running" and found.left is not None:
        out.print(f"  {timedelta(seconds=round(found.left))} left")
    if found.error:
        out.print(f"  {found.error}")
    for _, error in found.failures:
        out.print(f"  failed: {error}")
    if found.state in ("stopped", "interrupted", "failed"):
        out.print("  the same command goes on from there")


def row(figures: Mapping[str, Any]) -> list[str]:
    chrf = figures.get("chrf")
    flags = figures["flags"]
    return [
        f"{figures['segments']:,}",
        f"{figures['words']:,}",
        f"{figures['terms_verified']}/{figures['terms']}" if figures["terms"] else "–",
        "–" if chrf is None else f"{chrf:.1f}",
        " ".join(f"{flags[s]} {s}" for s in ("critical", "major", "minor") if flags.get(s)) or "0",
    ]


def totals(scores: Mapping[str, Any]) -> dict[str, Any]:
    documents = scores["documents"].values()
    result: dict[str, Any] = {
        key: sum(d[key] for d in documents)
        for key in ("segments", "words", "terms_verified", "terms")
    }
    result["flags"] = {
        s: sum(d["flags"].get(s, 0) for d in documents) for s in ("critical", "major", "minor")
    }
    chrf = scores["sentences"]["chrf"]
    result["chrf"] = chrf and chrf["value"]
    return result


def alignment(figures: "AlignmentScore") -> None:
    """Precision, recall and F1, strictly and laxly, with nulls and without."""
    table = Table(box=box.SIMPLE_HEAD)
    table.add_column("beads")
    for heading in ("precision", "recall", "F1"):
        table.add_column(heading, justify="right", no_wrap=True)
    rows = (
        ("strict", figures.strict),
        ("lax", figures.lax),
        ("strict, without nulls", figures.paired),
        ("lax, without nulls", figures.paired_lax),
    )
    for name, rates in rows:
        table.add_row(name, *(f"{x:.3f}" for x in (rates.precision, rates.recall, rates.f1)))
    console().print(table)


METRICS = ("bleu", "chrf", "ter")
TITLES = {"bleu": "BLEU", "chrf": "chrF++", "ter": "TER"}
GROUPS = (
    ("sentences and passages", "sentences"),
    ("aligned by likeness", "aligned"),
    ("parts of one", "parts"),
)


def scores(figures: Mapping[str, Any], out: Plain | None = None) -> None:
    """Scores against references with their intervals, signatures, coverage and warnings."""
    out = out or console()
    scored = [(label, figures[key]) for label, key in GROUPS if figures[key]["count"]]
    asked = [metric for metric in METRICS if scored and scored[0][1][metric]]
    if scored:
        table = Table(box=box.SIMPLE_HEAD)
        table.add_column("against references")
        for heading in ("snippets", *map(TITLES.__getitem__, asked)):
            table.add_column(heading, justify="right", no_wrap=True)
        for label, group in scored:
            table.add_row(label, f"{group['count']:,}", *(score(group[m]) for m in asked))
        out.print(table)
        for metric in asked:
            out.print(f"  {scored[0][1][metric]['signature']}", style="dim")
    if figures["coverage"]["snippets"]:
        out.print(f"  {coverage(figures['coverage'])}")
        for line in unscored(figures["coverage"]["unaligned"]):
            out.print(f"  not scored: {line}")
    if figures["terms"]["occurrences"]:
        out.print(f"  {terms(figures['terms'])}")
    for warning in figures["warnings"]:
        out.print(f"  note: {warning}")


def score(figure: Mapping[str, Any] | None) -> str:
    """A score, with its 95 % interval where it has one; a dash for none."""
    if figure is None:
        return "–"
    low, high = figure.get("low"), figure.get("high")
    value = f"{figure['value']:.1f}"
    return value if low is None or high is None else f"{value} ({low:.1f} to {high:.1f})"


def coverage(figures: Mapping[str, Any]) -> str:
    segments, all_segments = figures["segments"]
    words, all_words = figures["words"]
    return (
        f"references cover {segments} of {all_segments} sentences, "
        f"{100 * words / max(all_words, 1):.0f} % of the source words"
    )


def unscored(unaligned: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """One line a snippet, and one a document that is not there: runs over a few are common."""
    absent: Counter[str] = Counter()
    for lost in unaligned:
        if lost["reason"].startswith("no document called"):
            absent[lost["document"]] += 1
        else:
            yield f"{lost['document']}, line {lost['line']} of the references: {lost['reason']}"
    for document, count in absent.items():
        yield f"{count} snippets of {document}, which is not in this run"


def terms(figures: Mapping[str, Any]) -> str:
    return (
        f"terms: {figures['verified']} of {figures['occurrences']} verified, "
        f"{figures['over_applied']} over-applied, {figures['ambiguous']} ambiguous"
    )


def conflicts(report: "Report") -> None:
    """Each edit that did not simply go in, on stderr: what was done with it, and why."""
    table = Table(box=box.SIMPLE_HEAD)
    for heading in ("segment", "edit", "why", "the edit says"):
        table.add_column(heading, overflow="fold")
    for conflict in report.conflicts:
        edit = conflict.edit
        said = edit.target if edit.target is not None else edit.status or edit.comment or ""
        cells = (edit.id, conflict.outcome, conflict.why, said)
        table.add_row(*map(short, cells))
    console(stderr=True).print(table)
