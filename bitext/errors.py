"""
Everything a user can get wrong, as a tree:

* BitextError             exit 1
  x InputError            a file cannot be read or does not parse
    x GlossaryError       a glossary row is unusable
  x OutputError           a file or folder cannot be written
  x EngineError           a model is missing or fails
  x MissingExtra          a part that is installed only on request is not there
  x UnknownName           no engine, preset or format of that name

Each message says where, what, and what to do. Anything else that escapes is a bug.
"""

from collections.abc import Iterable


def reason(error: OSError) -> str:
    """
    What the system says is wrong, to stand in brackets in one of our messages.

    >>> reason(FileNotFoundError(2, "No such file or directory"))
    'no such file or directory'
    """
    return (error.strerror or str(error)).lower()


class BitextError(Exception):
    """An error whose message is written for the user."""


class InputError(BitextError):
    """
    A file cannot be used.

    >>> print(InputError("lettre.txt", "not UTF-8 (byte 0xE9); save it as UTF-8", line=3))
    lettre.txt:3: not UTF-8 (byte 0xE9); save it as UTF-8
    """

    def __init__(self, path: object, problem: str, *, line: int | None = None) -> None:
        self.problem, self.line = problem, line
        where = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{where}: {problem}")


class GlossaryError(InputError):
    """A glossary row is unusable."""


class OutputError(BitextError):
    """
    Something cannot be written.

    >>> print(OutputError("out", "is a file; name a folder with --out"))
    out: is a file; name a folder with --out
    """

    def __init__(self, path: object, problem: str) -> None:
        super().__init__(f"{path}: {problem}")


class EngineError(BitextError):
    """A model is missing or fails."""


class MissingExtra(BitextError):
    """
    A part that is installed only on request is not there.

    >>> print(MissingExtra("--executor ray", "ray"))
    --executor ray: is not installed; pip install 'bitext[ray]'
    """

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what}: is not installed; pip install 'bitext[{extra}]'")


class UnknownName(BitextError):
    """
    A name that no registry holds, answered with the names that it does hold.

    >>> print(UnknownName("engine", "marion", ["marian", "echo"]))
    no engine called 'marion'; there is: echo, marian
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        super().__init__(f"no {kind} called {name!r}; there is: {', '.join(sorted(known))}")
