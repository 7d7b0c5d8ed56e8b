"""Rules for one unit. Each says what is wrong with it, "" if nothing is."""

import re
from html.entities import html5

from bitext.qa.numbers import numbers as wrong_numbers
from bitext.units import TranslationUnit

LONGEST = 2_000  # characters a side, the most that Trados takes
# French is a fifth longer than English. Of the 3,071 pairs of TICO-19 (people's work), 41 are
# beyond this, and every one of them is a pair of two other sentences. The characters added let
# short titles be.
RATIO, ADDED = 2.5, 20
WORD = re.compile(r"[^\W\d_]+")
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff\ud800-\udfff]"
)
TAG = re.compile(
    r"</?[A-Za-z][\w:-]*(?:\s[^<>]{0,500})?/?>|<!--|&(?:[A-Za-z]{2,8}|#x?[0-9A-Fa-f]+);"
)


def empty(unit: TranslationUnit) -> str:
    """A side has no text."""
    sides = [name for name, text in sides_of(unit) if not text.strip()]
    return f"no {' and no '.join(sides)}" if sides else ""


def identical(unit: TranslationUnit) -> str:
    """Both sides are the same, and more than a name or a number."""
    if unit.source.strip() != unit.target.strip():
        return ""
    small = [word for word in WORD.findall(unit.source) if word.islower()]
    return "the translation is the source" if len(small) > 1 else ""


def too_long(unit: TranslationUnit) -> str:
    """A side is longer than translation memories hold."""
    for name, text in sides_of(unit):
        if len(text) > LONGEST:
            return f"the {name} has {len(text):,} characters"
    return ""


def length_ratio(unit: TranslationUnit) -> str:
    """One side is far longer than the other."""
    source, target = (len(text.strip()) for _, text in sides_of(unit))
    if not source or not target:
        return ""
    ratio = (source + ADDED) / (target + ADDED)
    return f"{source:,} to {target:,} characters" if max(ratio, 1 / ratio) > RATIO else ""


def numbers(unit: TranslationUnit) -> str:
    """A number of one side is not on the other."""
    if too_long(unit):
        return ""  # that rule says it, and comparing takes more and more time
    found = (issue.message for issue in wrong_numbers(unit) if issue.severity != "minor")
    return "; ".join(found)


def control_characters(unit: TranslationUnit) -> str:
    """A character that no text has, or the mark of one that was lost."""
    for name, text in sides_of(unit):
        if found := CONTROL.search(text):
            return f"U+{ord(found[0]):04X} in the {name}"
    return ""


def markup(unit: TranslationUnit) -> str:
    """Tags or entities of a page are left."""
    for name, text in sides_of(unit):
        tags = (found[0] for found in TAG.finditer(text) if is_markup(found[0]))
        if tag := next(tags, ""):
            return f"{tag[:40]} in the {name}"
    return ""


def is_markup(tag: str) -> bool:
    """
    Whether it is a tag or an entity of HTML, and does not only look like one.

    >>> is_markup("<b>"), is_markup("&eacute;"), is_markup("&Ms;")
    (True, True, False)
    """
    return tag[0] == "<" or tag[1] == "#" or tag[1:] in html5


def sides_of(unit: TranslationUnit) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("source", unit.source), ("target", unit.target)
