"""Translations that must have given phrases: what is said, who has a place, what is found."""

from itertools import product
from math import log

import pytest

from bitext.enforce import Enforced
from bitext.enforce.verify import renderings, verify
from bitext.engines import CONSTRAINED, Request
from bitext.engines.banks import Offer, Search, search_all, shares, width
from bitext.engines.chunked import part
from bitext.engines.constraints import Constraints, Phrase, phrases
from bitext.engines.echo import Echo
from bitext.glossary import Glossary
from bitext.models import find
from bitext.units import Hypothesis, TermEntry, TermMatch

# Tokens are the places of these pieces.
PIECES = ["</s>", "▁new", "▁york", "▁times", "er", "▁squad", "▁fi", "ring", "▁a", ".", "▁(", "fi"]
NAMES = dict(enumerate(PIECES))
END = 0


def ids(text):
    return tuple(PIECES.index(piece) for piece in text.split())


def phrase(*spellings, **others):
    return Phrase(tuple(ids(s) for s in spellings), **others)


def said(tokens):
    return " ".join(PIECES[token] for token in tokens)


def told(phrases, text):
    """The constraints, and the progress of a beginning that has the pieces of `text`."""
    every = [p if isinstance(p, Phrase) else phrase(p) for p in phrases]
    constraints = Constraints(every, NAMES)
    progress = constraints.begin()
    for token in ids(text):
        progress = constraints.advance(progress, token)
    return constraints, progress


NEW_YORK, TIMES, SQUAD, FIRING = "▁new ▁york", "▁new ▁york ▁times", "▁squad", "▁fi ring ▁squad"

SAID = [
    # phrases, what has been said, tokens of them, phrases that are whole, what is wanted next
    ([], "▁a ▁new", 0, 0, ""),
    ([NEW_YORK], "", 0, 0, "▁new"),
    ([NEW_YORK], "▁new", 1, 0, "▁york"),
    # A phrase counts when its word has ended: it may be the beginning of a longer one.
    ([NEW_YORK], "▁new ▁york", 2, 0, ""),
    ([NEW_YORK], "▁new ▁york ▁a", 2, 1, ""),
    ([NEW_YORK], "▁new ▁york .", 2, 1, ""),
    ([NEW_YORK], "▁new ▁york </s>", 2, 1, ""),
    ([NEW_YORK], "▁new ▁york er", 0, 0, "▁new"),
    ([NEW_YORK], "▁new ▁york er ▁a", 0, 0, "▁new"),
    # A phrase that is left is begun anew.
    ([NEW_YORK], "▁new ▁new", 1, 0, "▁york"),
    ([NEW_YORK], "▁new ▁a", 0, 0, "▁new"),
    # The same twice must be said twice.
    ([NEW_YORK] * 2, "▁new ▁york ▁a", 2, 1, "▁new"),
    ([NEW_YORK] * 2, "▁new ▁york ▁new ▁york ▁a", 4, 2, ""),
    # One within another: neither serves for both.
    ([NEW_YORK, TIMES], "▁new ▁york", 2, 0, "▁new ▁times"),
    ([NEW_YORK, TIMES], "▁new ▁york ▁times", 3, 1, "▁new"),
    ([NEW_YORK, TIMES], "▁new ▁york ▁times ▁a", 3, 1, "▁new"),
    ([NEW_YORK, TIMES], "▁new ▁york ▁times ▁new ▁york ▁a", 5, 2, ""),
    ([SQUAD, FIRING], "▁fi ring ▁squad ▁a", 3, 1, "▁squad"),
    ([SQUAD, FIRING], "▁squad ▁fi ring ▁squad ▁a", 4, 2, ""),
    ([TIMES, "▁times ▁squad"], "▁new ▁york ▁times ▁squad ▁a", 3, 1, "▁times"),
    # What overlaps itself.
    (["▁a ▁a ▁new"], "▁a ▁a ▁a ▁new ▁york", 3, 1, ""),
]  # fmt: skip


@pytest.mark.parametrize(("phrases", "text", "tokens", "whole", "wanted"), SAID)
def test_how_much_has_been_said(phrases, text, tokens, whole, wanted):
    constraints, progress = told(phrases, text)
    assert tokens == constraints.best(progress)[0]
    assert whole == constraints.said(progress)
    assert set(ids(wanted)) == constraints.wanted(progress)
    assert (whole == len(phrases)) == constraints.complete(progress)


def test_one_spelling_is_as_good_as_another():
    once = phrase(
        FIRING,
        "fi ring ▁squad",
        opening=(ids("▁squad ▁squad ▁squad"),),
        admitted=(ids("▁new ▁squad"),),
    )
    for text in ("▁fi ring ▁squad", "▁( fi ring ▁squad", "▁squad ▁squad ▁squad", "▁new ▁squad"):
        constraints, progress = told([once], f"{text} .")
        assert constraints.complete(progress), text
    # Without a bracket before it "fi" is the end of another word.
    constraints, progress = told([once], "▁a fi ring ▁squad .")
    assert not constraints.complete(progress)
    # Each is proposed in its place.
    for text, wanted in (("", "▁squad"), ("▁a", "▁fi"), ("▁a ▁(", "▁fi fi"), ("▁(", "▁squad")):
        constraints, progress = told([once], text)
        assert set(ids(wanted)) == constraints.wanted(progress), text


@pytest.mark.slow
def test_phrases_made_to_be_read_in_many_ways_take_no_time():
    many = ["▁a " * n for n in range(1, 30)]
    constraints, progress = told(many, "▁a " * 200)
    assert len(progress.readings) <= 8
    assert constraints.best(progress)[0] > 100


def test_where_the_network_looks_at_the_phrase_it_costs_nothing_to_begin_it():
    here = Phrase((ids("▁squad"),), places=frozenset({1, 2}))
    constraints = Constraints([here], NAMES)
    looking, away = constraints.aims([0.0, 0.5, 0.5]), constraints.aims([0.9, 0.1, 0.0])
    assert [pytest.approx(0.0)] == looking
    assert away[0] < -2
    assert [0.0] == constraints.aims([])
    begun = constraints.advance(constraints.begin(), *ids("▁squad"), away)
    assert (1, away[0]) == constraints.best(begun)
    # What is no phrase after all costs nothing.
    assert (0, 0.0) == constraints.best(constraints.advance(begun, *ids("er")))


SHARES = [
    # candidates in each bank, places; who gets them
    ({0: 9, 1: 9, 2: 9}, 6, {0: 2, 1: 2, 2: 2}),
    ({0: 9, 1: 9, 2: 9}, 7, {0: 2, 1: 2, 2: 3}),
    ({0: 9, 1: 1, 3: 2}, 6, {0: 3, 1: 1, 3: 2}),
    ({0: 1, 5: 1}, 10, {0: 1, 5: 1}),
    (dict.fromkeys(range(9), 4), 4, {5: 1, 6: 1, 7: 1, 8: 1}),
    ({}, 5, {}),
    ({0: 3}, 0, {}),
]  # fmt: skip


@pytest.mark.parametrize(("available", "places", "given"), SHARES)
def test_places_are_shared_evenly(available, places, given):
    assert given == dict(shares(available, places))


# ---- A network whose answers are known -------------------------------------------------------


class Bigrams:
    """What follows a token depends on that token alone."""

    def __init__(self, table):
        self.table = table

    def step(self, rows, tokens, wanted, likely):
        offers = []
        for own, asked in zip(tokens, wanted, strict=True):
            scores = self.table[own[-1]]
            best = sorted(scores, key=scores.__getitem__, reverse=True)[:likely]
            offers.append(Offer({token: scores[token] for token in {*best, *asked}}))
        return offers


def bigrams(seed, size=4, fluent=0):
    """
    Log probabilities of each token after each, made by a rule that has no sense.

    The end is never the likeliest, so that a phrase may begin anywhere; but if it is `fluent`, one
    token calls for the next, and the last for the end.
    """
    table = {}
    for left in range(size):
        weights = [
            1 + (seed * 7919 + left * 104729 + right * 1299709) % 97 for right in range(size)
        ]
        weights[END] = max(weights) // 2
        weights[(left + 1) % size] += fluent
        total = sum(weights)
        table[left] = {right: log(weight / total) for right, weight in enumerate(weights)}
    return table


def found(table, phrases, *, places=10**6, limit=6, n_best=1, **options):
    constraints = Constraints([phrase(p) for p in phrases], NAMES)
    search = Search(constraints, end=END, width=places, limit=limit, n_best=n_best, **options)
    search_all(Bigrams(table), [search], (END,))
    return [(path.tokens, path.score / len(path.tokens)) for path in search.best()]


def brute_force(table, phrases, limit):
    """The likeliest of all sequences that have the phrases, by trying them all."""
    best = None
    words = [t for t in table if t != END]
    for length in range(limit):
        for body in product(words, repeat=length):
            tokens = (*body, END)
            if all(f" {said(body)} ".count(f" {p} ") >= phrases.count(p) for p in phrases):
                score = sum(table[a][b] for a, b in zip((END, *body), tokens, strict=True))
                mean = score / len(tokens)
                if best is None or mean > best[1]:
                    best = tokens, mean
    return best


# No piece of these ends in the middle of a word, and none stands within another.
TOLD = [[], ["▁york"], [NEW_YORK], ["▁york", "▁times"], ["▁times ▁new"], ["▁new ▁york ▁times"]]


@pytest.mark.slow
@pytest.mark.parametrize("phrases", TOLD, ids=str)
@pytest.mark.parametrize("seed", range(6))
def test_with_room_for_all_the_best_of_all_is_found(seed, phrases):
    table = bigrams(seed)
    # Asked for all, it does not stop before the limit.
    (tokens, mean), *_ = found(table, phrases, n_best=10**6)
    wanted = brute_force(table, phrases, 6)
    assert pytest.approx(wanted[1]) == mean
    assert wanted[0] == tokens


@pytest.mark.parametrize("phrases", [*TOLD, [NEW_YORK] * 2, [NEW_YORK, TIMES]], ids=str)
@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("places", [6, 10])
def test_with_a_place_for_each_bank_all_phrases_are_said(seed, phrases, places):
    for tokens, _ in found(bigrams(seed, fluent=300), phrases, places=places, limit=40):
        constraints, progress = told(phrases, said(tokens))
        assert constraints.complete(progress)
        assert tokens[-1] == END


def test_what_does_not_fit_is_given_in_part():
    [(tokens, _)] = found(bigrams(1), [TIMES, NEW_YORK], limit=4)
    constraints, progress = told([TIMES, NEW_YORK], said(tokens))
    assert 1 == constraints.said(progress)


def test_what_the_prefix_has_need_not_be_said_again():
    table = bigrams(3)
    plain = found(table, [], places=4, limit=30)
    assert plain == found(table, [NEW_YORK], places=4, limit=30, prefix=ids("▁new ▁york ▁a"))


def test_searches_do_not_disturb_one_another():
    def searches():
        told_ = ([NEW_YORK], [], [TIMES, "▁squad"], [NEW_YORK] * 2)
        every = [Constraints([phrase(p) for p in own], NAMES) for own in told_]
        return [Search(c, end=END, width=width(c.total), limit=30) for c in every]

    network = Bigrams(bigrams(2, size=len(PIECES)))
    together, alone = searches(), searches()
    search_all(network, together, (END,))
    for search in alone:
        search_all(network, [search], (END,))
    assert [s.best() for s in alone] == [s.best() for s in together]
    search_all(network, [], (END,))


# ---- A strategy ------------------------------------------------------------------------------


class Willing(Echo):
    """Has the term where it is held to it, at a price."""

    capabilities = frozenset({CONSTRAINED})

    def __init__(self, *offered):
        self.offered = offered

    def translate(self, requests, *, n_best=1):
        plain = Hypothesis("The squad arrived", -1.0)
        return [list(self.offered[:n_best]) if r.constrained else [plain] for r in requests]


OFFERED = [
    ([("The platoon arrived", -3.0)], "The platoon arrived"),
    # The first that the guard lets pass.
    ([("The platoon 7 arrived", -2.0), ("A platoon arrived", -3.0)], "A platoon arrived"),
    ([("The platoon arrived", -30.0)], "The squad arrived"),
    ([("The squad came", -0.5)], "The squad arrived"),
]


@pytest.mark.parametrize(("offered", "target"), OFFERED)
def test_the_search_is_the_last_resort(offered, target):
    engine = Willing(*[Hypothesis(*each) for each in offered])
    terms = Glossary([TermEntry("peloton", "platoon")]).match("Le peloton arriva")
    [[result]] = Enforced(engine).translate([Request("Le peloton arriva", terms=terms)])
    assert target == result.text
    [entry] = result.enforcement
    enforced = ("enforced", "constrained") if "platoon" in target else ("unenforced", "")
    assert enforced == (entry.outcome, entry.how)


# ---- The built-in model ----------------------------------------------------------------------


def asking(source, *terms, **options):
    """A request for (source words, target) in the order in which they stand."""
    matches, at = [], 0
    for words, target in terms:
        start = source.index(words, at)
        at = start + len(words)
        kind = "dnt" if words == target else "term"
        matches.append(TermMatch(TermEntry(words, target, kind), start, at, target))
    return Request(source, terms=tuple(matches), constrained=True, **options)


def test_a_part_of_a_sentence_is_held_to_its_own_terms():
    request = asking("Le site est là, lundi", ("site", "portal"), ("lundi", "Tuesday"))
    assert ["portal"] == [m.required for m in part(request, 0, 15).terms]
    assert part(request, 0, 15).constrained


@pytest.fixture(scope="module")
def marian():
    from bitext.engines.marian import Marian

    return Marian(find("builtin"), threads=1)


SITE = "Le site n'était pas accessible lundi."
HELD = [
    asking(SITE, ("site", "portal")),
    asking(SITE, ("site", "portal"), ("lundi", "Tuesday")),  # at both ends
    asking(SITE, ("Le site", "Every portal"), ("accessible", "within reach"), ("lundi", "Sunday")),
    asking("Parler et Parler sont là.", ("Parler", "Parler"), ("Parler", "Parler")),
    asking("Le site et le site.", ("site", "portal"), ("site", "portal")),
    asking("Il lit le journal à York.", ("journal", "New York Times"), ("York", "New York")),
    asking("Rien.", ("Rien", "none of the things that one could think of here")),
    asking(SITE, ("lundi", "Tuesday"), prefix="The portal"),
]


def wanting(request):
    return [match.required for match in request.terms]


@pytest.mark.weights
@pytest.mark.parametrize("request_", HELD, ids=wanting)
def test_the_network_says_what_it_is_held_to(marian, request_):
    [offered] = marian.translate([request_], n_best=2)
    assert 2 == len({hypothesis.text for hypothesis in offered})
    for hypothesis in offered:
        assert [] == verify(request_.terms, hypothesis).missing
        for match in request_.terms:
            assert wanting(request_).count(match.required) <= len(
                renderings(match, hypothesis.text)
            )
        assert hypothesis.text.startswith(request_.prefix)
        [score] = marian.score([(request_.text, hypothesis.text)])
        assert score == pytest.approx(hypothesis.score, abs=0.05)


@pytest.mark.weights
def test_constrained_sentences_do_not_disturb_one_another(marian):
    requests = [*HELD, Request(SITE)]
    together = [offered[0].text for offered in marian.translate(requests)]
    assert [marian.translate([r])[0][0].text for r in requests] == together


UNHELD = [
    asking(SITE, ("site", "")),
    asking(SITE, ("site", "  ")),
    asking(SITE),
    asking(SITE, ("site", "a " * 100)),  # no room for it
]


@pytest.mark.weights
@pytest.mark.parametrize("request_", UNHELD, ids=wanting)
def test_without_anything_to_be_held_to_it_says_what_it_always_says(marian, request_):
    assert marian.translate([Request(SITE)]) == marian.translate([request_])


@pytest.mark.weights
def test_a_term_is_spelt_as_its_place_asks(marian):
    subwords = marian.subwords
    request = asking(SITE, ("site", "firing squad"), ("lundi", "lundi"))
    term, name = phrases(subwords, request, subwords.encode(SITE))
    heard = [subwords.decode([subwords.tokens[n] for n in t])[0] for t in term.spellings]
    assert ["firing squad"] * 2 + ["Firing squad"] * 2 + ["firing squad"] * 2 == heard
    assert name.opening == name.within
    pieces = subwords.encode(SITE).spans
    assert {SITE[slice(*pieces[n])] for n in name.places} <= {"l", "lun", "di", "lundi"}
