"""
Two layers of a text: the raw one that people see, and the normalised one that a model reads.

`normalise` makes the second from the first and keeps, for every character, the raw stretch it
came from; `typeset` gives a model's plain output the typography of the raw text again.
Models are trained on what `normalise` gives, so that inference feeds them nothing new.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

WHITE = r"[\s\u200b\ufeff]"
URL = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/)[^\s<>«»“”\"]*[^\s<>«»“”\".,;:!?…)\]']")

SINGLE = str.maketrans(
    dict.fromkeys("’‘ʼ‛`´′", "'")
    | dict.fromkeys("“”„‟″«»‹›", '"')
    | dict.fromkeys("–—−‑‐―", "-")
    | dict.fromkeys("\xa0\u202f\u2007\u2009\u2002\u2003\u2008\u200a\u205f\u3000", " ")
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


@dataclass(slots=True)
class _Draft:
    text: str
    starts: list[int]
    ends: list[int]

    def substitute(self, pattern: re.Pattern[str], replacement: str) -> None:
        """Like `re.sub`, and every new character stands for the whole stretch it replaces."""
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        last = 0
        for match in pattern.finditer(self.text):
            begin, end = match.span()
            new = match.expand(replacement)
            pieces += self.text[last:begin], new
            starts += self.starts[last:begin] + [self.starts[begin]] * len(new)
            ends += self.ends[last:begin] + [self.ends[end - 1]] * len(new)
            last = end
        if last:
            self.text = "".join(pieces) + self.text[last:]
            self.starts = starts + self.starts[last:]
            self.ends = ends + self.ends[last:]

    def delete(self, pattern: re.Pattern[str]) -> None:
        """Take out group 1 of each match."""
        gone = bytearray(len(self.text))
        for match in pattern.finditer(self.text):
            begin, end = match.span(1)
            gone[begin:end] = b"\1" * (end - begin)
        if any(gone):
            self.text = "".join(c for c, g in zip(self.text, gone, strict=True) if not g)
            self.starts = [s for s, g in zip(self.starts, gone, strict=True) if not g]
            self.ends = [e for e, g in zip(self.ends, gone, strict=True) if not g]


CLUSTER = re.compile(r"[^\u0300-\u036f][\u0300-\u036f]+")
INVISIBLE = re.compile(
    r"([\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x08\x0e-\x1f\x7f])"
)
SURROGATE = re.compile(r"[\ud800-\udfff]")
ELLIPSIS = re.compile("…")
AFTER_OPENING = re.compile(rf"[«‹]({WHITE}++)")
# Looking back keeps a megabyte of spaces from being tried at each of them.
BEFORE_CLOSING = re.compile(rf"(?<!{WHITE})({WHITE}++)(?=[»›])")
SPACES = re.compile(rf"{WHITE}+")
LEADING = re.compile(r"^( +)")
TRAILING = re.compile(r"( +)$")
# French sets ; : ! ? % off with a space. A full stop or comma after a space is a slip, but ".5"
# and ".NET" are not: only where a space, a quote or another mark follows is it closed up.
BEFORE_MARK = re.compile(r"( )(?=[;:!?%)](?:[\s\"')\]!?.,;:]|$)|[.,](?:[\s\".,)]|$))")
# An elided word and its vowel, torn apart by a slip such as "qu ’ il" or "qu ‘”il".
TORN_BEFORE = re.compile(
    r"\b(?:[ldjmtsncç]|qu|jusqu|lorsqu|puisqu|quoiqu)( )(?='\"?\w)", re.IGNORECASE
)
TORN_AFTER = re.compile(r"\b(?:[ldjmtsncç]|qu|jusqu|lorsqu|puisqu|quoiqu)'( )(?=\w)", re.IGNORECASE)


def normalise(raw: str) -> Normalised:
    """
    Plain quotes, apostrophes, dashes and spaces, as in the training data.

    >>> normalise("« L’été », a-t-il dit à 23 h…").text
    '"L\\'été", a-t-il dit à 23 h...'
    >>> normalise("Il regrette qu ‘”il soit probable . ").text
    'Il regrette qu\\'"il soit probable.'
    """
    draft = _Draft(raw, list(range(len(raw))), list(range(1, len(raw) + 1)))
    if not unicodedata.is_normalized("NFC", raw):
        _compose(draft)
    draft.substitute(SURROGATE, "\ufffd")
    draft.delete(INVISIBLE)
    draft.delete(AFTER_OPENING)
    draft.delete(BEFORE_CLOSING)
    draft.substitute(ELLIPSIS, "...")
    draft.text = draft.text.translate(SINGLE)
    draft.substitute(SPACES, " ")
    for pattern in (LEADING, TRAILING, BEFORE_MARK, TORN_BEFORE, TORN_AFTER):
        draft.delete(pattern)
    return Normalised(draft.text, tuple(draft.starts), tuple(draft.ends))


def _compose(draft: _Draft) -> None:
    """Bring to NFC, cluster by cluster, so that the map survives."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    last = 0
    for match in [*CLUSTER.finditer(draft.text), None]:
        begin, end = match.span() if match else (len(draft.text), len(draft.text))
        for at in range(last, begin):
            new = unicodedata.normalize("NFC", draft.text[at])
            pieces.append(new)
            starts += [draft.starts[at]] * len(new)
            ends += [draft.ends[at]] * len(new)
        new = unicodedata.normalize("NFC", draft.text[begin:end])
        if match:
            pieces.append(new)
            starts += [draft.starts[begin]] * len(new)
            ends += [draft.ends[end - 1]] * len(new)
        last = end
    draft.text, draft.starts, draft.ends = "".join(pieces), starts, ends


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
        dashes=bool(re.search(" [–—] ", raw)),
    )


OPENING = re.compile(r"(?:^|(?<=[\s(\[“‘—–-]))\"(?=\S)|\"(?=\w)(?<![\w.,!?;:)…]\")")


def typeset(target: str, style: Typography) -> str:
    """
    English typography, character for character: every offset stays true.

    >>> typeset('"It\\'s done," he said - "at last."', Typography(True, True, True))
    '“It’s done,” he said – “at last.”'
    """
    if style.quotes:
        target = OPENING.sub("“", target).replace('"', "”")
    if style.apostrophes:
        target = target.replace("'", "’")
    if style.dashes:
        target = target.replace(" - ", " – ")
    return target


def fold(text: str) -> str:
    """
    Case, apostrophes and spaces do not tell two words apart; no character is lost or won.

    >>> fold("L’ÉTÉ\\u00a0")
    "l'été "
    """
    folded = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    return folded.translate(SINGLE)


def words(text: str) -> int:
    """How many words a person would count."""
    return len(re.findall(r"\w+(?:[-'’]\w+)*", text))
