"""Tags of XLIFF, written with what else they say as it was; and the texts between them."""

import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

from bitext.pretranslate.lines import Said
from bitext.pretranslate.scanning import Element
from bitext.pretranslate.slots import Edit, Fill

NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ATTRIBUTE = re.compile(r"""(?<=\s)(?P<name>[^\s=<>"']+)\s*=\s*(?:"[^"]*"|'[^']*')""")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def xml_of(fill: Fill) -> str:
    pieces = []
    for piece in fill.pieces:
        if isinstance(piece, str):
            pieces.append(xml_text(piece))
        elif isinstance(piece.content, Said):
            pieces.append(xml_text(piece.content))
        else:
            pieces.append(piece.content)
    return "".join(pieces)


def xml_text(text: str) -> str:
    """Text between tags; carriage returns would be read back as other line ends."""
    return escape(NOT_XML.sub("\ufffd", text), {"\r": "&#13;"})


def frame(blank: Element, text: str) -> tuple[str, str]:
    """What comments stand around the text of a target, or a segment, that says nothing yet."""
    marks = [m for m in blank.elements("mrk") if m.attributes.get("mtype") != "seg"]
    if not marks:
        return "", "".join(COMMENT.findall(text[blank.inner : blank.outer]))
    mark = marks[0]
    before, after = frame(mark, text)
    tag = with_attributes(text[mark.start : mark.inner], {})
    behind = text[mark.end : blank.outer].strip()
    return f"{tag}{before}", f"{after}</{prefix(text, mark)}mrk>{behind}"


def prefix(text: str, element: Element) -> str:
    """The namespace prefix that a tag is written with, with its colon."""
    found = re.match(r"<([^\s<>/:]+:)?", text[element.start : element.inner])
    return (found and found[1]) or ""


def retagged(text: str, element: Element, attributes: Mapping[str, str]) -> Edit:
    tag = text[element.start : element.inner]
    end = "/>" if tag.endswith("/>") else ">"
    new = with_attributes(tag, attributes)
    return Edit(element.start, element.inner, new.removesuffix(">") + end)


def with_attributes(tag: str, attributes: Mapping[str, str]) -> str:
    """
    A start tag with attributes set; the others stay as they are written.

    >>> with_attributes('<target  xml:lang="en" state="new"/>', {"state": "translated"})
    '<target  xml:lang="en" state="translated">'
    """
    tag = tag.removesuffix(">").removesuffix("/").rstrip()
    for name, value in attributes.items():
        written = f"{name}={quoteattr(value)}"
        # One after another: the value of an attribute may look like one.
        old = next((m for m in ATTRIBUTE.finditer(tag) if m["name"] == name), None)
        start, end = old.span() if old else (len(tag), len(tag))
        tag = f"{tag[:start]}{'' if old else ' '}{written}{tag[end:]}"
    return f"{tag}>"
