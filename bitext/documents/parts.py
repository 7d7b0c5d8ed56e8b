"""
Texts of HTML that touch on a page and are no one sentence: links of a menu, buttons, labels.

Where one element ends and another begins with no space between, the tags and the letters tell.
`CO<sub>2</sub>` and `<b>Par</b><i>is</i>` are one word; `<span>Ville</span><b>Lyon</b>` are two.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape
from itertools import pairwise

from bitext.documents.tags import Tag

# Two of these that touch are two texts, whatever is in them,
WHOLE = frozenset("a button label".split())
# two of these even with a space between,
CONTROLS = frozenset("button label".split())
# and two of these if the letters say so.
FORMATTING = frozenset("a abbr b cite em font i mark q small span strong time u".split())
SEPARATOR = re.compile(r"\s*[|•·]\s*")
WORD = re.compile(r"\w")
LETTER = re.compile(r"[^\W\d_]")


def parted(run: Sequence[Tag], text: str) -> Iterator[Sequence[Tag]]:
    """The tags and texts of a block, those of each text of its own together."""
    said = {n: unescape(text[t.start : t.end]) for n, t in enumerate(run) if t.kind == "text"}
    words = [n for n, plain in said.items() if WORD.search(plain)]
    begin = 0
    for before, after in pairwise(words):
        between = range(before + 1, after)
        sign = "".join(said[n] for n in between if n in said)
        last = after == words[-1]
        if last and opens_in_brackets(run[before + 1], said[before], sign + said[after]):
            cut = before + 1, before + 1
        elif found := meeting(run, between):
            names = [{run[n].name for n in part if n not in said} for part in found]
            if not are_apart(names[0], names[1], said[before], sign, said[after]):
                continue
            cut = found[0].stop, found[1].start
        else:
            continue
        yield run[begin : cut[0]]
        begin = cut[1]
    yield run[begin:]


def meeting(run: Sequence[Tag], between: range) -> tuple[range, range] | None:
    """The tags that close between two texts and those that open then, if it is so."""
    opened = next((n for n in between if run[n].kind == "open"), between.stop)
    closed = [n for n in range(between.start, opened) if run[n].kind == "close"]
    if not closed or opened == between.stop:
        return None
    if any(run[n].kind == "close" for n in range(opened, between.stop)):
        return None
    return range(between.start, closed[-1] + 1), range(opened, between.stop)


def are_apart(closed: set[str], opened: set[str], before: str, sign: str, after: str) -> bool:
    """Whether texts are two, by the names of the elements that end and begin between them."""
    worded = bool(LETTER.search(before) and LETTER.search(after))
    if sign.strip():
        return worded and bool(SEPARATOR.fullmatch(sign) and closed & WHOLE and opened & WHOLE)
    if closed & CONTROLS and opened & CONTROLS:
        return worded
    if sign or before[-1:].isspace() or after[:1].isspace():
        return False
    if worded and closed & WHOLE and opened & WHOLE:
        return True
    return closed | opened <= FORMATTING and begins_anew(before, after)


def begins_anew(before: str, after: str) -> bool:
    """Whether a capital or a figure tells that a text which touches another is another word."""
    ends = before[-2:].islower() or before.endswith(("!", "?", "…", ":"))
    return ends and (after[0].isupper() or after[0].isdigit())


def opens_in_brackets(tag: Tag, before: str, after: str) -> bool:
    """Whether the last text of a block, behind a word, is a link in brackets ("[modifier]")."""
    return tag.kind == "open" and before[-1].isalnum() and after.startswith("[")
