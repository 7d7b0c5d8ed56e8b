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
Memories = Annotated[
    list[Path] | None,
    typer.Option(
        "--memory",
        metavar="FILE",
        help="A translation memory to reuse (TMX, or a run's units.jsonl); repeatable, later ones "
        "win.",
    ),
]
MinMatch = Annotated[
    int,
    typer.Option(
        min=1, max=100, help="The score from which a match of the memory counts; 100 is the same."
    ),
]
