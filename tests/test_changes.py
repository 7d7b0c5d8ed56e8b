"""Two runs side by side: what they were made with, what changed, and whether it was chance."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bitext import cli
from bitext.formats import jsonl
from bitext.qa import checked
from bitext.score import Snippet
from bitext.score.changes import Run, changes, settings, to_json, to_rows
from bitext.units import TranslationUnit

MANIFEST = {
    "bitext": "0.1",
    "signature": "bitext:0.1|glossary:aa|ct2:4|beam:1",
    "model": {"name": "builtin", "revision": "r1"},
    "glossaries": ["a.tsv"],
    "documents": [{"name": "a.txt"}],
}


def unit(number: int, source: str, target: str) -> TranslationUnit:
    name = f"a.txt:{number}:0:{number:08x}"
    return checked(TranslationUnit(name, "a.txt", number, 0, len(source), source, target, "mt"))


OLD = [
    unit(0, "Le site est en panne.", "The site is out."),
    unit(1, "Il a 4,9 millions.", "It has 49 million."),
    unit(2, "Oui.", "Yes."),
    unit(3, "Non.", "No."),
]
NEW = [
    replace(OLD[0], target="The site is down."),
    unit(1, "Il a 4,9 millions.", "It has 4.9 million."),
    OLD[2],
    unit(4, "Fin.", "End."),
]
SNIPPETS = [Snippet("a.txt", "Le site est en panne.", "The site is down.", 2)]


def run(name: str, units: list[TranslationUnit], **more: Any) -> Run:
    return Run(name, {**MANIFEST, **more}, units)


def test_units_are_the_same_by_their_ids() -> None:
    found = changes(run("old", OLD), run("new", NEW), SNIPPETS)
    assert (2, 1, 1, 1) == (len(found.changed), found.same, found.removed, found.added)
    better, mended = found.changed
    assert better.change and better.change > 0
    assert (None, ()) == (mended.change, mended.gained)
    assert ("major numbers: 4,9 millions has become 49 million",) == mended.lost
    assert [1, 0] == [sum(c.get("numbers", {}).values()) for c in found.checks]
    assert found.report and 1 == found.report.comparisons[0].count
    json.dumps(to_json(found), allow_nan=False)
    assert 3 == len(list(to_rows(found)))


def test_without_references_there_are_no_scores() -> None:
    found = changes(run("old", OLD), run("new", NEW))
    assert found.report is None
    assert to_json(found)["scores"] is None


SETTINGS: list[tuple[list[tuple[str, str, str]], dict[str, Any]]] = [
    ([], {}),
    ([], {"documents": []}),
    ([("beam", "beam:1", "beam:4")], {"signature": "bitext:0.1|glossary:aa|ct2:4|beam:4"}),
    ([("model revision", "r1", "r2")], {"model": {"name": "builtin", "revision": "r2"}}),
    ([("glossaries", "a.tsv", "none")], {"glossaries": []}),
    ([("preset", "–", "fast")], {"preset": "fast"}),
]


@pytest.mark.parametrize(("expected", "more"), SETTINGS)
def test_what_the_runs_were_made_with(
    expected: list[tuple[str, str, str]], more: dict[str, Any]
) -> None:
    found = settings(MANIFEST, {**MANIFEST, **more})
    assert expected == [(one.name, one.before, one.after) for one in found]


def test_the_command(tmp_path: Path) -> None:
    for name, units, beam in (("old", OLD, 1), ("new", NEW, 4)):
        folder = tmp_path / name
        folder.mkdir()
        with (folder / "units.jsonl").open("wb") as file:
            jsonl.write(units, file, signature=f"bitext:0.1|beam:{beam}", manifest={})
    references = tmp_path / "references.tsv"
    references.write_text(
        "document\tsource\treference\na.txt\tLe site est en panne.\tThe site is down.\n", "utf-8"
    )
    runs = [str(tmp_path / "old"), str(tmp_path / "new" / "units.jsonl")]
    table = CliRunner().invoke(cli.app, ["compare", *runs, "--references", str(references)])
    assert 0 == table.exit_code, table.output
    for said in ("beam:4", "2 units changed, 1 are the same", "numbers", "chrF++", "was ", "now "):
        assert said in table.stdout
    rows = CliRunner().invoke(cli.app, ["compare", *runs, "--format", "tsv"])
    assert 3 == len(rows.stdout.splitlines())
    plain = CliRunner().invoke(cli.app, ["compare", *runs, "--format", "json"])
    assert 2 == json.loads(plain.stdout)["units"]["changed"]
    absent = CliRunner().invoke(cli.app, ["compare", str(tmp_path), runs[1]])
    assert "units.jsonl: cannot be read" in str(absent.exception)
