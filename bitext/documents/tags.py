"""
The tags of an HTML page, and the texts between them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bitext.formats.codes import VOID

# As browsers read them, a quote counts behind a = alone. The number of attributes is bounded, so
# that quotes which never close cost no time by the square.
TOKEN = re.compile(
    r"""
      <!--.*?(?:-->|\Z) | <!\[CDATA\[.*?(?:\]\]>|\Z) | <[!?][^<>]*>
    | <(?P<end>/?)(?P<name>[a-zA-Z][^\s<>/"']*+)
      (?P<rest>(?:[^<>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+){0,400}+)>
    """,
    re.VERBOSE | re.DOTALL,
)
# The mark of a note, [2] raised, with its link; its name here.
NOTE = "note"
# What may stand in a sentence; "!--" is a comment.
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite del dfn em font i img ins kbd label mark q rp rt ruby s "
    "samp small span strike strong sub sup time tt u var wbr code data output button svg "
    f"math !-- {NOTE}".split()
)
# Their content is no text at all, or not to be translated.
RAW = frozenset("script style textarea template iframe xmp noembed noframes".split())
KEPT = frozenset("pre code kbd samp var svg math".split())
UNTRANSLATED = re.compile(
    r"""\btranslate\s*=\s*["']?no\b|\bclass\s*=\s*(["'])[^"']*\bnotranslate\b""", re.IGNORECASE
)
ANY_TAG = re.compile(r"<[^<>]*>")
VALUE_END = re.compile(r"[\s\"']")
RAISED_END = re.compile(r"</sup\s*>", re.IGNORECASE)
# How long the inside of a raised mark may be, with the tags in it.
LONGEST_MARK = 1000
BRACKETED = re.compile(r"\[(?:[a-z]{0,6}\s?\d{1,4}|[a-zA-Z]{1,2})\]|[\s,;.–-]+")
LINKED = re.compile(r"\(?\d{1,4}\)?|[*†‡]+")


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag or text of a page: its characters start:end. `name` is "" for text."""

    name: str
    kind: str  # "open", "close", "alone", "text" or "kept"
    start: int
    end: int


def tags(text: str) -> Iterator[Tag]:
    """The tags of a page and the texts between them; scripts and the like go with their tag."""
    at = 0
    while found := TOKEN.search(text, at):
        if found.start() > at:
            yield Tag("", "text", at, found.start())
        at = found.end()
        name = (found["name"] or "").lower()
        if not name:
            name = "!--" if found[0].startswith("<!--") else "!"
            yield Tag(name, "kept", found.start(), at)
        elif found["end"]:
            yield Tag(name, "close", found.start(), at)
        elif name in RAW:
            close = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE).search(text, at)
            at = close.end() if close else len(text)
            yield Tag(name, "kept", found.start(), at)
        elif name == "sup" and (end := note_end(text, at)):
            at = end
            yield Tag(NOTE, "kept", found.start(), at)
        else:
            alone = name in VOID or closes_itself(found["rest"])
            yield Tag(name, "alone" if alone else "open", found.start(), at)
    if at < len(text):
        yield Tag("", "text", at, len(text))


def closes_itself(rest: str) -> bool:
    """
    Whether the / that a tag ends in is none of an address without quotes.

    >>> closes_itself(' href="/a"/'), closes_itself(" href=/a/")
    (True, False)
    """
    if not rest.endswith("/"):
        return False
    last = VALUE_END.split(rest)[-1]
    return "=" not in last and not rest.removesuffix(last).rstrip().endswith("=")


def note_end(text: str, at: int) -> int | None:
    """Where raised text that begins there ends, if it is the mark of a note, or one between two."""
    close = RAISED_END.search(text, at, at + LONGEST_MARK)
    if not close:
        return None
    inside = text[at : close.start()]
    said = ANY_TAG.sub("", inside).strip()
    mark = BRACKETED.fullmatch(said) or ("<a" in inside and LINKED.fullmatch(said))
    return close.end() if mark else None


def opening_end(text: str, tag: Tag) -> int:
    """Where the tag that opens a kept element ends."""
    found = TOKEN.match(text, tag.start)
    return found.end() if found else tag.start


def untouched(text: str) -> Iterator[Tag]:
    """The tags, with elements that are not to be translated made one each."""
    waiting: list[Tag] = []
    depth = 0
    for tag in tags(text):
        if not waiting:
            opens = tag.kind == "open"
            if opens and (tag.name in KEPT or UNTRANSLATED.search(text, tag.start, tag.end)):
                waiting, depth = [tag], 1
            else:
                yield tag
            continue
        waiting.append(tag)
        if tag.name == waiting[0].name:
            depth += {"open": 1, "close": -1}.get(tag.kind, 0)
        if depth == 0:
            yield Tag(waiting[0].name, "kept", waiting[0].start, tag.end)
            waiting = []
    yield from waiting[:1]
    if len(waiting) > 1:  # it never closes: all that follows is left alone
        yield Tag("!", "kept", waiting[1].start, waiting[-1].end)
