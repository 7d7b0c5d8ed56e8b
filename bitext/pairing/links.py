"""Which words of aligned sentences stand for each other, by the engine's attention."""

from collections.abc import Sequence
from dataclasses import replace

from bitext.engines import LINKS, Engine
from bitext.text import normalise
from bitext.units import Link, TranslationUnit


def with_links(units: Sequence[TranslationUnit], engine: Engine) -> list[TranslationUnit]:
    """The units with word links where both sides have text and the engine can give them."""
    found = list(units)
    if LINKS not in engine.capabilities:
        return found
    full = [n for n, unit in enumerate(units) if unit.source and unit.target]
    layers = [(normalise(units[n].source), normalise(units[n].target)) for n in full]
    linked = engine.align([(source.text, target.text) for source, target in layers])
    for n, (source, target), links in zip(full, layers, linked, strict=True):
        raw = tuple(
            Link(
                *source.to_raw(link.source_start, link.source_end),
                *target.to_raw(link.target_start, link.target_end),
            )
            for link in links
        )
        found[n] = replace(units[n], links=raw)
    return found
