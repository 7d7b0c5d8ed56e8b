"""
Bare pairs, as scripts often have them: source, a tab, target, one pair a line.

A first line that only names the columns is no pair.

There is nothing to write: `tsv` keeps what these leave out.
"""

from collections.abc import Iterator
from typing import BinaryIO

from bitext.errors import InputError
from bitext.formats.encodings import lines
from bitext.units import TranslationUnit

HEADERS = {"source\ttarget", "fr\ten", "french\tenglish"}


def read(file: BinaryIO, *, name: str = "<pairs>") -> Iterator[TranslationUnit]:
    """Yield a unit a line, named by its number; raises InputError with the line of the damage."""
    for number, line in lines(file, name):
        text = line.rstrip("\r\n")
        if not text.strip() or (number == 1 and text.lower() in HEADERS):
            continue
        cells = text.split("\t")
        if len(cells) != 2:
            problem = f"{len(cells)} columns, not 2; put one tab between source and target"
            raise InputError(name, problem, line=number)
        source, target = cells
        unit_id = f"{name}:{number}"
        yield TranslationUnit(unit_id, name, number, 0, len(source), source, target, "human")
