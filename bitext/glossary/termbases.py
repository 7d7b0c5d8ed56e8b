"""
Glossaries as XML: TBX 2 (martif), TBX 3 (ISO 30042:2019, both its styles) and TMX.

A concept holds terms of several languages; each French one makes a row, with the English ones in
the order preferred, plain, admitted for its targets. Deprecated English terms make a row of
their own, as forbidden. A definition is the note where there is none. Nothing outside the file is
fetched, and entities are refused.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from bitext.glossary.rows import Found, Problem, Row, told_kind

CONCEPTS = {"conceptEntry", "termEntry", "tu"}
LANGUAGES = {"langSec", "langSet", "tuv"}
TERMS = {"termSec", "tig", "ntig", "seg"}
ROOTS = {"tbx", "martif", "tmx"}
XML = "{http://www.w3.org/XML/1998/namespace}"
# How an English term of each status is used; what is not listed counts as plain.
PREFERRED, PLAIN, ADMITTED, FORBIDDEN = range(4)
STATUS = {
    "preferredTerm": PREFERRED, "preferred": PREFERRED, "standardizedTerm": PREFERRED,
    "admittedTerm": ADMITTED, "admitted": ADMITTED, "notRecommended": ADMITTED,
    "deprecatedTerm": FORBIDDEN, "supersededTerm": FORBIDDEN, "deprecated": FORBIDDEN,
}  # fmt: skip
# Elements of one concept at most, and how deep they may be nested.
MOST_ELEMENTS, DEEPEST = 5_000, 50
# What TBX has no place for stands in a note of its own, after this mark.
OURS = "bitext:"
# The ids that our own files have where the entry has none.
NUMBERED = re.compile(r"bitext-\d+")
# Codes within a TMX segment are no text.
CODES = {"bpt", "ept", "ph", "it", "ut"}


class Refused(Exception):
    """What is wrong with the file as a whole, and the line."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line


@dataclass(slots=True)
class Concept:
    """What a concept entry says, gathered element by element."""

    line: int
    french: list[str] = field(default_factory=list)
    english: list[tuple[int, str]] = field(default_factory=list)
    languages: set[str] = field(default_factory=set)
    fields: dict[str, str] = field(default_factory=dict)
    definition: str = ""


def concepts(file: BinaryIO) -> Found:
    """The rows of a TBX or TMX file, or a line and what is wrong with it."""
    paired = False
    languages: set[str] = set()
    try:
        for element in elements(file):
            concept = Concept(element.sourceline or 1)
            gather(element, concept)
            languages |= concept.languages
            paired |= bool(concept.french and concept.english)
            if bool(concept.french) != bool(concept.english):
                lacks = "English" if concept.french else "French"
                problem = f"left out: the concept has no {lacks} term"
                yield Problem(concept.line, "warning", problem)
            try:
                yield from rows(concept)
            except ValueError as error:
                yield Problem(concept.line, "error", str(error))
    except Refused as error:
        yield Problem(error.line, "error", str(error))
        return
    if not paired:
        there = ", ".join(sorted(languages)) or "none"
        problem = f"no concept has both fr and en terms; its languages are {there}"
        yield Problem(1, "error", problem)


def elements(file: BinaryIO) -> Iterator[Any]:
    """Each concept as soon as it is whole; raises Refused."""
    from lxml import etree

    events = etree.iterparse(
        file,
        events=("start", "end"),
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth = count = 0
    inside = None
    try:
        for event, element in events:
            name = local(element)
            depth += 1 if event == "start" else -1
            if event == "start":
                count += 1
                if depth == 1:
                    check_root(name, element)
                if depth > DEEPEST or (inside is not None and count > MOST_ELEMENTS):
                    raise Refused(element.sourceline or 1, "is nested or filled beyond all measure")
                if inside is None and name in CONCEPTS:
                    inside, count = element, 1
                continue
            if element is inside:
                inside = None
                yield element
            if inside is None:
                element.clear(keep_tail=False)
                while element.getprevious() is not None:
                    del element.getparent()[0]
    except etree.XMLSyntaxError as error:
        problem = f"not well-formed XML ({error.msg}); export it anew"
        raise Refused(error.lineno or 1, " ".join(problem.split())) from error


def check_root(name: str, element: Any) -> None:
    """The root is one of ours, and the document type declares no entities."""
    line = element.sourceline or 1
    if name not in ROOTS:
        raise Refused(
            line, f"<{name}> where <tbx>, <martif> or <tmx> should be; is this a glossary?"
        )
    internal = element.getroottree().docinfo.internalDTD
    declared = next(internal.iterentities(), None) if internal is not None else None
    if declared is not None:
        problem = f"declares the XML entity {declared.name!r}; write out the text it stands for"
        raise Refused(line, problem)


def gather(element: Any, concept: Concept) -> None:
    """Everything that counts within a concept."""
    identity = element.get("id") or element.get("tuid") or ""
    if identity and not NUMBERED.fullmatch(identity):
        concept.fields["id"] = identity
    for child in element:
        name = local(child)
        if name in LANGUAGES:
            language = (child.get(XML + "lang") or child.get("lang") or "").lower()[:2]
            concept.languages.add(language)
            for section in child.iter():
                if local(section) in TERMS:
                    add_term(section, language, concept)
        elif name == "descripGrp":
            for inner in child:
                describe(inner, concept)
        else:
            describe(child, concept)
    if concept.definition:
        concept.fields.setdefault("note", concept.definition)


def add_term(section: Any, language: str, concept: Concept) -> None:
    if local(section) == "seg":
        text, status = words(section), PLAIN
    else:
        term = next((e for e in section.iter() if local(e) == "term"), None)
        text = words(term) if term is not None else ""
        status = PLAIN
        for note in section.iter():
            kind, value = note.get("type") or local(note), words(note)
            if kind in ("administrativeStatus", "normativeAuthorization"):
                status = STATUS.get(re.sub("-admn-sts$", "", value), PLAIN)
            elif kind == "partOfSpeech" and language == "fr":
                concept.fields.setdefault("pos", value)
            elif kind in ("note", "definition") and language in ("fr", "en"):
                describe(note, concept)
    if language == "fr":
        concept.french.append(text)
    elif language == "en":
        concept.english.append((status, text))


def describe(element: Any, concept: Concept) -> None:
    """What is said of the concept as a whole, or of one of its terms."""
    kind, text = element.get("type") or local(element), words(element)
    if kind == "subjectField":
        concept.fields.setdefault("domain", text)
    elif kind == "note" and text.startswith(OURS):
        concept.fields |= own(text.removeprefix(OURS))
    elif kind == "note" and local(element) == "note":
        concept.fields.setdefault("note", text)
    elif kind == "definition":
        concept.definition = concept.definition or text


def own(text: str) -> dict[str, str]:
    """The columns in a note of ours; none where somebody else has changed it beyond reading."""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(values, dict):
        return {}
    return {str(key): value for key, value in values.items() if isinstance(value, str)}


def words(element: Any) -> str:
    """The text of an element, without the codes of a TMX segment."""
    if local(element) in CODES:
        return ""
    pieces = [element.text or ""]
    for child in element:
        pieces += [words(child), child.tail or ""]
    return "".join(pieces).strip()


def local(element: Any) -> str:
    """The name of an element without its namespace; raises Refused for an entity."""
    if not isinstance(element.tag, str):
        problem = f"uses the XML entity {element.name!r}; write out the text it stands for"
        raise Refused(element.sourceline or 1, problem)
    return str(element.tag).rpartition("}")[2]


def rows(concept: Concept) -> Iterator[Row]:
    """A row for each French term, and one for its forbidden renderings; raises ValueError."""
    if not concept.french or not concept.english:
        return
    if not all(text for _, text in concept.english):
        raise ValueError("has an empty English term; write one, or delete it")
    ranked = sorted(concept.english, key=lambda pair: pair[0])
    wanted = tuple(text for status, text in ranked if status != FORBIDDEN)
    banned = tuple(text for status, text in ranked if status == FORBIDDEN)
    fields = concept.fields
    for source in concept.french:
        if wanted:
            # A termbase has no other way to say that a term stays.
            told = {"kind": told_kind(source, wanted[0])}
            yield Row(concept.line, source, wanted, told | fields)
        if banned:
            yield Row(concept.line, source, banned, fields | {"kind": "forbidden"})


def own_note(fields: dict[str, str]) -> str:
    """The note that `describe` reads back."""
    return OURS + json.dumps(fields, ensure_ascii=False)
