"""
What the splitters of all languages share: after . ! ? … a sentence may end.

Only spans are given, so no character is ever lost. A closing quote or bracket belongs to the
sentence it closes, even after a space; a stray mark (" .") belongs to the sentence before it.
"""

import re
from collections.abc import Callable, Iterator

# Whether a mark ends the sentence that began at `start`; the next would be at `following`.
Ends = Callable[[str, int, re.Match[str], int], bool]

# Marks without a width, which a web page leaves between any two characters.
UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
CLOSING = rf"[»›”’\")\]\u00b9\u00b2\u00b3\u2070-\u2079{UNSEEN}]"
# Pictures and their joiners, which follow the sentence they comment on.
PICTURE = r"[\u2600-\u27bf\U0001f000-\U0001faff\u200d\ufe0f]"

MARK = re.compile(
    rf"""
    [.!?…]++
    (?: {CLOSING}                                # closed at once
      | \[\d{{1,3}}\]                            # the number of a note
      | \s*+ [»›)\]”]                            # closed after the French space
      | \s*+ {PICTURE}
      | \s++ [.!?…]++ (?= \s | {CLOSING} | $ )   # a stray mark
      | [.!?…]
    )*+
    """,
    re.VERBOSE,
)
# What a sentence may begin with: quotes, brackets, dashes, bullets, then a capital or a digit.
# After # or @ any letter will do, since the case of a handle says nothing.
OPENING = re.compile(rf"\s++(?=(?:[«‹“‘„\"'(\[¿¡–—•●▪‣*{UNSEEN}-]\s*+)*+([#@]?)(\w))")
# A straight quote between spaces, which opens or closes.
LOOSE_QUOTE = re.compile(r'\s*+"(?=\s|$)')
WORD = re.compile(r"\w")

# A number or letter that opens a heading or an item: "2.1.", "IV.", "B."
NUMBERED = re.compile(r"\W*(?:\d{1,3}|[IVXLC]{1,6}|[A-Za-z])(?:\.\d{1,3})*\.?$")
LAST_WORD = re.compile(r"(?<![^\W_])(?:[^\W_]+(?:\.-|[.-]))*+[^\W_]+$|§+$")
FIRST_WORD = re.compile(rf"[«‹“‘„\"'(\[–—•{UNSEEN}\s-]*+([^\W\d_]+)(['’]?)")
# As far as one looks back for the words that decide.
NEAR = 40


def sentences(text: str, ends: Ends) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each sentence."""
    start = len(text) - len(text.lstrip())
    quotes = counted = 0
    for mark in MARK.finditer(text):
        after = mark.end()
        quotes += text.count('"', counted, after)
        counted = after
        if quotes % 2 and (loose := LOOSE_QUOTE.match(text, after)):
            after = loose.end()
        opening = OPENING.match(text, after)
        if not opening or (opening[2].islower() and not opening[1]):
            continue
        # A mark before the first word ends nothing: "… Il part."
        if ends(text, start, mark, opening.end()) and WORD.search(text, start, after):
            yield start, after
            start = opening.end()
    end = len(text.rstrip())
    if start < end:
        yield start, end


def last_word(text: str) -> str:
    """
    The word at the end of a text, with the points inside it.

    >>> [last_word(t) for t in ("av. J.-C", "« (cf", "23", "oui »")]
    ['J.-C', 'cf', '23', '']
    """
    found = LAST_WORD.search(text, max(text.rfind(" "), text.rfind("\u00a0")) + 1)
    return found.group() if found else ""


def inside_brackets(text: str, start: int, at: int) -> bool:
    """Whether a bracket that opened within the sentence, and not at its head, holds `at`."""
    opened = text.rfind("(", max(start, at - 5 * NEAR), at)
    return opened > start and bool(WORD.search(text, start, opened))
