"""
Make a fuzzy match good where only a number or a glossary term differs.

Nothing else is touched, and nothing is guessed: what differs must stand in the target exactly as
often as in the source, so that it is sure what is to be replaced. The caller checks the result
as any other translation, and leaves the sentence to the model if it fails.
"""

import re
from collections import Counter
from collections.abc import Sequence

from bitext.memory.keys import NUMBER, canonical, parts
from bitext.units import TermMatch, TmMatch

FIGURE = re.compile(rf"(?<![\w.,:/-]){NUMBER}")
ARTICLE = re.compile(r"\ban?\s+$", re.IGNORECASE)
THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
# It stands for a term, in texts that are compared; no text has it once it is normalised.
GAP = "\ufdd0"


def adapted(
    source: str, match: TmMatch, terms: Sequence[TermMatch], old_terms: Sequence[TermMatch]
) -> str | None:
    """
    The target of a fuzzy match with the source's numbers and terms, or None if that is not safe.

    `terms` are the glossary's in `source`, `old_terms` those in the match's source.
    """
    target = with_terms(source, match, binding(terms), binding(old_terms))
    if target is None:
        return None
    mended = with_gaps(source, binding(terms)), with_gaps(match.source, binding(old_terms))
    return with_numbers(*mended, target)


def binding(terms: Sequence[TermMatch]) -> list[TermMatch]:
    return sorted((term for term in terms if term.binding), key=lambda term: term.start)


def with_gaps(text: str, terms: Sequence[TermMatch]) -> str:
    """The text with its terms blotted out."""
    pieces, at = [], 0
    for term in terms:
        pieces += [text[at : term.start], GAP]
        at = term.end
    return "".join((*pieces, text[at:]))


def with_terms(
    source: str, match: TmMatch, terms: Sequence[TermMatch], old_terms: Sequence[TermMatch]
) -> str | None:
    """The target with the terms that differ put in place of the old ones."""
    if len(terms) != len(old_terms):
        return None
    changes: dict[str, str] = {}
    for new, old in zip(terms, old_terms, strict=True):
        if changes.setdefault(old.required, new.required) != new.required:
            return None
    target = match.target
    asked = Counter(old.required for old in old_terms)
    for old_words, new_words in changes.items():
        if old_words == new_words:
            continue
        found = list(re.finditer(rf"(?<!\w){re.escape(old_words)}(?!\w)", target))
        if len(found) != asked[old_words] or any(
            ARTICLE.search(target[: f.start()]) for f in found
        ):
            return None
    if not any(old != new for old, new in changes.items()):
        return target
    return replaced(target, {old: new for old, new in changes.items() if old != new})


def replaced(text: str, changes: dict[str, str]) -> str:
    """All at once, so that what one change brings in no other takes out."""
    longest_first = sorted(changes, key=len, reverse=True)
    pattern = rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)"
    return re.sub(pattern, lambda found: changes[found[0]], text)


def with_numbers(source: str, old_source: str, target: str) -> str | None:
    """The target with the numbers of the source, if the texts differ in nothing else."""
    asked, held = parts(canonical(source)), parts(canonical(old_source))
    if (asked.words, asked.marks, asked.cased) != (held.words, held.marks, held.cased):
        return None
    changes: dict[str, str] = {}
    for new, old in zip(asked.numbers, held.numbers, strict=True):
        if changes.setdefault(old, new) != new:
            return None
    written: dict[str, str] = {}
    for old, new in changes.items():
        if old == new:
            continue
        place = standing(old, target, held.numbers.count(old))
        if place is None or one(old) or one(new):
            return None
        # What the target has as the source has it ("1.125", a version) stays written so.
        written[place] = english(new) if place == english(old) else new
    return FIGURE.sub(lambda found: written.get(found[0], found[0]), target)


def standing(number: str, target: str, times: int) -> str | None:
    """How a number of the source is written in the target, where it stands `times` times."""
    for form in dict.fromkeys((english(number), number)):
        found = [m for m in FIGURE.finditer(target) if m[0] == form]
        if len(found) == times and not any(ARTICLE.search(target[: m.start()]) for m in found):
            return form
    return None


def english(number: str) -> str:
    """
    A French number with English marks; dates and times stay as they are.

    >>> english("1 234,5"), english("12.500"), english("12/05"), english("2021")
    ('1,234.5', '12,500', '12/05', '2021')
    """
    if THOUSANDS.fullmatch(number):
        return number.replace(".", ",")
    return re.sub(r"[ \u00a0\u202f]", ",", number.replace(",", "."))


def one(number: str) -> bool:
    """Whether the words around a number may change with it: "1 day", "2 days"."""
    return bool(re.fullmatch(r"[01](?:[.,]\d+)?", number))
