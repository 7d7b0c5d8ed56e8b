"""
Where inline codes stand in a unit of a memory: a match whose codes are others is not exact.

A memory keeps texts without their codes, and beside them the places of these.
"""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from bitext.formats import tmx_tu
from bitext.formats.tmx_tu import Inline
from bitext.units import TmMatch, TranslationUnit

# There are codes, and nobody knows where.
UNKNOWN = "?"


class Spot(NamedTuple):
    """
    A code in a text: the number of that of the source, its kind, and where it stands.

    White space behind a `tight` one is none of the translator's.
    """

    number: int
    kind: str
    at: int
    tight: bool


def written(unit: TranslationUnit, source_lang: str = "fr", target_lang: str = "en") -> str:
    """The codes of a unit's source and target; "" if there are none."""
    found = tmx_tu.codes(unit.tu) if unit.tu else {}
    sides = [found.get(lang, []) for lang in (source_lang, target_lang)]
    return json.dumps(sides, ensure_ascii=True) if any(sides) else ""


def spots(match: TmMatch) -> tuple[list[Spot], list[Spot]]:
    """The codes in the source and in the target of a match; none in a target with others."""
    if match.codes in ("", UNKNOWN):
        return [], []
    source, target = ([Inline(*code) for code in side] for side in json.loads(match.codes))
    numbers = {(code.kind, code.name): number for number, code in enumerate(source)}
    wanted = [numbers.get((code.kind, code.name), -1) for code in target]
    same = sorted(wanted) == [*range(len(source))]
    return (
        located(match.source, source, range(len(source))),
        located(match.target, target, wanted) if same else [],
    )


def located(text: str, codes: Sequence[Inline], numbers: Iterable[int]) -> list[Spot]:
    """Where in a text its codes stand."""
    ends = [0, *(at + 1 for at, character in enumerate(text) if not character.isspace())]
    found = []
    for number, code in zip(numbers, codes, strict=True):
        at = ends[min(code.at, len(ends) - 1)]
        while code.spaced and at < len(text) and text[at].isspace():
            at += 1
        found.append(Spot(number, code.kind, at, code.tight))
    return found
