"""Tables and lines that people read, each text shown as it is."""

import sys
from typing import Any, TextIO

from rich.console import Console
from rich.text import Text

from bitext.cli.lines import printable


class Plain(Console):
    """A console that shows every text as it is, control characters as �."""

    def render_str(self, text: str, **options: Any) -> Text:
        # str.splitlines would take more than the newline for the end of a line.
        return super().render_str("\n".join(map(printable, text.split("\n"))), **options)


def console(*, stderr: bool = False, file: TextIO | None = None, soft_wrap: bool = False) -> Plain:
    """Stdout or another stream; in a pipe as wide as it takes, so that no cell is cut."""
    stream = sys.stderr if stderr else sys.stdout
    return Plain(
        stderr=stderr,
        file=file,
        width=None if stream.isatty() else 140 if stderr else 120,
        soft_wrap=soft_wrap,
        highlight=False,
        markup=False,
        emoji=False,
    )
