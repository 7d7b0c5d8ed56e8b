"""`bitext models`: which checkpoints are there, and fetch another."""

from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True, help="List, show and fetch translation models.")


@app.command("list")
def list_() -> None:
    """
    The models that can be named with --model, their state and their place.

    Example: bitext models list
    """
    from bitext import models

    for name, state, place in models.known():
        typer.echo(f"{name}\t{state}\t{place}")


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="As for --model.")] = "builtin",
) -> None:
    """
    Print the card of a model: what it was trained on, how good it is, and its limits.

    Example: bitext models show builtin
    """
    from bitext import models

    typer.echo(models.card(models.find(name)))


@app.command()
def get(
    name: Annotated[str, typer.Argument(help="A name on the hub, owner/model.")],
) -> None:
    """
    Fetch a model from the hub; the one command that uses the network.

    Example: bitext models get Helsinki-NLP/opus-mt-fr-en
    """
    from bitext import models

    found = models.fetch(name)
    typer.echo(f"{found.name}\tready\t{found.path}")
