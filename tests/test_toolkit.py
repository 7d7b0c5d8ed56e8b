"""Translate Toolkit, a reader that is not ours, finds in our files what we wrote."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_formats import UNIT, written

from bitext.units import TranslationUnit

pytest.importorskip("translate")
from translate.storage import tmx as their_tmx
from translate.storage import xliff as their_xliff
from translate.storage import xliff2 as their_xliff2

STORES: dict[str, Any] = {
    "tmx": their_tmx.tmxfile,
    "xliff": their_xliff.xlifffile,
    "xliff2": their_xliff2.Xliff2File,
}
# Without white space at the ends, which TMX has none of.
plain = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1).map(str.strip)
texts = plain.filter(bool)
SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("0*.txt"))


def theirs(name: str, units: list[TranslationUnit]) -> list[tuple[str, str]]:
    store = STORES[name].parsefile(io.BytesIO(written(name, units)))
    return [(str(unit.source), str(unit.target)) for unit in store.units if unit.source]


@pytest.mark.parametrize("name", STORES)
@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=5))
def test_they_read_what_we_wrote(name: str, pairs: list[tuple[str, str]]) -> None:
    units = [
        replace(UNIT, id=f"a:{n}:0:0a1b2c3d", source=source, target=target)
        for n, (source, target) in enumerate(pairs)
    ]
    assert pairs == theirs(name, units)


@pytest.mark.parametrize("name", STORES)
def test_they_read_every_line_of_the_seeds(name: str) -> None:
    lines = [
        line.strip()
        for path in SEEDS
        for line in path.read_text("utf-8").splitlines()
        if line.strip()
    ]
    units = [
        replace(UNIT, id=f"a:{n}:0:0", source=t, target=f"EN {t}") for n, t in enumerate(lines)
    ]
    assert len(lines) > 100
    assert [(line, f"EN {line}") for line in lines] == theirs(name, units)


def test_they_see_what_people_approved() -> None:
    units = [replace(UNIT, status="approved"), replace(UNIT, id="2", status="untouched")]
    store = their_xliff.xlifffile.parsefile(io.BytesIO(written("xliff", units)))
    assert [True, False] == [unit.isapproved() for unit in store.units]
