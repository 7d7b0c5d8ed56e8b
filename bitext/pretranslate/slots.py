"""What formats of bilingual files have in common: places to fill, and what they are filled with."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from bitext.inline import Code, Marked
from bitext.pretranslate.lines import Said

# From the best to the least; "copy" is what has nothing to translate.
Kind = Literal["copy", "exact", "fuzzy", "mt"]
KINDS: tuple[Kind, ...] = ("copy", "exact", "fuzzy", "mt")


def least(kinds: Iterable[Kind]) -> Kind:
    """What a translation is whose parts are these."""
    return max(kinds, key=KINDS.index, default="copy")


@dataclass(frozen=True, slots=True)
class Slot:
    """
    An empty target, and the lines of its source; `id` is how messages call it.

    All slots of one `unit` together may have `room` characters at most, where that is told.
    `entities` are those that the source writes for characters of its text, and `formats` the
    programs' ways of writing placeholders that the file names for it.
    """

    id: str
    lines: tuple[Marked, ...]
    unit: int = 0
    room: int | None = None
    entities: Mapping[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True)
class Fill:
    """
    A translation: its text, the same with the codes in it, and where it is from.

    `unenforced` says of each term that it has not as the glossary asks which it is, and why.
    """

    text: str
    pieces: Sequence[str | Code]
    kind: Kind
    unenforced: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """Its characters, with those of codes that are text in the file."""
        texts = (piece.content if isinstance(piece, Code) else Said(piece) for piece in self.pieces)
        return sum(len(text) for text in texts if isinstance(text, Said))


@dataclass(frozen=True, slots=True)
class Left:
    """What a person should look at, and why: a target that stayed empty, or a term that is not."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """The new file, how many targets were filled, those left empty, and terms not enforced."""

    content: bytes
    filled: int
    left: tuple[Left, ...]
    unenforced: tuple[Left, ...] = ()


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
