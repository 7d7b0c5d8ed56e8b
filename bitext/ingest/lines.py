"""Where the paragraphs of a plain text begin: at its lines, but for lines wrapped to a width."""

import re
from collections.abc import Iterator
from itertools import pairwise

# The widths, in characters, that people and programs wrap text to.
NARROWEST, WIDEST = 40, 120
# The room at the end of a line that tells of a new paragraph.
SHORT = 10
ENDING = ".!?…:;"
# No line of its own begins so,
CONTINUING = re.compile(r"\s*(?:[«“\"(\[]\s?)?[a-zß-öø-ÿœ]|\s*[»”,;)\]]")
# or ends so.
UNFINISHED = re.compile(
    r"(?:,|[^\W\d_]-|(?:^|\W)(?:de|du|des|la|le|les|un|une|et|ou|à|au|aux|en|dans|par|pour|sur|"
    r"avec|que|qui|est|a|son|sa|ses|leur|ce|cette))$",
    re.IGNORECASE,
)

ITEM = re.compile(r"[ \t]*(?:[-*•–—]|\d{1,3}[.)])[ \t]+(?=\S)")
CELL = re.compile(r"\s*+[^\t]+\t*")

LINE_END = re.compile(r"\r\n|[\r\n\v\f\u2028\u2029]")
LINE = re.compile(rf"[^\r\n\v\f\u2028\u2029]*+(?:{LINE_END.pattern})|[^\r\n\v\f\u2028\u2029]++")


def paragraphs(text: str) -> Iterator[str]:
    """
    Lines, or blocks of lines where a text was wrapped to a width; blank lines go along.

    Items of a list are whole, and what tabs part are paragraphs of their own.
    """
    found = list(blocks(text))
    sure = [max(map(len, texts)) for lines in found if wrapped(texts := bare(lines))]
    usual = max(sure, default=0)
    for lines in found:
        texts = bare(lines)
        if len(lines) > 1 and (wrapped(texts) or fits(texts, usual)):
            yield from joined(lines, texts)
        else:
            for line in items(lines, texts):
                yield from cells(line)


def items(lines: list[str], texts: list[str]) -> Iterator[str]:
    """The lines, each with those that hang below the text of an item that it begins."""
    whole, column = lines[0], hang(texts[0])
    for line, text in zip(lines[1:], texts[1:], strict=True):
        if column and not ITEM.match(text) and len(text) - len(text.lstrip()) == column:
            whole += line
            continue
        yield whole
        whole, column = line, hang(text)
    yield whole


def cells(line: str) -> Iterator[str]:
    """
    What tabs part in a line; all white space goes with what is before it, or opens the line.

    >>> list(cells(" Nom\\tPrix \\n"))
    [' Nom\\t', 'Prix \\n']
    """
    *before, last = CELL.findall(line.rstrip()) or [""]
    yield from before
    yield last + line[len(line.rstrip()) :]


def hang(text: str) -> int:
    """How far from the edge the text of an item begins; 0 if it is none."""
    item = ITEM.match(text)
    return item.end() if item else 0


def blocks(text: str) -> Iterator[list[str]]:
    """The lines between blank ones, which go along with the line before (at first, after) them."""
    block: list[str] = []
    blank: list[str] = []
    for line in LINE.findall(text):
        if not line.strip():
            blank.append(line)
            continue
        if block and blank:
            block[-1] += "".join(blank)
            yield block
            block, blank = [], []
        block.append("".join(blank) + line)
        blank = []
    if block:
        block[-1] += "".join(blank)
        yield block
    elif blank:
        yield ["".join(blank)]


def bare(lines: list[str]) -> list[str]:
    return [LINE_END.split(line.rstrip())[-1] for line in lines]


def wrapped(texts: list[str]) -> bool:
    """
    Whether lines were broken to fit a width.

    Then hardly a line has room for the first word of the next, and most go on in mid-sentence.
    The lines of a verse or a list are of many lengths, or begin with capitals or bullets.
    """
    breaks = list(pairwise(texts))
    width = max(map(len, texts))
    if not breaks or not NARROWEST <= width <= WIDEST:
        return False
    full = sum(room(one, two, width) < 0 for one, two in breaks)
    running = sum(runs_on(one, two) for one, two in breaks)
    return full >= 0.75 * len(breaks) and running >= 0.5 * len(breaks)


def fits(texts: list[str], width: int) -> bool:
    """Whether lines fill the width that other blocks of the document were wrapped to."""
    return max(map(len, texts)) <= width and all(
        room(one, two, width) < 0 for one, two in pairwise(texts)
    )


def joined(lines: list[str], texts: list[str]) -> Iterator[str]:
    """Wrapped lines as paragraphs: a line that stops short, with no word going on, ends one."""
    width = max(map(len, texts))
    paragraph = lines[0]
    for line, (one, two) in zip(lines[1:], pairwise(texts), strict=True):
        if room(one, two, width) >= SHORT and not runs_on(one, two):
            yield paragraph
            paragraph = ""
        paragraph += line
    yield paragraph


def room(line: str, following: str, width: int) -> int:
    """The characters that would be left on a line after the first word of the next."""
    return width - len(line) - 1 - len(following.split(None, 1)[0])


def runs_on(line: str, following: str) -> bool:
    """Whether a sentence goes on from one line to the next."""
    if line[-1] in ENDING:
        return False
    return bool(CONTINUING.match(following) or UNFINISHED.search(line))
