"""
Cut text into the pieces that a Marian checkpoint knows, and put pieces together again.

It does what transformers' MarianTokenizer does, without importing transformers, and keeps
where in the text each piece stands.
"""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sentencepiece

from bitext.engines import Request
from bitext.errors import EngineError
from bitext.units import Link

END, UNKNOWN = "</s>", "<unk>"
SPACE = "▁"  # SentencePiece's mark of a word's beginning
# Around a source phrase and the target that it must have (Dinu et al. 2019): user-defined
# pieces of the vocabularies that we train.
TERM, TRANSLATION, END_TERM = "<term>", "<trans>", "</term>"
MARKS = frozenset({TERM, TRANSLATION, END_TERM})
NOWHERE = (0, 0)
# A byte of a character that has no piece; and all that no text is spelt with.
BYTE = re.compile(r"<0x[0-9A-F]{2}>")
SPECIAL = re.compile(r"</?\w+>")


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
            if not isinstance(self.ids, dict) or not all(map(is_id, self.ids.values())):
                raise ValueError("vocab.json does not number the pieces")
        except (OSError, ValueError, RuntimeError) as error:
            problem = f"its SentencePiece models or vocab.json cannot be read ({error})"
            raise EngineError(f"{directory}: {problem}; fetch the checkpoint anew") from error
        self.tokens = {number: piece for piece, number in self.ids.items()}

    def encode(self, text: str) -> Pieces:
        """The pieces of a source text, without the end mark."""
        return self.pieces(self.source, text)

    @property
    def alphabet(self) -> frozenset[str]:
        """The characters that there are pieces for, rather than bytes or nothing."""
        return frozenset("".join(piece for piece in self.ids if not SPECIAL.fullmatch(piece)))

    @property
    def words(self) -> frozenset[str]:
        """The common words: those in small letters that are one piece."""
        bare = (piece.removeprefix(SPACE) for piece in self.ids if piece.startswith(SPACE))
        return frozenset(word for word in bare if word.islower() and word.isalpha())

    @property
    def has_marks(self) -> bool:
        """Whether the vocabulary has the term marks."""
        return self.ids.keys() >= MARKS

    def encode_with_terms(self, text: str, terms: Sequence[tuple[int, int, str]]) -> Pieces:
        """
        The pieces of a source text in which terms (start, end, target) stand with their targets.

        A term that begins or ends within a piece is widened to the piece; one that meets the
        term before it is passed over. What the network sees of a target counts as the term
        itself, so that links made from its attention lead to the source.
        """
        plain = self.encode(text)
        tokens: list[str] = []
        spans: list[tuple[int, int]] = []
        at = 0
        for start, end, target in sorted(terms, key=lambda term: (term[0], -term[1])):
            inside = [n for n, (a, b) in enumerate(plain.spans) if a < end and start < b]
            if not inside or inside[0] < at:
                continue
            first, last = inside[0], inside[-1] + 1
            words = self.encode_target(target).tokens
            tokens += plain.tokens[at:first]
            spans += plain.spans[at:first]
            tokens += [TERM, *plain.tokens[first:last], TRANSLATION, *words, END_TERM]
            spans += [NOWHERE, *plain.spans[first:last], NOWHERE, *[(start, end)] * len(words)]
            spans.append(NOWHERE)
            at = last
        return Pieces(tokens + plain.tokens[at:], spans + plain.spans[at:])

    def encode_target(self, text: str) -> Pieces:
        """The pieces of a target text, without the end mark."""
        return self.pieces(self.target, text)

    def unsaid(self, phrases: Sequence[str]) -> list[list[str]]:
        """What a decoding must not say: the term marks, and the pieces of these phrases."""
        marks = [[mark] for mark in sorted(MARKS & self.ids.keys())]
        return marks + self.spelled(phrases)

    def spelled(self, phrases: Sequence[str]) -> list[list[str]]:
        """The pieces of each target phrase as it is, with a first capital, and without."""
        cases = {
            case
            for phrase in phrases
            for case in (
                phrase,
                phrase[:1].upper() + phrase[1:],
                phrase[:1].lower() + phrase[1:],
            )
        }
        found = (self.encode_target(case).tokens for case in sorted(cases))
        return [tokens for tokens in found if tokens and UNKNOWN not in tokens]

    def pieces(self, model: Any, text: str) -> Pieces:
        found = model.encode(text, return_type="offset_mapping")
        # What is in the SentencePiece model but not in the vocabulary is unknown to the network;
        # so is a mark that stands in a text, lest texts give orders.
        tokens = [
            piece if piece in self.ids and piece not in MARKS else UNKNOWN
            for piece in found["pieces"]
        ]
        return Pieces(tokens, [trimmed(text, *span) for span in found["offsets"]])

    def decode(self, tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
        """The target text of pieces, and the span of each of them in it."""
        found: Any = self.target.decode(list(tokens), return_type="offset_mapping")
        text = str(found["text"])
        spans = [trimmed(text, *span) for span in found["offsets"]]
        left = len(text) - len(text.lstrip())
        text = text.strip()
        return text, [(clip(a - left, text), clip(b - left, text)) for a, b in spans]


def encoded(subwords: Subwords, request: Request) -> Pieces:
    """What the network reads of a request."""
    if not request.inline:
        return subwords.encode(request.text)
    asked = [(m.start, m.end, m.required) for m in request.terms if m.binding]
    return subwords.encode_with_terms(request.text, asked)


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


def is_id(value: object) -> bool:
    return type(value) is int and value >= 0
