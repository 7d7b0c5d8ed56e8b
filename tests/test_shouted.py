"""Capitals are translated as small letters and come back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.enforce import Enforced, held
from bitext.enforce.shouted import Spoken, lowered, runs_in, spoken
from bitext.engines import LINKS, Request
from bitext.engines.echo import Echo
from bitext.glossary import Glossary
from bitext.units import Hypothesis, Link, TermEntry

COMMON = frozenset({"trois", "voter", "groupe"})
GLOSSARY = Glossary(
    [TermEntry("Parler", "Parler", "dnt"), TermEntry("peloton d'exécution", "firing squad")]
)


class Dictionary(Echo):
    """Translates what is written down, its words linked one by one."""

    capabilities = frozenset({LINKS})
    words = COMMON

    def __init__(self, script):
        self.script = script
        self.asked = []

    def translate(self, requests, *, n_best=1):
        self.asked += [request.text for request in requests]
        return [[self.offered(request)] for request in requests]

    def offered(self, request):
        if request.text not in self.script:
            return Hypothesis("?", -1.0)
        target, links, a, b = self.script[request.text], [], 0, 0
        for french, english in zip(request.text.split(), target.split(), strict=False):
            a, b = request.text.index(french, a), target.index(english, b)
            links.append(Link(a, a + len(french), b, b + len(english)))
            a, b = a + len(french), b + len(english)
        return Hypothesis(target, -1.0, tuple(links))


# source, what the network is given, what it says, and what comes of it
TABLE = [
    ("NE PAS TOUCHER", "Ne pas toucher", "Do not touch", "DO NOT TOUCH"),
    ("L'ONU QUITTE LA RUSSIE", "L'ONU quitte la Russie", "UN leaves Russia", "UN LEAVES RUSSIA"),
    ("Les TROIS chats", "Les trois chats", "The three cats", "The THREE cats"),
    ("Il faut VOTER", "Il faut voter", "We must vote", "We must VOTE"),
    ("Il dit : NE BOUGEZ PAS !", "Il dit : ne bougez pas !", "He says : don't move ! now",
     "He says : DON'T MOVE ! now"),
    # Acronyms, names, titles and codes stay.
    ("La SNCF et la RATP", None, "The SNCF and the RATP", "The SNCF and the RATP"),
    ("PIB 2020", None, "GDP 2020", "GDP 2020"),
    ("Jean VOTER dort", None, "Jean VOTER sleeps", "Jean VOTER sleeps"),
    ("M. TROIS dort", None, "Mr TROIS sleeps", "Mr TROIS sleeps"),
    ("Chez ARKEMA", None, "At ARKEMA", "At ARKEMA"),
    ("CLIQUEZ SUR %s", "Cliquez sur %s", "Click on %s", "CLICK ON %s"),
    ("<b>FERMEZ {NOM}</b> ICI", "<b>Fermez {NOM}</b> ici", "<b>Close {NOM}</b> here",
     "<b>CLOSE {NOM}</b> HERE"),
    ("WWW.EXEMPLE.FR EST FERMÉ", "WWW.EXEMPLE.FR est fermé", "WWW.EXEMPLE.FR is closed",
     "WWW.EXEMPLE.FR IS CLOSED"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "given_", "said", "result"), TABLE)
def test_capitals(source, given_, said, result):
    engine = Dictionary({given_ or source: said})
    [[made]] = Spoken(engine, COMMON).translate([Request(source)])
    assert engine.asked == [given_ or source]
    assert made.text == result


def test_terms_are_enforced_beneath_their_capitals():
    source = "LES PELOTONS D'EXÉCUTION DE PARLER"
    engine = Dictionary({"Les pelotons d'exécution de Parler": "The firing squads of Parler"})
    request = Request(source, terms=GLOSSARY.match(source))
    [[made]] = Spoken(Enforced(engine), COMMON).translate([request])
    assert made.text == "THE FIRING SQUADS OF PARLER"
    assert [(e.outcome, e.found) for e in made.enforcement] == [
        ("right", "FIRING SQUADS"), ("ambiguous", "PARLER"),
    ]  # fmt: skip
    assert all(made.text[e.start : e.end] == e.found for e in made.enforcement)


def test_acronyms_that_english_has_others_for_give_way():
    engine = Dictionary({"Le PDG part": "The PDG leaves"})
    [[made]] = held(engine).translate([Request("LE PDG PART")])
    assert made.text == "THE CEO LEAVES"


def test_an_engine_without_words_of_its_own_is_held_too():
    [[made]] = held(Echo()).translate([Request("NE PAS TOUCHER")])
    assert made.text == "NE PAS TOUCHER"


@given(st.text("AÉßİéa 'l.1", max_size=40))
def test_every_character_keeps_its_place(text):
    request = lowered(Request(text), COMMON).request
    assert len(request.text) == len(text) == len(spoken(text))
    assert request.text.lower() == text.lower()
    assert all(start < end for start, end in runs_in(text, None))
    [[made]] = Spoken(Echo(), COMMON).translate([Request(text)])
    assert len(made.text) == len(text)
