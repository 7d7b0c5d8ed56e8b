"""Score a run: against the snippets where there are any, and by its terms and flags anyway."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bitext.score.joining import Joined
from bitext.score.metrics import Row, Scores, measure, sentence_chrf, too_few, value
from bitext.score.snippets import file_name, looks_french
from bitext.units import Outcome, TranslationUnit

Pair = tuple[int, int]

# As far as a reader goes down such a list.
WORST = 10


@dataclass(frozen=True, slots=True)
class Worst:
    """One of the segments furthest from their references, by sentence chrF++."""

    chrf: float
    document: str
    line: int
    hypothesis: str
    reference: str


@dataclass(frozen=True, slots=True)
class Terms:
    """Term occurrences, how many are verified, and what is amiss."""

    occurrences: int
    verified: int
    ambiguous: int
    over_applied: int

    @property
    def accuracy(self) -> float | None:
        """The share verified; None if there is no term."""
        return self.verified / self.occurrences if self.occurrences else None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document: its size, its scores (None without a reference), its terms and flags."""

    segments: int
    words: int
    chrf: float | None
    bleu: float | None
    terms: Terms
    flags: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Report:
    """
    All that `score` finds.

    `sentences` is the headline: snippets that are whole units. `parts` are scored by
    themselves, with no intervals. `segments` and `words` are covered by whole-unit snippets
    (of the words, by parts too) and in all.
    """

    signature: str
    sentences: Scores
    parts: Scores
    joined: tuple[Joined, ...]
    segments: Pair
    words: Pair
    documents: Mapping[str, DocumentRow]
    terms: Terms
    worst: tuple[Worst, ...]
    warnings: tuple[str, ...]


def score(
    joined: Sequence[Joined], units: Sequence[TranslationUnit], *, signature: str = ""
) -> Report:
    """Score the units on the snippets they were joined with; `signature` is the system's own."""
    whole = [row for row in joined if row.kind in ("sentence", "passage")]
    parts = [row for row in joined if row.kind == "part"]
    sentences = measure([row_of(one) for one in whole], intervals=True)
    covered = {unit_id for row in whole for unit_id in row.unit_ids}
    return Report(
        signature,
        sentences,
        measure([row_of(one) for one in parts], intervals=False),
        tuple(joined),
        (sum(unit.id in covered for unit in units), len(units)),
        (words_covered(units, covered, parts), sum(map(words_in, units))),
        documents(units, whole),
        count_terms(units),
        worst(whole),
        tuple(warnings(joined, whole)),
    )


def row_of(joined: Joined) -> Row:
    snippet = joined.snippet
    return Row(joined.hypothesis, snippet.reference, file_name(snippet.document))


def words_in(unit: TranslationUnit) -> int:
    return len(unit.source.split())


def words_covered(
    units: Sequence[TranslationUnit], covered: set[str], parts: Sequence[Joined]
) -> int:
    """Source words under a reference; no unit counts for more words than it has."""
    partly: Counter[str] = Counter()
    for part in parts:
        partly[part.unit_ids[0]] += len(part.snippet.source.split())
    return sum(
        words_in(unit) if unit.id in covered else min(words_in(unit), partly[unit.id])
        for unit in units
    )


def documents(units: Sequence[TranslationUnit], whole: Sequence[Joined]) -> dict[str, DocumentRow]:
    """A row for each document, in the order of the units."""
    home = {unit.id: unit.document for unit in units}
    own: dict[str, list[TranslationUnit]] = {}
    scored: dict[str, list[Row]] = {}
    for unit in units:
        own.setdefault(unit.document, []).append(unit)
    for one in whole:
        scored.setdefault(home[one.unit_ids[0]], []).append(row_of(one))
    return {name: document_row(mine, scored.get(name, [])) for name, mine in own.items()}


def document_row(units: Sequence[TranslationUnit], scored: Sequence[Row]) -> DocumentRow:
    return DocumentRow(
        len(units),
        sum(map(words_in, units)),
        value("chrf", scored) if scored else None,
        value("bleu", scored) if scored else None,
        count_terms(units),
        count_flags(units),
    )


def count_flags(units: Sequence[TranslationUnit]) -> dict[str, int]:
    found = Counter(issue.severity for unit in units for issue in unit.issues or ())
    return {severity: found[severity] for severity in ("minor", "major", "critical")}


def count_terms(units: Sequence[TranslationUnit]) -> Terms:
    occurrences = verified = ambiguous = over_applied = 0
    for unit in units:
        flagged = {
            span
            for issue in unit.issues or ()
            if issue.check == "terms" and issue.severity != "minor"
            for span in issue.source_spans
        }
        for number, match in enumerate(unit.matches):
            outcome = outcome_of(unit, number, flagged)
            ambiguous += outcome == "ambiguous"
            if match.entry.kind != "forbidden" and outcome not in ("ambiguous", "shadowed"):
                occurrences += 1
                verified += outcome in ("right", "enforced")
        for issue in unit.issues or ():
            over_applied += len(issue.target_spans) if issue.check == "over_applied" else 0
    return Terms(occurrences, verified, ambiguous, over_applied)


def outcome_of(unit: TranslationUnit, number: int, flagged: set[Pair]) -> Outcome:
    """What became of a term; a unit that no glossary was enforced on is judged by its check."""
    match = unit.matches[number]
    if len(unit.enforcement) == len(unit.matches):
        outcome = unit.enforcement[number].outcome
    elif not match.counts:
        outcome = "shadowed" if match.shadowed else "ambiguous"
    else:
        outcome = "right" if unit.issues is not None else "unenforced"
    if (match.start, match.end) in flagged and outcome in ("right", "enforced"):
        return "unenforced"
    return outcome


def worst(whole: Sequence[Joined]) -> tuple[Worst, ...]:
    rows = [
        Worst(
            sentence_chrf(one.hypothesis, one.snippet.reference),
            file_name(one.snippet.document),
            one.snippet.line,
            one.hypothesis,
            one.snippet.reference,
        )
        for one in whole
    ]
    return tuple(sorted(rows, key=lambda row: (row.chrf, row.document, row.line))[:WORST])


def warnings(joined: Sequence[Joined], whole: Sequence[Joined]) -> list[str]:
    found = [
        f"line {row.snippet.line}: the reference looks French"
        for row in joined
        if looks_french(row.snippet.reference)
    ]
    if not whole:
        found.append("no reference for a whole segment: there are no scores")
    elif few := too_few([row_of(one) for one in whole]):
        found.append(few)
    return found
