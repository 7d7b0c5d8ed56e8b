"""A run's record as a review page, and the edits of the page back into the record."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from bitext import review, score
from bitext.errors import InputError
from bitext.formats import jsonl
from bitext.review import DocumentView
from bitext.runs.outputs import read_references, references_of
from bitext.units import Drop, TranslationUnit


def write_page(
    record: BinaryIO,
    page: BinaryIO,
    *,
    name: str,
    title: str = "",
    references: Path | None = None,
    baseline: BinaryIO | None = None,
) -> None:
    """Write the page of a units.jsonl; `baseline` is the record of another run to compare with."""
    head = jsonl.read_manifest(record, name=name)
    units = list(jsonl.read(record, name=name))
    views = views_of(head, name)
    joined = score.join(units, read_references(references))
    review.build(
        units,
        page,
        title=title or title_of(units),
        signature=str(head.get("signature", "")),
        documents=views,
        references=references_of(joined),
        baseline=compared(units, list(jsonl.read(baseline))) if baseline else {},
    )


def views_of(head: Mapping[str, Any], name: str) -> list[DocumentView]:
    """What a record says of its documents; raises InputError."""
    try:
        return [
            DocumentView(
                str(plain["name"]),
                {str(key): str(value) for key, value in plain.get("metadata", {}).items()},
                tuple(Drop(**drop) for drop in plain.get("drops", ())),
            )
            for plain in head.get("documents", ())
        ]
    except (KeyError, TypeError, AttributeError) as error:
        problem = "the list of documents is damaged; write the file anew with bitext run"
        raise InputError(name, problem, line=1) from error


def title_of(units: list[TranslationUnit]) -> str:
    names = dict.fromkeys(unit.document for unit in units)
    return next(iter(names)) if len(names) == 1 else f"{len(names)} articles, French → English"


def compared(units: list[TranslationUnit], others: list[TranslationUnit]) -> dict[str, str]:
    """What another run made of each unit: by its id, or else by its source."""
    by_id = {other.id: other.target for other in others}
    by_source = {other.source: other.target for other in others}
    found = ((u.id, by_id.get(u.id, by_source.get(u.source))) for u in units)
    return {unit: target for unit, target in found if target is not None}


def write_merged(
    record: BinaryIO, out: BinaryIO, files: list[review.Edits], *, name: str
) -> review.Report:
    """Write a record again with the edits in it; gives what became of them."""
    head = jsonl.read_manifest(record, name=name)
    report = review.Report()
    merged = review.merge(jsonl.read(record, name=name), files, report)
    signature = str(head.pop("signature", ""))
    jsonl.write(merged, out, signature=signature, manifest=head)
    return report
