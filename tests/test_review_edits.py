"""Edits of a review page, merged into units: by id or source, and never over somebody's work."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from bitext.cli import app
from bitext.errors import InputError
from bitext.formats import jsonl
from bitext.review import Report, merge, read
from bitext.units import REVIEWER, Enforcement, Issue, Link, TermEntry, TermMatch, TranslationUnit

UNIT = TranslationUnit("a:0:0:1", "a", 0, 0, 4, "Oui.", "Yea.", "mt", score=-0.5)
OTHER = replace(UNIT, id="a:1:0:2", source="Non.", target="No.")


def edit(unit: TranslationUnit = UNIT, **done: Any) -> dict[str, Any]:
    return {"id": unit.id, "source": unit.source, "before": unit.target} | done


def file_of(*edits: dict[str, Any], everywhere: tuple[str, ...] = ()) -> bytes:
    return json.dumps(
        {"bitext_edits": 1, "edits": edits, "dismissed_everywhere": everywhere}
    ).encode()


def merged(
    units: list[TranslationUnit], *files: bytes
) -> tuple[list[TranslationUnit], list[tuple[str, str]]]:
    """The units, and outcome and reason of each edit that needs a look."""
    report = Report()
    result = list(merge(units, [read(BytesIO(file)) for file in files], report))
    return result, [(conflict.outcome, conflict.why) for conflict in report.conflicts]


CASES = [
    # unit as it is now, what was done to UNIT, (target, status, comment) after, outcome
    (UNIT, {"target": "Yes.", "status": "approved"}, ("Yes.", "approved", ""), None),
    (UNIT, {"target": "Yes."}, ("Yes.", "draft", ""), None),
    (UNIT, {"status": "rejected"}, ("Yea.", "rejected", ""), None),
    (UNIT, {"comment": "Why?"}, ("Yea.", "untouched", "Why?"), None),
    (UNIT, {"target": ""}, ("", "draft", ""), None),
    # The same again changes nothing.
    (
        replace(UNIT, target="Yes.", status="approved", origin="human"),
        {"target": "Yes.", "status": "approved"},
        ("Yes.", "approved", ""),
        None,
    ),
    # A later run said something else.
    (replace(UNIT, target="Aye."), {"target": "Yes."}, ("Yes.", "draft", ""), "merged"),
    (replace(UNIT, target="Aye."), {"status": "approved"}, ("Aye.", "untouched", ""), "kept"),
    (replace(UNIT, target="Aye."), {"comment": "Why?"}, ("Aye.", "untouched", "Why?"), None),
    # Somebody else was there.
    (
        replace(UNIT, target="Yep.", origin="human", status="draft"),
        {"target": "Yes."},
        ("Yep.", "draft", ""),
        "kept",
    ),
    (
        replace(UNIT, target="Yep.", origin="human", status="approved"),
        {"status": "rejected"},
        ("Yep.", "approved", ""),
        "kept",
    ),
    (replace(UNIT, comment="Hm."), {"comment": "Why?"}, ("Yea.", "untouched", "Hm."), "kept"),
    # Their decision was on the page already; this is the next one.
    (replace(UNIT, status="approved"), {"status": "rejected"}, ("Yea.", "rejected", ""), None),
    # The sentence has moved, or is gone.
    (replace(UNIT, id="a:7:0:9"), {"target": "Yes."}, ("Yes.", "draft", ""), "moved"),
]


@pytest.mark.parametrize(("now", "done", "expected", "outcome"), CASES)
def test_an_edit_goes_in_or_says_why(
    now: TranslationUnit, done: dict[str, Any], expected: tuple[str, ...], outcome: str | None
) -> None:
    [result], conflicts = merged([now], file_of(edit(**done)))
    assert expected == (result.target, result.status, result.comment)
    assert ([outcome] if outcome else []) == [outcome for outcome, _ in conflicts]


def test_what_is_not_there_is_listed() -> None:
    twice = [replace(UNIT, id="x"), replace(UNIT, id="y")]
    gone = edit(replace(UNIT, id="b:0:0:3", source="Peut-être."), target="Maybe.")
    result, conflicts = merged([OTHER, *twice], file_of(edit(target="Yes."), gone, edit(OTHER)))
    assert [OTHER, *twice] == result
    assert ["lost", "lost"] == [outcome for outcome, _ in conflicts]
    assert ["the source is there several times", "the source is not there any more"] == [
        why for _, why in conflicts
    ]


def test_of_two_reviewers_the_second_does_not_overwrite() -> None:
    first, second = file_of(edit(target="Yes.")), file_of(edit(target="Yep."))
    [result], conflicts = merged([UNIT], first, second)
    assert ("Yes.", [("kept", "somebody has edited it otherwise")]) == (result.target, conflicts)


def test_edits_of_another_document_are_refused() -> None:
    stranger = replace(UNIT, id="z:0:0:1", source="Autre chose.")
    with pytest.raises(InputError, match="is it of another document"):
        merged([UNIT], file_of(edit(stranger, target="Else.")))


def test_a_persons_text_keeps_nothing_of_the_machines() -> None:
    unit = replace(
        UNIT,
        source="Parler 98.",
        target="It 89.",
        matches=(TermMatch(TermEntry("Parler", "Parler", "dnt"), 0, 6, "Parler"),),
        enforcement=(Enforcement("unenforced"),),
        links=(Link(0, 1, 0, 1),),
        issues=(Issue("numbers", "major", "98 has become 89"),),
    )
    [result], _ = merged([unit], file_of(edit(unit, target="Parler 98.", status="approved")))
    assert ("human", None, (), ()) == (
        result.origin, result.score, result.links, result.issues
    )  # fmt: skip
    # What holds its terms now is verified anew.
    assert (Enforcement("right", "human", "Parler", 0, 6),) == result.enforcement


def test_flags_are_dismissed_for_good() -> None:
    here, there = Issue("a", "minor", "one"), Issue("b", "minor", "two")
    units = [replace(UNIT, issues=(here, there)), replace(OTHER, issues=(here, there))]
    file = file_of(edit(dismissed=["a: one"]), everywhere=("b: two",))
    result, _ = merged(units, file)
    assert [(), (here,)] == [unit.issues for unit in result]
    assert [("a: one", "b: two"), ("b: two",)] == [unit.dismissed for unit in result]


def test_a_mark_counts_characters_and_comes_once() -> None:
    unit = replace(UNIT, target="👇 nope")
    mark = {"side": "target", "start": 3, "end": 7, "text": "nope", "category": "style"}
    file = file_of(edit(unit, marks=[mark | {"severity": "minor", "note": "casual"}]))
    [result], _ = merged([unit], file)
    assert (Issue(REVIEWER, "minor", "casual", "style", (), ((2, 6),)),) == result.issues
    assert [result] == merged([result], file)[0]


DAMAGED = [
    (b"", "line 1"),
    (b'{"bitext_edits": 1, "edits": [', "line 1"),
    (b"\xff\xfe", "decode"),
    (b"[]", "holds no edits"),
    (b'{"bitext": "0.1.0"}', "holds no edits"),
    (b"[" * 100_000, "damaged"),
    (b'{"bitext_edits": 1}', "'edits' is missing"),
    (b'{"bitext_edits": 1, "edits": 7}', "damaged"),
    (b'{"bitext_edits": 1, "edits": [7]}', "damaged"),
    (file_of({"id": "x", "source": "y"}), "'before' is missing"),
    (file_of(edit(target=7)), "'7' is not a text"),
    (file_of(edit(status="perfect")), "status 'perfect' is unknown"),
    (file_of(edit(marks=[{"severity": "huge", "category": "x"}])), "severity 'huge' is unknown"),
    (file_of(edit(marks=[{"severity": "minor", "category": "x", "start": "a"}])), "damaged"),
    (file_of(edit(marks=[{"severity": "minor", "category": "x", "end": 1e999}])), "damaged"),
    (file_of(edit(dismissed=[1])), "'1' is not a text"),
]


@pytest.mark.parametrize(("file", "problem"), DAMAGED)
def test_a_damaged_file_is_one_line(file: bytes, problem: str) -> None:
    with pytest.raises(InputError) as caught:
        read(BytesIO(file), name="e.json")
    assert str(caught.value).startswith("e.json: ")
    assert problem in str(caught.value)
    assert "\n" not in str(caught.value)


# ---- The command line -----------------------------------------------------------------------


@pytest.fixture
def record(tmp_path: Path) -> Path:
    place = tmp_path / "units.jsonl"
    with place.open("wb") as file:
        documents = [{"name": "a", "metadata": {"date": "2021"}, "drops": []}]
        jsonl.write([UNIT, OTHER], file, signature="bitext:test", manifest={"documents": documents})
    return place


def call(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit | InputError)
    return result.exit_code, result.stderr


def test_import_merges_into_a_new_record(record: Path, tmp_path: Path) -> None:
    edits, out = tmp_path / "edits.json", tmp_path / "new.jsonl"
    edits.write_bytes(file_of(edit(target="Yes.", status="approved")))
    status, said = call("review", "import", edits, "--units", record, "--out", out)
    assert (0, "bitext: 1 edits merged\n") == (status, said)
    with out.open("rb") as file:
        assert ["Yes.", "No."] == [unit.target for unit in jsonl.read(file)]
    with out.open("rb") as file, record.open("rb") as before:
        assert jsonl.read_manifest(before) == jsonl.read_manifest(file)


def test_import_lists_conflicts_and_exits_3(record: Path, tmp_path: Path) -> None:
    edits, out = tmp_path / "edits.json", tmp_path / "new.jsonl"
    gone = edit(replace(UNIT, id="b", source="Gone\x1b[31m."), target="\x1b[31mred")
    edits.write_bytes(file_of(edit(target="Yes."), gone))
    status, said = call("review", "import", edits, "--units", record, "--out", out)
    assert 3 == status
    assert "1 edits merged, 1 to look at:" in said
    assert "the source is not there any more" in said
    assert "\x1b" not in said
    assert out.exists()


def test_import_into_the_file_itself(record: Path, tmp_path: Path) -> None:
    edits = tmp_path / "edits.json"
    edits.write_bytes(file_of(edit(target="Yes.")))
    assert 0 == call("review", "import", edits, "--units", record, "--out", record)[0]
    with record.open("rb") as file:
        assert ["Yes.", "No."] == [unit.target for unit in jsonl.read(file)]


def test_build_shows_references_and_a_baseline(record: Path, tmp_path: Path) -> None:
    references, page = tmp_path / "references.tsv", tmp_path / "review.html"
    references.write_text("document\tsource\treference\na\tOui.\tYes indeed.\n", "utf-8")
    other = tmp_path / "other.jsonl"
    with other.open("wb") as file:
        jsonl.write([replace(UNIT, target="Yup.")], file, signature="bitext:other")
    options = ("--reference", references, "--baseline", other, "--title", "A & B")
    status, said = call("review", "build", record, "--out", page, *options)
    assert (0, "") == (status, said)
    written = page.read_text("utf-8")
    for shown in ("Yes indeed.", "Yup.", "<bdi>A &amp; B</bdi>", '"date":"2021"'):
        assert shown in written


def test_what_cannot_be_read_is_one_line(record: Path, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        app, ["review", "build", "gone.jsonl", "--out", str(tmp_path / "x")]
    )
    assert "gone.jsonl: cannot be read" in str(result.exception)
    assert not (tmp_path / "x").exists()
