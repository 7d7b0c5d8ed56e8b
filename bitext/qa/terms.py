"""Glossary terms: each occurrence is rendered as the glossary says, and no name where none was."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bitext.glossary.inflection import COMPOUND, IRREGULAR, NO_MEN, SINGULARS
from bitext.glossary.variants import spelt_otherwise
from bitext.units import Issue, Outcome, Severity, TermEntry, TermMatch, TranslationUnit

Span = tuple[int, int]

# The other number of a noun that no rule gives, either way.
OTHER_NUMBER = IRREGULAR | SINGULARS
# "Spokespersons" and "spokespeople" are the same.
PERSONS = re.compile(r"(?:persons?|people)$")


def terms(unit: TranslationUnit) -> Iterator[Issue]:
    """Glossary terms are rendered as the glossary says, each occurrence by words of its own."""
    free = Free(unit.target)
    outcomes = outcomes_of(unit)
    # The longest first, so that "Amazon" does not take a part of "Amazon Web Services".
    for number in sorted(range(len(outcomes)), key=lambda n: -len(unit.matches[n].required)):
        match, outcome = unit.matches[number], outcomes[number]
        if outcome in ("shadowed", "ambiguous"):
            continue
        if match.entry.kind == "forbidden":
            yield from forbidden(unit, match)
        # A person's words are judged as they stand, not by what a machine had failed to do.
        elif outcome == "unenforced" and unit.origin != "human" and unit.status != "approved":
            reason = unit.enforcement[number].reason
            yield flag(match, f"should be {match.required}{f' ({reason})' if reason else ''}")
        else:
            yield from verified(unit, match, free)


def outcomes_of(unit: TranslationUnit) -> list[Outcome]:
    """What enforcement made of each match; without it, what the match says of itself."""
    if len(unit.enforcement) == len(unit.matches):
        return [enforcement.outcome for enforcement in unit.enforcement]
    return [
        "right" if match.counts else "shadowed" if match.shadowed else "ambiguous"
        for match in unit.matches
    ]


class Free:
    """The renderings in a target that no occurrence has taken; each is looked for once."""

    def __init__(self, target: str) -> None:
        self.target = target
        self.taken = bytearray(len(target))
        self.left: dict[tuple[str, ...], list[Span]] = {}
        self.spelt: dict[str, list[Span]] = {}

    def of(self, match: TermMatch) -> list[Span]:
        """Those of a match, in the order in which they may be taken."""
        phrases = (match.required, *match.entry.admitted)
        if phrases not in self.left:
            self.left[phrases] = [s for phrase in phrases for s in places(phrase, self.target)]
        spans = self.left[phrases]
        while spans and any(self.taken[slice(*spans[0])]):
            spans.pop(0)
        return spans

    def otherwise(self, match: TermMatch) -> Span | None:
        """The first that the other side of the sea spells so; a name has one spelling."""
        if match.entry.kind == "dnt":
            return None
        if match.required not in self.spelt:
            forms = sorted(numbers_of(match.required))
            self.spelt[match.required] = [
                span for form in forms for span in spelt_otherwise(form, self.target)
            ]
        free = (span for span in self.spelt[match.required] if not any(self.taken[slice(*span)]))
        return next(free, None)

    def take(self, span: Span) -> None:
        self.taken[slice(*span)] = b"\1" * (span[1] - span[0])


def verified(unit: TranslationUnit, match: TermMatch, free: Free) -> Iterator[Issue]:
    """Look for a rendering that no other occurrence has taken, whatever enforcement says."""
    spans = free.of(match)
    if not spans:
        spelt = free.otherwise(match)
        if spelt is None:
            yield flag(match, f"should be {match.required}")
        else:
            free.take(spelt)
            yield flag(match, f"should be {match.required}, in this spelling", "minor", spelt)
        return
    kept = (s for s in spans if keeps_case(unit, match, s) and not any(free.taken[slice(*s)]))
    best = next(kept, None)
    free.take(best or spans[0])
    if best is None:
        severity: Severity = "major" if match.entry.kind == "dnt" else "minor"
        message = f"should be {match.required}, with these capitals"
        yield flag(match, message, severity, spans[0])


def forbidden(unit: TranslationUnit, match: TermMatch) -> Iterator[Issue]:
    for phrase in (match.entry.target, *match.entry.admitted):
        for span in places(phrase, unit.target):
            yield flag(match, f"{phrase} is forbidden here", "critical", span)


def flag(
    match: TermMatch, problem: str, severity: Severity = "major", span: Span | None = None
) -> Issue:
    return Issue(
        "terms",
        severity,
        f"{match.entry.source}: {problem}",
        "terminology",
        ((match.start, match.end),),
        (span,) if span else (),
    )


def keeps_case(unit: TranslationUnit, match: TermMatch, span: Span) -> bool:
    """A name keeps its letters, or has those of the source; a term keeps its capitals."""
    found = unit.target[slice(*span)]
    if match.entry.kind == "dnt":
        source = unit.source[match.start : match.end]
        return found in (match.required, source, *match.entry.admitted)
    return not any(
        wanted.isupper() and letter.islower()
        for wanted, letter in zip(match.required, found, strict=False)
    )


def places(phrase: str, text: str) -> list[Span]:
    """Where a phrase stands as whole words, in the singular or the plural, in any case."""
    return [found.span() for found in pattern(phrase).finditer(text)]


@lru_cache(maxsize=4096)
def pattern(phrase: str) -> re.Pattern[str]:
    head, of, rest = phrase.partition(" of ")
    # "terms of service": the head stands before "of".
    forms = {f"{form}{of}{rest}" for form in numbers_of(head)} | numbers_of(phrase)
    written = (r"[\s-]+".join(map(re.escape, re.split(r"[\s-]+", form))) for form in forms)
    longest_first = sorted(written, key=len, reverse=True)
    quoted = re.sub("['’]", "['’]", "|".join(longest_first))
    return re.compile(rf"(?<!\w)(?:{quoted})(?!\w)", re.IGNORECASE)


def numbers_of(phrase: str) -> set[str]:
    """
    A phrase in the singular and the plural of its last word.

    >>> sorted(numbers_of("firing squad")), sorted(numbers_of("policies"))
    (['firing squad', 'firing squads'], ['policies', 'policy'])
    """
    start = max(phrase.rfind(" "), phrase.rfind("-")) + 1
    before, word = phrase[:start], phrase[start:]
    return {phrase, *(before + form for form in (*irregular(word), *regular(word)))}


def irregular(word: str) -> Iterator[str]:
    """The other number of a word, as far as it is in the table or ends as one does."""
    small = word.lower()
    if small in OTHER_NUMBER:
        yield OTHER_NUMBER[small]
    if found := PERSONS.search(small):
        yield from (word[: found.start()] + form for form in ("person", "persons", "people"))
    elif COMPOUND.search(small) and not NO_MEN.search(small):
        yield word[:-3] + OTHER_NUMBER[small[-3:]]


def regular(word: str) -> tuple[str, ...]:
    """The other number of a word by rule."""
    small = word.lower()
    if re.search(r"[^aeiou]ies$", small):
        return (word[:-3] + "y",)
    if re.search(r"(?:[sx]|z|ch|sh)es$", small):
        return word[:-2], word[:-1]
    if re.search(r"(?:ss|us|is|[xz]|ch|sh)$", small):
        return (word + "es",)
    if small.endswith("s"):
        return (word[:-1],)
    return (word[:-1] + "ies" if re.search(r"[^aeiou]y$", small) else word + "s",)


def over_applied(unit: TranslationUnit) -> Iterator[Issue]:
    """A name that is not to be translated stands only where the source has it."""
    outcomes = outcomes_of(unit)
    for entry in {match.entry: None for match in unit.matches if match.entry.kind == "dnt"}:
        stands = names(entry.target, unit.target)
        own = [n for n, match in enumerate(unit.matches) if match.entry == entry]
        sure = sum(outcomes[n] != "ambiguous" for n in own)
        allowed = max(sure, len(names(entry.target, unit.source)))
        if len(stands) > allowed:
            yield over(unit, entry, stands[allowed:], sure)


def over(unit: TranslationUnit, entry: TermEntry, extra: list[Span], sure: int) -> Issue:
    """Grave where the source has the word as a word; else a pronoun may have been made plain."""
    words = len(places(entry.source, unit.source))
    severity: Severity = "minor" if sure and words <= sure else "major"
    message = f"{entry.target} stands {len(extra)} times more than in the source"
    return Issue("over_applied", severity, message, "terminology", target_spans=tuple(extra))


def names(name: str, text: str) -> list[Span]:
    """Where a name stands letter for letter, as a word of its own."""
    return [found.span() for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]
