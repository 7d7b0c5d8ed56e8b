"""What a run can be given, good and bad; what it tells of itself."""

import io
import json
import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bitext import cli, runs
from bitext.errors import InputError
from bitext.formats import jsonl
from bitext.ingest import LARGEST
from bitext.runs import pages


def job(out, *sources, **options):
    options.setdefault("glossaries", ())
    return runs.Job(tuple(map(Path, sources)), out, engine="echo", **options)


def invoked(*arguments, given=None):
    options = ["--engine", "echo", "--no-glossary"]
    return CliRunner().invoke(cli.app, ["run", *map(str, arguments), *options], input=given)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "articles"
    for name in ("a.txt", "b.txt", "deep/c.txt"):
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(f"Voici {name}.\n", "utf-8")
    return place


def documents(out):
    with (out / "units.jsonl").open("rb") as file:
        return [unit.document for unit in jsonl.read(file)]


# How thirty files of three hundred are broken.
BROKEN = {
    "empty": (b"", "is empty"),
    "blank": (b" \n\t\n", "is empty"),
    "zeros": (b"Un texte.\0\0", "is not a text file"),
    "a picture": (b"\xff\xd8\xff\xe0\x10JFIF", "not UTF-8"),
    "another encoding": ("Déjà vu.".encode("cp1252"), "not UTF-8"),
    "cut short": ("Déjà".encode()[:-1], "not UTF-8"),
    "half a UTF-16": (b"\xff\xfeB\0o", "not UTF-16"),
    "no UTF-32": (b"\xff\xfe\0\0\xff\xff\xff\xff", "not UTF-32"),
    "too large": (None, "is larger than 64 MB"),
    "a long name": (b"Bonjour.", "cannot be written (file name too long)"),
}


def write_broken(folder, number, kind):
    """One broken file; gives its name."""
    raw, _ = BROKEN[kind]
    name = f"{number:04}-{'x' * 246 if kind == 'a long name' else kind.replace(' ', '-')}.txt"
    path = folder / name
    path.write_bytes(raw or b"")
    if raw is None:
        os.truncate(path, LARGEST + 1)
    return name


@pytest.mark.slow
def test_thirty_broken_files_of_many_are_named_and_the_rest_done(tmp_path):
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    wrong = {write_broken(folder, 10 * n, kind): kind for n, kind in enumerate([*BROKEN] * 3)}
    for number in range(270):
        (folder / f"{number:04}-good.txt").write_text(f"Texte numéro {number}.\n", "utf-8")
    result = invoked(folder, "--out", out)
    assert 3 == result.exit_code, result.output
    assert 270 == len(set(documents(out)))
    assert 270 == len(list((out / "translations").iterdir()))
    complaints = [line for line in result.stderr.splitlines() if line.startswith("bitext: ")]
    assert "bitext: 30 articles could not be done (named above)" == complaints.pop()
    assert 30 == len(complaints)
    for name, kind in wrong.items():
        stem = name.removesuffix(".txt")
        [line] = [line for line in complaints if stem in line]
        assert BROKEN[kind][1] in line
    status = CliRunner().invoke(cli.app, ["status", str(out)])
    assert 3 == status.exit_code
    assert "finished: 270 of 300 articles done, 30 failed" in status.output


GIVEN = {
    "a folder": ["{}"],
    "files": ["{}/a.txt", "{}/b.txt", "{}/deep/c.txt"],
    "a pattern": ["{}/*.txt", "{}/deep/*.txt"],
    "a deep pattern": ["{}/**/*.txt"],
    "the same twice": ["{}", "{}/a.txt", "{}/*.txt"],
    "a manifest": ["--manifest", "{}/list"],
}


@pytest.mark.parametrize("case", GIVEN)
def test_sources(folder, tmp_path, case):
    (folder / "list").write_text("# what to do\na.txt\n\nb.txt\ndeep/*.txt\n", "utf-8")
    sources = [source.format(folder) for source in GIVEN[case]]
    result = invoked(*sources, "--out", tmp_path / "out")
    assert 0 == result.exit_code, result.output
    assert ["a.txt", "b.txt", "c.txt"] == sorted(
        Path(name).name for name in documents(tmp_path / "out")
    )


def test_a_manifest_on_standard_input(folder, tmp_path):
    given = f"{folder / 'a.txt'}\n{folder / 'none.txt'}\n"
    result = invoked("--manifest", "-", "--out", tmp_path / "out", given=given)
    assert 3 == result.exit_code
    assert "none.txt: does not exist" in result.stderr
    assert ["a.txt"] == documents(tmp_path / "out")


def test_a_text_on_standard_input(tmp_path):
    for text, count in (("Il dort.", 1), ("Il dort. Il rêve.", 2)):
        result = invoked("-", "--out", tmp_path / "out", given=text)
        assert 0 == result.exit_code, result.output
        assert ["stdin.txt"] * count == documents(tmp_path / "out")
    assert text == (tmp_path / "out" / "translations" / "stdin.en.txt").read_text("utf-8")


WRONG = {
    "nothing": ([], 2, "name at least one SOURCE"),
    "an empty pattern": (["none/*.txt"], 1, "matches no file"),
    "no manifest": (["--manifest", "none"], 1, "cannot be read"),
    "no name": (["x" * 300], 1, "cannot be read (file name too long)"),
    "an executor": (["seeds", "--executor", "x"], 1, "no executor called 'x'"),
    "half a job": (["seeds", "--jobs", "-1"], 2, "'--jobs'"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_a_run(tmp_path, case):
    arguments, status, message = WRONG[case]
    result = invoked(*arguments, "--out", tmp_path / "out")
    said = result.stderr + str(result.exception or "")
    assert message in said
    assert status == result.exit_code
    assert not (tmp_path / "out").exists()


def test_an_empty_standard_input(tmp_path):
    *_, last = runs.run(job(tmp_path / "out", "-"), stdin=io.BytesIO())
    assert ["stdin.txt"] == [failure.document for failure in last.failures]
    assert "is empty" in str(last.failures[0].error)


def test_events_as_json(folder, tmp_path):
    (folder / "bad.txt").write_bytes(b"\0")
    result = invoked(folder, "--out", tmp_path / "out", "--json")
    assert 3 == result.exit_code
    events = [json.loads(line) for line in result.stdout.splitlines()]
    names = [event["event"] for event in events]
    assert ("started", "completed") == (names[0], names[-1])
    assert (4, 3, 1) == (events[0]["documents"], names.count("done"), events[-1]["failed"])
    [failed] = [event for event in events if event["event"] == "failed"]
    assert "bad.txt" == failed["document"]


def test_status_of_a_run(folder, tmp_path):
    invoked(folder, "--out", tmp_path / "out")
    invoked(folder, "--out", tmp_path / "out")
    said = CliRunner().invoke(cli.app, ["status", str(tmp_path / "out")])
    assert 0 == said.exit_code
    assert "finished: 3 of 3 articles done (3 kept from before), 0 failed" in said.output
    plain = CliRunner().invoke(cli.app, ["status", str(tmp_path / "out"), "--json"])
    assert "finished" == json.loads(plain.output)["state"]


@pytest.mark.parametrize(
    "damage", [b"", b"{", b"[]", b'{"state": 1, "x": 2}', b'"\xff"', b'{"seconds": "x"}']
)
def test_status_of_no_run(tmp_path, damage):
    with pytest.raises(InputError, match="holds no run"):
        runs.status(tmp_path)
    (tmp_path / runs.STATE).mkdir()
    (tmp_path / runs.STATE / "progress.json").write_bytes(damage)
    with pytest.raises(InputError, match="is damaged"):
        runs.status(tmp_path)


def test_a_missing_translation_is_written_again(folder, tmp_path):
    list(runs.run(job(tmp_path / "out", folder)))
    place = tmp_path / "out" / "translations" / "a.en.txt"
    before = place.read_bytes()
    place.unlink()
    list(runs.run(job(tmp_path / "out", folder)))
    assert before == place.read_bytes()


def test_a_big_run_has_its_review_in_pages(folder, tmp_path, monkeypatch):
    out = tmp_path / "out"
    monkeypatch.setattr(pages, "MOST", 2)
    (folder / "a<b>.txt").write_text("Un.\n\nDeux.\n\nTrois.\n", "utf-8")
    list(runs.run(job(out, folder)))
    index = (out / "review.html").read_text("utf-8")
    assert "6 segments on 3 pages" in index
    assert "a&lt;b&gt;.txt" in index
    found = [(out / f"review-{n}.html").read_text("utf-8") for n in (1, 2, 3)]
    texts = ("Voici a.txt.", "Trois.", "Voici b.txt.", "Voici deep/c.txt.")
    assert [["Voici a.txt."], ["Trois."], ["Voici b.txt.", "Voici deep/c.txt."]] == [
        [text for text in texts if text in page] for page in found
    ]
    monkeypatch.setattr(pages, "MOST", 100)
    list(runs.run(job(out, folder)))
    assert [] == list(out.glob("review-*.html"))
    assert "Page 1" not in (out / "review.html").read_text("utf-8")


def test_no_article_is_written_over_another(tmp_path):
    for name in ("a", "a.txt"):
        (tmp_path / name).write_text(f"Voici {name}.\n", "utf-8")
    *_, last = runs.run(job(tmp_path / "out", tmp_path / "a", tmp_path / "a.txt"))
    [failure] = last.failures
    assert "the same file as" in str(failure.error)
    assert documents(tmp_path / "out") == ["a"]
    assert (tmp_path / "out/translations/a.en.txt").read_text("utf-8") == "Voici a.\n"


def test_sources_in_the_folder_of_the_output_are_translated_and_results_are_not(tmp_path):
    (tmp_path / "a.txt").write_text("Voici a.\n", "utf-8")
    (tmp_path / "review-of-may.html").write_text("<p>Voici mai.</p>\n", "utf-8")
    for _ in range(2):
        *_, last = runs.run(job(tmp_path, tmp_path))
        assert last.failures == ()
        assert documents(tmp_path) == ["a.txt", "review-of-may.html"]


def test_pages_of_others_stay(tmp_path, folder):
    out = tmp_path / "out"
    out.mkdir()
    mine, stale = out / "review-2024.html", out / "review-2.html"
    mine.write_text("<p>My notes of 2024</p>", "utf-8")
    stale.write_bytes(b"<!doctype html>" + pages.GENERATOR)
    list(runs.run(job(out, folder)))
    assert mine.exists()
    assert not stale.exists()
    assert pages.is_ours(out / "review.html")


def test_an_article_that_vanishes_in_hand_is_named_and_the_rest_done(tmp_path, monkeypatch):
    for name in ("a.html", "b.html"):
        (tmp_path / name).write_text(f"<p>Voici {name}.</p>\n", "utf-8")
    render = runs.outputs.write_translation

    def vanishing(out, document, shard, source, encoding):
        if source.name == "a.html":
            source.unlink()
        render(out, document, shard, source, encoding)

    monkeypatch.setattr(runs.outputs, "write_translation", vanishing)
    *_, last = runs.run(job(tmp_path / "out", tmp_path / "a.html", tmp_path / "b.html"))
    assert [str(f.error) for f in last.failures] == [
        f"{tmp_path / 'a.html'}: cannot be read (no such file or directory); check the name"
    ]
    assert documents(tmp_path / "out") == ["b.html"]
