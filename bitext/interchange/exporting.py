"""Units written for other tools: one file, several of a size, or a whole OmegaT project."""

import gzip
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast

from bitext.atomic import whole
from bitext.errors import BitextError, OutputError, UnknownName
from bitext.formats import FORMATS, Format, srx
from bitext.formats.languages import checked
from bitext.formats.tmx_header import Header
from bitext.interchange import omegat
from bitext.interchange.selecting import Tally, approved, deduplicated, kept
from bitext.units import TranslationUnit

# Bytes that a character takes at most (<cp hex="001B"/>), and a unit's frame.
WIDEST, FRAME = 16, 2_000
# Their size is known only when they are packed.
UNSPLIT = frozenset({"docx", "moses", "xlsx"})
# What is written from units and is no file of units.
OTHERS = ("omegat", "srx")


@dataclass(frozen=True, slots=True)
class Export:
    """
    What to write, and of which units.

    `apart` puts what people answer for and what a machine made into two files; `limit` is the
    most bytes a file may have. `header` is what the TMX that all units are from says of itself.
    """

    form: str
    signature: str
    statuses: tuple[str, ...] = ()
    min_score: float | None = None
    dedupe: str = "all"
    source_lang: str = "fr"
    target_lang: str = "en"
    apart: bool = False
    limit: int | None = None
    header: Header | None = None


@dataclass(slots=True)
class Again:
    """Units that are made anew each time they are asked for, and counted the first time."""

    make: Callable[[Tally], Iterator[TranslationUnit]]
    tally: Tally
    begun: bool = False

    def __iter__(self) -> Iterator[TranslationUnit]:
        tally = Tally() if self.begun else self.tally
        self.begun = True
        return self.make(tally)


def export(units: Iterable[TranslationUnit], out: Path | BinaryIO, job: Export) -> Tally:
    """
    Write units to a file, or to files and folders named after `out`.

    `units` are gone through several times. Raises BitextError.
    """
    checked(job.source_lang)
    checked(job.target_lang)
    tally = Tally()
    asked = Again(partial(kept, units, statuses=job.statuses, min_score=job.min_score), tally)
    selected = Again(partial(deduplicated, asked, job.dedupe), tally)
    if job.form == "srx":
        with target(out, tally) as file:
            srx.write(file, lang=job.source_lang)
    elif job.form == "omegat":
        omegat.write(selected, folder(out), tally, job.signature, job.source_lang, job.target_lang)
    else:
        module = FORMATS.get(job.form)
        for part, path in parts(selected, out, job):
            write(part, path, module, job, tally)
    return tally


def known(form: str) -> str:
    """The name of a format that can be written; raises UnknownName."""
    names = (*FORMATS.places(), *OTHERS)
    if form not in names:
        raise UnknownName("format", form, names)
    return form


def folder(out: Path | BinaryIO) -> Path:
    if not isinstance(out, Path):
        raise BitextError("an OmegaT project is a folder; name it with --out")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise OutputError(out, "is there already; name a new folder with --out")
    return out


def parts(
    units: Iterable[TranslationUnit], out: Path | BinaryIO, job: Export
) -> Iterator[tuple[Iterator[TranslationUnit], Path | BinaryIO]]:
    """The units of each file to write."""
    if not job.apart:
        yield iter(units), out
        return
    if not isinstance(out, Path):
        raise BitextError("two files cannot go to standard output; name one with --out")
    yield (unit for unit in units if approved(unit)), named(out, "approved")
    yield (unit for unit in units if not approved(unit)), named(out, "mt")


def named(path: Path, part: str) -> Path:
    """
    The name of a part of a file.

    >>> named(Path("a/corpus.tmx.gz"), "mt").as_posix()
    'a/corpus.mt.tmx.gz'
    >>> named(Path("corpus"), "001").as_posix()
    'corpus.001'
    """
    packed = ".gz" if path.suffix == ".gz" else ""
    inner = path.name.removesuffix(packed)
    stem, dot, suffix = inner.rpartition(".")
    return path.with_name(f"{stem}.{part}.{suffix}{packed}" if dot else f"{inner}.{part}{packed}")


def write(
    units: Iterator[TranslationUnit],
    out: Path | BinaryIO,
    module: Format,
    job: Export,
    tally: Tally,
) -> None:
    """Write units to one file, or with a limit to as many as they need."""
    told = counted(units, module, tally)
    said: dict[str, Any] = {"source_lang": job.source_lang, "target_lang": job.target_lang}
    said |= {"header": job.header} if job.form == "tmx" else {}
    if job.limit is not None and (job.form in UNSPLIT or not isinstance(out, Path)):
        raise BitextError(
            f"{job.form} cannot be split by size here; use tmx, csv or xliff and --out"
        )
    if job.limit is None or not isinstance(out, Path):
        with target(out, tally) as file:
            module.write(told, file, signature=job.signature, **said)
        return
    left: TranslationUnit | None = next(told, None)
    number = 0
    while left is not None or number == 0:
        number += 1
        with target(named(out, f"{number:03}"), tally) as file:
            portion = Portion(told, left, _Sized(file), job.limit)
            sized = cast(BinaryIO, portion.file)
            module.write(portion.units(), sized, signature=job.signature, **said)
            left = portion.left


def counted(
    units: Iterable[TranslationUnit], module: Format, tally: Tally
) -> Iterator[TranslationUnit]:
    """The same units; what the format cannot hold of them goes on the tally."""
    for unit in units:
        lost = list(module.losses(unit))
        for what in lost:
            tally.lose(unit, what)
        tally.written += not any(what.startswith("left out") for what in lost)
        yield unit


class _Sized:
    """A file that knows how much was written to it."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.size = file, 0

    def write(self, piece: bytes) -> int:
        self.size += len(piece)
        return self.file.write(piece)


@dataclass(slots=True)
class Portion:
    """As many units as a file of a size takes; `left` is the first of the next one."""

    source: Iterator[TranslationUnit]
    left: TranslationUnit | None
    file: _Sized
    limit: int

    def units(self) -> Iterator[TranslationUnit]:
        begun = False
        while self.left is not None:
            if begun and self.file.size + most_bytes(self.left) > self.limit:
                return
            begun = True
            yield self.left
            self.left = next(self.source, None)


def most_bytes(unit: TranslationUnit) -> int:
    """More than any format takes for a unit."""
    texts = (unit.id, unit.document, unit.source, unit.target, unit.comment)
    terms = sum(len(m.entry.source) + len(m.required) + FRAME for m in unit.matches)
    return WIDEST * sum(map(len, texts)) + terms + FRAME


@contextmanager
def target(out: Path | BinaryIO, tally: Tally) -> Iterator[BinaryIO]:
    """A file to write; a path ending in .gz is packed, the same every time."""
    if not isinstance(out, Path):
        yield out
        return
    with whole(out) as file:
        if out.suffix == ".gz":
            with gzip.GzipFile("", "wb", fileobj=file, mtime=0) as packed:
                yield cast(BinaryIO, packed)
        else:
            yield file
    tally.files.append(str(out))
