"""
A plain HTML page with source and target side by side, to be read anywhere and read back by id.

Other than the review page it does nothing by itself. Keeps neither terms nor issues.
"""

import codecs
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from bitext.errors import InputError
from bitext.formats import tables
from bitext.formats.findings import Report, unheard
from bitext.formats.markup import CHUNK, LONGEST_UNIT, NOT_XML, escaped, quoted
from bitext.units import TranslationUnit

HEAD = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content={signature}>
<title>{title}</title>
<style>
body {{ font: 1rem/1.4 system-ui, sans-serif; margin: 1rem; }}
table {{ border-collapse: collapse; width: 100%; }}
th, td {{ border: 1px solid #999; padding: .3rem .5rem; text-align: start; vertical-align: top; }}
td {{ white-space: pre-wrap; overflow-wrap: anywhere; }}
td:nth-child(n+4), td:first-child {{ font-size: .8rem; }}
</style>
</head>
<body>
<table>
<thead><tr>{headings}</tr></thead>
<tbody>"""
FOOT = "\n</tbody>\n</table>\n</body>\n</html>\n"
# What a page shows in other ways than it is written, or not at all.
UNSHOWN = re.compile(r"[\x0b\x0c\x7f-\x9f]")

# What is in a page and not to be read.
UNSEEN = frozenset({"script", "style"})


def write(
    units: Iterable[TranslationUnit],
    file: BinaryIO,
    *,
    signature: str,
    source_lang: str = "fr",
    target_lang: str = "en",
) -> None:
    """Write the units as they come."""
    title = escaped(f"{source_lang} → {target_lang}")
    headings = "".join(f"<th>{column}</th>" for column in tables.COLUMNS)
    head = HEAD.format(signature=quoted(signature), title=title, headings=headings)
    file.write(head.encode())
    langs = {"source": quoted(source_lang), "target": quoted(target_lang)}
    for unit in units:
        named = zip(tables.COLUMNS, tables.row(unit), strict=True)
        cells = "".join(cell(text, langs.get(column)) for column, text in named)
        file.write(f"\n<tr>{cells}</tr>".encode())
    file.write(FOOT.encode())


def cell(text: str, lang: str | None) -> str:
    said = f" lang={lang}" if lang else ""
    shown = escaped(UNSHOWN.sub("\ufffd", text))
    return f"<td{said}>{shown}</td>"


def losses(unit: TranslationUnit) -> Iterator[str]:
    """What of a unit does not come back."""
    if not unit.source.strip():
        yield "a unit with a blank source is left out when it is read"
    if any(NOT_XML.search(text) or UNSHOWN.search(text) for text in tables.texts(unit)):
        yield "characters that HTML cannot hold become U+FFFD"


def read(
    file: BinaryIO, *, name: str = "<html>", report: Report = unheard
) -> Iterator[TranslationUnit]:
    """Yield the units of all tables; raises InputError."""
    yield from tables.units(rows(file, name), name, report)


def rows(file: BinaryIO, name: str) -> Iterator[tuple[int, Sequence[str]]]:
    """Each row as soon as the next one begins, with its number."""
    from lxml import etree

    gathered = _Rows()
    parser = etree.HTMLParser(target=gathered, encoding="utf-8")
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    try:
        while piece := file.read(CHUNK):
            parser.feed(decoder.decode(piece).encode())
            yield from gathered.finished()
            if gathered.size > LONGEST_UNIT:
                problem = "a single row goes on for more than 5 MB"
                raise InputError(name, problem, line=gathered.number)
        decoder.decode(b"", True)
        parser.close()
    except UnicodeDecodeError as error:
        problem = f"not UTF-8 after row {gathered.number}; save it as UTF-8"
        raise InputError(name, problem) from error
    except etree.XMLSyntaxError as error:
        raise InputError(name, f"not an HTML page ({error})") from error
    yield from gathered.finished()


class _Rows:
    """What lxml calls: gathers the cells of each row, and passes over what else is on the page."""

    def __init__(self) -> None:
        self.done: list[tuple[int, list[str]]] = []
        self.cells: list[list[str]] = []
        self.within: list[str] = []
        self.number = self.size = 0

    def finished(self) -> list[tuple[int, list[str]]]:
        done, self.done = self.done, []
        return done

    def start(self, tag: str, _: object) -> None:
        if tag == "tr":
            self.end_row()
        elif tag in ("td", "th"):
            self.cells.append([])
            self.within = [tag]
        elif tag == "br":
            self.data("\n")
        elif tag in UNSEEN and self.within:
            self.within.append(tag)

    def end(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.within = []
        elif tag in UNSEEN and self.within:
            self.within.pop()
        elif tag in ("tr", "table"):
            self.end_row()

    def data(self, data: str) -> None:
        if len(self.within) == 1:
            self.size += len(data)
            self.cells[-1].append(data)

    def end_row(self) -> None:
        if self.cells:
            self.number += 1
            self.done.append((self.number, ["".join(cell) for cell in self.cells]))
        self.cells, self.within, self.size = [], [], 0

    def close(self) -> None:
        self.end_row()
