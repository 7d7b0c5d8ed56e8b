"""The texts of XLIFF: what its inline elements are to a text, and what is not to be translated."""

from collections.abc import Iterator

from bitext.formats.codes import Parting, parts
from bitext.inline import Kind
from bitext.pretranslate.intext import items
from bitext.pretranslate.lines import Mark
from bitext.pretranslate.scanning import Element

# Elements around text, and those that open or close where they stand.
PAIRS = {"g", "mrk", "pc"}
OPENING = {"bpt", "bx", "sc", "sm"}
CLOSING = {"ept", "ex", "ec", "em"}


def items_of(element: Element, text: str, *, breaks: bool) -> Iterator[str | Mark]:
    """The texts and codes between an element's tags; with `breaks`, line ends are codes."""
    for child in inside(element):
        if isinstance(child, str):
            yield from items(child, breaks=breaks)
        elif around(child):
            pair = f"{child.start}"
            yield Mark("open", text[child.start : child.inner], pair)
            yield from items_of(child, text, breaks=breaks)
            yield Mark("close", text[child.outer : child.end], pair)
        else:
            kind, pair = role(child)
            yield Mark(kind, text[child.start : child.end], pair, parting(child))


def texts_of(element: Element) -> Iterator[str]:
    for child in inside(element):
        if isinstance(child, str):
            yield child
        elif around(child):
            yield from texts_of(child)


def inside(element: Element) -> Iterator[Element | str]:
    """What an element holds; what <sm translate="no"> and its <em> enclose is one element."""
    opening: Element | None = None
    ends = {em.attributes.get("startRef") for em in element.elements("em")}
    for child in element.children:
        own = isinstance(child, Element) and child
        if opening:
            if own and own.attributes.get("startRef") == opening.attributes.get("id"):
                yield Element("protected", {}, opening.start, own.end, own.end, own.end)
                opening = None
        elif own and own.name == "sm" and protected(own) and own.attributes.get("id") in ends:
            opening = own
        else:
            yield child


def around(element: Element) -> bool:
    """Whether an element goes around a text to translate."""
    return element.name in PAIRS and element.inner < element.outer and not protected(element)


def parting(element: Element) -> Parting:
    """What a code keeps apart."""
    inside = "".join(child for child in element.children if isinstance(child, str))
    return parts(element.name, element.attributes, inside)


def protected(element: Element) -> bool:
    attributes = element.attributes
    return attributes.get("translate") == "no" or attributes.get("mtype") == "protected"


def role(element: Element) -> tuple[Kind, str]:
    """Whether an element opens or closes a pair where it stands, and which."""
    attributes = element.attributes
    own = attributes.get("rid") or attributes.get("id", "")
    if element.name in OPENING:
        return "open", f"#{own}"
    if element.name in CLOSING:
        return "close", f"#{attributes.get('startRef') or own}"
    return "alone", ""
