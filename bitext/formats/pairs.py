"""
Bare pairs, as scripts often have them: source, a tab, target, one pair a line and no header.

There is nothing to write: `tsv` keeps what these leave out.
"""

from collections.abc import Iterator
from typing import BinaryIO

from bitext.errors import InputError
from bitext.units import TranslationUnit


def read(file: BinaryIO, *, name: str = "<pairs>") -> Iterator[TranslationUnit]:
    """Yield a unit a line, named by its number; raises InputError with the line of the damage."""
    for number, raw in enumerate(file, 1):
        try:
            text = raw.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise InputError(name, "not UTF-8; save it as UTF-8", line=number) from error
        if not text.strip():
            continue
        cells = text.split("\t")
        if len(cells) != 2:
            problem = f"{len(cells)} columns, not 2; put one tab between source and target"
            raise InputError(name, problem, line=number)
        source, target = cells
        unit_id = f"{name}:{number}"
        yield TranslationUnit(unit_id, name, number, 0, len(source), source, target, "human")
