"""Link the words of pairs that have no links yet, by the alignment of a model."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice

from bitext.engines import Engine
from bitext.text import Normalised, normalise
from bitext.units import Link, TranslationUnit

# Units held at once: enough to fill an engine's batches with pairs of like length.
WINDOW = 1024


def linked(
    units: Iterable[TranslationUnit], open_engine: Callable[[], Engine]
) -> Iterator[TranslationUnit]:
    """The units with links, as they come; the engine is opened if a unit has none."""
    opened = cache(open_engine)
    source = iter(units)
    while window := list(islice(source, WINDOW)):
        bare = [n for n, unit in enumerate(window) if not unit.links]
        if bare:
            layers = [(normalise(window[n].source), normalise(window[n].target)) for n in bare]
            found = opened().align([(french.text, english.text) for french, english in layers])
            for n, pair, links in zip(bare, layers, found, strict=True):
                window[n] = replace(window[n], links=tuple(raw(link, *pair) for link in links))
        yield from window


def raw(link: Link, source: Normalised, target: Normalised) -> Link:
    """A link between normalised texts as one between the raw ones."""
    return Link(
        *source.to_raw(link.source_start, link.source_end),
        *target.to_raw(link.target_start, link.target_end),
    )
