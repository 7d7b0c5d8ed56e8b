"""
Machine translation engines. Only this package and `train` import torch or ctranslate2.

Engines read and write normalised text (`bitext.text`) and never hear of documents or files.
An engine around an engine is an engine: `Chunked(CT2(checkpoint))`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from bitext.registry import Registry
from bitext.units import Copied, Hypothesis, Link, TermMatch

# What an engine may be able to do beyond translating.
N_BEST, PREFIX, LINKS, SCORE, INLINE = "n-best", "prefix", "links", "score", "inline"
SUPPRESS, CONSTRAINED = "suppress", "constrained"

# Pieces in a translation at most. A sentence of `chunked.LONGEST` characters needs about 200.
LONGEST_OUTPUT = 256

# Beam widths of the presets.
PRESETS = {"fast": 1, "balanced": 2, "best": 4}


@dataclass(frozen=True, slots=True)
class Request:
    """
    One sentence to translate.

    `prefix` is how the translation must begin; `without` are phrases that an engine which has
    SUPPRESS does not say. `terms` are what an enforcing engine holds the translation to; their
    spans count in `text`. Other engines pass them over, but for two kinds: where `inline` is set,
    one that has INLINE shows their targets to the network; where `constrained` is set, one that has
    CONSTRAINED searches for translations that have the targets of all binding terms, and gives the
    best with fewer where it finds none. `verbatim` are stretches of `text` to copy, in their order.
    `raw` is the sentence as its document has it, by which memories know it; it changes no
    translation.
    """

    text: str
    prefix: str = ""
    terms: tuple[TermMatch, ...] = ()
    inline: bool = False
    without: tuple[str, ...] = ()
    constrained: bool = False
    verbatim: tuple[Copied, ...] = ()
    raw: str = field(default="", compare=False, repr=False)


class Engine(Protocol):
    """Translates a batch: for each request, in order, 1 to `n_best` hypotheses, best first."""

    @property
    def signature(self) -> str:
        """Names all that could change the output: model, revision, beam."""

    @property
    def capabilities(self) -> frozenset[str]: ...

    def translate(
        self, requests: Sequence[Request], *, n_best: int = 1
    ) -> list[list[Hypothesis]]: ...

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """Mean log probability per token of each (source, target), the end mark counted."""

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[Link, ...]]:
        """
        Links between the words of each (source, target), a finished translation by whomever.

        None where either side is longer than the network can read.
        """


class Around:
    """
    An engine around an engine, which scores and aligns as that one does.

    It offers one hypothesis a request, unless it says otherwise.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    @property
    def signature(self) -> str:
        return self.engine.signature

    @property
    def capabilities(self) -> frozenset[str]:
        return self.engine.capabilities - {N_BEST}

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        return self.engine.score(pairs)

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[Link, ...]]:
        return self.engine.align(pairs)


# A factory is a class: it is called with a checkpoint (None where the engine needs none), `beam`
# and `threads`, and its static `describe(checkpoint, beam=…)` gives the signature beforehand.
Factory = Callable[..., Engine]

ENGINES: Registry[Factory] = Registry(
    "engine",
    {
        "ct2": "bitext.engines.ct2:CT2",
        "transformers": "bitext.engines.marian:Marian",
        "echo": "bitext.engines.echo:Echo",
    },
)
