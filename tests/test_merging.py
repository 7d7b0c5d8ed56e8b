"""Reviewers' edits brought into units: what is made, and what is a conflict."""

import io
from dataclasses import replace

import pytest
from some_units import PARLER, unit

from bitext.formats import FORMATS
from bitext.interchange import Edit, Merge
from bitext.units import Enforcement, Issue, Link, TranslationUnit


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


def test_ids_that_begin_again_with_each_document() -> None:
    one, two = (replace(unit(1, f"Le {d}.", f"The {d}."), id="7", document=d) for d in "ab")
    edits = replace(one, target="A."), replace(two, target="B.")
    new, merge = merged([one, two], *edits)
    assert (["A.", "B."], []) == ([each.target for each in new], merge.conflicts)
    # Who keeps no documents is asked for the source.
    [_, kept], merge = merged([one, two], replace(one, target="A.", document="edits.csv"))
    assert (two, ["source changed"]) == (kept, [c.kind for c in merge.conflicts])


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


def test_a_source_that_is_translated_in_two_ways_is_left_alone() -> None:
    """A tool keeps one translation a source, and cannot tell which of ours it means."""
    two = [unit(1, "Oui.", "Yes."), unit(2, "Oui.", "Aye.")]
    new, merge = merged(two, replace(unit(7, "Oui.", "Aye."), id="project_save.tmx:4"))
    assert (two, []) == (new, merge.conflicts)
    new, merge = merged(two, replace(unit(7, "Oui.", "Yeah."), id="project_save.tmx:4"))
    assert (two, ["several translations"]) == (new, [c.kind for c in merge.conflicts])


def test_an_edit_of_one_unit_is_none_of_another_with_the_same_source() -> None:
    new, _ = merged([unit(1, "Oui.", "Yes."), unit(2, "Oui.", "Yes.")], unit(2, "Oui.", "Aye."))
    assert ["Yes.", "Aye."] == [u.target for u in new]


@pytest.mark.parametrize("form", sorted(FORMATS.places()))
def test_what_went_out_and_came_back_untouched_changes_nothing(form: str) -> None:
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
