"""
TMX 1.4, the translation memory that every CAT tool reads: plain text, one <tu> per unit.

Follows the TMX 1.4b specification, level 1, and what OmegaT makes of it: the source is there
character for character, no attribute depends on the clock, and nothing is pretty-printed in <seg>.
Reading takes what other tools write: versions 1.1 to 1.4, UTF-8 or UTF-16, any region, inline
codes.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any, BinaryIO, cast, get_args
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from lxml import etree

from bitext.errors import InputError
from bitext.formats.places import place
from bitext.units import Enforcement, Origin, Status, TermMatch, TranslationUnit

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What OmegaT takes off the ends of a segment; it leaves figure and narrow no-break spaces there.
EDGES = "".join(c for c in map(chr, range(0x3001)) if c.isspace() and c not in "\x85\u2007\u202f")
CHUNK = 1 << 16
LONGEST_TAG = 10_000_000  # bytes, as in libxml2; expat before 2.6 is quadratic in a tag's length
DEEPEST = 100  # elements within one <tu>


def write(
    units: Iterable[TranslationUnit],
    file: BinaryIO,
    *,
    signature: str,
    source_lang: str = "fr",
    target_lang: str = "en",
) -> None:
    """Write the units that are `writable`, as they come."""
    with etree.xmlfile(file, encoding="UTF-8") as out:
        out.write_declaration()
        with out.element("tmx", version="1.4"):
            out.write("\n", header(signature, source_lang), "\n")
            with out.element("body"):
                for unit in filter(writable, units):
                    out.write("\n", element(unit, source_lang, target_lang))
                out.write("\n")
            out.write("\n")


def writable(unit: TranslationUnit) -> bool:
    """False if a side is blank: OmegaT would insert the blank as a translation."""
    return bool(unit.source.strip() and unit.target.strip())


def header(signature: str, source_lang: str) -> Any:
    from bitext import __version__

    head = etree.Element(
        "header",
        {
            "creationtool": "bitext",
            "creationtoolversion": __version__,
            "segtype": "sentence",
            "o-tmf": "bitext",
            "adminlang": "en",
            "srclang": source_lang,
            "datatype": "plaintext",
        },
    )
    add_prop(head, "x-signature", signature)
    return head


def element(unit: TranslationUnit, source_lang: str, target_lang: str) -> Any:
    """The unit as a <tu>."""
    # Built whole: etree.xmlfile writes an xml:lang attribute under a made-up prefix.
    tu = etree.Element("tu", tuid=legal(unit.id))
    add_prop(tu, "x-document", unit.document)
    add_prop(tu, "x-origin", unit.origin)
    add_prop(tu, "x-status", unit.status)
    if unit.score is not None:
        add_prop(tu, "x-score", f"{unit.score:.4f}")
    for match, enforcement in zip_longest(unit.matches, unit.enforcement[: len(unit.matches)]):
        add_prop(tu, "x-term", term(match, enforcement))
    for lang, text in ((source_lang, unit.source), (target_lang, unit.target)):
        tuv = etree.SubElement(tu, "tuv", {XML_LANG: lang})
        etree.SubElement(tuv, "seg").text = legal(text.strip(EDGES))
    return tu


def term(match: TermMatch, enforcement: Enforcement | None) -> str:
    """
    A term and what became of it, for people to read.

    >>> from bitext.units import TermEntry
    >>> entry = TermEntry("avocat", "lawyer")
    >>> term(TermMatch(entry, 0, 7, "lawyers"), Enforcement("right", how="plain"))
    'avocat → lawyers: right (plain)'
    """
    text = f"{match.entry.source} → {match.required}"
    if enforcement is not None:
        text += f": {enforcement.outcome}"
        text += f" ({enforcement.how})" if enforcement.how else ""
    return text


def add_prop(parent: Any, kind: str, text: str) -> None:
    etree.SubElement(parent, "prop", type=kind).text = legal(text)


def legal(text: str) -> str:
    """The text with U+FFFD for each character that XML 1.0 cannot hold."""
    return NOT_XML.sub("\ufffd", text)


def read(
    file: BinaryIO, *, name: str = "<tmx>", source_lang: str = "fr", target_lang: str = "en"
) -> Iterator[TranslationUnit]:
    """
    Yield a unit for each <tu> that holds both languages, whatever their regions (fr-CA, EN_GB).

    Of several variants in one language the first counts. What is not in the file reads as
    people's work: origin "human". Raises InputError, also if no <tu> holds both languages.
    """
    source_lang, target_lang = primary(source_lang), primary(target_lang)
    seen: set[str] = set()
    found = False
    for number, tu in enumerate(elements(file, name), 1):
        texts = variants(tu)
        if source_lang in texts and target_lang in texts:
            found = True
            tuid = tu.get("tuid") or f"{name}:{number}"
            yield unit_of(tu, tuid, name, texts[source_lang], texts[target_lang])
        elif not found:
            seen.update(texts)
    if seen and not found:
        there = ", ".join(sorted(seen))
        problem = f"no unit has both {source_lang} and {target_lang}; its languages are {there}"
        raise InputError(name, problem)


def unit_of(tu: Element, tuid: str, name: str, source: str, target: str) -> TranslationUnit:
    props = {prop.get("type"): prop.text or "" for prop in tu.iterfind("prop")}
    paragraph, start, end = place(tuid, source)
    origin, status = props.get("x-origin"), props.get("x-status")
    return TranslationUnit(
        id=tuid,
        document=props.get("x-document", name),
        paragraph=paragraph,
        start=start,
        end=end,
        source=source,
        target=target,
        origin=cast(Origin, origin) if origin in get_args(Origin) else "human",
        status=cast(Status, status) if status in get_args(Status) else "untouched",
        score=score(props.get("x-score", "")),
    )


def score(text: str) -> float | None:
    # Other tools may keep something of their own in a prop of this name.
    try:
        return float(text)
    except ValueError:
        return None


def variants(tu: Element) -> dict[str, str]:
    """The text of each language; the first variant of a language wins."""
    texts: dict[str, str] = {}
    for tuv in tu.iterfind("tuv"):
        seg = tuv.find("seg")
        if seg is not None:
            lang = primary(tuv.get("xml:lang") or tuv.get("lang") or "")  # lang: TMX 1.1
            texts.setdefault(lang, plain(seg))
    return texts


def primary(lang: str) -> str:
    """
    The language without its region.

    >>> primary("EN_gb")
    'en'
    """
    return re.split("[-_]", lang.lower())[0]


def plain(seg: Element) -> str:
    # NUL cannot stand in XML, so it can mark where a text within a code begins and ends.
    return re.sub(r"\s*\0\s*", " ", inline(seg)).strip(EDGES)


def inline(parent: Element) -> str:
    """Text without the codes in it; what a code says in <sub> (a footnote, a title) is text."""
    text = parent.text or ""
    for child in parent:
        if child.tag == "hi":
            text += inline(child)
        else:
            text += "".join(f"\0{inline(sub)}\0" for sub in child.iterfind("sub"))
        text += child.tail or ""
    return text


def elements(file: BinaryIO, name: str) -> Iterator[Element]:
    """Each <tu> as soon as it is whole; raises InputError."""
    tags = Tags(name)
    fed = 0
    try:
        while chunk := file.read(CHUNK):
            tags.parser.Parse(chunk, False)
            yield from tags.finished()
            fed += len(chunk)
            if fed - tags.parser.CurrentByteIndex > LONGEST_TAG:
                raise tags.refusal("a single tag or comment goes on for more than 10 MB")
        tags.parser.Parse(b"", True)
        yield from tags.finished()
    except expat.ExpatError as error:
        problem = f"not well-formed XML ({expat.errors.messages[error.code]}); export it anew"
        raise InputError(name, problem, line=error.lineno) from error
    except (ValueError, LookupError) as error:  # from Python's codecs, for the declared encoding
        raise InputError(name, f"encoding not read ({error}); save it as UTF-8", line=1) from error


class Tags:
    """What expat calls. expat fetches nothing, and a declared entity ends the reading at once."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.tus: list[Element] = []
        self.builder: TreeBuilder | None = None
        self.depth = 0
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.root
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.EntityDeclHandler = self.entity
        self.parser.SkippedEntityHandler = self.entity

    def finished(self) -> list[Element]:
        tus, self.tus = self.tus, []
        return tus

    def refusal(self, problem: str) -> InputError:
        return InputError(self.name, problem, line=self.parser.CurrentLineNumber)

    def root(self, tag: str, attributes: dict[str, str]) -> None:
        if tag != "tmx":
            raise self.refusal(f"<{tag}> where <tmx> should be; is this a TMX file?")
        self.parser.StartElementHandler = self.start

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "tu":
            self.builder, self.depth = TreeBuilder(), 0
        if self.builder is not None:
            self.depth += 1
            if self.depth > DEEPEST:
                raise self.refusal(f"elements are nested more than {DEEPEST} deep")
            self.builder.start(tag, attributes)

    def text(self, text: str) -> None:
        if self.builder is not None:
            self.builder.data(text)

    def end(self, tag: str) -> None:
        if self.builder is not None:
            self.depth -= 1
            self.builder.end(tag)
            if tag == "tu":
                self.tus.append(self.builder.close())
                self.builder = None

    def entity(self, entity: str, *_: object) -> None:
        raise self.refusal(f"uses the XML entity {entity!r}; write out the text it stands for")
