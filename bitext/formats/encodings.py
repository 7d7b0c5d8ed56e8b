"""Encodings that files are in, by the names that files, people and Python have for them."""

import codecs
from collections.abc import Iterator
from contextlib import suppress
from io import TextIOWrapper
from typing import BinaryIO

from bitext.errors import InputError

# Python's codecs that are no encodings of files.
NO_ENCODING = frozenset(
    {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "utf_7"}
)


def encoding_called(name: str) -> str:
    """
    Python's name of an encoding; raises LookupError if there is none of that name.

    >>> encoding_called("windows-1252")
    'cp1252'
    """
    try:
        encoding = codecs.lookup(name).name
        "".encode(encoding)  # raises LookupError for what codecs hold besides: zip, rot13
    except ValueError as error:  # a name with a zero byte, and "undefined"
        raise LookupError(f"unknown encoding: {name}") from error
    if encoding.replace("-", "_") in NO_ENCODING:
        raise LookupError(f"unknown encoding: {name}")
    return encoding


def decoded(content: bytes, name: str, encoding: str) -> str:
    """The text of a file; raises InputError with the file's name and the line of the damage."""
    try:
        return content.decode(encoding_called(encoding))
    except LookupError as error:
        raise InputError(name, f"no encoding called {encoding!r}; save it as UTF-8") from error
    except UnicodeError as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        problem = f"not {encoding.upper()}; save it as UTF-8 or give --encoding cp1252"
        raise InputError(name, problem, line=content.count(b"\n", 0, at) + 1) from error


def marked(file: BinaryIO) -> str:
    """The encoding of a text file by its first bytes: UTF-16 if these say so, else UTF-8."""
    mark = file.read(2)
    file.seek(-len(mark), 1)
    return "utf-16" if mark in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


def lines(file: BinaryIO, name: str) -> Iterator[tuple[int, str]]:
    """The lines of a text file with their numbers and ends; raises InputError."""
    decoded = in_utf16 if marked(file) == "utf-16" else in_utf8
    number = 0
    try:
        for number, line in enumerate(decoded(file), 1):
            yield number, line
    except UnicodeError as error:
        raise InputError(name, "not UTF-8; save it as UTF-8", line=number + 1) from error


def in_utf8(file: BinaryIO) -> Iterator[str]:
    for number, line in enumerate(file):
        yield line.decode("utf-8" if number else "utf-8-sig")


def in_utf16(file: BinaryIO) -> Iterator[str]:
    text = TextIOWrapper(file, "utf-16", newline="\n")
    try:
        yield from text
    finally:
        with suppress(ValueError):  # whoever stopped reading may have closed the file by now
            text.detach()
