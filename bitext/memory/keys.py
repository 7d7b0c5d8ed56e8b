"""
What of a sentence a translation memory compares: its words, its numbers, its marks.

Two texts of one `canonical` form are the same sentence, however their quotes, dashes and spaces
are written. Numbers are compared apart from words, because a match that differs in a number only
can be made good.
"""

import re
import unicodedata
from dataclasses import dataclass
from hashlib import blake2b
from zlib import crc32

from bitext.text import SINGLE, fold

# Without a width, or turning the direction: nobody sees them.
UNSEEN = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
)
PLAIN = SINGLE | dict.fromkeys(map(ord, UNSEEN), "") | {ord("…"): "..."}
# French sets these off with a space, more or less; " ." and " ," are slips.
SET_OFF = re.compile(r" (?=[;:!?%.,)\]](?:\W|$))|(?<=[(\[]) ")
# The space inside a French quotation; which of two straight quotes opens only their order says.
QUOTE = re.compile(r' ?" ?')
# Composing takes time by the square of the marks on one letter.
LONGEST_COMPOSED = 2_000

NUMBER = r"\d+(?:[.,:/]\d+|[ \u00a0\u202f]\d{3}(?!\d))*(?!\w)"
TOKEN = re.compile(rf"(?<![^\W\d_])({NUMBER})|(\w+)|([^\w\s])")
MASK = "#"

# Words are told apart by so many bits: enough that few of a language's share a number, few
# enough that the counts of all fit into four megabytes.
BITS = 20
# Letters of a word that stand for all its forms.
STEM = 6


def canonical(text: str) -> str:
    """
    The text in one way of writing quotes, apostrophes, dashes and spaces.

    >>> canonical("« L’été »…") == canonical('"L\\'été" ...')
    True
    """
    plain = text.translate(PLAIN)
    if len(plain) <= LONGEST_COMPOSED:
        plain = unicodedata.normalize("NFC", plain)
    plain = SET_OFF.sub("", " ".join(plain.split()))
    return " ".join(QUOTE.sub(' " ', plain).split()) if '"' in plain else plain


def key(plain: str) -> int:
    """64 bits that stand for a canonical text, as SQLite's integers have them."""
    digest = blake2b(plain.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


@dataclass(frozen=True, slots=True)
class Parts:
    """
    A canonical text taken apart: its words in small letters with a mask for each number, its
    numbers as written, its marks, and its words with their capitals.
    """

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    marks: tuple[str, ...]
    cased: tuple[str, ...]


def parts(plain: str) -> Parts:
    """
    >>> parts("En 2021, 1 234 lits !")
    Parts(words=('en', '#', '#', 'lits'), numbers=('2021', '1 234'), marks=(',', '!'), \
cased=('En', 'lits'))
    """
    words: list[str] = []
    numbers: list[str] = []
    marks: list[str] = []
    cased: list[str] = []
    for number, word, mark in TOKEN.findall(plain):
        if number:
            numbers.append(number)
            words.append(MASK)
        elif word:
            words.append(fold(word))
            cased.append(word)
        else:
            marks.append(mark)
    return Parts(tuple(words), tuple(numbers), tuple(marks), tuple(cased))


def features(words: tuple[str, ...]) -> list[int]:
    """
    The numbers that the words are looked up by, each once; different words may share one.

    >>> features(("les", "maisons")) == features(("maison", "les", "les"))
    True
    """
    stems = {word[:STEM] for word in words} - {MASK} or {MASK}
    return [crc32(stem.encode("utf-8", "surrogatepass")) >> (32 - BITS) for stem in sorted(stems)]
