"""Options that several commands share."""

from pathlib import Path
from typing import Annotated

import typer

Glossaries = Annotated[
    list[Path] | None,
    typer.Option(
        "--glossary",
        metavar="FILE",
        help="Terms to enforce (TSV, CSV, TBX, TMX); repeatable, the first to list a term counts.",
    ),
]
Model = Annotated[
    str,
    typer.Option(
        help="builtin, a checkpoint directory or a hub name; auto is opus-mt-fr-en if it was "
        "fetched (bitext models get) and else the built-in one."
    ),
]
EngineName = Annotated[str, typer.Option("--engine", help="ct2, transformers or echo (no model).")]
Preset = Annotated[str, typer.Option(help="fast (greedy), balanced (beam 2) or best (beam 4).")]
Encoding = Annotated[str, typer.Option(help="How the text files are encoded.")]
