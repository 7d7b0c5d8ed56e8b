"""
Read a glossary: TSV, CSV, OmegaT, DeepL, AWS, TBX or TMX, told by its name and its beginning.

`examine` goes on after a problem and reports them all; `read` refuses a file with an error.
"""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, TextIO

from bitext.errors import GlossaryError, InputError, reason
from bitext.glossary.rows import MOST_TARGETS, Found, Problem, Row, Unusable, entry_of
from bitext.glossary.spelling import plain
from bitext.glossary.tables import (
    comma_separated,
    delimiter_of,
    share_of_rows,
    tab_separated,
)
from bitext.text import fold
from bitext.units import TermEntry

# What a glossary's name ends in; others are read too if they are named.
SUFFIXES = frozenset({".tsv", ".csv", ".tbx"})
BEGINNING = 1 << 16  # bytes by which the format is told
LONGEST_LINE = 100_000  # characters
MOST_ERRORS = 1000  # after so many, the file is no glossary
UNDECODED = re.compile("[\udc80-\udcff]")
ARCHIVE = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"%PDF")


@dataclass(slots=True)
class Findings:
    """The entries of a file, the line of each, and what is wrong with the others."""

    entries: list[TermEntry] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        return [problem for problem in self.problems if problem.severity == "error"]


def read(path: Path, *, merge: bool = False) -> list[TermEntry]:
    """The entries, in order; raises GlossaryError for the first error, InputError for no file."""
    return sound(examine(path, merge=merge, most=1), str(path))


def read_tsv(lines: Iterable[str], name: str) -> list[TermEntry]:
    """The entries of a TSV glossary; raises GlossaryError with the line of the damage."""
    rows = tab_separated(enumerate(lines, 1))
    return sound(gathered(rows, merge=False, most=1), name)


def sound(findings: Findings, name: str) -> list[TermEntry]:
    for problem in findings.errors:
        raise GlossaryError(name, problem.text, line=problem.line)
    return findings.entries


def examine(path: Path, *, merge: bool = False, most: int = MOST_ERRORS) -> Findings:
    """
    The entries and the errors of a file, up to `most` of them; raises InputError for no file.

    With `merge`, the targets of one source in several rows become alternatives, in their order.
    """
    try:
        with path.open("rb") as file:
            return examine_file(file, path.suffix.lower(), merge=merge, most=most)
    except OSError as error:
        problem = f"glossary cannot be read ({reason(error)}); check its name"
        raise InputError(path, problem) from error


def examine_file(file: BinaryIO, suffix: str, *, merge: bool, most: int = MOST_ERRORS) -> Findings:
    beginning = file.read(BEGINNING)
    file.seek(0)
    if beginning.startswith(ARCHIVE):
        found = Findings()
        problem = "is no text; save it as CSV or tab-separated text"
        found.problems.append(Problem(1, "error", problem))
        return found
    from_xml = beginning.lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n").startswith(b"<")
    if from_xml:
        from bitext.glossary.termbases import concepts

        return gathered(concepts(file), merge=True, most=most)
    encoding = encoding_of(beginning)
    sample = beginning.decode(encoding, "replace")
    errors = "replace" if encoding == "utf-16" else "surrogateescape"
    text = io.TextIOWrapper(file, encoding, errors=errors, newline=None)
    bad: list[Problem] = []
    lines = numbered(text, bad)
    rows = comma_separated(lines, sample) if is_csv(suffix, sample) else tab_separated(lines)
    try:
        return gathered(interleaved(rows, bad), merge=merge, most=most)
    finally:
        text.detach()


def encoding_of(beginning: bytes) -> str:
    utf_16 = beginning.startswith((b"\xff\xfe", b"\xfe\xff"))
    return "utf-16" if utf_16 else "utf-8-sig"


def is_csv(suffix: str, sample: str) -> bool:
    """By its name, or because it has no tab and every record of it has another delimiter."""
    if suffix in (".csv", ".tsv", ".tab"):
        return suffix == ".csv"
    return "\t" not in sample and share_of_rows(sample, delimiter_of(sample)) == 1


def numbered(text: TextIO, bad: list[Problem]) -> Iterator[tuple[int, str]]:
    """The lines that can be read; the others go to `bad`."""
    number = 0
    while line := text.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            problem = f"is longer than {LONGEST_LINE:,} characters; is a line end lost?"
            bad.append(Problem(number, "error", problem))
            while not line.endswith("\n") and (line := text.readline(LONGEST_LINE)):
                pass
        elif UNDECODED.search(line):
            problem = "is not UTF-8; save the glossary as UTF-8"
            bad.append(Problem(number, "error", problem))
        else:
            yield number, line


def interleaved(found: Found, bad: list[Problem]) -> Found:
    """What the rows say and what the lines do, near enough in the order of the file."""
    for each in found:
        while bad:
            yield bad.pop(0)
        yield each
    yield from bad


def gathered(rows: Found, *, merge: bool, most: int) -> Findings:
    """The entries of the rows, without repetitions."""
    findings = Findings()
    seen: dict[object, int] = {}
    errors = 0
    for row in rows:
        try:
            if isinstance(row, Row):
                add(row, findings, seen, merge)
                continue
            problem = row
        except Unusable as error:
            problem = Problem(row.line, "error", str(error))
        findings.problems.append(problem)
        errors += problem.severity == "error"
        if errors == most:
            return findings
    findings.problems += contradictions(findings)
    return findings


def contradictions(findings: Findings) -> Iterator[Problem]:
    """Targets that one entry asks for and another forbids, whatever the conditions."""
    asked = {
        (plain(entry.source), fold(target))
        for entry in findings.entries
        if entry.kind != "forbidden"
        for target in (entry.target, *entry.admitted)
    }
    for entry, line in zip(findings.entries, findings.lines, strict=True):
        if entry.kind == "forbidden" and not (entry.include or entry.exclude):
            for target in (entry.target, *entry.admitted):
                if (plain(entry.source), fold(target)) in asked:
                    problem = f"{target!r} is asked for and forbidden; keep one row"
                    yield Problem(line, "error", problem)


def add(row: Row, findings: Findings, seen: dict[object, int], merge: bool) -> None:
    """Put an entry to the others, or into the one with its source; raises Unusable."""
    entry, line = entry_of(row), row.line
    # However its apostrophes and spaces are written, it is one term.
    source = entry.source if entry.match == "regex" else plain(entry.source)
    forbidden = entry.kind == "forbidden"
    key = (source, forbidden, entry.match, entry.include, entry.exclude)
    at = seen.setdefault(key, len(findings.entries))
    if at == len(findings.entries):
        findings.entries.append(entry)
        findings.lines.append(line)
        if entry.kind == "dnt" and not row.fields.get("kind"):
            problem = "has the source for its target, so that it is kept as it is; = says so"
            findings.problems.append(Problem(line, "warning", problem))
        return
    earlier, first = findings.entries[at], findings.lines[at]
    if (earlier.target, earlier.admitted) == (entry.target, entry.admitted):
        problem = f"{entry.source!r} is listed again (first in line {first}); one row is enough"
        findings.problems.append(Problem(line, "warning", problem))
        return
    if not merge and not forbidden:
        raise Unusable(
            f"{entry.source!r} is listed twice with different targets "
            f"(first in line {first}); keep one row"
        )
    targets = dict.fromkeys((earlier.target, *earlier.admitted, entry.target, *entry.admitted))
    if len(targets) > MOST_TARGETS:
        raise Unusable(f"{entry.source!r} has more than {MOST_TARGETS} targets; keep the best")
    findings.entries[at] = replace(earlier, admitted=tuple(targets)[1:])
    if not forbidden:
        problem = f"{entry.source!r} has other targets in line {first}; these are admitted beside"
        findings.problems.append(Problem(line, "warning", problem))
