"""What a run is given: files, folders, patterns, a list of files, and standard input."""

import glob
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from bitext import ingest
from bitext.atomic import whole
from bitext.errors import InputError, reason
from bitext.runs.work import Article

STDIN, STDIN_TEXT = Path("-"), "stdin.txt"


def gather(
    sources: Iterable[Path], manifest: Path | None, folder: Path, stdin: BinaryIO | None
) -> tuple[list[Article], list[InputError]]:
    """
    The articles in order of name, and what is wrong with the sources that give none.

    The text of `stdin` (the source "-") is kept in `folder`, so that it is read once. Raises
    InputError if the manifest cannot be read.
    """
    paths: list[Path] = []
    errors: list[InputError] = []
    for source in [*sources, *listed(manifest, stdin)]:
        try:
            paths += [spooled(folder, stdin)] if source == STDIN else expanded(source)
        except InputError as error:
            errors.append(error)
        except OSError as error:  # of a name that is too long to be one
            errors.append(ingest.unreadable(source, error))
    found, wrong = ingest.find(paths)
    articles = []
    for name, path in found:
        try:
            articles.append(Article(name, path, path.stat().st_size))
        except OSError as error:
            wrong.append(ingest.unreadable(path, error))
    return articles, errors + wrong


def expanded(source: Path) -> list[Path]:
    """The files that a pattern stands for; what exists under its very name is no pattern."""
    if source.exists() or not glob.has_magic(str(source)):
        return [source]
    # Path.glob takes no absolute pattern.
    found = sorted(glob.glob(str(source), recursive=True))  # noqa: PTH207
    inside = [path for path in map(Path, found) if path.is_file()]
    if not inside:
        raise InputError(source, "matches no file; put quotes around a pattern with **")
    return inside


def listed(manifest: Path | None, stdin: BinaryIO | None) -> Iterator[Path]:
    """
    The files that a manifest names, one a line, from its own folder or from the current one.

    Empty lines and those that begin with # are passed over.
    """
    if manifest is None:
        return
    try:
        from_stdin = manifest == STDIN and stdin is not None
        raw = stdin.read() if from_stdin and stdin else manifest.read_bytes()
    except OSError as error:
        raise InputError(manifest, f"cannot be read ({reason(error)}); check --manifest") from error
    folder = Path() if manifest == STDIN else manifest.parent
    for line in ingest.decode(raw, manifest, "utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield folder / line.strip()


def spooled(folder: Path, stdin: BinaryIO | None) -> Path:
    """Standard input as a file; it ends where `ingest` refuses a file for its size."""
    path = folder / STDIN_TEXT
    if stdin is None:
        raise InputError("-", "there is no standard input; name a file")
    with whole(path, durable=False) as file:
        left = ingest.LARGEST + 1
        while left and (chunk := stdin.read(min(left, 1 << 16))):
            file.write(chunk)
            left -= len(chunk)
    return path
