"""Find for each snippet what the system made of its source."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from bitext.score.matching import Asked, Offered, matched
from bitext.score.metrics import Row
from bitext.score.snippets import Snippet, file_name, looks_french, solid
from bitext.score.windows import best_window
from bitext.units import TranslationUnit

Kind = Literal["sentence", "passage", "part", "aligned", "unaligned"]
FRENCH = "the reference looks French"
ABSENT, SOURCELESS = "the source is not there", "the snippet has no source text"


@dataclass(frozen=True, slots=True)
class Joined:
    """
    A snippet with its hypothesis.

    Its source is a unit ("sentence"), several in a row ("passage") or less than one ("part",
    whose hypothesis is the best-matching words of the unit's target). A snippet whose source is
    told otherwise, or not at all, is "aligned" with units that resemble it and nothing else does.
    Else it is "unaligned", for the `reason` given, and has no hypothesis. `document` is that of
    the units, by its full name; a snippet may tell another, or none.
    """

    snippet: Snippet
    kind: Kind
    unit_ids: tuple[str, ...] = ()
    hypothesis: str = ""
    reason: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a snippet's source stands: units[first:last] of a paragraph, whole or a part of one."""

    paragraph: "Paragraph"
    first: int
    last: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The units of a paragraph as one text, and where in it each stands."""

    units: tuple[TranslationUnit, ...]
    text: str
    spans: tuple[tuple[int, int], ...]

    def places(self, source: str) -> Iterator[Place]:
        """Every place where the source stands, overlapping ones too."""
        at = self.text.find(source)
        while at >= 0:
            end = at + len(source)
            inside = [n for n, (a, b) in enumerate(self.spans) if a < end and at < b]
            first, last = inside[0], inside[-1] + 1
            whole = (self.spans[first][0], self.spans[last - 1][1]) == (at, end)
            yield Place(self, first, last, whole)
            at = self.text.find(source, at + 1)


def row_of(joined: Joined) -> Row:
    """What is scored of it."""
    return Row(joined.hypothesis, joined.snippet.reference, joined.document)


def join(units: Iterable[TranslationUnit], snippets: Iterable[Snippet]) -> list[Joined]:
    """Join snippets and units by id, by the source text of a document, or else by likeness."""
    every = list(units)
    by_id = {unit.id: unit for unit in every}
    documents = paragraphs(every)
    found = [placed(snippet, by_id, documents) for snippet in snippets]
    return resembling(found, documents)


def placed(
    snippet: Snippet,
    by_id: Mapping[str, TranslationUnit],
    documents: Mapping[str, list["Paragraph"]],
) -> Joined:
    if looks_french(snippet.reference):
        return unaligned(snippet, FRENCH)
    return identified(snippet, by_id) if snippet.id else joined(snippet, documents)


def identified(snippet: Snippet, by_id: Mapping[str, TranslationUnit]) -> Joined:
    unit = by_id.get(snippet.id)
    if unit is None:
        return unaligned(snippet, f"no unit called {snippet.id}")
    return Joined(snippet, "sentence", (unit.id,), unit.target, document=unit.document)


def resembling(found: Sequence[Joined], documents: Mapping[str, list["Paragraph"]]) -> list[Joined]:
    """Align what has no place with the units that nothing was joined with, document by document."""
    result = list(found)
    taken = {unit_id for row in found for unit_id in row.unit_ids}
    lost: dict[str, list[int]] = {}
    for number, row in enumerate(found):
        if row.reason in (ABSENT, SOURCELESS):
            lost.setdefault(named(row.snippet, documents), []).append(number)
    # By its full name first: what a file name alone asks for may be any of several documents.
    for name, numbers in sorted(lost.items(), key=lambda item: item[0] == file_name(item[0])):
        units = [u for p in documents.get(name, ()) for u in p.units if u.id not in taken]
        asked = [
            Asked(solid(r.snippet.source), r.snippet.reference)
            for r in map(result.__getitem__, numbers)
        ]
        offered = [Offered(solid(unit.source), unit.target) for unit in units]
        for number, match in zip(numbers, matched(asked, offered), strict=True):
            snippet = result[number].snippet
            if isinstance(match, str):
                result[number] = unaligned(snippet, f"{result[number].reason}; {match}")
            else:
                ids = tuple(units[at].id for at in match)
                taken.update(ids)
                hypothesis = " ".join(units[at].target for at in match)
                home = units[match[0]].document
                result[number] = Joined(snippet, "aligned", ids, hypothesis, document=home)
    return result


def paragraphs(units: Iterable[TranslationUnit]) -> dict[str, list[Paragraph]]:
    """The paragraphs of each document, by its full name; and by a file name those of all such."""
    ordered = sorted(units, key=lambda u: (u.document, u.paragraph, u.start))
    full: dict[str, list[Paragraph]] = {}
    short: dict[str, list[Paragraph]] = {}
    for (name, _), group in groupby(ordered, lambda u: (u.document, u.paragraph)):
        found = paragraph(tuple(group))
        full.setdefault(name, []).append(found)
        short.setdefault(file_name(name), []).append(found)
    return short | full


def named(snippet: Snippet, documents: Container[str]) -> str:
    """What a snippet's document is called among these: by its full name, else its file name."""
    whole = snippet.document.strip()
    return whole if whole in documents else file_name(whole)


def paragraph(units: tuple[TranslationUnit, ...]) -> Paragraph:
    text, spans = "", []
    for before, unit in zip((None, *units), units, strict=False):
        # Two sentences may touch in the source ("Interdiction de Trump:Le président…").
        text += "" if before is None or before.end == unit.start else " "
        spans.append((len(text), len(text) + len(solid(unit.source))))
        text += solid(unit.source)
    return Paragraph(units, text, tuple(spans))


def joined(snippet: Snippet, documents: Mapping[str, list[Paragraph]]) -> Joined:
    name = named(snippet, documents)
    if name not in documents:
        return unaligned(snippet, f"no document called {name}")
    source = solid(snippet.source)
    if not source:
        return unaligned(snippet, SOURCELESS)
    found = [p for par in documents[name] for p in par.places(source)]
    # A heading may come again within a sentence: the whole unit is meant.
    places = [place for place in found if place.whole] or found
    if len(places) != 1:
        reason = f"the source stands in {len(places)} places" if places else ABSENT
        return unaligned(snippet, reason)
    [place] = places
    if not place.whole and place.last > place.first + 1:
        return unaligned(snippet, "the source is a part of several segments")
    return aligned(snippet, place)


def aligned(snippet: Snippet, place: Place) -> Joined:
    units = place.paragraph.units[place.first : place.last]
    ids = tuple(unit.id for unit in units)
    home = units[0].document
    if not place.whole:
        words = best_window(units[0].target, snippet.reference)
        return Joined(snippet, "part", ids, words, document=home)
    kind: Kind = "sentence" if len(units) == 1 else "passage"
    return Joined(snippet, kind, ids, " ".join(unit.target for unit in units), document=home)


def unaligned(snippet: Snippet, reason: str) -> Joined:
    return Joined(snippet, "unaligned", reason=reason)
