"""Spaces the English way: none before a mark, none inside quotation marks, never two."""

import re
from collections.abc import Iterator

from bitext.addresses import ADDRESSED
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
# "ate,drank": none after a mark where there should be one.
RUN_ON = re.compile(r"(?<=[a-z]{2})([,;])(?=[a-z]{2,}(?:[\s,;.!?]|$))")
# "2.0 ,which": the space stands on the wrong side.
WRONG_SIDE = re.compile(r"(?<=\w)[ \u00a0]([,;])(?=[a-z]{2})")
# "low.Connect", but neither "Node.Js" nor an address.
RUN_TOGETHER = re.compile(r"(?<=[a-z]{3})([.!?])(?=[A-Z][a-z]*(?:[\s,;.!?]|$))")
ADDRESS = re.compile(r"[@#/]|www")
HINT = re.compile(r"[\s][;:!?,.%”)\]]|[“(\[]\s|[ \u00a0]{2}|[a-z][,;][a-z]|[a-z][.!?][A-Z]")
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
    if not RUN_ON.search(unit.source) and not ADDRESSED.search(text):
        spans |= {found.span(): f"{found[1]} " for found in RUN_ON.finditer(text)}
    if not WRONG_SIDE.search(unit.source):
        spans |= {found.span(): f"{found[1]} " for found in WRONG_SIDE.finditer(text)}
    if not RUN_TOGETHER.search(unit.source) and not ADDRESS.search(text):
        spans |= {found.span(): f"{found[1]} " for found in RUN_TOGETHER.finditer(text)}
    if spans:
        places = tuple(sorted(spans))
        message = told(sum(not fix.strip() for fix in spans.values()), len(spans))
        fixes = tuple(spans[place] for place in places)
        yield Issue("spacing", "minor", message, "fluency/typography", (), places, fixes)


def told(many: int, all_: int) -> str:
    """
    So many spaces too many, and the others missing.

    >>> told(1, 1), told(2, 2), told(0, 1), told(1, 3)
    ('a space too many', '2 spaces too many', 'a space is missing', '3 spaces are wrong')
    """
    if many == all_:
        return "a space too many" if many == 1 else f"{many} spaces too many"
    if many == 0:
        return "a space is missing" if all_ == 1 else f"{all_} spaces are missing"
    return f"{all_} spaces are wrong"
