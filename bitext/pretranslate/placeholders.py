"""
What a program puts values into: %s, %(name)d, {0}, ${name}. A translation must keep each one.

They are given to the engine as terms that are not to be translated, so that one the network
drops is put back where its words are linked to; afterwards they are counted.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from bitext.glossary import Glossary
from bitext.qa.placeholders import MESSAGE
from bitext.units import TermEntry, TermMatch

# More than the check of that name knows, for here each is copied: "%dpx", %%, \n. No flag of a
# space: "50 % des" is a share of something; nor a letter after "50%".
PLACEHOLDER = re.compile(
    r"""
      %\(\w+\)[-+#0]*\d*(?:\.\d+)?[a-zA-Z]
    | %\{\w+\}
    | %<\w+>[-+#0]*\d*(?:\.\d+)?[a-zA-Z]
    | (?<!\d)%%
    | (?<!\d)%(?:\d+\$)?[-+#0]*\d*(?:\.\d+)?(?:hh|ll|[hljztL])?[diouxXeEfFgGcrsap@]
    | (?<!\d)%L?\d{1,2}(?!\d)
    | \$?\{\{?[^{}\s]{0,80}\}?\}
    | \$t\([^()\s]{1,80}\)
    | &[A-Za-z][\w.-]{0,80};
    | \[\[[^\[\]\s]{1,80}\]\]
    | </?[A-Za-z][^<>]{0,500}>
    | \\[nt](?![a-z])
    """,
    re.VERBOSE,
)
# What is one only where a file names the program that reads it: "20%%", Qt's %n.
NAMED = dict.fromkeys(
    ("c", "objc", "python", "php", "perl", "ruby", "lua", "awk", "gcc-internal", "sh"), r"\d*%%"
) | {"qt": "%n", "qt-plural": "%n", "kde": "%n"}
TAG = re.compile(r"<(/?)([A-Za-z][\w:-]*+)[^<>]*?(/?)>")
EMPTIED = re.compile(r"<([A-Za-z][\w:-]*+)[^<>]*+>\s*</\1>")


@cache
def pattern(formats: frozenset[str]) -> re.Pattern[str]:
    """What a placeholder looks like in texts of these formats, as gettext names them."""
    named = sorted({NAMED[name] for name in formats if name in NAMED})
    return re.compile("|".join((*named, PLACEHOLDER.pattern)), re.VERBOSE)


class Protecting(Glossary):
    """A glossary that takes placeholders for terms, too."""

    def __init__(self, entries: Sequence[TermEntry], formats: frozenset[str]) -> None:
        super().__init__(entries)
        self.pattern = pattern(formats)

    def match_all(self, texts: Sequence[str]) -> list[tuple[TermMatch, ...]]:
        found = super().match_all(texts)
        pairs = zip(texts, found, strict=True)
        return [protected(text, own, self.pattern) for text, own in pairs]


def protected(
    text: str, terms: tuple[TermMatch, ...], placeholder: re.Pattern[str]
) -> tuple[TermMatch, ...]:
    """The terms, with a placeholder before any that it holds."""
    places = [
        TermMatch(TermEntry(found[0], found[0], "dnt"), *found.span(), found[0])
        for found in placeholder.finditer(text)
    ]
    if not places:
        return terms
    taken = [
        replace(term, shadowed=True)
        if any(term.start < p.end and p.start < term.end for p in places)
        else term
        for term in terms
    ]
    return tuple(sorted([*places, *taken], key=lambda term: (term.shadowed, term.start)))


def lost(source: str, target: str, formats: frozenset[str] = frozenset()) -> str:
    """
    A placeholder that is not as often in the target as in the source; "" if all are.

    Tags must be nested in it, too, and have something between them, if they have in the source.

    >>> lost("%d sur %d, 50 % des {name}", "%d of %d, 50% of {name}")
    ''
    >>> lost("Bonjour {name}", "Hello {Name}")
    '{name}'
    >>> lost("<b>Le</b> chat", "</b>The<b> cat")
    '</b>'
    """
    if message := MESSAGE.search(source):
        return message[0]
    found = pattern(formats).findall
    ours, theirs = Counter(found(source)), Counter(found(target))
    if missing := next(iter((ours - theirs) + (theirs - ours)), ""):
        return missing
    if crossed(target) and not crossed(source):
        return crossed(target)
    emptied = EMPTIED.search(target)
    return emptied[0] if emptied and not EMPTIED.search(source) else ""


def crossed(text: str) -> str:
    """The first tag that closes what is not open; "" if none does."""
    waiting: list[str] = []
    open_: Counter[str] = Counter()
    for tag in TAG.finditer(text):
        closes, name, alone = tag.groups()
        if closes and not open_[name]:
            return tag[0]
        if closes:
            while (last := waiting.pop()) != name:
                open_[last] -= 1
            open_[name] -= 1
        elif not alone:
            waiting.append(name)
            open_[name] += 1
    return ""
