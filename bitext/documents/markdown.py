"""
Markdown (CommonMark, with tables): paragraphs, headings, items and cells are translated.

markdown-it-py says where the texts are. Code blocks, HTML blocks, front matter and link
definitions stay as they are written; in a text, emphasis and links are inline codes around
their words, code and bare addresses are copied, and no address changes.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Any

from bitext.errors import InputError
from bitext.formats.encodings import decoded
from bitext.inline import Code, Kind, Marked, Marking
from bitext.verbatim import code_in

FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n.*?^(?:---|\.\.\.)[ \t]*\r?\n", re.DOTALL | re.MULTILINE
)
# Spaces, words and runs of backticks are taken whole: to try them in parts takes quadratic time.
ADDRESS = r"(?:<[^<>\n]{0,2000}>|(?:[^()\s<]|\([^()\s]{0,2000}\)){0,2000})"
TITLE = r"""(?:\s++(?:"[^"\n]{0,2000}"|'[^'\n]{0,2000}'))?"""
PART = re.compile(
    rf"""
      (?P<escaped>\\[!-/:-@\[-`{{-~])
    | (?P<code>(?P<ticks>`+)(?!`)(?:[^`]|(?!(?P=ticks)(?!`))`++){{1,2000}}?(?P=ticks)(?!`))
    | (?P<address><(?:https?://|mailto:)[^\s<>]*>|<[\w.+-]+@[\w.-]+>)
    | (?P<alone><!--.{{0,2000}}?-->|\[\^[^\[\]\s]+\])
    | (?P<tag><(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?:\s[^<>]*)?(?P<void>/?)>)
    | (?P<opening>!?\[)
    | (?P<closing>\](?:\(\s*+{ADDRESS}{TITLE}\s*+\)|\[[^\[\]\n]*\])?)
    | (?P<marks>\*+|_+|~~)
    """,
    re.VERBOSE | re.DOTALL,
)
# What would be markup if it stood in a translation by itself.
SPECIAL = re.compile(r"[\\`\[\]<]|(?<=\S)\*|\*(?=\S)|(?<!\w)_|_(?!\w)")
# At the head of a line, what would begin another block.
LEADING = re.compile(r"(?:[-+*](?=\s)|#{1,6}(?=\s)|>|(\d{1,9})(?=[.)]\s))")
# What markdown-it counts as one.
NEWLINE = re.compile(r"\r\n?|\n")
# A run of spaces is tried from its beginning alone.
HARD_BREAK = re.compile(r"(?<=\\)\n|(?<! ) {2,}\n")
LINE_END = re.compile(r"(?<!\s)\s*\n\s*")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,30});")
# What many renderers read besides CommonMark: the head of a note, [ ] of a task and [!NOTE] of an
# alert before a text, and {#id} after a heading. They stand outside of it.
HEAD = re.compile(r"(?:\[\^[^\[\]\s]{1,200}\]:|\[[ xX]\](?=\s)|\[![A-Za-z]{1,30}\][ \t]*(?=\n))\s*")
NOTE = re.compile(r"\n(?=\[\^[^\[\]\s]{1,200}\]:)")
IDENTIFIED = re.compile(r"(?<!\s)\s*+\{[#.:][^{}\n]{0,200}\}\s*$")
# Code that is read with its sentence; what is longer stands beside it.
LONGEST_CODE = 200
# Marks that may wait for their partner at once; people use three or four.
MOST_OPEN = 50
LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Block:
    """A text of the file: the characters start:end, which begin a line's text or a cell."""

    start: int
    end: int
    marked: Marked
    heading: bool


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
                pieces += [self.text[at : block.start], written(fill, line)]
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
        whole = IDENTIFIED.sub("", token.content) if after == "heading_open" else token.content
        at = max(at, starts[token.map[0]])
        last = starts[token.map[1]] if token.map[1] < len(starts) else len(text)
        for part in (p for note in NOTE.split(whole) for p in HARD_BREAK.split(note)):
            hard = HEAD.sub("", part.removesuffix("\\"), count=1) if HEAD.match(part) else part
            hard = hard.removesuffix("\\")
            span = located(hard, text, at, last)
            if span is None:
                continue
            at = span[1]
            if LETTER.search(hard):
                yield Block(*span, marked(hard, labels), after == "heading_open")


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


@dataclass(slots=True)
class Part:
    """
    Text, or a code of one kind; `pair` joins those that belong together.

    `opens` tells of one that closes if something is open that it could, instead.
    """

    text: str
    kind: Kind | None = None
    pair: str = ""
    opens: bool = False
    copied: str = ""


def marked(content: str, labels: Container[str] = ()) -> Marked:
    """
    An inline text with its markup as codes; line ends are spaces.

    `labels` are those of the file's link definitions, as markdown-it writes them.
    """
    marking = Marking()
    for part in paired(list(lexed(content, labels))):
        if part.kind is None:
            marking.write(LINE_END.sub(" ", part.text))
        else:
            marking.mark(part.kind, part.text, part.pair, part.copied)
    return marking.marked()


def lexed(content: str, labels: Container[str]) -> Iterator[Part]:
    """The parts of an inline text; whether marks pair off is seen later."""
    at = 0
    opened: list[int] = []
    for found in PART.finditer(content):
        if found.start() > at:
            yield Part(ENTITY.sub(character, content[at : found.start()]))
        at = found.end()
        if found["escaped"]:
            yield Part(found[0][1:])
        elif found["code"]:
            code = LINE_END.sub(" ", found[0])
            yield Part(found[0], "alone", copied=code if len(code) <= LONGEST_CODE else "")
        elif found["address"] or found["alone"]:
            yield Part(found[0], "alone", copied=found[0][1:-1] if found["address"] else "")
        elif found["tag"]:
            yield Part(found[0], tag_kind(found), f"<{found['name'].lower()}")
        elif found["opening"]:
            opened = [*opened[-MOST_OPEN:], found.end()]
            yield Part(found[0], "open", "[")
        elif found["closing"]:
            label = content[opened.pop() : found.start()] if opened else ""
            yield Part(referring(found[0], label, labels), "close", "[")
        else:
            yield from marks(found, content)
    yield Part(ENTITY.sub(character, content[at:]))


def referring(closing: str, label: str, labels: Container[str]) -> str:
    """
    What closes a link; one whose text is its label, too, is told its label, for the text changes.

    >>> referring("]", "le site", {"LE SITE"}), referring("]", "a", ())
    ('][le site]', ']')
    """
    from markdown_it.common.utils import normalizeReference

    if closing not in ("]", "][]") or normalizeReference(label) not in labels:
        return closing
    return f"][{label}]"


def character(entity: re.Match[str]) -> str:
    return unescape(entity[0])


def tag_kind(found: re.Match[str]) -> Kind:
    if found["void"] or found["name"].lower() in ("br", "img", "hr", "wbr", "input"):
        return "alone"
    return "close" if found["end"] else "open"


def marks(found: re.Match[str], content: str) -> Iterator[Part]:
    """A run of * or _, as one or two codes: *** is emphasis in strong emphasis."""
    run = found[0]
    before = content[max(found.start() - 1, 0) : found.start()] or " "
    after = content[found.end() : found.end() + 1] or " "
    opens, closes = not after.isspace(), not before.isspace()
    if run[0] == "_":
        opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    if len(run) > 3 or not (opens or closes):
        yield Part(run)
        return
    # What can do both closes if it can: `paired` turns it round if nothing is open.
    cut = [run] if len(run) < 3 else [run[:2], run[2:]] if not closes else [run[2:], run[:2]]
    for each in cut:
        yield Part(each, "close" if closes else "open", each, opens)


def paired(parts: list[Part]) -> list[Part]:
    """Marks without a partner are text; so is a [ without an address."""
    waiting: list[int] = []
    matched: set[int] = set()
    for number, part in enumerate(parts):
        del waiting[:-MOST_OPEN]
        if part.kind == "open":
            waiting.append(number)
        elif part.kind == "close":
            partner = next((n for n in reversed(waiting) if parts[n].pair == part.pair), None)
            link = part.pair != "[" or part.text != "]"
            if partner is None:
                if part.opens:
                    part.kind = "open"
                    waiting.append(number)
            elif link:
                matched |= {partner, number}
                del waiting[waiting.index(partner) :]
            else:
                waiting.remove(partner)
    for number, part in enumerate(parts):
        if part.kind in ("open", "close") and number not in matched:
            # A lone tag is markup all the same.
            part.kind = "alone" if part.pair.startswith("<") else None
    return parts


def escaped(text: str) -> str:
    """With what would be markup by chance escaped; code between ticks is code."""
    pieces, at = [], 0
    for start, end in code_in(text):
        pieces += [SPECIAL.sub(r"\\\g<0>", text[at:start]), text[start:end]]
        at = end
    return "".join((*pieces, SPECIAL.sub(r"\\\g<0>", text[at:])))


def written(fill: Sequence[str | Code], line: str) -> str:
    """A translation behind the head of a line; what would be markup by chance is escaped."""
    pieces = []
    for piece in fill:
        if isinstance(piece, str):
            pieces.append(escaped(" ".join(piece.split("\n"))))
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
