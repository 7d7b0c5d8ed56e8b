"""Read articles: text files become documents, and what is no part of the article is set aside."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from bitext.errors import InputError
from bitext.ingest.boilerplate import drops
from bitext.units import Document

SUFFIXES = frozenset({".txt", ".text"})

# A file of this size is a mistake or an attack, and would be held in memory more than once.
LARGEST = 64 * 1024 * 1024

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
ENDS = re.compile(r"[.!?…:;»”\")\]]\s*$")


def find(sources: Iterable[Path]) -> tuple[list[tuple[str, Path]], list[InputError]]:
    """
    The name and path of every article in files and folders (searched whole), in order of name,
    and what is wrong with the sources that give none.

    Names are paths below the folder given, or the file's name. Two files of one name are told
    apart by the folder they stand in.
    """
    found: dict[Path, str] = {}
    errors: list[InputError] = []
    for source in sources:
        try:
            for path, name in expand(source):
                found.setdefault(path.resolve(), name)
        except InputError as error:
            errors.append(error)
    taken: dict[str, Path] = {}
    for path, name in found.items():
        unique = name
        for parent in path.parent.parts[::-1]:
            if unique not in taken:
                break
            unique = f"{parent}/{unique}" if parent != path.anchor else f"_/{unique}"
        taken[unique] = path
    return sorted(taken.items()), errors


def expand(source: Path) -> list[tuple[Path, str]]:
    if source.is_dir():
        paths = sorted(p for p in source.rglob("*") if p.suffix.lower() in SUFFIXES)
        inside = [p for p in paths if p.is_file() and not hidden(p.relative_to(source))]
        if not inside:
            raise InputError(source, "holds no .txt files; name a folder of articles")
        return [(p, p.relative_to(source).as_posix()) for p in inside]
    if not source.exists():
        raise InputError(source, "does not exist; name a text file or a folder of them")
    return [(source, source.name)]


def hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def read(
    path: Path, name: str | None = None, *, encoding: str = "utf-8", clean: bool = True
) -> Document:
    """
    One article from a text file, boilerplate set aside unless `clean` is False.

    Raises InputError if the file cannot be read, is empty, binary or not in `encoding`.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise InputError(path, "is larger than 64 MB; split it")
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputError(path, f"cannot be read ({reason.lower()})") from error
    return parse(decode(raw, path, encoding), name or path.name, clean=clean)


def decode(raw: bytes, path: object, encoding: str) -> str:
    """The text of a file; UTF-16 is known by its byte order mark."""
    if not raw.strip():
        raise InputError(path, "is empty; nothing to translate")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif b"\0" in raw:
        raise InputError(path, "is not a text file (it holds zero bytes); give plain text")
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        bad = raw[error.start]
        problem = f"not {encoding.upper()} (byte 0x{bad:02X})"
        remedy = "save it as UTF-8 or give --encoding cp1252"
        raise InputError(path, f"{problem}; {remedy}", line=line) from error
    except LookupError as error:
        raise InputError(path, f"no encoding called {encoding!r}; try utf-8 or cp1252") from error


def parse(text: str, name: str, *, clean: bool = True) -> Document:
    """
    A document from text; `"".join(paragraphs)` is that text.

    >>> parse("Titre\\n\\nUn texte.\\n", "a").paragraphs
    ('Titre\\n\\n', 'Un texte.\\n')
    """
    document = Document(name, "fr", tuple(paragraphs(text)))
    if not clean:
        return document
    found, metadata = drops(document.paragraphs)
    return replace(document, drops=found, metadata=metadata)


def paragraphs(text: str) -> Iterator[str]:
    """Lines, or blocks of lines where a text was wrapped to a width; blank lines go along."""
    block: list[str] = []
    blank = ""
    for line in LINE.findall(text):
        if not line.strip():
            blank += line
            continue
        if block and blank:
            yield from closed(block, blank)
            block, blank = [], ""
        block.append(blank + line)
        blank = ""
    if block:
        yield from closed(block, blank)
    elif blank:
        yield blank


def closed(block: list[str], blank: str) -> Iterator[str]:
    block[-1] += blank
    if wrapped(block):
        yield "".join(block)
    else:
        yield from block


def wrapped(lines: list[str]) -> bool:
    """
    Whether the lines were broken to fit a width.

    Such lines are all but the last of nearly one length, and most of them end in mid-sentence.
    """
    full = [line.rstrip() for line in lines[:-1]]
    if not full or max(map(len, full)) > 120 or min(map(len, full)) < 45:
        return False
    return sum(not ENDS.search(line) for line in full) * 2 > len(full)
