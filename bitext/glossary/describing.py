"""Matches as rows that a person reads: `bitext glossary match`."""

from collections.abc import Iterable, Iterator
from itertools import islice

from bitext.glossary.matching import Glossary
from bitext.units import TermMatch

WINDOW = 5000
COLUMNS = ("line", "span", "found", "entry", "kind", "target", "confidence", "verdict")


def described(lines: Iterable[str], glossary: Glossary) -> Iterator[tuple[str, ...]]:
    """
    A row for each match, by `COLUMNS`; lines count from 1, spans in characters.

    So many lines at a time as `WINDOW` says count as one document.
    """
    numbered = enumerate(lines, 1)
    while window := list(islice(numbered, WINDOW)):
        found = glossary.match_all([text for _, text in window])
        for (number, text), matches in zip(window, found, strict=True):
            for match in matches:
                yield row(number, text, match)


def row(number: int, text: str, match: TermMatch) -> tuple[str, ...]:
    return (
        str(number),
        f"{match.start}:{match.end}",
        text[match.start : match.end],
        match.entry.source,
        match.entry.kind,
        " | ".join((match.required, *match.entry.admitted)),
        f"{match.confidence:.2f}",
        verdict(match),
    )


def verdict(match: TermMatch) -> str:
    """What a translation makes of the match."""
    if match.shadowed:
        return "shadowed"
    if not match.counts:
        return "ambiguous"
    return "forbidden" if match.entry.kind == "forbidden" else "required"
