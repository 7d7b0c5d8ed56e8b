"""
Tab-separated text, for scripts and `cut`: a header line, then one unit a line.

Tabs, line ends and backslashes within a text are written \\t \\n \\r \\\\ so that a unit stays on
its line. A cell may begin with = + - @, which a spreadsheet takes for a formula: this is text to
be read back unchanged, so nothing is put before it; use xlsx for spreadsheets. The file
has no place for a signature, and keeps neither terms, issues nor comments.
"""

import re
from collections.abc import Iterable, Iterator
from typing import BinaryIO, cast, get_args

from bitext.errors import InputError
from bitext.formats.encodings import lines
from bitext.formats.findings import Report, unheard
from bitext.formats.places import place
from bitext.units import Origin, Status, TranslationUnit

COLUMNS = ("id", "document", "origin", "status", "score", "source", "target")
ESCAPES = {"\t": r"\t", "\n": r"\n", "\r": r"\r", "\\": r"\\"}
PLAIN = {escaped: plain for plain, escaped in ESCAPES.items()}
SURROGATE = re.compile(r"[\ud800-\udfff]")


def write(
    units: Iterable[TranslationUnit],
    file: BinaryIO,
    *,
    signature: str,
    source_lang: str = "fr",
    target_lang: str = "en",
) -> None:
    """Write the header and then the units as they come."""
    file.write(line(COLUMNS))
    for unit in units:
        score = "" if unit.score is None else repr(unit.score)
        file.write(
            line(
                (unit.id, unit.document, unit.origin, unit.status, score, unit.source, unit.target)
            )
        )


def losses(unit: TranslationUnit) -> Iterator[str]:
    """What of a unit does not come back."""
    if any(SURROGATE.search(t) for t in (unit.id, unit.document, unit.source, unit.target)):
        yield "halves of a character become U+FFFD"
    if unit.comment.strip():
        yield "comments are not kept"


def line(cells: Iterable[str]) -> bytes:
    # A lone surrogate is no character, and UTF-8 cannot hold it.
    return (SURROGATE.sub("\ufffd", "\t".join(map(escape, cells))) + "\n").encode()


def escape(text: str) -> str:
    r"""
    >>> print(escape("C:\\temp\nfin"))
    C:\\temp\nfin
    """
    return re.sub(r"[\t\n\r\\]", lambda found: ESCAPES[found[0]], text)


def read(
    file: BinaryIO, *, name: str = "<tsv>", report: Report = unheard
) -> Iterator[TranslationUnit]:
    """Yield the units; raises InputError with the line of the damage."""
    for number, text in lines(file, name):
        try:
            cells = tuple(map(unescape, text.rstrip("\r\n").split("\t")))
            if number == 1:
                check_header(cells)
            elif any(cells):
                yield unit_of(cells)
        except ValueError as error:
            raise InputError(name, str(error), line=number) from error


def check_header(cells: tuple[str, ...]) -> None:
    if cells != COLUMNS:
        raise ValueError(f"the first line is not the header; it must be {' '.join(COLUMNS)}")


def unit_of(cells: tuple[str, ...]) -> TranslationUnit:
    if len(cells) != len(COLUMNS):
        wanted = len(COLUMNS)
        raise ValueError(f"{len(cells)} columns where {wanted} are needed; is a tab not \\t?")
    unit_id, document, origin, status, score, source, target = cells
    paragraph, start, end = place(unit_id, source)
    return TranslationUnit(
        id=unit_id,
        document=document,
        paragraph=paragraph,
        start=start,
        end=end,
        source=source,
        target=target,
        origin=cast(Origin, one_of(get_args(Origin), "origin", origin)),
        status=cast(Status, one_of(get_args(Status), "status", status)),
        score=number_of(score) if score else None,
    )


def one_of(allowed: tuple[str, ...], column: str, value: str) -> str:
    if value not in allowed:
        raise ValueError(f"{column} {value!r} is unknown; write one of {', '.join(allowed)}")
    return value


def number_of(score: str) -> float:
    try:
        return float(score)
    except ValueError:
        raise ValueError(
            f"score {score!r} is not a number; leave it empty if there is none"
        ) from None


def unescape(cell: str) -> str:
    r"""
    >>> unescape(r"un\tdeux")
    'un\tdeux'
    """
    return re.sub(r"\\.?", lambda found: unescaped(found[0]), cell)


def unescaped(found: str) -> str:
    if found not in PLAIN:
        raise ValueError(f"{found} means nothing; write a backslash as \\\\")
    return PLAIN[found]
