"""What a run is asked to do, the files that lie beside its sources, and its folder."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bitext import memory
from bitext.atomic import REMEDY
from bitext.errors import OutputError, reason
from bitext.glossary import SUFFIXES, read
from bitext.runs.state import STATE
from bitext.units import TermEntry


@dataclass(frozen=True, slots=True)
class Job:
    """
    What to do, as plain data.

    `sources` are files, folders, patterns, or "-" for standard input; `manifest` lists more.
    `glossaries` and `references` of None mean: those that lie beside the sources
    (`find_glossaries`, `find_references`). `jobs` of 0 means one for each processor where the
    executor has several; `executor` of "" means processes if several jobs are asked for.
    `cache` of None is a file in the run's own folder. `memories` are translation memories, in
    which a match counts from a score of `min_match`.
    """

    sources: tuple[Path, ...]
    out: Path
    manifest: Path | None = None
    glossaries: tuple[Path, ...] | None = None
    references: Path | None = None
    engine: str = "ct2"
    model: str = "auto"
    preset: str = "best"
    encoding: str = "utf-8"
    keep_boilerplate: bool = False
    resume: bool = True
    threads: int = 0
    jobs: int = 0
    executor: str = ""
    cache: Path | None = None
    memories: tuple[Path, ...] = ()
    min_match: int = memory.LEAST

    @property
    def executor_name(self) -> str:
        return self.executor or ("processes" if self.jobs > 1 else "serial")

    def places(self) -> tuple[Path, ...]:
        """The sources and the manifest, beside which glossaries and references are sought."""
        given = (*self.sources, self.manifest) if self.manifest else self.sources
        return tuple(place for place in given if str(place) != "-")


def prepared(out: Path) -> Path:
    """The folder for the run's own state, made if need be; raises OutputError."""
    folder = out / STATE
    if out.exists() and not out.is_dir():
        raise OutputError(out, "is a file; name a folder with --out")
    try:
        (folder / "shards").mkdir(parents=True, exist_ok=True)
        probe = folder / ".probe"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise OutputError(out, f"cannot be written ({reason(error)}); {REMEDY}") from error
    return folder


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
        try:
            full = Path(os.path.realpath(source))
            base = full if source.is_dir() else full.parent
            while not base.is_dir() and base != base.parent:  # a pattern
                base = base.parent
        except OSError:  # a name too long to be one, which is told when it is read
            continue
        yield base


def read_glossaries(paths: Iterable[Path]) -> tuple[list[TermEntry], str]:
    """All entries, and a mark that changes with them."""
    entries: list[TermEntry] = []
    for path in paths:
        entries += read(path)
    digest = sha256(repr(entries).encode()).hexdigest()[:12]
    return entries, f"glossary:{digest if entries else 'none'}"
