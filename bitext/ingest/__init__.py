"""Read articles: text files become documents, and what is no part of the article is set aside."""

import codecs
import os
from collections.abc import Container, Iterable
from dataclasses import replace
from pathlib import Path

from bitext import documents
from bitext.errors import InputError, reason
from bitext.ingest.boilerplate import drops
from bitext.ingest.lines import LINE_END, paragraphs
from bitext.units import Document

SUFFIXES = frozenset({".txt", ".text", *documents.FORMATS})

# What translators' tools exchange is no article: its markup must not be translated.
EXCHANGED = frozenset({".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff", ".po", ".pot", ".tmx"})

# A file of this size is a mistake or an attack, and would be held in memory more than once.
LARGEST = 64 * 1024 * 1024

EMPTY = "is empty; nothing to translate"

# Longer marks first: that of UTF-32 begins like that of UTF-16.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8-sig"),
)

WIDE = ("utf-16", "utf-32")
# Encodings of names of hosts, which Python lists among those of texts.
NO_TEXTS = {"idna", "punycode"}


def find(sources: Iterable[Path]) -> tuple[list[tuple[str, Path]], list[InputError]]:
    """
    The name and path of every article in files and folders (searched whole), in order of name,
    and what is wrong with the sources that give none.

    Names are paths below the folder given, or the file's name. Two files of one name are told
    apart by the folder they stand in.
    """
    found: dict[Path, tuple[Path, str]] = {}
    errors: list[InputError] = []
    for source in sources:
        try:
            for path, name in expand(source):
                found.setdefault(Path(os.path.realpath(path)), (path, name))
        except InputError as error:
            errors.append(error)
        except OSError as error:
            errors.append(unreadable(source, error))
    taken: dict[str, Path] = {}
    for resolved, (path, name) in found.items():
        taken[untaken(name, resolved, taken)] = path
    return sorted(taken.items()), errors


def untaken(name: str, path: Path, taken: Container[str]) -> str:
    """The name, with as many of the folders above it as make it the only one."""
    above = [part for part in path.parts if part != path.anchor][: -len(Path(name).parts)]
    while name in taken:
        name = f"{above.pop() if above else '_'}/{name}"
    return name


def expand(source: Path) -> list[tuple[Path, str]]:
    if source.is_dir():
        paths = sorted(p for p in source.rglob("*") if p.suffix.lower() in SUFFIXES)
        inside = [p for p in paths if p.is_file() and not hidden(p.relative_to(source))]
        if not inside:
            remedy = "name a folder of .txt, .html, .docx, .md or .srt files"
            raise InputError(source, f"holds no texts; {remedy}")
        return [(p, shown(p.relative_to(source).as_posix())) for p in inside]
    if not source.exists():
        raise InputError(source, "does not exist; name a text file or a folder of them")
    if not source.is_file():
        raise InputError(source, "is a pipe or device; give its text on standard input, as -")
    return [(source, shown(source.name))]


def shown(name: str) -> str:
    """A file's name as text that can be written; what is not UTF-8 in it becomes \ufffd."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def read(
    path: Path, name: str | None = None, *, encoding: str = "utf-8", clean: bool = True
) -> Document:
    """
    One article from a file, boilerplate set aside unless `clean` is False.

    Raises InputError if the file cannot be read, is empty, binary or not in `encoding`.
    """
    if path.suffix.lower() in EXCHANGED:
        raise InputError(path, "is no article; use bitext translate (XLIFF, PO) or --memory (TMX)")
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        raise unreadable(path, error) from error
    if len(raw) > LARGEST:
        raise InputError(path, f"is larger than {LARGEST // 1024**2} MB; split it")
    if documents.is_structured(path.name):
        return documents.read(raw, name or path.name, encoding=encoding, clean=clean)
    text = decode(raw, path, encoding)
    if not text.strip():
        raise InputError(path, EMPTY)
    return parse(text, name or path.name, clean=clean)


def unreadable(path: Path, error: OSError) -> InputError:
    return InputError(path, f"cannot be read ({reason(error)}); check the name")


def decode(raw: bytes, path: object, encoding: str, *, line: int = 1) -> str:
    """
    The text of a file, without the byte order mark, which says more than `encoding` does.

    `line` is the number of its first line, for the message of an InputError.
    """
    if not raw.strip():
        raise InputError(path, EMPTY)
    for mark, marked in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            encoding = marked
            break
    try:
        if (known := codecs.lookup(encoding).name) in NO_TEXTS:
            raise LookupError(known)
        text = raw.decode(encoding) if known.startswith(WIDE) or b"\0" not in raw else "\0"
        if "\0" in text:
            raise InputError(path, "is not a text file (it holds zero bytes); give plain text")
        return text
    except UnicodeDecodeError as error:
        raise undecodable(path, error, encoding.removesuffix("-sig"), line) from error
    except (LookupError, ValueError) as error:
        raise InputError(path, f"no encoding called {encoding!r}; try utf-8 or cp1252") from error


def is_wide(raw: bytes, encoding: str) -> bool:
    """Whether a text that begins so has two or four bytes for each letter."""
    if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        return True
    try:
        return codecs.lookup(encoding).name.startswith(WIDE)
    except LookupError:  # told where the text is decoded
        return False


def undecodable(path: object, error: UnicodeDecodeError, encoding: str, line: int) -> InputError:
    before = error.object[: error.start].decode(encoding, "ignore")
    known = codecs.lookup(encoding).name == "utf-8"
    remedy = "save it as UTF-8 or give --encoding cp1252" if known else "give another --encoding"
    return InputError(
        path,
        f"not {encoding.upper()} (byte 0x{error.object[error.start]:02X}); {remedy}",
        line=len(LINE_END.findall(before)) + line,
    )


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
