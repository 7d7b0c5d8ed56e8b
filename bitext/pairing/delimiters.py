"""Places that both texts share for certain: paragraphs, headings, or a mark of one's own."""

import re
from collections.abc import Sequence

from bitext.errors import InputError
from bitext.units import Document, Segment

# "CHAPTER 3", "IV.", "2. Method", "=== ===": a short line that is numbered or has no end mark.
HEADING = re.compile(
    r"(?:chap\w*|part\w*|livre|book|section|scène|scene|act\w*)\b.{0,80}|[IVXLC\d]+[.)]?(?:\s.{0,60}[^.!?…;,:»”\"])?",
    re.IGNORECASE,
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
    return [sum(s.paragraph < mark for s in side) for mark in marks]
