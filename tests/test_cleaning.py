"""What is no translation is found, with its reason; what is one is let be."""

from collections import Counter
from pathlib import Path

import pytest

from bitext import cleaning
from bitext.units import TranslationUnit

PAIRS = Path(__file__).parent / "data" / "qa_pairs.tsv"


def unit(source: str, target: str) -> TranslationUnit:
    return TranslationUnit("a", "a", 0, 0, len(source), source, target, "human")


def reasons(source: str, target: str) -> dict[str, str]:
    [(_, found)] = cleaning.judged([unit(source, target)])
    return {reason.rule: reason.found for reason in found}


@pytest.mark.parametrize(
    ("rule", "found", "source", "target"),
    [
        ("empty", "no source", " ", "Yes."),
        ("empty", "no target", "Oui.", "\u00a0"),
        ("empty", "no source and no target", "", ""),
        ("identical", "the translation is the source", "le chat dort", "le chat dort"),
        ("too-long", "the target has 2,001 characters", "a" * 1990, "a" * 2001),
        ("length-ratio", "64 to 4 characters", "Il est parti " * 4 + "hier au soir", "Gone"),
        ("language", "the source is English", "The cat is in the sun.", "The cat is in the sun."),
        ("language", "the target is French", "Il est parti avec elle.", "Il est parti sans elle."),
        ("numbers", "12 has become 13", "Il y a 12 chats.", "There are 13 cats."),
        ("control-characters", "U+001B in the source", "Oui\x1b.", "Yes."),
        ("control-characters", "U+FFFD in the target", "Été.", "\ufffd Summer."),
        ("markup", "<b> in the source", "Le <b>chat</b>", "The cat"),
        ("markup", "&nbsp; in the target", "Le chat", "The&nbsp;cat"),
    ],
)  # fmt: skip
def test_rules(rule: str, found: str, source: str, target: str) -> None:
    assert found == reasons(source, target)[rule]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Oui.", "Yes."),
        ("Parler", "Parler"),
        ("Donald J. Trump", "Donald J. Trump"),
        ("Il y a 4,9 millions de chats à 23 h 59.", "There are 4.9 million cats at 11:59 p.m."),
        ("Si x < 3 & y > 4 alors", "If x < 3 & y > 4 then"),
        ("« Je ne sais quoi »", "“Je ne sais quoi”"),
        ("AT&T; R&D", "AT&T; R&D"),
        ("Il aime les M&Ms; moi, non.", "He likes M&Ms; I do not."),
        ("But de Messi, but de Neymar, but de Mbappé !", "Goals by Messi, Neymar and Mbappé!"),
        ("Le directeur du Journal du Dimanche.", "The director of Le Journal du Dimanche."),
    ],
)
def test_translations_are_let_be(source: str, target: str) -> None:
    assert {} == reasons(source, target)


def test_a_pair_that_came_before_is_told_whatever_its_case() -> None:
    pairs = [unit("Oui", "Yes"), unit(" OUI", "yes "), unit("Oui", "Yeah")]
    found = [[r.rule for r in why] for _, why in cleaning.judged(pairs)]
    assert [[], ["duplicate"], []] == found


def test_nothing_is_lost_in_silence() -> None:
    told: list[str] = []
    pairs = [unit("Oui", "Yes"), unit("", ""), unit("Oui", "Yes"), unit("Le <b>", "12")]
    sifting = cleaning.Sifting(pairs, (), lambda gone, why: told.append(gone.source))
    assert ["Oui"] == [kept.source for kept in sifting]
    assert ["", "Oui", "Le <b>"] == told
    assert (1, 3) == (sifting.kept, sifting.left_out)
    expected = {"empty": 1, "duplicate": 1, "markup": 1, "numbers": 1}
    assert Counter(expected) == sifting.counts


def test_rules_can_be_left_aside() -> None:
    sifting = cleaning.Sifting([unit("", ""), unit("", "")], ("empty", "duplicate"))
    assert 2 == len(list(sifting))


@pytest.mark.slow
def test_hostile_text_takes_no_time() -> None:
    for piece in ("<", "<a ", "&", "<!--", "'", "1 ", "\x00", "la the "):
        reasons(piece * 100_000, piece * 100_000)
