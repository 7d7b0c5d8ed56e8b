"""Spaces the English way: none before a mark, none inside quotation marks, never two."""

import re
from collections.abc import Iterator

from bitext.units import Issue, TranslationUnit

# One step with lookarounds, so that a megabyte of spaces is passed over once.
BEFORE_MARK = re.compile(
    r"(?<=[\w)\]”’»\"'%€$£])([ \u00a0\u2009\u202f]++)(?=[;:!?](?:[\s”’\"')»]|$)|[,.](?:\s|$))"
    # "in %" is a heading, and "%s" stands for a word.
    r"|(?<=\d)([ \u00a0\u2009\u202f]++)(?=%(?![\w$({<%]))"
)
INSIDE = re.compile(
    r"(?<=[“(\[])(\s++)(?=\S)|(?<=\S)(?<![“(\[\s])([ \u00a0\u2009\u202f]++)(?=[”)\]])"
)
TWO = re.compile(r"(?<=\S)[ \u00a0]{2,}+(?=\S)")
HINT = re.compile(r"[\s][;:!?,.%”)\]]|[“(\[]\s|[ \u00a0]{2}")
# An ellipsis, a smiley or a command's argument has its space.
APART = re.compile(r"\.\.|[:;][-)(DP]")


def spacing(unit: TranslationUnit) -> Iterator[Issue]:
    """Spaces are set the English way."""
    text = unit.target
    if not HINT.search(text):
        return
    spans = {
        found.span(found.lastindex or 0): ""
        for pattern in (BEFORE_MARK, INSIDE)
        for found in pattern.finditer(text)
        if not APART.match(text, found.end())
    }
    # A column of figures may be set apart, in the source as well.
    if not TWO.search(unit.source):
        taken = {start for start, _ in spans}
        doubled = (found.span() for found in TWO.finditer(text))
        spans |= {span: " " for span in doubled if span[0] not in taken}
    if spans:
        places = tuple(sorted(spans))
        message = "a space too many" if len(places) == 1 else f"{len(places)} spaces too many"
        fixes = tuple(spans[place] for place in places)
        yield Issue("spacing", "minor", message, "fluency/typography", (), places, fixes)
