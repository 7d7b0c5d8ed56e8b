"""
TMX 1.4, the translation memory that every CAT tool reads: plain text, one <tu> per unit.

Follows the TMX 1.4b specification, level 1, and what OmegaT makes of it: the source is there
character for character, no attribute depends on the clock, and nothing is pretty-printed in <seg>.
Reading takes what other tools write: versions 1.1 to 1.4, levels 1 and 2, any encoding and region.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import BinaryIO
from xml.etree.ElementTree import Element

from bitext.errors import InputError
from bitext.formats import tables, tmx_header, tmx_tu
from bitext.formats.findings import Finding, Report, unheard
from bitext.formats.languages import fault, primary
from bitext.formats.markup import NOT_XML, XML_LANG, elements, escaped, legal, quoted, text_of
from bitext.formats.places import restored
from bitext.formats.tmx_header import Header
from bitext.formats.wording import terms
from bitext.units import TranslationUnit

# What OmegaT takes off the ends of a segment; it leaves figure and narrow no-break spaces there.
EDGES = "".join(c for c in map(chr, range(0x3001)) if c.isspace() and c not in "\x85\u2007\u202f")
HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<tmx version="1.4">
{}
<body>"""
FOOTER = "\n</body>\n</tmx>"
# What our props and the note say.
FACTS = ("document", "origin", "status", "score", "comment")
# <hi> marks text and holds text; what the other elements hold is code.
AROUND = ("hi",)


def write(
    units: Iterable[TranslationUnit],
    file: BinaryIO,
    *,
    signature: str,
    source_lang: str = "fr",
    target_lang: str = "en",
    header: Header | None = None,
) -> None:
    """Write the units that are `writable`, as they come; `header` is that of the only source."""
    head = HEAD.format(tmx_header.written(header, source_lang, signature))
    file.write(head.encode())
    for unit in filter(writable, units):
        text = resumed(unit, source_lang, target_lang) if unit.tu else ""
        file.write((text or element(unit, quoted(source_lang), quoted(target_lang))).encode())
    file.write(FOOTER.encode())


def writable(unit: TranslationUnit) -> bool:
    """False if a side is blank: OmegaT would insert the blank as a translation."""
    return bool(unit.source.strip() and unit.target.strip())


def losses(unit: TranslationUnit) -> Iterator[str]:
    """What of a unit does not come back."""
    if not writable(unit):
        yield "left out: a side is blank"
        return
    if any(text != text.strip(EDGES) for text in (unit.source, unit.target)):
        yield "white space at the ends is taken off"
    if any(NOT_XML.search(t) for t in tables.texts(unit)):
        yield "characters that XML cannot hold become U+FFFD"


def element(unit: TranslationUnit, source_lang: str, target_lang: str) -> str:
    """The unit as a <tu>; the languages come in quotes."""
    # Written as text: this is the inner loop, and building the elements takes twice as long.
    props = f"<note>{escaped(unit.comment)}</note>" if unit.comment else ""
    props += "".join(prop(*each) for each in props_of(unit))
    return (
        f"\n<tu tuid={quoted(unit.id)}>{props}"
        f"<tuv xml:lang={source_lang}><seg>{escaped(unit.source.strip(EDGES))}</seg></tuv>"
        f"<tuv xml:lang={target_lang}><seg>{escaped(unit.target.strip(EDGES))}</seg></tuv></tu>"
    )


def props_of(unit: TranslationUnit) -> Iterator[tuple[str, str]]:
    """What our props say of a unit."""
    yield "x-document", unit.document
    yield "x-origin", unit.origin
    yield "x-status", unit.status
    if unit.score is not None:
        yield "x-score", f"{unit.score:.4f}"
    for term in terms(unit) if unit.matches else ():
        yield "x-term", term


def resumed(unit: TranslationUnit, source_lang: str, target_lang: str) -> str:
    """The <tu> that a unit was read from, with what has changed since; "" if it is none."""
    tu = tmx_tu.parsed(unit.tu)
    if tu is None:
        return ""
    texts, _ = variants(tu)
    codes = {primary(code): code for code in (source_lang, target_lang)}
    if not codes.keys() <= texts.keys():
        return ""
    sides = zip(codes, (unit.source, unit.target), strict=True)
    for lang, text in sides:
        same = texts[lang] == legal(text.strip(EDGES))
        tmx_tu.set_segment(tu, lang, "" if same else text.strip(EDGES), codes[lang])
    before = restored(unit.id, "", "", facts(tu), document=unit.document)
    if any(getattr(before, name) != getattr(unit, name) for name in FACTS) or unit.matches:
        tmx_tu.set_facts(tu, list(props_of(unit)), unit.comment)
    return f"\n{tmx_tu.identified(tu, unit)}"


def prop(kind: str, text: str) -> str:
    return f'<prop type="{kind}">{escaped(text)}</prop>'


def read(
    file: BinaryIO,
    *,
    name: str = "<tmx>",
    report: Report = unheard,
    source_lang: str = "fr",
    target_lang: str = "en",
    whole: bool = False,
) -> Iterator[TranslationUnit]:
    """
    Yield a unit for each <tu> that holds both languages, whatever their regions (fr-CA, EN_GB).

    Of several variants in one language the first counts. What is not in the file reads as
    people's work: origin "human". With `whole`, units keep what else their <tu> says; where that
    has inline codes they do so in any case. Raises InputError, also if no <tu> holds both
    languages.
    """
    langs = primary(source_lang), primary(target_lang)
    seen: set[str] = set()
    found = False
    tus = elements(file, name, kind="a TMX", root="tmx", whole={"tu"})
    for number, (tu, line) in enumerate(tus, 1):
        tuid = tu.get("tuid") or f"{PurePath(name).name}:{number}"
        texts, problems = variants(tu)
        seen.update(texts if not found else ())
        if not all(lang in texts for lang in langs):
            problems.append(f"left out: has no segment in {' and in '.join(missing(texts, langs))}")
        elif not all(texts[lang].strip() for lang in langs):
            found = True
            problems.append("left out: a segment is empty")
        else:
            found = True
            unit = restored(tuid, texts[langs[0]], texts[langs[1]], facts(tu), document=name)
            coded = any(len(seg) for seg in tu.iterfind("tuv/seg"))
            yield replace(unit, tu=tmx_tu.kept(tu)) if whole or coded else unit
        for problem in problems:
            report(Finding(name, line, tuid, problem))
    if seen and not found:
        there = ", ".join(sorted(seen))
        problem = f"no unit has both {langs[0]} and {langs[1]}; its languages are {there}"
        raise InputError(name, problem)


# For whom a unit is all that there is of its <tu>: who reads so writes it again as it was.
read_whole = partial(read, whole=True)


def facts(tu: Element) -> dict[str, str]:
    """What the props of ours say, without their "x-", and the first note."""
    found: dict[str, str] = {}
    for child in tu:
        if child.tag == "prop":
            kind = child.get("type", "")
            if kind.startswith("x-"):
                found[kind[2:]] = child.text or ""
        elif child.tag == "note":
            found.setdefault("comment", child.text or "")
    return found


def missing(texts: dict[str, str], langs: tuple[str, str]) -> list[str]:
    return [lang for lang in langs if lang not in texts]


def variants(tu: Element) -> tuple[dict[str, str], list[str]]:
    """The text of each language, and what is odd; the first variant of a language wins."""
    texts: dict[str, str] = {}
    problems: list[str] = []
    for tuv in tu:
        if tuv.tag != "tuv":
            continue
        code = tuv.get(XML_LANG) or tuv.get("lang") or ""  # lang: TMX 1.1
        if problem := fault(code):
            problems.append(problem)
        seg, lang = tuv.find("seg"), primary(code)
        if lang in texts:
            problems.append(f"has two segments in {lang}; the first counts")
        elif seg is not None:
            texts[lang] = text_of(seg, AROUND).strip(EDGES)
    return texts, problems
