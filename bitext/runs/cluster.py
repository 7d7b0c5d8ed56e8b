"""
The work of a run on a Ray cluster (https://docs.ray.io): other machines, or several workers here.

Only plain data travel: documents out, finished lines back. Ray restarts a worker that dies and
does its task again; what comes back is written once, by the run.
"""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bitext.errors import BitextError, EngineError, MissingExtra
from bitext.runs.executors import AHEAD, Results, safely
from bitext.runs.work import Batch, Lost, Recipe, Task, Worker

# How often a task is tried again whose worker has died.
RETRIES = 2


class Actor:
    """A worker of the cluster; its engine is loaded for its first task."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.worker: Worker | None = None

    def do(self, task: Task) -> Results:
        try:
            self.worker = self.worker or Worker(self.recipe)
            return list(safely(self.worker, task))
        except BitextError as error:
            raise EngineError(str(error)) from None


class Ray:
    """
    Workers on a Ray cluster, one processor each: `jobs` of them, or as many as there are.

    The cluster is the one that RAY_ADDRESS names, or the one that this process is connected to,
    or one of this machine's own that ends with the run.
    """

    def __init__(self, recipe: Recipe, jobs: int = 0) -> None:
        self.ray = imported()
        self.own = False
        self.jobs = jobs
        self.recipe = replace(recipe, threads=recipe.threads or 1)
        self.actors: list[Any] = []
        self.running: dict[Any, tuple[Task, int]] = {}

    def start(self, jobs: int) -> None:
        place: dict[str, Any] = {"address": "local", "num_cpus": jobs or None}
        if address := os.environ.get("RAY_ADDRESS"):
            place = {"address": address}
        try:
            self.ray.init(
                **place, include_dashboard=False, configure_logging=False, log_to_driver=False
            )
        except (ConnectionError, OSError, RuntimeError, ValueError) as error:
            said = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise EngineError(f"Ray cannot be reached or started ({said})") from error

    def submit(self, task: Task) -> None:
        if not self.actors:
            self.own = not self.ray.is_initialized()
            if self.own:
                self.start(self.jobs)
            self.jobs = self.jobs or int(self.ray.cluster_resources().get("CPU", 1))
            kind = self.ray.remote(num_cpus=1, max_restarts=-1, max_task_retries=RETRIES)(Actor)
            self.actors = [kind.remote(self.recipe) for _ in range(self.jobs)]
        load = Counter(number for _, number in self.running.values())
        number = min(range(self.jobs), key=lambda n: load[n])
        self.running[self.actors[number].do.remote(task)] = task, number

    def results(self, *, wait_for_all: bool = False) -> Iterator[Batch | Lost]:
        most = 0 if wait_for_all else AHEAD * self.jobs - 1
        while len(self.running) > most:
            [ref], _ = self.ray.wait(list(self.running), num_returns=1)
            task, _ = self.running.pop(ref)
            yield from self.result(ref, task)

    def result(self, ref: Any, task: Task) -> Results:
        errors = self.ray.exceptions
        try:
            found: Results = self.ray.get(ref)
            return found
        except errors.RayTaskError as error:
            raise EngineError(str(error.cause)) from error
        except errors.RayError:
            # The worker died with it, each time. One of its documents may be the reason.
            if len(task.documents) == 1:
                return [Lost(task.documents, "a worker dies each time it is tried")]
            for document in task.documents:
                self.submit(Task((document,)))
            return []

    def stop(self) -> None:
        in_hand: dict[int, Any] = {}
        for ref, (_, number) in self.running.items():
            in_hand.setdefault(number, ref)
        self.running = {ref: self.running[ref] for ref in in_hand.values()}

    def close(self) -> None:
        for actor in self.actors:
            self.ray.kill(actor)
        if self.own:
            self.ray.shutdown()


def imported() -> Any:
    try:
        import ray
    except ImportError as error:
        raise MissingExtra("--executor ray", "ray") from error
    return ray
