"""
What a run keeps of each article while it goes on: one file an article, whole or not there.

A shard's first line says what it was made from; it is used again only if that is unchanged.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from bitext.errors import InputError, OutputError, reason
from bitext.formats import jsonl
from bitext.units import Document, Drop, TranslationUnit


@dataclass(frozen=True, slots=True)
class Shard:
    """The units of one article on disk, and what is known of the article."""

    path: Path
    name: str
    signature: str
    segments: int
    seconds: float
    drops: tuple[Drop, ...]
    metadata: dict[str, str]

    def units(self) -> Iterator[TranslationUnit]:
        with self.path.open("rb") as file:
            yield from jsonl.read(file, name=str(self.path))


def place(folder: Path, name: str) -> Path:
    """Where an article's shard lies: names may be long, or hold what a file system cannot."""
    return folder / f"{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}.jsonl"


def signature_of(run: str, document: Document) -> str:
    """Changes with the run's own signature and with the article's text."""
    text = "".join(document.paragraphs) + repr(document.drops)
    return f"{run}|text:{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"


def write(
    folder: Path, document: Document, signature: str, units: Iterable[TranslationUnit], seconds: Any
) -> Shard:
    """Write a shard; `seconds` is called at the end and says how long the units took."""
    path = place(folder, document.name)
    count = 0

    def counted() -> Iterator[TranslationUnit]:
        nonlocal count
        for unit in units:
            count += 1
            yield unit

    with whole(path) as file:
        jsonl.write(counted(), file, signature=signature)
        about = {
            "name": document.name,
            "segments": count,
            "seconds": round(seconds(), 3),
            "drops": [asdict(drop) for drop in document.drops],
            "metadata": dict(document.metadata),
        }
        # Told from a unit by its first key; readers of units pass it over.
        file.write(jsonl.line({"bitext": "document"} | about))
    return opened(path, signature)  # type: ignore[return-value]


def opened(path: Path, signature: str) -> Shard | None:
    """The shard, if it is there, whole, and made from the same; else None."""
    try:
        with path.open("rb") as file:
            head = jsonl.parse(file.readline(), str(path), 1)
            if head.get("signature") != signature:
                return None
            last = b""
            for line in file:
                last = line
        about = jsonl.parse(last, str(path), 0)
        drops = tuple(Drop(**drop) for drop in about["drops"])
        found = Shard(
            path,
            about["name"],
            signature,
            about["segments"],
            about["seconds"],
            drops,
            about["metadata"],
        )
        if sum(1 for _ in found.units()) != found.segments:
            return None
    except (OSError, InputError, KeyError, TypeError):
        return None
    return found


@contextmanager
def whole(path: Path) -> Iterator[BinaryIO]:
    """
    A file that exists under its name only once it is complete.

    Raises OutputError if it cannot be written.
    """
    part = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        remedy = "name a folder that can be written with --out"
        raise OutputError(path, f"cannot be written ({reason(error)}); {remedy}") from error
