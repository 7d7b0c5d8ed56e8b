"""
HTML pages: the text between the tags of blocks is translated, each tag stays as it is written.

Tags within a text (<a>, <b>, <img>) are inline codes. What is no text stays: scripts, styles,
<pre> and <code>, comments, and what is marked translate="no" or class="notranslate". Texts in
attributes come after the others. Nothing is run or fetched. Of a page that is read as an article,
trafilatura says which texts belong to it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape, unescape

from bitext.documents.attributes import Attribute, attributes, quoted
from bitext.documents.parts import parted
from bitext.documents.tags import (
    ANY_TAG,
    INLINE,
    NOTE,
    UNTRANSLATED,
    Tag,
    opening_end,
    untouched,
)
from bitext.errors import InputError
from bitext.formats.encodings import decoded
from bitext.inline import Code, Kind, Marked, Marking
from bitext.text import fold

# Of what is kept, these have no texts in their attributes.
UNNAMED = frozenset({"script", "style", "template", "!", "!--", NOTE})
# What is kept within a sentence is read with it up to so many characters, but for pictures.
UNSAID = frozenset({"svg", "!--", NOTE})
LONGEST_COPIED = 200
LANG = re.compile(r"""(?<=\s)((?:xml:)?lang\s*=\s*)(?:"[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
BODY = re.compile(r"<body\b[^<>]*>", re.IGNORECASE)
# Of the page, also in the comments that told old browsers apart.
ROOT = re.compile(r"<(?:html|body)\b[^<>]*>", re.IGNORECASE)
META_LANGUAGE = re.compile(
    r"""<meta\b(?=[^<>]*=\s*["']?(?:og:locale|content-language)\b)[^<>]*>""", re.IGNORECASE
)
CONTENT = re.compile(r"""(\bcontent\s*=\s*)(?:"[^"]*"|'[^']*'|[^\s"'>]+)""", re.IGNORECASE)
CHARSET = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|\A\s{0,99}<\?xml[^>]{0,200}?encoding)\s*=\s*"""
    rb"""["']?\s*([A-Za-z0-9._:-]+)""",
    re.IGNORECASE,
)
MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
KINDS: dict[str, Kind] = {"open": "open", "close": "close"}
LETTER = re.compile(r"[^\W\d_]")
# Letters from which a text that stands in the article counts as a part of it wherever it is.
SURE = 25
HEADING = re.compile(r"h[1-6]")


@dataclass(frozen=True, slots=True)
class Block:
    """Characters start:end of a page: a text and its tags; `around` with what touches these."""

    start: int
    end: int
    marked: Marked
    within: str
    around: tuple[int, int]


class Page:
    """A page and the blocks of text in it."""

    def __init__(self, text: str, name: str, encoding: str) -> None:
        self.text = text
        self.name = name
        self.encoding = encoding
        self.blocks = list(blocks(text))
        self.attributes = list(attributes_of(text))
        texts = (Marked(attribute.text) for attribute in self.attributes)
        self.texts = [*(block.marked for block in self.blocks), *texts]

    def filled(self, fills: Sequence[Sequence[str | Code] | None]) -> bytes:
        pieces, at = [], 0
        for block, fill in zip(self.blocks, fills, strict=False):
            if fill is not None:
                pieces += [self.text[at : block.start], *map(written, fill)]
                at = block.end
        page = "".join((*pieces, self.text[at:]))
        named = {
            attribute.text: "".join(piece for piece in fill if isinstance(piece, str))
            for attribute, fill in zip(self.attributes, fills[len(self.blocks) :], strict=True)
            if fill is not None
        }
        page = renamed(page, named)
        return in_english(page).encode(self.encoding, "xmlcharrefreplace")

    def outside(self) -> list[int]:
        """
        The texts that trafilatura leaves out of the article, in the body of the page.

        Attributes between the first and the last that it leaves in are of the article.
        """
        article = extracted(self.text, self.name)
        if not article:
            return []
        lines = set(map(letters, article.splitlines()))
        whole = letters(article)

        @cache
        def is_in_article(start: int, end: int) -> bool:
            plain = letters(unescape(ANY_TAG.sub("", self.text[start:end])))
            return plain in lines or (len(plain) >= SURE and plain in whole)

        left_out = [
            number
            for number, block in enumerate(self.blocks)
            if block.within not in ("title", "h1")
            and not is_in_article(block.start, block.end)
            and not is_in_article(*block.around)
        ]
        kept = [b for n, b in enumerate(self.blocks) if n not in left_out and b.within != "title"]
        begin, end = (kept[0].start, kept[-1].end) if kept else (0, 0)
        return left_out + [
            number
            for number, attribute in enumerate(self.attributes, len(self.blocks))
            if attribute.tag != "meta" and not begin <= attribute.start < end
        ]

    def headings(self) -> list[int]:
        return [n for n, block in enumerate(self.blocks) if HEADING.fullmatch(block.within)]


def parse(content: bytes, name: str, encoding: str) -> Page:
    """Raises InputError if the page is not in its encoding, or has no text."""
    marked = next((marked for mark, marked in MARKS if content.startswith(mark)), "")
    declared = CHARSET.search(content[:4096])
    if not marked and declared:
        marked = declared[1].decode("ascii").lower()
        # Browsers take the one for the other, as pages do.
        marked = "cp1252" if marked in ("iso-8859-1", "latin1", "latin-1", "ascii") else marked
    marked = marked or encoding
    page = Page(decoded(content, name, marked), name, marked)
    if not page.blocks:
        raise InputError(name, "has no text between its tags; nothing to translate")
    return page


def blocks(text: str) -> Iterator[Block]:
    """Runs of text and inline tags with a letter in them."""
    run: list[Tag] = []
    within = ""
    for tag in untouched(text):
        if tag.kind == "text" or tag.name in INLINE:
            run.append(tag)
            continue
        yield from blocks_of(run, text, within)
        run = []
        within = tag.name if tag.kind == "open" else ""
    yield from blocks_of(run, text, within)


def blocks_of(run: Sequence[Tag], text: str, within: str) -> Iterator[Block]:
    around = (run[0].start, run[-1].end) if run else (0, 0)
    for part in parted(run, text):
        if block := block_of(part, text, within, around):
            yield block


def attributes_of(text: str) -> Iterator[Attribute]:
    """The texts in the attributes of tags that may be translated."""
    for tag in untouched(text):
        if tag.kind in ("open", "alone"):
            yield from attributes(text, tag.name, tag.start, tag.end)
        elif tag.kind == "kept" and tag.name not in UNNAMED:
            end = opening_end(text, tag)
            if not UNTRANSLATED.search(text, tag.start, end):
                yield from attributes(text, tag.name, tag.start, end)


def renamed(page: str, named: Mapping[str, str]) -> str:
    """The page with new texts for old ones in its attributes, wherever their tags went."""
    pieces, at = [], 0
    for attribute in attributes_of(page) if named else ():
        if attribute.text in named:
            pieces += [page[at : attribute.start], quoted(named[attribute.text])]
            at = attribute.end
    return "".join((*pieces, page[at:]))


def block_of(run: Sequence[Tag], text: str, within: str, around: tuple[int, int]) -> Block | None:
    """The block of a run, without the space and the tags around its text; None without letters."""
    plain = {tag: unescape(text[tag.start : tag.end]) for tag in run if tag.kind == "text"}
    if not any(map(LETTER.search, plain.values())):
        return None
    said = plain | {tag: copied(tag, text[tag.start : tag.end]) for tag in run if tag not in plain}
    run = trimmed(run, said)
    first, last = run[0], run[-1]
    start = first.start + blank(text[first.start : first.end]) if first in plain else first.start
    tail = text[last.start : last.end]
    end = last.end - blank(tail[::-1]) if last in plain else last.end
    marking = Marking()
    for tag in run:
        if tag.name == "wbr":
            continue  # it parted a word that the translation has not
        source = text[max(tag.start, start) : min(tag.end, end)]
        if tag.kind == "text":
            marking.write(re.sub(r"[ \t\r\n\f]+", " ", unescape(source)))
        else:
            marking.mark(KINDS.get(tag.kind, "alone"), source, tag.name, said[tag])
    return Block(start, end, marking.marked(), within, around)


def copied(tag: Tag, source: str) -> str:
    """What an element that is not to be translated says within a sentence; "" of other tags."""
    if tag.kind != "kept" or tag.name in UNSAID:
        return ""
    said = " ".join(unescape(ANY_TAG.sub("", source)).split())
    return said if len(said) <= LONGEST_COPIED else ""


def trimmed(run: Sequence[Tag], said: dict[Tag, str]) -> Sequence[Tag]:
    """Without what is before the first tag or text that matters, and behind the last."""
    first = next(n for n, tag in enumerate(run) if said[tag].strip())
    last = next(n for n in range(len(run) - 1, -1, -1) if said[run[n]].strip())
    # A tag that closes behind the text opens before it.
    opened = [n for n in range(first) if run[n].kind == "open"]
    closed = [n for n in range(last + 1, len(run)) if run[n].kind == "close"]
    inner = run[first : last + 1]
    balance = sum(t.kind == "open" for t in inner) - sum(t.kind == "close" for t in inner)
    if balance < 0 and opened:
        first = opened[max(0, len(opened) + balance)]
    elif balance > 0 and closed:
        last = closed[min(balance, len(closed)) - 1]
    return run[first : last + 1]


def blank(text: str) -> int:
    return len(text) - len(text.lstrip(" \t\r\n\f"))


def written(piece: str | Code) -> str:
    return escape(piece, quote=False) if isinstance(piece, str) else str(piece.content)


def in_english(page: str) -> str:
    """The page with its language told anew, where it told one."""
    body = BODY.search(page)
    end = body.end() if body else len(page)
    head = ROOT.sub(lambda tag: LANG.sub(r'\1"en"', tag[0]), page[:end])
    return META_LANGUAGE.sub(told_english, head) + page[end:]


def told_english(tag: re.Match[str]) -> str:
    # og:locale has a country always; this is the one that it takes where none is told.
    language = "en_US" if "locale" in tag[0].lower() else "en"
    return CONTENT.sub(rf'\1"{language}"', tag[0])


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", fold(text))


def extracted(text: str, name: str) -> str:
    """The text of the article in a page, as trafilatura finds it; "" if it finds none."""
    try:
        from trafilatura import extract
    except ImportError as error:
        remedy = "pip install 'bitext[html]', or translate the whole page with --keep-boilerplate"
        raise InputError(name, f"needs trafilatura to tell the article; {remedy}") from error
    return extract(text, include_comments=False, include_tables=True) or ""
