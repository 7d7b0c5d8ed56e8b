"""Runs that are killed, stopped, damaged or out of disk: nothing is lost, and it is said."""

import json
import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from threading import Event as Flag

import pytest

from bitext import runs
from bitext.atomic import locked
from bitext.errors import OutputError
from bitext.runs import driver, work

ROOT = Path(__file__).parent.parent
KILLS = 20


def bitext(*arguments, **options):
    """The command, started and not waited for."""
    command = [sys.executable, "-c", "from bitext.cli import main; main()", *map(str, arguments)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, **options
    )


def arguments(folder, out):
    return ["run", folder, "--out", out, "--engine", "echo", "--no-glossary"]


def job(folder, out, **options):
    return runs.Job((folder,), out, engine="echo", glossaries=(), **options)


def tree(out):
    """Every output and its bytes; the run's own state is left out."""
    paths = (p for p in out.rglob("*") if p.is_file() and runs.STATE not in p.parts)
    return {str(p.relative_to(out)): p.read_bytes() for p in paths}


def write_articles(place, count, sentences=30):
    place.mkdir()
    for number in range(count):
        lines = (f"Phrase {n} de l’article {number}, qui dort." for n in range(sentences))
        (place / f"{number:03}.txt").write_text("\n\n".join(lines) + "\n", "utf-8")
    return place


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_articles(tmp_path_factory.mktemp("articles") / "in", 80, sentences=20)


@pytest.fixture(scope="module")
def few(tmp_path_factory):
    return write_articles(tmp_path_factory.mktemp("few") / "in", 3)


@pytest.fixture(scope="module")
def undisturbed(folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    assert isinstance(list(runs.run(job(folder, out)))[-1], runs.Completed)
    return tree(out)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_twenty_kills_lose_nothing(folder, undisturbed, tmp_path, monkeypatch):
    """Each run is killed at a moment of its own, and the next goes on from what it left."""
    monkeypatch.setattr(work, "BATCH", 16)
    monkeypatch.setattr(driver, "windows", partial(work.windows, size=2_000))
    dice = random.Random(1)
    out = tmp_path / "out"
    for _ in range(KILLS):
        process = os.fork()
        if process == 0:  # no new interpreter: twenty starts would take longer than the runs
            try:
                for _ in runs.run(job(folder, out)):
                    pass
            finally:
                os._exit(0)
        time.sleep(dice.uniform(0.02, 0.3))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
    events = list(runs.run(job(folder, out)))
    assert isinstance(events[-1], runs.Completed)
    assert any(event.kept for event in events if isinstance(event, runs.Done))
    assert undisturbed == tree(out)
    assert [] == list(out.rglob("*.part"))


@pytest.mark.slow
def test_a_killed_run_is_told_by_its_status(folder, tmp_path):
    out = tmp_path / "out"
    process = bitext(*arguments(folder, out), "--json")
    assert process.stdout is not None
    for line in process.stdout:
        if json.loads(line)["event"] == "done":
            break
    assert "running" == runs.status(out).state
    process.kill()
    process.communicate()
    assert "interrupted" == runs.status(out).state


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_once_a_run_ends_in_order(folder, undisturbed, tmp_path, number):
    out = tmp_path / "out"
    process = bitext(*arguments(folder, out), "--json")
    assert process.stdout is not None
    events = [json.loads(process.stdout.readline())["event"]]
    process.send_signal(number)
    said, complaint = process.communicate(timeout=60)
    events += [json.loads(line)["event"] for line in said.splitlines()]
    assert 130 == process.returncode
    assert ("started", "stopped") == (events[0], events[-1])
    assert "stopping after what is in hand" in complaint
    assert "the same command goes on from there" in complaint
    assert "stopped" == runs.status(out).state
    assert isinstance(list(runs.run(job(folder, out)))[-1], runs.Completed)
    assert undisturbed == tree(out)


@pytest.mark.slow
def test_asked_twice_a_run_ends_at_once(tmp_path):
    """Even while an article is in hand that takes minutes."""
    source = tmp_path / "long.txt"
    source.write_text("Une phrase de plus, et encore une autre. " * 700_000, "utf-8")
    process = bitext(*arguments(source, tmp_path / "out"))
    assert process.stderr is not None
    assert process.stderr.readline().startswith("model: ")
    process.send_signal(signal.SIGINT)
    assert "stopping" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    _, complaint = process.communicate(timeout=60)
    assert -signal.SIGINT == process.returncode
    assert "Traceback" not in complaint


def test_stopped_between_two_batches(folder, tmp_path):
    stop = Flag()
    names = []
    for event in runs.run(job(folder, tmp_path / "out"), stop=stop):
        names.append(type(event).__name__)
        stop.set()
    assert "Stopped" == names[-1]
    assert "Completed" not in names


def test_two_runs_in_one_folder(few, tmp_path):
    out = tmp_path / "out"
    (out / runs.STATE).mkdir(parents=True)
    with locked(out / runs.STATE / "lock", out):
        with pytest.raises(OutputError, match=rf"another run \(process {os.getpid()}\)"):
            list(runs.run(job(few, out)))
        assert [runs.STATE] == [path.name for path in out.iterdir()]
    assert isinstance(list(runs.run(job(few, out)))[-1], runs.Completed)


def test_the_lock_of_a_dead_run_holds_nobody_up(few, tmp_path):
    state = tmp_path / "out" / runs.STATE
    state.mkdir(parents=True)
    (state / "lock").write_text("1\n")
    assert isinstance(list(runs.run(job(few, tmp_path / "out")))[-1], runs.Completed)


def limited(size):
    """Run in the child: no file may grow beyond `size` bytes, as if the disk were full."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.slow
def test_a_full_disk_is_one_line_and_the_next_run_goes_on(folder, undisturbed, tmp_path):
    out = tmp_path / "out"
    process = bitext(*arguments(folder, out), preexec_fn=limited(100_000))
    _, complaint = process.communicate(timeout=60)
    assert 1 == process.returncode
    assert "cannot be written (file too large)" in complaint
    assert "Traceback" not in complaint
    assert [] == list(out.rglob("*.part"))
    assert not (out / "units.jsonl").exists()
    assert isinstance(list(runs.run(job(folder, out)))[-1], runs.Completed)
    assert undisturbed == tree(out)


RUINS = {
    "nothing": lambda raw: b"",
    "not a database": lambda raw: b"not a database at all, by any means" * 100,
    "torn": lambda raw: raw[: len(raw) // 2],
    "overwritten": lambda raw: raw[:5000] + b"\xff" * 40_000 + raw[45_000:],
    "zeros": lambda raw: bytes(len(raw)),
}


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A run of 300 sentences that has ended: its articles, and its folder."""
    folder = write_articles(tmp_path_factory.mktemp("finished") / "in", 10)
    out = folder.with_name("out")
    list(runs.run(job(folder, out)))
    return folder, out


@pytest.mark.parametrize("ruin", RUINS)
def test_a_damaged_cache_is_begun_anew(finished, tmp_path, ruin):
    folder, whole = finished
    out = shutil.copytree(whole, tmp_path / "out")
    cache = out / runs.STATE / "cache.sqlite"
    assert cache.stat().st_size > 50_000
    cache.write_bytes(RUINS[ruin](cache.read_bytes()))
    for shard in (out / runs.STATE / "shards").iterdir():
        shard.unlink()
    events = list(runs.run(job(folder, out)))
    noticed = [event.message for event in events if isinstance(event, runs.Noticed)]
    assert (ruin == "nothing") == (noticed == [])
    assert all("begun anew" in message for message in noticed)
    assert tree(whole) == tree(out)
    with sqlite3.connect(cache) as connection:
        assert [(300,)] == connection.execute("SELECT count(*) FROM known").fetchall()


def test_a_changed_row_is_not_believed(tmp_path):
    folder = write_articles(tmp_path / "in", 1)
    out = tmp_path / "out"
    list(runs.run(job(folder, out)))
    before = tree(out)
    with sqlite3.connect(out / runs.STATE / "cache.sqlite") as connection:
        connection.execute("UPDATE known SET value = replace(value, 'Phrase', 'Lie')")
    for shard in (out / runs.STATE / "shards").iterdir():
        shard.unlink()
    list(runs.run(job(folder, out)))
    assert before == tree(out)


def test_what_was_translated_is_not_translated_again(few, tmp_path):
    list(runs.run(job(few, tmp_path / "out")))
    for shard in (tmp_path / "out" / runs.STATE / "shards").iterdir():
        shard.unlink()
    events = [e for e in runs.run(job(few, tmp_path / "out")) if isinstance(e, runs.Advanced)]
    assert (90, 90) == (sum(e.sentences for e in events), sum(e.reused for e in events))


def test_a_new_glossary_costs_only_the_sentences_it_concerns(few, tmp_path):
    glossary = tmp_path / "terms.tsv"
    list(runs.run(job(few, tmp_path / "out")))
    glossary.write_text("Phrase 7\tSentence 7\n", "utf-8")
    with_terms = runs.Job((few,), tmp_path / "out", engine="echo", glossaries=(glossary,))
    events = [e for e in runs.run(with_terms) if isinstance(e, runs.Advanced)]
    assert (90, 87) == (sum(e.sentences for e in events), sum(e.reused for e in events))


def test_a_shared_cache_serves_another_folder(few, tmp_path):
    cache = tmp_path / "cache.sqlite"
    list(runs.run(job(few, tmp_path / "one", cache=cache)))
    events = list(runs.run(job(few, tmp_path / "two", cache=cache)))
    assert 90 == sum(e.reused for e in events if isinstance(e, runs.Advanced))
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_a_cache_that_cannot_be_written_stops_nothing(tmp_path):
    folder = write_articles(tmp_path / "in", 1)
    *events, last = runs.run(job(folder, tmp_path / "out", cache=tmp_path / "none" / "cache"))
    assert isinstance(last, runs.Completed)
    [noticed] = [event for event in events if isinstance(event, runs.Noticed)]
    assert "going on without it" in noticed.message


@pytest.mark.weights
def test_a_real_model_gives_the_same_bytes_however_often_it_is_stopped(tmp_path, monkeypatch):
    """The last digits of a score depend on what else is in a batch, so that batches must not."""
    monkeypatch.setattr(work, "BATCH", 16)
    monkeypatch.setattr(driver, "windows", partial(work.windows, size=6_000))
    seeds = ROOT / "seeds"

    def events(out):
        return runs.run(runs.Job((seeds,), out, model="builtin", preset="fast"))

    list(events(tmp_path / "undisturbed"))
    for moment in (2, 4, 7):
        for number, _ in enumerate(events(tmp_path / "out")):
            if number == moment:
                break
    *_, last = events(tmp_path / "out")
    assert isinstance(last, runs.Completed)
    assert tree(tmp_path / "undisturbed") == tree(tmp_path / "out")
