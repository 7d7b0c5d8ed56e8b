"""
Documents with a structure: HTML, docx, Markdown, subtitles. Their texts are translated, and
everything else of the file stays where it is.

A format parses a file into a layout: the texts in it, each with its formatting as inline codes,
and how to write the file again with other texts in their places.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module
from pathlib import PurePath
from typing import Protocol

from bitext.errors import InputError
from bitext.inline import Code, Marked, joined, placed
from bitext.units import Document, Drop, Place, TranslationUnit

Pieces = Sequence[str | Code]
# By suffix, the module that parses; each is loaded for the first file of its kind.
FORMATS = {
    ".html": "html", ".htm": "html", ".xhtml": "html", ".docx": "docx",
    ".md": "markdown", ".markdown": "markdown", ".srt": "srt",
}  # fmt: skip
# With the space that a closing quotation mark would lose.
ARROW = re.compile(r"[«‹]|(?<!\s)\s?[»›]")
# A longer text with one guillemet is a paragraph of a long quotation.
MOST_WORDS = 6
# It is held in memory several times over.
LARGEST = 64 * 1024 * 1024


class Layout(Protocol):
    """
    A parsed file: its texts, and the file again with pieces in their places.

    None leaves a text as it is. `outside` are the numbers of texts that are no part of the
    article, where the format can tell; it may raise InputError. `headings` are those of headings.
    """

    @property
    def texts(self) -> Sequence[Marked]: ...

    def filled(self, fills: Sequence[Pieces | None]) -> bytes: ...

    def outside(self) -> Iterable[int]: ...

    def headings(self) -> Iterable[int]: ...


def is_structured(name: str) -> bool:
    """Whether a file of that name has a structure that is kept; plain text has none."""
    return PurePath(name).suffix.lower() in FORMATS


def parse(content: bytes, name: str, encoding: str) -> Layout:
    """The layout of a file; raises InputError with its name."""
    if len(content) > LARGEST:
        raise InputError(name, f"is larger than {LARGEST // 1024**2} MB; split it")
    module = import_module(f"bitext.documents.{FORMATS[PurePath(name).suffix.lower()]}")
    layout: Layout = module.parse(content, name, encoding)
    return layout


def read(content: bytes, name: str, *, encoding: str = "utf-8", clean: bool = True) -> Document:
    """
    A file as a document: a paragraph for each text.

    Unless `clean` is False, what is no part of an article (menus, other articles) is dropped.
    """
    layout = parse(content, name, encoding)
    outside = sorted(layout.outside()) if clean else []
    texts = [marked.text if says_something(marked) else "" for marked in layout.texts]
    drops = tuple(Drop(n, 0, len(texts[n]), texts[n], "outside the article") for n in outside)
    verbatim = tuple(
        Place(number, start, end)
        for number, marked in enumerate(layout.texts)
        if texts[number]
        for start, end in sorted({*copied(marked), *arrows(marked.text)})
    )
    paragraphs = tuple(f"{text}\n" for text in texts)
    headings = tuple(layout.headings())
    return Document(name, "fr", paragraphs, drops, verbatim=verbatim, headings=headings)


def copied(marked: Marked) -> Iterator[tuple[int, int]]:
    """The spans of the texts of codes."""
    for code in marked.codes:
        if code.text:
            yield code.at, code.at + len(code.text)


def arrows(text: str) -> Iterator[tuple[int, int]]:
    """
    The spans of guillemets that are arrows: in a short text, and without any partner.

    >>> list(arrows("Suivant »")), list(arrows("« Oui »"))
    ([(7, 9)], [])
    """
    if ARROW.search(text) and len(text.split()) <= MOST_WORDS:
        kinds = {found[0][-1] in "«‹" for found in ARROW.finditer(text)}
        if len(kinds) == 1:
            yield from (found.span() for found in ARROW.finditer(text))


def says_something(marked: Marked) -> bool:
    """Whether it has a letter besides what is copied."""
    at = 0
    for code in marked.codes:
        if any(map(str.isalpha, marked.text[at : code.at])):
            return True
        at = code.at + len(code.text)
    return any(map(str.isalpha, marked.text[at:]))


def render(
    content: bytes, name: str, units: Iterable[TranslationUnit], *, encoding: str = "utf-8"
) -> bytes:
    """The file with the units' targets in the places of their sources."""
    layout = parse(content, name, encoding)
    own: dict[int, list[TranslationUnit]] = defaultdict(list)
    for unit in units:
        own[unit.paragraph].append(unit)
    return layout.filled([filled(m, own[n]) for n, m in enumerate(layout.texts)])


def filled(marked: Marked, units: Sequence[TranslationUnit]) -> Pieces | None:
    if not units:
        return None
    text, links = joined(marked.text, units)
    return placed(marked, text, links)
