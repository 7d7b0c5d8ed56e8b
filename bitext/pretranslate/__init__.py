"""
Fill the empty targets of a bilingual file (XLIFF 1.x and 2.x, PO), and change nothing else in it.

A format reads its file into slots and writes their translations back at the same places of the
same bytes. A translation that lost a placeholder, or is longer than the file allows, is not
written: the slot stays empty, and is reported.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from pathlib import PurePath

from bitext.engines import Engine
from bitext.errors import InputError, UnknownName
from bitext.glossary import Glossary
from bitext.inline import Marked, joined, placed
from bitext.pipeline import NOTHING, translate, unenforced
from bitext.pretranslate import po, xliff
from bitext.pretranslate.intext import rewritten
from bitext.pretranslate.placeholders import Protecting, lost
from bitext.pretranslate.recalling import counting, recalled
from bitext.pretranslate.slots import Fill, Kind, Left, Result, Slot, least
from bitext.units import Document, TranslationUnit

__all__ = ["FORMATS", "LARGEST", "Left", "Result", "format_of", "pretranslate"]

FORMATS = {
    ".xlf": xliff, ".xliff": xliff, ".sdlxliff": xliff, ".mqxliff": xliff, ".mxliff": xliff,
    ".po": po, ".pot": po,
}  # fmt: skip
LETTER, WORD = re.compile(r"[^\W\d_]"), re.compile(r"\w")
# It is held in memory several times over; a file for translators is a fraction of this.
LARGEST = 64 * 1024 * 1024


def format_of(name: str) -> object | None:
    """The module that fills files of that name; None for other files."""
    return FORMATS.get(PurePath(name).suffix.lower())


def pretranslate(content: bytes, name: str, engine: Engine, glossary: Glossary = NOTHING) -> Result:
    """
    The file with its empty targets filled.

    Raises InputError if it is damaged or not from French to English, UnknownName if no format
    has its suffix.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix not in FORMATS:
        raise UnknownName("bilingual format", suffix, FORMATS)
    if len(content) > LARGEST:
        raise InputError(name, f"is larger than {LARGEST // 1024**2} MB; split it")
    form = FORMATS[suffix]
    file = form.read(content, name)
    fills: list[Fill | None] = []
    left: list[Left] = []
    lacking: list[Left] = []
    made = list(translated(file.slots, name, engine, glossary))
    sizes: Counter[int] = Counter()
    for slot, fill in zip(file.slots, made, strict=True):
        sizes[slot.unit] += fill.size
    for slot, fill in zip(file.slots, made, strict=True):
        wrong = fault(slot, fill, sizes[slot.unit])
        fills.append(None if wrong else fill)
        if wrong:
            left.append(Left(slot.id, wrong))
        else:
            lacking += (Left(slot.id, reason) for reason in fill.unenforced)
    count = sum(fill is not None for fill in fills)
    return Result(form.filled(file, fills), count, tuple(left), tuple(lacking))


def fault(slot: Slot, fill: Fill, size: int) -> str:
    """Why a translation must not be written, "" if it may; `size` is that of all its unit's."""
    if missing := lost(slot.text, fill.text, frozenset(slot.formats)):
        return f"{missing} is not in the translation as in the source"
    if LETTER.search(slot.text) and not WORD.search(fill.text):
        return "the translation has no words"
    if slot.room is not None and size > slot.room:
        return f"the translation has {size} characters, and there is room for {slot.room}"
    return ""


def translated(
    slots: Sequence[Slot], name: str, engine: Engine, glossary: Glossary
) -> Iterator[Fill]:
    """The translation of each slot, with its codes placed."""
    known = recalled(slots, engine)
    lines = [(n, line) for n, slot in enumerate(slots) for line in slot.lines]
    texts = ("" if n in known else line.text for n, line in lines)
    formats = frozenset(each for slot in slots for each in slot.formats)
    protecting = Protecting(glossary.entries, formats)
    units = translate(Document(name, "fr", tuple(texts)), engine, protecting)
    made = {number: tuple(own) for number, own in groupby(units, key=lambda unit: unit.paragraph)}
    numbered = enumerate(line for _, line in lines)
    for number, slot in enumerate(slots):
        parts = [filled(line, made.get(n, ())) for n, line in islice(numbered, len(slot.lines))]
        yield whole(slot, [known[number]] if number in known else parts)


def whole(slot: Slot, parts: Sequence[Fill]) -> Fill:
    """The lines of a slot put together."""
    text = " ".join(part.text for part in parts)
    pieces = rewritten([piece for part in parts for piece in part.pieces], slot.entities)
    told = tuple(reason for part in parts for reason in part.unenforced)
    return Fill(text, pieces, least(part.kind for part in parts), told)


def filled(line: Marked, units: Sequence[TranslationUnit]) -> Fill:
    """A line without a sentence keeps its text: there is nothing to translate in it."""
    text, links = joined(line.text, units)
    kind = least(map(kind_of, units))
    # Where its codes go, or that it has none, no translator has said.
    if kind == "exact" and (counting(line.codes) or any(u.tm and u.tm.codes for u in units)):
        kind = "fuzzy"
    told = tuple(t for unit in units for t in unenforced(unit.matches, unit.enforcement))
    return Fill(text, tuple(placed(line, text, links)), kind, told)


def kind_of(unit: TranslationUnit) -> Kind:
    """Whether a translator wrote just this; a mended match, or one of a machine's, is "fuzzy"."""
    if unit.origin not in ("tm", "copy"):
        return "mt"
    if unit.tm is None:
        return "exact" if unit.origin == "tm" else "copy"
    return "fuzzy" if unit.tm.score < 100 or unit.tm.origin == "mt" else "exact"
