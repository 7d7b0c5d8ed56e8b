"""
Put inline codes (bold, links, tags of a CAT tool) into a translation, by its word links.

A text goes to the engine without its codes. In the translation a pair of codes goes around the
words that are linked to those it was around, a single code beside the word it stood beside.
Every code of the source is in the target once, and pairs nest as they did. One that has a
text is wherever the target has that.
"""

from collections.abc import Iterable, Iterator, Sequence

from bitext.inline.apart import apart
from bitext.inline.codes import Code, Kind, Marked, Marking
from bitext.inline.placing import Sides, pieces, place, tree
from bitext.units import Link, TranslationUnit

__all__ = ["Code", "Kind", "Marked", "Marking", "joined", "placed"]


def placed(source: Marked, target: str, links: Sequence[Link]) -> list[str | Code]:
    """The target cut into texts and the codes of the source between them."""
    if any(code.text for code in source.codes):
        source, target, links = apart(source, target, links)
    sides = Sides(source.text, target, links)
    items = place(tree(source.codes), (0, len(target)), sides)
    found = tightened(pieces(items, 0, len(target), target))
    return list(spaced(found, source.text))


def tightened(found: Iterable[str | Code]) -> list[str | Code]:
    """Without the white space beside codes that are tight."""
    result: list[str | Code] = []
    for piece in found:
        last = result[-1] if result else ""
        if isinstance(piece, Code) and piece.tight and isinstance(last, str):
            result[-1:] = [last.rstrip()]
        elif isinstance(piece, str) and isinstance(last, Code) and last.tight:
            piece = piece.lstrip()
        result.append(piece)
    return [piece for piece in result if piece]


def spaced(found: Sequence[str | Code], source: str) -> Iterator[str | Code]:
    """With a space before and after a single code where it has one in the source."""
    follow = following(found)
    last = ""
    for number, piece in enumerate(found):
        if isinstance(piece, str) or piece.kind != "alone" or piece.tight:
            last = piece[-1] if isinstance(piece, str) else last
            yield piece
            continue
        at, behind = piece.at, follow[number]
        before, after = spaces(source, at - 1), spaces(source, at)
        # One space on the other side will do, where the source has one side only.
        known = piece.there is not None
        add_before = before and last.strip() and (after or not behind.isspace()) and not known
        add_after = after and behind.strip() and (before or not last.isspace()) and not known
        if add_before and not same(found, number - 1, at):
            yield " "
        yield piece
        last = "x"
        if add_after and not same(found, number + 1, at):
            yield " "
            last = " "


def following(found: Sequence[str | Code]) -> list[str]:
    """For each piece the first character of the text after it; "" at the end."""
    result, first = [], ""
    for piece in reversed(found):
        result.append(first)
        first = piece[0] if isinstance(piece, str) else first
    return result[::-1]


def spaces(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at].isspace()


def same(found: Sequence[str | Code], number: int, at: int) -> bool:
    """Whether a piece is a single code of that place in the source."""
    code = found[number] if 0 <= number < len(found) else ""
    return isinstance(code, Code) and code.kind == "alone" and code.at == at


def joined(paragraph: str, units: Sequence[TranslationUnit]) -> tuple[str, tuple[Link, ...]]:
    """
    A paragraph with its sentences replaced, joined as they were joined, and its word links.

    What is around the sentences stays; where two touch in the source, a space goes between them.
    """
    parts: list[str] = []
    links: list[Link] = []
    at = size = 0
    for unit in units:
        between = paragraph[at : unit.start]
        between = between if between.isspace() or not parts else " "
        parts += [between, unit.target]
        size += len(between)
        links += [
            Link(
                link.source_start + unit.start,
                link.source_end + unit.start,
                link.target_start + size,
                link.target_end + size,
            )
            for link in unit.links
        ]
        size += len(unit.target)
        at = unit.end
    return "".join(parts) + paragraph[at:], tuple(links)
