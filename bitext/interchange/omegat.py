"""
An OmegaT project, ready to open: sources cut as ours are, memories, glossary, segmentation rules.

What people answer for lies in tm/auto, and OmegaT puts it into the translation by itself; what a
machine made lies in tm/mt, from where it is offered and marked as such. Rejected translations are
in neither. Follows OmegaT's manual (3.6 to 6.0), "Project folders".
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path, PurePosixPath

from bitext.atomic import whole
from bitext.formats import srx, tmx
from bitext.formats.languages import primary
from bitext.formats.markup import escaped, legal
from bitext.interchange.selecting import Tally, approved
from bitext.units import TranslationUnit

FOLDERS = ("source", "target", "tm/auto", "tm/mt", "glossary", "dictionary", "omegat")
PROJECT = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat><project version="1.0">
<source_dir>__DEFAULT__</source_dir><target_dir>__DEFAULT__</target_dir>
<tm_dir>__DEFAULT__</tm_dir><glossary_dir>__DEFAULT__</glossary_dir>
<glossary_file>__DEFAULT__</glossary_file><dictionary_dir>__DEFAULT__</dictionary_dir>
<source_lang>{source}</source_lang><target_lang>{target}</target_lang>
<source_tok>org.omegat.tokenizer.{source_tokenizer}</source_tok>
<target_tok>org.omegat.tokenizer.{target_tokenizer}</target_tok>
<sentence_seg>false</sentence_seg>
<support_default_translations>true</support_default_translations>
<remove_tags>false</remove_tags>
</project></omegat>
"""
TOKENIZERS = {"fr": "LuceneFrenchTokenizer", "en": "LuceneEnglishTokenizer"}
# OmegaT's filter for text takes a paragraph for a segment, and a blank line for the end of one.
BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)")
UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\/\ud800-\udfff\ufffe\uffff]|^[. ]+|[. ]+$')
LONGEST_NAME = 100  # characters; a file system takes 255 bytes


def write(
    units: Iterable[TranslationUnit],
    folder: Path,
    tally: Tally,
    signature: str,
    source_lang: str,
    target_lang: str,
) -> None:
    """Make the project in a folder; `units` are gone through several times."""
    for each in FOLDERS:
        (folder / each).mkdir(parents=True, exist_ok=True)
    with whole(folder / "omegat.project") as file:
        file.write(project(source_lang, target_lang).encode())
    with whole(folder / "omegat" / "segmentation.srx") as file:
        srx.write(file, lang=source_lang)
    write_sources(units, folder / "source", tally)
    for path, chosen in (("tm/auto/approved.tmx", is_approved), ("tm/mt/mt.tmx", is_machine)):
        with whole(folder / path) as file:
            tmx.write(
                filter(chosen, units),
                file,
                signature=signature,
                source_lang=source_lang,
                target_lang=target_lang,
            )
    with whole(folder / "glossary" / "terms.utf8") as file:
        file.writelines(f"{line}\n".encode() for line in glossary(units))
    tally.files.append(str(folder))


def is_approved(unit: TranslationUnit) -> bool:
    return approved(unit)


def is_machine(unit: TranslationUnit) -> bool:
    return not approved(unit) and unit.status != "rejected"


def project(source_lang: str, target_lang: str) -> str:
    default = "DefaultTokenizer"
    return PROJECT.format(
        source=escaped(source_lang.upper()),
        target=escaped(target_lang.upper()),
        source_tokenizer=TOKENIZERS.get(primary(source_lang), default),
        target_tokenizer=TOKENIZERS.get(primary(target_lang), default),
    )


def write_sources(units: Iterable[TranslationUnit], folder: Path, tally: Tally) -> None:
    """A file for each document, with a blank line after each segment."""
    names: dict[str, str] = {}
    taken: dict[str, int] = {}
    for document, inside in groupby(units, key=lambda unit: unit.document):
        if document not in names:
            names[document] = unique(safe(document), taken)
            with whole(folder / names[document]) as file:
                file.writelines(segments(inside, tally))
        else:  # other documents stood in between
            with (folder / names[document]).open("ab") as more:
                more.writelines(segments(inside, tally))


def segments(units: Iterable[TranslationUnit], tally: Tally) -> Iterator[bytes]:
    for unit in units:
        text = legal(unit.source.strip(tmx.EDGES))
        if not text:
            tally.lose(unit, "left out: the source is blank")
            continue
        for what in losses(unit):
            tally.lose(unit, what)
        tally.written += 1
        yield f"{text}\n\n".encode()


def losses(unit: TranslationUnit) -> Iterator[str]:
    """What of a unit does not come back from the project."""
    if BLANK_LINE.search(unit.source):
        yield "OmegaT cuts a segment at a blank line in it"
    if not unit.target.strip():
        yield "has no translation, and is in no memory"
    elif unit.status == "rejected":
        yield "is rejected, and in no memory"


def safe(document: str) -> str:
    """
    The name of a document's file, which stays in the folder of sources whatever it is called.

    The ending is the one for which OmegaT takes a text to be UTF-8 on every system.

    >>> safe("../../etc/passwd"), safe("2021/é.txt"), safe("")
    ('etc-passwd.utf8', '2021-é.txt.utf8', 'text.utf8')
    """
    parts = [part for part in PurePosixPath(document).parts if part.strip("./\\ ")]
    cleaned = (UNSAFE.sub("_", part) for part in parts)
    return f"{'-'.join(cleaned)[-LONGEST_NAME:].lstrip('. ') or 'text'}.utf8"


def unique(name: str, taken: dict[str, int]) -> str:
    """
    A name that none of the former has; `taken` holds them, and how often each was asked for.

    >>> taken = {}
    >>> [unique(name, taken) for name in ("a.utf8", "a-2.utf8", "A.utf8", "a.utf8")]
    ['a.utf8', 'a-2.utf8', 'A-3.utf8', 'a-4.utf8']
    """
    stem, _, suffix = name.rpartition(".")
    # Some file systems take a and A for the same.
    asked = name.lower()
    new = name
    while new.lower() in taken:
        taken[asked] += 1
        new = f"{stem}-{taken[asked]}.{suffix}"
    taken[new.lower()] = 1
    return new


def glossary(units: Iterable[TranslationUnit]) -> Iterator[str]:
    """Each term that the units ask for, once: source, target and note between tabs."""
    seen: set[tuple[str, str]] = set()
    for unit in units:
        for match in unit.matches:
            entry = match.entry
            pair = entry.source, entry.source if entry.kind == "dnt" else entry.target
            if entry.kind != "forbidden" and pair not in seen:
                seen.add(pair)
                yield "\t".join(" ".join(legal(t).split()) for t in (*pair, entry.note))
