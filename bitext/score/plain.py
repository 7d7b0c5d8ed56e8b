"""A report as plain JSON values, or as rows of a table; the keys are stable."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from bitext.score.comparison import Comparison, Moved
from bitext.score.counting import Terms
from bitext.score.metrics import METRICS, Score, Scores, leading
from bitext.score.report import DocumentRow, Report, Scored

COLUMNS = ("line", "document", "kind", *METRICS, "reason", "source", "hypothesis", "reference")


def to_json(report: Report) -> dict[str, Any]:
    """The report; a score that there is no reference for is None."""
    return {
        "signature": report.signature,
        "sentences": scores(report.sentences),
        "aligned": scores(report.aligned, intervals=False),
        "parts": scores(report.parts, intervals=False),
        "drawn_by": report.drawn_by,
        "coverage": coverage(report),
        "documents": {name: document(row) for name, row in report.documents.items()},
        "buckets": [
            {"name": bucket.name, "count": bucket.count, **bucket.scores}
            for bucket in report.buckets
        ],
        "terms": terms(report.terms),
        "checks": {check: dict(found) for check, found in report.checks.items()},
        "ranked_by": leading([name for name in METRICS if getattr(report.sentences, name)]),
        "worst": [segment(row) for row in report.worst],
        "quality": report.quality and asdict(report.quality),
        "comparisons": [comparison(one) for one in report.comparisons],
        "warnings": list(report.warnings),
    }


def scores(found: Scores, *, intervals: bool = True) -> dict[str, Any]:
    named = {name: getattr(found, name) for name in METRICS}
    plain = {name: one and single(one, intervals=intervals) for name, one in named.items()}
    return plain | {"count": found.count}


def single(one: Score, *, intervals: bool) -> dict[str, Any]:
    ends = {"low": one.low, "high": one.high} if intervals else {}
    return {"value": one.value, **ends, "signature": one.signature}


def coverage(report: Report) -> dict[str, Any]:
    lost = [row for row in report.joined if row.kind == "unaligned"]
    return {
        "snippets": len(report.joined),
        "aligned": len(report.joined) - len(lost),
        "unaligned": [
            {
                "document": row.snippet.document,
                "line": row.snippet.line,
                "reason": row.reason,
                "source": row.snippet.source,
            }
            for row in lost
        ],
        "segments": list(report.segments),
        "words": list(report.words),
    }


def document(row: DocumentRow) -> dict[str, Any]:
    return {
        "segments": row.segments,
        "words": row.words,
        "chrf": row.chrf,
        "bleu": row.bleu,
        "ter": row.ter,
        "terms_verified": row.terms.verified,
        "terms": row.terms.occurrences,
        "flags": dict(row.flags),
    }


def terms(found: Terms) -> dict[str, Any]:
    return {
        "occurrences": found.occurrences,
        "verified": found.verified,
        "accuracy": found.accuracy,
        "ambiguous": found.ambiguous,
        "over_applied": found.over_applied,
    }


def segment(row: Scored) -> dict[str, Any]:
    snippet = row.joined.snippet
    return {
        **row.scores,
        "document": snippet.document,
        "line": snippet.line,
        "source": snippet.source,
        "hypothesis": row.joined.hypothesis,
        "reference": snippet.reference,
    }


def comparison(one: Comparison) -> dict[str, Any]:
    return {
        "baseline": one.baseline,
        "count": one.count,
        "left_out": one.left_out,
        "drawn_by": one.drawn_by,
        "ranked_by": leading(one.differences),
        "differences": {
            name: {
                "value": found.value,
                "baseline": found.baseline,
                "change": found.change,
                "low": found.low,
                "high": found.high,
                "p_bootstrap": found.bootstrap,
                "p_randomised": found.randomised,
            }
            for name, found in one.differences.items()
        },
        "segments": {"better": one.better, "worse": one.worse, "same": one.same},
        "gains": [moved(row) for row in one.gains],
        "losses": [moved(row) for row in one.losses],
    }


def moved(row: Moved) -> dict[str, Any]:
    snippet = row.joined.snippet
    return {
        "change": row.change,
        "document": snippet.document,
        "line": snippet.line,
        "hypothesis": row.joined.hypothesis,
        "baseline": row.baseline,
        "reference": snippet.reference,
    }


def to_rows(report: Report) -> Iterator[tuple[str, ...]]:
    """A header and then a row for each snippet; without a score where it has none."""
    yield COLUMNS
    found = {id(row.joined): row.scores for row in report.scored}
    for row in report.joined:
        own = found.get(id(row), {})
        snippet = row.snippet
        yield (
            str(snippet.line),
            snippet.document,
            row.kind,
            *(f"{own[name]:.2f}" if name in own else "" for name in METRICS),
            row.reason,
            *(" ".join(t.split()) for t in (snippet.source, row.hypothesis, snippet.reference)),
        )
