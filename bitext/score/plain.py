"""A report as plain JSON values; the keys are stable."""

from typing import Any

from bitext.score.metrics import Score, Scores
from bitext.score.report import DocumentRow, Report, Terms


def to_json(report: Report) -> dict[str, Any]:
    """The report; a score that there is no reference for is None."""
    return {
        "signature": report.signature,
        "sentences": scores(report.sentences),
        "parts": scores(report.parts, intervals=False),
        "coverage": coverage(report),
        "documents": {name: document(row) for name, row in report.documents.items()},
        "terms": terms(report.terms),
        "worst": [{name: getattr(row, name) for name in row.__slots__} for row in report.worst],
        "warnings": list(report.warnings),
    }


def scores(found: Scores, *, intervals: bool = True) -> dict[str, Any]:
    named = {"bleu": found.bleu, "chrf": found.chrf, "ter": found.ter}
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
