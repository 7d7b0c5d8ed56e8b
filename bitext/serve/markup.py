"""HTML as clients send it: tags stay where they are, the texts between them are translated."""

import html
import re
from collections.abc import Callable, Sequence

# The beginning of a comment, or a tag. What only looks like one, as in "a < b", is text.
TAG = re.compile(r"<!--|<(?:/?[a-zA-Z]|[!?])[^<>]*>")
# What is within these is no text.
CODE = re.compile(r"<(script|style|code|pre)\b", re.IGNORECASE)


def translated(texts: Sequence[str], translate: Callable[[list[str]], list[str]]) -> list[str]:
    """The texts with what stands between their tags put through `translate`, all at once."""
    rows = [list(pieces(text)) for text in texts]
    plain = [html.unescape(piece) for row in rows for piece, is_text in row if is_text]
    done = iter(translate(plain))
    return [
        "".join(
            html.escape(next(done), quote=False) if is_text else piece for piece, is_text in row
        )
        for row in rows
    ]


def pieces(text: str) -> list[tuple[str, bool]]:
    """
    The text in pieces, and of each whether it is to be translated.

    >>> pieces("<p>Il <b>dort</b>.")
    [('<p>', False), ('Il ', True), ('<b>', False), ('dort', True), ('</b>', False), ('.', True)]
    """
    found: list[tuple[str, bool]] = []
    unclosed: set[str] = set()
    at = 0
    for match in TAG.finditer(text):
        if match.start() >= at:
            found.append((text[at : match.start()], True))
            at = end(text, match, unclosed)
            found.append((text[match.start() : at], False))
    found.append((text[at:], True))
    return [(piece, is_text and bool(piece.strip())) for piece, is_text in found if piece]


def end(text: str, tag: re.Match[str], unclosed: set[str]) -> int:
    """
    Where a tag ends, with what it encloses if that is no text.

    `unclosed` are closings that were sought to the end of the text in vain, so that no text
    is gone through again and again.
    """
    code = CODE.match(tag.group())
    if not code and tag.group() != "<!--":
        return tag.end()
    closing = rf"</{code[1].lower()}\s*>" if code else "-->"
    if closing in unclosed:
        return tag.end()
    found = re.compile(closing, re.IGNORECASE).search(text, tag.end())
    if found is None:
        unclosed.add(closing)
        return tag.end()
    return found.end()
