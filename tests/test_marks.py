"""Punctuation of the source that a network loses or changes, and that no word pays for it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.enforce import HELD, held
from bitext.enforce.marks import Punctuated, punctuated
from bitext.engines.echo import Echo
from bitext.units import Enforcement, Hypothesis, Link

WORD = re.compile(r"\w+(?:['-]\w+)*")


def linked(source, target):
    """The nth word of the one linked to the nth word of the other."""
    pairs = zip(WORD.finditer(source), WORD.finditer(target), strict=False)
    return Hypothesis(target, None, tuple(Link(*a.span(), *b.span()) for a, b in pairs))


MENDED = [
    # source, what the engine says of it, and what comes of that
    # The last mark: too much, wanting, no question's.
    ("Un grand titre", "A big heading.", "A big heading"),
    ('"Un grand titre"', '"A big heading."', '"A big heading"'),
    ("Il vint.", "He came", "He came."),
    ('"Il vint."', '"He came"', '"He came."'),
    ('Il dit "oui".', 'He said "yes"', 'He said "yes".'),
    ("Vient-il ?", "Is-he coming.", "Is-he coming?"),
    ("Il attend...", "He waits-", "He waits..."),
    ("Il attend...", "He waits", "He waits..."),
    # What may be meant as it is.
    ("Il vit aux USA", "He lives in the U.S.", "He lives in the U.S."),
    ("Il vint !", "He came.", "He came."),
    ("Il attend...", "He waits.", "He waits."),
    ("Voici :", "Here it is.", "Here it is."),
    ("Il vint, etc.", "He came", "He came"),
    # The capital of a sentence, and of none.
    ("Non seulement lui", "not only him", "Not only him"),
    ("« Le fait »".replace("« ", '"').replace(" »", '"'), '"the fact"', '"The fact"'),
    ("mais il vint", "but he came", "but he came"),
    ("L'iPhone plaît", "iPhone pleases", "iPhone pleases"),
    # Words said twice, and not on purpose.
    ("La vidéo de Guy", "The video video of Guy", "The video of Guy"),
    ("Un fait sérieux", "A serious serious fact", "A serious fact"),
    ("Il a dit oui", "He said yes, he said yes", "He said yes, he said yes"),
    ("Il avait eu peur", "He had had fear", "He had had fear"),
    ("Non non merci", "No no thanks", "No no thanks"),
    # A mark said twice.
    ('"Un fait", dit-il.', '"A fact,," he said.', '"A fact," he said.'),
    ("Il vint hier.", "He came then..", "He came then."),
    ("Il attend... hier.", "He waits.. then.", "He waits.. then."),
    # Single quotation marks for double ones.
    ('Un "gadget" utile', "A 'gadget' useful", 'A "gadget" useful'),
    ('"Viens", dit "il"', "'Come', said 'he'", '"Come", said "he"'),
    ('Un "bon ami" dit', "A 'good friend's' says", "A \"good friend's\" says"),
    ('Un "gadget" et "un autre"', "A 'gadget' and another", "A 'gadget' and another"),
    ("Un 'gadget' et \"rien\"", "A 'gadget' and nothing", "A 'gadget' and nothing"),
    ('Le "roi" dort', "The kings' dogs' sleep", "The kings' dogs' sleep"),
    # A quotation of which one mark is there.
    ('Lui dit "il vint hier" ici', 'He said "he came then" so', 'He said "he came then" so'),
    ('Lui dit "il vint hier" ici', 'He said "he came then so', 'He said "he came then" so'),
    ('Lui dit "il vint hier" ici', 'He said he came then" so', 'He said "he came then" so'),
    ('Lui dit "il vint hier" ici', "He said \"he came then' so", 'He said "he came then" so'),
    ('Lui dit "il vint hier" ici', "He said 'he came then\" so", 'He said "he came then" so'),
    # Where the mark stands is not where the quotation begins.
    ('Lui dit "il vint hier" ici', 'He "said he came then so', 'He "said he came then so'),
    ('Lui dit "il vint hier" ici', 'He said he came" then so', 'He said he came" then so'),
]  # fmt: skip


@pytest.mark.parametrize(("source", "offered", "result"), MENDED)
def test_marks_are_those_of_the_source(source, offered, result):
    assert result == punctuated(source, linked(source, offered)).text


def test_a_quotation_whose_words_are_among_others_stays():
    source, target = 'Elle dit "il vint" ici', 'She says "he here came'
    words = [m.span() for m in WORD.finditer(source)]
    own = [m.span() for m in WORD.finditer(target)]
    links = [Link(*words[a], *own[b]) for a, b in ((0, 0), (1, 1), (2, 2), (3, 4), (4, 3))]
    assert target == punctuated(source, Hypothesis(target, None, tuple(links))).text


def test_links_and_reports_keep_to_their_words():
    source, target = 'Elle dit "il vint"', 'She says he came".'
    report = (Enforcement("right", "plain", "came", 12, 16), Enforcement("unenforced"))
    given_ = linked(source, target)
    with_stop = (*given_.links, Link(len(source) - 1, len(source), 17, 18))
    made = punctuated(source, Hypothesis(target, None, with_stop, report))
    assert 'She says "he came"' == made.text
    said = [made.text[k.target_start : k.target_end] for k in made.links]
    assert ["She", "says", "he", "came"] == said
    [first, second] = made.enforcement
    assert ("came", -1) == (made.text[first.start : first.end], second.start)


MARKED = st.text("ab .,?!'\"-…()", max_size=30)


@given(MARKED, MARKED)
def test_no_word_is_touched_and_once_is_enough(source, target):
    once = punctuated(source, linked(source, target))
    # Never "a" for "b": what is gone was said twice.
    before, after = (re.findall(r"\w+", text.lower()) for text in (target, once.text))
    left = iter(before)
    assert all(word in left for word in after)
    assert set(before) == set(after)
    assert once.text == punctuated(source, once).text
    for link in once.links:
        assert 0 <= link.target_start < link.target_end <= len(once.text)
        assert WORD.search(once.text, link.target_start, link.target_end)


@given(MARKED)
def test_what_is_as_the_source_stays(text):
    assert text == punctuated(text, linked(text, text)).text


def test_the_signature_tells_of_it():
    assert Punctuated(Echo()).signature.endswith("|marks")
    assert held(Echo()).signature.endswith(HELD)
