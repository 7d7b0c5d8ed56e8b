"""
Fill the empty targets of a bilingual file (XLIFF 1.x and 2.x, PO), and change nothing else in it.

A format reads its file into slots and writes their translations back at the same places of the
same bytes. A translation that lost a placeholder, or is longer than the file allows, is not
written: the slot stays empty, and is reported.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import PurePath

from bitext.engines import Engine, Request
from bitext.errors import InputError, UnknownName
from bitext.glossary import Glossary
from bitext.inline import joined, placed
from bitext.memory import Remembering
from bitext.pipeline import NOTHING, raw_link, translate
from bitext.pretranslate import po, xliff
from bitext.pretranslate.placeholders import Protecting, lost
from bitext.pretranslate.slots import Fill, Kind, Left, Result, Slot
from bitext.text import normalise
from bitext.units import Document, Link, TranslationUnit

__all__ = ["FORMATS", "LARGEST", "Left", "Result", "format_of", "pretranslate"]

FORMATS = {
    ".xlf": xliff, ".xliff": xliff, ".sdlxliff": xliff, ".mqxliff": xliff, ".mxliff": xliff,
    ".po": po, ".pot": po,
}  # fmt: skip
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
    made = list(translated(file.slots, name, engine, glossary))
    sizes: Counter[int] = Counter()
    for slot, fill in zip(file.slots, made, strict=True):
        sizes[slot.unit] += len(fill.text)
    for slot, fill in zip(file.slots, made, strict=True):
        wrong = fault(slot, fill, sizes[slot.unit])
        fills.append(None if wrong else fill)
        if wrong:
            left.append(Left(slot.id, wrong))
    return Result(form.filled(file, fills), sum(fill is not None for fill in fills), tuple(left))


def fault(slot: Slot, fill: Fill, size: int) -> str:
    """Why a translation must not be written, "" if it may; `size` is that of all its unit's."""
    if missing := lost(slot.source.text, fill.text):
        return f"{missing} is not in the translation as in the source"
    if slot.room is not None and size > slot.room:
        return f"the translation has {size} characters, and there is room for {slot.room}"
    return ""


def translated(
    slots: Sequence[Slot], name: str, engine: Engine, glossary: Glossary
) -> Iterator[Fill]:
    """The translation of each slot, with its codes placed."""
    known = recalled(slots, engine)
    texts = ("" if n in known else slot.source.text for n, slot in enumerate(slots))
    units = translate(Document(name, "fr", tuple(texts)), engine, Protecting(glossary.entries))
    made = {number: tuple(own) for number, own in groupby(units, key=lambda unit: unit.paragraph)}
    for number, slot in enumerate(slots):
        yield known.get(number) or filled(slot, made.get(number, ()))


def recalled(slots: Sequence[Slot], engine: Engine) -> dict[int, Fill]:
    """What a memory has as a whole: a CAT tool's segment may be more than a sentence."""
    if not isinstance(engine, Remembering):
        return {}
    numbers = [n for n, slot in enumerate(slots) if engine.memory.holds(slot.source.text)]
    layers = [normalise(slots[n].source.text) for n in numbers]
    offered = engine.translate([Request(layer.text) for layer in layers])
    fills = {}
    for number, layer, [found] in zip(numbers, layers, offered, strict=True):
        if found.origin == "tm" and found.tm and found.tm.score == 100:
            source = slots[number].source
            lead, tail = edges(source.text)
            links = [shifted(raw_link(layer, link), len(lead)) for link in found.links]
            text = f"{lead}{found.text}{tail}"
            kind: Kind = "fuzzy" if found.tm.origin == "mt" else "exact"
            fills[number] = Fill(text, tuple(placed(source, text, links)), kind)
    return fills


def edges(text: str) -> tuple[str, str]:
    """The white space at the ends of a text, which a memory does not keep."""
    return text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]


def shifted(link: Link, by: int) -> Link:
    return link._replace(target_start=link.target_start + by, target_end=link.target_end + by)


def filled(slot: Slot, units: Sequence[TranslationUnit]) -> Fill:
    """A slot without a sentence keeps its text: there is nothing to translate in it."""
    text, links = joined(slot.source.text, units)
    return Fill(text, tuple(placed(slot.source, text, links)), origin_of(units))


def origin_of(units: Sequence[TranslationUnit]) -> Kind:
    """What the least of the sentences is: "exact", "fuzzy" or "mt"."""
    kinds = {
        "mt" if unit.origin not in ("tm", "copy") else "fuzzy" if fuzzy(unit) else "exact"
        for unit in units
    }
    return "mt" if "mt" in kinds else "fuzzy" if "fuzzy" in kinds else "exact"


def fuzzy(unit: TranslationUnit) -> bool:
    """Whether a translator did not write just this: a mended match, or one of a machine's."""
    return unit.tm is not None and (unit.tm.score < 100 or unit.tm.origin == "mt")
