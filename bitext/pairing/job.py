"""Align files and folders of files, and write what comes of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO

from bitext import review
from bitext.atomic import whole
from bitext.engines import Engine
from bitext.engines.opening import choose, open_engine
from bitext.errors import InputError, OutputError, UnknownName, reason
from bitext.formats import FORMATS
from bitext.glossary import Glossary
from bitext.pairing.files import find_pairs, read_pair, unpaired
from bitext.pairing.kept import Kept, read_kept
from bitext.pairing.pair import Options, Paired, pair
from bitext.runs import read_glossaries

Result = Paired | InputError

NO_MODEL = "none"
BEADS, PAGE = "beads", "html"


@dataclass(frozen=True, slots=True)
class Job:
    """
    What is to be aligned and how; plain data.

    `model` is "none" where nothing is to translate; `keep` is a file of beads that stay.
    """

    source: Path
    target: Path
    manifest: Path | None = None
    glossaries: tuple[Path, ...] = ()
    model: str = "auto"
    engine: str = "ct2"
    encoding: str = "utf-8"
    keep: Path | None = None
    options: Options = field(default_factory=Options)


@dataclass(frozen=True, slots=True)
class Started:
    """A job whose files are found and whose engine is ready; `lonely` files have no partner."""

    job: Job
    pairs: tuple[tuple[str, Path, Path], ...]
    lonely: tuple[str, ...]
    glossary: Glossary
    engine: Engine | None
    signature: str


def start(job: Job) -> Started:
    """Raises InputError for files, UnknownName and EngineError for the model."""
    from bitext import __version__

    found = find_pairs(job.source, job.target, job.manifest)
    lonely = [] if job.manifest else unpaired(job.source, job.target)
    entries, mark = read_glossaries(job.glossaries)
    engine, described = None, NO_MODEL
    if job.model != NO_MODEL:
        # Greedy translations are as good for comparing as those of a wide beam.
        choice = choose(job.engine, model=job.model, preset="fast")
        engine, described = open_engine(choice), choice.signature
    signature = f"bitext align:{__version__}|{described}|{mark}"
    return Started(job, tuple(found), tuple(lonely), Glossary(entries), engine, signature)


def run(started: Started) -> Iterator[tuple[str, Result]]:
    """
    The name of each pair and what came of it; of several, a bad one does not stop the rest.

    A single pair is aligned at once, so that nothing is written yet where it raises InputError.
    """
    kept = read_beads_to_keep(started)
    if len(started.pairs) == 1:
        [(name, source, target)] = started.pairs
        return iter([(name, aligned(started, name, source, target, kept))])
    return each(started, kept)


def read_beads_to_keep(started: Started) -> Kept | None:
    """The beads that stay; raises InputError where they do not tell for which pair."""
    path = started.job.keep
    if path is None:
        return None
    kept = read_kept(contents(path), str(path))
    names = [name for name, _, _ in started.pairs]
    if len(names) > 1 and kept.beads:
        problem = "its beads name no document, and there are several; keep those of JSONL"
        raise InputError(path, problem)
    if kept.places and not kept.places.keys() & set(names):
        if len(names) == len(kept.places) == 1:  # the text has another name by now
            return replace(kept, places=dict(zip(names, kept.places.values(), strict=True)))
        problem = f"has no unit of {names[0]}, but of {next(iter(kept.places))}; give its own file"
        raise InputError(path, problem)
    return kept


def each(started: Started, kept: Kept | None) -> Iterator[tuple[str, Result]]:
    for name, source, target in started.pairs:
        try:
            yield name, aligned(started, name, source, target, kept)
        except InputError as error:
            yield name, error


def aligned(started: Started, name: str, source: Path, target: Path, kept: Kept | None) -> Paired:
    job = started.job
    documents = read_pair(name, source, target, encoding=job.encoding, lines=job.options.lines)
    return pair(
        *documents,
        started.engine,
        started.glossary,
        kept=kept,
        options=job.options,
    )


def contents(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(path, f"cannot be read ({reason(error)}); check the name") from error


def write(
    found: Iterable[tuple[str, Paired]],
    file: BinaryIO,
    form: str,
    started: Started,
    *,
    least: float = 0.0,
) -> None:
    """
    Write beads ("beads"), the review page ("html") or a format of `bitext.formats`, as they come.

    Units less sure than `least` are left out, but not beads.
    """
    units = (unit for _, paired in found for unit in paired.sure(least))
    if form == BEADS:
        for _, paired in found:
            file.writelines(f"{line}\n".encode() for line in paired.bead_lines())
    elif form == PAGE:
        title = f"{started.job.source.name} – {started.job.target.name}"
        review.build(units, file, title=title, signature=started.signature)
    else:
        FORMATS.get(form).write(units, file, signature=started.signature)


def write_folder(found: Iterable[tuple[str, Paired]], folder: Path) -> None:
    """A file of beads for each pair; raises OutputError."""
    if str(folder) == "-":
        raise OutputError("-", "cannot take the beads of several texts; name a folder with --out")
    for name, paired in found:
        with whole(folder / f"{name}.{BEADS}") as file:
            file.writelines(f"{line}\n".encode() for line in paired.bead_lines())


def check_format(form: str) -> None:
    """Raises UnknownName for what cannot be written."""
    known = {BEADS, PAGE, *FORMATS.places()}
    if form not in known:
        raise UnknownName("format", form, known)
