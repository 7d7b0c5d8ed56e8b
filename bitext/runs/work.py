"""
The work of a run, in pieces that any executor can carry: plain frozen data in, plain data out.

A task is a window of documents, which share the engine's batches. Which documents share a window
depends on the sources alone. Of a window in which a run was killed only what is left is asked for
again, in batches of its own; where it was tried, with either engine, their scores had the digits
that they have in the whole window, so that such a run gave the very bytes of one that was not.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from bitext import memory, pipeline
from bitext.enforce import held
from bitext.engines import Engine
from bitext.engines.opening import Choice, open_engine
from bitext.formats import jsonl
from bitext.glossary import Glossary
from bitext.runs.cache import Cache, Cached, Row
from bitext.runs.recall import remembering
from bitext.units import Document, TermEntry, TranslationUnit

# Sentences that the engine is given at once. Half as many leave a second processor idle for a
# sixth of the time, since the engine cuts them into batches of 2,048 tokens for its threads.
BATCH = 512
# Bytes of text in a window: about two batches.
WINDOW = 128 * 1024


@dataclass(frozen=True, slots=True)
class Article:
    """A file that is to be translated; its name is the document's."""

    name: str
    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Recipe:
    """
    All that a worker needs to know beforehand, the same for every task.

    `cache` is read where the worker can reach it, and else done without; `memories` are translation
    memories, in which a match counts from a score of `min_match`.
    """

    choice: Choice
    entries: tuple[TermEntry, ...]
    threads: int = 0
    cache: Path | None = None
    memories: tuple[Path, ...] = ()
    min_match: int = memory.LEAST


@dataclass(frozen=True, slots=True)
class Task:
    """Documents that are translated together."""

    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """
    Finished units of one of a task's documents, as lines of JSON.

    A piece that is `first` begins the document, anew if there were pieces of it before; `last`
    ends it.
    """

    document: str
    lines: bytes
    segments: int
    seconds: float
    first: bool
    last: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """What was translated at once: pieces in the order of the text, and rows for the cache."""

    pieces: tuple[Piece, ...]
    fresh: tuple[Row, ...]
    reused: int


@dataclass(frozen=True, slots=True)
class Lost:
    """Documents that could not be done, and why; nobody but their authors can do about it."""

    documents: tuple[Document, ...]
    reason: str


class Worker:
    """Does tasks one after another; its engine is loaded once, for the first."""

    def __init__(self, recipe: Recipe) -> None:
        known = Cache(recipe.cache) if recipe.cache and recipe.cache.parent.is_dir() else None
        engine = open_engine(recipe.choice, threads=recipe.threads, wrap=held)
        self.cached = Cached(engine, known)
        self.glossary = Glossary(recipe.entries)
        self.engine: Engine = self.cached
        if recipe.memories:
            recall = memory.opened(recipe.memories)
            self.engine = remembering(self.cached, recall, recipe.min_match, self.glossary)

    def batches(self, task: Task) -> Iterator[Batch]:
        """The work of a task, a batch at a time."""
        names = [document.name for document in task.documents]
        reached = -1  # the document whose pieces came last
        begun = time.monotonic()
        translated = pipeline.translate_all(task.documents, self.engine, self.glossary, batch=BATCH)
        for done in translated:
            seconds, begun = time.monotonic() - begun, time.monotonic()
            weight = max(1, sum(len(unit.source) for _, unit in done))
            pieces: list[Piece] = []
            for number, group in groupby(done, key=lambda pair: pair[0]):
                units = [unit for _, unit in group]
                pieces += ends(names, reached, number)
                share = seconds * sum(len(unit.source) for unit in units) / weight
                begins = number > reached
                reached = number
                lines = to_lines(units)
                pieces.append(Piece(names[number], lines, len(units), share, begins, False))
            yield Batch(tuple(pieces), *self.cached.taken())
        yield Batch(tuple(ends(names, reached, len(names))), (), 0)

    def close(self) -> None:
        if self.cached.known:
            self.cached.known.close()


def ends(names: Sequence[str], reached: int, following: int) -> Iterator[Piece]:
    """What ends the documents before the one that follows, those without a sentence too."""
    if following > reached >= 0:
        yield Piece(names[reached], b"", 0, 0.0, False, True)
    for number in range(reached + 1, following):
        yield Piece(names[number], b"", 0, 0.0, True, True)


def to_lines(units: Iterable[TranslationUnit]) -> bytes:
    return b"".join(jsonl.line(unit) for unit in units)


def windows(articles: Iterable[Article], size: int = WINDOW) -> Iterator[list[Article]]:
    """
    The articles in order, as many at a time as make up a window.

    >>> a, b, c = (Article(name, Path(name), 80_000) for name in "abc")
    >>> [len(window) for window in windows([a, b, c])]
    [2, 1]
    """
    window: list[Article] = []
    for article in articles:
        window.append(article)
        if sum(each.size for each in window) >= size:
            yield window
            window = []
    if window:
        yield window
