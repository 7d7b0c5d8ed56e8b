"""
Find which sentences of two texts translate which.

Plain lists of sentences in, beads out: every sentence of either side stands in exactly one. The
texts are compared through a bridge, a rough translation of the source by whatever engine; without
one through cognates, marks and lengths; and through the words that turn out to stand for each
other. No random numbers: the same texts give the same beads.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bitext.align.corridor import around, corridor
from bitext.align.costs import Problem, Settings
from bitext.align.features import LONGEST_TEXT
from bitext.align.lexicon import learned
from bitext.align.moved import with_moved
from bitext.align.search import Lattice, Step
from bitext.align.texts import Texts
from bitext.align.usual import LIKELY, LIKELY_UNAIDED, length_ratio, null_cost, whole_ratio
from bitext.units import Bead

__all__ = ["LONGEST_TEXT", "Settings", "align", "length_ratio"]

# Half the width of the band that is searched at first. Where nothing but cognates shows the way
# it needs room; the second time the path is known better.
WIDTH, WIDTH_UNAIDED, WIDTH_AGAIN = 8, 20, 5
# Sentences in a bead at most, the first time.
LARGEST_AT_FIRST = 3

Gap = tuple[range, range]


def align(
    source: Sequence[str],
    target: Sequence[str],
    *,
    bridge: Sequence[str] | None = None,
    terms: Sequence[Sequence[str]] | None = None,
    cuts: Iterable[tuple[int, int]] = (),
    locked: Iterable[Bead] = (),
    settings: Settings | None = None,
) -> list[Bead]:
    """
    The beads of two texts, in order; neighbours that are left out stand in one bead.

    `bridge` has a translation of each source sentence; `terms` what each is known to contain, in
    the target language. No bead crosses a cut (i, j), which says that source sentence i and
    target sentence j begin something that belongs together; `locked` beads come back as given.
    Cuts and locked beads must not cross one another, nor a cut stand within a bead.
    """
    settings = settings or Settings()
    texts = Texts(source, target, bridge, terms)
    kept = [replace(bead, locked=True) for bead in locked]
    gaps = list(between(kept, cuts, len(source), len(target)))
    at_first = replace(settings, largest=min(settings.largest, LARGEST_AT_FIRST))
    width = WIDTH_UNAIDED if bridge is None else WIDTH
    whole = texts.problem({}, whole_ratio(*texts.sizes))
    paths = [first_path(whole.slice(*gap), at_first, width) for gap in gaps]
    pairs = [
        placed(step, gap)
        for gap, path in zip(gaps, paths, strict=True)
        for step in path
        if step.source and step.target
    ]
    singles = [step for step in pairs if len(step.source) == len(step.target) == 1]
    whole = texts.problem(
        learned([texts.words_of(step) for step in pairs]),
        length_ratio(texts.lengths_of(step) for step in singles),
    )
    likely = LIKELY_UNAIDED if bridge is None else LIKELY
    null = null_cost([step.cost for step in singles], settings.null, likely)
    settings = replace(settings, null=null)
    found = [
        placed(step, gap)
        for gap, path in zip(gaps, paths, strict=True)
        for step in joined(second_path(whole.slice(*gap), path, settings))
    ]
    beads = [Bead(s.source, s.target, s.cost, round(s.probability, 4)) for s in found]
    order = sorted([*kept, *beads], key=lambda bead: (bead.source.stop, bead.target.stop))
    return with_moved(order, whole)


def first_path(part: Problem, settings: Settings, width: int) -> list[Step]:
    return Lattice(part, corridor(part.table, width=width), settings).best()


def second_path(part: Problem, path: Sequence[Step], settings: Settings) -> list[Step]:
    """The best path near the first one, each step with its probability."""
    size = len(part.source), len(part.target)
    lattice = Lattice(part, around(path, *size, width=WIDTH_AGAIN), settings)
    return lattice.weighed(lattice.best())


def between(
    locked: Iterable[Bead], cuts: Iterable[tuple[int, int]], sources: int, targets: int
) -> Iterator[Gap]:
    """The stretches that are left to align, in order."""
    spans = [(b.source.start, b.target.start, b.source.stop, b.target.stop) for b in locked]
    spans += [(i, j, i, j) for i, j in cuts]
    i = j = 0
    for begin, start, end, stop in [*sorted(spans), (sources, targets, sources, targets)]:
        if begin > i or start > j:
            yield range(i, begin), range(j, start)
        i, j = end, stop


def placed(step: Step, gap: Gap) -> Step:
    """A step of a gap, counted from the beginnings of the texts."""
    i, j = gap[0].start, gap[1].start
    source, target = step.source, step.target
    return replace(
        step,
        source=range(source.start + i, source.stop + i),
        target=range(target.start + j, target.stop + j),
    )


def joined(steps: Iterable[Step]) -> list[Step]:
    """Neighbours on one side with nothing opposite become one step; the least sure one counts."""
    runs: list[Step] = []
    for step in steps:
        last = runs[-1] if runs else None
        if last and (not (step.source or last.source) or not (step.target or last.target)):
            runs[-1] = Step(
                range(last.source.start, step.source.stop),
                range(last.target.start, step.target.stop),
                last.cost + step.cost,
                min(last.probability, step.probability),
            )
        else:
            runs.append(step)
    return runs
