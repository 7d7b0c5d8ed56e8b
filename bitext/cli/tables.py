"""Figures as tables that a person reads."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from bitext.runs import Progress
    from bitext.runs.outputs import Summary


# Articles that the table of a run shows; the totals are of all.
MOST_ROWS = 50


def console() -> Console:
    """Stdout; in a pipe as wide as it takes, so that no cell is cut."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else 120)


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
    out.print(f"\nwritten to {summary.out}/: units.jsonl, corpus.tmx, translations/,", markup=False)
    out.print(
        "  glossary-report.tsv, scores.json, review.html (open it in a browser)", markup=False
    )


def status(found: "Progress") -> None:
    """How far a run is, and what has failed."""
    out = console()
    done = f"{found.done:,} of {found.documents:,} articles done"
    kept = f" ({found.kept:,} kept from before)" if found.kept else ""
    out.print(f"{found.state}: {done}{kept}, {found.failed:,} failed", markup=False)
    if found.sentences:
        reused = f", {found.reused:,} of them reused" if found.reused else ""
        figures = f"{found.sentences:,} sentences in {found.seconds:,.1f} s{reused}"
        out.print(f"  {figures}; {found.rate:,.1f} sentences/s", markup=False)
    if found.state == "running" and found.left is not None:
        out.print(f"  {timedelta(seconds=round(found.left))} left", markup=False)
    if found.error:
        out.print(f"  {found.error}", markup=False)
    for _, error in found.failures:
        out.print(f"  failed: {error}", markup=False)
    if found.state in ("stopped", "interrupted", "failed"):
        out.print("  the same command goes on from there", markup=False)


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


METRICS = ("bleu", "chrf", "ter")


def scores(figures: Mapping[str, Any], out: Console | None = None) -> None:
    """Scores against references with their intervals, signatures, coverage and warnings."""
    out = out or console()
    scored = [
        (label, figures[key])
        for label, key in (("sentences and passages", "sentences"), ("parts of one", "parts"))
        if figures[key]["count"]
    ]
    if scored:
        table = Table(box=box.SIMPLE_HEAD)
        table.add_column("against references")
        for heading in ("snippets", "BLEU", "chrF++", "TER"):
            table.add_column(heading, justify="right", no_wrap=True)
        for label, group in scored:
            table.add_row(label, str(group["count"]), *(score(group[m]) for m in METRICS))
        out.print(table)
        for metric in METRICS:
            out.print(f"  {scored[0][1][metric]['signature']}", style="dim", markup=False)
    if figures["coverage"]["snippets"]:
        out.print(f"  {coverage(figures['coverage'])}", markup=False)
        for line in unscored(figures["coverage"]["unaligned"]):
            out.print(f"  not scored: {line}", markup=False)
    if figures["terms"]["occurrences"]:
        out.print(f"  {terms(figures['terms'])}", markup=False)
    for warning in figures["warnings"]:
        out.print(f"  note: {warning}", markup=False)


def score(figure: Mapping[str, Any]) -> str:
    """A score, with its 95 % interval where it has one."""
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
