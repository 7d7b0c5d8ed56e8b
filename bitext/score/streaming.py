"""Score a run of any size, one document in memory at a time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bitext.score.counting import Terms
from bitext.score.joining import Joined, join
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

    Only the units of documents that the snippets name are kept: their scores need them all.
    """
    named = {file_name(snippet.document) for snippet in snippets}
    kept: list[TranslationUnit] = []
    plain: list[Report] = []
    order: dict[str, DocumentRow | None] = {}
    for units in documents:
        order |= dict.fromkeys(unit.document for unit in units)
        if any(file_name(unit.document) in named for unit in units):
            kept += units
        else:
            part = score((), units)
            order |= part.documents
            plain.append(part)
    joined: list[Joined] = join(kept, snippets)
    report = score(joined, kept, signature=signature)
    rows = order | dict(report.documents)
    return replace(
        report,
        segments=summed([report, *plain], "segments"),
        words=summed([report, *plain], "words"),
        documents={name: row for name, row in rows.items() if row is not None},
        terms=all_terms([report.terms, *(part.terms for part in plain)]),
        checks=all_checks([report.checks, *(part.checks for part in plain)]),
    )


def summed(reports: Iterable[Report], name: str) -> tuple[int, int]:
    pairs = [getattr(report, name) for report in reports]
    return sum(covered for covered, _ in pairs), sum(whole for _, whole in pairs)


def all_terms(counts: Sequence[Terms]) -> Terms:
    names = ("occurrences", "verified", "ambiguous", "over_applied")
    return Terms(*(sum(getattr(count, name) for count in counts) for name in names))


def all_checks(counts: Iterable[Mapping[str, Mapping[str, int]]]) -> dict[str, dict[str, int]]:
    total: dict[str, Counter[str]] = {}
    for count in counts:
        for check, severities in count.items():
            total.setdefault(check, Counter()).update(severities)
    return {check: dict(severities) for check, severities in sorted(total.items())}
