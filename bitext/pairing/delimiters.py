"""Places that both texts share for certain: paragraphs, headings, or a mark of one's own."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence

from bitext.errors import InputError
from bitext.pairing.kept import shown
from bitext.units import Bead, Document, Segment

CHAPTER = r"(?i:chapitre|chapter|chap\.)(?!\w)"
# Words that begin sentences, too: "Part of it was gone."
PART = r"(?i:part(?:ie)?|livre|book|section|sc[eè]ne|acte?|tome|volume)(?!\w)"
NUMBER = (
    r"(?i:\d+|[ivxlc]+|one|two|three|four|five|six|seven|eight|nine|ten|(?:the )?first|second|"
    r"premi[eè]re?|un|deux|trois|quatre|cinq|sept|huit|neuf|dix|\w+i[eè]me)(?!\w)"
)
UNENDED = r"[^.!?…;,:»”\"]"
# "CHAPTER TWELVE.", "Part one. The whale.", "Book the last", "IV.", "2. Method": a short line that
# is numbered or has no end mark. "I went on" is no number.
HEADING = re.compile(
    rf"{CHAPTER}.{{0,80}}"
    rf"|{PART}(?:\s+{NUMBER}.{{0,80}}|(?:.{{0,80}}{UNENDED})?)"
    rf"|(?!I [a-z])[IVXLC\d]+[.)]?(?:\s.{{0,60}}{UNENDED})?"
)


def cuts(
    documents: Sequence[Document], sides: Sequence[Sequence[Segment]], delimiter: str
) -> list[tuple[int, int]]:
    """
    The pairs of sentences that begin what belongs together; raises InputError.

    `delimiter` is "paragraphs", "headings", a mark, or "" for none.
    """
    if not delimiter:
        return []
    begun = [list(starts(d, side, delimiter)) for d, side in zip(documents, sides, strict=True)]
    if len(begun[0]) != len(begun[1]):
        counts = " and ".join(
            f"{len(found)} in {d.name}" for d, found in zip(documents, begun, strict=True)
        )
        raise InputError(
            "--delimiter", f"{delimiter!r} must delimit as often in both texts: {counts}"
        )
    return list(zip(*begun, strict=True))


def starts(document: Document, side: Sequence[Segment], delimiter: str) -> list[int]:
    """
    The sentences that begin something: the first of a paragraph, a heading, after a mark.

    Headings are those that the document's format names; in plain text, what looks like one.
    """
    firsts = [n for n, s in enumerate(side) if not n or s.paragraph != side[n - 1].paragraph]
    if delimiter == "paragraphs":
        return firsts
    if delimiter == "headings" and document.headings:
        return [n for n in firsts if side[n].paragraph in document.headings]
    if delimiter == "headings":
        return [n for n, s in enumerate(side) if HEADING.fullmatch(s.text)]
    marks = [n for n, text in enumerate(document.paragraphs) if text.strip() == delimiter]
    paragraphs = [s.paragraph for s in side]
    return [bisect_left(paragraphs, mark) for mark in marks]


def outside(kept: Sequence[Bead], cuts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """
    The cuts that no kept bead goes over; raises InputError for one that crosses such a bead.

    Kept beads, in order, have two sides each.
    """
    for i, j in cuts:
        before = min(
            bisect_right(kept, i, key=lambda bead: bead.source.stop),
            bisect_right(kept, j, key=lambda bead: bead.target.stop),
        )
        bead = kept[before] if before < len(kept) else None
        if bead is None or (bead.source.start >= i and bead.target.start >= j):
            yield i, j
        elif not within(i, j, bead):
            problem = f"parts that begin at {i} and {j} cross {shown(bead)}, which is kept"
            raise InputError("--delimiter", f"{problem}; leave out one of the two")


def within(i: int, j: int, bead: Bead) -> bool:
    """Whether a cut would divide a bead, on one side at least."""
    source, target = bead.source, bead.target
    inside = source.start < i < source.stop or target.start < j < target.stop
    return inside and source.start <= i <= source.stop and target.start <= j <= target.stop
