"""
What a run keeps of each article while it goes on: one file an article, whole or not there.

A shard's first line says what it was made from; it is used again only if that is unchanged. Its
last line describes the article and holds a digest of all before it, so that damage is seen.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from bitext.atomic import part_of, writing
from bitext.errors import InputError
from bitext.formats import jsonl
from bitext.units import Document, Drop, TranslationUnit

CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Shard:
    """
    The units of one article on disk.

    Light enough to have one for each of 100,000 articles; what else is known of the article
    is read when asked for. `body` and `tail` are where its units begin and end in the file.
    """

    path: Path
    name: str
    signature: str
    segments: int
    seconds: float
    body: int
    tail: int

    def units(self) -> Iterator[TranslationUnit]:
        with self.path.open("rb") as file:
            yield from jsonl.read(file, name=str(self.path))

    def lines(self) -> Iterator[bytes]:
        """The bytes of the units, as the record of a run has them."""
        left = self.tail - self.body
        with self.path.open("rb") as file:
            file.seek(self.body)
            while left and (chunk := file.read(min(left, CHUNK))):
                left -= len(chunk)
                yield chunk

    def drops(self) -> tuple[Drop, ...]:
        """What of the article was not translated."""
        return tuple(Drop(**drop) for drop in self.about()["drops"])

    def metadata(self) -> dict[str, str]:
        return dict(self.about()["metadata"])

    def about(self) -> dict[str, Any]:
        with self.path.open("rb") as file:
            file.seek(self.tail)
            return jsonl.parse(file.readline(), str(self.path), 0)


def place(folder: Path, name: str) -> Path:
    """Where an article's shard lies: names may be long, or hold what a file system cannot."""
    return folder / f"{sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:24]}.jsonl"


class Writer:
    """
    Writes one shard as the units come; it exists only once `commit` has named it.

    Raises OutputError. `close` may be called at any time; uncommitted, it leaves nothing behind.
    """

    def __init__(self, folder: Path, document: Document, signature: str) -> None:
        self.path = place(folder, document.name)
        self.part = part_of(self.path)
        self.document = document
        self.signature = signature
        self.segments = 0
        self.seconds = 0.0
        self.digest = sha256()
        self.size = 0
        self.whole: Shard | None = None
        with writing(self.path):
            self.file = self.part.open("wb")
        head = BytesIO()
        jsonl.write((), head, signature=signature)
        self.write(head.getvalue())
        self.body = self.size

    def add(self, lines: bytes, segments: int, seconds: float) -> None:
        """So many more units, as lines of JSON, which took so long."""
        self.write(lines)
        self.segments += segments
        self.seconds += seconds

    def finish(self) -> Shard:
        """The whole shard, under its passing name."""
        tail = self.size
        about = {
            "name": self.document.name,
            "segments": self.segments,
            "seconds": round(self.seconds, 3),
            "drops": [asdict(drop) for drop in self.document.drops],
            "metadata": dict(self.document.metadata),
            "body": self.body,
            "tail": tail,
        }
        # Told from a unit by its first key; readers of units pass it over.
        self.write(jsonl.line({"bitext": "document"} | about | {"sha256": self.digest.hexdigest()}))
        with writing(self.path):
            self.file.close()
        seconds = round(self.seconds, 3)
        self.whole = Shard(
            self.part, self.document.name, self.signature, self.segments, seconds, self.body, tail
        )
        return self.whole

    def withdraw(self) -> None:
        """Take away the shard of this name that a former run has left."""
        with writing(self.path):
            self.path.unlink(missing_ok=True)

    def commit(self) -> Shard:
        """The finished shard under its own name."""
        # No fsync, which costs more than the work on many small articles: a shard that a power
        # cut has torn is told by its digest, and made anew.
        with writing(self.path):
            self.part.replace(self.path)
        assert self.whole is not None
        return replace(self.whole, path=self.path)

    def close(self) -> None:
        with suppress(OSError):
            self.file.close()
        self.part.unlink(missing_ok=True)

    def write(self, lines: bytes) -> None:
        self.digest.update(lines)
        self.size += len(lines)
        with writing(self.path):
            self.file.write(lines)


def opened(path: Path, signature: str) -> Shard | None:
    """The shard, if it is there, whole, undamaged, and made from the same; else None."""
    digest = sha256()
    try:
        with path.open("rb") as file:
            last = file.readline()
            if jsonl.parse(last, str(path), 1).get("signature") != signature:
                return None
            for line in file:
                digest.update(last)
                last = line
        about = jsonl.parse(last, str(path), 0)
        if about["sha256"] != digest.hexdigest():
            return None
        numbers = (about[key] for key in ("segments", "seconds", "body", "tail"))
        return Shard(path, about["name"], signature, *numbers)
    except (OSError, InputError, KeyError, TypeError):
        return None
