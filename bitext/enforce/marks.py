"""
Punctuation comes out as it went in: an engine around an engine.

A small network ends headings in a full stop, drops the last mark of a quotation, takes the
single quotation marks of some of its training text for others' double ones, and stutters. What the
source says beyond doubt is put right; no word is touched but one that stands there twice.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bitext.enforce.carriers import swapped
from bitext.enforce.verify import Span, target_hull, touches
from bitext.engines import Around, Request
from bitext.qa.marks import DOUBLED, SOFT, TAIL, final_marks
from bitext.qa.words import DOUBLE as DOUBLE_WORD
from bitext.qa.words import doubles, on_purpose
from bitext.units import Hypothesis, Link, TranslationUnit

DOUBLE = re.compile('"')
# A pair of single marks around a phrase; no apostrophe touches a space on its left.
SINGLE = re.compile(r"(?<![\w'])'(?=[\w(])([^'\"]*(?:\w'\w[^'\"]*)*)(?<=[\w.,!?…)])'(?!\w)")
WORD = re.compile(r"\w+(?:['-]\w+)*")
LETTER = re.compile(r"[^\W\d_]")
# What replaces what, where the source ends in the one and the translation in the other.
ENDINGS = frozenset({(".", ""), ("?", ""), ("!", ""), ("…", ""), ("", "."), ("?", ".")})
ENDS = re.compile(r"\.\.\.|[.?!…]")


class Punctuated(Around):
    """Translate by `engine`, with the source's last mark and its quotation marks."""

    @property
    def signature(self) -> str:
        return f"{self.engine.signature}|marks"

    def translate(self, requests: Sequence[Request], *, n_best: int = 1) -> list[list[Hypothesis]]:
        made = self.engine.translate(requests, n_best=n_best)
        return [
            [punctuated(request.text, hypothesis) for hypothesis in offered]
            for request, offered in zip(requests, made, strict=True)
        ]


def punctuated(source: str, hypothesis: Hypothesis) -> Hypothesis:
    """The hypothesis with its marks put right; links and reports follow."""
    for mended in (single, once, doubled, paired, ended, begun):
        swaps = list(mended(source, hypothesis))
        if swaps:
            hypothesis = with_marks(hypothesis, swaps)
    return hypothesis


def single(source: str, hypothesis: Hypothesis) -> Iterator[tuple[Span, str]]:
    """A word, or two, that the network says twice in a row, once."""
    text = hypothesis.text
    unit = TranslationUnit("", "", 0, 0, len(source), source, text, "mt")
    kept = [(e.start, e.end) for e in hypothesis.enforcement if e.start >= 0]
    for found in DOUBLE_WORD.finditer(text) if doubles(text) else ():
        again = found.end(1), found.end()
        if not on_purpose(found[1], unit) and not any(touches(again, span) for span in kept):
            yield again, ""


def once(source: str, hypothesis: Hypothesis) -> Iterator[tuple[Span, str]]:
    """A mark that stands twice, where the source has none that does."""
    if not DOUBLED.search(source) and ".." not in source:
        for found in DOUBLED.finditer(hypothesis.text):
            yield (found.start() + 1, found.end()), ""


def doubled(source: str, hypothesis: Hypothesis) -> Iterator[tuple[Span, str]]:
    """Single quotation marks, where the source has as many pairs of double ones and no other."""
    wanting = source.count('"') - hypothesis.text.count('"')
    if wanting <= 0 or "'" not in hypothesis.text or SINGLE.search(source):
        return
    found = list(SINGLE.finditer(hypothesis.text))
    if 2 * len(found) == wanting:
        for pair in found:
            start, end = pair.span()
            yield (start, start + 1), '"'
            yield (end - 1, end), '"'


def paired(source: str, hypothesis: Hypothesis) -> Iterator[tuple[Span, str]]:
    """The partner of a single quotation mark, at the other end of what the quotation became."""
    marks = [found.start() for found in DOUBLE.finditer(source)]
    own = [found.start() for found in DOUBLE.finditer(hypothesis.text)]
    if len(marks) != 2 or len(own) != 1:
        return
    hull = became(hypothesis, marks[0] + 1, marks[1])
    if hull is None:
        return
    [mark], text = own, hypothesis.text
    start, end = hull
    # A single mark that stands there was meant for it.
    if mark < start and not WORD.search(text, mark, start):
        yield (end, end + text.startswith("'", end)), '"'
    elif mark >= end and not WORD.search(text, end, mark):
        yield (start - (text[:start].endswith("'")), start), '"'


def became(hypothesis: Hypothesis, start: int, end: int) -> Span | None:
    """The words of a translation that a stretch of the source became, if no others are in it."""
    hull = target_hull(hypothesis.links, start, end)
    if hull is None:
        return None
    words = [word.span() for word in WORD.finditer(hypothesis.text)]
    inside = [word for word in words if word[0] < hull[1] and hull[0] < word[1]]
    if not inside:
        return None
    first, last = inside[0][0], inside[-1][1]
    for link in hypothesis.links:
        outside = link.source_end <= start or end <= link.source_start
        if outside and link.target_start < last and first < link.target_end:
            return None
    return first, last


def ended(source: str, hypothesis: Hypothesis) -> Iterator[tuple[Span, str]]:
    """The last mark, where one is wanting, too much, or no question's."""
    text = hypothesis.text.rstrip()
    if text.endswith("-") and source.rstrip().endswith(("...", "…")):
        # So networks end that have seldom read three points.
        yield (len(text.rstrip("- ")), len(text)), "..."
        return
    before, after = final_marks(source), final_marks(text)
    if len(before) != 1 or len(after) != 1 or SOFT & (before | after):
        return
    [was], [now] = before, after
    if (was, now) not in ENDINGS or not WORD.search(text):
        return
    tail = len(text.rstrip(TAIL))
    if found := ENDS.search(text, tail):
        yield found.span(), was
    else:
        kept = source[len(source.rstrip(TAIL)) :]
        # Inside the quotation marks, or outside, as it was.
        at = tail if kept.endswith(('"', ")")) else len(text)
        yield (at, at), was.replace("…", "...")


def begun(source: str, hypothesis: Hypothesis) -> Iterator[tuple[Span, str]]:
    """The capital that the source begins with, unless the word is the source's own ("iPhone")."""
    was, word = LETTER.search(source), WORD.search(hypothesis.text)
    if not was or not word or not was.group().isupper() or word.group() in source:
        return
    first = word.group()[0]
    if first.islower() and word.group().isalpha() and len(first.upper()) == 1:
        yield (word.start(), word.start() + 1), first.upper()


def with_marks(hypothesis: Hypothesis, swaps: Sequence[tuple[Span, str]]) -> Hypothesis:
    """The text with stretches (in order, apart) replaced; spans keep to their words."""
    text, _ = swapped(hypothesis.text, swaps)

    def place(at: int, *, opens: bool) -> int:
        by = 0
        for (start, end), new in swaps:
            if at >= end and (start < end or at > end or opens):
                by += len(new) - (end - start)
            elif start < at:
                return start + by + min(at - start, len(new))
        return at + by

    def there(span: Span) -> Span:
        return place(span[0], opens=True), place(span[1], opens=False)

    links = (Link(*link[:2], *there(link[2:])) for link in hypothesis.links)
    enforcement = tuple(
        replace(e, start=start, end=end)
        for e in hypothesis.enforcement
        for start, end in [there((e.start, e.end)) if e.start >= 0 else (-1, -1)]
    )
    return replace(
        hypothesis,
        text=text,
        links=tuple(link for link in links if link.target_start < link.target_end),
        enforcement=enforcement,
    )
