"""File formats. A format is a module with `read` and `write`, which stream."""

from collections.abc import Callable, Iterable, Iterator
from io import BufferedReader
from typing import BinaryIO, Protocol

from bitext.formats.findings import Report
from bitext.registry import Registry
from bitext.units import TranslationUnit


class Format(Protocol):
    """
    What a format module offers.

    `name` is how messages call the file. `read` raises InputError with the line of the damage,
    and reports what is odd but can be read. `losses` says, in a few words each, what of a unit
    does not come back from a file of this format.
    """

    def read(
        self, file: BinaryIO, *, name: str = ..., report: Report = ...
    ) -> Iterator[TranslationUnit]: ...

    def write(
        self,
        units: Iterable[TranslationUnit],
        file: BinaryIO,
        *,
        signature: str,
        source_lang: str = ...,
        target_lang: str = ...,
    ) -> None: ...

    def losses(self, unit: TranslationUnit) -> Iterator[str]: ...


FORMATS: Registry[Format] = Registry(
    "format",
    {
        "csv": "bitext.formats.csv",
        "docx": "bitext.formats.docx",
        "html": "bitext.formats.html",
        "jsonl": "bitext.formats.jsonl",
        "moses": "bitext.formats.moses",
        "tmx": "bitext.formats.tmx",
        "tsv": "bitext.formats.tsv",
        "xliff": "bitext.formats.xliff",
        "xlsx": "bitext.formats.xlsx",
        "xliff2": "bitext.formats.xliff2",
    },
)


def reader(form: str) -> Callable[..., Iterator[TranslationUnit]]:
    """How units of a format are read by who will write them again: with all that they say."""
    module = FORMATS.get(form)
    whole: Callable[..., Iterator[TranslationUnit]] = getattr(module, "read_whole", module.read)
    return whole


def told(file: BufferedReader) -> Format:
    """The format of units or a memory by how it begins: TMX is XML, JSONL is not."""
    beginning = file.peek(64).lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    return FORMATS.get("tmx" if beginning.startswith(b"<") else "jsonl")
