"""
What a program puts values into: %s, %(name)d, {0}, ${name}. A translation must keep each one.

They are given to the engine as terms that are not to be translated, so that one the network
drops is put back where its words are linked to; afterwards they are counted.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bitext.glossary import Glossary
from bitext.qa.placeholders import MESSAGE
from bitext.units import TermEntry, TermMatch

# More than the check of that name knows, for here each is copied: "%dpx", %%, \n. No flag of a
# space: "50 % des" is a share of something; nor a letter after "50%".
PLACEHOLDER = re.compile(
    r"""
      %\(\w+\)[-+#0]*\d*(?:\.\d+)?[a-zA-Z]
    | %\{\w+\}
    | (?<!\d)%%
    | (?<!\d)%(?:\d+\$)?[-+#0]*\d*(?:\.\d+)?(?:hh|ll|[hljztL])?[diouxXeEfFgGcrsap@]
    | \$?\{\{?[^{}\s]{0,80}\}?\}
    | \[\[[^\[\]\s]{1,80}\]\]
    | </?[A-Za-z][^<>]{0,500}>
    | \\[nt](?![a-z])
    """,
    re.VERBOSE,
)


class Protecting(Glossary):
    """A glossary that takes placeholders for terms, too."""

    def match_all(self, texts: Sequence[str]) -> list[tuple[TermMatch, ...]]:
        found = super().match_all(texts)
        return [protected(text, own) for text, own in zip(texts, found, strict=True)]


def protected(text: str, terms: tuple[TermMatch, ...]) -> tuple[TermMatch, ...]:
    """The terms, with a placeholder before any that it holds."""
    places = [
        TermMatch(TermEntry(found[0], found[0], "dnt"), *found.span(), found[0])
        for found in PLACEHOLDER.finditer(text)
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


def lost(source: str, target: str) -> str:
    """
    A placeholder that is not as often in the target as in the source; "" if all are.

    >>> lost("%d sur %d, 50 % des {name}", "%d of %d, 50% of {name}")
    ''
    >>> lost("Bonjour {name}", "Hello {Name}")
    '{name}'
    """
    if message := MESSAGE.search(source):
        return message[0]
    ours, theirs = (Counter(PLACEHOLDER.findall(text)) for text in (source, target))
    return next(iter((ours - theirs) + (theirs - ours)), "")
