"""
What stands in a text for a place elsewhere: links, e-mail addresses, sites, @names and #tags.

They hold no words of a language, and a translation copies them.
"""

import re
from collections.abc import Iterator

# The rest of a link without the punctuation of the sentence around it; a bracket only with its
# partner.
PATH = (
    r"(?:[^\s<>«»“”\"()]|\([^\s<>«»“”\"()]*\))*"
    r"(?:[^\s<>«»“”\"().,;:!?…\[\]'’]|\([^\s<>«»“”\"()]*\))"
)
# A picture's address stands right behind a word where a page was copied from a screen.
SITE = r"(?<![\w.@-])(?!\w+pic\.twitter\.)(?:[\w-]{1,63}\.)+"
# A link with its scheme, one without, a mailbox, and the bare name of a site.
LINK = re.compile(
    rf"(?:https?://|(?<!\w)www\.|pic\.twitter\.com/|{SITE}(?:com|org|net|fr|uk|eu|tv|io|ca|be|ch|de|co|gov|edu|info)/)"
    rf"{PATH}"
    r"|(?<![\w.+@-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+"
    rf"|{SITE}(?:com|org|net|info|fr|eu|io)\b(?![\w@-]|\.\w)",
    re.IGNORECASE,
)
HANDLE = re.compile(r"(?<![\w&/@#])[@#][^\W\d_]\w+")
# Text without any of these has no address.
ADDRESSED = re.compile(r"[@#/]|\w\.\w")


def links_in(text: str) -> Iterator[tuple[int, int]]:
    """The spans of links, e-mail addresses and names of sites: they hold no words."""
    if ADDRESSED.search(text):
        yield from (found.span() for found in LINK.finditer(text))


def addresses_in(text: str) -> Iterator[tuple[int, int]]:
    """
    The spans of all that a translation copies: links as above, @names and #tags.

    >>> text = "Vois @a_b (https://a.fr/b_(c)), #de et lui@e.fr."
    >>> [text[start:end] for start, end in addresses_in(text)]
    ['@a_b', 'https://a.fr/b_(c)', '#de', 'lui@e.fr']
    """
    if not ADDRESSED.search(text):
        return
    links = list(links_in(text))
    handles = (found.span() for found in HANDLE.finditer(text))
    free = [h for h in handles if not any(a < h[1] and h[0] < b for a, b in links)]
    yield from sorted([*links, *free])
