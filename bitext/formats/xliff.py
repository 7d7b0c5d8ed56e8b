"""
XLIFF 1.2, which every CAT tool opens: a <file> for each document, a state for each unit.

Follows the OASIS standard of 2008. Inner white space counts (xml:space="preserve"); what XLIFF
has no word for (origin, score, document) stands in a context group.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import BinaryIO

from bitext.formats import tables
from bitext.formats.markup import NOT_XML, escaped, quoted
from bitext.formats.wording import terms
from bitext.formats.xliff_units import read as read
from bitext.units import TranslationUnit

HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">"""
FILE = """
<file original={original} source-language={source} target-language={target} \
datatype="plaintext" tool-id="bitext">
<header><tool tool-id="bitext" tool-name="bitext" tool-version={version}/>\
<note>{signature}</note></header>
<body>"""
END_OF_FILE = "\n</body>\n</file>"

STATES = {
    "untouched": ' state="needs-review-translation"{qualifier}',
    "draft": ' state="translated"{qualifier}',
    "approved": ' state="final"{qualifier}',
    "rejected": ' state="needs-translation" state-qualifier="rejected-inaccurate"',
}
QUALIFIERS = {
    "mt": ' state-qualifier="leveraged-mt"',
    "tm": ' state-qualifier="leveraged-tm"',
    "copy": ' state-qualifier="x-copy"',
    "human": "",
}


def write(
    units: Iterable[TranslationUnit],
    file: BinaryIO,
    *,
    signature: str,
    source_lang: str = "fr",
    target_lang: str = "en",
) -> None:
    """Write the units as they come; those of a document that stand together are one <file>."""
    from bitext import __version__

    file.write(HEAD.encode())
    for document, inside in groupby(units, key=lambda unit: unit.document):
        opening = FILE.format(
            original=quoted(document),
            source=quoted(source_lang),
            target=quoted(target_lang),
            version=quoted(__version__),
            signature=escaped(signature),
        )
        file.write(opening.encode())
        for unit in inside:
            file.write(element(unit).encode())
        file.write(END_OF_FILE.encode())
    file.write(b"\n</xliff>\n")


def losses(unit: TranslationUnit) -> Iterator[str]:
    """What of a unit does not come back."""
    if not unit.source.strip():
        yield "a unit with a blank source is left out when it is read"
    if any(NOT_XML.search(t) for t in tables.texts(unit)):
        yield "characters that XML cannot hold become U+FFFD"


def element(unit: TranslationUnit) -> str:
    """The unit as a <trans-unit>."""
    approved = "yes" if unit.status == "approved" else "no"
    state = STATES[unit.status].format(qualifier=QUALIFIERS[unit.origin])
    context = f'<context context-type="x-origin">{unit.origin}</context>'
    if unit.score is not None:
        context += f'<context context-type="x-score">{unit.score!r}</context>'
    notes = "".join(f'<note from="bitext">{escaped(term)}</note>' for term in terms(unit))
    if unit.comment:
        notes += f'<note from="reviewer">{escaped(unit.comment)}</note>'
    nothing = not unit.target and unit.status == "untouched"
    target = "" if nothing else f"<target{state}>{escaped(unit.target)}</target>"
    return (
        f'\n<trans-unit id={quoted(unit.id)} approved="{approved}" xml:space="preserve">'
        f"<source>{escaped(unit.source)}</source>{target}"
        f'<context-group purpose="x-bitext">{context}</context-group>{notes}</trans-unit>'
    )
