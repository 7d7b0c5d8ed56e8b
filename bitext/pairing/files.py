"""Which files belong together, and reading them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePath

from bitext import ingest
from bitext.errors import InputError, reason
from bitext.units import Document

LINE = re.compile(r"[^\n]*\n|[^\n]+")
# A language at the end of a name, or before its suffix: "a.fr", "a.fr.txt", "a_en.txt", "a-EN".
LANGUAGE = re.compile(r"[._-](?:fr|fra|fre|en|eng)(?:[_-]\w\w)?(?=\.\w+$|$)", re.IGNORECASE)
FRENCH = re.compile(r"[._-](?:fr|fra|fre)(?![a-z])", re.IGNORECASE)


def find_pairs(
    source: Path, target: Path, manifest: Path | None = None
) -> list[tuple[str, Path, Path]]:
    """
    Name, French file and English file of each pair, in order of name; raises InputError.

    Two files are a pair. Of two folders, files of one name are, whatever languages their names
    tell, or those that the manifest names: a French and an English one a line, a tab between.
    """
    if manifest is not None:
        return listed(manifest, source, target)
    if not source.is_dir() and not target.is_dir():
        return [(source.name, source, target)]
    for folder, other in ((source, target), (target, source)):
        if not folder.is_dir():
            problem = f"is no folder, but {other} is one; give two files or two folders"
            raise InputError(folder, problem)
    mine, theirs = named(source, french=True), named(target, french=False)
    common = sorted(mine.keys() & theirs.keys())
    if not common:
        problem = f"holds no file named like one in {target}; name them alike or give --manifest"
        raise InputError(source, problem)
    return [(name, mine[name], theirs[name]) for name in common]


def named(folder: Path, *, french: bool) -> dict[str, Path]:
    """A folder's files by their names without the language; those of the other one left out."""
    found: dict[str, Path] = {}
    for path in sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")):
        told = LANGUAGE.search(path.name)
        if told is None or bool(FRENCH.match(told[0])) == french:
            found.setdefault(LANGUAGE.sub("", path.name), path)
    return found


def unpaired(source: Path, target: Path) -> list[str]:
    """The files of two folders that have no counterpart."""
    if not (source.is_dir() and target.is_dir()):
        return []
    mine, theirs = named(source, french=True), named(target, french=False)
    return [str((mine | theirs)[name]) for name in sorted(mine.keys() ^ theirs.keys())]


def listed(manifest: Path, source: Path, target: Path) -> list[tuple[str, Path, Path]]:
    """The pairs of a manifest, whose names count from the two folders."""
    try:
        text = manifest.read_bytes()
    except OSError as error:
        raise InputError(manifest, f"cannot be read ({reason(error)}); check the name") from error
    rows: dict[str, tuple[str, Path, Path]] = {}
    for number, line in enumerate(ingest.decode(text, manifest, "utf-8").splitlines(), 1):
        cells = [cell.strip() for cell in line.split("\t")]
        if not line.strip() or line.startswith("#"):
            continue
        if len(cells) != 2 or not all(cells):
            raise InputError(manifest, "needs a French file, a tab, an English one", line=number)
        # Of a file outside the folder the name alone, for its beads go by it.
        french = PurePath(cells[0])
        inside = not french.is_absolute() and ".." not in french.parts
        name = str(french) if inside else french.name
        if name in rows:
            raise InputError(manifest, f"{name} is named twice; name each once", line=number)
        rows[name] = name, source / cells[0], target / cells[1]
    return list(rows.values())


def read_pair(
    name: str, source: Path, target: Path, *, encoding: str = "utf-8", lines: bool = False
) -> tuple[Document, Document]:
    """
    Both documents, boilerplate and all; raises InputError.

    With `lines` each line is a paragraph, so that its number counts from the head of the file.
    """
    french = read(source, name, "fr", encoding, lines)
    return french, read(target, target.name, "en", encoding, lines)


def read(path: Path, name: str, lang: str, encoding: str, lines: bool) -> Document:
    document = ingest.read(path, name, encoding=encoding, clean=False)
    document = replace(document, lang=lang)
    if not lines:
        return document
    # Places in paragraphs say nothing of lines.
    paragraphs = tuple(split_lines("".join(document.paragraphs)))
    return replace(document, paragraphs=paragraphs, drops=(), verbatim=(), headings=())


def split_lines(text: str) -> Iterator[str]:
    """Lines with their ends, as `wc` counts them."""
    return (found.group() for found in LINE.finditer(text))
