"""The command line within this process: what a shell would see of it, without its start."""

import io
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from bitext.cli import main


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command left: its status, and what it wrote."""

    returncode: int
    stdout: bytes
    stderr: bytes


def bitext(*arguments: object, given: str | bytes = b"", cwd: Path | None = None) -> Ended:
    """Run a command; `given` is its standard input."""
    raw = given.encode() if isinstance(given, str) else given
    out, err = io.BytesIO(), io.BytesIO()
    with pytest.MonkeyPatch.context() as patch, written(out) as stdout, written(err) as stderr:
        patch.setattr(sys, "argv", ["bitext", *map(str, arguments)])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), "utf-8"))
        patch.setattr(sys, "stdout", stdout)
        patch.setattr(sys, "stderr", stderr)
        if cwd:
            patch.chdir(cwd)
        try:
            main()
            status = 0
        except SystemExit as ended:
            assert ended.code is None or isinstance(ended.code, int)
            status = ended.code or 0
    return Ended(status, out.getvalue(), err.getvalue())


@contextmanager
def written(file: io.BytesIO) -> Iterator[io.TextIOWrapper]:
    """A file as a program's output is one; left open at the end."""
    text = io.TextIOWrapper(file, "utf-8", "backslashreplace", write_through=True)
    yield text
    text.detach()
