"""What inline codes of TMX and XLIFF keep apart: a break two lines, a placeholder two words."""

import re
from collections.abc import Mapping
from typing import Literal

Parting = Literal["", "words", "lines"]

# Between a mark of these and a capital, a code stands between two sentences.
SENTENCE_END = ".!?…"
# What stands for something by itself; others open, close or go around.
ALONE = frozenset({"ph", "x"})
# What a code says it is, in `ctype` and `subType`, and what it holds, or is equivalent to.
BREAK_TYPES = frozenset({"lb", "pb", "x-br", "x-lb", "xlf:lb", "xlf:pb"})
BREAK = re.compile(r"\s*(?:<(?:br|hr|w:br|text:line-break)\b[^<>]*>|\\[nr])\s*|\s*[\n\r]\s*", re.I)


def parts(name: str, attributes: Mapping[str, str], inside: str) -> Parting:
    """
    What a code keeps apart, by its element's name, attributes and content.

    >>> parts("x", {"id": "1", "ctype": "lb"}, ""), parts("ph", {}, "<br/>"), parts("g", {}, "")
    ('lines', 'lines', '')
    """
    kinds = {attributes.get(key, "").lower() for key in ("ctype", "subType", "type")}
    said = (inside, *(attributes.get(key, "") for key in ("equiv-text", "equiv", "disp")))
    if kinds & BREAK_TYPES or any(map(BREAK.fullmatch, said)):
        return "lines"
    return "words" if name in ALONE else ""
