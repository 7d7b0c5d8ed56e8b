"""
Write TBX 3 (ISO 30042:2019), dialect TBX-Basic, style DCA.

What TBX-Basic has no category for (how an entry is matched, its conditions) goes into a note of
its own, so that the file stays valid and `termbases` reads back every field.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from bitext.glossary.rows import fields_of
from bitext.glossary.termbases import NUMBERED, OURS, own_note
from bitext.units import TermEntry

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What may be an xml:id.
NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
PARTS_OF_SPEECH = {"adjective", "adverb", "noun", "other", "properNoun", "verb"}


HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tbx style="dca" type="TBX-Basic" xml:lang="fr" xmlns="urn:iso:std:iso:30042:ed-2">
<tbxHeader><fileDesc><sourceDesc><p>Written by bitext</p></sourceDesc></fileDesc></tbxHeader>
<text><body>
"""
TAIL = "</body></text>\n</tbx>\n"


def write_tbx(entries: Iterable[TermEntry], file: BinaryIO) -> None:
    """A concept for each entry, as they come."""
    from lxml import etree

    # lxml's own incremental writer puts xml:lang under a made-up prefix.
    file.write(HEAD.encode())
    for identity, entry in identified(entries):
        file.write(etree.tostring(concept(identity, entry), encoding="unicode").encode() + b"\n")
    file.write(TAIL.encode())


def identified(entries: Iterable[TermEntry]) -> Iterator[tuple[str, TermEntry]]:
    """Each entry with an id that is its own and may stand in XML."""
    taken: set[str] = set()
    for number, entry in enumerate(entries, 1):
        own = entry.id if NAME.fullmatch(entry.id) and not NUMBERED.fullmatch(entry.id) else ""
        identity = own if own and own not in taken else f"bitext-{number}"
        taken.add(identity)
        yield identity, entry


def concept(identity: str, entry: TermEntry) -> Any:
    from lxml import etree

    element = etree.Element("conceptEntry", id=identity)
    if entry.domain:
        add(element, "descrip", entry.domain, type="subjectField")
    if entry.note and not entry.note.startswith(OURS):
        add(element, "note", entry.note)
    if rest := remaining(identity, entry):
        add(element, "note", own_note(rest))
    section = term(language(element, "fr"), entry.source)
    if entry.pos in PARTS_OF_SPEECH:
        add(section, "termNote", entry.pos, type="partOfSpeech")
    english = language(element, "en")
    for number, target in enumerate((entry.target, *entry.admitted)):
        status = "preferred" if not number else "admitted"
        status = "deprecated" if entry.kind == "forbidden" else status
        add(
            term(english, target), "termNote", f"{status}Term-admn-sts", type="administrativeStatus"
        )
    return element


def remaining(identity: str, entry: TermEntry) -> dict[str, str]:
    """The fields that the categories of TBX-Basic do not hold."""
    fields = fields_of(entry)
    held = {"domain"}
    held |= {"note"} if not entry.note.startswith(OURS) else set()
    held |= {"pos"} if entry.pos in PARTS_OF_SPEECH else set()
    held |= {"id"} if not NUMBERED.fullmatch(identity) else set()
    held |= {"kind"} if entry.kind == "forbidden" else set()
    return {name: text for name, text in fields.items() if name not in held}


def language(parent: Any, code: str) -> Any:
    return add(parent, "langSec", **{LANG: code})


def term(parent: Any, text: str) -> Any:
    section = add(parent, "termSec")
    add(section, "term", text)
    return section


def add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    from lxml import etree

    element = etree.SubElement(parent, name, attributes)
    element.text = text or None
    return element
