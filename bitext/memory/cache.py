"""
Memories of files, built once: the same files, by content, open at once the next time.

They lie in the cache folder under the hash of what they were made from. Two processes that
build the same memory at once each build their own, and the last one's stays: they are equal. The
ten last used are kept.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO

from bitext.errors import InputError, reason
from bitext.formats import FORMATS, reader
from bitext.formats.archives import unpacked
from bitext.formats.findings import Report, unheard
from bitext.memory.building import VERSION, build_of
from bitext.memory.store import Memory
from bitext.models import cache_directory
from bitext.models.keeping import prune, used
from bitext.units import TranslationUnit

BLOCK = 1 << 20


def opened(paths: Sequence[Path], *, folder: Path | None = None) -> Memory:
    """
    The memory of some files (TMX, or units in another format we read), built if need be.

    Raises InputError for a file that cannot be read, OutputError if `folder`, or else the cache,
    cannot be written.
    """
    signature = signature_of(paths)
    place = place_of(signature, folder)
    try:
        memory = Memory(place)
    except InputError:  # not there, of another version, or damaged
        build_of((units_of([path]) for path in paths), place, signature=signature)
        memory = Memory(place)
        if folder is None:
            prune(place.parent, "*.sqlite")
    used(place)
    return memory


def is_built(paths: Sequence[Path], *, folder: Path | None = None) -> bool:
    """Whether a memory of these files lies ready."""
    return place_of(signature_of(paths), folder).exists()


def place_of(signature: str, folder: Path | None) -> Path:
    return (folder or cache_directory() / "memory") / f"{signature}.sqlite"


def signature_of(paths: Iterable[Path]) -> str:
    """A hash of the files' contents, in their order: later ones win over earlier ones."""
    digest = sha256(f"{VERSION}".encode())
    for path in paths:
        own = sha256(form_of(path).encode())
        if path.is_fifo():
            raise InputError(path, "is a pipe, and a memory is read twice; write it to a file")
        try:
            with path.open("rb") as file:
                while block := file.read(BLOCK):
                    own.update(block)
        except OSError as error:
            raise unreadable(path, error) from error
        digest.update(own.digest())
    return digest.hexdigest()[:16]


def units_of(
    paths: Iterable[Path], *, whole: bool = False, report: Report = unheard
) -> Iterator[TranslationUnit]:
    """The units of all files, as they are read, `whole` to be written again; raises InputError."""
    for path in paths:
        form = form_of(path)
        read = reader(form) if whole else FORMATS.get(form).read
        try:
            with source(path) as file:
                yield from read(file, name=str(path), report=report)
        except (OSError, EOFError, zlib.error) as error:
            raise unreadable(path, error) from error


@contextmanager
def source(path: Path) -> Iterator[BinaryIO]:
    """The content of a memory; one that unpacks out of all proportion is refused as it is read."""
    with path.open("rb") as file:
        yield unpacked(file, str(path)) if path.suffix.lower() == ".gz" else file


def form_of(path: Path) -> str:
    """
    The format that a file's name tells; what tells none is TMX.

    >>> form_of(Path("a.tmx.gz")), form_of(Path("out/units.jsonl")), form_of(Path("a.xml"))
    ('tmx', 'jsonl', 'tmx')
    """
    name = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    suffix = name.suffix.lower().removeprefix(".")
    return suffix if suffix in FORMATS.places() else "tmx"


def unreadable(path: Path, error: Exception) -> InputError:
    why = reason(error) if isinstance(error, OSError) else str(error).lower()
    return InputError(path, f"memory cannot be read ({why}); check --memory")
