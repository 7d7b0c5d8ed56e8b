"""
The lossless record of a run: one JSON object a line, the run's manifest first.

The manifest is told by its key "bitext" (the version that wrote it). Every other line is a
TranslationUnit with the field names of `bitext.units`; links are lists of four numbers.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from math import isfinite
from typing import Any, BinaryIO

import msgspec

from bitext.errors import InputError
from bitext.formats.findings import Report, unheard
from bitext.units import TranslationUnit

# What JavaScript, SQLite and a float can hold without loss; and the digits of what is larger.
LARGEST, LARGE = 1 << 53, re.compile(rb"[0-9]{16}")
NO_UNIT = "not a translation unit ({}); write the file anew with bitext run"

UNITS = msgspec.json.Decoder(TranslationUnit)
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
        file.write(line(unit))


def losses(unit: TranslationUnit) -> Iterator[str]:
    """Nothing: the record is what other files are made from."""
    return iter(())


def line(value: Any) -> bytes:
    """A mapping or a unit as a line."""
    try:
        return msgspec.json.encode(value) + b"\n"
    except UnicodeEncodeError:
        # A lone surrogate cannot be encoded; JSON's \u escape keeps it.
        return (json.dumps(msgspec.to_builtins(value)) + "\n").encode()


def read(
    file: BinaryIO, *, name: str = "<jsonl>", report: Report = unheard
) -> Iterator[TranslationUnit]:
    """Yield the units; raises InputError with the line of the damage."""
    for number, raw in enumerate(file, 1):
        if not raw.strip():
            continue
        if unit := unit_of(raw, name, number):
            yield unit


def unit_of(raw: bytes, name: str, number: int) -> TranslationUnit | None:
    """The unit of a line; None for what is about the run."""
    if raw.startswith(b'{"bitext":'):
        return None
    if not LARGE.search(raw):
        with suppress(ValueError, RecursionError):
            return UNITS.decode(raw)
    # What msgspec's own parser refuses: lone surrogates, and all that is to be named below.
    plain = parse(raw, name, number)
    if "bitext" in plain:
        return None
    try:
        return msgspec.convert(plain, TranslationUnit)
    except ValueError as error:  # also a lone surrogate where a name should be
        raise InputError(name, NO_UNIT.format(error), line=number) from error


def read_manifest(file: BinaryIO, *, name: str = "<jsonl>") -> dict[str, Any]:
    """The first line of a run's record; raises InputError if it is something else."""
    plain = parse(file.readline(), name, 1)
    if "bitext" not in plain:
        raise InputError(name, "has no manifest; write the file anew with bitext run", line=1)
    return plain


def parse(raw: bytes, name: str, number: int) -> dict[str, Any]:
    try:
        plain = json.loads(raw.decode(), parse_int=integer, parse_float=real, parse_constant=real)
    except OverflowError as error:
        raise InputError(name, NO_UNIT.format(error), line=number) from error
    except (ValueError, RecursionError) as error:
        raise InputError(name, "not JSON; is this a units.jsonl file?", line=number) from error
    if not isinstance(plain, dict):
        raise InputError(name, "not a JSON object; is this a units.jsonl file?", line=number)
    return plain


def integer(text: str) -> int:
    if abs(number := int(text)) >= LARGEST:
        raise OverflowError(f"{text} is beyond all measure")
    return number


def real(text: str) -> float:
    if not isfinite(number := float(text)):
        raise OverflowError(f"{text} is beyond all measure")
    return number
