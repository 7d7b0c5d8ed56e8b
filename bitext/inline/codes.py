"""A text with inline codes: what they are, apart from any format."""

from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["open", "close", "alone"]


@dataclass(frozen=True, slots=True)
class Code:
    """
    A code before the character `at` of a text.

    Opening and closing codes of one `pair` belong together; `content` is what it is in its
    format, which nobody here looks into. One that is alone may stand for a `text` that begins at
    `at` and that the translation copies: a command, say. `there` is where it is to stand in the
    translation, if that is known. A `tight` code is a break with no white space beside it: the
    space behind it in the text is for the engine.
    """

    at: int
    kind: Kind
    content: Any
    pair: str = ""
    text: str = ""
    there: int | None = None
    tight: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A text and the codes in it, in their order."""

    text: str
    codes: tuple[Code, ...] = ()


class Marking:
    """A `Marked` in the making: texts and codes as they come."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.size = 0
        self.codes: list[Code] = []

    def write(self, text: str) -> None:
        self.pieces.append(text)
        self.size += len(text)

    def mark(self, kind: Kind, content: Any, pair: str = "", text: str = "") -> None:
        self.codes.append(Code(self.size, kind, content, pair, text))
        self.write(text)

    def marked(self) -> Marked:
        return Marked("".join(self.pieces), tuple(self.codes))
