"""Make the engine that a name, a model and a preset ask for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bitext.engines import ENGINES, PRESETS, Engine
from bitext.engines.chunked import LONGEST, Chunked
from bitext.errors import UnknownName
from bitext.models import Checkpoint, find


@dataclass(frozen=True, slots=True)
class Choice:
    """
    An engine that could be opened: plain data, nothing loaded yet.

    `signature` names all that could change its output.
    """

    engine: str
    preset: str
    checkpoint: Checkpoint | None
    signature: str
    longest: int


def choose(engine: str = "ct2", *, model: str = "auto", preset: str = "best") -> Choice:
    """Raises UnknownName for an engine or preset, EngineError for a model."""
    if preset not in PRESETS:
        raise UnknownName("preset", preset, PRESETS)
    factory: Any = ENGINES.get(engine)
    checkpoint = None if engine == "echo" else find(model)
    longest = (checkpoint.longest if checkpoint else None) or LONGEST
    described = factory.describe(checkpoint, beam=PRESETS[preset])
    return Choice(engine, preset, checkpoint, f"{described}|longest:{longest}", longest)


def open_engine(
    choice: Choice, *, threads: int = 0, wrap: Callable[[Engine], Engine] | None = None
) -> Engine:
    """
    A ready engine for text of any length; `threads` of 0 means one for every core.

    `wrap` goes around the engine proper, inside the cutting of long sentences: a glossary
    enforced on a part of a sentence disturbs no other part.
    """
    factory = ENGINES.get(choice.engine)
    made = factory(choice.checkpoint, beam=PRESETS[choice.preset], threads=threads)
    return Chunked(wrap(made) if wrap else made, longest=choice.longest)
