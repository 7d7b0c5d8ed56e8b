"""
A batch run: a folder of articles in, translations, TMX, report, scores and review page out.

`run` yields events and draws nothing. Each article is finished on its own and kept
(`shards`), so that a run killed at any moment goes on where it stopped; the files that hold
all articles are made at the end.
"""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from bitext import __version__, ingest, memory, pipeline
from bitext.enforce import STRATEGIES, Enforced
from bitext.engines import Engine
from bitext.engines.opening import Choice, choose, open_engine
from bitext.errors import BitextError, InputError, OutputError, reason
from bitext.glossary import SUFFIXES, Glossary, read
from bitext.runs import outputs, shards
from bitext.segment import split
from bitext.units import TermEntry, TranslationUnit

STATE = ".bitext"


@dataclass(frozen=True, slots=True)
class Job:
    """
    What to do, as plain data.

    `glossaries` and `references` of None mean: those that lie beside the sources
    (`find_glossaries`, `find_references`). `memories` are translation memories, in which a match
    counts from a score of `min_match`.
    """

    sources: tuple[Path, ...]
    out: Path
    glossaries: tuple[Path, ...] | None = None
    references: Path | None = None
    engine: str = "ct2"
    model: str = "auto"
    preset: str = "best"
    encoding: str = "utf-8"
    keep_boilerplate: bool = False
    resume: bool = True
    threads: int = 0
    memories: tuple[Path, ...] = ()
    min_match: int = memory.LEAST


@dataclass(frozen=True, slots=True)
class Indexing:
    """A translation memory is being built, which takes a while for a large one."""

    memories: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Started:
    """What will be done, and with what."""

    documents: int
    choice: Choice
    glossaries: tuple[Path, ...]
    references: Path | None
    memories: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """An article is read, and cut into so many sentences."""

    document: str
    segments: int


@dataclass(frozen=True, slots=True)
class Advanced:
    """One more sentence is done."""

    document: str


@dataclass(frozen=True, slots=True)
class Done:
    """An article is finished; `kept` if an earlier run had done it."""

    shard: shards.Shard
    kept: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """An article could not be done; the rest goes on."""

    document: str
    error: BitextError


@dataclass(frozen=True, slots=True)
class Completed:
    """Everything is written."""

    summary: outputs.Summary
    failures: tuple[Failed, ...] = field(default=())


Event = Indexing | Started | Opened | Advanced | Done | Failed | Completed


def run(job: Job) -> Iterator[Event]:
    """
    Do a job, telling each step.

    A fault of one article is an event and the others go on; raises BitextError for what
    concerns the whole job: no source, an unusable glossary or model, no place to write.
    """
    found, wrong = ingest.find(job.sources)
    # A run into the folder of its sources must not read what an earlier one wrote there.
    articles = [(name, path) for name, path in found if not inside(path, job.out)]
    glossaries = find_glossaries(job.sources) if job.glossaries is None else job.glossaries
    references = job.references or find_references(job.sources)
    entries, glossary_mark = read_glossaries(glossaries)
    snippets = outputs.read_references(references)
    choice = choose(job.engine, model=job.model, preset=job.preset)
    if not articles:
        raise wrong[0] if wrong else InputError("sources", "none given; name files or folders")
    folder = prepared(job.out)
    if job.memories and not memory.is_built(job.memories):
        yield Indexing(job.memories)
    recall = memory.opened(job.memories) if job.memories else None
    yield Started(len(articles), choice, glossaries, references, job.memories)

    failures = [Failed(str(error).split(": ")[0], error) for error in wrong]
    yield from failures
    mark = f"bitext:{__version__}|{glossary_mark}"
    work = Work(job, choice, Glossary(entries), mark, folder, recall)
    finished: list[shards.Shard] = []
    for name, path in articles:
        try:
            yield from work.article(name, path, finished)
        except InputError as error:
            failures.append(Failed(name, error))
            yield failures[-1]
    run_of = outputs.Run(job.out, work.signature, choice, glossaries, references, snippets)
    yield Completed(outputs.write_all(run_of, finished), tuple(failures))


class Work:
    """Does one article after another; the engine is loaded for the first that needs it."""

    def __init__(
        self,
        job: Job,
        choice: Choice,
        glossary: Glossary,
        mark: str,
        folder: Path,
        recall: memory.Memory | None = None,
    ) -> None:
        self.job = job
        self.choice = choice
        self.glossary = glossary
        self.folder = folder
        self.recall = recall
        self.signature = f"{mark}|{choice.signature}|terms:{','.join(STRATEGIES)}"
        if recall:
            self.signature += f"|{memory.signature_of(recall, job.min_match)}"
        self.engine: Engine | None = None

    def article(self, name: str, path: Path, finished: list[shards.Shard]) -> Iterator[Event]:
        document = ingest.read(
            path, name, encoding=self.job.encoding, clean=not self.job.keep_boilerplate
        )
        signature = shards.signature_of(self.signature, document)
        place = shards.place(self.folder, name)
        shard = shards.opened(place, signature) if self.job.resume else None
        kept = shard is not None
        if shard is None:
            units: list[TranslationUnit] = []
            begun = time.monotonic()
            yield Opened(name, sum(1 for _ in split(document)))
            for unit in pipeline.translate(document, self.ready(), self.glossary):
                units.append(unit)
                yield Advanced(name)
            shard = shards.write(
                self.folder, document, signature, units, lambda: time.monotonic() - begun
            )
        outputs.write_translation(self.job.out, document, shard, path, self.job.encoding)
        finished.append(shard)
        yield Done(shard, kept)

    def ready(self) -> Engine:
        if self.engine is None:
            self.engine = open_engine(self.choice, threads=self.job.threads, wrap=Enforced)
            if self.recall:
                self.engine = remembering(
                    self.engine, self.recall, self.job.min_match, self.glossary
                )
        return self.engine


def remembering(
    engine: Engine, recall: memory.Memory, least: int, glossary: Glossary
) -> memory.Remembering:
    """The engine behind the memory: outside of all else, so that a sentence is looked up whole."""
    return memory.Remembering(engine, recall, least=least, terms_of=glossary.match)


def prepared(out: Path) -> Path:
    """The folder for the run's own state, made if need be; raises OutputError."""
    folder = out / STATE / "shards"
    if out.exists() and not out.is_dir():
        raise OutputError(out, "is a file; name a folder with --out")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        remedy = "name a folder that can be written with --out"
        raise OutputError(out, f"cannot be written ({reason(error)}); {remedy}") from error
    return folder


def inside(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def find_glossaries(sources: Iterable[Path]) -> tuple[Path, ...]:
    """Every glossary in a folder glossary/ in the folders of the sources, or else beside them."""
    found: dict[Path, None] = {}
    for base in folders(sources):
        for folder in (base / "glossary", base.parent / "glossary"):
            if inside := sorted(p for p in folder.glob("*.*") if p.suffix.lower() in SUFFIXES):
                found |= dict.fromkeys(inside)
                break
    return tuple(found)


def find_references(sources: Iterable[Path]) -> Path | None:
    """references.tsv in the folder of the first source that has one."""
    places = (base / "references.tsv" for base in folders(sources))
    return next((place for place in places if place.is_file()), None)


def folders(sources: Iterable[Path]) -> Iterator[Path]:
    for source in sources:
        yield source.resolve() if source.is_dir() else source.resolve().parent


def read_glossaries(paths: Iterable[Path]) -> tuple[list[TermEntry], str]:
    """All entries, and a mark that changes with them."""
    entries: list[TermEntry] = []
    for path in paths:
        entries += read(path)
    digest = sha256(repr(entries).encode()).hexdigest()[:12]
    return entries, f"glossary:{digest if entries else 'none'}"
