"""
The lossless record of a run: one JSON object a line, the run's manifest first.

The manifest is told by its key "bitext" (the version that wrote it). Every other line is a
TranslationUnit with the field names of `bitext.units`; links are lists of four numbers.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields, replace
from typing import Any, BinaryIO

from bitext.errors import InputError
from bitext.formats.findings import Report, unheard
from bitext.formats.typed import misfit
from bitext.units import (
    Enforcement,
    Evidence,
    Issue,
    Link,
    Pairing,
    Place,
    TermEntry,
    TermMatch,
    TmMatch,
    TranslationUnit,
)

Manifest = Mapping[str, Any]


def write(
    units: Iterable[TranslationUnit],
    file: BinaryIO,
    *,
    signature: str,
    source_lang: str = "fr",
    target_lang: str = "en",
    manifest: Manifest | None = None,
) -> None:
    """Write the manifest and then the units as they come."""
    from bitext import __version__

    head = {"bitext": __version__, "signature": signature} | dict(manifest or {})
    file.write(line(head))
    for unit in units:
        file.write(line(to_json(unit)))


def losses(unit: TranslationUnit) -> Iterator[str]:
    """Nothing: the record is what other files are made from."""
    return iter(())


def line(value: Mapping[str, Any]) -> bytes:
    # A lone surrogate cannot be encoded; JSON's \u escape keeps it.
    try:
        return (json.dumps(value, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:
        return (json.dumps(value) + "\n").encode()


def to_json(unit: TranslationUnit) -> dict[str, Any]:
    """A unit as plain JSON values, in the order of its fields."""
    plain = asdict(replace(unit, links=()))  # of which there are many, and asdict copies each
    plain["links"] = [
        [k.source_start, k.source_end, k.target_start, k.target_end] for k in unit.links
    ]
    return plain


def read(
    file: BinaryIO, *, name: str = "<jsonl>", report: Report = unheard
) -> Iterator[TranslationUnit]:
    """Yield the units; raises InputError with the line of the damage."""
    for number, raw in enumerate(file, 1):
        if not raw.strip():
            continue
        plain = parse(raw, name, number)
        if "bitext" in plain:
            continue
        try:
            yield from_json(plain)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            problem = f"not a translation unit ({error}); write the file anew with bitext run"
            raise InputError(name, problem, line=number) from error


def read_manifest(file: BinaryIO, *, name: str = "<jsonl>") -> dict[str, Any]:
    """The first line of a run's record; raises InputError if it is something else."""
    plain = parse(file.readline(), name, 1)
    if "bitext" not in plain:
        raise InputError(name, "has no manifest; write the file anew with bitext run", line=1)
    return plain


def parse(raw: bytes, name: str, number: int) -> dict[str, Any]:
    try:
        plain = json.loads(raw.decode())
    except (ValueError, RecursionError) as error:
        raise InputError(name, "not JSON; is this a units.jsonl file?", line=number) from error
    if not isinstance(plain, dict):
        raise InputError(name, "not a JSON object; is this a units.jsonl file?", line=number)
    return plain


def from_json(plain: dict[str, Any]) -> TranslationUnit:
    """The unit that `to_json` was given; unknown keys are passed over."""
    known = {f.name: plain[f.name] for f in fields(TranslationUnit) if f.name in plain}
    known["matches"] = tuple(match(m) for m in known.get("matches", ()))
    known["enforcement"] = tuple(Enforcement(**e) for e in known.get("enforcement", ()))
    known["links"] = tuple(Link(*numbers) for numbers in known.get("links", ()))
    known["dismissed"] = tuple(known.get("dismissed", ()))
    if known.get("issues") is not None:
        known["issues"] = tuple(issue(i) for i in known["issues"])
    if known.get("tm") is not None:
        known["tm"] = TmMatch(**known["tm"])
    if known.get("pairing") is not None:
        known["pairing"] = pairing(known["pairing"])
    unit = TranslationUnit(**known)
    if wrong := misfit(unit):
        raise TypeError(f"{wrong} is not what it should be")
    return unit


def pairing(plain: dict[str, Any]) -> Pairing:
    places = {
        key: tuple(Place(**place) for place in plain.get(key, ()))
        for key in ("source", "target", "moved")
    }
    evidence: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value
        for key, value in plain.get("evidence", {}).items()
    }
    return Pairing(**plain | places | {"evidence": Evidence(**evidence)})


def match(plain: dict[str, Any]) -> TermMatch:
    entry = dict(plain["entry"])
    entry |= {key: tuple(entry.get(key, ())) for key in ("admitted", "include", "exclude")}
    return TermMatch(**plain | {"entry": TermEntry(**entry)})


def issue(plain: dict[str, Any]) -> Issue:
    spans = {
        key: tuple((start, end) for start, end in plain.get(key, ()))
        for key in ("source_spans", "target_spans")
    }
    return Issue(**plain | spans | {"fixes": tuple(plain.get("fixes", ()))})
