"""Run a job: hand its articles to the workers, write down what comes back, tell each step."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from errno import EEXIST, EISDIR, ENAMETOOLONG, ENOTDIR
from hashlib import sha256
from itertools import chain
from pathlib import Path
from threading import Event as Flag
from typing import BinaryIO

from bitext import __version__, ingest, memory
from bitext.atomic import locked, swept
from bitext.enforce import HELD
from bitext.engines.opening import choose
from bitext.errors import BitextError, EngineError, InputError, OutputError
from bitext.runs import outputs, pages, shards
from bitext.runs.cache import Cache, check_ours
from bitext.runs.events import (
    Advanced,
    Completed,
    Done,
    Event,
    Failed,
    Indexing,
    Noticed,
    Started,
    Stopped,
)
from bitext.runs.executors import EXECUTORS, Executor
from bitext.runs.job import Job, find_glossaries, find_references, prepared, read_glossaries
from bitext.runs.shards import Shard, Writer
from bitext.runs.sources import STDIN, STDIN_TEXT, gather
from bitext.runs.state import LOCK, STATE, Keeper
from bitext.runs.work import Article, Batch, Lost, Piece, Recipe, Task, windows
from bitext.units import Document

CACHE = "cache.sqlite"
# What the system says of one name; all else that it says of writing concerns the whole run.
OF_ONE_FILE = frozenset({ENAMETOOLONG, ENOTDIR, EISDIR, EEXIST})


def run(job: Job, *, stop: Flag | None = None, stdin: BinaryIO | None = None) -> Iterator[Event]:
    """
    Do a job, telling each step.

    A fault of one article is an event and the others go on; raises BitextError for what
    concerns the whole job: no source, an unusable glossary or model, no place to write, another
    run in the same folder. Once `stop` is set the run ends after what is in hand; the same job
    goes on from there. `stdin` is what the source "-" stands for.
    """
    glossaries = find_glossaries(job.places()) if job.glossaries is None else job.glossaries
    references = job.references or find_references(job.places())
    entries, mark = read_glossaries(glossaries)
    snippets = outputs.read_references(references)
    choice = choose(job.engine, model=job.model, preset=job.preset)
    factory = EXECUTORS.get(job.executor_name)
    with ExitStack() as held:
        if STDIN in job.sources:  # its text is kept in the run's folder
            held.enter_context(locked(prepared(job.out) / LOCK, job.out))
        found, wrong = gather(job.sources, job.manifest, job.out / STATE, stdin)
        # A run into the folder of its sources must not read what an earlier one wrote there.
        articles, alike = told_apart(a for a in found if not made_by(job.out, a.path))
        wrong += alike
        if not articles:
            raise wrong[0] if wrong else InputError("sources", "none given; name files or folders")
        folder = prepared(job.out)
        if STDIN not in job.sources:
            held.enter_context(locked(folder / LOCK, job.out))
        outputs.check_unreviewed(job.out)
        if job.cache:
            check_ours(job.cache)
        cache = held.enter_context(closing(Cache(job.cache or folder / CACHE, writer=True)))
        cache.check()
        if job.memories and not memory.is_built(job.memories):
            yield Indexing(job.memories)
        recall = memory.opened(job.memories) if job.memories else None
        recipe = Recipe(
            choice,
            tuple(entries),
            job.threads,
            cache.path if job.resume else None,
            job.memories,
            job.min_match,
        )
        executor = held.enter_context(closing(factory(recipe, job.jobs)))
        signature = f"bitext:{__version__}|{mark}|{choice.signature}|{HELD}"
        if recall:
            signature += f"|{memory.signature_of(recall, job.min_match)}"
        driver = Driver(job, folder / "shards", signature, executor, cache, stop or Flag())
        size = sum(article.size for article in articles)
        started = Started(len(articles), size, choice, glossaries, references, job.memories)
        about = outputs.Run(job.out, signature, choice, glossaries, references, snippets)
        yield from recorded(folder, chain([started], driver.events(about, articles, wrong)))


def recorded(folder: Path, events: Iterable[Event]) -> Iterator[Event]:
    """The events, while the folder says how far the run is."""
    keeper = Keeper(folder)
    try:
        for event in events:
            keeper.see(event)
            yield event
    except BitextError as error:
        keeper.progress.state, keeper.progress.error = "failed", str(error)
        raise
    finally:
        keeper.write()


@dataclass(frozen=True, slots=True)
class Waiting:
    """An article that is with a worker."""

    article: Article
    document: Document
    signature: str


class Driver:
    """Reads articles, has them translated, and writes each down as soon as it is whole."""

    def __init__(
        self,
        job: Job,
        folder: Path,
        signature: str,
        executor: Executor,
        cache: Cache,
        stop: Flag,
    ) -> None:
        self.job = job
        self.folder = folder
        self.signature = signature
        self.executor = executor
        self.cache = cache
        self.stop = stop
        self.waiting: dict[str, Waiting] = {}
        self.writers: dict[str, Writer] = {}
        self.finished: dict[str, Shard] = {}
        self.failures: list[Failed] = []

    def events(
        self, about: outputs.Run, articles: Sequence[Article], wrong: Sequence[InputError]
    ) -> Iterator[Event]:
        for error in wrong:
            yield self.failed(str(error).split(": ")[0], error)
        swept(self.folder)
        try:
            for window in windows(articles):
                if self.stop.is_set():
                    break
                yield from self.begun(window)
            yield from self.written(wait_for_all=True)
        finally:
            for writer in self.writers.values():
                writer.close()
        if self.stop.is_set():
            yield Stopped(len(articles) - len(self.finished) - len(self.failures) + len(wrong))
            return
        done = [self.finished[a.name] for a in articles if a.name in self.finished]
        yield Completed(outputs.write_all(about, done), tuple(self.failures))

    def begun(self, window: Iterable[Article]) -> Iterator[Event]:
        """Hand over what of a window is not done yet, and write what has come back meanwhile."""
        documents = []
        for article in window:
            try:
                found = self.read(article)
                if isinstance(found, Document):
                    documents.append(found)
                else:
                    yield found
            except (InputError, OutputError) as error:
                yield self.failed(article.name, of_one_file(error))
        if documents:
            self.executor.submit(Task(tuple(documents)))
            yield from self.written()

    def read(self, article: Article) -> Document | Done:
        """The article to be translated, or what is kept of it."""
        clean = not self.job.keep_boilerplate
        options = f"encoding:{self.job.encoding}|clean:{clean}"
        signature = f"{self.signature}|{options}|file:{digest(article.path)}"
        place = shards.place(self.folder, article.name)
        shard = shards.opened(place, signature) if self.job.resume else None
        if shard and outputs.has_translation(self.job.out, article.name):
            self.finished[article.name] = shard
            return Done(shard, article.size, True)
        document = ingest.read(article.path, article.name, encoding=self.job.encoding, clean=clean)
        if shard:
            self.write_translation(article, document, shard)
            self.finished[article.name] = shard
            return Done(shard, article.size, True)
        self.waiting[article.name] = Waiting(article, document, signature)
        return document

    def written(self, *, wait_for_all: bool = False) -> Iterator[Event]:
        """Write down what the workers give back."""
        for outcome in self.executor.results(wait_for_all=wait_for_all):
            if isinstance(outcome, Lost):
                for document in outcome.documents:
                    self.waiting.pop(document.name)
                    yield self.failed(document.name, lost(document, outcome.reason))
            else:
                yield from self.batch(outcome)
            if self.stop.is_set():
                self.executor.stop()

    def batch(self, batch: Batch) -> Iterator[Event]:
        # Before the articles: one that is half written when the run is killed is then made anew
        # of these very sentences.
        self.cache.put(batch.fresh)
        if self.cache.trouble:
            yield Noticed(self.cache.trouble)
            self.cache.trouble = ""
        if sentences := sum(piece.segments for piece in batch.pieces):
            yield Advanced(sentences, batch.reused)
        for piece in batch.pieces:
            if piece.document not in self.waiting:
                continue  # it could not be written
            try:
                self.write(piece)
                if piece.last:
                    yield self.done(piece.document)
            except (InputError, OutputError) as error:
                self.waiting.pop(piece.document)
                yield self.failed(piece.document, of_one_file(error))

    def write(self, piece: Piece) -> None:
        if piece.first:
            if old := self.writers.pop(piece.document, None):
                old.close()
            found = self.waiting[piece.document]
            self.writers[piece.document] = Writer(self.folder, found.document, found.signature)
        self.writers[piece.document].add(piece.lines, piece.segments, piece.seconds)

    def done(self, name: str) -> Done:
        writer, found = self.writers[name], self.waiting[name]
        # The translation first: where there is a shard, there is what was made of it. The shard of
        # a former run goes before, or a kill here would leave it beside another's translation.
        finished = writer.finish()
        writer.withdraw()
        self.write_translation(found.article, found.document, finished)
        shard = writer.commit()
        del self.writers[name], self.waiting[name]
        self.finished[name] = shard
        return Done(shard, found.article.size, False)

    def write_translation(self, article: Article, document: Document, shard: Shard) -> None:
        outputs.write_translation(self.job.out, document, shard, article.path, self.job.encoding)

    def failed(self, name: str, error: BitextError) -> Failed:
        if writer := self.writers.pop(name, None):
            writer.close()
        self.failures.append(Failed(name, error))
        return self.failures[-1]


def told_apart(articles: Iterable[Article]) -> tuple[list[Article], list[InputError]]:
    """Those whose translations get a file each, and what is wrong with the others."""
    found: dict[str, Article] = {}
    wrong = []
    for article in articles:
        first = found.setdefault(outputs.text_name(article.name), article)
        if first is not article:
            problem = f"would be translated into the same file as {first.path}; rename one"
            wrong.append(InputError(article.path, problem))
    return list(found.values()), wrong


def made_by(out: Path, path: Path) -> bool:
    """Whether a file is one of those that a run into `out` writes; its state holds stdin."""
    full, folder = (Path(os.path.realpath(p)) for p in (path, out))
    if not full.is_relative_to(folder):
        return False
    top, *inner = full.relative_to(folder).parts
    if inner:
        return top == outputs.TEXTS or (top == STATE and inner != [STDIN_TEXT])
    return top in outputs.FILES or pages.is_page(top)


def digest(path: Path) -> str:
    """Of the bytes of a file, as far as it is read; raises InputError."""
    try:
        with path.open("rb") as file:
            found = sha256()
            left = ingest.LARGEST + 1
            while left and (chunk := file.read(min(left, 1 << 20))):
                found.update(chunk)
                left -= len(chunk)
    except OSError as error:
        raise ingest.unreadable(path, error) from error
    return found.hexdigest()[:24]


def of_one_file(error: InputError | OutputError) -> BitextError:
    """The error, if it is about one file; else it is raised, for it concerns the run."""
    if isinstance(error, InputError):
        return error
    cause = error.__cause__
    if isinstance(cause, OSError) and cause.errno in OF_ONE_FILE:
        return error
    raise error


def lost(document: Document, why: str) -> EngineError:
    remedy = "please report it with the article"
    return EngineError(f"{document.name}: cannot be translated ({why}); {remedy}")
