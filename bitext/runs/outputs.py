"""
The files that a run leaves: record, TMX, translations, glossary report, scores, review page.

Each is written whole or not at all, from the finished shards, in the order of the articles. No
file holds a time or a path of the machine, so that the same run gives the same bytes.
"""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from io import TextIOWrapper
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from bitext import documents, ingest, pipeline, score
from bitext.atomic import whole
from bitext.engines.opening import Choice
from bitext.errors import InputError, reason
from bitext.formats import jsonl, tmx
from bitext.runs.pages import write_pages
from bitext.runs.shards import Shard
from bitext.units import Document, TranslationUnit

RECORD, MEMORY, REPORT = "units.jsonl", "corpus.tmx", "glossary-report.tsv"
SCORES, TEXTS = "scores.json", "translations"
FILES = frozenset({RECORD, MEMORY, REPORT, SCORES})

WORKED_ON = frozenset({"draft", "approved", "rejected"})
# Characters of a sentence that the glossary report shows on either side of a term.
NEAR = 400

COLUMNS = (
    "document", "paragraph", "start", "source", "kind", "required", "found", "outcome", "how",
    "confidence", "reason", "sentence", "translation", "before",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """What the outputs say of the run they come from."""

    out: Path
    signature: str
    choice: Choice
    glossaries: tuple[Path, ...]
    references: Path | None
    snippets: tuple[score.Snippet, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """
    A finished run in figures.

    `scores` is the content of scores.json; `seconds` are those each article took when it was
    translated; `outcomes` counts term occurrences by what became of them.
    """

    out: Path
    scores: Mapping[str, Any]
    seconds: Mapping[str, float]
    outcomes: Mapping[str, int]


def check_unreviewed(out: Path) -> None:
    """Raise InputError if people have worked on the units that a run would write anew."""
    record = out / RECORD
    try:
        with record.open("rb") as file:
            count = sum(status_of(line) in WORKED_ON for line in file)
    except OSError:
        return  # there is none, or the run will say what is wrong with it
    if count:
        said = "1 unit that people have" if count == 1 else f"{count} units that people have"
        remedy = "move it away, or give another --out; --memory with it reuses its translations"
        raise InputError(record, f"has {said} worked on, and would be overwritten; {remedy}")


class Standing(msgspec.Struct):
    """What matters of a unit's line; the match of a memory in it has a status of its own."""

    status: str = ""


def status_of(line: bytes) -> str:
    try:
        return STANDING.decode(line).status
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return ""  # whoever reads it as a unit says what is wrong with it


STANDING = msgspec.json.Decoder(Standing)


def write_all(run: Run, finished: Sequence[Shard]) -> Summary:
    """Write every file that holds all articles; none but one article is in memory at a time."""
    with whole(run.out / RECORD) as file:
        jsonl.write((), file, signature=run.signature, manifest=manifest(run, finished))
        for shard in finished:
            file.writelines(shard.lines())
    with whole(run.out / MEMORY) as file:
        tmx.write(units_of(finished), file, signature=run.signature)
    outcomes = write_report(run.out / REPORT, units_of(finished))
    report = score.score_documents(
        (list(shard.units()) for shard in finished), run.snippets, signature=run.signature
    )
    figures = score.to_json(report)
    with whole(run.out / SCORES) as file:
        file.write((json.dumps(figures, ensure_ascii=False, indent=1) + "\n").encode())
    write_pages(
        run.out,
        finished,
        title=title(finished),
        signature=run.signature,
        references=references_of(report.joined),
    )
    return Summary(run.out, figures, {s.name: s.seconds for s in finished}, outcomes)


def units_of(finished: Iterable[Shard]) -> Iterator[TranslationUnit]:
    for shard in finished:
        yield from shard.units()


def manifest(run: Run, finished: Iterable[Shard]) -> dict[str, Any]:
    """The first line of the record: with what the units were made, and of what."""
    checkpoint = run.choice.checkpoint
    return {
        "engine": run.choice.engine,
        "model": checkpoint and {"name": checkpoint.name, "revision": checkpoint.revision},
        "preset": run.choice.preset,
        "glossaries": [path.name for path in run.glossaries],
        "references": run.references and run.references.name,
        "documents": [
            {
                "name": shard.name,
                "segments": shard.segments,
                "metadata": shard.metadata(),
                "drops": [asdict(drop) for drop in shard.drops()],
            }
            for shard in finished
        ],
    }


def title(finished: Sequence[Shard]) -> str:
    if len(finished) == 1:
        return finished[0].name
    return f"{len(finished)} articles, French → English"


def write_translation(
    out: Path, document: Document, shard: Shard, source: Path, encoding: str = "utf-8"
) -> None:
    """The English text of one article, in the structure of the French one."""
    if documents.is_structured(document.name):
        try:
            original = source.read_bytes()
        except OSError as error:  # it was there when it was read
            raise ingest.unreadable(source, error) from error
        content = documents.render(original, document.name, shard.units(), encoding=encoding)
    else:
        content = pipeline.render(document, list(shard.units())).encode("utf-8", "replace")
    with whole(out / TEXTS / text_name(document.name), durable=False) as file:
        file.write(content)


def has_translation(out: Path, name: str) -> bool:
    return (out / TEXTS / text_name(name)).is_file()


def text_name(name: str) -> str:
    """
    Where the translation of an article goes.

    >>> text_name("2021/a.txt"), text_name("a.text"), text_name("a.docx")
    ('2021/a.en.txt', 'a.text.en.txt', 'a.en.docx')
    """
    path = PurePosixPath(name)
    if documents.is_structured(name):
        return str(path.with_suffix(f".en{path.suffix}"))
    # Only the usual suffix gives way, so that a.txt and a.text do not become one file.
    return str(path.with_suffix(".en.txt") if path.suffix == ".txt" else f"{path}.en.txt")


def write_report(path: Path, units: Iterable[TranslationUnit]) -> Counter[str]:
    """
    One row for each term occurrence; gives the number of each outcome.

    `required` is what a forbidden entry forbids; `before` what a repair has changed.
    """
    outcomes: Counter[str] = Counter()
    with whole(path) as raw:
        text = TextIOWrapper(raw, "utf-8", "replace", newline="", write_through=True)
        rows = csv.writer(text, delimiter="\t", lineterminator="\n")
        rows.writerow(COLUMNS)
        for unit in units:
            for match, done in zip(unit.matches, unit.enforcement, strict=True):
                outcomes[done.outcome] += 1
                rows.writerow(
                    (
                        unit.document, unit.paragraph, unit.start + match.start,
                        unit.source[match.start : match.end], match.entry.kind, match.required,
                        done.found, done.outcome, done.how, match.confidence, done.reason,
                        around(unit.source, match.start, match.end),
                        around(unit.target, done.start, done.end),
                        around(done.before, done.start, done.end),
                    )
                )  # fmt: skip
        text.detach()
    return outcomes


def around(text: str, start: int, end: int) -> str:
    """
    A sentence on one line, or of a long one what is near the term: a thousand terms in a
    sentence must not write it a thousand times.

    >>> around("mot " * 200 + "Parler " + "mot " * 200, 800, 806)[-20:]
    'mot mot mot mot mot…'
    """
    first, last = max(0, start - NEAR), max(end, 0) + NEAR
    near = " ".join(text[first:last].split())
    return f"{'…' if first else ''}{near}{'…' if last < len(text) else ''}"


def references_of(joined: Iterable[score.Joined]) -> dict[str, str]:
    """
    References by unit, for the review page.

    That of a passage stands with its first unit; one of a part of a sentence stands in dots.
    """
    return {
        each.unit_ids[0]: f"… {text} …" if each.kind == "part" else text
        for each in joined
        if each.unit_ids and (text := each.snippet.reference)
    }


def read_references(path: Path | None) -> tuple[score.Snippet, ...]:
    """The snippets of a references file; raises InputError."""
    if path is None:
        return ()
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(path, f"references cannot be read ({reason(error)})") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise InputError(path, "references are not UTF-8; save them as UTF-8", line=line) from error
    return tuple(score.read_snippets(text.splitlines(), str(path)))
