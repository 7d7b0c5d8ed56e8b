"""
Moses, what trainers of machine translation take: a sentence a line, in a file for each language.

The files stand in a zip archive, as OPUS packs them: corpus.fr, corpus.en, and the units' ids in
corpus.ids. Nothing else of a unit is kept.
"""

import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import zip_longest
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZipFile

from bitext.errors import InputError
from bitext.formats import archives
from bitext.formats.findings import Finding, Report, unheard
from bitext.formats.languages import primary
from bitext.formats.places import restored
from bitext.units import TranslationUnit

STEM = "corpus"
# What some reader takes for the end of a line.
LINE_ENDS = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
SURROGATE = re.compile(r"[\ud800-\udfff]")
LONGEST_LINE = 5_000_000  # bytes


def write(
    units: Iterable[TranslationUnit],
    file: BinaryIO,
    *,
    signature: str,
    source_lang: str = "fr",
    target_lang: str = "en",
) -> None:
    """Write the units that have both sides."""
    ends = (primary(source_lang), primary(target_lang), "ids")
    with ExitStack() as stack:
        # An archive takes one file after the other.
        sides = [stack.enter_context(SpooledTemporaryFile(archives.HELD)) for _ in ends]
        for unit in units:
            if unit.source.strip() and unit.target.strip():
                for side, text in zip(sides, (unit.source, unit.target, unit.id), strict=True):
                    side.write(f"{line(text)}\n".encode())
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            archive.writestr(archives.entry("README"), f"{signature}\n".encode("utf-8", "replace"))
            for end, side in zip(ends, sides, strict=True):
                side.seek(0)
                member = archives.entry(f"{STEM}.{end}")
                with archive.open(member, "w", force_zip64=True) as target:
                    shutil.copyfileobj(cast(BinaryIO, side), cast(BinaryIO, target))


def line(text: str) -> str:
    return SURROGATE.sub("\ufffd", LINE_ENDS.sub(" ", text))


def losses(unit: TranslationUnit) -> Iterator[str]:
    """What of a unit's texts does not come back."""
    if not unit.source.strip() or not unit.target.strip():
        yield "left out: a side is blank"
    if any(map(LINE_ENDS.search, (unit.id, unit.source, unit.target))):
        yield "line ends become spaces"
    if any(map(SURROGATE.search, (unit.id, unit.source, unit.target))):
        yield "halves of a character become U+FFFD"
    if unit.comment.strip():
        yield "comments are not kept"


def read(
    file: BinaryIO,
    *,
    name: str = "<moses>",
    report: Report = unheard,
    source_lang: str = "fr",
    target_lang: str = "en",
) -> Iterator[TranslationUnit]:
    """Yield the units; raises InputError with the line of the damage."""
    with archives.opened(file, name) as archive, archives.faults(name), ExitStack() as stack:
        names = [member_for(archive, name, primary(lang)) for lang in (source_lang, target_lang)]
        sources, targets = (stack.enter_context(archive.open(each)) for each in names)
        stem = names[0].rpartition(".")[0]
        with_ids = f"{stem}.ids" in archive.namelist()
        ids = stack.enter_context(archive.open(f"{stem}.ids")) if with_ids else ()
        sides = (lines(cast(BinaryIO, side), name) for side in (sources, targets))
        numbers = lines(cast(BinaryIO, ids), name) if ids else iter(())
        for number, (source, target, unit_id) in enumerate(zip_longest(*sides, numbers), 1):
            if source is None or target is None:
                problem = "one language has fewer lines than the other"
                raise InputError(name, problem, line=number)
            if not source.strip() or not target.strip():
                report(Finding(name, number, "", "left out: a side is empty"))
                continue
            yield restored(unit_id or f"{name}:{number}", source, target, {}, document=name)


def member_for(archive: ZipFile, name: str, lang: str) -> str:
    found = [each for each in archive.namelist() if each.endswith(f".{lang}")]
    if len(found) != 1:
        raise InputError(name, f"holds {len(found)} files that end in .{lang}; it must be one")
    return found[0]


def lines(file: BinaryIO, name: str) -> Iterator[str]:
    number = 0
    while raw := file.readline(LONGEST_LINE):
        number += 1
        if len(raw) == LONGEST_LINE:
            raise InputError(name, "a single line goes on for more than 5 MB", line=number)
        try:
            yield raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise InputError(name, "not UTF-8; save it as UTF-8", line=number) from error
