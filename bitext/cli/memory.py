"""`bitext memory`: look into translation memories, and make one of several."""

from pathlib import Path
from typing import Annotated

import typer

from bitext.cli.files import target_file
from bitext.cli.interchange import Findings
from bitext.cli.lines import tell_row

app = typer.Typer(
    no_args_is_help=True,
    help="Search, compare, merge and filter translation memories (TMX, or a run's units.jsonl).",
)

Files = Annotated[list[Path], typer.Argument(metavar="FILE", help="Memories; later ones win.")]
Out = Annotated[str, typer.Option(metavar="FILE", help="The TMX to write; - for stdout.")]


@app.command()
def stats(files: Files) -> None:
    """
    Count units, distinct sources, words, and where the units come from.

    Example: bitext memory stats corpus.tmx
    """
    from bitext import memory

    found = memory.opened(files)
    for name in sorted(found.figures):
        typer.echo(f"{name}\t{found.figures[name]}")


@app.command()
def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A French sentence.")],
    files: Files,
    min_match: Annotated[
        int, typer.Option(min=1, max=100, help="The score from which a match is shown.")
    ] = 60,
    most: Annotated[int, typer.Option(min=1, help="So many matches.")] = 5,
) -> None:
    """
    Print the matches for a sentence: score, source, target, document.

    Example: bitext memory search "Le site était fermé lundi." corpus.tmx
    """
    from bitext import memory

    for match in memory.opened(files).matches(text, least=min_match, most=most):
        cells = (str(match.score), match.source, match.target, match.document)
        tell_row(cells)


@app.command()
def merge(files: Files, out: Out = "-") -> None:
    """
    Make one TMX of several: each source once, with its best translation.

    Approved units go before others, people's before a machine's, later files before earlier ones.
    Each keeps its dates, authors, props, notes, regions and inline codes.

    Example: bitext memory merge old.tmx new.tmx --out all.tmx
    """
    from bitext import memory
    from bitext.formats import tmx
    from bitext.interchange import header_of
    from bitext.memory import sifting

    found, findings = memory.opened(files), Findings()
    with target_file(out) as file:
        kept = sifting.chosen(found, files, findings)
        signature = f"memory:{found.signature}"
        tmx.write(kept, file, signature=signature, header=header_of(files))
    findings.tell()
    figures = found.figures
    for why in ("status rejected", "blank"):
        if figures.get(why):
            typer.echo(f"left out: {figures[why]} ({why})", err=True)
    typer.echo(f"{figures['distinct']} of {figures['units']} units kept", err=True)


@app.command("filter")
def filter_(
    files: Files,
    out: Out = "-",
    status: Annotated[
        list[str] | None, typer.Option(help="Keep units of this status; repeatable.")
    ] = None,
    origin: Annotated[
        list[str] | None, typer.Option(help="Keep units of this origin; repeatable.")
    ] = None,
    longest: Annotated[
        int | None, typer.Option(metavar="WORDS", help="Leave out longer units.")
    ] = None,
    ratio: Annotated[
        float | None,
        typer.Option(help="Leave out units with a side so many times as long as the other."),
    ] = None,
    no_issues: Annotated[
        str | None,
        typer.Option(
            metavar="SEVERITY",
            help="Leave out units that a check flags as minor, major or critical, or worse.",
        ),
    ] = None,
    having: Annotated[
        str | None, typer.Option(metavar="REGEX", help="Keep units that match on either side.")
    ] = None,
    lacking: Annotated[
        str | None, typer.Option(metavar="REGEX", help="Leave out units that match.")
    ] = None,
    same: Annotated[
        bool, typer.Option("--same/--no-same", help="Whether both sides may be the same text.")
    ] = True,
) -> None:
    """
    Write the units that pass as TMX, and say how many were left out for what.

    Each keeps its dates, authors, props, notes, regions and inline codes.

    Example: bitext memory filter corpus.tmx --no-issues major --longest 80 --out good.tmx
    """
    from collections import Counter

    from bitext import memory
    from bitext.formats import tmx
    from bitext.interchange import header_of
    from bitext.memory import sifting

    sieve = sifting.sieve(
        statuses=status or (),
        origins=origin or (),
        most_words=longest,
        ratio=ratio,
        issues=no_issues,
        having=having,
        lacking=lacking,
        same=same,
    )
    left_out: Counter[str] = Counter()
    findings = Findings()
    with target_file(out) as file:
        units = memory.units_of(files, whole=True, report=findings)
        kept = sifting.sifted(units, sieve, left_out)
        tmx.write(kept, file, signature="memory:filtered", header=header_of(files))
    findings.tell()
    for why, count in left_out.most_common():
        typer.echo(f"left out: {count} ({why})", err=True)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD")],
    new: Annotated[Path, typer.Argument(metavar="NEW")],
) -> None:
    """
    Print what differs: - only in OLD, + only in NEW, ~ translated differently.

    Example: bitext memory diff old.tmx new.tmx
    """
    from collections import Counter

    from bitext import memory
    from bitext.memory import sifting

    counts: Counter[str] = Counter()
    for change in sifting.differences(memory.opened([old]), memory.opened([new])):
        counts[change.kind] += 1
        cells = [change.kind, change.source, change.old, change.new]
        tell_row(cells)
    typer.echo(f"{counts['-']} gone, {counts['+']} new, {counts['~']} changed", err=True)
