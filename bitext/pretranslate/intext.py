"""
What is no word in a text that a file holds: tags of a markup, line ends, and HTML entities.

Tags (<b>, Phrase's {1>) and line ends are codes; an entity is read as its character, and written
as the source writes it.
"""

import html
import re
from collections.abc import Iterator, Mapping, Sequence

from bitext.formats.codes import BLOCKS, ENTITY, VOID
from bitext.inline import Code
from bitext.pretranslate.lines import Mark, Said

# Ruby's %<name>s is no tag.
TOKEN = re.compile(
    r"""
      (?<!%)<(?P<closes>/?)(?P<name>[A-Za-z][\w:-]*|\d{1,3})(?:\s[^<>]*?)?(?P<alone>/?)>
    | \{(?P<opens_phrase>\w{1,8}|[\^_])> | <(?P<closes_phrase>\w{1,8}|[\^_])\}
    | (?P<break>(?<![ ])[ ]*+[\n\r\t]\s*)
    """,
    re.VERBOSE,
)


def items(text: str, *, breaks: bool) -> Iterator[str | Mark]:
    """The texts and codes of a text; with `breaks`, line ends and tabs are codes."""
    at = 0
    for token in TOKEN.finditer(text):
        if token["break"] and not breaks:
            continue
        yield plain(text[at : token.start()])
        yield mark_of(token)
        at = token.end()
    yield plain(text[at:])


def mark_of(token: re.Match[str]) -> Mark:
    content = Said(token[0])
    if token["break"]:
        return Mark("alone", content, parts="lines")
    if phrase := token["opens_phrase"] or token["closes_phrase"]:
        return Mark("open" if token["opens_phrase"] else "close", content, f"{{{phrase}")
    name = token["name"]
    block = name.lower() in BLOCKS
    if token["alone"] or name.lower() in VOID:
        return Mark("alone", content, parts="lines" if block else "words")
    return Mark("close" if token["closes"] else "open", content, name, "lines" if block else "")


def plain(text: str) -> str:
    """The text with the characters that its entities stand for."""
    return ENTITY.sub(lambda found: character(found[0]) or found[0], text)


def character(entity: str) -> str:
    """The character that an entity stands for; "" if it is not known, or is no one character."""
    found = html.unescape(entity)
    return found if len(found) == 1 and found != "\ufffd" else ""


def entities(text: str) -> dict[str, str]:
    """What a text writes for characters; also for & where it has entities, and no bare one."""
    written = {made: e for e in ENTITY.findall(text) if (made := character(e))}
    if written and "&" not in ENTITY.sub("", text):
        written.setdefault("&", "&amp;")
    return written


def rewritten(pieces: Sequence[str | Code], entities: Mapping[str, str]) -> list[str | Code]:
    """The pieces of a translation, with entities in their texts."""
    table = str.maketrans(dict(entities))
    return [piece.translate(table) if isinstance(piece, str) else piece for piece in pieces]
