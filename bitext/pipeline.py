"""One pass, forward: document -> segments -> terms -> engine -> checked units."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice
from typing import TypeVar

from bitext.engines import Engine, Request
from bitext.errors import BitextError
from bitext.glossary import Glossary
from bitext.qa import checked
from bitext.qa.quality import quality
from bitext.segment import split, verbatim_in
from bitext.text import Normalised, Typography, normalise, typeset, typography
from bitext.units import (
    Copied,
    Document,
    Enforcement,
    Hypothesis,
    Link,
    Origin,
    Segment,
    TermMatch,
    TranslationUnit,
)
from bitext.verbatim import code_in, occurrences

T = TypeVar("T")

NOTHING = Glossary(())
# Sentences that an engine is given at once: enough to fill its batches, few enough to hold.
BATCH = 256


def translate(
    document: Document, engine: Engine, glossary: Glossary = NOTHING, *, batch: int = BATCH
) -> Iterator[TranslationUnit]:
    """
    The units of a document, in the order of its text, translated and checked.

    The engine reads the normalised layer; units carry the raw one, and offsets into it.
    """
    for done in translate_all((document,), engine, glossary, batch=batch):
        yield from (unit for _, unit in done)


def translate_all(
    documents: Iterable[Document],
    engine: Engine,
    glossary: Glossary = NOTHING,
    *,
    batch: int = BATCH,
) -> Iterator[list[tuple[int, TranslationUnit]]]:
    """
    The units of several documents, a batch at a time, each with the number of its document.

    Short documents share a batch, so that the engine's are full whatever their lengths.
    """
    for window in windows(prepared(documents, glossary), batch):
        offered = engine.translate(
            [request(e.segment.text, e.layer, e.matches, e.verbatim) for e in window]
        )
        yield [
            (each.number, checked(unit(each, hypotheses[0])))
            for each, hypotheses in zip(window, offered, strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sentence that is ready for an engine, and where it is from; offsets count in its text."""

    number: int
    document: Document
    segment: Segment
    layer: Normalised
    matches: tuple[TermMatch, ...]
    verbatim: tuple[Copied, ...]
    style: Typography


def prepared(documents: Iterable[Document], glossary: Glossary) -> Iterator[Prepared]:
    """Every sentence of the documents, in order; terms are told by the whole document."""
    for number, document in enumerate(documents):
        segments = list(split(document))
        style = typography("".join(document.paragraphs))
        found = glossary.match_all([segment.text for segment in segments])
        stretches = list(verbatim_in(document))
        for segment, matches in zip(segments, found, strict=True):
            copied = tuple(copies(segment, stretches[segment.paragraph]))
            terms, layer = outside(matches, copied), read(segment.text, copied)
            yield Prepared(number, document, segment, layer, terms, copied, style)


def copies(segment: Segment, stretches: Sequence[tuple[int, int]]) -> Iterator[Copied]:
    """Those of the stretches of a paragraph, which are in order, that are in a sentence."""
    for number in range(bisect_left(stretches, (segment.start,)), len(stretches)):
        start, end = stretches[number]
        if end > segment.end:
            break
        here = start - segment.start, end - segment.start
        yield Copied(*here, segment.text[slice(*here)])


def read(text: str, copied: Iterable[Copied]) -> Normalised:
    """A sentence as a network reads it, without the ticks around code; code is as it was."""
    copied = tuple(copied)
    # A tick is no apostrophe, and «`ls -l` pour» no elision.
    masked = list(text)
    for start, end, _ in copied:
        masked[start:end] = "x" * (end - start)
    layer = unmasked(normalise("".join(masked)), text, copied) if copied else normalise(text)
    ticks: set[int] = set()
    for start, end, code in copied:
        ticks.update(range(start, start + len(code) - len(code.lstrip("`"))))
        ticks.update(range(end - len(code) + len(code.rstrip("`")), end))
    if not ticks:
        return layer
    kept = [n for n, start in enumerate(layer.starts) if start not in ticks]
    return Normalised(
        "".join(layer.text[n] for n in kept),
        tuple(layer.starts[n] for n in kept),
        tuple(layer.ends[n] for n in kept),
    )


def unmasked(layer: Normalised, text: str, copied: Iterable[Copied]) -> Normalised:
    """The layer with the stretches to copy in it again, letter by letter."""
    letters = list(layer.text)
    inside = {at for start, end, _ in copied for at in range(start, end)}
    for number, start in enumerate(layer.starts):
        if start in inside:
            letters[number] = " " if text[start].isspace() else text[start]
    return Normalised("".join(letters), layer.starts, layer.ends)


def outside(matches: Iterable[TermMatch], copied: Sequence[Copied]) -> tuple[TermMatch, ...]:
    """The terms that no stretch to copy touches."""
    return tuple(
        match
        for match in matches
        if not any(match.start < one.end and one.start < match.end for one in copied)
    )


def translate_lines(
    lines: Iterable[str], engine: Engine, glossary: Glossary = NOTHING, *, batch: int = BATCH
) -> Iterator[str]:
    """One translation a line, in order, as the lines come; an empty line stays empty."""
    return (text for text, _ in translated_lines(lines, engine, glossary, batch=batch))


def translated_lines(
    lines: Iterable[str], engine: Engine, glossary: Glossary = NOTHING, *, batch: int = BATCH
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The translation of each line, and which of its terms it has not, as `unenforced` says."""
    for window in windows(lines, batch):
        rows = [list(split(Document("-", "fr", (line,)))) for line in window]
        texts = [segment.text for row in rows for segment in row]
        copied = [tuple(Copied(*s, text[slice(*s)]) for s in code_in(text)) for text in texts]
        matches = [outside(*pair) for pair in zip(glossary.match_all(texts), copied, strict=True)]
        layers = [read(*pair) for pair in zip(texts, copied, strict=True)]
        style = typography("\n".join(window))
        offered = engine.translate(
            [request(*each) for each in zip(texts, layers, matches, copied, strict=True)]
        )
        done = iter(
            [
                (worded(best, style, code), tuple(unenforced(terms, best.enforcement)))
                for [best, *_], code, terms in zip(offered, copied, matches, strict=True)
            ]
        )
        for row in rows:
            own = [next(done) for _ in row]
            yield " ".join(text for text, _ in own), tuple(t for _, told in own for t in told)


def unenforced(terms: Iterable[TermMatch], report: Iterable[Enforcement]) -> Iterator[str]:
    """Which terms a translation has not as the glossary asks, and why."""
    for match, made in zip(terms, report, strict=False):
        if made.outcome == "unenforced":
            yield f"{match.entry.source}: {made.reason}"


def worded(hypothesis: Hypothesis, style: Typography, verbatim: Iterable[Copied] = ()) -> str:
    """The text in the typography of the document; what people wrote stays, and what is copied."""
    text = hypothesis.text
    if hypothesis.origin == "tm":
        return text
    sizes = {each.text: len(each.text) for each in verbatim}
    code = [(at, size) for copied, size in sizes.items() for at in occurrences(copied, text)]
    # What is in it opens and closes no quotation.
    masked = list(text)
    for at, size in code:
        masked[at : at + size] = "x" * size
    done = list(typeset("".join(masked), style))
    for at, size in code:
        done[at : at + size] = text[at : at + size]
    return "".join(done)


def rematch(
    units: Iterable[TranslationUnit], glossary: Glossary, *, batch: int = BATCH
) -> Iterator[TranslationUnit]:
    """The units with the terms of this glossary in place of those they bring with them."""
    rest = iter(units)
    while some := list(islice(rest, batch)):
        found = glossary.match_all([each.source for each in some])
        for each, matches in zip(some, found, strict=True):
            yield replace(each, matches=matches, enforcement=())


def windows(lines: Iterable[T], size: int) -> Iterator[list[T]]:
    """
    Up to `size` lines (or what else comes) at a time.

    Should reading them fail, those read before are still given first.
    """
    source = iter(lines)
    window: list[T] = []
    try:
        for line in source:
            window.append(line)
            if len(window) == size:
                full, window = window, []
                yield full
    except BitextError:
        if window:
            yield window
        raise
    if window:
        yield window


def request(
    raw: str, layer: Normalised, matches: Iterable[TermMatch], copied: Iterable[Copied] = ()
) -> Request:
    """A sentence as an engine reads it."""
    verbatim = [Copied(*layer.from_raw(start, end), text) for start, end, text in copied]
    return Request(
        layer.text,
        terms=tuple(normal_match(layer, match) for match in matches),
        verbatim=tuple(one for one in verbatim if one.start < one.end),
        raw=raw,
    )


def normal_match(layer: Normalised, match: TermMatch) -> TermMatch:
    """The match with its offsets in the normalised layer."""
    start, end = layer.from_raw(match.start, match.end)
    return replace(match, start=start, end=end)


def unit(each: Prepared, hypothesis: Hypothesis) -> TranslationUnit:
    document, segment, style = each.document, each.segment, each.style
    target = worded(hypothesis, style, each.verbatim)
    # typeset changes no offset, so spans and links hold; only the texts quoted are set anew.
    enforcement = tuple(
        replace(
            e,
            found=target[e.start : e.end] if e.start >= 0 else "",
            before=typeset(e.before, style),
        )
        for e in hypothesis.enforcement
    )
    return TranslationUnit(
        id=key(document, segment),
        document=document.name,
        paragraph=segment.paragraph,
        start=segment.start,
        end=segment.end,
        source=segment.text,
        target=target,
        origin=origin(hypothesis),
        score=None if hypothesis.score is None else round(hypothesis.score, 4),
        matches=each.matches,
        enforcement=enforcement,
        links=tuple(raw_link(each.layer, link) for link in hypothesis.links),
        tm=hypothesis.tm,
        quality=quality(segment.text, target, hypothesis.score),
    )


def origin(hypothesis: Hypothesis) -> Origin:
    return "copy" if hypothesis.score is None and hypothesis.origin == "mt" else hypothesis.origin


def raw_link(layer: Normalised, link: Link) -> Link:
    return Link(*layer.to_raw(link.source_start, link.source_end), *link[2:])


def key(document: Document, segment: Segment) -> str:
    """Name a unit by where it stands and what it says, so that a later run knows it again."""
    digest = sha256(segment.text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return f"{document.name}:{segment.paragraph}:{segment.start}:{digest}"


def render(document: Document, units: Sequence[TranslationUnit]) -> str:
    """
    The translated text: every sentence in its place, paragraphs and line ends as they were.

    What was dropped is left out; a paragraph of which nothing is left goes with its line end.
    """
    by_paragraph: dict[int, list[TranslationUnit]] = {}
    for each in units:
        by_paragraph.setdefault(each.paragraph, []).append(each)
    dropped = {drop.paragraph for drop in document.drops}
    out = []
    for number, paragraph in enumerate(document.paragraphs):
        own = by_paragraph.get(number, [])
        if not own and number in dropped:
            continue
        out.append(filled(paragraph, own))
    return re.sub(r"\A\s+", "", "".join(out))


def filled(paragraph: str, units: Sequence[TranslationUnit]) -> str:
    """A paragraph with its sentences replaced, joined as they were joined."""
    if not units:
        return paragraph
    parts: list[str] = []
    at = units[0].start
    for each in units:
        between = paragraph[at : each.start]
        parts += [between if between.isspace() or not parts else " ", each.target]
        at = each.end
    tail = paragraph[len(paragraph.rstrip()) :]
    return "".join(parts) + tail
