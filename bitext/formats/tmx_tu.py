"""
A <tu> as another tool wrote it: who made it and when, props, notes, other languages, inline codes.

Units keep it as text (`TranslationUnit.tu`), and it is written again as it was; what has changed
since is changed in it.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple
from xml.etree.ElementTree import Element

from bitext.errors import InputError
from bitext.formats.languages import primary
from bitext.formats.markup import XML_LANG, elements, escaped, legal, quoted
from bitext.units import TranslationUnit

# Props that tell what a unit tells itself.
OURS = frozenset(f"x-{name}" for name in ("document", "origin", "status", "score", "term"))
KINDS = {"bpt": "open", "hi": "open", "ept": "close", "/hi": "close"}
XML = "http://www.w3.org/XML/1998/namespace "


def kept(tu: Element) -> str:
    """The element as text if it says more than two plain segments in our words; "" else."""
    tuvs = [child for child in tu if child.tag == "tuv"]
    notes = [child for child in tu if child.tag == "note"]
    plain = (
        set(tu.keys()) <= {"tuid"}
        and len(tuvs) == 2
        and len(notes) < 2
        and all(child.get("type") in OURS for child in tu if child.tag == "prop")
        and not any(note.keys() for note in notes)
        and all(is_plain(tuv) for tuv in tuvs)
    )
    return "" if plain else written(tu)


def is_plain(tuv: Element) -> bool:
    code = tuv.get(XML_LANG, "")
    if len(tuv) != 1 or len(tuv[0]) or set(tuv.keys()) != {XML_LANG} or len(code) != 2:
        return False
    text = tuv[0].text or ""
    return text == text.strip()


def written(element: Element) -> str:
    """An element as text, without what is in namespaces but xml's; however deep it is nested."""
    pieces: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        top = stack.pop()
        if isinstance(top, str):
            pieces.append(top)
            continue
        head = "".join(f" {name}={quoted(value)}" for name, value in attributes(top))
        inside: list[Element | str] = [f"<{top.tag}{head}>", escaped(top.text or "")]
        for child in top:
            if " " not in child.tag:
                inside.append(child)
            inside.append(escaped(child.tail or ""))
        stack += reversed([*inside, f"</{top.tag}>"])
    return "".join(pieces)


def attributes(element: Element) -> Iterator[tuple[str, str]]:
    for name, value in element.items():
        if name.startswith(XML):
            yield f"xml:{name.removeprefix(XML)}", value
        elif name == "lang" and element.tag == "tuv":  # TMX 1.1
            yield "xml:lang", value
        elif " " not in name:
            yield name, value


def parsed(text: str) -> Element | None:
    """The element that `kept` made this text of; None if it was not."""
    try:
        content = BytesIO(f"<tmx>{text}</tmx>".encode())
        return next(
            (tu for tu, _ in elements(content, "", kind="", root="tmx", whole={"tu"})), None
        )
    except (InputError, UnicodeEncodeError):
        return None


class Inline(NamedTuple):
    """
    A code in a segment: behind `at` characters that are not white space, and behind a space or not.

    A `tight` one has no white space on either side. The codes of both languages that belong
    together have one `name`.
    """

    at: int
    spaced: bool
    tight: bool
    kind: str
    name: str


def codes(text: str) -> dict[str, list[Inline]]:
    """The codes in the first segment of each language, of an element that `kept` made text of."""
    tu = parsed(text)
    found: dict[str, list[Inline]] = {}
    for tuv in tu if tu is not None else ():
        seg = tuv.find("seg") if tuv.tag == "tuv" else None
        if seg is not None:
            found.setdefault(language(tuv), codes_in(seg))
    return found


def codes_in(seg: Element) -> list[Inline]:
    found: list[tuple[int, int, str, str]] = []
    names: dict[str, str] = {}
    pieces: list[str] = []
    at = size = 0
    stack: list[Element | str] = list(reversed(content(seg)))
    while stack:
        top = stack.pop()
        if isinstance(top, str):
            pieces.append(top)
            at += len(top)
            size += len("".join(top.split()))
            continue
        kind = KINDS.get(top.tag, "alone")
        own = top.get("i", "") if kind == "close" else top.get("x") or f"{top.tag} {len(found)}"
        name = names.get(own, own) if kind == "close" else own
        if top.tag == "bpt":
            names[top.get("i", "")] = name
        found.append((at, size, kind, name))
        if top.tag == "hi":
            stack += [Element("/hi", {"i": name}), *reversed(content(top))]
        else:
            # Text within a code (a footnote) is text, too.
            stack += [f" {piece} " for sub in top.iterfind("sub") for piece in sub.itertext()]
    said = "".join(pieces)
    return [inline(said, *each) for each in found]


def inline(said: str, at: int, size: int, kind: str, name: str) -> Inline:
    """The code that stands before the character `at` of a text."""
    before, after = said[max(0, at - 1) : at].isspace(), said[at : at + 1].isspace()
    return Inline(size, before, not before and not after, kind, name)


def content(parent: Element) -> list[Element | str]:
    """Texts and elements in an element, in turn."""
    inside: list[Element | str] = [parent.text or ""]
    for child in parent:
        inside += [child, child.tail or ""]
    return inside


def set_segment(tu: Element, lang: str, text: str, own: str) -> None:
    """Give the first variant in a language another text, or `own`, the language's full code."""
    tuv = next(child for child in tu if child.tag == "tuv" and language(child) == lang)
    seg = tuv.find("seg")
    if seg is not None and text:
        seg[:] = []
        seg.text = legal(text)
        for each in (tu, tuv):  # nobody says when
            each.attrib.pop("changedate", None)
            each.attrib.pop("changeid", None)
    if own != lang:
        tuv.attrib.pop("lang", None)
        tuv.set(XML_LANG, own)


def language(tuv: Element) -> str:
    return primary(tuv.get(XML_LANG) or tuv.get("lang") or "")


def set_facts(tu: Element, props: list[tuple[str, str]], comment: str) -> None:
    """Put our props and our note in the places of those that the element had."""
    for child in [c for c in tu if c.tag == "prop" and c.get("type") in OURS]:
        tu.remove(child)
    note = tu.find("note")
    if note is not None and not comment:
        tu.remove(note)
    elif comment:
        if note is None:
            tu.insert(0, note := Element("note"))
        note[:] = []
        note.text = legal(comment)
    at = sum(child.tag in ("note", "prop") for child in tu)
    for kind, value in reversed(props):
        prop = Element("prop", {"type": kind})
        prop.text = legal(value)
        tu.insert(at, prop)


def identified(tu: Element, unit: TranslationUnit) -> str:
    """The element as text, with an id."""
    if not tu.get("tuid"):
        tu.set("tuid", legal(unit.id))
    return written(tu)
