"""
One HTML file, complete in itself: no server, no network, nothing to install.

`page.html` is the frame; the style sheets and the scripts go into it, and the units as JSON. A
text is never markup: the scripts put every one in as text, and the page's security policy lets
nothing run but the script that it names by its hash.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from html import escape
from importlib.resources import files
from string import Template
from typing import Any, BinaryIO

from bitext.review.rows import DocumentView, document_row, unit_row
from bitext.units import TranslationUnit

# In this order: later ones use what earlier ones name.
STYLES = ("page.css", "rows.css")
SCRIPTS = ("marks.js", "rows.js", "pointing.js", "page.js")

# What could end the <script> that holds the JSON, what UTF-8 cannot carry, and what would make
# the file's own text misleading to read (bidirectional controls) or invalid as HTML.
UNSAFE = re.compile(
    "[<>&\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)


def build(
    units: Iterable[TranslationUnit],
    file: BinaryIO,
    *,
    title: str,
    signature: str,
    documents: Iterable[DocumentView] = (),
    references: Mapping[str, str] | None = None,
) -> None:
    """
    Write the page that shows the units, as they come.

    `documents` gives the documents' order, metadata and dropped stretches; a document that is
    not among them follows in the order of the units. `references` maps a unit's id to a
    reference translation.
    """
    before, after = frame(title)
    file.write(before)
    for text in json_lines(units, signature, documents, references or {}):
        file.write(text.encode())
    file.write(after)


def frame(title: str) -> tuple[bytes, bytes]:
    """The page's HTML before and after its JSON."""
    style = "\n".join(map(part, STYLES))
    script = "\n".join(map(part, SCRIPTS))
    page = Template(part("page.html")).substitute(
        policy=policy(script, style),
        title=escape(title.replace("\x00", "\ufffd")),
        style=style,
        script=script,
        review="\x00",  # it stands nowhere else in an HTML file: here the page is cut in two
    )
    before, after = page.encode("utf-8", "replace").split(b"\x00")
    return before, after


def part(name: str) -> str:
    """One of the files that the page is put together from."""
    return files(__package__).joinpath(name).read_text("utf-8")


def policy(script: str, style: str) -> str:
    """The Content-Security-Policy: this script and this style, and no connection at all."""
    return (
        f"default-src 'none'; script-src '{digest(script)}'; style-src '{digest(style)}'; "
        "base-uri 'none'; form-action 'none'"
    )


def digest(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()


def json_lines(
    units: Iterable[TranslationUnit],
    signature: str,
    documents: Iterable[DocumentView],
    references: Mapping[str, str],
) -> Iterator[str]:
    """The page's JSON, one unit a line."""
    views = [document_row(view) for view in documents]
    yield f'{{"signature":{inert(signature)},"documents":{inert(views)},"units":['
    unplaced = set(references)
    comma = "\n"
    for unit in units:
        yield comma + inert(unit_row(unit, references.get(unit.id)))
        unplaced.discard(unit.id)
        comma = ",\n"
    yield f'\n],"unplaced":{len(unplaced)}}}'


def inert(value: Any) -> str:
    """
    JSON that is safe inside a `<script>`, whatever the texts hold.

    >>> print(inert("</script>"))
    "\\u003c/script\\u003e"
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
