"""Alignment: every sentence in exactly one bead, the right ones together, the same every time."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bitext.align import Settings, align, length_ratio
from bitext.errors import InputError
from bitext.score.alignment import read_beads, score_alignment
from bitext.units import Bead

FRENCH = [
    "M. Fogg quitta Londres le 2 octobre 1872.",
    "Il emportait vingt mille livres et son domestique.",
    "Passepartout regardait la machine avec inquiétude.",
    "Qui donc avait volé la banque ?",
    "L'inspecteur Fix croyait le savoir !",
    "À Suez, le paquebot Mongolia arriva à onze heures.",
    "Le train de Bombay traversait la jungle.",
    "Une veuve, Aouda, fut sauvée du bûcher.",
]
ENGLISH = [
    "Mr Fogg left London on 2 October 1872.",
    "He took twenty thousand pounds and his servant with him.",
    "Passepartout looked at the machine with anxiety.",
    "Who then had robbed the bank?",
    "Inspector Fix believed that he knew!",
    "At Suez the steamer Mongolia arrived at eleven o'clock.",
    "The Bombay train was crossing the jungle.",
    "A widow, Aouda, was saved from the pyre.",
]

# What a weak network makes of the French.
BRIDGE = [
    "Mr Fogg left London on 2 October 1872.",
    "He carried twenty thousand pounds and his servant.",
    "Passepartout watched the machine with worry.",
    "Who then had stolen the bank?",
    "Inspector Fix thought he knew it!",
    "In Suez, the steamer Mongolia arrived at eleven.",
    "The Bombay train crossed the jungle.",
    "A widow, Aouda, was saved from the stake.",
]


def pairs(beads):
    return [(list(bead.source), list(bead.target)) for bead in beads]


def both(text):
    """`0 1:0` for the bead of source sentences 0 and 1 and target sentence 0."""
    return [
        tuple([int(n) for n in side.split()] for side in bead.split(":"))
        for bead in text.split(",")
    ]


def changed(sentences, plan):
    """Sentences by their numbers; `0+1` is two made one."""
    return [" ".join(sentences[int(n)] for n in part.split("+")) for part in plan.split()]


TABLE = [
    ("0 1 2 3", "0 1 2 3", "0:0,1:1,2:2,3:3"),
    ("0 1 2 3", "0+1 2 3", "0 1:0,2:1,3:2"),
    ("0 1+2 3", "0 1 2 3", "0:0,1:1 2,2:3"),
    ("0 1 2 5 6 7", "0+1+2 5 6 7", "0 1 2:0,3:1,4:2,5:3"),
    ("0", "0", "0:0"),
    ("2", "", "0:"),
    ("", "2 3", ":0 1"),
]
# What is left out of so short a text shows only through a translation.
LEFT_OUT = [
    ("0 1 2 5 6 7", "0 1 6 7", "0:0,1:1,2 3:,4:2,5:3"),
    ("0 1 6 7", "0 1 2 5 6 7", "0:0,1:1,:2 3,2:4,3:5"),
]


@pytest.mark.parametrize(("source", "target", "expected"), TABLE)
def test_beads_of_two_texts_alone(source, target, expected):
    beads = align(changed(FRENCH, source), changed(ENGLISH, target))
    assert both(expected) == pairs(beads)


@pytest.mark.parametrize(("source", "target", "expected"), TABLE + LEFT_OUT)
def test_beads_by_a_bridge(source, target, expected):
    bridge = changed(ENGLISH, source)
    beads = align(changed(FRENCH, source), changed(ENGLISH, target), bridge=bridge)
    assert both(expected) == pairs(beads)


def test_nothing_gives_nothing():
    assert [] == align([], [])


def test_a_whole_text_and_its_confidence():
    beads = align(FRENCH, ENGLISH, bridge=ENGLISH)
    assert [([n], [n]) for n in range(8)] == pairs(beads)
    assert all(bead.confidence > 0.6 for bead in beads)


@pytest.mark.parametrize("more", [8, 24, 96])
def test_what_only_one_text_has_breaks_no_bead(more):
    others = (f"Sentence X{n * 7919 % 1000}Y says nothing of interest here." for n in range(more))
    english = [*ENGLISH[:3], *others]
    beads = align(FRENCH[:3], english, bridge=ENGLISH[:3])
    assert [([n], [n]) for n in range(3)] == pairs(beads)[:3]


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [([], 1.0), ([(10, 12)] * 20, 1.2**0.5), ([(10, 12)] * 9_980 + [(10, 90)] * 4_000, 1.2)],
)
def test_the_ratio_is_that_of_most_pairs_and_of_few_what_is_usual(lengths, expected):
    assert expected == pytest.approx(length_ratio(lengths), rel=0.001)


def test_a_term_tells():
    french = ["Le pigeon dort.", "La coquecigrue dort.", "Fin."]
    english = ["Wholly unlike.", "The squizzle is this.", "Of no kin."]
    beads = align(french, english[1:], terms=[[], ["squizzle"], []], settings=Settings(largest=2))
    assert ([1], [0]) in pairs(beads)


def test_no_bead_crosses_a_cut():
    english = [" ".join(ENGLISH[:2]), *ENGLISH[2:]]
    assert ([0, 1], [0]) in pairs(align(FRENCH, english))
    cut = align(FRENCH, english, cuts=[(1, 1)])
    assert not [b for b in cut if b.source.start < 1 < b.source.stop]
    assert ([0], [0]) in pairs(cut)


def test_locked_beads_stay():
    locked = Bead(range(2, 4), range(2, 3), 0.0)
    beads = align(FRENCH, ENGLISH, locked=[locked])
    assert [b for b in beads if b.locked] == [Bead(range(2, 4), range(2, 3), 0.0, locked=True)]
    assert ([4], [3]) != pairs(beads)[3]
    assert whole(beads, 8, 8)


def whole(beads, sources, targets):
    """Whether every sentence stands in one bead, in order."""
    return [n for b in beads for n in b.source] == list(range(sources)) and [
        n for b in beads for n in b.target
    ] == list(range(targets))


sentences = st.lists(
    st.one_of(st.sampled_from([*FRENCH, *ENGLISH, "", " ", "?", "12", "\x00\x07"]), st.text()),
    max_size=12,
)  # fmt: skip


@given(sentences, sentences, st.integers(2, 8))
def test_every_sentence_is_in_exactly_one_bead(source, target, largest):
    beads = align(source, target, settings=Settings(largest=largest))
    assert whole(beads, len(source), len(target))
    assert all(len(b.source) + len(b.target) <= largest for b in beads if b.source and b.target)
    assert all(0 <= b.confidence <= 1 for b in beads)
    assert beads == align(source, target, settings=Settings(largest=largest))


def test_a_moved_run_is_marked():
    order = [0, 1, 2, 6, 7, 3, 4, 5]
    beads = align(FRENCH, [ENGLISH[n] for n in order], bridge=ENGLISH)
    found = {(b.name, tuple(b.source or b.target), tuple(b.moved or ())) for b in beads}
    either = {("omitted", (6, 7), (3, 4)), ("added", (3, 4), (6, 7))}
    other = {("omitted", (3, 4, 5), (5, 6, 7)), ("added", (5, 6, 7), (3, 4, 5))}
    assert either <= found or other <= found


def long_text(size):
    """Two texts of made-up words, with runs left out and sentences run together."""
    pick = random.Random(1)
    french, english, gold = [], [], []
    for _ in range(size):
        names = [
            f"{pick.choice('BCDFGLMN')}{pick.choice('aeiou')}{pick.randrange(999):03}x"
            for _ in range(3)
        ]
        first, second = f"Le {names[0]} vit {names[1]}.", f"Puis {names[2]} partit."
        kind = pick.random()
        i, j = len(french), len(english)
        if kind < 0.8:
            french += [first]
            english += [f"The {names[0]} saw {names[1]}."]
        elif kind < 0.95:
            french += [first, second]
            english += [f"The {names[0]} saw {names[1]}, then {names[2]} left."]
        else:
            french += [first] * 3
        gold.append((range(i, len(french)), range(j, len(english))))
    return french, english, gold  # fmt: skip


@pytest.mark.slow
def test_a_long_text_is_aligned_within_a_band():
    french, english, gold = long_text(900)
    bridge = [line.replace("Le ", "The ").replace(" vit ", " saw ") for line in french]
    beads = align(french, english, bridge=bridge)
    assert whole(beads, len(french), len(english))
    right = {(b.source, b.target) for b in beads} & set(gold)
    assert len(right) > 0.9 * sum(bool(t) for _, t in gold)


def test_one_side_far_longer():
    french, english, _ = long_text(300)
    beads = align(french[100:130], english)
    assert whole(beads, 30, len(english))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "target"),
    [
        (["Il part."] * 400, ["He leaves."] * 400),
        (["\x00\x01"] * 100, ["\x07 \ud800"] * 120),
        ([*FRENCH, "mot " * 50_000], [*ENGLISH, "x" * 200_000]),
        ([" ".join(map(str, range(30_000)))], [" ".join(map(str, range(30_000)))]),
        (FRENCH[:1], ENGLISH * 100),
        (FRENCH * 100, ENGLISH[:3]),
    ],
)
def test_strange_texts(source, target):
    beads = align(source, target)
    assert whole(beads, len(source), len(target))


def test_texts_without_a_clue_are_paired_in_order():
    beads = align(["Il part."] * 400, ["He leaves."] * 400)
    assert [([n], [n]) for n in range(400)] == pairs(beads)
    assert sum(bead.confidence for bead in beads) < 0.3 * 400


def test_scores_as_vecalign_counts():
    given = read_beads(["[0]:[0]", "[1, 2]:[1]", "[3]:[]", "[]:[2]", "[4]:[3]"], "gold")
    found = read_beads(
        ["[0]:[0]:0.1", "[1]:[1]:0.3", "[2]:[]:0.7", "[3]:[]:0.7", "[4]:[2, 3]:0.2"], "a"
    )
    score = score_alignment([(given, found)])
    assert (2 / 5, 1 / 3) == (score.strict.precision, score.strict.recall)
    assert (4 / 5, 3 / 3) == (score.lax.precision, score.lax.recall)
    assert (1 / 3, 1 / 3) == (score.paired.precision, score.paired.recall)
    both_documents = score_alignment([(given, found), (given, given)])
    assert 7 / 10 == both_documents.strict.precision  # fmt: skip


def test_a_bead_found_twice_counts_once():
    given, twice = read_beads(["[0]:[0]", "[1]:[1]"], "gold"), read_beads(["[0]:[0]"] * 2, "a")
    score = score_alignment([(given, twice)])
    assert (1.0, 0.5) == (score.strict.precision, score.strict.recall)


def test_nothing_found_scores_nothing():
    assert 0 == score_alignment([(read_beads(["[0]:[0]"], "a"), [])]).strict.f1


@pytest.mark.parametrize(
    "line", ["0:0", "[0]", "[a]:[0]", "[0]:[1", "[0]:[1234567890]", "[0 1]:[0]"]
)
def test_what_is_no_bead_is_named(line):
    with pytest.raises(InputError, match="gold:2: "):
        read_beads(["[0]:[0]", line], "gold")


@pytest.mark.parametrize("number", range(8))
@pytest.mark.parametrize("side", ["source", "target"])
def test_a_sentence_that_one_text_has_not_is_left_alone(side, number):
    everything = range(len(FRENCH))
    others = [n for n in everything if n != number]
    source, target = (others, everything) if side == "source" else (everything, others)
    beads = align(
        [FRENCH[n] for n in source],
        [ENGLISH[n] for n in target],
        bridge=[BRIDGE[n] for n in source],
    )
    found = [([source[n] for n in b.source], [target[n] for n in b.target]) for b in beads]
    alone = ([], [number]) if side == "source" else ([number], [])
    assert sorted([*(([n], [n]) for n in others), alone]) == sorted(found)
