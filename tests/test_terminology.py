"""The terminology metrics of Alam et al. (2021), on sentences that can be counted by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.score.term_edits import term_edit_rate
from bitext.score.terminology import (
    Counts,
    Term,
    consistency,
    exact_match,
    window_overlap,
)


def term(reference, *others, at=0, by_lemma=False):
    words = tuple(reference.split())
    accepted = (words, *(tuple(other.split()) for other in others))
    return Term(words, accepted, at, at + len(words), by_lemma)


STEM = {"toux": "toux", "cas": "cas", "confirmés": "confirmer", "confirmé": "confirmer"}


def lemma(word):
    return STEM.get(word, word)


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
    found = exact_match(hypothesis.split(), terms, lemma)
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


LEMMAS = [
    # hypothesis, reference, terms, window, the share of the reference's neighbours
    ("un confirmé , b", "un confirmés b", [term("confirmés", at=1, by_lemma=True)], 1, 1.0),
    # Only what the reference inflects is looked for by lemma.
    ("un confirmé b", "un confirmés b", [term("confirmés", at=1)], 1, 0.0),
    # Neighbours are lemmas then, and the mean is over both kinds.
    (
        "cas confirmé et toux",
        "x confirmés et toux",
        [term("confirmés", at=1, by_lemma=True), term("toux", at=3)],
        1,
        0.75,
    ),
]


@pytest.mark.parametrize(("hypothesis", "reference", "terms", "window", "share"), LEMMAS)
def test_window_overlap_by_lemma(hypothesis, reference, terms, window, share):
    found = window_overlap(hypothesis.split(), reference.split(), terms, window, lemma)
    assert share == pytest.approx(found)


EDITS = [
    # hypothesis, reference, terms, edits to a word of the reference
    ("une toux sèche", "une toux sèche", [term("toux", at=1)], 0.0),
    # Replaced or missing, a term's word costs two edits, another one.
    ("une quinte sèche", "une toux sèche", [term("toux", at=1)], 2 / 3),
    ("une sèche", "une toux sèche", [term("toux", at=1)], 2 / 3),
    ("une toux grasse", "une toux sèche", [term("toux", at=1)], 1 / 3),
    ("une toux sèche", "une petite toux sèche", [term("toux", at=2)], 1 / 4),
    # Of several words each counts.
    ("le nez rouge", "le nez qui coule", [term("nez qui coule", at=1)], 4 / 4),
    # Words too many and shifts cost one, a term's too.
    ("toux toux", "toux", [term("toux")], 1.0),
    ("c d a b", "a b c d", [term("c d", at=2)], 1 / 4),
    # A sentence with a term sought by lemma has the mean of its tokens' and its lemmas' rate.
    ("un cas confirmé", "un cas confirmés", [term("confirmés", at=2, by_lemma=True)], 1 / 6),
    ("un cas connu", "un cas confirmés", [term("confirmés", at=2, by_lemma=True)], (1 + 2) / 6),
    ("", "toux sèche", [term("toux")], 3 / 2),
    ("toux", "", [], 1.0),
    ("", "", [], 0.0),
]


@pytest.mark.parametrize(("hypothesis", "reference", "terms", "rate"), EDITS)
def test_term_edit_rate(hypothesis, reference, terms, rate):
    found = term_edit_rate(hypothesis.split(), reference.split(), terms, lemma)
    assert rate == pytest.approx(found)


def test_a_term_without_lemmas_counts_as_it_stands():
    terms = [term("confirmés", at=2, by_lemma=True)]
    assert 2 / 3 == term_edit_rate("un cas confirmé".split(), "un cas confirmés".split(), terms)


# Few words, that there is much to shift, and sentences beyond sacrebleu's band.
SENTENCES = st.lists(st.sampled_from("abcde"), min_size=1, max_size=12) | st.lists(
    st.sampled_from([*"abcdefgh", *map(str, range(90))]), min_size=1, max_size=80
)


@given(SENTENCES, SENTENCES)
def test_without_terms_the_rate_is_ter(hypothesis, reference):
    import sacrebleu

    theirs = sacrebleu.sentence_ter(" ".join(hypothesis), [" ".join(reference)]).score
    assert theirs / 100 == pytest.approx(term_edit_rate(hypothesis, reference, []))


@given(SENTENCES, SENTENCES, st.data())
def test_terms_cost_no_less_and_at_most_twice(hypothesis, reference, drawn):
    at = drawn.draw(st.integers(0, len(reference) - 1))
    size = drawn.draw(st.integers(1, len(reference) - at))
    one = term(" ".join(reference[at : at + size]), at=at)
    assert 0.0 == term_edit_rate(reference, reference, [one])
    # Nothing is shifted to match nothing, so that of a lone word the bounds are exact.
    plain = term_edit_rate(["-"], reference, [])
    assert plain <= term_edit_rate(["-"], reference, [one]) <= 2 * plain


def test_consistency_counts_terms_that_recur():
    assert 1.0 == consistency([("a", "x"), ("b", "y")])
    assert 0.75 == consistency([("a", "x"), ("a", "x"), ("a", "y"), ("a", "x"), ("b", "z")])
