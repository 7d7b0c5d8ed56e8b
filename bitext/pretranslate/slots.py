"""What formats of bilingual files have in common: places to fill, and what they are filled with."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bitext.inline import Code, Marked

Kind = Literal["exact", "fuzzy", "mt"]


@dataclass(frozen=True, slots=True)
class Slot:
    """
    An empty target; `id` is how messages call it.

    All slots of one `unit` together may have `room` characters at most, where that is told.
    """

    id: str
    source: Marked
    unit: int = 0
    room: int | None = None


@dataclass(frozen=True, slots=True)
class Fill:
    """A translation: its text, the same with the codes in it, and where it is from."""

    text: str
    pieces: Sequence[str | Code]
    kind: Kind


@dataclass(frozen=True, slots=True)
class Left:
    """A target that stayed empty, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """The new file, how many targets were filled, and those left empty."""

    content: bytes
    filled: int
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class Edit:
    """The characters start:end of a file give way to `text`."""

    start: int
    end: int
    text: str


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with all edits, which do not overlap; every other character stays."""
    pieces, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        pieces += [text[at : edit.start], edit.text]
        at = edit.end
    return "".join((*pieces, text[at:]))
