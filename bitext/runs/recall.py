"""The engine of a run behind its translation memory."""

from bitext import memory
from bitext.engines import Engine
from bitext.glossary import Glossary


def remembering(
    engine: Engine, recall: memory.Memory, least: int, glossary: Glossary
) -> memory.Remembering:
    """The engine behind the memory: outside of all else, so that a sentence is looked up whole."""
    return memory.Remembering(engine, recall, least=least, terms_of=glossary.match)
