"""Checks on a finished translation: what stands in the source must stand in the English."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from bitext.errors import UnknownName
from bitext.qa.calendar import calendar
from bitext.qa.characters import characters, emoji
from bitext.qa.consistency import across
from bitext.qa.fixing import SAFE, Edit, fixed
from bitext.qa.gender import gender
from bitext.qa.inspection import Inspection
from bitext.qa.length import empty, length
from bitext.qa.listing import at_least
from bitext.qa.marks import addresses, brackets, final_mark, quotes
from bitext.qa.measures import measures
from bitext.qa.names import acronyms, capitals, names
from bitext.qa.numbers import number_format, numbers
from bitext.qa.opposites import opposites
from bitext.qa.placeholders import placeholders
from bitext.qa.polarity import negation
from bitext.qa.spacing import spacing
from bitext.qa.swaps import swapped
from bitext.qa.terms import over_applied, terms
from bitext.qa.words import repeated, untranslated
from bitext.units import REVIEWER, Issue, TranslationUnit

__all__ = [
    "CHECKS",
    "NAMES",
    "SAFE",
    "Check",
    "Edit",
    "Inspection",
    "across",
    "at_least",
    "checked",
    "fixed",
    "inspection",
]

Check = Callable[[TranslationUnit], Iterator[Issue]]

CHECKS: tuple[Check, ...] = (
    empty,
    terms,
    over_applied,
    numbers,
    number_format,
    measures,
    calendar,
    names,
    acronyms,
    untranslated,
    repeated,
    length,
    addresses,
    placeholders,
    emoji,
    negation,
    opposites,
    gender,
    swapped,
    quotes,
    brackets,
    final_mark,
    capitals,
    spacing,
    characters,
)
# Every name that an issue may have; "inconsistent" is found by `across`.
NAMES = (*(check.__name__ for check in CHECKS), "inconsistent")


def checked(unit: TranslationUnit, checks: Iterable[Check] = CHECKS) -> TranslationUnit:
    """
    The unit with what the checks find in place of what they had found.

    What a reviewer has marked stays, and what one has dismissed stays away.
    """
    found = [issue for check in checks for issue in check(unit)]
    found += [issue for issue in unit.issues or () if issue.check == REVIEWER]
    return replace(unit, issues=tuple(i for i in found if i.key not in unit.dismissed))


def inspection(*, disabled: Iterable[str] = (), fix: bool = False) -> Inspection:
    """An inspection with all checks but those of these names; raises UnknownName."""
    left_out = frozenset(disabled)
    for name in left_out.difference(NAMES):
        raise UnknownName("check", name, NAMES)
    checks = tuple(check for check in CHECKS if check.__name__ not in left_out)
    return Inspection(lambda unit: checked(unit, checks), disabled=left_out, fix=fix)
