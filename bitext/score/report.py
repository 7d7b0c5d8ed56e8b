"""Score a run: against the snippets where there are any, and by its terms and flags anyway."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bitext.score.agreement import Agreement, agreement
from bitext.score.comparison import Baseline, Comparison, compared
from bitext.score.counting import (
    Pair,
    Terms,
    count_checks,
    count_flags,
    count_terms,
    words_covered,
    words_in,
)
from bitext.score.joining import Joined, row_of
from bitext.score.metrics import (
    LONGEST_FOR_TER,
    LOWER_IS_BETTER,
    METRICS,
    Counted,
    Scores,
    count,
    leading,
)
from bitext.score.resampling import drawn_by, measure, too_few
from bitext.score.snippets import looks_french
from bitext.units import TranslationUnit

# As far as a reader goes down such a list.
WORST = 10
# Words of a source sentence; newstest2013 has about a quarter of its segments in each.
LENGTHS = ((1, 10), (11, 20), (21, 30), (31, None))


@dataclass(frozen=True, slots=True)
class Scored:
    """A snippet that is scored, with its own scores (those that were asked for)."""

    joined: Joined
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document: its size, its scores (None without a reference), its terms and flags."""

    segments: int
    words: int
    chrf: float | None
    bleu: float | None
    ter: float | None
    terms: Terms
    flags: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Bucket:
    """The corpus scores of the segments that have something in common."""

    name: str
    count: int
    scores: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Report:
    """
    All that `score` finds.

    `sentences` is the headline: snippets that are whole units. Those that were `aligned` by
    likeness, and `parts` of a sentence, are chosen by what they are scored on, and so are scored
    by themselves. `quality` says how well estimates agree with scores. `segments` and `words` are
    covered by whole-unit snippets (of the words, by parts too) and in all. `scored` has every
    snippet with a score, in the order of the snippets, and `worst` the headline's worst by
    the leading metric. `drawn_by` says what intervals draw anew.
    """

    signature: str
    sentences: Scores
    aligned: Scores
    parts: Scores
    joined: tuple[Joined, ...]
    segments: Pair
    words: Pair
    documents: Mapping[str, DocumentRow]
    terms: Terms
    checks: Mapping[str, Mapping[str, int]]
    scored: tuple[Scored, ...]
    worst: tuple[Scored, ...]
    buckets: tuple[Bucket, ...]
    comparisons: tuple[Comparison, ...]
    quality: Agreement | None
    drawn_by: str
    warnings: tuple[str, ...]


def score(
    joined: Sequence[Joined],
    units: Sequence[TranslationUnit],
    *,
    signature: str = "",
    baselines: Iterable[Baseline] = (),
    metrics: Sequence[str] = METRICS,
) -> Report:
    """
    Score the units on the snippets they were joined with; `signature` is the system's own.

    A baseline is compared on the snippets that both systems have as whole units.
    """
    groups = {
        name: [row for row in joined if row.kind in kinds]
        for name, kinds in (
            ("sentences", ("sentence", "passage")),
            ("aligned", ("aligned",)),
            ("parts", ("part",)),
        )
    }
    counted = {name: count(list(map(row_of, rows)), metrics) for name, rows in groups.items()}
    whole, lines = groups["sentences"], counted["sentences"]
    covered = {unit_id for row in whole for unit_id in row.unit_ids}
    scored = [row for name, rows in groups.items() for row in each(rows, counted[name])]
    comparisons = tuple(compared(whole, lines, baseline) for baseline in baselines)
    return Report(
        signature,
        measure(lines, intervals=True),
        measure(counted["aligned"], intervals=False),
        measure(counted["parts"], intervals=False),
        tuple(joined),
        (sum(unit.id in covered for unit in units), len(units)),
        (words_covered(units, covered, groups["parts"]), sum(map(words_in, units))),
        documents(units, whole, lines),
        count_terms(units),
        count_checks(units),
        tuple(sorted(scored, key=lambda row: row.joined.snippet.line)),
        tuple(worst(each(whole, lines))),
        tuple(buckets(units, whole, lines)),
        comparisons,
        estimated(scored, units),
        drawn_by(lines),
        (*warnings(whole, metrics, lines), *(w for c in comparisons for w in c.warnings)),
    )


def each(rows: Sequence[Joined], counted: Counted) -> list[Scored]:
    """Every row with its own scores."""
    columns = {name: counted.segments(name) for name in counted.counts}
    return [
        Scored(row, {name: values[at] for name, values in columns.items()})
        for at, row in enumerate(rows)
    ]


def documents(
    units: Sequence[TranslationUnit], whole: Sequence[Joined], counted: Counted
) -> dict[str, DocumentRow]:
    """A row for each document, in the order of the units."""
    own: dict[str, list[TranslationUnit]] = {}
    rows: dict[str, list[int]] = {}
    for unit in units:
        own.setdefault(unit.document, []).append(unit)
    for number, one in enumerate(whole):
        rows.setdefault(one.document, []).append(number)
    return {
        name: document_row(mine, values(counted, rows.get(name, ()))) for name, mine in own.items()
    }


def values(counted: Counted, rows: Sequence[int]) -> dict[str, float]:
    """The corpus scores of some rows; empty for none."""
    some = counted.pick(rows) if rows else counted
    return {name: some.value(name) for name in counted.counts} if rows else {}


def document_row(units: Sequence[TranslationUnit], scores: Mapping[str, float]) -> DocumentRow:
    return DocumentRow(
        len(units),
        sum(map(words_in, units)),
        scores.get("chrf"),
        scores.get("bleu"),
        scores.get("ter"),
        count_terms(units),
        count_flags(units),
    )


def estimated(scored: Iterable[Scored], units: Sequence[TranslationUnit]) -> Agreement | None:
    """How the units' own estimates agree with their scores, where one snippet is one unit."""
    told = {unit.id: unit.quality for unit in units}
    pairs = [
        (estimate, row.scores["chrf"])
        for row in scored
        if row.joined.kind == "sentence" and "chrf" in row.scores
        for estimate in [told[row.joined.unit_ids[0]]]
        if estimate is not None
    ]
    return agreement([estimate for estimate, _ in pairs], [value for _, value in pairs])


def worst(rows: Iterable[Scored]) -> list[Scored]:
    """The worst by the leading metric; none where there is no metric."""

    def key(row: Scored) -> tuple[float, str, int]:
        name = leading(row.scores)
        value = row.scores[name]
        rank = -value if name in LOWER_IS_BETTER else value
        return rank, row.joined.document, row.joined.snippet.line

    return sorted((row for row in rows if row.scores), key=key)[:WORST]


def buckets(
    units: Sequence[TranslationUnit], whole: Sequence[Joined], counted: Counted
) -> list[Bucket]:
    """By the length of the source, and by whether a glossary term is in it."""
    by_id = {unit.id: unit for unit in units}
    members: dict[str, list[int]] = {}
    for number, row in enumerate(whole):
        mine = [by_id[unit_id] for unit_id in row.unit_ids]
        members.setdefault(length_name(sum(map(words_in, mine))), []).append(number)
        bound = any(match.binding for unit in mine for match in unit.matches)
        members.setdefault("with a term" if bound else "without a term", []).append(number)
    names = [*map(length_name, (first for first, _ in LENGTHS))]
    names += ["with a term", "without a term"] if "with a term" in members else []
    return [
        Bucket(name, len(members[name]), values(counted, members[name]))
        for name in names
        if name in members
    ]


def length_name(words: int) -> str:
    """
    >>> length_name(7), length_name(99)
    ('1 to 10 words', '31 words or more')
    """
    first, last = next(ends for ends in LENGTHS if ends[1] is None or words <= ends[1])
    return f"{first} words or more" if last is None else f"{first} to {last} words"


def warnings(whole: Sequence[Joined], metrics: Sequence[str], counted: Counted) -> list[str]:
    french = [row.snippet.line for row in whole if looks_french(row.snippet.reference)]
    found = [f"line {line}: the reference looks French" for line in french[:WORST]]
    if len(french) > WORST:
        found.append(f"so do {len(french) - WORST} more references")
    if "ter" in metrics and "ter" not in counted.counts:
        found.append(
            f"no TER: a segment has more than {LONGEST_FOR_TER} words, it would take hours"
        )
    if not whole:
        found.append("no reference for a whole segment: there are no scores")
    elif few := too_few([row.document for row in whole]):
        found.append(few)
    return found
