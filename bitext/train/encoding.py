"""From text to the numbers that a network reads, by a new vocabulary or that of a checkpoint."""

import json
from hashlib import sha256
from pathlib import Path
from typing import Protocol

import numpy as np
import sentencepiece

from bitext.engines.subwords import BYTE, END_TERM, TERM, TRANSLATION, Subwords
from bitext.train.terms import Marks

PIECES = ("source.spm", "target.spm", "vocab.json")


class Encoder(Protocol):
    """
    Ids of the pieces of a text; `size` counts the padding, which is the last id.

    `vocabulary` changes with any piece: a corpus encoded by another cannot be used.
    """

    size: int
    vocabulary: str

    def source(self, text: str) -> list[int]: ...

    def target(self, text: str) -> list[int]: ...

    def pieces(self) -> list[str]:
        """The pieces by their ids, "" for an id that is none."""

    def marks(self) -> Marks | None:
        """The term marks, if the vocabulary has them."""


class Joint:
    """One SentencePiece model whose numbers are the ids, as we train them."""

    def __init__(self, path: Path) -> None:
        self.model = sentencepiece.SentencePieceProcessor(model_file=str(path))
        self.size = self.model.get_piece_size() + 1
        self.vocabulary = digest(path)

    def source(self, text: str) -> list[int]:
        return list(self.model.encode(text))

    target = source

    def pieces(self) -> list[str]:
        return [*map(self.model.id_to_piece, range(self.size - 1)), ""]

    def marks(self) -> Marks | None:
        pieces = {self.model.id_to_piece(n): n for n in range(self.size - 1)}
        return marks_in(pieces, self.size)


class OfCheckpoint:
    """The two SentencePiece models and the vocabulary of any Marian checkpoint."""

    def __init__(self, directory: Path) -> None:
        self.subwords = Subwords(directory)
        config = json.loads((directory / "config.json").read_text("utf-8"))
        self.size = int(config["vocab_size"])
        self.vocabulary = digest(*(directory / name for name in PIECES))

    def source(self, text: str) -> list[int]:
        return [self.subwords.ids[token] for token in self.subwords.encode(text).tokens]

    def target(self, text: str) -> list[int]:
        return [self.subwords.ids[token] for token in self.subwords.encode_target(text).tokens]

    def pieces(self) -> list[str]:
        found = {number: piece for piece, number in self.subwords.ids.items()}
        return [found.get(number, "") for number in range(self.size)]

    def marks(self) -> Marks | None:
        return marks_in(self.subwords.ids, self.size)


def digest(*paths: Path) -> str:
    return sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:12]


def marks_in(ids: dict[str, int], size: int) -> Marks | None:
    if not {TERM, TRANSLATION, END_TERM} <= ids.keys():
        return None
    opens, closes = np.zeros(size, np.bool_), np.zeros(size, np.bool_)
    letters = np.zeros(size, np.int64)
    for piece, number in ids.items():
        text = piece.removeprefix("▁")
        # A byte's name says nothing of what it is a part of.
        known = bool(text) and not BYTE.fullmatch(piece)
        opens[number] = piece.startswith("▁") or (known and not text[0].isalnum())
        closes[number] = known and not text[-1].isalnum()
        letters[number] = sum(map(str.isalnum, text)) if known else 0
    return Marks(ids[TERM], ids[TRANSLATION], ids[END_TERM], opens, closes, letters)
