"""Files that hold units, whatever their format: told by the ends of their names."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from bitext.errors import InputError, reason
from bitext.formats import reader, tmx_header
from bitext.formats.archives import unpacked
from bitext.formats.findings import Report, unheard, until_the_break
from bitext.formats.tmx_header import Header
from bitext.units import TranslationUnit

SUFFIXES = {
    ".csv": "csv",
    ".docx": "docx",
    ".htm": "html",
    ".html": "html",
    ".jsonl": "jsonl",
    ".mqxliff": "xliff",
    ".mxliff": "xliff",
    ".sdlxliff": "xliff",
    ".tmx": "tmx",
    ".tsv": "tsv",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".xlsx": "xlsx",
    ".zip": "moses",
}
OMEGAT_MEMORY = Path("omegat") / "project_save.tmx"


@dataclass(frozen=True, slots=True)
class Units:
    """The units of a file, read anew each time they are asked for."""

    path: Path
    name: str = ""

    def __iter__(self) -> Iterator[TranslationUnit]:
        return read(self.path, name=self.name)


def read(
    path: Path, *, name: str = "", keep_going: bool = False, report: Report = unheard
) -> Iterator[TranslationUnit]:
    """
    Yield the units of a file, or of the memory of an OmegaT project; raises InputError.

    `name` is what messages call the file, if not by its path.

    With `keep_going` a file that is broken gives what stands before the break, which is reported.
    """
    if path.is_dir():
        path = in_project(path)
    whole = reader(form_of(path))
    name = name or str(path)
    with opened(path) as file:
        units = whole(file, name=name, report=report)
        for unit in until_the_break(units, name, report) if keep_going else units:
            # Where the file lay on some machine is no part of what it says.
            yield replace(unit, document=path.name) if unit.document == name else unit


def read_all(
    paths: Iterable[Path], *, keep_going: bool = False, report: Report = unheard
) -> Iterator[TranslationUnit]:
    """The units of one file after the other."""
    for path in paths:
        yield from read(path, keep_going=keep_going, report=report)


def header_of(paths: Sequence[Path]) -> Header | None:
    """What the header of a TMX says, where that is the only file; else None."""
    if len(paths) != 1 or not paths[0].is_file():
        return None
    with opened(paths[0]) as file:
        return tmx_header.read(file)


def in_project(folder: Path) -> Path:
    """The memory in which OmegaT keeps what was translated in a project."""
    memory = folder / OMEGAT_MEMORY
    if not memory.is_file():
        raise InputError(folder, f"is a folder without {OMEGAT_MEMORY}; name a file in it")
    return memory


def form_of(path: Path) -> str:
    """The name of the format that the end of a name tells; raises InputError."""
    suffixes = [suffix.lower() for suffix in path.suffixes]
    suffix = next((s for s in reversed(suffixes) if s != ".gz"), "")
    if suffix not in SUFFIXES:
        known = " ".join(sorted(SUFFIXES))
        raise InputError(
            path, f"has an unknown ending; there is: {known}, each with .gz or without"
        )
    return SUFFIXES[suffix]


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file to read, gzip or not; raises InputError."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise InputError(path, f"cannot be read ({reason(error)}); check the name") from error
    with file:
        zipped = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        yield unpacked(file, str(path)) if zipped else file
