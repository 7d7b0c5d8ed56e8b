"""Matches as rows that a person reads: `bitext glossary match`."""

from collections.abc import Iterable, Iterator, Sequence

from bitext.units import TermMatch

COLUMNS = ("line", "span", "found", "entry", "kind", "target", "confidence", "verdict")


def described(
    texts: Sequence[str], found: Iterable[Sequence[TermMatch]]
) -> Iterator[tuple[str, ...]]:
    """A row for each match, by `COLUMNS`; lines count from 1, spans in characters."""
    for number, (text, matches) in enumerate(zip(texts, found, strict=True), 1):
        for match in matches:
            yield (
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
