"""`bitext translate`: one file, or lines as they come."""

from pathlib import PurePath
from typing import TYPE_CHECKING, Annotated

import typer

from bitext.cli.files import decoded_lines, opened, target_file
from bitext.cli.lines import printable
from bitext.cli.options import (
    Encoding,
    EngineName,
    Glossaries,
    Memories,
    MinMatch,
    Model,
    Preset,
)
from bitext.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bitext.pretranslate import Result


WORD = "save it as .docx, .html, .md or plain text"
# Files that someone may take for texts to translate, and what to do with them.
NO_TEXT = {
    **dict.fromkeys((".doc", ".odt", ".rtf", ".pdf", ".epub", ".pptx", ".odp"), WORD),
    ".tmx": "bitext import reads it, and --memory reuses it",
    ".tbx": "give it with --glossary",
    ".jsonl": "bitext export writes its translations",
    ".xlsx": "bitext import reads it",
}


def translate(
    source: Annotated[
        str,
        typer.Argument(
            metavar="FILE",
            help="XLIFF, PO, HTML, docx, Markdown or SubRip, or text with one sentence a line; - "
            "for lines from stdin.",
        ),
    ],
    out: Annotated[
        str, typer.Option(metavar="FILE", help="The file to write; - for stdout.")
    ] = "-",
    glossary: Glossaries = None,
    memory: Memories = None,
    min_match: MinMatch = 75,
    model: Model = "auto",
    engine: EngineName = "ct2",
    preset: Preset = "best",
    encoding: Encoding = "utf-8",
) -> None:
    """
    Translate a file: a document in its structure, the empty targets of XLIFF and PO, or a line out
    for each line in.

    Of XLIFF and PO nothing else is changed; a target that would lose a placeholder stays empty
    and is named, with exit status 3. A term that could not be enforced is named on stderr.

    Example: bitext translate messages.po --out messages.en.po
    """
    from bitext import documents, pipeline, pretranslate, runs
    from bitext.enforce import held
    from bitext.engines import Engine
    from bitext.engines.opening import choose, open_engine
    from bitext.glossary import Glossary
    from bitext.memory import opened as opened_memory

    entries, _ = runs.read_glossaries(glossary or ())
    terms = Glossary(entries)
    choice = choose(engine, model=model, preset=preset)
    with opened(source) as file:
        if (suffix := PurePath(source).suffix.lower()) in NO_TEXT:
            raise InputError(source, f"a {suffix} file is no text to translate; {NO_TEXT[suffix]}")
        ready: Engine = open_engine(choice, wrap=held)
        if memory:
            ready = runs.remembering(ready, opened_memory(memory), min_match, terms)
        if pretranslate.format_of(source):
            content = file.read(pretranslate.LARGEST + 1)
            result = pretranslate.pretranslate(content, source, ready, terms)
            with target_file(out) as target:
                target.write(result.content)
            tell(source, result)
            return
        if documents.is_structured(source):
            content = file.read(documents.LARGEST + 1)
            document = documents.read(content, source, encoding=encoding, clean=False)
            units = list(pipeline.translate(document, ready, terms))
            rendered = documents.render(content, source, units, encoding=encoding)
            with target_file(out) as target:
                target.write(rendered)
            for unit in units:
                tell_each(source, pipeline.unenforced(unit.matches, unit.enforcement))
            return
        lines = decoded_lines(file, source, encoding)
        translated = enumerate(pipeline.translated_lines(lines, ready, terms), 1)
        if out == "-":
            for number, (line, told) in translated:
                typer.echo(line)
                tell_each(f"{source}:{number}", told)
            return
        with target_file(out) as target:
            for number, (line, told) in translated:
                target.write(f"{line}\n".encode("utf-8", "replace"))
                tell_each(f"{source}:{number}", told)


def tell_each(place: str, found: "Iterable[str]") -> None:
    """A line on stderr for each thing that a person should know of a place."""
    for what in found:
        typer.echo(printable(f"{place}: {what}"), err=True)


def tell(name: str, result: "Result") -> None:
    """What was filled and what was not; status 3 if anything stayed empty."""
    typer.echo(f"{name}: {result.filled} filled, {len(result.left)} left empty", err=True)
    tell_each(name, (f"{left.id}: {left.reason}" for left in (*result.unenforced, *result.left)))
    if result.left:
        raise typer.Exit(3)
