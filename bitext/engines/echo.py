"""An engine that needs no model: for tests, dry runs and demonstrations."""

import re
from collections.abc import Sequence

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
