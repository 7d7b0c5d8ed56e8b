"""What a run tells while it goes on; `to_json` puts it into plain values for machines."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bitext.engines.opening import Choice
from bitext.errors import BitextError
from bitext.runs.outputs import Summary
from bitext.runs.shards import Shard


@dataclass(frozen=True, slots=True)
class Started:
    """What will be done, and with what; `size` is that of all articles in bytes."""

    documents: int
    size: int
    choice: Choice
    glossaries: tuple[Path, ...]
    references: Path | None
    memories: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Indexing:
    """A translation memory is being built, which takes a while for a large one."""

    memories: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Advanced:
    """So many more sentences are translated; `reused` of them were known from before."""

    sentences: int
    reused: int = 0


@dataclass(frozen=True, slots=True)
class Done:
    """An article of `size` bytes is finished; `kept` if an earlier run had done it."""

    shard: Shard
    size: int
    kept: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """An article could not be done; the rest goes on."""

    document: str
    error: BitextError


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something was amiss and was mended; nothing is lost."""

    message: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """The run was asked to stop, and has; `left` articles remain for the next."""

    left: int


@dataclass(frozen=True, slots=True)
class Completed:
    """Everything is written."""

    summary: Summary
    failures: tuple[Failed, ...] = field(default=())


Event = Indexing | Started | Advanced | Done | Failed | Noticed | Stopped | Completed


def to_json(event: Event) -> dict[str, Any]:
    """The event by its name in small letters, as plain JSON values; the keys are stable."""
    named: dict[str, Any] = {"event": type(event).__name__.lower()}
    match event:
        case Started():
            checkpoint = event.choice.checkpoint
            return named | {
                "documents": event.documents,
                "bytes": event.size,
                "engine": event.choice.engine,
                "model": checkpoint and checkpoint.name,
                "preset": event.choice.preset,
                "glossaries": [path.name for path in event.glossaries],
                "references": event.references and event.references.name,
                "memories": [path.name for path in event.memories],
            }
        case Indexing():
            return named | {"memories": [path.name for path in event.memories]}
        case Advanced():
            return named | {"sentences": event.sentences, "reused": event.reused}
        case Done():
            shard = event.shard
            return named | {
                "document": shard.name,
                "sentences": shard.segments,
                "seconds": shard.seconds,
                "kept": event.kept,
            }
        case Failed():
            return named | {"document": event.document, "error": str(event.error)}
        case Noticed():
            return named | {"message": event.message}
        case Stopped():
            return named | {"left": event.left}
        case Completed():
            return named | {
                "out": str(event.summary.out),
                "documents": len(event.summary.seconds),
                "failed": len(event.failures),
                "terms": dict(event.summary.outcomes),
            }
