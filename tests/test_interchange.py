"""Units out to other tools: what is chosen, into which files, and what is refused."""

import io
from pathlib import Path

import pytest
from some_units import unit

from bitext import interchange
from bitext.errors import BitextError, InputError, UnknownName
from bitext.formats import FORMATS, jsonl
from bitext.interchange import Export
from bitext.units import TranslationUnit


def exported(tmp_path: Path, units: list[TranslationUnit], **job: object) -> list[list[str]]:
    """The targets in each file that an export to corpus.tmx makes."""
    tally = interchange.export(units, tmp_path / "corpus.tmx", Export("tmx", "s", **job))  # type: ignore[arg-type]
    return [[u.target for u in interchange.read(Path(file))] for file in tally.files]


SAME = [
    unit(1, "Oui.", "Yes.", score=-0.9),
    unit(2, "Oui.", "Yes.", score=-0.1),
    unit(3, "Oui.", "Yeah.", score=-0.2),
    unit(4, "Oui.", "Indeed.", status="rejected", origin="human", score=None),
    unit(5, "Non.", "No.", status="draft"),
    unit(6, "Oui.", "Aye.", score=-0.3),
]


@pytest.mark.parametrize(
    ("expected", "job"),
    [
        (["Yes.", "Yes.", "Yeah.", "Indeed.", "No.", "Aye."], {}),
        (["Yes.", "Yeah.", "Indeed.", "No.", "Aye."], {"dedupe": "exact"}),
        (["Yes.", "No."], {"dedupe": "first"}),
        (["No.", "Aye."], {"dedupe": "last"}),
        (["Yes.", "No."], {"dedupe": "best"}),
        (["No."], {"statuses": ("draft",)}),
        (["Yes.", "Yeah.", "Indeed."], {"min_score": -0.25}),
        (["Indeed.", "No."], {"statuses": ("draft", "rejected"), "dedupe": "best"}),
    ],
)
def test_what_is_chosen(expected: list[str], job: dict[str, object], tmp_path: Path) -> None:
    assert [expected] == exported(tmp_path, SAME, **job)


def test_best_is_what_people_approved(tmp_path: Path) -> None:
    people = [
        unit(1, "Oui.", "a", score=-0.1),
        unit(2, "Oui.", "b", origin="human", score=None),
        unit(3, "Oui.", "c", status="approved", score=-3.0),
        unit(4, "Oui.", "d", score=-0.01),
    ]
    assert [["c"]] == exported(tmp_path, people, dedupe="best")
    assert [["b"]] == exported(tmp_path, [people[0], people[1], people[3]], dedupe="best")


def test_what_was_left_out_is_counted() -> None:
    file = io.BytesIO()
    job = Export("tmx", "s", statuses=("untouched",), min_score=-0.5, dedupe="exact")
    tally = interchange.export([*SAME, unit(7, target=" ")], file, job)
    expected = {
        "status rejected": 1,
        "status draft": 1,
        "score below -0.5": 1,
    }
    assert expected == dict(tally.left_out)
    assert {"left out: a side is blank": 1} == dict(tally.losses)
    assert unit(7).id == tally.first["left out: a side is blank"]
    assert 3 == tally.written


def test_people_and_machine_apart(tmp_path: Path) -> None:
    mixed = [
        unit(1, target="raw"),
        unit(2, target="approved", status="approved"),
        unit(3, target="from a memory", origin="human"),
        unit(4, target="somebody's draft", origin="human", status="draft"),
    ]
    apart = exported(tmp_path, mixed, apart=True)
    assert [["approved", "from a memory"], ["raw", "somebody's draft"]] == apart
    assert {"corpus.approved.tmx", "corpus.mt.tmx"} == {p.name for p in tmp_path.iterdir()}


@pytest.mark.parametrize("form", ["tmx", "xliff", "xliff2", "tsv", "csv", "html", "jsonl"])
def test_files_of_a_size(form: str, tmp_path: Path) -> None:
    many = [unit(n, "« & \x1b » " * n) for n in range(1, 60)]
    limit = 12_000
    tally = interchange.export(many, tmp_path / f"x.{form}", Export(form, "s", limit=limit))
    sizes = [Path(file).stat().st_size for file in tally.files]
    assert len(sizes) > 1
    assert max(sizes) <= limit
    module = FORMATS.get(form)
    back = []
    for file in tally.files:
        with Path(file).open("rb") as opened:
            back += [u.id for u in module.read(opened)]
    assert [u.id for u in many] == back


def test_regions_and_gz(tmp_path: Path) -> None:
    job = Export("tmx", "s", source_lang="fr-CA", target_lang="en-GB")
    for name in ("a.tmx.gz", "b.tmx.gz"):
        interchange.export([unit()], tmp_path / name, job)
    assert (tmp_path / "a.tmx.gz").read_bytes() == (tmp_path / "b.tmx.gz").read_bytes()
    assert [unit().target] == [u.target for u in interchange.read(tmp_path / "a.tmx.gz")]


@pytest.mark.parametrize(
    ("error", "said", "job"),
    [
        (BitextError, "'fr_FR' should be fr-FR", {"source_lang": "fr_FR"}),
        (BitextError, "'eng' should be en", {"target_lang": "eng"}),
        (BitextError, "'klingon' is none of BCP 47", {"target_lang": "klingon"}),
        (UnknownName, "no policy called 'x'", {"dedupe": "x"}),
        (BitextError, "standard output", {"apart": True}),
        (BitextError, "cannot be split", {"limit": 9}),
        (UnknownName, "no format called", {"form": "docm"}),
        (BitextError, "is a folder; name it with --out", {"form": "omegat"}),
    ],
)
def test_exports_refused(error: type[Exception], said: str, job: dict[str, str]) -> None:
    with pytest.raises(error, match=said):
        interchange.export(
            [unit()], io.BytesIO(), Export(**{"form": "tmx", "signature": "s"} | job)
        )  # type: ignore[arg-type]


def test_unknown_endings_are_named() -> None:
    with pytest.raises(InputError, match="unknown ending"):
        list(interchange.read(Path("x.pdf")))


def test_a_record_keeps_what_it_is(tmp_path: Path) -> None:
    interchange.export(SAME, tmp_path / "a.jsonl", Export("jsonl", "s"))
    with (tmp_path / "a.jsonl").open("rb") as file:
        assert SAME == list(jsonl.read(file))
