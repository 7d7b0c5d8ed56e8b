"""The terminology metrics of Alam et al. (2021), on sentences that can be counted by hand."""

import pytest

from bitext.score.terminology import (
    Counts,
    Term,
    consistency,
    exact_match,
    window_overlap,
)


def term(reference, *others, at=0):
    words = tuple(reference.split())
    accepted = (words, *(tuple(other.split()) for other in others))
    return Term(words, accepted, at, at + len(words))


STEM = {"toux": "toux", "cas": "cas", "confirmés": "confirmer", "confirmé": "confirmer"}.get


EXACT = [
    # hypothesis, terms, (exact, lemma, wrong)
    ("une toux sèche", [term("toux")], (1, 0, 0)),
    ("une quinte sèche", [term("toux")], (0, 0, 1)),
    # A word is a whole word.
    ("des symptômes", [term("symptôme")], (0, 0, 1)),
    # Two occurrences need two renderings.
    ("toux", [term("toux"), term("toux")], (1, 0, 1)),
    ("toux et toux", [term("toux"), term("toux")], (2, 0, 0)),
    # What is admitted counts, and of several words all stand together.
    ("du nez qui coule", [term("nez coule-t-il", "nez qui coule")], (1, 0, 0)),
    ("du nez rouge qui coule", [term("nez coule-t-il", "nez qui coule")], (0, 0, 1)),
    # Another form of the words is found by its lemma.
    ("un cas confirmé", [term("cas confirmés")], (0, 1, 0)),
    ("", [term("toux")], (0, 0, 1)),
    ("toux", [], (0, 0, 0)),
]


@pytest.mark.parametrize(("hypothesis", "terms", "counts"), EXACT)
def test_exact_match(hypothesis, terms, counts):
    found = exact_match(hypothesis.split(), terms, lambda word: STEM(word) or word)
    assert Counts(*counts) == found


def test_accuracy_is_the_share_in_any_form():
    total = Counts(759, 15, 127) + Counts()
    assert 774 / 901 == total.accuracy
    assert 1.0 == Counts().accuracy


OVERLAP = [
    # hypothesis, reference, terms, window, the share of the reference's neighbours
    ("a b TERM c d", "a b TERM c d", [term("TERM", at=2)], 2, 1.0),
    ("x b TERM c y", "a b TERM c d", [term("TERM", at=2)], 2, 0.5),
    ("x b TERM c y", "a b TERM c d", [term("TERM", at=2)], 1, 1.0),
    # Punctuation is no neighbour.
    ("b , TERM . c", "b TERM c", [term("TERM", at=1)], 1, 1.0),
    # Of two places the one that fits better is the term's.
    ("x TERM x b TERM c", "b TERM c", [term("TERM", at=1)], 1, 1.0),
    ("nothing of it", "b TERM c", [term("TERM", at=1)], 1, 0.0),
    ("TERM", "TERM", [term("TERM")], 2, 0.0),
]


@pytest.mark.parametrize(("hypothesis", "reference", "terms", "window", "share"), OVERLAP)
def test_window_overlap(hypothesis, reference, terms, window, share):
    found = window_overlap(hypothesis.split(), reference.split(), terms, window)
    assert share == pytest.approx(found)


def test_consistency_counts_terms_that_recur():
    assert 1.0 == consistency([("a", "x"), ("b", "y")])
    assert 0.75 == consistency([("a", "x"), ("a", "x"), ("a", "y"), ("a", "x"), ("b", "z")])
