"""Training: what goes in, what is annotated, and that it goes on after a kill. Toy sizes."""

import gzip
import json
import lzma
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from in_process import bitext

from bitext import train
from bitext.atomic import locked
from bitext.errors import BitextError, InputError, OutputError
from bitext.formats import tmx
from bitext.train import batches, corpus, lexicon, links, loop, network, prepared, terms
from bitext.train.corpus import Pair, Sieve
from bitext.train.terms import Marks
from bitext.units import TranslationUnit

# ---- The corpus ------------------------------------------------------------------------------

GOOD = ("Le site est « en panne » lundi.", "The site is “down” on Monday.")

SIFTED = [
    ("", GOOD),
    ("", ("Bonjour", "Hello")),
    ("", ("Parler, Inc.", "Parler, Inc.")),  # names are the same in both
    ("empty", ("", "Hello")),
    ("empty", ("Bonjour", " \u00a0")),
    ("long", ("mot " * 200, "word " * 200)),
    ("unequal", ("Oui.", "This is a sentence that says far more than yes does, and goes on.")),
    ("no letters", ("12 %", "12 %")),
    ("untranslated", ("Le site est en panne", "Le site est en panne")),
    ("wrong language", ("Le site est hors ligne.", "Les sites que nous avons dans cette liste.")),
    ("wrong language", ("This is the text that was from them", "Ceci est un texte des autres")),
]


@pytest.mark.parametrize(("reason", "texts"), SIFTED)
def test_what_is_left_out_is_counted_by_reason(reason, texts):
    sieve = Sieve()
    passed = list(sieve.passed([Pair("x", *texts)]))
    assert ([reason] if reason else []) == list(sieve.left_out)
    assert (not reason) == bool(passed)


def test_what_passes_is_normalised():
    [pair] = Sieve().passed([Pair("x", *GOOD)])
    assert Pair("x", 'Le site est "en panne" lundi.', 'The site is "down" on Monday.') == pair


def test_a_pair_passes_once():
    sieve = Sieve()
    assert 1 == len(list(sieve.passed([Pair("x", *GOOD)] * 3)))
    assert 2 == sieve.left_out["double"]


@pytest.mark.parametrize("side", [0, 1])
def test_what_is_kept_out_is_kept_out_whatever_its_marks(side):
    held = GOOD[side].upper().replace(".", " !")
    assert [] == list(Sieve(corpus.marks([held])).passed([Pair("x", *GOOD)]))


@pytest.mark.parametrize("ending", [".tsv", ".tsv.gz", ".tsv.xz"])
def test_files_are_read_packed_or_not(tmp_path, ending):
    path = tmp_path / f"news{ending}"
    opener = {".gz": gzip.open, ".xz": lzma.open}.get(path.suffix, open)
    with opener(path, "wb") as file:
        file.write(b"Oui.\tYes.\nweb\tNon.\tNo.\n")
    assert [Pair("news", "Oui.", "Yes."), Pair("web", "Non.", "No.")] == list(corpus.read(path))


BROKEN = {
    "a.tsv": (b"one\n", "a.tsv:1: has 1 columns"),
    "b.tsv": (b"a\tb\n\xff\tc\n", "b.tsv:2: not UTF-8"),
    "c.tsv.xz": (b"nothing", "c.tsv.xz: cannot be read"),
    "d.tsv.gz": (b"nothing", "d.tsv.gz: cannot be read"),
    "e.tmx": (b"nothing", "e.tmx"),
    "f.tsv.gz": (gzip.compress(b"a\tb\n")[:10] + b"\x06", "f.tsv.gz: cannot be read"),
    "g.tsv.xz": (lzma.compress(b"a" * 1_000_001), "g.tsv.xz:1: is longer than 1,000,000 bytes"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_corpus_is_one_line(tmp_path, name):
    content, message = BROKEN[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError) as error:
        list(corpus.read(tmp_path / name))
    assert message in str(error.value)
    assert "\n" not in str(error.value)


# ---- Terms -----------------------------------------------------------------------------------

# A word is a piece; those from 100 on go on with the word before, and 90 to 99 are punctuation.
NUMBERS = np.arange(200)
MARK = (NUMBERS >= 90) & (NUMBERS < 100)
MARKS = Marks(197, 198, 199, NUMBERS < 100, MARK, np.where(MARK, 0, 4))


def example(source, target, linked):
    return terms.Example(*(np.array(a) for a in (source, target, linked)))


def found(source, target, linked):
    return {
        (tuple(source[p.start : p.end]), tuple(target[p.target_start : p.target_end]))
        for p in terms.phrases(example(source, target, linked), MARKS)
    }


def test_phrases_are_whole_words_linked_to_each_other_alone():
    assert {((1,), (11,)), ((2,), (12,)), ((1, 2), (11, 12))} == found([1, 2], [11, 12], [0, 1])
    # Crossed links make a phrase of both words, and of each.
    assert {((1,), (12,)), ((2,), (11,)), ((1, 2), (11, 12))} == found([1, 2], [11, 12], [1, 0])
    # A word in two pieces is one word.
    assert {((1, 101), (11, 111))} == found([1, 101], [11, 111], [0, 1])
    # What is linked to a third word is no phrase.
    assert {((2,), (12,)), ((1, 2), (11, 12, 13))} == found([1, 2], [11, 12, 13], [0, 1, 0])
    assert set() == found([1, 2], [11, 12], [-1, -1])
    # Punctuation is a boundary, and neither begins nor ends a phrase.
    assert {((101,), (11,))} == found([90, 101, 91], [11, 91], [1, 2])
    assert {((1,), (11,)), ((2,), (12,)), ((1, 90, 2), (11, 12))} == found(
        [1, 90, 2], [11, 12], [0, 2]
    )


def without_marks(source):
    """The source that an annotated one was made of, and the translations in it."""
    plain, translations, inside = [], [], False
    for piece in source.tolist():
        if piece == MARKS.translation:
            inside = True
            translations.append([])
        elif piece == MARKS.end:
            inside = False
        elif inside:
            translations[-1].append(piece)
        elif piece != MARKS.term:
            plain.append(piece)
    return plain, translations


rows = st.lists(st.integers(0, 150), min_size=1, max_size=12)


@given(rows, rows, st.integers(0, 99), st.data())
def test_an_annotation_tells_what_the_target_says(source, target, seed, data):
    linked = data.draw(
        st.lists(st.integers(-1, len(source) - 1), min_size=len(target), max_size=len(target))
    )
    new, changed, moved = terms.annotated(
        example(source, target, linked),
        MARKS,
        np.random.default_rng(seed),
        lambda: np.array([20, 120, 95, 21]),
    )
    plain, translations = without_marks(new)
    assert source == plain
    said, at = changed.tolist(), moved.tolist()
    assert len(at) == len(said)
    # Each translation stands in the target, linked to itself piece for piece.
    inside = [n for n, piece in enumerate(new) if within(new, n)]
    assert inside == sorted(n for n in at if n in set(inside))
    assert all(said[at.index(n)] == new[n] for n in inside)
    assert translations == [[new[n] for n in run] for run in runs(inside)]
    # All other links lead where they did, never into a mark.
    assert all(new[n] < 197 for n in at if n >= 0)
    if said == target:
        for before, after in zip(linked, at, strict=True):
            assert after in inside or (source[before] if before >= 0 else -1) == (
                new[after] if after >= 0 else -1
            )


def within(source, at):
    """Whether a position is in the translation of an annotation."""
    before = source[:at].tolist()
    return source[at] < 197 and before.count(198) > before.count(199)


def runs(numbers):
    """Numbers that follow one another, together."""
    found = []
    for number in numbers:
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def test_renderings_of_another_length_do_not_displace_each_other():
    # Both phrases are annotated, and their order is turned round in the target.
    pair = example([1, 2, 3], [13, 12, 11], [2, 1, 0])
    first, second = terms.Phrase(0, 1, 2, 3), terms.Phrase(2, 3, 0, 1)
    said = {first: np.array([50]), second: np.array([60, 61, 62])}
    new, changed, moved = terms.inserted(pair, said, MARKS)
    assert [197, 1, 198, 50, 199, 2, 197, 3, 198, 60, 61, 62, 199] == new.tolist()
    assert [60, 61, 62, 12, 50] == changed.tolist()
    assert [9, 10, 11, 5, 3] == moved.tolist()


def test_phrases_are_also_copied_and_replaced_in_the_reference():
    pair = example([1, 2, 3, 4], [11, 12, 13, 14], [0, 1, 2, 3])
    made = [
        terms.annotated(pair, MARKS, np.random.default_rng(n), lambda: np.array([50, 51]))
        for n in range(60)
    ]
    targets = [m.target.tolist() for m in made]
    assert any({1, 2, 3, 4} & set(t) for t in targets)
    assert any({50, 51} & set(t) for t in targets)
    assert sum(t == [11, 12, 13, 14] for t in targets) > 20


# ---- Batches ---------------------------------------------------------------------------------


def small_corpus(pairs=60, *, linked=False):
    random = np.random.default_rng(5)
    sources = [random.integers(1, 90, random.integers(1, 9)) for _ in range(pairs)]
    targets = [random.integers(1, 90, random.integers(1, 9)) for _ in range(pairs)]
    links = [
        np.array([j if linked and j < len(s) else -1 for j in range(len(t))], np.int16)
        for s, t in zip(sources, targets, strict=True)
    ]
    sets = ["news" if n % 3 else "web" for n in range(pairs)]
    return prepared.assembled(sources, targets, links, sets)


def rows_of(data, weights, *, annotation=None, seed=1):
    pools = batches.epoch(
        data,
        weights,
        tokens=60,
        longest=99,
        random=np.random.default_rng(seed),
        annotation=annotation,
    )
    return [rows for pool in pools for rows in pool]


def test_an_epoch_passes_over_each_set_as_often_as_its_weight_says():
    data = small_corpus()
    numbers = {row_key(data.pair(n)): n for n in range(len(data))}
    assert len(data) == len(numbers)
    groups = rows_of(data, {"news": 2.0, "web": 0.5})
    drawn = [numbers[row_key(row)] for group in groups for row in group]
    news = [n for n in drawn if data.names[data.kind[n]] == "news"]
    assert {2} == {news.count(n) for n in news}
    assert (40 * 2, 10) == (len(news), len(drawn) - len(news))


def row_key(row):
    return tuple(row[0].tolist()), tuple(row[1].tolist())


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_no_batch_is_larger_than_it_may_be(share):
    data = small_corpus(linked=True)
    shown = batches.Annotation(MARKS, share)
    marked = 0
    for rows in rows_of(data, {}, annotation=shown):
        made = batches.batch(rows, pad=99, end=0)
        assert made.source.size + made.wanted.size <= 60 or len(rows) == 1
        for n, (source, target, linked) in enumerate(rows):
            marked += MARKS.term in source
            assert [*source, 0] == made.source[n][made.source[n] != 99].tolist()
            assert [*target, 0] == made.wanted[n][made.wanted[n] != -100].tolist()
            assert [99, *target] == made.given[n][: len(target) + 1].tolist()
            assert [*linked, len(source)] == made.links[n][: len(target) + 1].tolist()
    assert bool(share) == bool(marked)


def test_a_corpus_is_kept_and_known_again(tmp_path):
    data = small_corpus()
    prepared.save(data, tmp_path, {"files": ["a"]})
    kept = prepared.load(tmp_path, {"files": ["a"]})
    assert kept is not None
    for name in prepared.ARRAYS:
        assert np.array_equal(getattr(data, name), getattr(kept, name))
    assert prepared.load(tmp_path, {"files": ["b"]}) is None
    (tmp_path / "about.json").write_text("{")
    with pytest.raises(InputError, match="delete it"):
        prepared.load(tmp_path, {"files": ["a"]})


def test_links_that_both_directions_have_win():
    ahead, back = map(links.parsed, ("0-0 1-1\n", "1-0 0-0 1-1\n"))
    row = links.position(ahead, back, 3)
    assert [0, 1, -1] == row.tolist()


# ---- The whole -------------------------------------------------------------------------------

NOUNS = {"chat": "cat", "chien": "dog", "site": "site", "livre": "book", "jour": "day"}
VERBS = {"dort": "sleeps", "tombe": "falls", "arrive": "arrives", "reste": "stays"}
ADVERBS = {"ici": "here", "souvent": "often", "demain": "tomorrow", "seul": "alone", "vite": "fast"}


def toy_pairs():
    for noun, english in NOUNS.items():
        for verb, says in VERBS.items():
            for adverb, how in ADVERBS.items():
                yield f"le {noun} {verb} {adverb} .", f"the {english} {says} {how} ."
                yield f"mon {noun} {verb} {adverb} .", f"my {english} {says} {how} ."


@pytest.fixture(scope="module")
def toy(tmp_path_factory):
    """A corpus of two hundred sentences over thirty words, and a job for it."""
    folder = tmp_path_factory.mktemp("toy")
    lines = "".join(f"{source}\t{target}\n" for source, target in toy_pairs())
    (folder / "toy.tsv").write_text(lines, "utf-8")
    (folder / "dev.fr").write_text("le chat dort demain ici .\n", "utf-8")
    (folder / "dev.en").write_text("the cat sleeps tomorrow here .\n", "utf-8")
    plan = loop.Plan(steps=12, tokens=400, warmup=4, threads=1)
    return train.Job(
        train.Texts((folder / "toy.tsv",), folder / "dev"),
        folder / "out",
        vocabulary=330,
        guided=False,
        plan=plan,
    )


@pytest.mark.weights
def test_training_makes_a_model_that_both_engines_load(toy):
    events = list(train.train(toy))
    assert 200 == events[0].pairs
    assert 12 == sum(isinstance(event, loop.Progress) for event in events)
    assert events[-2].loss < events[1].loss
    trial = toy.out / "trial"
    from bitext.engines import Request
    from bitext.engines.opening import choose, open_engine

    for engine in ("ct2", "transformers"):
        opened = open_engine(choose(engine, model=str(trial), preset="fast"))
        assert 1 == len(opened.translate([Request("le chat dort ici .")]))


def test_eflomal_links_the_words_of_a_toy_language():
    pytest.importorskip("eflomal", reason="needs a C compiler: pip install 'bitext[train]'")
    words = {
        w: n for n, w in enumerate(sorted({w for p in toy_pairs() for s in p for w in s.split()}))
    }
    sides = [[np.array([words[w] for w in p[n].split()]) for p in toy_pairs()] for n in (0, 1)]
    linked = links.align(*sides)
    right = sum(int((row == np.arange(5)).sum()) for row in linked)
    assert right > 0.9 * 5 * len(linked)


@pytest.mark.parametrize(("rows", "smoothing"), [(1, 0.1), (256, 0.0), (700, 0.1)])
def test_the_loss_by_rows_is_torchs_own_with_its_gradient(rows, smoothing):
    import torch
    from torch.nn import functional

    from bitext.train.criterion import cross_entropy

    random = torch.Generator().manual_seed(rows)
    hidden = torch.randn(rows, 64, generator=random).requires_grad_()
    weight = torch.randn(300, 64, generator=random).mul_(0.3).requires_grad_()
    bias = torch.randn(300, generator=random)
    wanted = torch.randint(300, (rows,), generator=random)

    ours = cross_entropy(hidden, weight, bias, wanted, smoothing=smoothing)
    (2 * ours).backward()
    found = hidden.grad, weight.grad
    hidden.grad = weight.grad = None
    scores = functional.linear(hidden, weight, bias)
    theirs = functional.cross_entropy(scores, wanted, label_smoothing=smoothing)
    (2 * theirs).backward()

    # Products are in 16 bits.
    assert ours.item() == pytest.approx(theirs.item(), rel=2e-3)
    for own, expected in zip(found, (hidden.grad, weight.grad), strict=True):
        assert (own - expected).norm() < 0.01 * expected.norm()


@pytest.mark.weights
def test_the_same_seed_gives_the_same_weights(toy, tmp_path):
    import torch

    kept = []
    for name in ("one", "two"):
        job = replace(toy, out=tmp_path / name, plan=replace(toy.plan, steps=4))
        list(train.train(job))
        kept.append(torch.load(job.out / "checkpoint.pt", weights_only=True)["model"])
    assert all(torch.equal(kept[0][name], kept[1][name]) for name in kept[0])


@pytest.mark.weights
def test_training_goes_on_from_its_checkpoint_or_the_one_before(toy, tmp_path):
    job = replace(toy, out=tmp_path / "out", plan=replace(toy.plan, steps=3))
    list(train.train(job))
    events = list(train.train(job))
    assert train.Resumed(3) in events
    (job.out / "checkpoint.pt").write_bytes(b"torn")
    assert train.Resumed(3) in list(train.train(job))
    for path in job.out.glob("checkpoint.pt*"):
        path.write_bytes(b"torn")
    with pytest.raises(InputError, match="delete it to begin anew"):
        list(train.train(job))


@pytest.mark.weights
@pytest.mark.parametrize("device", ["cuda:99", "cuda:x", "xpu", "", "cpu:1"])
def test_a_device_that_is_not_there_is_refused_at_once(device, tmp_path):
    job = train.Job(train.Texts((tmp_path / "x.tsv",)), tmp_path, plan=loop.Plan(device=device))
    with pytest.raises(InputError, match=rf"device '{device}'"):
        next(iter(train.train(job)))


@pytest.mark.weights
def test_a_checkpoint_of_another_training_is_refused(toy, tmp_path):
    from bitext.models import builtin_path

    plan = replace(toy.plan, steps=2)
    job = replace(toy, out=tmp_path / "out", start=builtin_path(), plan=plan)
    list(train.train(job))
    other = tmp_path / "other"
    shutil.copytree(builtin_path(), other)
    config = json.loads((other / "config.json").read_text("utf-8"))
    (other / "config.json").write_text(json.dumps(config | {"dropout": 0.2}), "utf-8")
    with pytest.raises(InputError, match="another start or vocabulary"):
        list(train.train(replace(job, start=other)))


@pytest.mark.weights
def test_a_full_disk_leaves_the_last_checkpoint_and_model_whole(toy, tmp_path):
    job = replace(toy, out=tmp_path / "out", plan=replace(toy.plan, steps=2))
    list(train.train(job))
    kept = (job.out / "checkpoint.pt").read_bytes()
    # No file may grow beyond a megabyte: what a full disk does, for one process.
    code = (
        "import resource, sys, pickle; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20)); "
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "from bitext.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "train", str(toy.texts.sources[0]), "--dev",
         str(toy.texts.held_out), "--out", str(job.out), "--vocabulary", "330",
         "--minutes", "0.02"],
        capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert 1 == done.returncode, done.stderr
    assert "make room" in done.stderr.strip().splitlines()[-1]
    assert "Traceback" not in done.stderr
    assert kept == (job.out / "checkpoint.pt").read_bytes()


@pytest.mark.weights
def test_an_interruption_keeps_a_checkpoint(toy, tmp_path):
    job = replace(toy, out=tmp_path / "out")
    steps = train.train(job)
    for event in steps:
        if isinstance(event, loop.Progress) and event.step == 2:
            steps.close()
            break
    assert train.Resumed(2) in list(train.train(job))


@pytest.mark.weights
def test_a_model_goes_on_from_another(toy, tmp_path):
    from bitext.models import builtin_path

    plan = replace(toy.plan, steps=2)
    job = replace(toy, out=tmp_path / "out", start=builtin_path(), plan=plan)
    list(train.train(job))
    kept = (job.out / "trial" / "vocab.json").read_bytes()
    assert (builtin_path() / "vocab.json").read_bytes() == kept


@pytest.mark.weights
def test_mixtures_with_the_start_are_tried_and_the_best_is_kept(toy, tmp_path):
    """The last trial is half the start and half the new weights, and figures say which won."""
    import torch
    from safetensors.torch import load_file

    from bitext.models import builtin_path

    plan = replace(toy.plan, steps=3, rate=1e-3, warmup=1)
    job = replace(toy, out=tmp_path / "out", start=builtin_path(), plan=plan)
    trained = [e for e in train.train(job) if isinstance(e, train.Evaluated)]
    assert [0, 0, 0.2, 0.35, 0.5] == [event.former for event in trained]
    best = trained[0].figures.bleu
    for event in trained[1:]:
        assert event.exported == (event.figures.bleu > best)
        best = max(best, event.figures.bleu)
    new = torch.load(job.out / "checkpoint.pt", weights_only=True)["average"]
    name = "model.encoder.layers.0.fc1.weight"
    start, mixed = (
        load_file(folder / "model.safetensors")[name].float()
        for folder in (builtin_path(), job.out / "trial")
    )
    assert not torch.equal(start, new[name])
    assert torch.allclose(mixed, (start + new[name]) / 2, atol=1e-3)


@pytest.mark.weights
@pytest.mark.parametrize("more", [0, 1, 3, 4, 6])
def test_a_deeper_encoder_computes_what_it_did(more, tmp_path):
    import torch

    from bitext.models import builtin_path

    start = builtin_path()
    model = network.loaded(start, dropout=0.0, eager=True).eval()
    texts = {
        "input_ids": torch.randint(5, 7000, (3, 20), generator=torch.Generator().manual_seed(1)),
        "decoder_input_ids": torch.arange(30).reshape(3, 10) + 100,
    }
    with torch.no_grad():
        before = model(**texts).logits
        layers = model.config.encoder_layers
        deeper = network.deepened(model, layers + more).eval()
        assert torch.allclose(before, deeper(**texts).logits, atol=1e-3)
    network.write(deeper, deeper.state_dict(), start, tmp_path / "deeper", 216, terms=True)
    again = network.loaded(tmp_path / "deeper", dropout=0.0, eager=True).eval()
    assert layers + more == len(again.model.encoder.layers)
    with torch.no_grad():
        assert torch.allclose(before, again(**texts).logits, atol=5e-2)


@pytest.mark.weights
def test_a_model_is_deepened_trained_and_mixed(toy, tmp_path):
    """Every new layer learns something, and a mixture is made with the start made as deep."""
    from safetensors.torch import load_file

    from bitext.models import builtin_path

    plan = replace(toy.plan, steps=3, rate=1e-3, warmup=1)
    out = tmp_path / "out"
    job = replace(toy, out=out, start=builtin_path(), encoder_layers=8, plan=plan)
    events = [event for event in train.train(job) if isinstance(event, train.Evaluated)]
    assert [0, 0, 0.2, 0.35, 0.5] == [event.former for event in events]
    weights = load_file(out / "trial" / "model.safetensors")
    outputs = [f"model.encoder.layers.{n}.self_attn.out_proj.weight" for n in range(8)]
    assert all(weights[name].abs().sum() > 0 for name in outputs)
    with pytest.raises(BitextError, match="another start"):
        list(train.train(replace(job, encoder_layers=0)))


@pytest.mark.weights
def test_a_translators_own_tmx_makes_the_model_better(tmp_path):
    """Fine-tuning: a share is held out, and the result is measured against the start."""
    from bitext.models import builtin_path

    units = [
        TranslationUnit(f"u{n}", "d", n, 0, 1, source.capitalize(), target.capitalize(), "human")
        for n, (source, target) in enumerate(toy_pairs())
    ]
    with (tmp_path / "own.tmx").open("wb") as file:
        tmx.write(units, file, signature="test")
    plan = loop.Plan(steps=30, tokens=400, warmup=3, threads=1, average=0.3, rate=5e-4)
    job = train.Job(
        train.Texts((tmp_path / "own.tmx",)),
        tmp_path / "out",
        start=builtin_path(),
        guided=False,
        plan=plan,
    )
    events = list(train.train(job))
    before, after, *_ = (event for event in events if isinstance(event, train.Evaluated))
    assert 0 < events[0].held_out < 30
    assert events[0].pairs + events[0].held_out == 200
    assert after.exported
    assert after.figures.bleu > before.figures.bleu + 5
    assert (tmp_path / "out" / "model" / "model.safetensors").exists()


@pytest.mark.weights
def test_patience_ends_what_does_not_get_better(toy, tmp_path):
    plan = replace(toy.plan, steps=50, rate=0.0)
    job = replace(toy, out=tmp_path / "out", plan=plan, evaluate_seconds=0.0, patience=2)
    events = list(train.train(job))
    assert 2 <= sum(isinstance(event, train.Evaluated) for event in events) <= 3
    assert sum(isinstance(event, loop.Progress) for event in events) < 10


def test_too_little_to_train_on_is_one_line(toy, tmp_path):
    few = tmp_path / "few.tsv"
    few.write_text("".join(f"le chat {n}x dort\tthe cat {n}x sleeps\n" for n in range(10)))
    with pytest.raises(BitextError) as error:
        list(train.train(replace(toy, texts=train.Texts((few,)), out=tmp_path / "out")))
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (["--encoder-layers", "10"], "--from"),
        (["--from", "builtin", "--encoder-layers", "5"], "encoder layers"),
        (["--from", "builtin", "--encoder-layers", "99"], "encoder layers"),
    ],
)
@pytest.mark.weights
def test_a_depth_that_cannot_be_had_is_one_line(options, named, toy, tmp_path):
    given = ["train", toy.texts.sources[0], "--out", tmp_path / "out", *options]
    result = bitext(*given)
    assert 1 == result.returncode
    (line,) = result.stderr.decode().splitlines()
    assert named in line


WRONG = {
    "no corpus": ["nowhere.tsv"],
    "not a corpus": ["LICENSE"],
    "no development set": ["seeds/references.tsv"],
}


@pytest.mark.parametrize("case", WRONG)
def test_the_command_tells_a_mistake_in_one_line(tmp_path, case):
    root = Path(__file__).parent.parent
    dev = tmp_path / "dev"
    if case != "no development set":
        for side in ("fr", "en"):
            dev.with_suffix(f".{side}").write_text("a\n")
    result = bitext("train", *WRONG[case], "--dev", dev, "--out", tmp_path / "out", cwd=root)
    assert 1 == result.returncode
    assert 1 == len(result.stderr.strip().splitlines()), result.stderr.decode()


@pytest.mark.parametrize(
    "option",
    ["minutes=0", "minutes=nan", "rate=-1", "rate=nan", "tokens=0", "evaluate=nan", "patience=-1"],
)
def test_an_option_out_of_its_range_is_refused(option, tmp_path):
    result = bitext("train", "x.tsv", f"--{option}", "--out", tmp_path / "out")
    assert 2 == result.returncode
    assert f"'--{option.partition('=')[0]}'".encode() in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.weights
def test_an_evaluation_leaves_the_training_its_threads(toy, tmp_path):
    """CTranslate2 tells OpenMP, which torch uses too, how many threads to take."""
    import torch

    plan = replace(toy.plan, steps=2, threads=2)
    job = replace(toy, out=tmp_path / "out", plan=plan, evaluate_seconds=0.0)
    events = [(event, torch.get_num_threads()) for event in train.train(job)]
    kinds = [type(event).__name__ for event, _ in events]
    assert "Evaluated" in kinds[: kinds.index("Progress") + 2]
    assert {2} == {threads for event, threads in events if isinstance(event, loop.Progress)}


def test_one_training_at_a_time_in_a_folder(tmp_path):
    job = train.Job(train.Texts((tmp_path / "x.tsv",)), tmp_path)
    with locked(tmp_path / train.LOCK, tmp_path), pytest.raises(OutputError, match="another run"):
        next(train.train(job))


def toy_words(pairs, times):
    """Ids, links and pieces of word pairs that are linked one to one, each so often."""
    pieces = sorted({f"▁{word}" for pair in pairs for side in pair for word in side.split()})
    ids = {piece: number for number, piece in enumerate(pieces)}
    rows = [[np.array([ids[f"▁{w}"] for w in side.split()]) for side in pair] for pair in pairs]
    links = [np.arange(len(target), dtype=np.int16) for _, target in rows] * times
    return [s for s, _ in rows] * times, [t for _, t in rows] * times, links, pieces


def test_words_by_themselves_are_those_that_mean_one_thing(monkeypatch):
    monkeypatch.setattr(lexicon, "FEWEST_PAIRS", 1)
    pairs = [
        ("Le chat dort", "The cat sleeps"),
        ("chat noir , Paris", "cat black , Paris"),
        ("un noir vole", "a dark flies"),
        ("un noir vole", "a gloomy flies"),
    ]
    rows = toy_words(pairs, 20)
    # "le" and "un" are too short, "noir" means three things, and Paris is Paris.
    expected = [("Chat", "Cat"), ("vole", "flies"), ("Dort", "Sleeps")]
    assert expected == list(lexicon.entries(*rows))
    assert [] == list(lexicon.entries(*toy_words(pairs, 5)))
    monkeypatch.setattr(lexicon, "FEWEST_PAIRS", 1000)
    assert [] == list(lexicon.entries(*rows))


def test_a_word_that_is_linked_to_two_tells_nothing(monkeypatch):
    monkeypatch.setattr(lexicon, "FEWEST_PAIRS", 1)
    sources, targets, _, pieces = toy_words([("aujourd'hui chat", "some day")], 30)
    links = [np.array([0, 0], np.int16)] * 30
    assert [] == list(lexicon.entries(sources, targets, links, pieces))
