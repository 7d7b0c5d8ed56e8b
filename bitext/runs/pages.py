"""
The review pages of a run: one, or as many as keep each within what a browser shows at once.

A run that needs several has them numbered, and review.html lists which article is where.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path

from bitext import review
from bitext.atomic import whole
from bitext.review import DocumentView
from bitext.runs.shards import Shard
from bitext.units import TranslationUnit

PAGE = "review.html"
NAME = re.compile(r"review(?:-\d+)?\.html")
# Segments on a page: what a browser loads and filters at once without a pause.
MOST = 10_000

# By which our pages are told from others, within so many bytes of their beginning.
GENERATOR, HEAD = b'<meta name="generator" content="bitext">', 2000

INDEX = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
body {{ font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto }}
li {{ overflow-wrap: anywhere }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{segments:,} segments on {pages} pages.</p>
{body}
</body>
</html>
"""


def write_pages(
    out: Path,
    finished: Sequence[Shard],
    *,
    title: str,
    signature: str,
    references: Mapping[str, str],
) -> None:
    """Write review.html, and review-1.html and so on where one page would be too long."""
    pages = list(paged(finished, MOST))
    for stale in filter(is_ours, out.glob("review-*.html")):
        stale.unlink()
    for number, shards in enumerate(pages, 1):
        name = page_name(number) if len(pages) > 1 else PAGE
        with whole(out / name) as file:
            review.build(
                units_of(shards),
                file,
                title=f"{title} ({number} of {len(pages)})" if len(pages) > 1 else title,
                signature=signature,
                documents=(DocumentView(s.name, s.metadata(), s.drops()) for s in shards),
                references=own(references, shards),
            )
    if len(pages) > 1:
        with whole(out / PAGE) as file:
            file.write(index(pages, title).encode("utf-8", "replace"))


def is_page(name: str) -> bool:
    """
    Whether a page of a run may be called so.

    >>> is_page("review.html"), is_page("review-12.html"), is_page("review-of-may.html")
    (True, True, False)
    """
    return bool(NAME.fullmatch(name))


def is_ours(path: Path) -> bool:
    """Whether a page is one that a run wrote: others may call theirs so, too."""
    if not is_page(path.name) or not path.is_file():
        return False
    with path.open("rb") as file:
        return GENERATOR in file.read(HEAD)


def units_of(shards: Sequence[Shard]) -> Iterator[TranslationUnit]:
    for shard in shards:
        yield from shard.units()


def paged(finished: Sequence[Shard], most: int) -> Iterator[Sequence[Shard]]:
    """The articles a page at a time; one page at least, and no article on two."""
    page: list[Shard] = []
    for shard in finished:
        if page and sum(each.segments for each in page) + shard.segments > most:
            yield page
            page = []
        page.append(shard)
    yield page


def own(references: Mapping[str, str], shards: Sequence[Shard]) -> dict[str, str]:
    """The references of a page's articles; a unit's id begins with its document's name."""
    names = {shard.name for shard in shards}
    # paragraph:start:hash follow the name, which may hold colons itself.
    return {key: text for key, text in references.items() if key.rsplit(":", 3)[0] in names}


def page_name(number: int) -> str:
    return f"review-{number}.html"


def index(pages: Sequence[Sequence[Shard]], title: str) -> str:
    """A page of links; names are text, whatever they hold."""
    body = []
    for number, shards in enumerate(pages, 1):
        names = "".join(f"<li>{escape(shard.name)}</li>" for shard in shards)
        link = f'<a href="{page_name(number)}">Page {number}</a>'
        body.append(f"<h2>{link}</h2>\n<ul>{names}</ul>")
    segments = sum(shard.segments for page in pages for shard in page)
    return INDEX.format(
        title=escape(title), segments=segments, pages=len(pages), body="\n".join(body)
    )
