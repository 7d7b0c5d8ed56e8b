"""What a unit's term matches say to the people who read it in another tool."""

from collections.abc import Iterator
from itertools import zip_longest

from bitext.units import Enforcement, TermMatch, TranslationUnit


def terms(unit: TranslationUnit) -> Iterator[str]:
    """A line for each of the unit's terms."""
    for match, enforcement in zip_longest(unit.matches, unit.enforcement[: len(unit.matches)]):
        yield term(match, enforcement)


def term(match: TermMatch, enforcement: Enforcement | None) -> str:
    """
    A term and what became of it.

    >>> from bitext.units import TermEntry
    >>> entry = TermEntry("avocat", "lawyer")
    >>> term(TermMatch(entry, 0, 7, "lawyers"), Enforcement("right", how="plain"))
    'avocat → lawyers: right (plain)'
    """
    text = f"{match.entry.source} → {match.required}"
    if enforcement is not None:
        text += f": {enforcement.outcome}"
        text += f" ({enforcement.how})" if enforcement.how else ""
    return text
