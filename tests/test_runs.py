"""A run from the folder of articles to its files; the echo engine stands in for a model."""

import csv
import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bitext import ingest, runs
from bitext.enforce import HELD
from bitext.errors import BitextError
from bitext.formats import jsonl, tmx
from bitext.runs import shards
from bitext.units import TranslationUnit

ROOT = Path(__file__).parent.parent
SEEDS = ROOT / "seeds"
FILES = {
    "units.jsonl", "corpus.tmx", "glossary-report.tsv", "scores.json", "review.html",
    "translations",
}  # fmt: skip


def job(out, *sources, **options):
    return runs.Job(tuple(sources or (SEEDS,)), out, engine="echo", **options)


def done(job):
    """The run's last event, and the names of all."""
    events = list(runs.run(job))
    return events[-1], [type(event).__name__ for event in events]


def translated(job):
    """How many sentences a run had to translate, or to look up."""
    return sum(e.sentences for e in runs.run(job) if isinstance(e, runs.Advanced))


def units(out):
    with (out / "units.jsonl").open("rb") as file:
        return list(jsonl.read(file))


def tree(out):
    """Every output and its bytes; the run's own state is left out."""
    paths = (p for p in out.rglob("*") if p.is_file() and runs.STATE not in p.parts)
    return {str(p.relative_to(out)): p.read_bytes() for p in paths}


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    out = tmp_path_factory.mktemp("run") / "out"
    last, _ = done(job(out))
    return out, last


def test_everything_is_written(finished):
    out, last = finished
    assert {*FILES, runs.STATE} == {path.name for path in out.iterdir()}
    assert () == last.failures
    names = {f"{path.stem}.en.txt" for path in SEEDS.glob("*.txt")}
    assert names == {path.name for path in (out / "translations").iterdir()}


def test_the_record_begins_with_the_manifest(finished):
    out, _ = finished
    with (out / "units.jsonl").open("rb") as file:
        manifest = jsonl.read_manifest(file)
    assert ["parler.tsv"] == manifest["glossaries"]
    assert "references.tsv" == manifest["references"]
    assert manifest["signature"].startswith("bitext:")
    assert manifest["signature"].endswith(f"|{HELD}")
    assert 5 == len(manifest["documents"])


def test_the_units_and_the_drops_give_back_the_files(finished):
    out, _ = finished
    with (out / "units.jsonl").open("rb") as file:
        manifest = jsonl.read_manifest(file)
    found = units(out)
    for document in manifest["documents"]:
        text = (SEEDS / document["name"]).read_bytes().decode()
        pieces = [(u.paragraph, u.start, u.source) for u in found if u.document == document["name"]]
        pieces += [(d["paragraph"], d["start"], d["text"]) for d in document["drops"]]
        joined = "".join(piece for _, _, piece in sorted(pieces))
        assert "".join(text.split()) == "".join(joined.split())


def test_the_tmx_holds_every_unit(finished):
    out, _ = finished
    with (out / "corpus.tmx").open("rb") as file:
        kept = {(u.id, u.source) for u in tmx.read(file)}
    assert {(u.id, u.source) for u in units(out)} == kept


def test_the_translations_keep_the_paragraphs(finished):
    out, _ = finished
    for path in SEEDS.glob("*.txt"):
        document = ingest.read(path)
        text = (out / "translations" / f"{path.stem}.en.txt").read_text("utf-8")
        # The echo engine's "translation" is the article without what was dropped.
        whole = {
            d.paragraph
            for d in document.drops
            if d.text == document.paragraphs[d.paragraph].strip()
        }
        left = [p for n, p in enumerate(document.paragraphs) if n not in whole and p.strip()]
        assert len(left) == len([p for p in text.split("\n") if p.strip()])


def test_the_report_has_a_row_for_each_occurrence(finished):
    out, last = finished
    with (out / "glossary-report.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    assert sum(len(u.matches) for u in units(out)) == len(rows) == 89
    parler = [row for row in rows if row["source"] == "Parler"]
    assert {("Parler", "right")} == {(row["found"], row["outcome"]) for row in parler}
    [squads] = [row for row in rows if row["source"] != "Parler"]
    assert ("pelotons d’exécution", "firing squads") == (squads["source"], squads["required"])
    # The echo engine leaves French words, which the repair replaces through its word links.
    assert ("enforced", "alignment") == (squads["outcome"], squads["how"])
    assert ("term", "dnt") == (squads["kind"], parler[0]["kind"])
    assert "pelotons d’exécution" in squads["before"]
    assert "" == parler[0]["before"]
    assert {"right": 88, "enforced": 1} == dict(last.summary.outcomes)


def test_the_scores_are_json(finished):
    out, _ = finished
    scores = json.loads((out / "scores.json").read_text("utf-8"))
    assert 5 == len(scores["documents"])
    assert 0 == len(scores["coverage"]["unaligned"])


def test_the_same_run_gives_the_same_bytes(finished, tmp_path):
    out, _ = finished
    done(job(tmp_path / "again"))
    assert tree(out) == tree(tmp_path / "again")


@pytest.fixture
def folder(tmp_path):
    """A folder of three short articles."""
    place = tmp_path / "articles"
    place.mkdir()
    for name in "abc":
        (place / f"{name}.txt").write_text(f"Article {name}. Il dort bien.\n", "utf-8")
    return place


def test_a_second_run_keeps_what_is_done(folder, tmp_path):
    out = tmp_path / "out"
    done(job(out, folder))
    before = tree(out)
    _, names = done(job(out, folder))
    assert "Advanced" not in names
    assert before == tree(out)


@pytest.mark.parametrize("status", ["approved", "draft", "rejected"])
def test_units_that_people_worked_on_are_not_overwritten(folder, tmp_path, status):
    out = tmp_path / "out"
    done(job(out, folder))
    worked = [replace(unit, status=status) for unit in units(out)[:1]]
    left = units(out)[1:]
    with (out / "units.jsonl").open("wb") as file:
        jsonl.write([*worked, *left], file, signature="s")
    before = tree(out)
    with pytest.raises(BitextError, match="has 1 unit that people have worked on"):
        done(job(out, folder))
    assert before == tree(out)


def test_a_run_with_a_memory_of_approved_units_runs_again(folder, tmp_path):
    """The match that a unit was shown with has a status of its own."""
    made = TranslationUnit("1", "d", 0, 0, 9, "Il dort bien.", "He sleeps.", "human", "approved")
    with (tmp_path / "m.tmx").open("wb") as file:
        tmx.write([made], file, signature="s")
    again = job(tmp_path / "out", folder, memories=(tmp_path / "m.tmx",))
    done(again)
    assert {"approved"} == {u.tm.status for u in units(tmp_path / "out") if u.tm}
    before = tree(tmp_path / "out")
    done(again)
    assert before == tree(tmp_path / "out")


def test_a_kill_before_a_shard_is_named_leaves_no_other_in_its_place(folder, tmp_path, monkeypatch):
    """A former run's shard would stand for the translation of the one that was killed."""
    out = tmp_path / "out"
    done(job(out, folder))
    before = tree(out)
    glossary = tmp_path / "g.tsv"
    glossary.write_text("source\ttarget\ndort\tsleeps\n", "utf-8")
    other = job(out, folder, glossaries=(glossary,))
    with monkeypatch.context() as patch:
        patch.setattr(shards.Writer, "commit", killed)
        with pytest.raises(KeyboardInterrupt):
            done(other)
    done(job(out, folder))
    assert before == tree(out)


def killed(writer):
    raise KeyboardInterrupt


def test_fresh_does_all_anew(folder, tmp_path):
    out = tmp_path / "out"
    done(job(out, folder))
    assert 6 == translated(job(out, folder, resume=False))


def test_a_changed_article_is_done_anew(folder, tmp_path):
    out = tmp_path / "out"
    done(job(out, folder))
    (folder / "b.txt").write_text("Un autre texte.\n", "utf-8")
    assert 1 == translated(job(out, folder))
    assert "Un autre texte." in {u.source for u in units(out)}


def test_a_changed_glossary_does_all_anew(folder, tmp_path):
    out = tmp_path / "out"
    done(job(out, folder))
    glossary = tmp_path / "terms.tsv"
    glossary.write_text("article\tpaper\n", "utf-8")
    assert 6 == translated(job(out, folder, glossaries=(glossary,)))


@pytest.mark.parametrize("damage", [b"", b"{", b"\xff\xfe", None])
def test_a_damaged_shard_is_done_anew(folder, tmp_path, damage):
    out = tmp_path / "out"
    done(job(out, folder))
    before = tree(out)
    for shard in (out / runs.STATE / "shards").glob("*.jsonl"):
        shard.write_bytes(shard.read_bytes()[:-40] if damage is None else damage)
    assert 6 == translated(job(out, folder))
    assert before == tree(out)


def test_a_run_stopped_in_the_middle_goes_on(folder, tmp_path):
    undisturbed, out = tmp_path / "undisturbed", tmp_path / "out"
    done(job(undisturbed, folder))
    for event in runs.run(job(out, folder)):
        if isinstance(event, runs.Done):
            break
    assert not (out / "units.jsonl").exists()
    assert 4 == translated(job(out, folder))
    assert tree(undisturbed) == tree(out)


def test_one_bad_article_does_not_stop_the_others(folder, tmp_path):
    (folder / "b.txt").write_bytes(b"\x00\x01\x02")
    (folder / "d.txt").write_bytes(b"")
    (folder / "e.txt").write_bytes("Déjà vu.".encode("cp1252"))
    last, names = done(job(tmp_path / "out", folder, folder / "missing.txt"))
    assert 2 == names.count("Done")
    assert ["missing.txt", "b.txt", "d.txt", "e.txt"] == [
        Path(failure.document).name for failure in last.failures
    ]
    for failure in last.failures:
        assert "\n" not in str(failure.error)
        assert ";" in str(failure.error)  # what is wrong; what to do
    assert {"a.txt", "c.txt"} == {u.document for u in units(tmp_path / "out")}


def test_an_encoding_can_be_named(tmp_path):
    (tmp_path / "a.txt").write_bytes("Déjà vu.".encode("cp1252"))
    done(job(tmp_path / "out", tmp_path / "a.txt", encoding="cp1252"))
    assert ["Déjà vu."] == [u.source for u in units(tmp_path / "out")]


def test_boilerplate_can_be_kept(tmp_path):
    shutil.copy(SEEDS / "001_74ec245c5e102d4d.txt", tmp_path / "a.txt")
    done(job(tmp_path / "out", tmp_path / "a.txt", keep_boilerplate=True))
    assert "Share on facebook" in {u.source for u in units(tmp_path / "out")}


WHOLE = {
    "no source": (lambda tmp: job(tmp / "out", tmp / "none"), "does not exist"),
    "no texts": (lambda tmp: job(tmp / "out", tmp), "holds no texts"),
    "out is a file": (lambda tmp: job(ROOT / "LICENSE"), "is a file"),
    "out below a file": (lambda tmp: job(ROOT / "LICENSE" / "out"), "cannot be written"),
    "glossary": (lambda tmp: job(tmp / "out", glossaries=(tmp / "g.tsv",)), "cannot be read"),
    "references": (lambda tmp: job(tmp / "out", references=tmp / "r.tsv"), "cannot be read"),
    "references in ruins": (lambda tmp: job(tmp / "out", references=ROOT / "LICENSE"), "LICENSE"),
    "model": (lambda tmp: runs.Job((SEEDS,), tmp / "out", model="./none"), "no such directory"),
    "engine": (lambda tmp: runs.Job((SEEDS,), tmp / "out", engine="x"), "no engine called 'x'"),
}


@pytest.mark.parametrize("case", WHOLE)
def test_what_concerns_the_whole_run_is_one_line(tmp_path, case):
    make, message = WHOLE[case]
    with pytest.raises(BitextError) as error:
        list(runs.run(make(tmp_path)))
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_hostile_names_stay_inside(tmp_path):
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("..txt", "a\nb.txt", "=1+1.txt", "<script>.txt", "é" * 60 + ".txt"):
        (folder / name).write_text("Bonjour.\n", "utf-8")
    last, _ = done(job(tmp_path / "out", folder))
    assert () == last.failures
    inside = (tmp_path / "out").resolve()
    assert all(p.resolve().is_relative_to(inside) for p in (tmp_path / "out").rglob("*"))


HOSTILE = {
    "one word": "a" * 30_000,
    "one sentence": "mot " * 6_000,
    "full stops": ". " * 10_000,
    "guillemets": "« " * 10_000,
    "initials": "M. " * 6_000,
    "a thousand names": "PARLER " * 1_500,
    "controls": "".join(map(chr, range(1, 32))) * 300 + "Bonjour.",
    "bidi": "\u202eabc\u202c Bonjour. " * 200,
    "accents": "e" + "\u0301" * 20_000,
    "an address": "http://" + "a" * 50_000,
    "markup": "<script>alert(1)</script>\n" * 300,
}


@pytest.mark.slow
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_texts_do_no_harm(tmp_path, case):
    """They end soon, and nothing of them is lost; tested at twenty times the size by hand."""
    (tmp_path / "a.txt").write_text(HOSTILE[case], "utf-8")
    glossary = (ROOT / "glossary" / "parler.tsv",)
    last, _ = done(job(tmp_path / "out", tmp_path / "a.txt", glossaries=glossary))
    assert () == last.failures
    sources = "".join("".join(u.source.split()) for u in units(tmp_path / "out"))
    assert "".join(HOSTILE[case].split()) == sources
    report = (tmp_path / "out" / "glossary-report.tsv").stat().st_size
    assert report < 1000 + 2000 * 3_000


@pytest.mark.parametrize("case", ["text", "other database"])
def test_a_cache_that_is_something_else_is_not_touched(folder, tmp_path, case):
    path = tmp_path / "mine"
    if case == "text":
        path.write_text("precious\n", "utf-8")
    else:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("CREATE TABLE known (a, b)")
            connection.commit()
    before = path.read_bytes()
    with pytest.raises(BitextError, match="is no cache of bitext"):
        done(job(tmp_path / "out", folder, cache=path))
    assert before == path.read_bytes()
