"""The page's scripts by themselves, under node's test runner, with the command line's own rules."""

import json
import os
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from test_qa import TERMS, pairs, unit
from test_qa import match as matched

from bitext.formats import jsonl
from bitext.qa import checked
from bitext.review.rows import browser_offset, entry_row, spans, term_row
from bitext.review.rules import tables
from bitext.units import TranslationUnit

HERE = Path(__file__).parent
SUITES = sorted((HERE / "js").glob("*.test.mjs"))


def case(unit: TranslationUnit) -> dict[str, Any]:
    """A unit as the page unpacks it, and the flags that it must get."""
    source, target = browser_offset(unit.source), browser_offset(unit.target)
    entries = [match.entry for match in unit.matches]
    terms = []
    for number, match in enumerate(unit.matches):
        made = unit.enforcement[number] if unit.enforcement else None
        entry = {"admitted": []} | entry_row(match)
        row = term_row(match, made, entries.index(match.entry), source, target)
        terms.append(entry | row | {"required": match.required, "confidence": match.confidence})
    plain = {key: getattr(unit, key) for key in ("source", "target", "origin", "status")}
    issues = [
        (
            *(i.check, i.severity, i.message, i.category),
            *(spans(i.source_spans, source), spans(i.target_spans, target), i.fixes),
        )
        for i in checked(unit).issues or ()
    ]
    return {"unit": plain | {"terms": terms}, "issues": issues}


@pytest.fixture(scope="module")
def fixture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rules, and every pair of the tables; each also with the next one's translation."""
    with (HERE / "data" / "review.jsonl").open("rb") as file:
        units = list(jsonl.read(file))
    table = [unit(source, target) for source, target, _ in pairs()]
    crossed = [unit(a.source, b.target) for a, b in pairwise(table)]
    turned = [unit(a.target, a.source) for a in table]
    termed = [unit(a, b, matches=(matched(entry, a),)) for _, entry, a, b in TERMS]
    cases = [case(one) for one in units + table + crossed + turned + termed]
    place = tmp_path_factory.mktemp("scripts") / "given.json"
    place.write_text(json.dumps({"rules": tables(), "pairs": cases}))
    return place


@pytest.mark.slow
@pytest.mark.parametrize("suite", SUITES, ids=lambda path: path.name)
def test_scripts(suite: Path, fixture: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs node: apt-get install nodejs")
    ran = subprocess.run(
        [node, str(suite)],
        env=os.environ | {"REVIEW_FIXTURE": str(fixture)},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert 0 == ran.returncode, ran.stdout[-4000:] + ran.stderr[-2000:]
