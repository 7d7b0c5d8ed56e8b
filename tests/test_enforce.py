"""The glossary cascade, on an engine whose every answer is written down."""

from dataclasses import replace
from typing import ClassVar

import pytest

from bitext.enforce import Enforced
from bitext.enforce.carriers import CARRIERS
from bitext.enforce.guard import acceptable
from bitext.enforce.repair import agreeing, tidied, with_articles
from bitext.enforce.verify import verify
from bitext.engines import INLINE, LINKS, N_BEST, PREFIX, SCORE, SUPPRESS, Request
from bitext.engines.chunked import Chunked
from bitext.engines.echo import Echo
from bitext.glossary import Glossary
from bitext.units import Hypothesis, Link, TermEntry

GLOSSARY = Glossary(
    [
        TermEntry("Parler", "Parler", "dnt"),
        TermEntry("peloton d'exécution", "firing squad", admitted=("execution squad",)),
        TermEntry("peloton", "platoon"),
        TermEntry("affaire", "honest mistake"),
    ]
)


class Scripted(Echo):
    """Gives the hypotheses that were written for a source, and for what it must begin with."""

    def __init__(self, script, capabilities=frozenset({N_BEST, PREFIX, LINKS, SCORE})):
        self.script = script
        self.capabilities = capabilities

    def translate(self, requests, *, n_best=1):
        return [self.offered(request)[:n_best] for request in requests]

    def score(self, pairs):
        # It likes what is long, and the name late.
        return [-1 / (len(target) + target.find("Parler") + 2) for _, target in pairs]

    def offered(self, request):
        if request.text not in self.script:
            return [Hypothesis("?", -1.0)]
        for begun, offered in self.script.get(request.text, {}).items():
            if begun == request.prefix:
                if request.without:
                    offered = [h for h in offered if not any(w in h for w in request.without)]
                    offered = offered or ["? 3"]  # a number too many: the guard refuses it
                return [h if isinstance(h, Hypothesis) else said(request.text, h) for h in offered]
        return super().translate([request])[0]


def said(source, target, score=-1.0):
    """A hypothesis whose words are linked one by one, in order."""
    links = []
    a = b = 0
    for french, english in zip(source.split(), target.split(), strict=False):
        a, b = source.index(french, a), target.index(english, b)
        links.append(Link(a, a + len(french), b, b + len(english)))
        a, b = a + len(french), b + len(english)
    return Hypothesis(target, score, tuple(links))


def enforced(source, script, **options):
    request = Request(source, terms=GLOSSARY.match(source))
    return Enforced(Scripted({source: script}, **options)).translate([request])[0][0]


def report(hypothesis):
    return [(e.outcome, e.how, e.found) for e in hypothesis.enforcement]


CASCADE = [
    # source, what the engine says after each beginning, the result, its report
    ("Wood aime Parler", {"": ["Wood likes Parler"]}, "Wood likes Parler",
     [("right", "plain", "Parler")]),
    # Another hypothesis, where nothing is linked to the name and nothing can give way to it.
    ("Wood aime Parler",
     {"": [Hypothesis("Wood likes it", -1.0, (Link(0, 4, 0, 4),)), "Wood likes Parler"]},
     "Wood likes Parler", [("enforced", "n-best", "Parler")]),
    ("Wood aime Parler", {"": ["Wood likes speaking"]}, "Wood likes Parler",
     [("enforced", "alignment", "Parler")]),
    ("Wood aime Parler.", {"": ["Wood likes speaking."]}, "Wood likes Parler.",
     [("enforced", "alignment", "Parler")]),
    # Nothing is linked to the name: it was left out, and is decoded into its place. Of the two
    # places nearest to what is linked before it the network chooses.
    ("Wood aime Parler",
     {"": [Hypothesis("Wood likes it", -1.0, (Link(0, 4, 0, 4), Link(5, 9, 5, 10)))],
      "Wood Parler": ["Wood Parler"], "Wood likes Parler": ["Wood likes Parler"]},
     "Wood likes Parler", [("enforced", "prefix", "Parler")]),
    # Where they give nothing, those further off are tried.
    ("Wood aime Parler", {"": [Hypothesis("Wood likes it", -1.0, (Link(0, 4, 0, 4),))],
     "Parler": ["?"], "Wood Parler": ["?"], "Wood likes Parler": ["Wood likes Parler"]},
     "Wood likes Parler", [("enforced", "prefix", "Parler")]),
    # A plural asks for a plural.
    ("Les pelotons d'exécution", {"": ["The squads of-death here"]}, "The firing squads here",
     [("enforced", "alignment", "firing squads"), ("shadowed", "", "")]),
    # What is admitted counts as right, whatever its case.
    ("Un peloton d'exécution", {"": ["An Execution Squad"]}, "An Execution Squad",
     [("right", "plain", "Execution Squad"), ("shadowed", "", "")]),
    # The article goes along.
    ("Une affaire", {"": ["A case"]}, "An honest mistake",
     [("enforced", "alignment", "honest mistake")]),
    # The verb follows the number of the new words, where they are its subject.
    ("Le peloton est là", {"": ["The squads are here"]}, "The platoon is here",
     [("enforced", "alignment", "platoon")]),
    ("Les pelotons étaient là", {"": ["The squad was here"]}, "The platoons were here",
     [("enforced", "alignment", "platoons")]),
    ("Le peloton est là", {"": ["The squad is here"]}, "The platoon is here",
     [("enforced", "alignment", "platoon")]),
    ("Chef de pelotons est là", {"": ["Head of squad is here"]}, "Head of platoons is here",
     [("enforced", "alignment", "platoons")]),
    ("Sur Parler et Parler", {"": ["On speaking and speaking"]}, "On Parler and Parler",
     [("enforced", "alignment", "Parler")] * 2),
]  # fmt: skip


@pytest.mark.parametrize(("source", "script", "target", "outcome"), CASCADE)
def test_cascade(source, script, target, outcome):
    result = enforced(source, script)
    assert target == result.text
    assert outcome == report(result)


@pytest.mark.parametrize(("source", "script", "target", "outcome"), CASCADE)
def test_spans_say_where_the_term_stands(source, script, target, outcome):
    result = enforced(source, script)
    for entry in result.enforcement:
        if entry.start >= 0:
            assert entry.found == result.text[entry.start : entry.end]


FORBIDDEN = [
    # what the engine says, best first; the result, what is reported of the term, and how
    (["Wood likes firms"], "Wood likes firms", "right", "plain"),
    (["Wood likes shops", "Wood likes firms"], "Wood likes firms", "enforced", "suppress"),
    (["Wood likes Stores", "Wood likes firms"], "Wood likes firms", "enforced", "suppress"),
    (["Wood likes shops", "Wood likes 3 firms"], "Wood likes shops", "unenforced", ""),
    (["Wood likes shops"], "Wood likes shops", "unenforced", ""),
]


@pytest.mark.parametrize(("said", "target", "outcome", "how"), FORBIDDEN)
def test_what_is_forbidden_gives_way_to_other_words(said, target, outcome, how):
    glossary = Glossary(
        [TermEntry("magasins", "shops", "forbidden", admitted=("stores", "Stores"))]
    )
    source = "Wood aime magasins"
    request = Request(source, terms=glossary.match(source))
    script = {source: {"": said}}
    engine = Enforced(Scripted(script, frozenset({SCORE, SUPPRESS})))
    [[result]] = engine.translate([request])
    [entry] = result.enforcement
    assert (target, outcome, how) == (result.text, entry.outcome, entry.how)
    if outcome == "unenforced":
        assert (entry.found, entry.reason) == ("shops", "the forbidden target stands there")


def test_a_name_won_twice_gives_way_to_a_hypothesis_with_one():
    offered = ["Wood likes Parler and Parler", "Wood likes Parler"]
    result = enforced("Wood aime Parler", {"": offered})
    assert "Wood likes Parler" == result.text
    assert [("enforced", "n-best", "Parler")] == report(result)
    assert offered[0] == result.enforcement[0].before


@pytest.mark.parametrize("twice", ["Parler’s Parler", "#Parler #Parler", "Parler, Parler"])
def test_a_name_said_twice_running_is_said_once(twice):
    result = enforced("Wood aime Parler ici", {"": [f"Wood likes {twice} here"]})
    once = twice.split()[-1]
    assert f"Wood likes {once} here" == result.text
    assert [("enforced", "stutter", "Parler")] == report(result)


SPELT = [
    # the entry, the source, what the engine says, the result
    (TermEntry("se rendre compte", "to realise"), "Elle se rend compte.",
     "She realizes it.", "She realises it."),
    (TermEntry("centre", "centre"), "Les centres", "Centers", "Centres"),
    (TermEntry("comportement", "labour behaviour"), "Le comportement",
     "The LABOR BEHAVIOR", "The LABOUR BEHAVIOUR"),
    (TermEntry("porte-parole", "spokesperson"), "Les porte-parole",
     "The spokespeople", "The spokespersons"),
    # A word that only looks like another spelling stays what it is.
    (TermEntry("quatre", "four"), "Pour quatre", "For it", "For it"),
]  # fmt: skip


def test_forms_of_one_target_are_no_second_one():
    """All forms of a verb are admitted: what is required is said once though it is two of them."""
    entry = TermEntry("résilier", "to terminate")
    source = "Il faut résilier"
    request = Request(source, terms=Glossary([entry]).match(source))
    plain = Hypothesis("We must cancel", -1.0)
    assert acceptable(request, Hypothesis("We must terminate", -1.0), plain)
    assert not acceptable(request, Hypothesis("We terminate to terminate", -1.0), plain)


def test_a_target_within_a_longer_one_is_not_said_too_often():
    entries = [TermEntry("contrat de travail", "employment deal"), TermEntry("contrat", "deal")]
    source = "Ce contrat de travail remplace le contrat"
    request = Request(source, terms=Glossary(entries).match(source))
    plain = Hypothesis("This contract replaces the contract", -1.0)
    twice = "This employment deal replaces the deal"
    assert acceptable(request, Hypothesis(twice, -1.0), plain)
    assert not acceptable(request, Hypothesis(f"{twice} of the deal", -1.0), plain)


@pytest.mark.parametrize(("entry", "source", "offered", "result"), SPELT)
def test_a_term_is_spelt_as_the_glossary_does(entry, source, offered, result):
    request = Request(source, terms=Glossary([entry]).match(source))
    engine = Scripted({source: {"": [Hypothesis(offered, -1.0)]}}, frozenset({SCORE}))
    [[made]] = Enforced(engine).translate([request])
    assert result == made.text
    expected = ("unenforced", "") if offered == result else ("enforced", "spelling")
    assert [expected] == [(e.outcome, e.how) for e in made.enforcement]


ARTICLES = [
    # what the network says plainly, and with the term shown; the result
    ("Install the upgrade now", "Install update now", "Install the update now"),
    ("The upgrade helps", "Update helps", "The update helps"),
    ("Install an upgrade now", "Install update now", "Install an update now"),
    ("Install the upgrade now", "Install your update now", "Install your update now"),
    ("Install upgrade now", "Install update now", "Install update now"),
    # Another word before it: nobody can tell.
    ("Install the upgrade now", "Use update now", "Use update now"),
]


@pytest.mark.parametrize(("plain", "shown", "result"), ARTICLES)
def test_articles_that_the_plain_translation_had_stay_before_terms(plain, shown, result):
    source = "Installez la mise maintenant" if plain[0] == "I" else "La mise aide"
    match = Glossary([TermEntry("mise", "update")]).match(source)
    request = Request(source, terms=match)
    at, start = source.index("mise"), plain.index("upgrade")
    links = (Link(at, at + 4, start, start + 7),)
    made = with_articles(request, Hypothesis(shown, -1.0), Hypothesis(plain, -1.0, links))
    assert result == made.text


def test_a_term_is_not_forced_where_another_word_is_meant():
    """The network ends the beginning in the term, and attends to another term's word for it."""
    source = "Wood aime Parler et peloton"
    near = (Link(0, 4, 0, 4), Link(5, 9, 5, 10))
    plain = Hypothesis("Wood likes it and platoon", -1.0, near)
    wrong = Hypothesis("Wood likes Parler and platoon", -1.0, (Link(20, 27, 11, 17),))
    script = {"": [plain], "Parler": ["?"], "Wood Parler": ["?"], "Wood likes Parler": [wrong]}
    script |= {f"{begun} Parler": ["?"] for begun in ("Wood likes it", "Wood likes it and")}
    assert ["unenforced", "right"] == [e.outcome for e in enforced(source, script).enforcement]
    for at in (10, 5):  # its own word, or one of no term
        right = replace(wrong, links=(Link(at, at + 4, 11, 17),))
        script["Wood likes Parler"] = [right]
        assert ("enforced", "prefix", "Parler") == report(enforced(source, script))[0]


def test_before_is_kept():
    result = enforced("Wood aime Parler", {"": ["Wood likes speaking"]})
    assert ["Wood likes speaking"] == [e.before for e in result.enforcement]


def test_an_engine_that_can_do_nothing_else_leaves_the_term_reported():
    result = enforced("Wood aime Parler", {"": ["Wood likes it"]}, capabilities=frozenset())
    assert "Wood likes it" == result.text
    [entry] = result.enforcement
    assert "unenforced" == entry.outcome
    assert "Parler" in entry.reason


def test_one_rendering_does_not_serve_two_occurrences():
    source = "Parler aime Parler"
    terms = GLOSSARY.match(source)
    verdict = verify(terms, Hypothesis("Parler likes it"))
    assert [1] == verdict.missing


def test_a_sentence_without_terms_is_as_the_engine_gave_it():
    plain = Hypothesis("anything  at all ,", -2.5, (Link(0, 1, 0, 1),))
    result = enforced("Rien ici", {"": [plain]})
    assert plain == result


GUARDED = [
    ("a number is lost", "Parler a 12 amis", "It has 12 friends", "Parler"),
    ("it runs on", "Wood aime Parler", "Wood likes it", "Wood likes Parler " + "so well " * 20),
    ("it repeats", "Wood aime Parler", "Wood likes it", "Parler is good Parler is good Parler is"),
    ("the term is won twice", "Wood aime Parler", "Wood likes it", "Parler likes Parler"),
    ("the score collapses", "Wood aime Parler", "Wood likes it",
     Hypothesis("Wood likes Parler", -9.0)),
]  # fmt: skip


@pytest.mark.parametrize(("why", "source", "plain", "other"), GUARDED, ids=lambda x: str(x)[:20])
def test_a_repair_that_costs_too_much_is_refused(why, source, plain, other):
    unlinked = Hypothesis(plain, -1.0)
    result = enforced(source, {"": [unlinked, other]}, capabilities=frozenset({N_BEST}))
    assert plain == result.text
    assert ["unenforced"] == [e.outcome for e in result.enforcement]


def test_an_unsure_name_is_reported_and_not_forced():
    source = "Parler est partout"
    [match] = GLOSSARY.match(source)
    assert match.confidence < 0.6
    result = enforced(source, {"": ["Speaking is everywhere"]})
    assert "Speaking is everywhere" == result.text
    assert ["ambiguous"] == [e.outcome for e in result.enforcement]


def test_parts_of_a_long_sentence_report_as_one():
    source = "Wood aime Parler, et Parler aime bien Wood."
    script = {
        "Wood aime Parler,": {"": ["Wood likes speaking,"]},
        "et Parler aime bien Wood.": {"": ["And Parler likes Wood."]},
    }
    engine = Chunked(Enforced(Scripted(script)), longest=30)
    [[result]] = engine.translate([Request(source, terms=GLOSSARY.match(source))])
    assert "Wood likes Parler, and Parler likes Wood." == result.text
    assert [("enforced", "alignment", "Parler"), ("right", "plain", "Parler")] == report(result)
    assert ["Parler", "Parler"] == [result.text[e.start : e.end] for e in result.enforcement]
    before = "Wood likes speaking, and Parler likes Wood."
    assert [before, ""] == [e.before for e in result.enforcement]


@pytest.mark.parametrize(
    ("before", "word", "after"),
    [
        ("It was a ", "execution", "It was an "),
        ("It was an ", "squad", "It was a "),
        ("A ", "honest man", "An "),
        ("a ", "user", "a "),
        ("an ", "European", "a "),
        ("an ", "one-off", "a "),
        ("the ", "execution", "the "),
    ],
)
def test_articles(before, word, after):
    assert after == agreeing(before, word)


# ---- Carriers --------------------------------------------------------------------------------


class Translating(Echo):
    """Translates word by word; "Parler" becomes "speaking", and names stay as they are."""

    WORDS: ClassVar = {
        "Parler": "speaking",
        "supprime": "removes",
        "de": "from",
        "vide": "empties",
        "Il": "He",
    }

    def __init__(self, lost=()):
        self.capabilities = frozenset({SCORE})
        self.lost = lost
        self.seen = []

    def translate(self, requests, *, n_best=1):
        self.seen += [request.text for request in requests]
        return [[self.one(request.text)] for request in requests]

    def one(self, source):
        words = [self.WORDS.get(word, word) for word in source.split() if word not in self.lost]
        return said(source, " ".join(words))


def carried(source, engine):
    request = Request(source, terms=GLOSSARY.match(source))
    [[hypothesis]] = Enforced(engine, strategies=("carrier",)).translate([request])
    return hypothesis


def test_a_name_travels_as_another():
    source = "Apple supprime Parler de Parler"
    engine = Translating()
    hypothesis = carried(source, engine)
    assert "Apple removes Parler from Parler" == hypothesis.text
    assert ["carrier", "carrier"] == [e.how for e in hypothesis.enforcement]
    # Links lead from the name in the source to the name in the target.
    at = source.index("Parler")
    assert ("Parler", "Parler") in {
        (source[k.source_start : k.source_end], hypothesis.text[k.target_start : k.target_end])
        for k in hypothesis.links
    }
    assert all(k.source_end <= len(source) and k.target_end <= 32 for k in hypothesis.links)
    assert source[at:] == "Parler de Parler"
    # It travels as one name, and not as one that the sentence speaks of.
    assert "Apple supprime Google de Google" in engine.seen


def test_a_carrier_that_the_network_loses_carries_nothing():
    source = "Il vide Parler"
    engine = Translating(lost={"Google"})
    assert "He empties Parler" == carried(source, engine).text
    assert "Il vide Microsoft" in engine.seen
    lost = carried(source, Translating(lost=set(CARRIERS)))
    assert "He empties speaking" == lost.text
    assert "unenforced" == lost.enforcement[0].outcome


# ---- Inline terms ----------------------------------------------------------------------------


class Obedient(Scripted):
    """Answers a request with inline terms by what is written under "inline"."""

    def __init__(self, script):
        super().__init__(script, frozenset({PREFIX, LINKS, SCORE, INLINE}))

    def offered(self, request):
        if not request.inline:
            return super().offered(request)
        return [said(request.text, self.script[request.text]["inline"])]


def test_a_model_that_knows_inline_terms_is_shown_them():
    source = "Un peloton d'exécution arriva"
    script = {"": ["A killing group arrived"], "inline": "A firing squad arrived"}
    request = Request(source, terms=GLOSSARY.match(source))
    [[hypothesis]] = Enforced(Obedient({source: script})).translate([request])
    assert "A firing squad arrived" == hypothesis.text
    [entry, shadowed] = hypothesis.enforcement
    assert ("enforced", "inline", "firing squad") == (entry.outcome, entry.how, entry.found)
    assert "A killing group arrived" == entry.before
    assert "shadowed" == shadowed.outcome


def test_strategies_are_tried_in_the_order_given():
    source = "Un peloton d'exécution arriva"
    script = {"": ["A platoon arrived"], "inline": "A firing squad arrived"}
    engine = Obedient({source: script})
    request = Request(source, terms=GLOSSARY.match(source))
    [[shown]] = Enforced(engine).translate([request])
    [[repaired]] = Enforced(engine, strategies=("alignment", "inline")).translate([request])
    assert ["inline", "alignment"] == [h.enforcement[0].how for h in (shown, repaired)]
    [[none]] = Enforced(engine, strategies=()).translate([request])
    assert "unenforced" == none.enforcement[0].outcome
    assert Enforced(engine, strategies=("alignment",)).signature.endswith("|terms:alignment")


TIDIED = [
    # source, what the network says, and how it is written
    ("Pelotons d'exécution : fin", "firing squads: end", "Firing squads: end"),
    ("les pelotons d'exécution", "firing squads", "firing squads"),
    ("PELOTONS D'EXÉCUTION", "firing squads", "FIRING SQUADS"),
    ('« Pelotons d\'exécution » : fin', '" firing squads": end', '"Firing squads": end'),
    ("Une affaire de plus", "A honest mistake more", "An honest mistake more"),
    ("Un peloton d'exécution part", "An firing squad leaves", "A firing squad leaves"),
    ("Les pelotons d'exécution partent", "A firing squads leave", "Firing squads leave"),
    ("Il a vu Parler", "He saw Parler", "He saw Parler"),
    ("Parler ferme", "Parler closes", "Parler closes"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "offered", "result"), TIDIED)
def test_terms_that_were_shown_are_written_as_english_is(source, offered, result):
    request = Request(source, terms=GLOSSARY.match(source))
    found = tidied(request, said(source, offered))
    assert result == found.text
    assert [] == verify(request.terms, found).missing
    assert all(k.target_start < k.target_end <= len(found.text) for k in found.links)


def test_what_is_forbidden_is_so_in_either_number():
    glossary = Glossary([TermEntry("loi", "law", "forbidden")])
    source = "Les lois changent"
    script = {source: {"": ["Laws change", "Acts change"]}}
    engine = Enforced(Scripted(script, frozenset({N_BEST, LINKS, SCORE, SUPPRESS})))
    [[found]] = engine.translate([Request(source, terms=glossary.match(source))])
    assert ("Acts change", ["enforced"]) == (found.text, [e.outcome for e in found.enforcement])


def test_a_term_that_would_stand_twice_in_a_row_is_refused():
    glossary = Glossary([TermEntry("police", "police force"), TermEntry("chef", "boss")])
    source = "La police et le chef de la police"
    request = Request(source, terms=glossary.match(source))
    plain = said(source, "The police and the chief")
    assert not acceptable(request, said(source, "The police force police force boss"), plain)
    assert acceptable(request, said(source, "The police force and its boss police force"), plain)


def test_a_term_said_a_hundred_times_is_not_forced_a_hundred_times():
    asked = []

    class Deaf(Echo):
        capabilities = frozenset({N_BEST, PREFIX, LINKS, SCORE})

        def translate(self, requests, *, n_best=1):
            asked.extend(requests)
            return [[Hypothesis("word " * 100, -1.0)] * n_best for _ in requests]

        def score(self, pairs):
            return [-1.0 for _ in pairs]

    source = "affaire " * 100
    request = Request(source, terms=GLOSSARY.match(source))
    [[result]] = Enforced(Deaf()).translate([request])
    assert [e.outcome for e in result.enforcement] == ["unenforced"] * 100
    assert len(asked) < 50
