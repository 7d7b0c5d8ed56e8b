"""Signs that a vocabulary has not: money, figures, symbols, placeholders."""

import string
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.enforce import held
from bitext.enforce.legible import Legible, amounts
from bitext.engines import Request
from bitext.engines.echo import Echo
from bitext.units import Hypothesis, Link, TermEntry, TermMatch

READ = frozenset(string.ascii_letters + string.digits + "éèàç ,.;:!?'\"()%-/▁")


class Blind(Echo):
    """Translates a few words, and answers signs that it has not with noise."""

    alphabet = READ
    words = {"et": "and", "millions": "million", "d'euros": "euros", "numéro": "number"}  # noqa: RUF012

    def __init__(self):
        self.asked = []

    def translate(self, requests, *, n_best=1):
        self.asked += [request.text for request in requests]
        return [[self.said(request.text)] for request in requests]

    def said(self, source):
        target, links, at = "", [], 0
        for word in source.split(" "):
            new = self.words.get(word, word)
            new = "".join(c if c in READ or c.isalnum() else "₂" for c in new)
            if new[:1].isdigit() and "," in new:
                new = new.replace(",", ".")
            start = len(target) + bool(target)
            target = f"{target} {new}" if target else new
            if word:
                links.append(Link(at, at + len(word), start, start + len(new)))
            at += len(word) + 1
        return Hypothesis(target, -1.0, tuple(links))


def translated(source, terms=()):
    [[found]] = Legible(Blind(), READ).translate([Request(source, terms=tuple(terms))])
    return found


LEGIBLE = [
    ("un prix de 15 €", "un prix de €15"),
    ("un prix de 15€ et 3 €", "un prix de €15 and €3"),
    ("3,5 M€ hier", "€3.5 million hier"),
    ("1 234,50 € hier", "€1,234.50 hier"),
    ("100 $ ici", "$100 ici"),
    ("$100 ici", "$100 ici"),
    ("100 £ ici", "£100 ici"),
    ("5 $ et 3 £", "$5 and 3 livres sterling"),
    ("mot 2 500,75 mot", "mot 2,500.75 mot"),
    ("le n° 5 ici", "le number 5 ici"),
    ("taux ≥ 5 mots", "taux ≥ 5 mots"),
    ("des {a} et {b} ici.", "des {a} and {b} ici."),
    ("le C:\\Users\\Paul ici", "le C:\\Users\\Paul ici"),
    ("du Windows® et Office™ ici", "du Windows® and Office™ ici"),
    ("un x = y ici", "un x = y ici"),
    ("plain and simple", "plain and simple"),
    ("du <b>gras</b> ici", "du <b>gras</b> ici"),
]


@pytest.mark.parametrize(("source", "result"), LEGIBLE)
def test_what_the_vocabulary_has_not_comes_through(source, result):
    assert result == translated(source).text


def test_pounds_that_are_not_told_apart_are_pounds_in_words():
    class Losing(Blind):
        def said(self, source):
            return Hypothesis("some dollars", -1.0)

    [[found]] = Legible(Losing(), READ).translate([Request("3 £ et 5 £")])
    assert "some pounds" == found.text


def test_a_vocabulary_that_has_all_is_left_alone():
    source = "15 € ≥ 5"
    for alphabet in (None, READ | set("€≥")):
        engine = Blind()
        Legible(engine, alphabet).translate([Request(source)])
        assert [source] == engine.asked


def test_a_sentence_that_keeps_its_signs_is_not_asked_again():
    class Copying(Blind):
        def said(self, source):
            return Hypothesis(source, -1.0)

    engine = Copying()
    Legible(engine, READ).translate([Request("a ≥ b")])
    assert ["a ≥ b"] == engine.asked


def test_links_lead_to_the_text_as_it_was():
    source = "mot 15 € fin"
    found = translated(source)
    assert "mot €15 fin" == found.text
    pairs = {
        source[k.source_start : k.source_end]: found.text[k.target_start : k.target_end]
        for k in found.links
    }
    assert ("mot", "fin") == (pairs["mot"], pairs["fin"])


def test_terms_keep_their_signs_and_places():
    source = "15 € pour R&D ici"
    at = source.index("R&D")
    term = TermMatch(TermEntry("R&D", "research", "term"), at, at + 3, "research")
    engine = Blind()
    Legible(engine, READ).translate([Request(source, terms=(term,))])
    assert ["15 euros pour R&D ici"] == engine.asked


@given(st.text("ab1 €$£≥{}%s°n.,\u00a0", max_size=25))
def test_any_text_is_translated(text):
    found = translated(text)
    for link in found.links:
        assert 0 <= link.source_start <= link.source_end <= len(text)
        assert 0 <= link.target_start < link.target_end <= len(found.text)
    spans = [span for span, _, _ in amounts(text)]
    assert all(a[1] <= b[0] for a, b in pairwise(spans))


def test_the_built_in_order_knows_of_it():
    assert "|legible" in held(Echo()).signature
