"""
Zip and gzip files from others, opened with care, and zip files of ours, the same every time.

Nothing is ever unpacked to disk. What would grow out of all proportion, has names that lead out of
the archive, or holds XML that declares a document type is refused.
"""

import gzip
import io
import re
import shutil
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast
from xml.parsers import expat
from zipfile import ZIP_DEFLATED, BadZipFile, LargeZipFile, ZipFile, ZipInfo

from bitext.errors import InputError, OutputError
from bitext.formats.markup import CHUNK, in_utf8

# A sheet or a memory shrinks to a twentieth at most; a bomb to a thousandth.
MOST_GROWTH = 100
# Small files may shrink more.
HARMLESS = 20_000_000  # bytes
LARGEST = 4_000_000_000
MOST_MEMBERS = 10_000
OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\0")
# A compression that zipfile does not know is a RuntimeError too.
DAMAGE = (
    BadZipFile, EOFError, zlib.error, struct.error, ValueError, OverflowError, RuntimeError,
    OSError,
)  # fmt: skip
LONG_AGO = (1980, 1, 1, 0, 0, 0)
HELD = 1 << 23  # bytes that are kept in memory before a file on disk is used


@contextmanager
def opened(file: BinaryIO, name: str) -> Iterator[ZipFile]:
    """A zip archive that is safe to read from; raises InputError."""
    with seekable(file) as source, faults(name), ZipFile(source) as archive:
        check(archive, name)
        yield archive


@contextmanager
def faults(name: str) -> Iterator[None]:
    """Makes of what zipfile, gzip and zlib raise an InputError."""
    try:
        yield
    except DAMAGE as error:
        said = str(error) or type(error).__name__
        raise InputError(name, f"a damaged archive ({said}); fetch or save it anew") from error


@contextmanager
def seekable(file: BinaryIO) -> Iterator[BinaryIO]:
    """The file, or where it is a pipe a copy of it."""
    if file.seekable():
        yield file
        return
    with SpooledTemporaryFile(HELD) as copy:
        shutil.copyfileobj(file, copy)
        copy.seek(0)
        yield cast(BinaryIO, copy)


def check(archive: ZipFile, name: str) -> None:
    """Raise InputError if an archive is not what a document is."""
    members = archive.infolist()
    size = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members)
    if len(members) > MOST_MEMBERS:
        raise InputError(name, f"holds {len(members):,} files; is it a document?")
    if size > LARGEST or (size > HARMLESS and size > MOST_GROWTH * packed):
        raise InputError(name, f"would unpack {packed:,} bytes to {size:,}; not opened")
    if len({member.filename for member in members}) < len(members):
        raise InputError(name, "holds two files of one name; save it anew")
    for member in members:
        if OUTSIDE.search(member.filename):
            raise InputError(name, f"holds {member.filename!r}, outside of the archive; not opened")
        if member.flag_bits & 1:
            raise InputError(name, "is encrypted; save it without a password")


def check_content(archive: ZipFile, name: str) -> None:
    """Raise InputError if a member is damaged, so that it is told before any work is done."""
    with faults(name):
        if damaged := archive.testzip():
            raise BadZipFile(f"{damaged} in it")


def check_markup(archive: ZipFile, name: str) -> None:
    """
    Raise InputError if an XML file in an archive declares a document type.

    Office documents have none, and their readers may expand the entities it declares.
    """
    for member in archive.infolist():
        if member.filename.lower().endswith((".xml", ".rels", ".vml")):
            with faults(name), archive.open(member) as file:
                if declares_type(cast(BinaryIO, file)):
                    inside = f"{name}: {member.filename}"
                    raise InputError(inside, "declares a document type; not opened")


def declares_type(file: BinaryIO) -> bool:
    """Whether <!DOCTYPE stands before the first element."""
    parser = expat.ParserCreate("utf-8")
    found: list[bool] = []
    parser.StartDoctypeDeclHandler = lambda *_: found.append(True)
    parser.StartElementHandler = lambda *_: found.append(False)
    try:
        for chunk in in_utf8(file):
            parser.Parse(chunk, False)
            if found:
                return found[0]
    except (expat.ExpatError, ValueError, LookupError):
        # Whoever reads it will find the damage; what comes before it counts.
        pass
    return any(found)


def unpacked(file: BinaryIO, name: str) -> BinaryIO:
    """What a gzip file holds, as it is read; raises InputError then."""
    return io.BufferedReader(_Gunzip(file, name), CHUNK)  # type: ignore[type-var]


class _Gunzip(io.RawIOBase):
    def __init__(self, file: BinaryIO, name: str) -> None:
        self.packed, self.name = _Counted(file), name
        self.gzip = gzip.GzipFile(fileobj=self.packed, mode="rb")
        self.size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        with faults(self.name):
            piece = self.gzip.read(len(buffer))
        self.size += len(piece)
        if self.size > HARMLESS and self.size > MOST_GROWTH * self.packed.count:
            problem = f"unpacks {self.packed.count:,} bytes to more than {self.size:,}; not read on"
            raise InputError(self.name, problem)
        buffer[: len(piece)] = piece
        return len(piece)


class _Counted(io.RawIOBase):
    """Counts what is read of a file."""

    def __init__(self, file: BinaryIO) -> None:
        self.file, self.count = file, 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.count += len(piece)
        return piece


Filler = Callable[[BinaryIO, BinaryIO], None]


def pack(made: BinaryIO, file: BinaryIO, fillers: dict[str, Filler]) -> None:
    """
    Write the zip archive `made` again, the same whenever it was made.

    A filler copies the member of its name from the first file to the second, changing it. Members
    are not marked as large ones, at which Excel offers to repair the file; raises OutputError for
    one of over 2 GB, which no office program opens anyway.
    """
    with ZipFile(made) as old, ZipFile(file, "w", ZIP_DEFLATED, allowZip64=False) as new:
        for member in old.infolist():
            filler = fillers.get(member.filename, shutil.copyfileobj)
            try:
                with old.open(member) as source, new.open(entry(member.filename), "w") as target:
                    filler(cast(BinaryIO, source), cast(BinaryIO, target))
            except (RuntimeError, LargeZipFile) as error:
                problem = "would grow beyond what office programs open; write less to a file"
                raise OutputError(member.filename, problem) from error


def entry(name: str) -> ZipInfo:
    """A member without the time at which it was made."""
    info = ZipInfo(name, LONG_AGO)
    info.compress_type = ZIP_DEFLATED
    return info
