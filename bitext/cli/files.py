"""Files at the edge: `-` is standard input or output, and faults become one line."""

import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader
from itertools import chain
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, BinaryIO, cast

from bitext.errors import InputError, reason

if TYPE_CHECKING:
    from bitext.units import TranslationUnit


LINE_END = re.compile(r"\r?\n")


@contextmanager
def opened(name: str) -> Iterator[BufferedReader]:
    """A file to read; raises InputError."""
    if name == "-":
        yield cast(BufferedReader, sys.stdin.buffer)
        return
    try:
        file = Path(name).open("rb")  # noqa: SIM115 - closed below; only opening may fail here
    except OSError as error:
        raise InputError(name, f"cannot be read ({reason(error)}); check the name") from error
    with file:
        yield file


def source_text(name: str, encoding: str) -> str:
    """The whole of a text file."""
    from bitext.ingest import decode

    with opened(name) as file:
        return decode(file.read(), name, encoding)


def decoded_lines(file: BinaryIO, name: str, encoding: str) -> Iterator[str]:
    """The lines of a text file as they come, without their ends."""
    from bitext.ingest import decode, is_wide

    first = file.readline()
    if is_wide(first, encoding):
        # A byte that ends a line elsewhere is half a character here. Such files are rare, and
        # small: the whole at once.
        text = decode(first + file.read(), name, encoding)
        yield from LINE_END.split(text.removesuffix("\n").removesuffix("\r"))
        return
    for number, line in enumerate(chain([first] if first else (), file), 1):
        bare = line.rstrip(b"\r\n")
        yield decode(bare, name, encoding, line=number) if bare.strip() else ""


@contextmanager
def local_copy(name: str) -> Iterator[Path]:
    """A path to read more than once; of standard input a copy, which is gone afterwards."""
    if name != "-":
        yield Path(name)
        return
    with NamedTemporaryFile(suffix=".jsonl") as copy:
        shutil.copyfileobj(sys.stdin.buffer, copy)
        copy.flush()
        yield Path(copy.name)


@contextmanager
def target_file(name: str) -> Iterator[BinaryIO]:
    """A file to write, whole or not at all; raises OutputError."""
    from bitext.atomic import whole

    if name == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    with whole(Path(name)) as file:
        yield file


# Other suffixes of a format.
SUFFIXES = {"jsonlines": "jsonl"} | dict.fromkeys(("xlf", "sdlxliff", "mqxliff", "mxliff"), "xliff")


def format_of(name: str) -> str:
    """The format that a file's suffix names; JSONL where it names none."""
    from bitext.formats import FORMATS

    suffix = Path(name).suffix.lower().removeprefix(".")
    form = SUFFIXES.get(suffix, suffix)
    return form if form in FORMATS.places() else "jsonl"


def read_units(name: str, file: BinaryIO) -> Iterator["TranslationUnit"]:
    """The units of a file; a .tsv without our header holds bare pairs."""
    from bitext.formats import pairs, reader, tsv
    from bitext.formats.encodings import lines

    form = format_of(name)
    if form == "tsv":
        first = next((line for _, line in lines(file, name)), "").rstrip("\r\n")
        file.seek(0)
        if tuple(first.split("\t")) != tsv.COLUMNS:
            return pairs.read(file, name=name)
    return reader(form)(file, name=name)
