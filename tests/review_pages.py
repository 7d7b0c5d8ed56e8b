"""Pages for the tests of the review page, and what they hold."""

import json
import time
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

from bitext.formats import jsonl
from bitext.review import DocumentView, build
from bitext.units import Drop, TranslationUnit

SAMPLE = Path(__file__).parent / "data"
PLAIN = TranslationUnit("a:0:0:1", "a", 0, 0, 7, "Bonjour", "Hello", "mt")
HOSTILE = [
    "</script><script>window.hacked = 1</script>",
    "<img src=x onerror='window.hacked = 1'>",
    "<!--<script>",
    "]]></style><b>&lt;&amp;",
    "javascript:window.hacked=1",
    "\u202egnp.exe\u202c \u2066x\u2069 \u200f\u061c",
    "line\u2028paragraph\u2029end",
    "lone \ud800 half, \udc47 half, \ud83d\udc47 both",
    "\0 nul, \x1b escape, \x85 next line, \ufeff, \ufffe, \ufdd0",
    "$title $review ${script} __proto__ constructor",
]


def page_of(*units: TranslationUnit, **options: Any) -> bytes:
    file = BytesIO()
    build(units, file, **{"title": "A title", "signature": "bitext:test"} | options)
    return file.getvalue()


def json_of(page: bytes) -> Any:
    """What the page says of all units, with the rows of the units as "units"."""
    about = json.loads(element_text(page, "script", "review"))
    blocks = range(-(-len(about["bits"]) // about["block"]))
    texts = [json.loads(element_text(page, "script", f"units-{n}")) for n in blocks]
    return about | {"units": [row for block in texts for row in block]}


def element_text(page: bytes, tag: str, name: str | None = None) -> str:
    """The text of the first such element, as an HTML parser sees it."""

    class Finder(HTMLParser):
        open = False
        text: str | None = None

        def handle_starttag(self, found: str, attrs: list[tuple[str, str | None]]) -> None:
            self.open = found == tag and dict(attrs).get("id") == name and self.text is None
            if self.open:
                self.text = ""

        def handle_endtag(self, found: str) -> None:
            self.open = False

        def handle_data(self, data: str) -> None:
            if self.open:
                self.text = (self.text or "") + data

    finder = Finder(convert_charrefs=True)
    finder.feed(page.decode())
    assert finder.text is not None
    return finder.text


def joined(text: str) -> str:
    """The text as JSON gives it back: two halves of a surrogate pair, side by side, are one."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "surrogatepass")


def sample() -> tuple[list[TranslationUnit], dict[str, Any]]:
    """Sentences of the seeds with invented translations, terms and flags; and build's options."""
    with (SAMPLE / "review.jsonl").open("rb") as file:
        units = list(jsonl.read(file))
    plain = json.loads((SAMPLE / "review_documents.json").read_text("utf-8"))
    documents = [
        DocumentView(p["name"], p["metadata"], tuple(Drop(**drop) for drop in p["drops"]))
        for p in plain
    ]
    return units, {"documents": documents, "references": {units[0].id: "Amazon strikes again."}}


def until(tab: Any, condition: str) -> None:
    """Wait until a JavaScript condition holds; the page's policy lets Playwright's own not run."""
    end = time.monotonic() + 20
    while not tab.evaluate(condition):
        assert time.monotonic() < end, condition
        tab.wait_for_timeout(20)
