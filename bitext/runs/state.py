"""How far a run is, for those who look in from outside."""

import fcntl
import json
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bitext.atomic import whole
from bitext.errors import InputError, OutputError, reason
from bitext.runs.events import Advanced, Completed, Done, Event, Failed, Started, Stopped

STATE = ".bitext"
LOCK, PROGRESS = "lock", "progress.json"
# Failures that the state lists by name; the rest are counted.
LISTED = 1000
# Seconds between two writings of the state.
EVERY = 1.0


@dataclass(slots=True)
class Progress:
    """
    A run in figures, while it goes on.

    `sentences` are those that this run translated, `reused` those of them that were known
    before; `seconds` are its own. `state` is "running", "stopped" (asked to), "interrupted",
    "failed" (with the reason in `error`) or "finished".
    """

    state: str = "running"
    documents: int = 0
    size: int = 0
    done: int = 0
    done_size: int = 0
    kept: int = 0
    kept_size: int = 0
    failed: int = 0
    failures: list[tuple[str, str]] = field(default_factory=list)
    sentences: int = 0
    reused: int = 0
    seconds: float = 0.0
    error: str = ""

    def see(self, event: Event) -> None:
        match event:
            case Started():
                self.documents, self.size = event.documents, event.size
            case Advanced():
                self.sentences += event.sentences
                self.reused += event.reused
            case Done():
                self.done += 1
                self.done_size += event.size
                self.kept += event.kept
                self.kept_size += event.size if event.kept else 0
            case Failed():
                self.failed += 1
                if len(self.failures) < LISTED:
                    self.failures.append((event.document, str(event.error)))
            case Stopped():
                self.state = "stopped"
            case Completed():
                self.state = "finished"

    @property
    def rate(self) -> float:
        """Sentences a second."""
        return self.sentences / self.seconds if self.seconds else 0.0

    @property
    def left(self) -> float | None:
        """Seconds until the end, by the bytes that are done; None if it cannot be told."""
        worked = self.done_size - self.kept_size
        if not worked or not self.seconds:
            return None
        return self.seconds * max(0, self.size - self.done_size) / worked


class Keeper:
    """Keeps the progress of a run on disk, once a second at most."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / PROGRESS
        self.progress = Progress()
        self.begun = time.monotonic()
        self.written = 0.0

    def see(self, event: Event) -> None:
        self.progress.see(event)
        if time.monotonic() - self.written > EVERY:
            self.write()

    def write(self) -> None:
        self.written = time.monotonic()
        self.progress.seconds = round(self.written - self.begun, 3)
        with suppress(OutputError), whole(self.path, durable=False) as file:
            file.write((json.dumps(asdict(self.progress), indent=1) + "\n").encode())


def status(out: Path) -> Progress:
    """How far the run in a folder is; raises InputError if there was none."""
    path = out / STATE / PROGRESS
    try:
        plain: Any = json.loads(path.read_bytes())
        progress = Progress(**plain)
        progress.failures = [(str(name), str(error)) for name, error in progress.failures]
        for name, usual in asdict(Progress()).items():
            check(name, getattr(progress, name), usual)
    except OSError as error:
        problem = f"holds no run ({reason(error)}); name the folder that a run has as --out"
        raise InputError(out, problem) from error
    except (ValueError, TypeError, RecursionError) as error:
        problem = "is damaged; the next run in its folder writes it anew"
        raise InputError(path, problem) from error
    if progress.state == "running" and not is_locked(out / STATE / LOCK):
        progress.state = "interrupted"
    return progress


def check(name: str, value: Any, usual: Any) -> None:
    """Raise ValueError for what a run would not have written."""
    kinds = (int, float) if isinstance(usual, float) else type(usual)
    if not isinstance(value, kinds) or isinstance(value, bool):
        raise ValueError(f"{name} is of another type")
    if isinstance(value, (int, float)) and not 0 <= value < 1 << 53:
        raise ValueError(f"{name} is out of range")


def is_locked(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False
