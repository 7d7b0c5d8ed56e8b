"""`bitext glossary`: check, try and convert a glossary, and draw one from a corpus."""

import sys
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain
from pathlib import Path
from typing import Annotated, Literal

import typer

from bitext.cli.files import decoded_lines, opened, target_file
from bitext.cli.lines import printable, tell_row
from bitext.cli.options import Encoding, EngineName, Model

app = typer.Typer(no_args_is_help=True, help="Check, try, convert and extract glossaries.")

File = Annotated[Path, typer.Argument(metavar="FILE", help="A glossary: TSV, CSV, TBX or TMX.")]
Form = Literal["table", "tsv"]
Merge = Annotated[
    bool,
    typer.Option("--merge", help="Rows of one source with different targets are alternatives."),
]


@app.command()
def check(file: File, merge: Merge = False) -> None:
    """
    List what is wrong and what is doubtful in a glossary: line, severity, problem.

    Exit status 3 if there are errors; such a file is refused elsewhere.

    Example: bitext glossary check glossary/parler.tsv
    """
    from bitext.glossary import checking, reading

    findings = reading.examine(file, merge=merge)
    problems = sorted([*findings.problems, *checking.warnings(findings)])
    table([("line", "severity", "problem"), *((p.line, p.severity, p.text) for p in problems)])
    errors = len(findings.errors)
    count = len(findings.entries)
    said = f"{count:,} {'entry' if count == 1 else 'entries'}, {counted(errors, 'error')}"
    unread = "; the rest was not read" if errors == reading.MOST_ERRORS else ""
    typer.echo(f"{file}: {said}, {counted(len(problems) - errors, 'warning')}{unread}", err=True)
    if errors:
        raise typer.Exit(3)


@app.command()
def match(
    file: File,
    text: Annotated[
        str, typer.Argument(metavar="TEXT", help="A sentence, or a file of lines; - for stdin.")
    ],
    encoding: Encoding = "utf-8",
) -> None:
    """
    Show the terms that a text has: where, which entry, what is asked for, how surely.

    The lines of a file or of standard input count as one document, which tells names from words
    (the first few thousand together, and so on).

    Example: bitext glossary match glossary/parler.tsv "Des pelotons d’exécution"
    """
    from bitext.glossary import Glossary, read
    from bitext.glossary.describing import COLUMNS, described

    glossary = Glossary(read(file))
    source = text if is_file(text) else "-"
    with opened(source) as given:
        named = text in ("-", source)
        lines = decoded_lines(given, source, encoding) if named else iter([text])
        table(chain([COLUMNS], described(lines, glossary)))


def is_file(text: str) -> bool:
    """Whether a text is the name of a file; most are longer than any."""
    with suppress(OSError):
        return Path(text).is_file()
    return False


@app.command()
def convert(
    file: File,
    out: Annotated[str, typer.Argument(metavar="OUT", help="The file to write; - for stdout.")],
    to: Annotated[
        str, typer.Option(help="tsv, csv, tbx or omegat; by the name of OUT if not given.")
    ] = "",
    merge: Merge = False,
) -> None:
    """
    Write a glossary in another format.

    OmegaT's has no room for what is forbidden or a pattern; the others keep everything.

    Example: bitext glossary convert glossary/parler.tsv parler.tbx
    """
    from bitext.glossary import read
    from bitext.glossary.writing import writer

    write = writer(to or Path(out).suffix.lower().removeprefix("."))
    entries = read(file, merge=merge)
    with target_file(out) as target:
        write(entries, target)


@app.command()
def extract(
    corpus: Annotated[
        str, typer.Argument(metavar="CORPUS", help="The units.jsonl of a run, or a TMX.")
    ],
    min_count: Annotated[
        int, typer.Option(min=1, help="How often a pair must occur at least.")
    ] = 2,
    form: Annotated[
        Form, typer.Option("--format", help="A table with evidence, or a glossary (tsv).")
    ] = "table",
    model: Model = "auto",
    engine: EngineName = "ct2",
) -> None:
    """
    Propose terms: phrases that recur and are translated alike, with counts and sentences.

    The words of a pair are linked by the model; the units of a run have their links already.

    Example: bitext glossary extract out/units.jsonl --format tsv
    """
    from bitext import formats
    from bitext.engines.opening import choose, open_engine
    from bitext.glossary import extraction
    from bitext.glossary.writing import writer
    from bitext.linking import linked

    choice = choose(engine, model=model)
    with opened(corpus) as file:
        units = formats.told(file).read(file, name=corpus)
        pairs = linked(units, lambda: open_engine(choice))
        found = extraction.extract(pairs, min_count=min_count)
    if form == "tsv":
        writer("tsv")((proposal.entry for proposal in found), sys.stdout.buffer)
    else:
        table([extraction.COLUMNS, *map(extraction.described, found)])


def table(rows: Iterable[Iterable[object]]) -> None:
    """Rows with tabs between their cells, as they come; on a terminal in columns."""
    cells = ([" ".join(str(cell).split()) for cell in row] for row in rows)
    if not sys.stdout.isatty():
        for row in cells:
            tell_row(row)
        return
    whole = list(cells)
    widths = [max(map(len, column)) for column in zip(*whole, strict=True)]
    for row in whole:
        padded = [cell.ljust(width) for cell, width in zip(row, widths, strict=True)]
        typer.echo(printable("  ".join(padded).rstrip()))


def counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
