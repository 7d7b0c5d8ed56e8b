"""OmegaT projects: what is in them, where they may lie, and their memory read back."""

from pathlib import Path

import pytest
from some_units import PARLER, unit

from bitext import interchange
from bitext.errors import InputError, OutputError
from bitext.formats import tmx
from bitext.interchange import Export, Tally
from bitext.units import TranslationUnit


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
