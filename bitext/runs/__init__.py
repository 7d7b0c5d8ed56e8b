"""
A batch run: articles in, translations, TMX, report, scores and review page out.

`run` yields events and draws nothing. Each article is finished on its own and kept (`shards`),
and each sentence too (`cache`), so that a run killed at any moment goes on where it stopped;
the files that hold all articles are made at the end (`outputs`). At no time is more than a few
windows of articles in memory (`work`), whoever does the work (`executors`, `cluster`).
"""

from bitext.runs.driver import run
from bitext.runs.events import (
    Advanced,
    Completed,
    Done,
    Event,
    Failed,
    Indexing,
    Noticed,
    Started,
    Stopped,
    to_json,
)
from bitext.runs.job import Job, find_glossaries, find_references, read_glossaries
from bitext.runs.recall import remembering
from bitext.runs.state import STATE, Progress, status

__all__ = [
    "STATE",
    "Advanced",
    "Completed",
    "Done",
    "Event",
    "Failed",
    "Indexing",
    "Job",
    "Noticed",
    "Progress",
    "Started",
    "Stopped",
    "find_glossaries",
    "find_references",
    "read_glossaries",
    "remembering",
    "run",
    "status",
    "to_json",
]
