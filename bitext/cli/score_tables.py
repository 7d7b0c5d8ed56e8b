"""The report of `bitext score` as tables that a person reads."""

from collections.abc import Mapping
from typing import Any, TextIO

from rich import box
from rich.table import Table

from bitext.cli.console import Plain, console
from bitext.cli.tables import METRICS, TITLES, row, scores
from bitext.score.resampling import shown_p

SEVERITIES = ("critical", "major", "minor")
# A line of a segment; the whole is in the other formats.
SHOWN = 200


def report(figures: Mapping[str, Any], file: TextIO) -> None:
    """Scores, then comparisons, documents, buckets, flags and the worst segments."""
    out = console(file=file)
    scores(figures, out)
    if quality := figures["quality"]:
        out.print(
            f"  quality estimates agree with chrF++ by r = {quality['pearson']:.2f} "
            f"(ranks {quality['spearman']:.2f}) on {quality['count']:,} segments"
        )
    for comparison in figures["comparisons"]:
        compared(comparison, out)
    if len(figures["documents"]) > 1:
        documents(figures["documents"], out)
    if len(figures["buckets"]) > 1:
        buckets(figures["buckets"], out)
    if figures["checks"]:
        flags(figures["checks"], out)
    if figures["worst"]:
        ranked_by = figures["ranked_by"]
        out.print(f"\nfurthest from their references, by {TITLES[ranked_by]}:")
        for found in figures["worst"]:
            segment(found, f"{found[ranked_by]:.1f}", out)


def table(*headings: str) -> Table:
    """The first column in words, the others in figures."""
    made = Table(box=box.SIMPLE_HEAD)
    made.add_column(headings[0], overflow="fold")
    for heading in headings[1:]:
        made.add_column(heading, justify="right", no_wrap=True)
    return made


def compared(comparison: Mapping[str, Any], out: Plain) -> None:
    """The differences, their intervals and p-values, and the segments that moved most."""
    if not comparison["differences"]:
        return
    headings = ("score", "baseline", "difference", "p bootstrap", "p randomised")
    made = table(f"against {comparison['baseline']}", *headings)
    for name, found in comparison["differences"].items():
        change = f"{found['change']:+.1f}"
        if found["low"] is not None:
            change += f" ({found['low']:+.1f} to {found['high']:+.1f})"
        made.add_row(
            TITLES[name],
            f"{found['value']:.1f}",
            f"{found['baseline']:.1f}",
            change,
            shown_p(found["p_bootstrap"]),
            shown_p(found["p_randomised"]),
        )
    out.print(made)
    told = comparison["segments"]
    out.print(
        f"  {comparison['count']:,} segments, drawn by {comparison['drawn_by']}: "
        f"{told['better']:,} better, {told['worse']:,} worse, {told['same']:,} about the same"
    )
    for heading, key in (("most gained", "gains"), ("most lost", "losses")):
        if comparison[key]:
            out.print(f"\n  {heading}, in {TITLES[comparison['ranked_by']]}:")
        for found in comparison[key]:
            segment(found, f"{found['change']:+.1f}", out)


def documents(found: Mapping[str, Any], out: Plain) -> None:
    made = table("document", "segments", "words", "terms", "chrF++", "BLEU", "flags")
    for name, figures in found.items():
        segments, words, terms, chrf, flagged = row(figures)
        bleu = figures["bleu"]
        made.add_row(
            name, segments, words, terms, chrf, "–" if bleu is None else f"{bleu:.1f}", flagged
        )
    out.print(made)


def buckets(found: list[Mapping[str, Any]], out: Plain) -> None:
    asked = [metric for metric in METRICS if metric in found[0]]
    made = table("source", "segments", *(TITLES[metric] for metric in asked))
    for bucket in found:
        figures = (f"{bucket[metric]:.1f}" for metric in asked)
        made.add_row(bucket["name"], f"{bucket['count']:,}", *figures)
    out.print(made)


def flags(checks: Mapping[str, Mapping[str, int]], out: Plain) -> None:
    made = table("check", *SEVERITIES)
    for check, counts in checks.items():
        made.add_row(check, *(f"{counts[s]:,}" if counts[s] else "–" for s in SEVERITIES))
    out.print(made)


def segment(found: Mapping[str, Any], figure: str, out: Plain) -> None:
    place = ", ".join(filter(None, (found["document"], f"line {found['line']}")))
    out.print(f"  {figure:>6}  {place}")
    for label, key in (("", "hypothesis"), ("was", "baseline"), ("ref", "reference")):
        if text := found.get(key):
            text = " ".join(text.split())
            cut = f"{text[:SHOWN]}…" if len(text) > SHOWN else text
            out.print(f"          {label:<4}{cut}", soft_wrap=True)
