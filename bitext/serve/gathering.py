"""
Sentences of many requests in one batch: an engine around an engine.

Each caller, in a thread of its own, hands over a few sentences and waits; what has come in
meanwhile is translated together, for a network is several times faster on thirty than on one.
"""

import queue
import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field

from bitext.engines import Around, Engine, Request
from bitext.errors import BitextError
from bitext.units import Hypothesis

# Sentences in a batch at most, but for a caller that brings more.
MOST = 256
# Seconds that a batch waits for company: less than anyone notices.
PATIENCE = 0.005
# Callers that may wait at once; those beyond are told to come again.
QUEUE = 256

Offered = list[list[Hypothesis]]


class Busy(BitextError):
    """More is asked for at once than can be done."""


@dataclass(slots=True)
class Asked:
    """What one caller wants, and where it waits."""

    requests: Sequence[Request]
    answer: Future[Offered] = field(default_factory=Future)


class Gathered(Around):
    """Translate by `engine` what several threads ask for, together."""

    def __init__(self, engine: Engine) -> None:
        super().__init__(engine)
        self.waiting: queue.Queue[Asked | None] = queue.Queue(QUEUE)
        self.thread = threading.Thread(target=self.work, name="bitext-engine", daemon=True)
        self.thread.start()

    def translate(self, requests: Sequence[Request], *, n_best: int = 1) -> Offered:
        """One hypothesis a request, whatever `n_best`; raises Busy."""
        if not requests:
            return []
        asked = Asked(requests)
        try:
            self.waiting.put_nowait(asked)
        except queue.Full:
            raise Busy("too many requests at once; try again in a moment") from None
        return asked.answer.result()

    def close(self) -> None:
        """Answer what was asked before, and end."""
        self.waiting.put(None)
        self.thread.join()

    def work(self) -> None:
        while (first := self.waiting.get()) is not None:
            batch, last = self.company(first)
            self.answer(batch)
            if last:
                return

    def company(self, first: Asked) -> tuple[list[Asked], bool]:
        """The first caller, and who comes within a moment; whether the end was among them."""
        batch = [first]
        end = time.monotonic() + PATIENCE
        while sum(len(asked.requests) for asked in batch) < MOST:
            try:
                following = self.waiting.get(timeout=max(0.0, end - time.monotonic()))
            except queue.Empty:
                break
            if following is None:
                return batch, True
            batch.append(following)
        return batch, False

    def answer(self, batch: list[Asked]) -> None:
        try:
            offered = iter(
                self.engine.translate([request for asked in batch for request in asked.requests])
            )
        except Exception as error:
            if len(batch) == 1:
                batch[0].answer.set_exception(error)
                return
            for asked in batch:  # one that fails by itself fails nobody else
                self.answer([asked])
            return
        for asked in batch:
            asked.answer.set_result([next(offered) for _ in asked.requests])
