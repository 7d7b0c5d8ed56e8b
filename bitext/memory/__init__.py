"""
Translation memory: reuse what people have translated, for the same sentence and for one like it.

`build` writes a memory from units, `Memory` finds matches in it, `opened` does both for files and
keeps what it built, and `Remembering` is an engine that asks the memory first.
"""

from bitext.memory.building import build
from bitext.memory.cache import is_built, opened, units_of
from bitext.memory.recall import LEAST, Remembering, signature_of
from bitext.memory.store import Memory

__all__ = [
    "LEAST",
    "Memory",
    "Remembering",
    "build",
    "is_built",
    "opened",
    "signature_of",
    "units_of",
]
