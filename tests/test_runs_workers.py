"""Several workers, of this machine or of a Ray cluster: the same bytes, whoever dies meanwhile."""

import multiprocessing
import os
import signal
import subprocess
import threading
from functools import partial

import pytest

from bitext import runs
from bitext.engines.opening import Choice, choose
from bitext.errors import BitextError, InputError
from bitext.runs import driver, executors, outputs, work
from bitext.runs.executors import Processes, safely
from bitext.runs.work import Batch, Lost, Recipe, Task, Worker
from bitext.units import Document

JOBS = 2
ARTICLES = 20
RECIPE = Recipe(choose("echo"), ())


def job(folder, out, **options):
    return runs.Job((folder,), out, engine="echo", glossaries=(), **options)


def tree(out):
    """Every output and its bytes; the run's own state is left out."""
    paths = (p for p in out.rglob("*") if p.is_file() and runs.STATE not in p.parts)
    return {str(p.relative_to(out)): p.read_bytes() for p in paths}


@pytest.fixture(scope="module", autouse=True)
def small_windows():
    """So that a few short articles are many tasks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(driver, "windows", partial(work.windows, size=3_000))
        yield


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("articles")
    for number in range(ARTICLES):
        lines = (f"Phrase {n} de l’article {number}, qui dort." for n in range(20))
        (place / f"{number:03}.txt").write_text("\n\n".join(lines) + "\n", "utf-8")
    return place


@pytest.fixture(scope="module")
def serial(folder, tmp_path_factory):
    out = tmp_path_factory.mktemp("serial") / "out"
    list(runs.run(job(folder, out)))
    return tree(out)


@pytest.mark.slow
def test_processes_give_what_one_gives(folder, serial, tmp_path):
    *events, last = runs.run(job(folder, tmp_path / "out", jobs=JOBS))
    assert () == last.failures
    assert ARTICLES == len({event.shard.name for event in events if isinstance(event, runs.Done)})
    assert serial == tree(tmp_path / "out")


@pytest.mark.slow
def test_a_killed_process_costs_nothing(folder, serial, tmp_path):
    killed = []
    done = []
    for event in runs.run(job(folder, tmp_path / "out", jobs=JOBS)):
        if isinstance(event, runs.Done):
            done.append(event.shard.name)
        if done and not killed:
            victim = multiprocessing.active_children()[0]
            os.kill(victim.pid, signal.SIGKILL)
            killed.append(victim.pid)
    assert killed
    assert isinstance(event, runs.Completed)
    assert () == event.failures
    assert sorted(set(done)) == sorted(done)
    assert serial == tree(tmp_path / "out")


def dies(task):
    """A worker's task that kills the worker for one of its documents."""
    if any(document.name == "deadly" for document in task.documents):
        os.kill(os.getpid(), signal.SIGKILL)
    return executors.do(task)


@pytest.mark.slow
def test_a_document_that_kills_is_named_and_costs_no_other(monkeypatch):
    monkeypatch.setattr(executors, "do", dies)
    pool = Processes(RECIPE, JOBS)
    try:
        pool.submit(task_of("a", "deadly", "b"))
        outcomes = list(pool.results(wait_for_all=True))
    finally:
        pool.close()
    assert [["deadly"]] == [[d.name for d in o.documents] for o in outcomes if isinstance(o, Lost)]
    assert ["a", "b"] == ended(outcomes)


class Faulty(Worker):
    """Meets a fault of ours: always in the document "odd", and once after the first batch."""

    def batches(self, task):
        for batch in super().batches(task):
            if any(document.name == "odd" for document in task.documents):
                raise RuntimeError("a fault of ours")
            yield batch
            if len(task.documents) > 1:
                raise RuntimeError("a fault of ours")


def ended(outcomes):
    return [p.document for o in outcomes if isinstance(o, Batch) for p in o.pieces if p.last]


def task_of(*names):
    return Task(tuple(Document(name, "fr", ("Il dort. Il rêve.",)) for name in names))


def test_a_fault_of_ours_costs_one_article():
    outcomes = list(safely(Faulty(RECIPE), task_of("a", "odd", "b")))
    [lost] = [outcome for outcome in outcomes if isinstance(outcome, Lost)]
    assert ["odd"] == [document.name for document in lost.documents]
    assert "RuntimeError: a fault of ours" == lost.reason
    assert ["a", "b"] == ended(outcomes)


def test_a_document_that_is_begun_anew_is_whole_once():
    outcomes = list(safely(Faulty(RECIPE), task_of("a", "b")))
    pieces = [p for o in outcomes if isinstance(o, Batch) for p in o.pieces]
    assert [True, True] == [p.first for p in pieces if p.document == "b" and p.segments]
    assert ["a", "b"] == ended(outcomes)


@pytest.mark.slow
def test_a_worker_that_cannot_begin_is_said():
    pool = Processes(Recipe(Choice("none", "best", None, "", 600), ()), 1)
    try:
        pool.submit(task_of("a"))
        with pytest.raises(BitextError, match="no engine called 'none'"):
            list(pool.results(wait_for_all=True))
    finally:
        pool.close()


def test_an_article_whose_translation_cannot_be_made_fails_alone(folder, tmp_path, monkeypatch):
    """As where a file has changed, or gone, since it was read."""
    write = outputs.write_translation

    def vanished(out, document, *rest):
        if document.name == "007.txt":
            raise InputError(document.name, "is gone; run again")
        write(out, document, *rest)

    monkeypatch.setattr(outputs, "write_translation", vanished)
    *events, last = runs.run(job(folder, tmp_path / "out"))
    assert ["007.txt"] == [failure.document for failure in last.failures]
    assert ARTICLES - 1 == sum(isinstance(event, runs.Done) for event in events)
    monkeypatch.undo()
    *events, last = runs.run(job(folder, tmp_path / "out"))
    assert ["007.txt"] == [e.shard.name for e in events if isinstance(e, runs.Done) and not e.kept]


@pytest.mark.slow
def test_stopping_loses_nothing_that_is_in_hand(folder, tmp_path):
    stop = threading.Event()
    done = []
    for event in runs.run(job(folder, tmp_path / "out", jobs=JOBS), stop=stop):
        if isinstance(event, runs.Done):
            done.append(event)
            stop.set()
    assert isinstance(event, runs.Stopped)
    assert ARTICLES == len(done) + event.left
    kept = [e for e in runs.run(job(folder, tmp_path / "out")) if isinstance(e, runs.Done)]
    assert len(done) == sum(event.kept for event in kept)


@pytest.fixture(scope="module")
def cluster():
    """A Ray cluster of two workers, on this machine."""
    ray = pytest.importorskip("ray", reason="needs Ray: pip install 'bitext[ray]'")
    ray.init(
        address="local", num_cpus=JOBS, include_dashboard=False, configure_logging=False,
        log_to_driver=False,
    )  # fmt: skip
    yield ray
    ray.shutdown()


@pytest.mark.slow
@pytest.mark.ray
@pytest.mark.filterwarnings("default")  # Ray's own are not ours to mend
def test_ray_gives_what_one_gives_though_a_worker_is_killed(cluster, folder, serial, tmp_path):
    killed, done = [], []
    for event in runs.run(job(folder, tmp_path / "out", executor="ray")):
        if isinstance(event, runs.Done):
            done.append(event.shard.name)
        if done and not killed:
            killed.append(actor_process())
            os.kill(killed[0], signal.SIGKILL)
    assert isinstance(event, runs.Completed)
    assert () == event.failures
    assert ARTICLES == len(done) == len(set(done))
    assert serial == tree(tmp_path / "out")


def actor_process():
    """The process of one of our cluster's workers: a child of a child of this one."""
    listed = subprocess.check_output(["ps", "-axo", "pid=,ppid=,command="], text=True)
    rows = [line.split(None, 2) for line in listed.splitlines()]
    children = {pid for pid, parent, _ in rows if parent == str(os.getpid())}
    return next(
        int(pid) for pid, parent, name in rows if parent in children and "ray::Actor" in name
    )
