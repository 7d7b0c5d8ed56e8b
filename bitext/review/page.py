"""
One HTML file, complete in itself: no server, no network, nothing to install.

`page.html` is the frame; the style sheets and the scripts of `style/` and `script/` go into it,
and the units as JSON in blocks that the page reads when it comes to them. A text is never
markup: the scripts put every one in as text, and the page's security policy lets nothing run
but the script that it names by its hash.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from html import escape
from importlib.resources import files
from itertools import islice
from string import Template
from typing import Any, BinaryIO

from bitext import __version__
from bitext.review.index import Index
from bitext.review.rows import DocumentView
from bitext.review.rules import tables
from bitext.units import TranslationUnit

# In this order: later ones use what earlier ones name.
STYLES = ("page.css", "tools.css", "rows.css", "marks.css", "dialogs.css", "fit.css")
# These know nothing of a document: node tests them by themselves.
PURE = (
    "qa-text.js", "decimal.js", "qa-quantities.js", "qa-languages.js", "qa-numbers.js",
    "qa-words.js", "qa-marks.js", "qa-placeholders.js", "qa-terms.js", "qa-measures.js",
    "qa-names.js", "qa-exchanges.js", "qa-opposites.js", "qa-swaps.js", "qa-characters.js", "qa.js",
    "invisible.js", "fold.js", "difference.js", "search.js", "escape.js", "tmx.js", "xliff.js",
    "tsv.js",
)  # fmt: skip
SCRIPTS = (
    *PURE, "element.js", "rules.js", "store.js", "edits.js", "quality.js", "saving.js", "text.js",
    "wording.js", "evidence.js", "checks.js", "comments.js", "rows.js", "items.js", "list.js",
    "painting.js", "card.js", "toast.js", "filters.js", "moving.js", "editor.js", "deciding.js",
    "mark-errors.js", "replace.js", "exports.js", "head.js", "keys.js", "page.js",
)  # fmt: skip

# Units in a block: a block is parsed whole when one of its units is looked at. Of 100, 200 and
# 1,000, this loads 50,000 units fastest.
BLOCK = 200

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
    baseline: Mapping[str, str] | None = None,
) -> None:
    """
    Write the page that shows the units, as they come.

    `documents` gives the documents' order, metadata and dropped stretches; a document that is
    not among them follows in the order of the units. `references` maps a unit's id to a
    reference translation, `baseline` to what another run made of it.
    """
    before, after = frame(title)
    index = Index(documents, references or {}, baseline or {})
    file.write(before)
    for text in blocks(units, index):
        file.write(text.encode())
    about = index.summary() | {
        "title": title, "signature": signature, "block": BLOCK, "version": __version__
    }  # fmt: skip
    file.write(script("review", inert(about)).encode())
    file.write(script("rules", inert(tables())).encode())
    file.write(after)


def blocks(units: Iterable[TranslationUnit], index: Index) -> Iterator[str]:
    """The units as JSON scripts, one unit a line."""
    left, number = iter(units), 0
    while some := list(islice(left, BLOCK)):
        rows = ",\n".join(inert(index.row(unit)) for unit in some)
        yield script(f"units-{number}", f"[{rows}]")
        number += 1


def script(name: str, text: str) -> str:
    return f'<script type="application/json" id="{name}">{text}</script>\n'


def frame(title: str) -> tuple[bytes, bytes]:
    """The page's HTML before and after its JSON."""
    style = "\n".join(part(f"style/{name}") for name in STYLES)
    code = '"use strict";\n' + "\n".join(part(f"script/{name}") for name in SCRIPTS)
    page = Template(part("page.html")).substitute(
        policy=policy(code, style),
        title=escape(title.replace("\x00", "\ufffd")),
        style=style,
        script=code,
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


def inert(value: Any) -> str:
    """
    JSON that is safe inside a `<script>`, whatever the texts hold.

    >>> print(inert("</script>"))
    "\\u003c/script\\u003e"
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
