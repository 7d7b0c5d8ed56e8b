"""Units out to other tools and back: what is chosen, what comes back, what is a conflict."""

import io
from dataclasses import replace
from pathlib import Path

import pytest

from bitext import interchange
from bitext.errors import BitextError, InputError, OutputError, UnknownName
from bitext.formats import FORMATS, jsonl, tmx
from bitext.formats.findings import Finding
from bitext.interchange import Edit, Export, Merge, Tally
from bitext.units import Enforcement, Issue, Link, TermEntry, TermMatch, TranslationUnit

PARLER = TermMatch(TermEntry("Parler", "Parler", "dnt", note="a network"), 3, 9, "Parler")


def unit(number: int = 1, source: str = "", target: str = "", **more: object) -> TranslationUnit:
    known = {"origin": "mt", "status": "untouched", "score": -0.5, "document": "a.txt"} | more
    text = source or f"Il dort {number} fois."
    return TranslationUnit(  # type: ignore[arg-type]
        id=f"a.txt:{number}:0:0a1b2c3d",
        paragraph=number,
        start=0,
        end=len(text),
        source=text,
        target=target or f"He sleeps {number} times.",
        **known,
    )


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


# OmegaT projects


def project(place: Path, units: list[TranslationUnit]) -> Tally:
    return interchange.export(units, place, Export("omegat", "s"))


def test_an_omegat_project(tmp_path: Path) -> None:
    approved = unit(1, "Le Parler.", "Parler.", status="approved", matches=(PARLER,))
    raw, rejected = unit(2, document="b.txt"), unit(3, "Non.", status="rejected")
    tally = project(tmp_path / "P", [approved, raw, rejected, unit(4, " "), unit(5, "a\n \nb")])
    text = {
        str(path.relative_to(tmp_path / "P")): path.read_text("utf-8")
        for path in (tmp_path / "P").rglob("*")
        if path.is_file()
    }
    assert "Le Parler.\n\nNon.\n\na\n \nb\n\n" == text["source/a.txt.utf8"]
    assert f"{raw.source}\n\n" == text["source/b.txt.utf8"]
    assert "Parler\tParler\ta network\n" == text["glossary/terms.utf8"]
    assert "<source_lang>FR</source_lang><target_lang>EN</target_lang>" in text["omegat.project"]
    assert "<languagerule " in text["omegat/segmentation.srx"]
    assert (1, 0) == (
        text["tm/auto/approved.tmx"].count("<tu "),
        text["tm/mt/mt.tmx"].count(approved.id),
    )
    assert {
        "left out: the source is blank": 1,
        "OmegaT cuts a segment at a blank line in it": 1,
        "is rejected, and in no memory": 1,
    } == dict(tally.losses)


@pytest.mark.parametrize(
    "document",
    [
        "../../../etc/passwd",
        "/etc/passwd",
        "..\\..\\x",
        "C:\\x",
        "a\0b",
        "..",
        "",
        "x" * 300,
        "é\ud800",
    ],
)
def test_no_name_leads_out_of_a_project(document: str, tmp_path: Path) -> None:
    project(tmp_path / "P", [unit(document=document), unit(2, document="a"), unit(3, document="A")])
    inside = [path for path in (tmp_path / "P" / "source").rglob("*") if path.is_file()]
    assert 3 == len(inside)
    assert ["P"] == [path.name for path in tmp_path.iterdir()]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine").touch()
    with pytest.raises(OutputError, match="is there already"):
        project(tmp_path, [unit()])


def test_the_memory_of_a_project_is_read(tmp_path: Path) -> None:
    memory = tmp_path / "omegat" / "project_save.tmx"
    memory.parent.mkdir()
    with memory.open("wb") as file:
        tmx.write([unit()], file, signature="s")
    assert [unit().target] == [u.target for u in interchange.read(tmp_path)]
    with pytest.raises(InputError, match="is a folder without"):
        list(interchange.read(tmp_path / "omegat"))


# Merging


def merged(
    units: list[TranslationUnit], *edits: TranslationUnit
) -> tuple[list[TranslationUnit], Merge]:
    merge = Merge([Edit(f"{n}.xlsx", edit) for n, edit in enumerate(edits, 1)])
    return list(merge(units)), merge


def test_an_edit_is_made() -> None:
    one = unit(
        1,
        "Le Parler.",
        "The Parlor.",
        matches=(PARLER,),
        enforcement=(Enforcement("unenforced"),),
        issues=(Issue("terms", "major", "Parler"),),
        links=(Link(0, 2, 0, 3),),
    )
    [new, other], merge = merged([one, unit(2)], replace(one, target="Parler.", comment="a name"))
    assert ("Parler.", "human", "draft", None) == (new.target, new.origin, new.status, new.score)
    assert (Enforcement("right", "human", "Parler", 0, 6),) == new.enforcement
    assert ((), (), "a name") == (new.issues, new.links, new.comment)
    assert unit(2) == other
    assert ([], {"edited": 1}) == (merge.conflicts, dict(merge.counts))


def test_a_term_that_the_reviewer_took_away_is_reported() -> None:
    one = unit(1, "Le Parler.", "Parler.", matches=(PARLER,), enforcement=(Enforcement("right"),))
    [new], _ = merged([one], replace(one, target="The network."))
    assert ["unenforced"] == [each.outcome for each in new.enforcement]


@pytest.mark.parametrize(
    ("kind", "ours", "edit"),
    [
        ("no such unit", unit(1), unit(9, "Autre.", "Other.")),
        ("source changed", unit(1), replace(unit(1), source="Il dort.", target="x")),
        ("approved already", unit(1, status="approved"), replace(unit(1), target="x")),
        ("emptied", unit(1), replace(unit(1), target=" ")),
    ],
)
def test_conflicts(kind: str, ours: TranslationUnit, edit: TranslationUnit) -> None:
    [same], merge = merged([ours], edit)
    assert ours == same
    assert [(kind, edit.id, "1.xlsx")] == [(c.kind, c.unit, c.file) for c in merge.conflicts]


def test_two_who_disagree_and_two_who_agree() -> None:
    one = unit(1)
    [same], merge = merged([one], replace(one, target="x"), replace(one, target="y"))
    assert (one, ["two edits", "two edits"]) == (same, [c.kind for c in merge.conflicts])
    [new], merge = merged([one], replace(one, target="x"), one, replace(one, target="x"))
    assert ("x", []) == (new.target, merge.conflicts)


def test_where_a_tool_keeps_no_ids_the_source_tells() -> None:
    twice = [unit(1, "Oui.", "Yes."), unit(2, "Oui.", "Yes."), unit(3)]
    new, merge = merged(twice, replace(unit(7, "Oui.", "Aye."), id="project_save.tmx:4"))
    assert ["Aye.", "Aye.", unit(3).target] == [u.target for u in new]
    assert [] == merge.conflicts


def test_an_edit_of_one_unit_is_none_of_another_with_the_same_source() -> None:
    new, _ = merged([unit(1, "Oui.", "Yes."), unit(2, "Oui.", "Yes.")], unit(2, "Oui.", "Aye."))
    assert ["Yes.", "Aye."] == [u.target for u in new]


@pytest.mark.parametrize("form", sorted(FORMATS.places()))
def test_what_went_out_and_came_back_untouched_changes_nothing(form: str, tmp_path: Path) -> None:
    odd = [
        unit(1, " deux\r\nlignes\u00a0", "two\r\nlines"),
        unit(2, "=1+1", "@x", status="approved", comment="sic"),
        unit(3, "a\x00b\x1b", "c\x0bd", status="rejected"),
        unit(4, "vide", " ", status="draft"),
    ]
    file = io.BytesIO()
    FORMATS.get(form).write(odd, file, signature="s")
    file.seek(0)
    new, merge = merged(odd, *FORMATS.get(form).read(file, name=f"x.{form}"))
    assert [] == merge.conflicts
    assert odd == new


# Bad input


def findings(content: str, name: str = "x.tmx", **options: object) -> tuple[list[str], list[str]]:
    """The sources that are read, and what is said."""
    said: list[Finding] = []
    form = {"tmx": "tmx", "xlf": "xliff", "csv": "csv"}[name.rpartition(".")[2]]
    found = FORMATS.get(form).read(io.BytesIO(content.encode()), name=name, report=said.append)
    return [unit.source for unit in found], [str(finding) for finding in said]


def tu(*variants: tuple[str, str]) -> str:
    """A memory of one unit with these variants, and a good one after it."""
    bodies = (variants, (("fr", "Oui"), ("en", "Yes")))
    tus = "".join(
        f'\n<tu tuid="t{number}">'
        + "".join(f'<tuv xml:lang="{lang}"><seg>{text}</seg></tuv>' for lang, text in body)
        + "</tu>"
        for number, body in enumerate(bodies, 1)
    )
    return f'<tmx version="1.4"><header/><body>{tus}</body></tmx>'


XLIFF = (
    '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="a" '
    'source-language="{lang}" target-language="en"><body>\n<trans-unit id="7">{inside}'
    "</trans-unit></body></file></xliff>"
)


@pytest.mark.parametrize(
    ("sources", "said", "content", "name"),
    [
        (
            ["Oui"],
            "x.tmx:2: t1: left out: a segment is empty",
            tu(("fr", "a"), ("en", " ")),
            "x.tmx",
        ),
        (
            ["Oui"],
            "x.tmx:2: t1: left out: has no segment in en",
            tu(("fr", "a"), ("de", "b")),
            "x.tmx",
        ),
        (
            ["a", "Oui"],
            "x.tmx:2: t1: has two segments in en; the first counts",
            tu(("fr", "a"), ("en", "b"), ("en-GB", "c")),
            "x.tmx",
        ),
        (
            ["a", "Oui"],
            "x.tmx:2: t1: language code 'fr_FR' should be fr-FR",
            tu(("fr_FR", "a"), ("en", "b")),
            "x.tmx",
        ),
        (["a", "Oui"], "language code 'eng' should be en", tu(("fr", "a"), ("eng", "b")), "x.tmx"),
        (["Oui"], "language code '' is none of BCP 47", tu(("", "a"), ("en", "b")), "x.tmx"),
        (
            ["a"],
            "x.xlf:2: 7: has two targets; the first counts",
            XLIFF.format(
                lang="fr", inside="<source>a</source><target>b</target><target>c</target>"
            ),
            "x.xlf",
        ),
        (
            [],
            "x.xlf:2: 7: left out: the source is empty",
            XLIFF.format(lang="fr", inside="<source/>"),
            "x.xlf",
        ),
        (
            ["a"],
            "x.xlf:1: the source is in 'de', not in fr",
            XLIFF.format(lang="de", inside="<source>a</source>"),
            "x.xlf",
        ),
        (["a"], "x.csv:2: status 'ok' is unknown", "SOURCE;Target;status\na;b;ok\n", "x.csv"),
        ([], "x.csv:3: x.csv:3: left out: the source is empty", "source,target\n,\n ,b\n", "x.csv"),
    ],
)
def test_what_is_odd_is_told_with_its_place(
    sources: list[str], said: str, content: str, name: str
) -> None:
    found, told = findings(content, name)
    assert sources == found
    assert any(said in each for each in told), told


def test_a_broken_file_gives_what_stands_before_the_break(tmp_path: Path) -> None:
    path, said = tmp_path / "cut.tmx", []
    with path.open("wb") as file:
        tmx.write([unit(1), unit(2), unit(3)], file, signature="s")
    whole = path.read_bytes()
    path.write_bytes(whole[: whole.index(b"a.txt:3") + 40])
    kept = list(interchange.read(path, keep_going=True, report=said.append))
    assert [unit(1).target, unit(2).target] == [u.target for u in kept]
    assert 1 == len(said)
    assert said[0].line
    assert "(2 units before it were read)" in said[0].problem
    with pytest.raises(InputError, match=r"cut.tmx:\d+: not well-formed"):
        list(interchange.read(path))


def test_unknown_endings_are_named() -> None:
    with pytest.raises(InputError, match="unknown ending"):
        list(interchange.read(Path("x.pdf")))


def test_a_record_keeps_what_it_is(tmp_path: Path) -> None:
    interchange.export(SAME, tmp_path / "a.jsonl", Export("jsonl", "s"))
    with (tmp_path / "a.jsonl").open("rb") as file:
        assert SAME == list(jsonl.read(file))
