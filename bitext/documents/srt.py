"""
Subtitles (SubRip, .srt): numbers, times and blank lines stay; what is said is translated.

A sentence that runs over several captions is translated as one, and cut again where its words
are linked across the cuts.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from textwrap import wrap

from bitext.errors import InputError
from bitext.formats.encodings import decoded
from bitext.inline import Code, Kind, Marked, Marking

TIME = re.compile(
    r"[ \t]*\d{1,3}:\d{2}:\d{2}[,.]\d{1,3}[ \t]*-->[ \t]*\d{1,3}:\d{2}:\d{2}[,.]\d{1,3}[^\n]*"
)
LINE = re.compile(r"([^\r\n]*)(\r\n|\n|\r|\Z)")
TAG = re.compile(r"<(/?)([a-zA-Z]++)[^<>]*>|\{[^{}]*\}")
ENDED = re.compile(r"[.!?…:][\s»”\")\]]*$|[»”\")\]♪]$")
GOES_ON = re.compile(r"[a-zà-öø-ÿœ]")
# Behind tags: a dash, >>, a note of music, a name in capitals.
SPEAKER = re.compile(
    r"\s*(?:(?:<[^<>]{0,200}>|\{[^{}]{0,200}\})\s*)*"
    r"(?:[-–—]\s*\S|>>|♪|[A-ZÀ-Þ][A-ZÀ-Þ\d\s.'’-]{1,30}:)"
)
# Captions that a sentence may run over, and the letters that a line of one holds.
MOST_CAPTIONS, WIDTH = 4, 42
CUT = "\n"


@dataclass(slots=True)
class Stretch:
    """Lines of a caption that are one text: the characters start:end of the file."""

    start: int
    end: int
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.lines).split())


class Subtitles:
    """The captions of a file, those of one sentence together."""

    def __init__(self, text: str, encoding: str, groups: list[list[Stretch]]) -> None:
        self.text = text
        self.encoding = encoding
        self.groups = groups
        self.texts = [marked(group) for group in groups]

    def outside(self) -> tuple[int, ...]:
        return ()

    def headings(self) -> tuple[int, ...]:
        return ()

    def filled(self, fills: Sequence[Sequence[str | Code] | None]) -> bytes:
        pieces, at = [], 0
        end = "\r\n" if "\r\n" in self.text else "\n"
        for group, fill in zip(self.groups, fills, strict=True):
            if fill is None:
                continue
            for stretch, said in zip(group, captions(fill, len(group)), strict=True):
                pieces += [self.text[at : stretch.start], end.join(lines(said, len(stretch.lines)))]
                at = stretch.end
        return "".join((*pieces, self.text[at:])).encode(self.encoding, "replace")


def parse(content: bytes, name: str, encoding: str) -> Subtitles:
    """Raises InputError if there is no caption, or the file is not in its encoding."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    text = decoded(content, name, encoding)
    found = list(stretches(text))
    if not found:
        raise InputError(name, "has no caption with its times; is this an .srt file?")
    return Subtitles(text, encoding, list(grouped(found)))


def stretches(text: str) -> list[Stretch]:
    """
    What is said in each caption; speakers on lines of their own are apart.

    A caption ends where the next begins: people leave blank lines within, and none between.
    """
    found: list[Stretch] = []
    within = begun = False
    lines = [*LINE.finditer(text)]
    for number, line in enumerate(lines):
        following = lines[number + 1][1] if number + 1 < len(lines) else ""
        if TIME.fullmatch(line[1]):
            within, begun = True, False
        elif not line[1].strip() or (line[1].strip().isdigit() and TIME.fullmatch(following)):
            begun = False
        elif within:
            if not begun or SPEAKER.match(line[1]):
                found.append(Stretch(line.start(), line.end(1)))
            found[-1].lines.append(line[1])
            found[-1].end = line.end(1)
            begun = True
    return found


def grouped(found: Sequence[Stretch]) -> Iterator[list[Stretch]]:
    """Captions that one sentence runs over, together."""
    group: list[Stretch] = []
    for stretch in found:
        if group and (len(group) == MOST_CAPTIONS or not runs_on(group[-1], stretch)):
            yield group
            group = []
        group.append(stretch)
    if group:
        yield group


def runs_on(before: Stretch, after: Stretch) -> bool:
    plain = TAG.sub("", after.text).strip()
    return not ENDED.search(TAG.sub("", before.text)) and bool(GOES_ON.match(plain))


def marked(group: Sequence[Stretch]) -> Marked:
    """The captions as one text, a cut between each two."""
    marking = Marking()
    for number, stretch in enumerate(group):
        if number:
            marking.write(" ")
            marking.mark("alone", CUT)
        at, text = 0, stretch.text
        for tag in TAG.finditer(text):
            marking.write(text[at : tag.start()])
            kind: Kind = "close" if tag[1] else "open" if tag[2] else "alone"
            marking.mark(kind, tag[0], tag[2] or "")
            at = tag.end()
        marking.write(text[at:])
    return marking.marked()


def captions(fill: Sequence[str | Code], count: int) -> list[str]:
    """The texts of the captions; by length where the cuts would leave one empty."""
    said = "".join(piece if isinstance(piece, str) else piece.content for piece in fill)
    found = [" ".join(part.split()) for part in said.split(CUT)]
    if len(found) == count and all(map(str.strip, found)):
        return found
    words = said.split()
    share = max(1, -(-len(words) // count))
    return [" ".join(words[n * share : (n + 1) * share]) for n in range(count)]


def lines(text: str, most: int) -> list[str]:
    """A caption in lines of like length, as few as fit, and no more than it had."""
    count = min(most, -(-len(text) // WIDTH)) or 1

    def cut(width: int) -> list[str]:
        return wrap(text, width, break_long_words=False, break_on_hyphens=False)

    # A wider line never makes more of them.
    widths = range(max(-(-len(text) // count), 1), len(text) + 1)
    found = bisect_left(widths, True, key=lambda width: len(cut(width)) <= count)
    return cut(widths[found]) if found < len(widths) else [text]
