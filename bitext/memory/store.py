"""A translation memory on disk, and its matches for a sentence."""

import json
import sqlite3
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bitext.errors import InputError
from bitext.memory.building import LONGEST, VERSION, storable
from bitext.memory.keys import BITS, Parts, canonical, features, key, parts
from bitext.memory.similarity import similarity
from bitext.memory.standing import rank
from bitext.units import TmMatch, TranslationUnit

# Postings read for one lookup, the rarest words first: enough for all words of most sentences.
MOST_POSTINGS = 60_000
# Candidates whose texts are read, and how many of these are compared word by word.
MOST_READ, MOST_COMPARED = 120, 12
# Bytes of the word counts.
COUNTS = 4 << BITS
# A match has not fewer words than this share of the sentence's, nor the sentence of its.
SIZE = 0.6


class Memory:
    """
    A built memory, open to be read; any number of processes may have it open.

    Raises InputError if the file is not a whole memory of this version.
    """

    def __init__(self, path: Path) -> None:
        import numpy as np

        self.path = path
        problem = "is not a translation memory; delete it"
        try:
            self.base = sqlite3.connect(
                f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
        except sqlite3.Error as error:
            raise InputError(path, problem) from error
        try:
            meta: dict[str, Any] = dict(self.base.execute("SELECT name, value FROM meta"))
            if meta["version"] != VERSION:
                raise KeyError("version")
            self.signature: str = meta["signature"]
            self.figures: Mapping[str, int] = json.loads(meta["figures"])
            unpacked = zlib.decompressobj().decompress(meta["counts"], COUNTS + 1)
            self.counts = np.frombuffer(unpacked, np.uint32)
            [(sizes,)] = self.base.execute("SELECT sizes FROM sizes")
            self.sizes = np.frombuffer(sizes, np.uint16)
            if len(unpacked) != COUNTS or not isinstance(self.figures["distinct"], int):
                raise ValueError("counts")
        except (sqlite3.Error, KeyError, ValueError, TypeError, zlib.error) as error:
            self.base.close()
            raise InputError(path, problem) from error

    def close(self) -> None:
        self.base.close()

    def __len__(self) -> int:
        return self.figures["distinct"]

    def units(self) -> Iterator[TranslationUnit]:
        """Every source once, with its best translation, in the order of the files."""
        query = "SELECT tuid, document, source, target, origin, status, score FROM unit ORDER BY id"
        for *texts, score in self.rows(query, kinds=(str,) * 6 + (float | None,)):
            tuid, document, source, target, origin, status = texts
            yield TranslationUnit(
                tuid, document, 0, 0, len(source), source, target, origin, status, score
            )

    def place_of(self, unit: TranslationUnit, file: int) -> int | None:
        """Where a unit of the file of that number stands in the memory; None if it does not."""
        query = "SELECT id, tuid, target, file FROM unit WHERE key = ?"
        own = (storable(unit.id), storable(unit.target), file)
        for row, *stored in self.rows(
            query, key(canonical(unit.source)), kinds=(int, str, str, int)
        ):
            return int(row) if tuple(stored) == own else None
        return None

    def best(self, source: str, *, least: int = 75) -> TmMatch | None:
        """The best match of at least that score: the same sentence, or the likest one."""
        return next(iter(self.matches(source, least=least, most=1)), None)

    def matches(self, source: str, *, least: int = 75, most: int = 5) -> list[TmMatch]:
        """The best matches of at least that score, best first."""
        plain = canonical(source)
        exact = self.exact(plain)
        if exact and most == 1:
            return [exact]
        return ([exact] if exact else []) + self.fuzzy(plain, least, most - bool(exact))

    def holds(self, source: str) -> bool:
        """Whether there is an exact match."""
        return self.exact(canonical(source)) is not None

    def exact(self, plain: str) -> TmMatch | None:
        """The unit whose source is the canonical text `plain`."""
        query = "SELECT source, target, document, origin, status FROM unit WHERE key = ?"
        for source, *rest in self.rows(query, key(plain), kinds=(str,) * 5):
            if canonical(source) == plain:  # two texts may share a key
                return TmMatch(source, rest[0], 100, *rest[1:])
        return None

    def rivals(self, source: str) -> list[str]:
        """Other translations that the same file has for this very source, of the same standing."""
        query = "SELECT target, rivals FROM unit WHERE key = ? AND rivals IS NOT NULL"
        for target, rivals in self.rows(query, key(canonical(source)), kinds=(str, str)):
            return [rival for rival in dict.fromkeys(rivals.split("\x1f")) if rival != target]
        return []

    def fuzzy(self, plain: str, least: int, most: int) -> list[TmMatch]:
        """The likest units that are not the same."""
        asked = parts(plain)
        near = self.nearest(plain, self.candidates(features(asked.words)))
        found = [
            TmMatch(source, target, score, *rest)
            for source, target, *rest in near
            if (score := compared(plain, asked, source)) >= least
        ]
        return sorted(found, key=lambda match: (-match.score, -rank(match)))[:most]

    def candidates(self, found: list[int]) -> list[int]:
        """Units that share the most of their rare words with a sentence of these words."""
        import numpy as np

        if len(found) >= LONGEST:
            return []
        read = []
        size = 0
        for feature in sorted(found, key=lambda f: (self.counts[f], f)):
            query = "SELECT units FROM posting WHERE word = ? ORDER BY part"
            read += [
                np.frombuffer(blob[: len(blob) // 4 * 4], np.uint32)
                for (blob,) in self.rows(query, feature, kinds=(bytes,))
            ]
            size = sum(map(len, read))
            if size > MOST_POSTINGS:
                break
        if not size:
            return []
        numbers, shared = np.unique(np.concatenate(read), return_counts=True)
        if numbers[-1] >= len(self.sizes):
            raise self.damage()
        sizes = self.sizes[numbers]
        fit = (sizes >= SIZE * len(found)) & (SIZE * sizes <= len(found))
        numbers, shared, sizes = numbers[fit], shared[fit], sizes[fit].astype(np.int64)
        # First those that share most, of these first those of the same length.
        value = shared * 64 - np.minimum(np.abs(sizes - len(found)), 63)
        if len(numbers) > MOST_READ:
            numbers = numbers[np.argpartition(-value, MOST_READ)[:MOST_READ]]
        return [int(number) for number in numbers]

    def rows(self, query: str, *values: int, kinds: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
        """What a query gives, as it comes; raises InputError where the file is damaged."""
        try:
            for row in self.base.execute(query, values):
                if not all(map(isinstance, row, kinds)):
                    raise self.damage()
                yield row
        except sqlite3.Error as error:
            raise self.damage() from error

    def damage(self) -> InputError:
        return InputError(self.path, "is damaged; delete it, and it is built anew")

    def nearest(self, plain: str, numbers: list[int]) -> list[tuple[Any, ...]]:
        """The rows of the candidates that a plain edit distance finds nearest."""
        from rapidfuzz import fuzz, process

        if not numbers:
            return []
        marks = ",".join(map(str, numbers))
        query = f"SELECT source, target, document, origin, status FROM unit WHERE id IN ({marks})"
        rows = list(self.rows(query, kinds=(str,) * 5))
        best = process.extract(
            plain, [row[0] for row in rows], scorer=fuzz.ratio, limit=MOST_COMPARED
        )
        return [rows[place] for _, _, place in best]


def compared(plain: str, asked: Parts, source: str) -> int:
    """The score of a stored source; nothing for the very text that is asked for."""
    other = canonical(source)
    return -1 if other == plain else similarity(asked, parts(other))
