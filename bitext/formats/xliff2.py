"""
XLIFF 2.0, the successor of 1.2 in newer tools: a <file> for each document, a <unit> for each unit.

Follows the OASIS standard of 2014. An id must be a token here, so that a unit's own stands in
`name`; what XLIFF has no word for (origin, score) stands in its metadata module.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import count, groupby
from typing import BinaryIO

from bitext.formats.markup import NOT_XML, escaped, quoted
from bitext.formats.wording import terms
from bitext.formats.xliff_units import read as read
from bitext.units import TranslationUnit

HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0" \
xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" srcLang={source} trgLang={target}>"""
STATES = {
    "untouched": "translated",
    "draft": "translated",
    "approved": "final",
    "rejected": "initial",
}
# What <cp> can name: characters that XML cannot hold, save NUL and halves of a character.
NAMED = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def write(
    units: Iterable[TranslationUnit],
    file: BinaryIO,
    *,
    signature: str,
    source_lang: str = "fr",
    target_lang: str = "en",
) -> None:
    """Write the units as they come; those of a document that stand together are one <file>."""
    file.write(HEAD.format(source=quoted(source_lang), target=quoted(target_lang)).encode())
    numbers = count(1)
    together = groupby(units, key=lambda unit: unit.document)
    for number, (document, inside) in enumerate(together, 1):
        opening = f'\n<file id="f{number}" original={quoted(document)}>'
        file.write(f"{opening}\n<notes><note>{escaped(signature)}</note></notes>".encode())
        for unit in inside:
            file.write(element(unit, next(numbers)).encode())
        file.write(b"\n</file>")
    file.write(b"\n</xliff>\n")


def losses(unit: TranslationUnit) -> Iterator[str]:
    """What of a unit does not come back."""
    if not unit.source.strip():
        yield "a unit with a blank source is left out when it is read"
    texts = (NAMED.sub("", unit.source), NAMED.sub("", unit.target))
    if any(map(NOT_XML.search, (*texts, unit.id, unit.document, unit.comment))):
        yield "characters that XML cannot hold become U+FFFD"


def element(unit: TranslationUnit, number: int) -> str:
    """The unit as a <unit> of one segment."""
    facts = f'<mda:meta type="origin">{unit.origin}</mda:meta>'
    if unit.score is not None:
        facts += f'<mda:meta type="score">{unit.score!r}</mda:meta>'
    said = "".join(f'<note category="term">{escaped(term)}</note>' for term in terms(unit))
    if unit.comment:
        said += f"<note>{escaped(unit.comment)}</note>"
    notes = f"<notes>{said}</notes>" if said else ""
    target = f'<target xml:space="preserve">{text(unit.target)}</target>' if unit.target else ""
    return (
        f'\n<unit id="u{number}" name={quoted(unit.id)}>'
        f'<mda:metadata><mda:metaGroup category="bitext">{facts}</mda:metaGroup></mda:metadata>'
        f'{notes}<segment state="{STATES[unit.status]}" subState="bitext:{unit.status}">'
        f'<source xml:space="preserve">{text(unit.source)}</source>{target}</segment></unit>'
    )


def text(raw: str) -> str:
    """
    Text with the characters that XML cannot hold as codes.

    >>> text("a\\x1bb & c")
    'a<cp hex="001B"/>b &amp; c'
    """
    pieces = NAMED.split(raw)
    codes = (f'<cp hex="{ord(found):04X}"/>' for found in NAMED.findall(raw))
    return escaped(pieces[0]) + "".join(
        code + escaped(piece) for code, piece in zip(codes, pieces[1:], strict=True)
    )
