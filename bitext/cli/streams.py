"""Standard input, output and error as they are found: closed, full, or of another encoding."""

import os
import sys
from io import TextIOWrapper

# Flags with which each is opened if it is closed. Nothing can be written to what was opened to be
# read, so that what goes to a closed stdout is a fault, as it should be.
CLOSED = {"stdin": os.O_RDONLY, "stdout": os.O_RDONLY, "stderr": os.O_WRONLY}


def settle() -> None:
    """
    Give closed streams a place, and let no character be refused.

    Without that, the first file that is opened is stdout, and is written to.
    """
    for number, (name, flags) in enumerate(CLOSED.items()):
        stream = getattr(sys, name)
        if stream is None:
            descriptor = os.open(os.devnull, flags)
            if descriptor != number:
                os.dup2(descriptor, number)
                os.close(descriptor)
            mode = "r" if name == "stdin" else "w"
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115
        elif name != "stdin" and isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def abandon(*, stdout_only: bool = False) -> None:
    """Let go of what is still to be written, which the interpreter would try again at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout,) if stdout_only else (sys.stdout, sys.stderr):
        os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
