"""`bitext align` and `bitext align-score`."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bitext.cli.files import target_file
from bitext.cli.options import Encoding, EngineName, Glossaries
from bitext.errors import BitextError

if TYPE_CHECKING:
    from bitext.pairing import Paired
    from bitext.pairing.job import Result


def align(
    source: Annotated[Path, typer.Argument(metavar="FR", help="A French text, or a folder.")],
    target: Annotated[Path, typer.Argument(metavar="EN", help="Its translation, or a folder.")],
    lines: Annotated[
        bool, typer.Option("--lines", help="Every line is a sentence; without it texts are split.")
    ] = False,
    glossary: Glossaries = None,
    model: Annotated[
        str,
        typer.Option(help="What translates for comparison, as for bitext run; none for nothing."),
    ] = "auto",
    engine: EngineName = "ct2",
    form: Annotated[
        str, typer.Option("--format", help="tmx, tsv, jsonl, beads or html (the review page).")
    ] = "tmx",
    out: Annotated[
        str, typer.Option(help="The file to write; - for stdout; with beads of folders, a folder.")
    ] = "-",
    max_bead: Annotated[
        int, typer.Option(min=2, max=12, help="Sentences in a bead at most, both sides together.")
    ] = 6,
    min_confidence: Annotated[
        float, typer.Option(min=0, max=1, help="Leave out units that are less sure.")
    ] = 0.0,
    delimiter: Annotated[
        str,
        typer.Option(
            metavar="MARK",
            help="What no bead crosses: paragraphs, headings, or a mark alone on its line.",
        ),
    ] = "",
    links: Annotated[
        bool, typer.Option("--links", help="Link the words of each unit as well, by the model.")
    ] = False,
    keep: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Beads or JSONL of an earlier alignment: these stay, the rest is aligned anew.",
        ),
    ] = None,
    manifest: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Which files belong together: French, tab, English."),
    ] = None,
    encoding: Encoding = "utf-8",
) -> None:
    """
    Align a French text with its English translation, sentence by sentence.

    What has nothing opposite is kept, and named omitted or added; TMX has no place for it. Units
    have a confidence, and offsets into both texts, in JSONL.

    Example: bitext align article.fr.txt article.en.txt --format tsv
    """
    from bitext.align import Settings
    from bitext.pairing import Options, job

    job.check_format(form)
    asked = job.Job(
        source,
        target,
        manifest=manifest,
        glossaries=tuple(glossary or ()),
        model=model,
        engine=engine,
        encoding=encoding,
        keep=keep,
        options=Options(lines, delimiter, links, Settings(largest=max_bead)),
    )
    started = job.start(asked)
    for path in started.lonely:
        say(f"note: {path} has no counterpart")
    teller = Teller(min_confidence)
    found = teller.told(job.run(started))
    if form == job.BEADS and len(started.pairs) > 1:
        job.write_folder(found, Path(out))
    else:
        with target_file(out) as file:
            job.write(found, file, form, started, least=min_confidence)
    teller.end()


class Teller:
    """Says on stderr what became of each pair."""

    def __init__(self, least: float) -> None:
        self.least = least
        self.failed = False

    def told(self, found: "Iterable[tuple[str, Result]]") -> "Iterator[tuple[str, Paired]]":
        """The pairs that could be aligned, each told of as it passes."""
        for name, result in found:
            if isinstance(result, BitextError):
                self.failed = True
                say(str(result))
            else:
                self.tell(name, result)
                yield name, result

    def tell(self, name: str, paired: "Paired") -> None:
        sentences = f"{len(paired.source):,} and {len(paired.target):,} sentences"
        beads = f"{len(paired.beads):,} beads, {paired.alone:,} with one side only"
        say(f"{name}: {sentences}, {beads}; mean confidence {paired.mean_confidence:.2f}")
        for doubt in paired.doubts:
            say(f"warning: {doubt}")
        if self.least and (left := paired.unsure(self.least)):
            say(f"{left:,} units below {self.least} left out")

    def end(self) -> None:
        if self.failed:
            raise typer.Exit(1)


def align_score(
    gold: Annotated[
        list[Path], typer.Argument(metavar="GOLD...", help="Beads that are right, one a line.")
    ],
    against: Annotated[
        list[Path] | None,
        typer.Option(metavar="FILE...", help="Beads to be judged; one for each GOLD, in order."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, not a table.")] = False,
) -> None:
    """
    Score beads against right ones, as vecalign does; counts are summed over files.

    Strict: the very bead is right. Lax: it has a link in common with a right one. "Without nulls"
    passes over what is omitted or added on both sides. Beads are lines like [0, 1]:[0].

    Example: bitext align-score a.gold b.gold --against a.beads b.beads
    """
    import json
    from dataclasses import asdict

    from bitext.cli import tables
    from bitext.pairing import scoring

    figures = scoring.score_files(gold, against or [])
    if as_json:
        typer.echo(json.dumps(asdict(figures), indent=1))
    else:
        tables.alignment(figures)


def say(text: str) -> None:
    typer.echo(f"bitext: {text}", err=True)
