"""
A text of a bilingual file: its lines, each of which is translated by itself, and the codes in them.

A break (a line end, <br>, </p>) ends a line unless the sentence goes on behind it. Where nothing
but a code keeps two words apart, the engine is given a space between them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from bitext.formats.codes import SENTENCE_END
from bitext.inline import Code, Kind, Marked


class Said(str):
    """A code that is text in its file, too: written as text is, and counted with it."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Mark:
    """
    A code as it comes; `parts` tells what it keeps apart: nothing, words, or lines.

    The other fields are those of `Code`.
    """

    kind: Kind
    content: str
    pair: str = ""
    parts: Literal["", "words", "lines"] = ""


def lines_of(items: Iterable[str | Mark]) -> tuple[Marked, ...]:
    """The lines of a text whose pieces come in their order; there is at least one."""
    made = [Line()]
    for marks, text in runs(items):
        line, number = made[-1], cut(marks, made[-1].end, text)
        if number is None:
            line.take(marks, text)
        else:
            line.take(marks[:number], "")
            made.append(Line())
            made[-1].take(marks[number:], text)
    return tuple(Marked("".join(line.pieces), tuple(line.codes)) for line in made)


def runs(items: Iterable[str | Mark]) -> Iterator[tuple[list[Mark], str]]:
    """Codes that stand together, and the text that follows them."""
    marks: list[Mark] = []
    text = ""
    for item in items:
        if isinstance(item, str):
            text += item
        else:
            if text:
                yield marks, text
                marks, text = [], ""
            marks.append(item)
    yield marks, text


def cut(marks: Sequence[Mark], last: str, after: str) -> int | None:
    """
    Among codes between two texts, the number of the first of a new line; None if none begins.

    `last` is the last character of the first text that is no space.
    """
    breaks = [n for n, mark in enumerate(marks) if mark.parts == "lines"]
    first = after.lstrip()[:1]
    if not breaks or not last or not first or (goes_on(last) and first.islower()):
        return None
    closing = [number for number in breaks if marks[number].kind != "open"]
    return closing[-1] + 1 if closing else breaks[0]


def goes_on(last: str) -> bool:
    """Whether a sentence may go on behind a line that ends so."""
    return last.isalnum() or last in ",'’-–("


class Line:
    """A line in the making; `last` is its last character, `end` the last one that is no space."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.size = 0
        self.last = self.end = ""
        self.codes: list[Code] = []

    def take(self, marks: Sequence[Mark], text: str) -> None:
        """Add codes and the text behind them, with a space where only a code parts two words."""
        number = self.parting(marks, text)
        for mark in marks[: None if number is None else number + 1]:
            self.codes.append(Code(self.size, mark.kind, mark.content, mark.pair))
        if number is not None:
            self.codes[-1] = replace(self.codes[-1], tight=marks[number].parts == "lines")
            self.write(" ")
            for mark in marks[number + 1 :]:
                self.codes.append(Code(self.size, mark.kind, mark.content, mark.pair))
        self.write(text)

    def write(self, text: str) -> None:
        self.pieces.append(text)
        self.size += len(text)
        self.last = text[-1:] or self.last
        self.end = text.rstrip()[-1:] or self.end

    def parting(self, marks: Sequence[Mark], text: str) -> int | None:
        """The number of the code that alone keeps this line and a text apart; None if none does."""
        before, after = self.last, text[:1]
        if not before or not after or before.isspace() or after.isspace():
            return None
        words = before.isalnum() and after.isalnum()
        words |= before in SENTENCE_END and after.isupper()
        parting = ("words", "lines") if words else ("lines",)
        return next((n for n, mark in enumerate(marks) if mark.parts in parting), None)
