"""What every engine must do, and that the fast one says what the reference says."""

from pathlib import Path

import pytest

from bitext import ingest, segment, text
from bitext.engines import Request
from bitext.engines.chunked import Chunked, cut
from bitext.engines.echo import Echo
from bitext.engines.opening import choose, open_engine
from bitext.errors import EngineError, UnknownName
from bitext.models import builtin_path, find

SEEDS = Path(__file__).parent.parent / "seeds"
SENTENCES = [
    "Amazon a refusé de commenter la suspension.",
    "Le site n'était pas accessible lundi.",
    "Parler a été créé en 2018.",
]


@pytest.fixture(scope="module", params=["echo", "ct2", "transformers"])
def engine(request):
    return open_engine(choose(request.param, model="builtin", preset="balanced"))


@pytest.mark.weights
class TestEveryEngine:
    def test_one_result_for_each_request_in_order(self, engine):
        together = engine.translate([Request(s) for s in SENTENCES])
        alone = [engine.translate([Request(s)])[0] for s in SENTENCES]
        assert [a[0].text for a in alone] == [t[0].text for t in together]

    def test_nothing_in_nothing_out(self, engine):
        assert [] == engine.translate([])
        assert [] == engine.score([])

    @pytest.mark.parametrize("source", ["", " ", "98", "12 %", "…", "- 3.5 -"])
    def test_what_has_no_letter_is_copied(self, engine, source):
        assert source == engine.translate([Request(source)])[0][0].text

    def test_links_lie_within_both_texts(self, engine):
        for source in SENTENCES:
            hypothesis = engine.translate([Request(source)])[0][0]
            assert hypothesis.links
            for link in hypothesis.links:
                assert 0 <= link.source_start < link.source_end <= len(source)
                assert 0 <= link.target_start < link.target_end <= len(hypothesis.text)

    def test_links_carry_a_name_over(self, engine):
        [[hypothesis]] = engine.translate([Request(SENTENCES[0])])
        linked = {
            hypothesis.text[k.target_start : k.target_end]
            for k in hypothesis.links
            if k.source_end <= len("Amazon")
        }
        assert linked <= {"Amazon", "A", "ma", "z", "on"}
        assert linked

    def test_a_prefix_is_kept(self, engine):
        [[hypothesis]] = engine.translate([Request(SENTENCES[0], prefix="Amazon would not")])
        assert hypothesis.text.startswith("Amazon would not ")

    def test_prefixes_do_not_mix(self, engine):
        requests = [Request(SENTENCES[0], prefix="It is"), Request(SENTENCES[1])]
        [[first], [second]] = engine.translate(requests)
        assert first.text.startswith("It is ")
        assert engine.translate([Request(SENTENCES[1])])[0][0].text == second.text

    def test_the_score_offered_is_the_score_given(self, engine):
        [[hypothesis]] = engine.translate([Request(SENTENCES[0])])
        [score] = engine.score([(SENTENCES[0], hypothesis.text)])
        assert hypothesis.score == pytest.approx(score, abs=0.05)

    def test_the_signature_is_known_before_loading(self, engine):
        name = engine.signature.split(":")[0].split("|")[0]
        assert choose(name, model="builtin", preset="balanced").signature == engine.signature


@pytest.mark.weights
@pytest.mark.parametrize("name", ["ct2", "transformers"])
def test_what_is_forbidden_is_not_said_and_others_say_it(name):
    engine = open_engine(choose(name, model="builtin"))
    [plain] = engine.translate([Request(SENTENCES[0])])[0]
    last = plain.text.rstrip(".").split()[-1]
    requests = [Request(SENTENCES[0], without=(last.upper(), last)), Request(SENTENCES[0])]
    [[first], [second]] = engine.translate(requests)
    assert last not in first.text
    assert plain.text == second.text


@pytest.mark.weights
@pytest.mark.parametrize("name", ["ct2", "transformers"])
def test_hypotheses_come_best_first(name):
    engine = open_engine(choose(name, model="builtin"))
    [offered] = engine.translate([Request(SENTENCES[1])], n_best=4)
    assert 4 == len({h.text for h in offered})


@pytest.fixture(scope="module")
def parts():
    """Every second stretch of the seeds as engines are given them."""
    longest = find("builtin").longest
    found = []
    for name, path in ingest.find([SEEDS])[0]:
        for each in segment.split(ingest.read(path, name)):
            normal = text.normalise(each.text).text
            found += [normal[a:b] for a, b in cut(normal, longest)]
    return found[::2]


@pytest.mark.weights
def test_greedy_decoding_is_the_same_in_both_engines(parts):
    from bitext.engines.ct2 import CT2
    from bitext.engines.marian import Marian

    checkpoint = find("builtin")
    requests = [Request(part) for part in parts]
    ours = CT2(checkpoint, beam=1, compute_type="float32").translate(requests)
    theirs = Marian(checkpoint, beam=1).translate(requests)
    assert [h[0].text for h in theirs] == [h[0].text for h in ours]
    assert [h[0].score for h in theirs] == pytest.approx([h[0].score for h in ours], abs=1e-2)


@pytest.mark.weights
@pytest.mark.filterwarnings("ignore:Recommended. pip install sacremoses")  # it never uses it
def test_pieces_are_those_of_transformers_own_tokenizer(parts):
    from transformers import MarianTokenizer

    from bitext.engines.subwords import Subwords

    theirs = MarianTokenizer.from_pretrained(builtin_path())
    ours = Subwords(builtin_path())
    for part in [*parts, "œuvre ☃ 東京", "a  b"]:
        ids = [ours.ids[token] for token in ours.encode(part).tokens]
        assert theirs(part)["input_ids"] == [*ids, theirs.eos_token_id]


@pytest.mark.weights
def test_pieces_say_where_they_stand():
    from bitext.engines.subwords import Subwords

    subwords = Subwords(builtin_path())
    source = "L'été à Genève coûte 3 € ☃."
    pieces = subwords.encode(source)
    assert source.replace(" ", "") == "".join(source[a:b] for a, b in pieces.spans).replace(" ", "")
    target, spans = subwords.decode(subwords.encode_target("Prepare the firing squads.").tokens)
    assert "Prepare the firing squads." == target
    assert "Preparethefiringsquads." == "".join(target[a:b] for a, b in spans)


@pytest.mark.weights
def test_terms_stand_in_the_source_with_their_targets():
    from bitext.engines.subwords import Subwords

    subwords = Subwords(builtin_path())
    source = "L'ami des pelotons d'exécution."
    start = source.index("pelotons")
    terms = [(start, len(source) - 1, "firing squads"), (start, start + 8, "platoons")]
    pieces = subwords.encode_with_terms(source, terms)
    tokens = pieces.tokens
    plain = subwords.encode(source)
    first, middle, last = map(tokens.index, ("<term>", "<trans>", "</term>"))
    # Of two terms over the same words the longer stands; nothing else is changed.
    assert tokens.count("<term>") == 1
    target = subwords.encode_target("firing squads").tokens
    assert target == tokens[middle + 1 : last]
    kept = tokens[:first] + tokens[first + 1 : middle] + tokens[last + 1 :]
    assert plain.tokens == kept
    # What the network looks at leads to the term in the source.
    assert {(start, len(source) - 1)} == set(pieces.spans[middle + 1 : last])
    assert len(tokens) == len(pieces.spans)
    assert plain == subwords.encode_with_terms(source, [])


@pytest.mark.weights
def test_a_term_within_a_piece_takes_the_piece_with_it():
    from bitext.engines.subwords import Subwords

    subwords = Subwords(builtin_path())
    source = "international"
    assert 1 == len(subwords.encode(source).tokens)
    pieces = subwords.encode_with_terms(source, [(5, 13, "national")])
    assert ["<term>", *subwords.encode(source).tokens, "<trans>"] == pieces.tokens[:3]


@pytest.mark.weights
@pytest.mark.parametrize("name", ["ct2", "transformers"])
def test_finished_pairs_are_linked(name):
    engine = open_engine(choose(name, model="builtin", preset="fast"))
    source, target = "Le site est en panne lundi.", "The site is down on Monday."
    long = "mot " * 600
    linked, none, empty = engine.align([(source, target), (long, long), ("", "")])
    assert (source.index("lundi"), target.index("Monday")) in {
        (k.source_start, k.target_start) for k in linked
    }
    assert () == none == empty


def test_attention_links_whole_words_both_ways():
    from bitext.engines.symmetry import symmetric_links

    texts = "l'eau rouge", "red water"
    source = [(0, 2), (2, 5), (6, 9), (9, 11)]
    target = [(0, 3), (4, 7), (7, 9)]
    attention = [[0.1, 0.1, 0.3, 0.4, 0.1], [0.1, 0.8, 0, 0, 0.1], [0.2, 0.7, 0, 0.1, 0]]
    found = symmetric_links(texts, source, target, attention)
    assert [("l'", "water"), ("eau", "water"), ("rouge", "red")] == [
        (texts[0][k.source_start : k.source_end], texts[1][k.target_start : k.target_end])
        for k in found
    ]
    assert () == symmetric_links(("", "x"), [], [(0, 1)], [[1.0]])


class Shouting(Echo):
    """Translates as a sentence: with a capital and a full stop."""

    def translate(self, requests, *, n_best=1):
        from dataclasses import replace

        offered = super().translate(requests)
        return [[replace(h, text=h.text[:1].upper() + h.text[1:] + ".")] for [h] in offered]


class Marking(Echo):
    """Marks all that it is given to translate."""

    def translate(self, requests, *, n_best=1):
        from dataclasses import replace

        return [[replace(h, text=f"<{h.text}>")] for [h] in super().translate(requests)]


def test_a_long_sentence_is_put_together_again():
    source = "il vint en ville, mais Paul ne dit rien à personne, et la nuit tomba."
    [[hypothesis]] = Chunked(Shouting(), longest=30).translate([Request(source)])
    assert source.replace("il", "Il", 1) + "." == hypothesis.text
    for link in hypothesis.links:
        said = hypothesis.text[link.target_start : link.target_end]
        assert source[link.source_start : link.source_end].lower() == said.lower()


@pytest.mark.parametrize("source", ["本" * 5000, "ab " * 2000, ". " * 2000, "mot, " * 1000])
def test_no_part_is_too_long_and_none_is_lost(source):
    spans = list(cut(source, 100))
    assert max(b - a for a, b in spans) <= 100
    assert source.replace(" ", "") == "".join(source[a:b] for a, b in spans).replace(" ", "")


LONG_LINK = "https://a.fr/" + "/".join(f"partie-{n}?x={n}" for n in range(20))


@pytest.mark.parametrize(
    ("source", "spans"),
    [
        ("{}", ["{}"]),
        ("Voir {} hier.", ["Voir", "{}", "hier."]),
        ("{} {}", ["{}", "{}"]),
        ("  {}", [" ", "{}"]),
        ("{}\u00a0!", ["{}", "!"]),
        ("a, {}", ["a,", "{}"]),
    ],
)
def test_a_link_that_is_too_long_is_a_part_by_itself(source, spans):
    source = source.replace("{}", LONG_LINK)
    found = [source[a:b].replace(LONG_LINK, "{}") for a, b in cut(source, 100)]
    assert found == spans


def test_a_long_link_with_a_term_is_cut_after_all():
    spans = list(cut(LONG_LINK, 100, keep=[(13, 21)]))
    assert max(b - a for a, b in spans) <= 100


def test_what_is_no_text_is_copied_and_the_rest_is_translated():
    source = f"Il vint voir {LONG_LINK} 12 et partit."
    [[hypothesis]] = Chunked(Marking(), longest=100).translate([Request(source)])
    assert f"<Il vint voir> {LONG_LINK} <12 et partit.>" == hypothesis.text
    [link] = [k for k in hypothesis.links if k.source_start == source.index(LONG_LINK)]
    assert LONG_LINK == hypothesis.text[link.target_start : link.target_end]


def test_parts_without_a_letter_are_copied():
    source = "Il dit : " + "1 2 3 " * 50 + "fin."
    [[hypothesis]] = Chunked(Marking(), longest=40).translate([Request(source)])
    assert source == hypothesis.text.replace("<", "").replace(">", "")
    assert 2 == hypothesis.text.count("<")


def test_a_term_is_not_cut_in_two():
    source = "x" * 40 + " pelotons d'exécution " + "y" * 40
    at = source.index("pelotons")
    spans = list(cut(source, 60, keep=[(at, at + len("pelotons d'exécution"))]))
    assert 1 == sum("pelotons d'exécution" in source[a:b] for a, b in spans)


MISTAKES = [
    ({"engine": "marion"}, UnknownName, "no engine called 'marion'; there is: ct2, echo"),
    ({"preset": "worst"}, UnknownName, "no preset called 'worst'; there is: balanced, best, fast"),
    ({"model": "no/such"}, EngineError, "fetch it with: bitext models get no/such"),
    ({"model": "./nowhere"}, EngineError, "no such directory; give builtin"),
    ({"model": str(SEEDS)}, EngineError, "not a Marian checkpoint (lacks config.json"),
]


@pytest.mark.parametrize(("choice", "kind", "message"), MISTAKES)
def test_a_wrong_name_is_answered_with_the_right_ones(choice, kind, message):
    with pytest.raises(kind) as error:
        choose(**choice)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


class Looping(Echo):
    """Loses itself in anything longer than thirty characters."""

    def translate(self, requests, *, n_best=1):
        from dataclasses import replace

        offered = super().translate(requests)
        return [
            [replace(h, text="and so and so and so and so")] if len(r.text) > 30 else [h]
            for r, [h] in zip(requests, offered, strict=True)
        ]


def test_what_goes_round_in_a_loop_is_translated_again_in_halves():
    source = "il vint en ville hier, mais Paul ne dit rien"
    [[hypothesis]] = Chunked(Looping()).translate([Request(source)])
    assert source == hypothesis.text


def test_a_loop_that_halves_do_not_mend_stays():
    source = "il vint en ville hier, " * 4
    [[hypothesis]] = Chunked(Looping()).translate([Request(source.strip())])
    assert "and so and so and so and so" == hypothesis.text
