"""
Markdown (CommonMark, with tables): paragraphs, headings, items and cells are translated.

markdown-it-py says where the texts are. Code blocks, HTML blocks, front matter and link
definitions stay as they are written; in a text, emphasis and links are inline codes around
their words, code and bare addresses are copied, and no address changes.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bitext.documents.inline_markdown import escaped, marked, signs_escaped, touching, worded
from bitext.errors import InputError
from bitext.formats.encodings import decoded
from bitext.inline import Code, Marked

# Behind the byte order mark; in YAML or TOML.
FRONT_MATTER = re.compile(
    r"\A\ufeff?(?:---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*\r?\n"
    r"|\+\+\+[ \t]*\r?\n.*?^\+\+\+[ \t]*\r?\n)?",
    re.DOTALL | re.MULTILINE,
)
# At the head of a line, what would begin another block.
LEADING = re.compile(r"(?:[-+*](?=\s)|#{1,6}(?=\s)|>|(\d{1,9})(?=[.)]\s))")
# What markdown-it counts as one.
NEWLINE = re.compile(r"\r\n?|\n")
# A run of spaces is tried from its beginning alone.
HARD_BREAK = re.compile(r"(?<=\\)\n|(?<! ) {2,}\n")
# What many renderers read besides CommonMark: the head of a note, [ ] of a task, [!NOTE] of an
# alert and : of a definition before a text, {#id} after a heading. They stand outside of it.
HEAD = re.compile(
    r"(?:\[\^[^\[\]\s]{1,200}\]:|\[[ xX]\](?=\s)|\[![A-Za-z]{1,30}\][ \t]*(?=\n)|:(?=[ \t]))\s*"
)
NEW = re.compile(r"\[\^[^\[\]\s]{1,200}\]:|:[ \t]")
# Lines of their own: ::: around a block, attributes, a table of contents, an abbreviation, the
# commands of a site's generator.
MARKUP = re.compile(
    r":{3,}.*|\{:[^{}]*\}|\[TOC\]|\[\[_?TOC_?\]\]|\*\[[^\[\]]+\]:.*|\{%.*%\}|\{\{.*\}\}",
    re.IGNORECASE,
)
# Of a box, with its title.
BOX = re.compile(r"((?:!!!|\?\?\?\+?|===)[ \t][^\"]{0,200})(?:\"(.*)\")?[ \t]*")
IDENTIFIED = re.compile(r"(?<!\s)\s*+\{[#.:][^{}\n]{0,200}\}\s*$")
LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Block:
    """A text of the file: the characters start:end, which begin a line's text or a cell."""

    start: int
    end: int
    marked: Marked
    heading: bool
    signs: frozenset[str]


class Page:
    """A file and the texts in it."""

    def __init__(self, text: str, encoding: str) -> None:
        self.text = text
        self.encoding = encoding
        self.blocks = list(blocks(text))
        self.texts = [block.marked for block in self.blocks]

    def outside(self) -> tuple[int, ...]:
        return ()

    def headings(self) -> list[int]:
        return [number for number, block in enumerate(self.blocks) if block.heading]

    def filled(self, fills: Sequence[Sequence[str | Code] | None]) -> bytes:
        pieces, at = [], 0
        for block, fill in zip(self.blocks, fills, strict=True):
            if fill is not None:
                line = self.text[self.text.rfind("\n", 0, block.start) + 1 : block.start]
                pieces += [self.text[at : block.start], written(fill, line, block.signs)]
                at = block.end
        return "".join((*pieces, self.text[at:])).encode(self.encoding, "replace")


def parse(content: bytes, name: str, encoding: str) -> Page:
    """Raises InputError if the file is not in its encoding, or has nothing to translate."""
    page = Page(decoded(content, name, encoding), encoding)
    if not page.blocks:
        raise InputError(name, "has no text besides its markup; nothing to translate")
    return page


def blocks(text: str) -> Iterator[Block]:
    """The inline texts of the file, in their order, cut at hard line breaks."""
    from markdown_it import MarkdownIt

    front = FRONT_MATTER.match(text)
    shift = front.end() if front else 0
    # A line for each of its own: front matter must not be read as a heading.
    body = "\n" * len(NEWLINE.findall(text[:shift])) + text[shift:]
    starts = [0, *(found.end() for found in NEWLINE.finditer(text))]
    at = shift
    reader = MarkdownIt("commonmark").enable("table")
    reader.core.ruler.enableOnly(["normalize", "block"])
    environment: dict[str, Any] = {}
    before = ""
    for token in reader.parse(body, environment):
        before, after = token.type, before
        if token.type != "inline" or not token.map:
            continue
        labels = environment.get("references", {}).keys()
        heading = after == "heading_open"
        whole = IDENTIFIED.sub("", token.content) if heading else token.content
        at = max(at, starts[token.map[0]])
        last = starts[token.map[1]] if token.map[1] < len(starts) else len(text)
        for part, is_text in texts_in(whole, labels):
            span = located(part, text, at, last)
            if span is None:
                continue
            at = span[1]
            if is_text and LETTER.search(part):
                yield Block(*span, marked(part, labels), heading, signs_escaped(part))


def texts_in(content: str, labels: Container[str]) -> Iterator[tuple[str, bool]]:
    """The texts of a block (True), and lines of markup between them (False)."""
    for lines, is_text in stretches(content):
        if not is_text:
            yield lines, False
            continue
        for part in HARD_BREAK.split(HEAD.sub("", lines, count=1) if HEAD.match(lines) else lines):
            for text in touching(part.removesuffix("\\").strip(), labels):
                yield text, True


def stretches(content: str) -> Iterator[tuple[str, bool]]:
    """The lines of a block that are one text (True), and those that are markup (False)."""
    own: list[str] = []
    for line in content.split("\n"):
        box = BOX.fullmatch(line)
        apart = box or MARKUP.fullmatch(line.strip())
        if own and (apart or NEW.match(line)):
            yield "\n".join(own), True
            own = []
        if not apart:
            own.append(line)
            continue
        yield (box[1] if box else line), False
        if box and box[2]:
            yield box[2], True
    if own:
        yield "\n".join(own), True


def located(content: str, text: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the lines of a text stand, one after another, between the marks of their block."""
    first = -1
    for line in content.split("\n"):
        found = text.find(line.strip(), start, end)
        if found < 0:
            return None
        first = found if first < 0 else first
        start = found + len(line.strip())
    return first, start


def written(fill: Sequence[str | Code], line: str, signs: frozenset[str]) -> str:
    """A translation behind the head of a line; what would be markup by chance is escaped."""
    pieces = []
    for piece in worded(fill):
        if isinstance(piece, str):
            pieces.append(escaped(" ".join(piece.split("\n")), signs))
        else:
            pieces.append(str(piece.content).replace("\n", " "))
    text = "".join(pieces)
    if "|" in line:
        text = re.sub(r"(?<!\\)\|", r"\\|", text)
    chance = LEADING.match(text) if not line.strip("> \t") else None
    if chance and isinstance(fill[0], str):
        place = len(chance[1] or "")
        text = f"{text[:place]}\\{text[place:]}"
    return text
