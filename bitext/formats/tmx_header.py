"""
The <header> of a TMX as another tool wrote it, for a TMX that is made of that one alone.

Its attributes stay, but for the tool and the date of the last change, and so do its notes, props
and user-defined encodings.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import BinaryIO

from bitext.errors import InputError
from bitext.formats import tmx_tu
from bitext.formats.languages import primary
from bitext.formats.markup import elements, escaped, quoted

# What is no longer so when bitext has written the file.
OVER = ("creationtool", "creationtoolversion", "changedate", "changeid")
SIGNATURE = "x-signature"


@dataclass(frozen=True, slots=True)
class Header:
    """What a header says: its attributes, and what is in it as XML."""

    attributes: Mapping[str, str]
    inside: str

    def __str__(self) -> str:
        written = "".join(f" {name}={quoted(value)}" for name, value in self.attributes.items())
        return f"<header{written}>{self.inside}</header>"


def restored(text: object) -> Header | None:
    """The header that was made this text; None if none was."""
    return read(BytesIO(f"<tmx>{text}</tmx>".encode("utf-8", "replace"))) if text else None


def read(file: BinaryIO) -> Header | None:
    """The header of a TMX; None where there is none, or the file is something else."""
    try:
        found = elements(file, "", kind="a TMX", root="tmx", whole={"header", "tu"})
        header = next((element for element, _ in found), None)
    except InputError:
        return None
    if header is None or header.tag != "header":
        return None
    kept = {k: v for k, v in tmx_tu.attributes(header) if k not in OVER}
    inside = (c for c in header if " " not in c.tag and c.get("type") != SIGNATURE)
    return Header(kept, "".join(map(tmx_tu.written, inside)))


def written(header: Header | None, source_lang: str, signature: str) -> str:
    """The header of our own file; a source language with a region goes before that of `header`."""
    from bitext import __version__

    said = {
        "creationtool": "bitext",
        "creationtoolversion": __version__,
        "segtype": "sentence",
        "o-tmf": "bitext",
        "adminlang": "en",
        "srclang": source_lang,
        "datatype": "plaintext",
    }
    kept = dict(header.attributes) if header else {}
    if source_lang != primary(source_lang):
        kept.pop("srclang", None)
    prop = f'<prop type="{SIGNATURE}">{escaped(signature)}</prop>'
    return str(Header(said | kept, f"{header.inside if header else ''}{prop}"))
