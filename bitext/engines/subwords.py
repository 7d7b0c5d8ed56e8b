"""
Cut text into the pieces that a Marian checkpoint knows, and put pieces together again.

It does what transformers' MarianTokenizer does, without importing transformers, and keeps
where in the text each piece stands.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sentencepiece

from bitext.errors import EngineError
from bitext.units import Link

END, UNKNOWN = "</s>", "<unk>"
SPACE = "▁"


@dataclass(frozen=True, slots=True)
class Pieces:
    """Subword pieces, and the span of the text that each stands for."""

    tokens: list[str]
    spans: list[tuple[int, int]]


class Subwords:
    """The two SentencePiece models and the vocabulary of a checkpoint directory."""

    def __init__(self, directory: Path) -> None:
        try:
            self.source = sentencepiece.SentencePieceProcessor(
                model_file=str(directory / "source.spm")
            )
            self.target = sentencepiece.SentencePieceProcessor(
                model_file=str(directory / "target.spm")
            )
            self.ids: dict[str, int] = json.loads((directory / "vocab.json").read_text("utf-8"))
        except (OSError, ValueError, RuntimeError) as error:
            problem = f"its SentencePiece models or vocab.json cannot be read ({error})"
            raise EngineError(f"{directory}: {problem}; fetch the checkpoint anew") from error
        self.tokens = {number: piece for piece, number in self.ids.items()}

    def encode(self, text: str) -> Pieces:
        """The pieces of a source text, without the end mark."""
        return self.pieces(self.source, text)

    def encode_target(self, text: str) -> Pieces:
        """The pieces of a target text, without the end mark."""
        return self.pieces(self.target, text)

    def pieces(self, model: Any, text: str) -> Pieces:
        found = model.encode(text, return_type="offset_mapping")
        # What is in the SentencePiece model but not in the vocabulary is unknown to the network.
        tokens = [piece if piece in self.ids else UNKNOWN for piece in found["pieces"]]
        return Pieces(tokens, [trimmed(text, *span) for span in found["offsets"]])

    def decode(self, tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
        """The target text of pieces, and the span of each of them in it."""
        found: Any = self.target.decode(list(tokens), return_type="offset_mapping")
        text = str(found["text"])
        spans = [trimmed(text, *span) for span in found["offsets"]]
        left = len(text) - len(text.lstrip())
        text = text.strip()
        return text, [(clip(a - left, text), clip(b - left, text)) for a, b in spans]


def clip(at: int, text: str) -> int:
    return min(max(at, 0), len(text))


def trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    """The span without the space that a piece carries in front."""
    while begin < end and text[begin] == " ":
        begin += 1
    return begin, end


def word_links(
    source: Sequence[tuple[int, int]],
    target: Sequence[tuple[int, int]],
    attention: Sequence[Sequence[float]],
) -> tuple[Link, ...]:
    """
    Links from a guided attention head: each target piece to the source piece it looks at most.

    `attention` has a row for each target piece and a column for each source piece (and one for
    the end mark, which links to nothing).
    """
    links = []
    for (start, end), row in zip(target, attention, strict=False):
        at = max(range(len(row)), key=row.__getitem__)
        if at < len(source) and start < end and source[at][0] < source[at][1]:
            links.append(Link(*source[at], start, end))
    return tuple(links)
