"""
The types that flow through the toolkit. All are immutable; a stage returns new ones.

    Document -> Segment -> TranslationUnit -> TMX, review page, scores
                              ^
    Document x 2 -> Bead -----+

Names follow TMX (tu, seg), SRX (segment), TBX (term entry), MQM (issue) and Gale & Church (bead).
Every `start` and `end` counts characters (code points), end excluded.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Origin = Literal["mt", "copy", "tm", "human"]
Status = Literal["untouched", "draft", "approved", "rejected"]
Severity = Literal["minor", "major", "critical"]
TermKind = Literal["term", "dnt", "forbidden"]
# Confidence from which a match binds; below, the words may be the plain word. Set on the five
# seeds and the table in tests/test_glossary.py.
SURE = 0.6

Outcome = Literal["right", "enforced", "unenforced", "ambiguous", "shadowed"]


@dataclass(frozen=True, slots=True)
class Drop:
    """
    A stretch of a document that is not translated, and the rule that says so.

    `paragraphs[paragraph][start:end] == text`
    """

    paragraph: int
    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True)
class Document:
    """
    One text as it was read.

    `paragraphs` keep their line ends and the blank lines after them, so that
    `"".join(paragraphs)` is the file's text. `drops` stand in the order of the text.
    """

    name: str
    lang: str
    paragraphs: tuple[str, ...]
    drops: tuple[Drop, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence, and where it stands: `paragraphs[paragraph][start:end] == text`."""

    paragraph: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Bead:
    """
    A run of source segments and the run of target segments that translates it.

    >>> Bead(range(4, 6), range(3, 4), 0.5).kind
    '2-1'
    """

    source: range
    target: range
    cost: float

    @property
    def kind(self) -> str:
        return f"{len(self.source)}-{len(self.target)}"


@dataclass(frozen=True, slots=True)
class TermEntry:
    """
    One glossary row.

    `kind` is "dnt" (do not translate) when the target is to be the source itself.
    `admitted` are further targets that verification accepts.
    """

    source: str
    target: str
    kind: TermKind = "term"
    admitted: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class TermMatch:
    """
    An occurrence of a term in a source text.

    `required` is the target that this occurrence asks for: the entry's, in the number of the
    source form. `confidence` (0 to 1) says how sure it is that the words are the term;
    `shadowed` that a longer term covers it.
    """

    entry: TermEntry
    start: int
    end: int
    required: str
    confidence: float = 1.0
    shadowed: bool = False

    @property
    def binding(self) -> bool:
        """Whether the translation must have the term: the match is neither shadowed nor unsure."""
        return not self.shadowed and self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Enforcement:
    """
    What became of one term match: one for each of `TranslationUnit.matches`, in their order.

    `how` names the strategy that the accepted target came from ("plain", "inline", "n-best",
    "stutter", "alignment", "prefix"; "" where none was). `found` is what stands in the target at
    start:end; "" and -1, -1 where nothing was found. `before` is the whole target before it
    was repaired ("" if it was not); `reason` says why an occurrence is not verified.
    """

    outcome: Outcome
    how: str = ""
    found: str = ""
    start: int = -1
    end: int = -1
    before: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A stretch of the source text and the stretch of the target text that renders it."""

    source_start: int
    source_end: int
    target_start: int
    target_end: int


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """
    What an engine offers: a text, its mean log probability per token, and its word links.

    `enforcement` holds one entry for each of the request's terms once a glossary was applied.
    """

    text: str
    score: float | None = None
    links: tuple[Link, ...] = ()
    enforcement: tuple[Enforcement, ...] = ()


@dataclass(frozen=True, slots=True)
class Issue:
    """
    A flag that a check raises, in the terms of MQM (themqm.org).

    `category` is an MQM one ("accuracy/omission", "terminology"); spans are (start, end) pairs.
    `fixes` are what should stand in place of each target span, if that is known.
    """

    check: str
    severity: Severity
    message: str
    category: str = ""
    source_spans: tuple[tuple[int, int], ...] = ()
    target_spans: tuple[tuple[int, int], ...] = ()
    fixes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What the flag says, wherever it stands: under this, a reviewer dismisses it."""
        return f"{self.check}: {self.message}"


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """
    A source text with its translation, and all that is known about the pair.

    `id` is document:paragraph:start:hash of the source text. `source` and `target` are raw:
    what people read and CAT tools get. `score` is the model's mean log probability per
    target token (None if no model gave the target), `quality` the chrF++ to expect (0 to 1, by
    `bitext.qa.quality`). `issues` is None until the unit is checked.
    """

    id: str
    document: str
    paragraph: int
    start: int
    end: int
    source: str
    target: str
    origin: Origin
    status: Status = "untouched"
    score: float | None = None
    matches: tuple[TermMatch, ...] = ()
    enforcement: tuple[Enforcement, ...] = ()
    issues: tuple[Issue, ...] | None = None
    links: tuple[Link, ...] = ()
    quality: float | None = None
