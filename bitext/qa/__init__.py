"""Checks on a finished translation: what stands in the source must stand in the English."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from bitext.qa.length import empty, length
from bitext.qa.marks import addresses, brackets, final_mark, quotes
from bitext.qa.numbers import number_format, numbers
from bitext.qa.polarity import negation
from bitext.qa.terms import over_applied, terms
from bitext.qa.words import repeated, untranslated
from bitext.units import REVIEWER, Issue, TranslationUnit

Check = Callable[[TranslationUnit], Iterator[Issue]]

CHECKS: tuple[Check, ...] = (
    empty,
    terms,
    over_applied,
    numbers,
    number_format,
    untranslated,
    repeated,
    length,
    addresses,
    negation,
    quotes,
    brackets,
    final_mark,
)


def checked(unit: TranslationUnit, checks: Iterable[Check] = CHECKS) -> TranslationUnit:
    """
    The unit with what the checks find in place of what they had found.

    What a reviewer has marked stays, and what one has dismissed stays away.
    """
    found = [issue for check in checks for issue in check(unit)]
    found += [issue for issue in unit.issues or () if issue.check == REVIEWER]
    return replace(unit, issues=tuple(i for i in found if i.key not in unit.dismissed))
