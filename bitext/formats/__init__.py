"""File formats. A format is a module with `read` and `write`, which stream."""

from collections.abc import Iterable, Iterator
from io import BufferedReader
from typing import BinaryIO, Protocol

from bitext.registry import Registry
from bitext.units import TranslationUnit


class Format(Protocol):
    """
    What a format module offers.

    `name` is how messages call the file. `read` raises InputError with the line of the damage.
    """

    def read(self, file: BinaryIO, *, name: str = ...) -> Iterator[TranslationUnit]: ...

    def write(
        self, units: Iterable[TranslationUnit], file: BinaryIO, *, signature: str
    ) -> None: ...


FORMATS: Registry[Format] = Registry(
    "format",
    {
        "jsonl": "bitext.formats.jsonl",
        "tmx": "bitext.formats.tmx",
        "tsv": "bitext.formats.tsv",
    },
)


def told(file: BufferedReader) -> Format:
    """The format of units or a memory by how it begins: TMX is XML, JSONL is not."""
    beginning = file.peek(64).lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    return FORMATS.get("tmx" if beginning.startswith(b"<") else "jsonl")
