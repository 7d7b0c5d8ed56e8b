"""`bitext translate`: one file, or lines as they come."""

from typing import Annotated

import typer

from bitext.cli.files import decoded_lines, opened
from bitext.cli.options import (
    Encoding,
    EngineName,
    Glossaries,
    Memories,
    MinMatch,
    Model,
    Preset,
)


def translate(
    source: Annotated[
        str, typer.Argument(metavar="FILE", help="A file with one sentence a line; - for stdin.")
    ],
    glossary: Glossaries = None,
    memory: Memories = None,
    min_match: MinMatch = 75,
    model: Model = "auto",
    engine: EngineName = "ct2",
    preset: Preset = "best",
    encoding: Encoding = "utf-8",
) -> None:
    """
    Translate lines: one line out for each line in, in order.

    Example: echo "Bonjour à tous." | bitext translate -
    """
    from bitext import pipeline, runs
    from bitext.enforce import Enforced
    from bitext.engines import Engine
    from bitext.engines.opening import choose, open_engine
    from bitext.glossary import Glossary
    from bitext.memory import opened as opened_memory

    entries, _ = runs.read_glossaries(glossary or ())
    terms = Glossary(entries)
    choice = choose(engine, model=model, preset=preset)
    with opened(source) as file:
        lines = decoded_lines(file, source, encoding)
        ready: Engine = open_engine(choice, wrap=Enforced)
        if memory:
            ready = runs.remembering(ready, opened_memory(memory), min_match, terms)
        for line in pipeline.translate_lines(lines, ready, terms):
            typer.echo(line)
