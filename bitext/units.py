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
from typing import Literal, NamedTuple

Origin = Literal["mt", "copy", "tm", "human"]
Status = Literal["untouched", "draft", "approved", "rejected"]
Severity = Literal["minor", "major", "critical"]
TermKind = Literal["term", "dnt", "forbidden"]
MatchMode = Literal["lemma", "exact", "regex"]
CaseMode = Literal["smart", "sensitive", "insensitive"]
# Confidence from which a match binds; below, the words may be the plain word. Set on the five
# seeds and the table in tests/test_glossary.py.
SURE = 0.6

REVIEWER = "reviewer"  # the `Issue.check` of an error that a person has marked

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
    `"".join(paragraphs)` is the file's text. `drops` stand in the order of the text, and so do
    the stretches that a translation copies as they are, `verbatim`. `headings` are the numbers of
    paragraphs that the format itself calls a heading; plain text has none.
    """

    name: str
    lang: str
    paragraphs: tuple[str, ...]
    drops: tuple[Drop, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)
    verbatim: tuple["Place", ...] = ()
    headings: tuple[int, ...] = ()


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

    One side is empty where a run was left out or has been added. `confidence` (0 to 1) is the
    chance that just these segments belong together; None where nobody has said. `locked` beads
    were given, not found. `moved` is where the translation of an omitted run, or the source of
    an added one, seems to stand.

    >>> Bead(range(4, 6), range(3, 4), 0.5).kind
    '2-1'
    >>> Bead(range(4, 6), range(3, 3), 0.5).name
    'omitted'
    """

    source: range
    target: range
    cost: float
    confidence: float | None = None
    locked: bool = False
    moved: range | None = None

    @property
    def kind(self) -> str:
        return f"{len(self.source)}-{len(self.target)}"

    @property
    def name(self) -> str:
        """The kind, or what became of a run that has nothing opposite."""
        return "added" if not self.source else "omitted" if not self.target else self.kind


@dataclass(frozen=True, slots=True)
class TermEntry:
    """
    One glossary row.

    `kind` is "dnt" (do not translate) when the target is to be the source itself, and
    "forbidden" when `target` must not stand in the translation of a sentence that has `source`.
    `admitted` are further targets that verification accepts, or that are forbidden as well.
    `match` is how the source is found: in any number and gender ("lemma"), as it is written
    ("exact") or as a pattern ("regex"); in `case` "smart" only capitals of the entry count.
    `plural` is the target's plural where no rule gives it. An occurrence counts only in a
    sentence that has one of `include`, if there are any, and none of `exclude`.
    """

    source: str
    target: str
    kind: TermKind = "term"
    admitted: tuple[str, ...] = ()
    note: str = ""
    match: MatchMode = "lemma"
    case: CaseMode = "smart"
    plural: str = ""
    pos: str = ""
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    domain: str = ""
    id: str = ""


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
        return self.entry.kind != "forbidden" and self.counts

    @property
    def counts(self) -> bool:
        """Whether the words are surely the term: they bind the translation, or forbid a target."""
        return not self.shadowed and self.confidence >= SURE


@dataclass(frozen=True, slots=True)
class Enforcement:
    """
    What became of one term match: one for each of `TranslationUnit.matches`, in their order.

    `how` names the strategy that the accepted target came from: "plain", one of
    `enforce.STRATEGIES` or "memory" ("" where none was). `found` is what stands in the target
    at start:end; "" and -1, -1 where nothing was found. `before` is the whole target before it
    was repaired ("" if it was not); `reason` says why an occurrence is not verified.
    """

    outcome: Outcome
    how: str = ""
    found: str = ""
    start: int = -1
    end: int = -1
    before: str = ""
    reason: str = ""


class Link(NamedTuple):
    """A stretch of the source text and the stretch of the target text that renders it."""

    source_start: int
    source_end: int
    target_start: int
    target_end: int


class Copied(NamedTuple):
    """A stretch of a text to translate, and what stands for it in the translation."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class TmMatch:
    """
    What a translation memory holds that is like a unit's source.

    `score` is 100 for the same text (but for typography) and less for a fuzzy match. `document`,
    `origin` and `status` are those of the unit in the memory. `codes` tells of inline codes that
    stand in both texts there, as `bitext.memory.codes` writes them.
    """

    source: str
    target: str
    score: int
    document: str = ""
    origin: Origin = "human"
    status: Status = "untouched"
    codes: str = ""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """
    What an engine offers: a text, its mean log probability per token, and its word links.

    `enforcement` holds one entry for each of the request's terms once a glossary was applied.
    `tm` is what a translation memory holds that is like the source; where `origin` is "tm", the
    text is made from it, and raw.
    """

    text: str
    score: float | None = None
    links: tuple[Link, ...] = ()
    enforcement: tuple[Enforcement, ...] = ()
    origin: Origin = "mt"
    tm: TmMatch | None = None


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
class Place:
    """Where a stretch of text stands: `paragraphs[paragraph][start:end]` of its document."""

    paragraph: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """
    What speaks for two texts being translations of each other, or against it.

    `length` is how much longer the target is than it should be, in standard deviations (Gale &
    Church's δ); `numbers`, `names` and `terms` are what both sides hold, `unmatched` the numbers
    of one side only.
    """

    length: float = 0.0
    numbers: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pairing:
    """
    How a unit came of two texts that existed: its bead's name ("2-1", "omitted"), confidence (0
    to 1), sentences on both sides, and evidence.

    `locked` beads were given, not found. `moved` is where a text with nothing opposite seems to
    stand in the other document.
    """

    kind: str
    confidence: float
    source: tuple[Place, ...] = ()
    target: tuple[Place, ...] = ()
    evidence: Evidence = Evidence()
    locked: bool = False
    moved: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """
    A source text with its translation, and all that is known about the pair.

    `id` is document:paragraph:start:hash of the source text. `source` and `target` are raw:
    what people read and CAT tools get. `score` is the model's mean log probability per
    target token (None if no model gave the target), `quality` the chrF++ to expect (0 to 1, by
    `bitext.qa.quality`). `issues` is None until the unit is checked. `comment` is a reviewer's;
    `dismissed` are the flags that a reviewer has set aside, each as `Issue.key`. `tm` is the best
    match of the translation memory, if one was asked; the target comes from it where `origin` is
    "tm", and else from the model.
    `pairing` is there only where both texts existed; then `source` or `target` may be empty.
    `tu` is the TMX element that another tool wrote, where it says more than the rest.
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
    comment: str = ""
    tm: TmMatch | None = None
    quality: float | None = None
    dismissed: tuple[str, ...] = ()
    pairing: Pairing | None = None
    tu: str = ""
