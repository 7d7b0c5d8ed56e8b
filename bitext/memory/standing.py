"""Whose work goes before whose, where a memory holds several translations."""

from bitext.units import TmMatch, TranslationUnit


def rank(unit: TranslationUnit | TmMatch) -> int:
    """
    People's work goes before a machine's, and what was approved before what was not.

    0 is what a machine made and nobody has looked at.
    """
    if unit.status == "approved":
        return 3
    if unit.origin == "human" or unit.status == "draft":
        return 2
    return 0 if unit.origin == "mt" else 1
