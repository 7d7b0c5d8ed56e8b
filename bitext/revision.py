"""A unit that a person has translated anew, by whichever way the edit came."""

from dataclasses import replace

from bitext.enforce.auditing import audited
from bitext.qa import checked
from bitext.units import TranslationUnit


def retargeted(unit: TranslationUnit, target: str) -> TranslationUnit:
    """
    The unit with a translation by people: its terms verified, and its checks run anew if they
    had been run. The model's score, links and estimate say nothing of the new words.
    """
    missing = "not in the reviewer's translation"
    new = replace(
        unit,
        target=target,
        origin="human",
        score=None,
        quality=None,
        links=(),
        enforcement=audited(unit.matches, target, how="human", missing=missing),
    )
    return checked(new) if unit.issues is not None else new
