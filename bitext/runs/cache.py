"""
Sentences that were translated before, on disk: an engine around an engine, and its SQLite file.

A sentence is known again by its text, all that the engine's signature names, and those terms
of the glossary that stand in it: a new glossary costs only the sentences that it concerns.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import replace
from hashlib import blake2b, sha256
from itertools import islice
from pathlib import Path

import msgspec

from bitext import __version__
from bitext.engines import Around, Engine, Request
from bitext.errors import InputError, reason
from bitext.units import Hypothesis

Row = tuple[bytes, str]

# SQLite takes no more than 999 values in a statement everywhere.
AT_ONCE = 500
# What SQLite answers if a file is not, or is no longer, a database of ours.
RUINED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
SQLITE = b"SQLite format 3\0"
PATIENCE = 30.0  # seconds that one waits for another process's writing


def check_ours(path: Path) -> None:
    """Raise InputError for a file that somebody named as the cache and that is something else."""
    problem = "is no cache of bitext, and would be overwritten; name another file"
    try:
        if not path.exists() or (path.is_file() and not path.stat().st_size):
            return
        with path.open("rb") as file:
            if file.read(len(SQLITE)) != SQLITE:
                raise InputError(path, problem)
    except OSError as error:
        raise InputError(path, f"cannot be read ({reason(error)}); name another file") from error
    with suppress(sqlite3.Error), closing(sqlite3.connect(path, timeout=PATIENCE)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        names = {name for (name,) in tables}
        columns = {row[1] for row in connection.execute("PRAGMA table_info(known)")}
        if names and not {"key", "value", "digest"} <= columns:
            raise InputError(path, problem)


class Cached(Around):
    """
    Translate by `engine` what is not known yet; a sentence that comes twice is translated once.

    `known` may be None. What was made is kept in `fresh`, as rows for `Cache.put`, until it is
    taken out by `taken`.
    """

    def __init__(self, engine: Engine, known: "Cache | None") -> None:
        super().__init__(engine)
        self.known = known
        self.scope = f"bitext:{__version__}|{engine.signature}"
        self.fresh: list[Row] = []
        self.reused = 0

    def translate(self, requests: Sequence[Request], *, n_best: int = 1) -> list[list[Hypothesis]]:
        """One hypothesis a request, whatever `n_best`."""
        keys = [key(self.scope, request) for request in requests]
        asked = dict(zip(keys, requests, strict=True))
        found = self.known.get(list(asked)) if self.known else {}
        missing = {k: request for k, request in asked.items() if k not in found}
        made = self.engine.translate(list(missing.values())) if missing else []
        new = {k: offered[0] for k, offered in zip(missing, made, strict=True)}
        self.fresh += [(k, to_text(hypothesis)) for k, hypothesis in new.items()]
        self.reused += len(requests) - len(new)
        found |= new
        return [[found[k]] for k in keys]

    def taken(self) -> tuple[tuple[Row, ...], int]:
        """What was made since this was last asked, and how many sentences were reused."""
        result = tuple(self.fresh), self.reused
        self.fresh, self.reused = [], 0
        return result


def key(scope: str, request: Request) -> bytes:
    """Names all that decides how a request is translated."""
    # A note is for people; all else of an entry may decide.
    terms = [replace(m, entry=replace(m.entry, note="")) for m in request.terms]
    plain = repr((scope, replace(request, terms=tuple(terms))))
    return sha256(plain.encode("utf-8", "surrogatepass")).digest()


def to_text(hypothesis: Hypothesis) -> str:
    # In ASCII, so that a lone surrogate does no harm.
    return json.dumps(msgspec.to_builtins(hypothesis))


def from_text(text: str) -> Hypothesis:
    """Raises ValueError for anything but what `to_text` made."""
    return msgspec.convert(json.loads(text), Hypothesis)


class Cache:
    """
    Hypotheses by key, in a SQLite file that several processes may read while one writes.

    It is a convenience, so that it never stops a run: a damaged row is a row that is not there,
    a damaged file is begun anew by the writer, and `trouble` then says so, once.
    """

    def __init__(self, path: Path, *, writer: bool = False) -> None:
        self.path = path
        self.writer = writer
        self.trouble = ""
        self.broken = False
        self.connection: sqlite3.Connection | None = None

    def get(self, keys: Sequence[bytes]) -> dict[bytes, Hypothesis]:
        """Those of the keys that are known."""
        found: dict[bytes, Hypothesis] = {}
        try:
            for some in chunks(keys, AT_ONCE):
                marks = ",".join("?" * len(some))
                query = f"SELECT key, value, digest FROM known WHERE key IN ({marks})"
                for k, value, mark in self.connected().execute(query, some):
                    with suppress(ValueError):
                        if digest(k, value) == mark:
                            found[k] = from_text(value)
        except sqlite3.Error as error:
            self.failed(error)
        return found

    def put(self, rows: Iterable[Row]) -> None:
        """Keep the rows; they are all there at once or not at all."""
        marked = [(k, value, digest(k, value)) for k, value in rows]
        if not marked or self.broken:
            return
        for _ in range(2):
            try:
                with self.connected() as connection:
                    connection.executemany("INSERT OR REPLACE INTO known VALUES (?, ?, ?)", marked)
                return
            except sqlite3.Error as error:
                self.failed(error)
                if self.broken:
                    return

    def connected(self) -> sqlite3.Connection:
        if self.connection is None:
            self.connection = sqlite3.connect(self.path, timeout=PATIENCE, check_same_thread=False)
            if self.writer:
                # Readers are not held up, and a kill at any moment leaves the file in order.
                self.connection.execute("PRAGMA journal_mode=WAL")
                self.connection.execute("PRAGMA synchronous=NORMAL")
                self.connection.execute(
                    "CREATE TABLE IF NOT EXISTS known "
                    "(key BLOB PRIMARY KEY, value TEXT, digest BLOB) WITHOUT ROWID"
                )
        return self.connection

    def check(self) -> None:
        """Look at the whole file, and begin it anew if it is damaged (0.3 s for 100 MB)."""
        try:
            [[answer]] = self.connected().execute("PRAGMA quick_check(1)").fetchall()
            if answer != "ok":
                raise sqlite3.DatabaseError(answer)
        except sqlite3.Error as error:
            self.failed(error)

    def failed(self, error: sqlite3.Error) -> None:
        """A reader does without what it cannot read; a writer begins anew, or does without."""
        self.close()
        if not self.writer:
            return
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
        if code in RUINED:
            self.trouble = f"{self.path}: the cache is damaged ({error}); it is begun anew"
            remove(self.path)
        else:
            self.trouble = f"{self.path}: the cache cannot be used ({error}); going on without it"
            self.broken = True

    def close(self) -> None:
        if self.connection is not None:
            with suppress(sqlite3.Error), closing(self.connection):
                self.connection = None


def digest(k: bytes, value: str) -> bytes:
    return blake2b(k + value.encode(), digest_size=8).digest()


def remove(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        with suppress(OSError):
            path.with_name(name).unlink()


def chunks(keys: Sequence[bytes], size: int) -> Iterator[list[bytes]]:
    source = iter(keys)
    while some := list(islice(source, size)):
        yield some
