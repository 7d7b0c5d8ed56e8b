"""
Who does the work of a run: this process, several, or a cluster.

An executor is handed tasks and gives back their batches, in any order: each document has a shard
of its own, and the run's outputs are put in order at the end.
"""

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context, parent_process
from typing import Protocol

from bitext.errors import BitextError, EngineError
from bitext.registry import Registry
from bitext.runs.work import Batch, Lost, Recipe, Task, Worker

# Tasks for each worker: one in hand and one waiting, so that none is ever idle.
AHEAD = 2

Results = list[Batch | Lost]


class Executor(Protocol):
    """What carries tasks to workers. A lost worker's tasks are done by another."""

    def submit(self, task: Task) -> None: ...

    def results(self, *, wait_for_all: bool = False) -> Iterator[Batch | Lost]:
        """
        What is finished, until there is room for another task (or nothing is left to do).

        Raises BitextError for what no task could be done with, as a model that is missing.
        """

    def stop(self) -> None:
        """Begin no further task; those in hand come back as results, as far as they can."""

    def close(self) -> None:
        """End the workers; a task that was not given back is given up."""


# A factory is called with a recipe and the number of workers asked for (0: as many as there are
# processors).
Factory = Callable[[Recipe, int], Executor]

EXECUTORS: Registry[Factory] = Registry(
    "executor",
    {
        "serial": "bitext.runs.executors:Serial",
        "processes": "bitext.runs.executors:Processes",
        "ray": "bitext.runs.cluster:Ray",
    },
)


class Serial:
    """One task after another in this process, each batch given back at once."""

    def __init__(self, recipe: Recipe, jobs: int = 1) -> None:
        self.recipe = recipe
        self.worker: Worker | None = None
        self.tasks: deque[Task] = deque()
        self.stopped = False

    def submit(self, task: Task) -> None:
        self.tasks.append(task)

    def results(self, *, wait_for_all: bool = False) -> Iterator[Batch | Lost]:
        while self.tasks:
            task = self.tasks.popleft()
            self.worker = self.worker or Worker(self.recipe)
            for batch in safely(self.worker, task):
                yield batch
                if self.stopped:
                    return

    def stop(self) -> None:
        self.stopped = True
        self.tasks.clear()

    def close(self) -> None:
        self.stop()
        if self.worker:
            self.worker.close()


def safely(worker: Worker, task: Task) -> Iterator[Batch | Lost]:
    """
    A task's batches; of a task that fails, those of each document that does not fail by itself.

    One article that meets a fault of ours costs no other.
    """
    finished: set[str] = set()
    try:
        for batch in worker.batches(task):
            finished |= {piece.document for piece in batch.pieces if piece.last}
            yield batch
    except BitextError:
        raise
    except Exception as error:  # a fault of ours, or of a library: said, never silent
        if len(task.documents) == 1:
            yield Lost(task.documents, f"{type(error).__name__}: {error}")
            return
        for document in task.documents:
            if document.name not in finished:
                yield from safely(worker, Task((document,)))


class Processes:
    """Several processes of this machine, each with an engine of its own."""

    def __init__(self, recipe: Recipe, jobs: int = 0) -> None:
        processors = os.cpu_count() or 1
        self.jobs = jobs or processors
        threads = recipe.threads or max(1, processors // self.jobs)
        self.recipe = replace(recipe, threads=threads)
        self.pool: ProcessPoolExecutor | None = None
        self.running: dict[Future[Results], Task] = {}

    def submit(self, task: Task) -> None:
        if self.pool is None:
            # Never by fork: CTranslate2 hangs in a forked process.
            self.pool = ProcessPoolExecutor(self.jobs, get_context("spawn"), begin, (self.recipe,))
        try:
            future = self.pool.submit(do, task)
        except BrokenProcessPool as error:
            future = Future()
            future.set_exception(error)
        self.running[future] = task

    def results(self, *, wait_for_all: bool = False) -> Iterator[Batch | Lost]:
        most = 0 if wait_for_all else AHEAD * self.jobs - 1
        while len(self.running) > most:
            done, _ = wait(self.running, return_when=FIRST_COMPLETED)
            if any(isinstance(future.exception(), BrokenProcessPool) for future in done):
                yield from self.after_a_death()
            for future in done & self.running.keys():
                del self.running[future]
                yield from future.result()

    def after_a_death(self) -> Iterator[Batch | Lost]:
        """
        A worker has died, and its pool with it: what was under way is done again, one by one.

        A document with which a worker dies when it is alone is at fault itself.
        """
        wait(self.running)
        broken = {f: t for f, t in self.running.items() if f.exception()}
        for future in broken:
            del self.running[future]
        suspects = deque(broken.values())
        finished, self.running = self.running, {}
        while suspects:
            task = suspects.popleft()
            self.pool = None
            self.submit(task)
            [future] = self.running
            self.running.clear()
            if not isinstance(future.exception(), BrokenProcessPool):
                yield from future.result()
            elif len(task.documents) > 1:
                suspects.extendleft(Task((each,)) for each in reversed(task.documents))
            else:
                yield Lost(task.documents, "a worker dies each time it is tried")
        self.running = finished

    def stop(self) -> None:
        self.running = {f: task for f, task in self.running.items() if not f.cancel()}

    def close(self) -> None:
        if self.pool is not None:
            self.pool.shutdown(wait=True, cancel_futures=True)


# The worker of this process, where this process is a worker.
recipe_here: Recipe | None = None
worker_here: Worker | None = None


def begin(recipe: Recipe) -> None:
    """What a worker process does first."""
    global recipe_here
    recipe_here = recipe
    # Ctrl-C reaches every process of a terminal: what it means is for the run to say.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()


def end_with_parent() -> None:
    """A run that is killed cannot tell its workers, so that they look for themselves."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def do(task: Task) -> Results:
    """A task, in a worker process."""
    global worker_here
    assert recipe_here is not None
    try:
        worker_here = worker_here or Worker(recipe_here)
        return list(safely(worker_here, task))
    except BitextError as error:
        raise EngineError(str(error)) from None  # ours of several parts cannot be pickled
