"""Lines that people read: nothing in a text or in a file's name steers their terminal."""

from collections.abc import Iterable

import typer


def tell_row(cells: Iterable[object]) -> None:
    """A line on stdout with tabs between its cells."""
    typer.echo("\t".join(printable(" ".join(str(cell).split())) for cell in cells))


def printable(text: str) -> str:
    """
    Without what would steer a terminal, or what it cannot be sent.

    >>> printable("a\\x1b[31m")
    'a�[31m'
    """
    return "".join(c if c.isprintable() else "\ufffd" for c in text)


def short(text: str, most: int = 200) -> str:
    """
    One line of a text.

    >>> short("a\\n  b", 2)
    'a…'
    """
    line = printable(" ".join(text.split()))
    return line if len(line) <= most else f"{line[: most - 1]}…"
