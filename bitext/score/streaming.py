"""Score a run of any size, one document in memory at a time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bitext.score.counting import Pair, Terms
from bitext.score.joining import join
from bitext.score.report import DocumentRow, Report, score
from bitext.score.snippets import Snippet, file_name
from bitext.units import TranslationUnit


def score_documents(
    documents: Iterable[Sequence[TranslationUnit]],
    snippets: Sequence[Snippet],
    *,
    signature: str = "",
) -> Report:
    """
    What `score` gives for all units together.

    Only the units of documents that the snippets name, or name a unit of, are kept: their scores
    need them all.
    """
    names = {file_name(snippet.document) for snippet in snippets}
    ids = {snippet.id for snippet in snippets}
    kept: list[TranslationUnit] = []
    rest = score((), ())
    order: dict[str, DocumentRow | None] = {}
    for units in documents:
        order |= dict.fromkeys(unit.document for unit in units)
        if any(unit.id in ids or file_name(unit.document) in names for unit in units):
            kept += units
        else:
            part = score((), units)
            order |= part.documents
            rest = with_counts(rest, part)
    report = score(join(kept, snippets), kept, signature=signature)
    rows = order | dict(report.documents)
    documents_of_all = {name: row for name, row in rows.items() if row is not None}
    return replace(with_counts(report, rest), documents=documents_of_all)


def with_counts(report: Report, other: Report) -> Report:
    """A report with what another counts added, but for its documents and scores."""
    return replace(
        report,
        segments=total(report.segments, other.segments),
        words=total(report.words, other.words),
        terms=all_terms([report.terms, other.terms]),
        checks=all_checks([report.checks, other.checks]),
    )


def total(one: Pair, other: Pair) -> Pair:
    return one[0] + other[0], one[1] + other[1]


def all_terms(counts: Sequence[Terms]) -> Terms:
    names = ("occurrences", "verified", "ambiguous", "over_applied")
    return Terms(*(sum(getattr(count, name) for count in counts) for name in names))


def all_checks(counts: Iterable[Mapping[str, Mapping[str, int]]]) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = {}
    for count in counts:
        for check, severities in count.items():
            found.setdefault(check, Counter()).update(severities)
    return {check: dict(severities) for check, severities in sorted(found.items())}
