"""Align two documents and make units of the beads."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from bitext.align import LONGEST_TEXT, Settings, align, length_ratio
from bitext.enforce.auditing import audited
from bitext.engines import LINKS, Engine, Request
from bitext.glossary import Glossary
from bitext.linking import linked
from bitext.pairing.delimiters import cuts, outside
from bitext.pairing.doubts import doubts, strayed
from bitext.pairing.evidence import evidence
from bitext.pairing.flags import checked_pair
from bitext.pairing.kept import Kept
from bitext.segment import split
from bitext.text import normalise
from bitext.units import (
    Bead,
    Document,
    Pairing,
    Place,
    Segment,
    TermMatch,
    TranslationUnit,
)

NOTHING = Glossary(())
# Sentences that an engine is given at once: enough to fill its batches, few enough to hold.
BATCH = 256
# What a bead of a doubtful pair can claim at most.
DOUBTFUL = 0.5
MISSING = "the translation does not have it"


@dataclass(frozen=True, slots=True)
class Options:
    """
    How two documents are aligned.

    With `lines`, every line is a sentence. `delimiter` is "paragraphs", "headings" or a mark
    that stands alone on lines of both texts; no bead crosses it. With `links`, the engine links
    the words of each unit, which takes about as long as translating.
    """

    lines: bool = False
    delimiter: str = ""
    links: bool = False
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class Paired:
    """
    Two aligned documents; the beads count `source` and `target`, their sentences.

    `doubts` say what makes them an unlikely pair, or where in it hardly anything fits.
    """

    source: tuple[Segment, ...]
    target: tuple[Segment, ...]
    beads: tuple[Bead, ...]
    units: tuple[TranslationUnit, ...]
    doubts: tuple[str, ...]
    options: Options

    @property
    def alone(self) -> int:
        """Beads with one side only."""
        return sum(not (bead.source and bead.target) for bead in self.beads)

    @property
    def mean_confidence(self) -> float:
        return sum(bead.confidence or 0.0 for bead in self.beads) / max(len(self.beads), 1)

    def sure(self, least: float) -> Iterator[TranslationUnit]:
        """The units that are locked or at least so sure."""
        for unit in self.units:
            pairing = unit.pairing
            if pairing is None or pairing.locked or pairing.confidence >= least:
                yield unit

    def unsure(self, least: float) -> int:
        """How many units are not."""
        return len(self.units) - sum(1 for _ in self.sure(least))

    def bead_lines(self) -> Iterator[str]:
        """The beads as vecalign prints them; with `lines`, line numbers, from 0 on."""
        numbers = [labels(side, self.options) for side in (self.source, self.target)]
        for bead in self.beads:
            source, target = (
                [n[k] for k in run]
                for n, run in zip(numbers, (bead.source, bead.target), strict=True)
            )
            yield f"{source}:{target}:{bead.cost:.6f}"


def pair(
    source: Document,
    target: Document,
    engine: Engine | None = None,
    glossary: Glossary = NOTHING,
    *,
    kept: Kept | None = None,
    options: Options | None = None,
) -> Paired:
    """
    Align two documents; without an engine by cognates, marks, lengths and their own words.

    Of beads that are `kept` (see `read_kept`) only what lies between them is aligned. Raises
    InputError where they, or delimiters, do not fit the texts.
    """
    options = options or Options()
    sides = tuple(tuple(sentences(document, options)) for document in (source, target))
    numbers = [labels(side, options) for side in sides]
    locked = kept.locked(source.name, sides, numbers) if kept else []
    french, english = ([segment.text for segment in side] for side in sides)
    matches = glossary.match_all(french)
    names = source.name, target.name
    wrong = tuple(doubts(" ".join(french), " ".join(english), names))
    shared = list(outside(locked, cuts((source, target), sides, options.delimiter)))
    beads = align(
        french,
        english,
        bridge=list(bridged(french, engine)) if engine else None,
        terms=[[m.required for m in row if m.binding] for row in matches],
        cuts=shared,
        locked=locked,
        settings=options.settings,
    )
    if wrong:
        beads = [b if b.locked else replace(b, confidence=doubtful(b)) for b in beads]
    else:
        wrong = tuple(strayed(beads, french, names))
    made = Maker((source, target), sides, matches, ratio_of(beads, french, english))
    units = [made.unit(bead) for bead in beads]
    if engine and options.links and LINKS in engine.capabilities:
        units = list(linked(units, lambda: engine))
    checked_units = tuple(map(checked_pair, units))
    return Paired(sides[0], sides[1], tuple(beads), checked_units, wrong, options)


def doubtful(bead: Bead) -> float:
    return min(bead.confidence or 0.0, DOUBTFUL)


def ratio_of(beads: Iterable[Bead], source: Sequence[str], target: Sequence[str]) -> float:
    """Target characters to a source character in beads of two sentences."""
    singles = (bead for bead in beads if len(bead.source) == len(bead.target) == 1)
    return length_ratio(
        (len(source[bead.source.start]), len(target[bead.target.start])) for bead in singles
    )


def labels(side: Sequence[Segment], options: Options) -> list[int]:
    """The number that people know each sentence by: its line's, or its own."""
    return [s.paragraph for s in side] if options.lines else list(range(len(side)))


def sentences(document: Document, options: Options) -> Iterator[Segment]:
    """The sentences of a document, without lines that only delimit."""
    for segment in lines_of(document) if options.lines else split(document):
        if not options.delimiter or segment.text != options.delimiter:
            yield segment


def lines_of(document: Document) -> Iterator[Segment]:
    """Each paragraph that is not blank as a sentence."""
    for number, paragraph in enumerate(document.paragraphs):
        text = paragraph.strip()
        if text:
            start = paragraph.index(text)
            yield Segment(number, start, start + len(text), text)


def bridged(texts: Sequence[str], engine: Engine) -> Iterator[str]:
    """The engine's translation of each text, as far as it is compared."""
    for at in range(0, len(texts), BATCH):
        some = (text[:LONGEST_TEXT] for text in texts[at : at + BATCH])
        requests = [Request(normalise(text).text) for text in some]
        yield from (hypotheses[0].text for hypotheses in engine.translate(requests))


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes units of beads."""

    documents: tuple[Document, ...]
    sides: tuple[tuple[Segment, ...], ...]
    matches: Sequence[Sequence[TermMatch]]
    ratio: float

    def unit(self, bead: Bead) -> TranslationUnit:
        source = [self.sides[0][n] for n in bead.source]
        target = [self.sides[1][n] for n in bead.target]
        texts = [joined(d, run) for d, run in zip(self.documents, (source, target), strict=True)]
        at = self.anchor(bead)
        shifts = offsets(self.documents[0], source)
        matches = tuple(
            replace(match, start=match.start + shift, end=match.end + shift)
            for number, shift in zip(bead.source, shifts, strict=True)
            for match in self.matches[number]
        )
        found = evidence(texts[0], texts[1], self.ratio, matches)
        moved = self.sides[bool(bead.source)] if bead.moved else ()
        return TranslationUnit(
            id=key(self.documents[0].name, at, texts, places(target)),
            document=self.documents[0].name,
            paragraph=at.paragraph,
            start=at.start,
            end=at.end,
            source=texts[0],
            target=texts[1],
            origin="human",
            matches=matches,
            enforcement=audited(matches, texts[1], how="human", missing=MISSING),
            pairing=Pairing(
                bead.name,
                1.0 if bead.confidence is None else bead.confidence,
                places(source),
                places(target),
                found,
                bead.locked,
                places([moved[n] for n in bead.moved or ()]),
            ),
        )

    def anchor(self, bead: Bead) -> Place:
        """Where the source text stands; for what was added, the end of the sentence before."""
        source = self.sides[0]
        if bead.source:
            first, last = source[bead.source.start], source[bead.source.stop - 1]
            end = last.end if last.paragraph == first.paragraph else first.end
            return Place(first.paragraph, first.start, end)
        if bead.source.start:
            before = source[bead.source.start - 1]
            return Place(before.paragraph, before.end, before.end)
        return Place(0, 0, 0)


def joined(document: Document, run: Sequence[Segment]) -> str:
    """
    The text of neighbouring sentences with what stands between them, if that is white space.

    What does not come from the same paragraph is joined by a line end.
    """
    return "".join(
        text
        for segment, gap in zip(run, gaps(document, run), strict=True)
        for text in (gap, segment.text)
    )


def gaps(document: Document, run: Sequence[Segment]) -> Iterator[str]:
    """What goes before each sentence of a run."""
    for number, segment in enumerate(run):
        before = run[number - 1] if number else None
        if before is None:
            yield ""
        elif before.paragraph != segment.paragraph:
            yield "\n"
        else:
            between = document.paragraphs[segment.paragraph][before.end : segment.start]
            yield between if not between.strip() else " "


def offsets(document: Document, run: Sequence[Segment]) -> list[int]:
    """Where each sentence of a run begins in the joined text."""
    found, at = [], 0
    for segment, gap in zip(run, gaps(document, run), strict=True):
        found.append(at + len(gap))
        at = found[-1] + len(segment.text)
    return found


def places(run: Sequence[Segment]) -> tuple[Place, ...]:
    return tuple(Place(s.paragraph, s.start, s.end) for s in run)


def key(name: str, at: Place, texts: Sequence[str], target: Sequence[Place]) -> str:
    """As the ids of translated units; what was added is told by its own text and place."""
    text = texts[0]
    if not text and target:
        text = f"{target[0].paragraph}:{target[0].start}:{texts[1]}"
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{name}:{at.paragraph}:{at.start}:{digest}"
