"""
A unit as a row that people read and correct: what the spreadsheet, Word and HTML formats share.

The first row names the columns. On reading they may stand in any order and case, and all but
source and target may be missing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from bitext.errors import InputError
from bitext.formats.findings import Finding, Report
from bitext.formats.places import STATUSES, restored
from bitext.units import TranslationUnit

COLUMNS = ("id", "source", "target", "status", "comment", "document", "origin", "score")
# Share of a page's width that each takes.
WIDTHS = (12, 30, 30, 7, 12, 5, 2, 2)
SURROGATE = re.compile(r"[\ud800-\udfff]")
# What a spreadsheet takes for a formula (OWASP, "CSV injection"), and what we put before it.
FORMULA = re.compile(r"'*[=+\-@\t\r]")


def row(unit: TranslationUnit) -> tuple[str, ...]:
    """The unit's cells, in the order of COLUMNS."""
    score = "" if unit.score is None else repr(unit.score)
    return (
        unit.id, unit.source, unit.target, unit.status, unit.comment, unit.document, unit.origin,
        score,
    )  # fmt: skip


def texts(unit: TranslationUnit) -> tuple[str, ...]:
    """The cells that hold people's words, where a format may have losses."""
    return unit.id, unit.source, unit.target, unit.comment, unit.document


def units(
    rows: Iterable[tuple[int, Sequence[str]]], name: str, report: Report
) -> Iterator[TranslationUnit]:
    """The units of numbered rows, the first of which is the header; raises InputError."""
    numbered = iter(rows)
    line, cells = next(numbered, (1, ()))
    heads = [cell.strip().lower() for cell in cells]
    if not {"source", "target"} <= set(heads):
        problem = f"the first row must name the columns; it has no {missing(heads)}"
        raise InputError(name, f"{problem} ({', '.join(COLUMNS)})", line=line)
    for line, cells in numbered:
        if any(cell.strip() for cell in cells):
            facts = dict(zip(heads, cells, strict=False))
            unit = restored_row(facts, name, line)
            for problem in problems(facts):
                report(Finding(name, line, unit.id, problem))
            if unit.source.strip():
                yield unit


def missing(heads: Sequence[str]) -> str:
    return " and no ".join(column for column in ("source", "target") if column not in heads)


def restored_row(facts: dict[str, str], name: str, line: int) -> TranslationUnit:
    for column in ("status", "origin"):
        facts[column] = facts.get(column, "").strip().lower()
    unit_id = facts.get("id") or f"{name}:{line}"
    source, target = facts.get("source", ""), facts.get("target", "")
    return restored(unit_id, source, target, facts, document=name)


def problems(facts: dict[str, str]) -> Iterator[str]:
    if facts["status"] and facts["status"] not in STATUSES:
        known = ", ".join(STATUSES)
        yield f"status {facts['status']!r} is unknown and reads as untouched; there is: {known}"
    if not facts.get("source", "").strip():
        yield "left out: the source is empty"


def neutral(text: str) -> str:
    """
    The text with an apostrophe before what a spreadsheet would take for a formula.

    >>> neutral("=1+1"), neutral("'=1"), neutral("l’été")
    ("'=1+1", "''=1", 'l’été')
    """
    return f"'{text}" if FORMULA.match(text) else text


def plain(text: str) -> str:
    """
    The text that `neutral` was given.

    >>> plain("'=1+1"), plain("''=1"), plain("'tis")
    ('=1+1', "'=1", "'tis")
    """
    return text[1:] if text[:1] == "'" and FORMULA.match(text) else text
