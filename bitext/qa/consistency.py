"""What no unit shows by itself: one source translated in two ways, quotations across sentences."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from zlib import crc32

from bitext.qa.marks import DOUBLE_QUOTE, whole_quotes
from bitext.units import Issue, TranslationUnit

# Shorter texts may well differ with what is around them ("Oui.", "Merci beaucoup.").
FEWEST_WORDS = 4
WORD = re.compile(r"\w+")
# Units of a paragraph that are held at once.
LONGEST = 1000


def across(units: Iterable[TranslationUnit]) -> Iterator[TranslationUnit]:
    """
    The checked units with what only their neighbours show added to their issues, as they come.

    A paragraph is held at a time, and of every text a number that stands for it.
    """
    seen = Seen()
    for group in paragraphs(units):
        for unit in quoted(group):
            issues = tuple(seen.differs(unit))
            yield replace(unit, issues=(unit.issues or ()) + issues) if issues else unit


def paragraphs(units: Iterable[TranslationUnit]) -> Iterator[list[TranslationUnit]]:
    """
    Units that follow one another in a paragraph.

    Units of other tools do not say where they stood, and are each by themselves.
    """
    group: list[TranslationUnit] = []
    for unit in units:
        if group and not (len(group) < LONGEST and follows(unit, group[-1])):
            yield group
            group = []
        group.append(unit)
    if group:
        yield group


def follows(unit: TranslationUnit, before: TranslationUnit) -> bool:
    same = (unit.document, unit.paragraph) == (before.document, before.paragraph)
    return same and unit.start >= before.end > before.start


class Seen:
    """What the units so far have said, one way and the other."""

    def __init__(self) -> None:
        self.targets: dict[int, tuple[int, str]] = {}
        self.sources: dict[int, tuple[int, int, str]] = {}

    def differs(self, unit: TranslationUnit) -> Iterator[Issue]:
        source, target = words(unit.source), words(unit.target)
        if len(source) < FEWEST_WORDS or not target:
            return
        key, said = digest(source), digest(target)
        first, place = self.targets.setdefault(key, (said, unit.id))
        if first != said:
            yield inconsistent(unit, f"the same source is translated otherwise in {place}")
        content = sketch(source)
        other, known, place = self.sources.setdefault(said, (key, content, unit.id))
        # Two ways to say the same share words; what shares few is likely a slip of the alignment.
        if other != key and len(target) >= FEWEST_WORDS and apart(content, known):
            yield inconsistent(unit, f"another source has the same translation in {place}")


def words(text: str) -> list[str]:
    return [word.lower() for word in WORD.findall(text)]


def digest(text: list[str]) -> int:
    """Eight bytes for a text, so that a million of them can be kept."""
    joined = " ".join(text).encode("utf-8", "surrogatepass")
    return int.from_bytes(sha256(joined).digest()[:8], "big")


def sketch(text: list[str]) -> int:
    """A bit for each word, so that the words two texts share can be counted without the texts."""
    bits = 0
    for word in text:
        bits |= 1 << crc32(word.encode("utf-8", "surrogatepass")) % 256
    return bits


def apart(one: int, other: int) -> bool:
    return 3 * (one & other).bit_count() < 2 * min(one.bit_count(), other.bit_count())


def inconsistent(unit: TranslationUnit, message: str) -> Issue:
    spans = ((0, len(unit.source)),), ((0, len(unit.target)),)
    return Issue("inconsistent", "minor", message, "terminology/inconsistent", *spans)


def quoted(units: list[TranslationUnit]) -> Iterator[TranslationUnit]:
    """The units of a paragraph; a quotation that opens in one must close in another."""
    *before, last = units
    yield from before
    sources, targets = (" ".join(getattr(u, side) for u in units) for side in ("source", "target"))
    told = any(issue.check == "quotes" for unit in units for issue in unit.issues or ())
    if before and not told and whole_quotes(sources) and not whole_quotes(targets):
        marks = [found.start() for found in DOUBLE_QUOTE.finditer(last.target)]
        issue = Issue(
            "quotes",
            "minor",
            "a quotation of this paragraph does not close, or does not open",
            "fluency/punctuation",
            (),
            tuple((at, at + 1) for at in marks[-1:]),
        )
        last = replace(last, issues=(last.issues or ()) + (issue,))
    yield last
