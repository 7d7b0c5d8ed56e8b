"""What the service does, apart from HTTP: texts in, texts out."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bitext import ingest, pipeline
from bitext.engines import Engine
from bitext.glossary import Glossary
from bitext.pairing import pair
from bitext.qa import checked
from bitext.serve.models import (
    AlignedPair,
    AlignRequest,
    AlignResponse,
    Flag,
    Pair,
    Term,
    TermReport,
)
from bitext.units import TermEntry, TranslationUnit


@dataclass(frozen=True, slots=True)
class Translated:
    """A text, and what became of the terms in it."""

    text: str
    terms: list[TermReport]


def translate(texts: Sequence[str], engine: Engine, glossary: Glossary) -> list[Translated]:
    """The texts, each in its own paragraphs; what is blank stays as it is."""
    documents = [ingest.parse(text, str(n), clean=False) for n, text in enumerate(texts)]
    units: list[list[TranslationUnit]] = [[] for _ in texts]
    for batch in pipeline.translate_all(documents, engine, glossary):
        for number, unit in batch:
            units[number].append(unit)
    result = []
    for text, document, own in zip(texts, documents, units, strict=True):
        # `render` makes a page of its own, which begins with a word.
        before = text[: len(text) - len(text.lstrip())]
        rendered = before + pipeline.render(document, own) if own else text
        result.append(Translated(rendered, [row for unit in own for row in reports(unit)]))
    return result


def reports(unit: TranslationUnit) -> list[TermReport]:
    return [
        TermReport(
            source=unit.source[match.start : match.end],
            required=match.required,
            outcome=done.outcome,
            found=done.found,
            reason=done.reason,
        )
        for match, done in zip(unit.matches, unit.enforcement, strict=False)
    ]


def check(pair: Pair, glossary: Glossary) -> list[Flag]:
    """What the checks find in a sentence and its translation."""
    unit = TranslationUnit(
        id="pair:0:0:00000000",
        document="pair",
        paragraph=0,
        start=0,
        end=len(pair.source),
        source=pair.source,
        target=pair.target,
        origin="human",
        matches=glossary.match(pair.source),
    )
    return [
        Flag(
            check=issue.check,
            severity=issue.severity,
            message=issue.message,
            category=issue.category,
            source_spans=list(issue.source_spans),
            target_spans=list(issue.target_spans),
        )
        for issue in checked(unit).issues or ()
    ]


def align(asked: AlignRequest, engine: Engine, glossary: Glossary) -> AlignResponse:
    """The two texts, sentence by sentence."""
    sides = [
        replace(ingest.parse(text, name, clean=False), lang=lang)
        for text, name, lang in ((asked.french, "french", "fr"), (asked.english, "english", "en"))
    ]
    paired = pair(sides[0], sides[1], engine, glossary)
    pairs = [
        AlignedPair(
            source=unit.source,
            target=unit.target,
            kind=unit.pairing.kind,
            confidence=round(unit.pairing.confidence, 3),
        )
        for unit in paired.units
        if unit.pairing
    ]
    return AlignResponse(pairs=pairs, doubts=list(paired.doubts))


def glossary_of(terms: Sequence[Term]) -> Glossary:
    return Glossary(
        TermEntry(term.source, term.target, "dnt" if term.source == term.target else "term")
        for term in terms
        if any(map(str.isalnum, term.source))
    )
