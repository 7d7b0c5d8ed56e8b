"""
What inline codes of TMX and XLIFF keep apart: a break two lines, a placeholder two words; and the
tags and entities of HTML, as texts of other formats hold them.
"""

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
BREAK = re.compile(r"\s*\\[nr]\s*|\s*[\n\r]\s*")
TAG = re.compile(r"\s*</?([A-Za-z][\w:-]*+)[^<>]*?(/?)>\s*")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Elements that have no closing tag (the HTML standard, "Void elements", and an old one), and those
# that begin a line of their own.
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
BLOCKS = frozenset(
    "address article aside blockquote br caption dd div dl dt footer form h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol option p pre section table tbody td tfoot th thead tr ul w:br w:p "
    "text:line-break".split()
)


def parts(name: str, attributes: Mapping[str, str], inside: str) -> Parting:
    """
    What a code keeps apart, by its element's name, attributes and content.

    >>> parts("x", {"id": "1", "ctype": "lb"}, ""), parts("ph", {}, "<br/>"), parts("ph", {}, "%s")
    ('lines', 'lines', 'words')
    >>> parts("g", {}, ""), parts("ph", {}, "<sub>")
    ('', '')
    """
    kinds = {attributes.get(key, "").lower() for key in ("ctype", "subType", "type")}
    said = [inside, *(attributes.get(key, "") for key in ("equiv-text", "equiv", "disp"))]
    tags = [tag for tag in map(TAG.fullmatch, said) if tag]
    names = {tag[1].lower() for tag in tags}
    if kinds & BREAK_TYPES or names & BLOCKS or any(map(BREAK.fullmatch, said)):
        return "lines"
    # One that opens or closes an element may format a part of a word.
    formats = any(not tag[2] for tag in tags) and not names & VOID
    return "words" if name in ALONE and not formats else ""
