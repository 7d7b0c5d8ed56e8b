"""
Build a translation memory: units into SQLite, each source once, with an index of rare words.

A match of 75 % shares most of its words, and so at least one of its rarest ones (prefix
filtering: Chaudhuri et al. 2006, Xiao et al. 2008). Only those are indexed, so that the lists
are short and a lookup reads a few of them, however large the memory is. What is held while
building does not grow with it: four megabytes of word counts and one part of the index.
"""

import json
import os
import sqlite3
import sys
import tempfile
import time
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path

from bitext.errors import OutputError, reason
from bitext.memory import codes
from bitext.memory.keys import BITS, canonical, features, key, parts
from bitext.memory.standing import rank
from bitext.text import words
from bitext.units import TranslationUnit

# Changes with what is stored, so that a memory built by another version is built anew.
VERSION = 3
# Postings held while building; each part of the index is written when it is full.
PART = 2_000_000
# Longer texts, in words, are found when they are the same, and not by likeness.
LONGEST = 400
LONGEST_BUILD = 24 * 3600  # seconds
# The share of its words that a match must have in common with a sentence, and how many of its
# rarest ones are indexed at most. On 20,000 sentences of Europarl and 300 others, half of them
# changed by a tenth to a quarter, these find each of the 145 best matches of 75 or more that
# comparing with every sentence finds.
SHARED, MOST_INDEXED = 0.6, 10

# Characters of the other translations of a source.
MOST_RIVALS = 4_000

SCHEMA = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value);
CREATE TABLE unit (
  id INTEGER PRIMARY KEY, key INTEGER UNIQUE, rank INTEGER, source TEXT, target TEXT, tuid TEXT,
  document TEXT, origin TEXT, status TEXT, score REAL, words BLOB, file INTEGER, rivals TEXT,
  codes TEXT
);
CREATE TABLE posting (
  word INTEGER, part INTEGER, units BLOB, PRIMARY KEY (word, part)
) WITHOUT ROWID;
CREATE TABLE sizes (part INTEGER PRIMARY KEY, sizes BLOB);
"""
# The first place of a source stays; its translation is the best one, of equals the last one, as
# in OmegaT. Those of one file that it wins over by its place only are kept beside it, for in many
# memories a source has several translations, and in bad ones some are of another sentence.
INSERT = f"""
INSERT INTO unit
  (key, rank, source, target, tuid, document, origin, status, score, words, file, codes)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET
  rivals = CASE
    WHEN excluded.rank > rank OR excluded.file > file THEN NULL
    WHEN excluded.target = target OR length(rivals) > {MOST_RIVALS} THEN rivals
    ELSE coalesce(rivals || char(31), '') || target
  END,
  rank = excluded.rank, source = excluded.source, target = excluded.target, tuid = excluded.tuid,
  document = excluded.document, origin = excluded.origin, status = excluded.status,
  score = excluded.score, file = excluded.file, codes = excluded.codes
WHERE excluded.rank >= rank
"""


def build(units: Iterable[TranslationUnit], path: Path) -> None:
    """Write the memory of the units to `path`, as `build_of`."""
    build_of([units], path)


def build_of(
    files: Iterable[Iterable[TranslationUnit]], path: Path, *, signature: str = ""
) -> None:
    """
    Write the memory of files of units to `path`, whole or not at all; raises OutputError.

    Later files win. Rejected units and those with a blank side are left out and counted.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sweep(path)
        # A name of its own: another process may be building the same memory.
        handle, part = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".part")
        os.close(handle)
        try:
            with closing(sqlite3.connect(part)) as base:
                fill(base, files, signature)
            Path(part).replace(path)
        finally:
            Path(part).unlink(missing_ok=True)
    except (OSError, sqlite3.OperationalError) as error:
        why = reason(error) if isinstance(error, OSError) else str(error)
        remedy = "name a folder that can be written with BITEXT_CACHE"
        raise OutputError(path, f"the memory cannot be written ({why}); {remedy}") from error


def sweep(path: Path) -> None:
    """
    Delete what builds that were killed have left beside `path`; none takes a day.

    Only what has the name of such a build: a folder may hold the downloads of others.
    """
    with suppress(OSError):
        for part in path.parent.glob(f"*{path.suffix}.{'[a-z0-9_]' * 8}.part"):
            if part.stat().st_mtime < time.time() - LONGEST_BUILD:
                part.unlink(missing_ok=True)


def fill(
    base: sqlite3.Connection, files: Iterable[Iterable[TranslationUnit]], signature: str
) -> None:
    base.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -32000;" + SCHEMA
    )
    figures: Counter[str] = Counter(units=0)
    counts = array("I", bytes(4 << BITS))
    for number, units in enumerate(files):
        base.executemany(INSERT, usable(units, number, figures, counts))
    index(base, counts)
    [(distinct, several)] = base.execute("SELECT count(*), count(rivals) FROM unit")
    figures.update({"distinct": distinct, "several translations": several})
    base.executemany(
        "INSERT INTO meta VALUES (?, ?)",
        [
            ("version", VERSION),
            ("signature", signature),
            ("figures", json.dumps(figures)),
            ("counts", zlib.compress(counts.tobytes(), 1)),
        ],
    )
    base.commit()


Row = tuple[object, ...]


def usable(
    units: Iterable[TranslationUnit], file: int, figures: Counter[str], counts: "array[int]"
) -> Iterator[Row]:
    """A row for each unit that can be reused, counting them and their words as they pass."""
    for unit in units:
        figures["units"] += 1
        figures[f"origin {unit.origin}"] += 1
        figures[f"status {unit.status}"] += 1
        if unit.status == "rejected":
            continue
        if not unit.source.strip() or not unit.target.strip():
            figures["blank"] += 1
            continue
        figures["source words"] += words(unit.source)
        figures["target words"] += words(unit.target)
        plain = canonical(unit.source)
        found = features(parts(plain).words)
        for feature in found:
            counts[feature] += 1
        yield (
            key(plain), rank(unit), storable(unit.source), storable(unit.target),
            storable(unit.id), storable(unit.document), unit.origin, unit.status, unit.score,
            array("I", found[:LONGEST]).tobytes(), file, codes.written(unit),
        )  # fmt: skip


def storable(text: str) -> str:
    """A lone surrogate is no character, and SQLite's UTF-8 cannot hold it."""
    return text.encode("utf-8", "replace").decode()


def index(base: sqlite3.Connection, counts: "array[int]") -> None:
    """Write which units each word is a rare one of, part by part, and how many words each has."""
    rows = base.execute("SELECT id, words FROM unit ORDER BY id")
    sizes = array("H", [0])  # SQLite counts rows from 1
    for part in range(1 << 30):
        held = array("Q")
        for number, blob in rows:
            found = array("I", blob)
            # Every id has a place, also those that a source met again left unused.
            sizes.extend([0] * (number + 1 - len(sizes)))
            sizes[number] = len(found)
            held.extend(feature << 32 | number for feature in rare(found, counts))
            if len(held) >= PART:
                break
        if not held:
            break
        base.executemany("INSERT INTO posting VALUES (?, ?, ?)", postings(held, part))
    base.execute("INSERT INTO sizes VALUES (0, ?)", (sizes.tobytes(),))


def rare(found: "array[int]", counts: "array[int]") -> Iterator[int]:
    """The rarest of a sentence's words: one of them at least is in any match that counts."""
    ordered = sorted(found, key=lambda feature: (counts[feature], feature))
    kept = len(found) - int(SHARED * len(found)) + 1
    return islice(ordered, min(kept, MOST_INDEXED) if len(found) < LONGEST else 0)


def postings(held: "array[int]", part: int) -> Iterator[tuple[int, int, bytes]]:
    """The units of each word, out of (word, unit) pairs in one integer each."""
    import numpy as np

    pairs = np.frombuffer(held, np.uint64)
    pairs.sort()
    halves = pairs.view(np.uint32).reshape(-1, 2)
    low = 0 if sys.byteorder == "little" else 1
    numbers, found = halves[:, low], halves[:, 1 - low]
    starts = np.flatnonzero(np.diff(found, prepend=found[0] + 1))
    for start, end in zip(starts, [*starts[1:], len(found)], strict=True):
        yield int(found[start]), part, numbers[start:end].tobytes()
