"""
Two layers of a text: the raw one that people see, and the normalised one that a model reads.

`normalise` makes the second from the first and keeps, for every character, the raw stretch it
came from; `typeset` gives a model's plain output the typography of the raw text again.
Models are trained on what `normalise` gives, so that inference feeds them nothing new.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import compress

SINGLE = str.maketrans(
    dict.fromkeys("’‘ʼ‛`´′", "'")
    | dict.fromkeys("“”„‟″«»‹›", '"')
    | dict.fromkeys("–—−‑‐―", "-")
    | dict.fromkeys("\xa0\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " ")
)


@dataclass(frozen=True, slots=True)
class Normalised:
    """
    A normalised text, and where each of its characters stands in the raw one.

    `starts[i]:ends[i]` is the raw stretch that character i of `text` stands for.
    """

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def to_raw(self, start: int, end: int) -> tuple[int, int]:
        """
        The raw stretch of the characters start:end.

        >>> normalise("« L’été »").to_raw(1, 6)
        (2, 7)
        """
        if start >= end:
            at = self.starts[start] if start < len(self.starts) else (self.ends or (0,))[-1]
            return at, at
        return self.starts[start], self.ends[end - 1]

    def from_raw(self, start: int, end: int) -> tuple[int, int]:
        """
        The characters that come from the raw stretch start:end.

        >>> normalise("« L’été »").from_raw(2, 7)
        (1, 6)
        """
        first = bisect_right(self.ends, start)
        return first, max(first, bisect_left(self.starts, end))


# Soft hyphens, marks without a width or that turn the direction, and control characters. What
# joins emoji into one stays.
INVISIBLE = re.compile(
    r"([\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f"
    r"\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
    r"|\u200d(?![\u2600-\u27bf\U0001f300-\U0001faff]))"
)
SURROGATE = re.compile(r"[\ud800-\udfff]")
AFTER_OPENING = re.compile(r"[«‹](\s++)")
# Looking back keeps a megabyte of spaces from being tried at each of them.
BEFORE_CLOSING = re.compile(r"(?<!\s)(\s++)(?=[»›])")
SPACE = re.compile(r"\s")
RUN = re.compile(r"(?<= )( ++)")
EDGES = re.compile(r"^( )|( )$")
# French sets ; : ! ? % off with a space. A full stop or comma after a space is a slip, but ".5"
# and ".NET" are not: only where a space, a quote or another mark follows is it closed up.
BEFORE_MARK = re.compile(r"( )(?=[;:!?%)](?:[\s\"')\]!?.,;:]|$)|[.,](?:[\s\".,)]|$))")
# An elided word and its vowel, torn apart by a slip such as "qu ’ il" or "qu ‘”il".
TORN = re.compile(
    r"\b(?:[ldjmtsncç]|qu|jusqu|lorsqu|puisqu|quoiqu|quelqu|presqu|aujourd)"
    r"(?:( )'(?=\"?\w)|( ?)'( )(?=\w))",
    re.IGNORECASE,
)
# Text without any of these is composed already.
COMPOSABLE = re.compile(
    r"[^\x00-\u02ff\u2002-\u20cf\u2190-\u22ff\u2460-\u27ff\ufe0f\ufffd\U0001f000-\U0001faff]"
)
# Composing takes time by the square of the marks on one letter; no language has so many.
MOST_MARKS = 30


def normalise(raw: str) -> Normalised:
    """
    Plain quotes, apostrophes, dashes and spaces, as in the training data.

    What is normalised already stays as it is.

    >>> normalise("« L’été », a-t-il dit à 23 h…").text
    '"L\\'été", a-t-il dit à 23 h...'
    >>> normalise("Il regrette qu ‘”il soit probable . ").text
    'Il regrette qu\\'"il soit probable.'
    """
    draft = _Draft(raw, list(range(len(raw))), list(range(1, len(raw) + 1)))
    draft.text = SURROGATE.sub("\ufffd", draft.text)
    draft.delete(INVISIBLE)
    if COMPOSABLE.search(draft.text):
        draft.compose()
    draft.delete(AFTER_OPENING)
    draft.delete(BEFORE_CLOSING)
    draft.spell_out("…", "...")
    draft.text = SPACE.sub(" ", draft.text.translate(SINGLE))
    draft.merge_runs()
    for pattern in (EDGES, BEFORE_MARK, TORN):
        draft.delete(pattern)
    return Normalised(draft.text, tuple(draft.starts), tuple(draft.ends))


@dataclass(slots=True)
class _Draft:
    """A `Normalised` in the making."""

    text: str
    starts: list[int]
    ends: list[int]

    def delete(self, pattern: re.Pattern[str]) -> None:
        """Take out the groups of each match."""
        kept = bytearray(b"\1") * len(self.text)
        for match in pattern.finditer(self.text):
            for group in range(1, pattern.groups + 1):
                begin, end = match.span(group)
                kept[begin:end] = bytes(end - begin)
        if not all(kept):
            self.text = "".join(compress(self.text, kept))
            self.starts = list(compress(self.starts, kept))
            self.ends = list(compress(self.ends, kept))

    def merge_runs(self) -> None:
        """One space for a run of them; it stands for the whole."""
        for match in RUN.finditer(self.text):
            self.ends[match.start() - 1] = self.ends[match.end() - 1]
        self.delete(RUN)

    def spell_out(self, character: str, replacement: str) -> None:
        """Put several characters for one; each stands for that one."""
        if character in self.text:
            sizes = [len(replacement) if c == character else 1 for c in self.text]
            self.text = self.text.replace(character, replacement)
            self.starts = [s for s, n in zip(self.starts, sizes, strict=True) for _ in range(n)]
            self.ends = [e for e, n in zip(self.ends, sizes, strict=True) for _ in range(n)]

    def compose(self) -> None:
        """Bring to NFC, letter by letter with its marks, so that the map survives."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        for begin, end in clusters(self.text):
            new = self.text[begin:end]
            if end - begin - (not joins(new[0])) > MOST_MARKS:
                starts += self.starts[begin:end]
                ends += self.ends[begin:end]
            else:
                new = unicodedata.normalize("NFC", new)
                starts += [self.starts[begin]] * len(new)
                ends += [self.ends[end - 1]] * len(new)
            pieces.append(new)
        self.text, self.starts, self.ends = "".join(pieces), starts, ends


def clusters(text: str) -> Iterator[tuple[int, int]]:
    """Each character with the marks that follow it."""
    begin = 0
    for at in range(1, len(text)):
        if not joins(text[at]):
            yield begin, at
            begin = at
    if text:
        yield begin, len(text)


def joins(character: str) -> bool:
    """Whether a character may become one with that before it: a mark, a Korean vowel or final."""
    return unicodedata.category(character)[0] == "M" or "\u1160" <= character <= "\u11ff"


@dataclass(frozen=True, slots=True)
class Typography:
    """Which typographic forms a text uses, and so its translation should."""

    quotes: bool
    apostrophes: bool
    dashes: bool


def typography(raw: str) -> Typography:
    """
    Look at a whole document, so that all its sentences come out alike.

    >>> typography("« L’été »")
    Typography(quotes=True, apostrophes=True, dashes=False)
    """
    quotes = bool(re.search("[«»“”„]", raw))
    curly, straight = len(re.findall("[’‘]", raw)), raw.count("'")
    return Typography(
        quotes=quotes,
        apostrophes=curly > straight or (quotes and not straight),
        dashes=bool(re.search(r"\s[–—]\s", raw)),
    )


BEFORE_OPENING = re.compile(r"[\s(\[{“‘—–-]")
AFTER_CLOSING = re.compile(r"[\s.,;:!?…)\]}]")
# What may be the second of a pair of single quotes: "boys'", "yes.'"
CLOSING_SINGLE = re.compile(r"(?<=[^\s(\[{“‘—–-])'(?!\w)")
# What an apostrophe begins: 'tis, 'em, rock 'n' roll, the '90s.
CLIPPED = re.compile(r"'(?:\d|(?:tis|twas|em|n|til|till|cause|cos|bout|round)\b)", re.IGNORECASE)


def typeset(target: str, style: Typography) -> str:
    """
    English typography, character for character: every offset stays true.

    >>> typeset('"It\\'s done," he said - "at last."', Typography(True, True, True))
    '“It’s done,” he said – “at last.”'
    """
    if style.quotes:
        target = curled(target)
    if style.apostrophes:
        target = apostrophised(target)
    if style.dashes:
        target = re.sub("(?<= )-(?= )", "–", target)
    return target


def curled(text: str) -> str:
    """Double quotes, opening or closing by what they touch; where that says both, in turns."""
    marks = list(text)
    depth = 0
    for found in re.finditer('"', text):
        at = found.start()
        opens = at == 0 or bool(BEFORE_OPENING.match(marks[at - 1]))
        closes = at + 1 == len(text) or bool(AFTER_CLOSING.match(text, at + 1))
        if opens == closes:
            opens = depth == 0
        marks[at] = "“" if opens else "”"
        depth = max(0, depth + (1 if opens else -1))
    return "".join(marks)


def apostrophised(text: str) -> str:
    """Apostrophes, and single quotes where two can make a pair."""
    marks = list(text)
    last = max((found.start() for found in CLOSING_SINGLE.finditer(text)), default=-1)
    for found in re.finditer("'", text):
        at = found.start()
        begins = at == 0 or bool(BEFORE_OPENING.match(text, at - 1))
        opens = begins and at < last and text[at + 1].isalpha() and not CLIPPED.match(text, at)
        marks[at] = "‘" if opens else "’"
    return "".join(marks)


def fold(text: str) -> str:
    """
    Case, apostrophes and spaces do not tell two words apart; no character is lost or won.

    >>> fold("L’ÉTÉ\\u00a0")
    "l'été "
    """
    folded = text.lower()
    if len(folded) != len(text):  # a letter such as İ has two in lower case; it stays as it is
        folded = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return folded.translate(SINGLE)


def words(text: str) -> int:
    """How many words a person would count."""
    return len(re.findall(r"\w+(?:[-'’]\w+)*", text))
