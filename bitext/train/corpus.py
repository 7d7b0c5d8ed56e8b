"""
Sentence pairs to train on: read, normalised, and sifted, with a count of what was left out.

Files are tab-separated (`source ⇥ target`, or `set ⇥ source ⇥ target`), plain or compressed by
xz or gzip, or TMX. A set is a kind of text; the recipe says how often each is passed over.
"""

import gzip
import lzma
import re
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from typing import Any, BinaryIO, cast

from bitext.errors import InputError
from bitext.formats import tmx
from bitext.text import normalise

SUFFIXES = (".tsv", ".tsv.xz", ".tsv.gz", ".tmx", ".tmx.gz")
# Bytes; a packed file could hold a line that no memory does.
LONGEST_LINE = 1_000_000
LETTER = re.compile(r"[^\W\d_]")
# europarl-1 and europarl-2 are one set in two files.
NUMBERED = re.compile(r"-\d+$")
# Common words of each language that the other does not have.
FRENCH = re.compile(r"\b(?:les|des|une|dans|avec|pour|est|qui|que|sur|nous|vous|pas|cette)\b")
ENGLISH = re.compile(r"\b(?:the|and|of|that|with|this|which|have|was|were|they|would|from)\b")
# What closing up French spaces did to English in data that others normalised: "his"wish.
TORN_QUOTE = re.compile(r"([.,!?]\")(?=[A-Za-z])")
TORN_PLURAL = re.compile(r"(?<=[a-z]s')(?=[a-z]{2})")


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and its translation, and the kind of text they come from."""

    set: str
    source: str
    target: str


@dataclass(slots=True)
class Sieve:
    """
    Passes pairs that are worth training on, each once.

    `kept_out` are texts that must never be trained on, of either side; `longest` counts
    characters of the source. `left_out` counts what was not passed, by reason.
    """

    kept_out: frozenset[bytes] = frozenset()
    longest: int = 600
    left_out: Counter[str] = field(default_factory=Counter)
    seen: set[bytes] = field(default_factory=set)

    def passed(self, pairs: Iterable[Pair]) -> Iterator[Pair]:
        for pair in pairs:
            clean = Pair(pair.set, normalised(pair.source), mended(normalised(pair.target)))
            if reason := self.fault(clean):
                self.left_out[reason] += 1
            else:
                yield clean

    def fault(self, pair: Pair) -> str:
        """Why a pair is left out; "" if it is not. Limits are those OpusFilter users start from."""
        source, target = pair.source, pair.target
        if not source or not target:
            return "empty"
        if len(source) > self.longest or len(target) > self.longest:
            return "long"
        short, long = sorted((len(source), len(target)))
        if long > 3 * short + 15:
            return "unequal"
        if not LETTER.search(source) or not LETTER.search(target):
            return "no letters"
        if source == target and len(source.split()) > 3:
            return "untranslated"
        if len(FRENCH.findall(target)) > 2 or len(ENGLISH.findall(source)) > 2:
            return "wrong language"
        if {mark_of(source), mark_of(target)} & self.kept_out:
            return "kept out"
        mark = mark_of(f"{source}\t{target}")
        if mark in self.seen:
            return "double"
        self.seen.add(mark)
        return ""


def normalised(text: str) -> str:
    return normalise(text).text


def mended(target: str) -> str:
    """
    English with the spaces that French rules took from it.

    >>> mended('"No,"he said of his parents\\'wish.')
    '"No," he said of his parents\\' wish.'
    """
    return TORN_PLURAL.sub(" ", TORN_QUOTE.sub(r"\1 ", target))


def mark_of(text: str) -> bytes:
    """Eight bytes that tell a text by its letters and digits alone."""
    bare = "".join(filter(str.isalnum, text.lower()))
    return blake2b(bare.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def marks(texts: Iterable[str]) -> frozenset[bytes]:
    """What a sieve needs to keep texts out; very short ones are in every corpus and pass."""
    return frozenset(mark_of(text) for text in texts if len(text.split()) > 3)


def files(sources: Iterable[Path]) -> list[Path]:
    """The corpus files in files and folders, in order; raises InputError where there are none."""
    found: list[Path] = []
    for source in sources:
        if source.is_dir():
            inside = sorted(p for p in source.iterdir() if p.name.endswith(SUFFIXES))
            if not inside:
                raise InputError(source, f"holds no corpus; it takes {', '.join(SUFFIXES)}")
            found += inside
        elif source.name.endswith(SUFFIXES):
            found.append(source)
        else:
            raise InputError(source, f"is no corpus; it takes {', '.join(SUFFIXES)}")
    return found


def read(path: Path) -> Iterator[Pair]:
    """The pairs of one file, as they stand there; a set is named by the file, less its number."""
    name = NUMBERED.sub("", path.name.split(".")[0])
    with opened(path) as file:
        if ".tmx" in path.suffixes:
            for unit in tmx.read(file, name=str(path)):
                yield Pair(name, unit.source, unit.target)
        else:
            yield from rows(file, str(path), name)


def rows(file: BinaryIO, path: str, name: str) -> Iterator[Pair]:
    lines = iter(lambda: file.readline(LONGEST_LINE + 1), b"")
    for number, raw in enumerate(lines, 1):
        if len(raw) > LONGEST_LINE:
            problem = f"is longer than {LONGEST_LINE:,} bytes; is a line end lost?"
            raise InputError(path, problem, line=number)
        try:
            cells = raw.decode("utf-8").rstrip("\r\n").split("\t")
        except UnicodeDecodeError as error:
            raise InputError(path, "not UTF-8; save it as UTF-8", line=number) from error
        if len(cells) not in (2, 3):
            problem = f"has {len(cells)} columns; it needs source and target, or set before them"
            raise InputError(path, problem, line=number)
        yield Pair(*cells) if len(cells) == 3 else Pair(name, *cells)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file, unpacked as it is read; raises InputError."""
    openers: dict[str, Any] = {".xz": lzma.open, ".gz": gzip.open}
    try:
        with openers.get(path.suffix, open)(path, "rb") as file:
            yield cast(BinaryIO, file)
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise InputError(path, f"cannot be read ({reason.lower()}); fetch it anew") from error
