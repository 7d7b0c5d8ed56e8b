"""What is kept though no glossary says so: addresses, acronyms, figures, emoji."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_enforce import GLOSSARY, Scripted, report

from bitext.enforce import HELD, held
from bitext.enforce.beside import Beside
from bitext.engines import Request
from bitext.engines.echo import Echo
from bitext.text import normalise
from bitext.units import Hypothesis, Link, TermEntry, TermMatch


def translated(source, script):
    engine = held(Scripted(script))
    [[hypothesis]] = engine.translate([Request(source, terms=GLOSSARY.match(source))])
    return hypothesis


KEPT = [
    # source, what the engine says of it, and what comes of that
    ("Vois @Apple ici", "See @Aple here", "See @Apple here"),
    ("Vois @Apple ici", "See @Apple here", "See @Apple here"),
    ("Vois https://a.fr/b ici", "See https://a.fr/bb here", "See https://a.fr/b here"),
    ("Vois jean@a.fr ici", "See john@a.fr here", "See jean@a.fr here"),
    ("Au 01 23 45 67 89 donc", "At 01 23 45 67 8 so", "At 01 23 45 67 89 so"),
    ("Le PDG part", "The PDG leaves", "The CEO leaves"),
    ("Le PDG part", "The chief leaves", "The chief leaves"),
    ("Une OMS forte", "A OMS strong", "A WHO strong"),
    ("Avec Pattloch donc", "With Patloch so", "With Pattloch so"),
    ("Avec Moscou donc", "With Moscow so", "With Moscow so"),
    ("Depuis 1933 déjà", "Since 19333 already", "Since 1933 already"),
    ("Des 1990 alors", "Of 1990s then", "Of 1990s then"),
    ("Depuis hier déjà", "Since yesterday 5", "Since yesterday 5"),
]


@pytest.mark.parametrize(("source", "offered", "result"), KEPT)
def test_what_a_translation_keeps(source, offered, result):
    hypothesis = translated(source, {source: {"": [offered]}})
    assert (result, ()) == (hypothesis.text, hypothesis.enforcement)


def test_only_terms_of_the_glossary_are_reported():
    source = "Wood aime Parler et @Apple"
    script = {source: {"": ["Wood likes Talk and @Aple"]}}
    found = translated(source, script)
    assert "Wood likes Parler and @Apple" == found.text
    assert [("enforced", "alignment", "Parler")] == report(found)


def test_a_term_without_a_letter_is_reported_beside_an_emoji():
    terms = (TermMatch(TermEntry("&", "&", "dnt"), 0, 1, "&"),)
    [[found]] = held(Echo()).translate([Request("& 😀", terms=terms)])
    assert "& 😀" == found.text
    assert ["&"] == [found.text[e.start : e.end] for e in found.enforcement]


def test_what_is_held_to_is_in_the_signature():
    assert f"{(engine := Echo()).signature}|{HELD}" == held(engine).signature


def test_what_is_not_an_address_is_no_address():
    source = "Vois @Apple ici"
    found = translated(source, {source: {"": ["See @@Apple here"]}})
    assert "@@" not in found.text


# ---- Emoji -----------------------------------------------------------------------------------


class Words(Scripted):
    """Says the words of a source that it was told, each linked; nothing else has it ever seen."""

    def __init__(self, **words):
        super().__init__({})
        self.words = words

    def offered(self, request):
        assert request.text.isascii() or "é" in request.text, request.text
        links, target = [], ""
        for word, rest in re.findall(r"(\w+)(\W*)", request.text):
            english = self.words[word]
            at = request.text.index(word)
            if english:
                links.append(Link(at, at + len(word), len(target), len(target) + len(english)))
                target += english + rest
        return [Hypothesis(target, -1.0, tuple(links))]


ENGLISH = Words(Le="The", chat="cat", dort="sleeps", donc="")
EMOJI = [
    ("Le chat dort. 😀", "The cat sleeps. 😀"),
    ("😀 Le chat dort.", "😀 The cat sleeps."),
    ("🇫🇷 Le chat 😀 dort 🙏🙏!", "🇫🇷 The cat 😀 sleeps 🙏🙏!"),
    ("🇫🇷 Le chat 😀 dort! 🙏🙏", "🇫🇷 The cat 😀 sleeps! 🙏🙏"),
    ("Le chat😀 dort", "The cat😀 sleeps"),
    ("Le chat dort 👨‍👩‍👧", "The cat sleeps 👨‍👩‍👧"),
    ("❤️ ✅ Le chat dort", "❤️ ✅ The cat sleeps"),
    ("Le chat, 😀 dort", "The cat, 😀 sleeps"),
    ("Le chat donc 😀 dort", "The cat 😀 sleeps"),
    ("Le chat dort #a_b @c_d #e_f", "The cat sleeps #a_b @c_d #e_f"),
    ("#a_b #c_d Le chat dort 😀 #e_f #g_h.", "#a_b #c_d The cat sleeps 😀 #e_f #g_h."),
]


@pytest.mark.parametrize(("source", "target"), EMOJI)
def test_emoji_and_lists_stand_where_they_stood(source, target):
    engine = Beside(ENGLISH)
    [[hypothesis]] = engine.translate([Request(normalise(source).text)])
    assert target == hypothesis.text
    for link in hypothesis.links:
        [french] = re.findall(r"\w+", source[link.source_start : link.source_end])
        [english] = re.findall(r"\w+", target[link.target_start : link.target_end])
        assert english == ENGLISH.words[french]


def test_emoji_move_the_reports_of_terms():
    source = "😀 Wood aime Parler"
    script = {"Wood aime Parler": {"": ["Wood likes Talk"]}}
    [enforcement] = (found := translated(source, script)).enforcement
    assert "😀 Wood likes Parler" == found.text
    assert "Parler" == found.text[enforcement.start : enforcement.end]


@pytest.mark.parametrize(
    "text",
    [
        "😀",
        "😀 !",
        "@Apple @Apple 😀 Le",
        "",
        "été",
        "https://a.fr/😀 #e_f",
        "#a_b #c_d",
        "Parler 😀Parler " * 20,
    ],
)
def test_texts_of_emoji_or_without_any(text):
    request = Request(text, terms=GLOSSARY.match(text))
    found = held(Echo()).translate([request])[0][0].text
    assert "".join(text.split()) == "".join(found.split())


PARTS = "Le chat Parler @Apple https://a.fr/b #Parler 1990 😀 👨‍👩‍👧 🇫🇷 ✅ , ! . ( ) « »".split()


@given(st.lists(st.sampled_from([*PARTS, "01 23 45 67 89", "à parler", " "]), max_size=12))
def test_an_engine_that_echoes_gives_everything_back(parts):
    text = normalise(" ".join(parts)).text
    request = Request(text, terms=GLOSSARY.match(text))
    [[found]] = held(Echo()).translate([request])
    assert "".join(text.split()) == "".join(found.text.split())
    assert len(request.terms) == len(found.enforcement)
    for each, term in zip(found.enforcement, request.terms, strict=True):
        if term.binding:
            assert term.required == found.text[each.start : each.end]
    for link in found.links:
        assert 0 <= link.source_start <= link.source_end <= len(text)
        assert 0 <= link.target_start <= link.target_end <= len(found.text)
