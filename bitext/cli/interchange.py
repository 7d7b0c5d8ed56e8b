"""`bitext export`, `import` and `clean`: units out to other tools, back in, and sifted."""

import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bitext.cli.files import local_copy, opened, source_text, target_file
from bitext.cli.lines import tell_row

if TYPE_CHECKING:
    from bitext.cleaning import Reason
    from bitext.formats.findings import Finding
    from bitext.interchange import Tally
    from bitext.units import TranslationUnit

SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([KMG]?)B?", re.IGNORECASE)
UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9}
# Problems of one kind that are told one by one.
TOLD = 3

KeepGoing = Annotated[
    bool,
    typer.Option("--keep-going", help="Of a broken file, keep the units before the break."),
]


def export(
    units: Annotated[
        str, typer.Argument(metavar="UNITS", help="The units.jsonl of a run; - for stdin.")
    ],
    form: Annotated[
        str,
        typer.Option(
            "--format",
            help="tmx, xliff (1.2), xliff2, tsv, csv, xlsx, docx, html, moses (a zip), jsonl, "
            "omegat (a project folder) or srx (the splitting rules).",
        ),
    ] = "tmx",
    out: Annotated[
        str, typer.Option(help="The file or folder to write; - for stdout; .gz is packed.")
    ] = "-",
    status: Annotated[
        list[str] | None,
        typer.Option(help="untouched, draft, approved or rejected; repeatable; all unless given."),
    ] = None,
    min_score: Annotated[
        float | None, typer.Option(help="Leave out what the model scored lower, as -1.5.")
    ] = None,
    dedupe: Annotated[
        str,
        typer.Option(
            help="all (keep duplicates), exact (one of the same pair), or for one unit a source "
            "first, last or best."
        ),
    ] = "all",
    source_lang: Annotated[str, typer.Option(help="As fr or fr-CA.")] = "fr",
    target_lang: Annotated[str, typer.Option(help="As en or en-GB.")] = "en",
    apart: Annotated[
        bool,
        typer.Option("--apart", help="Two files: OUT.approved (people's), OUT.mt (the rest)."),
    ] = False,
    split: Annotated[
        str, typer.Option(metavar="SIZE", help="Several files of at most SIZE, as 500MB.")
    ] = "",
) -> None:
    """
    Write the units of a run for another tool; what its format cannot hold is reported.

    Exit status 3 if something could not be held.

    Example: bitext export out/units.jsonl --format tmx --out corpus.tmx
    """
    from bitext import interchange
    from bitext.formats import jsonl, tmx_header

    known = interchange.known(form)
    checked_statuses(status or [])
    with local_copy(units) as path:
        with opened(str(path)) as file:
            head = jsonl.read_manifest(file, name=units)
        job = interchange.Export(
            known,
            str(head.get("signature", "")),
            statuses=tuple(status or ()),
            min_score=min_score,
            dedupe=dedupe,
            source_lang=source_lang,
            target_lang=target_lang,
            apart=apart,
            limit=size_of(split) if split else None,
            header=tmx_header.restored(head.get("tmx_header")),
        )
        source = interchange.Units(path, units)
        if out == "-":
            with target_file(out) as stdout:
                tally = interchange.export(source, stdout, job)
        else:
            tally = interchange.export(source, Path(out), job)
    tell(tally)
    if tally.losses:
        raise typer.Exit(3)


def checked_statuses(statuses: Iterable[str]) -> None:
    from bitext.errors import UnknownName
    from bitext.formats.places import STATUSES

    for status in statuses:
        if status not in STATUSES:
            raise UnknownName("status", status, STATUSES)


def size_of(text: str) -> int:
    """
    >>> size_of("1.5GB")
    1500000000
    """
    from bitext.errors import BitextError

    found = SIZE.fullmatch(text.strip())
    if not found or not (size := int(float(found[1]) * UNITS[found[2].upper()])):
        raise BitextError(f"--split {text!r} is no size; write it as 500MB")
    return size


def tell(tally: "Tally") -> None:
    """What was left out and what was lost, on stderr; nothing if nothing was."""
    for counts, word in ((tally.left_out, "left out"), (tally.losses, "not kept")):
        for what, count in counts.items():
            reason = what.removeprefix("left out: ")
            said = "left out" if reason != what else word
            first = f"first: {tally.first[what]}"
            typer.echo(f"bitext: {count:,} units {said}: {reason} ({first})", err=True)
    if len(tally.files) > 1:
        typer.echo("\n".join(tally.files), err=True)


def import_(
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="FILE",
            help="TMX, XLIFF, TSV, CSV, XLSX, DOCX, HTML, JSONL or "
            "Moses files, gzip or not, or OmegaT projects.",
        ),
    ],
    units: Annotated[
        Path | None,
        typer.Option(metavar="UNITS", help="The units that the files are edits of."),
    ] = None,
    out: Annotated[str, typer.Option(help="The units.jsonl to write; - for stdout.")] = "-",
    keep_going: KeepGoing = False,
) -> None:
    """
    Read units from other tools; with --units, merge reviewers' edits into those of a run.

    Edits go to the unit of their id, or where no unit has it to those of the same source. What
    does not fit is listed as a conflict and not merged. Exit status 3 if there are conflicts, or
    if something in the files is odd.

    Example: bitext import reviewed.xlsx --units out/units.jsonl --out merged.jsonl
    """
    from bitext import interchange
    from bitext.cli import interchange_tables as tables
    from bitext.formats import jsonl

    findings = Findings()
    if units is None:
        read = interchange.read_all(files, keep_going=keep_going, report=findings)
        header = interchange.header_of(files)
        head = {"tmx_header": str(header)} if header else {}
        with target_file(out) as target:
            jsonl.write(read, target, signature="import", manifest=head)
        findings.tell()
        raise typer.Exit(3 if findings.counts else 0)
    with opened(str(units)) as file:
        record = jsonl.read_manifest(file, name=str(units))
    merge = interchange.Merge(interchange.edits(files, keep_going=keep_going, report=findings))
    with target_file(out) as target:
        merged = merge(interchange.Units(units))
        jsonl.write(merged, target, signature=str(record.get("signature", "")), manifest=record)
    findings.tell()
    tables.merge(merge.counts, merge.conflicts)
    if merge.conflicts or findings.counts:
        raise typer.Exit(3)


class Findings:
    """Tells the first few of each kind of problem at once, and at the end how many there were."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()

    def __call__(self, finding: "Finding") -> None:
        self.counts[finding.problem] += 1
        if self.counts[finding.problem] <= TOLD:
            typer.echo(f"bitext: {finding}", err=True)

    def tell(self) -> None:
        for problem, count in self.counts.items():
            if count > TOLD:
                typer.echo(f"bitext: {problem}: {count:,} times in all", err=True)


def clean(
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", help="Units in any format; or a text, for its boilerplate."),
    ],
    out: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write what is kept, in any format.")
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Print each unit that is left out, and why.")
    ] = False,
    without: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE", help="A rule not to go by; repeatable."),
    ] = None,
    keep_going: KeepGoing = False,
) -> None:
    """
    Sift a corpus or memory: what is no translation is left out, with its reasons.

    The rules: empty, identical, too-long, length-ratio, language, numbers, control-characters,
    markup, duplicate. Prints how many units each rule leaves out; with --explain, a line for each
    such unit instead: id, rules, what they found, source, target. Of a text (.txt) it prints what
    is taken for boilerplate, and by which rule.

    Example: bitext clean corpus.tmx --explain
    """
    from bitext import cleaning, interchange
    from bitext.cli import interchange_tables as tables
    from bitext.errors import UnknownName

    for name in without or ():
        if name not in cleaning.NAMES:
            raise UnknownName("rule", name, cleaning.NAMES)
    if file.suffix.lower() == ".txt":
        boilerplate(file)
        return
    findings = Findings()
    units = interchange.read(file, keep_going=keep_going, report=findings)
    sifting = cleaning.Sifting(units, without or (), row if explain else cleaning.unheard)
    if out is None:
        sifting.finish()
    else:
        header = interchange.header_of([file])
        job = interchange.Export(interchange.form_of(out), "bitext clean", header=header)
        tell(interchange.export(sifting, out, job))
    findings.tell()
    tables.sifted(sifting, err=explain)
    if findings.counts:
        raise typer.Exit(3)


def row(unit: "TranslationUnit", reasons: Iterable["Reason"]) -> None:
    """A unit that is left out, on a line."""
    rules, found = (", ".join(r.rule for r in reasons), "; ".join(r.found for r in reasons))
    cells = (unit.id, rules, found, unit.source, unit.target)
    tell_row(cells)


def boilerplate(path: Path) -> None:
    """A line for each stretch of a text that is not translated: rule, place, text."""
    from bitext import ingest

    document = ingest.parse(source_text(str(path), "utf-8"), path.name)
    for drop in document.drops:
        place = f"{drop.paragraph}:{drop.start}"
        tell_row((drop.rule, place, drop.text))
