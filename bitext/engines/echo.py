"""An engine that needs no model: for tests, dry runs and demonstrations."""

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from bitext.engines import LINKS, PREFIX, SCORE, Request
from bitext.units import Hypothesis, Link

WORD = re.compile(r"\S+")


class Echo:
    """Gives each sentence back as it is, every word linked to itself."""

    signature = "echo"
    capabilities = frozenset({PREFIX, LINKS, SCORE})

    def __init__(self, checkpoint: object = None, *, beam: int = 1, threads: int = 0) -> None:
        pass

    @staticmethod
    def describe(checkpoint: object = None, *, beam: int = 1) -> str:
        """The signature."""
        return "echo"

    def translate(self, requests: Sequence[Request], *, n_best: int = 1) -> list[list[Hypothesis]]:
        return [[self.echo(request)] for request in requests]

    def echo(self, request: Request) -> Hypothesis:
        shift = len(request.prefix) + 1 if request.prefix else 0
        links = tuple(
            Link(m.start(), m.end(), m.start() + shift, m.end() + shift)
            for m in WORD.finditer(request.text)
        )
        text = f"{request.prefix} {request.text}" if request.prefix else request.text
        return Hypothesis(text, 0.0, links)

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        return [0.0] * len(pairs)

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[Link, ...]]:
        """Equal words linked, in order."""
        return [tuple(equal_words(source, target)) for source, target in pairs]


def equal_words(source: str, target: str) -> Iterator[Link]:
    ours, theirs = list(WORD.finditer(source)), list(WORD.finditer(target))
    matcher = SequenceMatcher(None, [m[0] for m in ours], [m[0] for m in theirs], autojunk=False)
    for a, b, size in matcher.get_matching_blocks():
        for one, other in zip(ours[a : a + size], theirs[b : b + size], strict=True):
            yield Link(*one.span(), *other.span())
