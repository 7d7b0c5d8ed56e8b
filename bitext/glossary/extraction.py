"""
Propose glossary entries: phrases of a corpus that recur and are translated alike.

Phrase pairs are those that the word links bear out: what is linked to a word within is within
(Koehn, Och & Marcu 2003). Of these remain the ones that look like terms: no function word at
either end, and a French phrase that stands where nouns do. They are ranked by how often they
occur outside of longer ones (the C-value of Frantzi, Ananiadou & Mima 2000), by their length,
and by how well both sides go together.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from math import log2

from bitext.glossary.function_words import ENGLISH, FRENCH, INNER_ENGLISH, INNER_FRENCH
from bitext.glossary.inflection import is_plural
from bitext.glossary.phrases import (
    HEAD,
    NAME,
    Key,
    Span,
    counterpart,
    english_key,
    key_of,
    phrases,
    stands_as_noun,
    surface,
    token_links,
    trimmed,
    whole,
)
from bitext.glossary.spelling import Token, tokens
from bitext.text import fold
from bitext.units import TermEntry, TranslationUnit

LONGEST = 200  # tokens; a longer sentence is none
MOST_KEPT = 500_000  # phrase pairs in mind; beyond, those that occurred once are forgotten
COLUMNS = ("source", "target", "count", "share", "others", "evidence")
SHOWN = 3  # other renderings in a row
EVIDENCE = 2  # pairs of sentences shown for a proposal
# The share of a French phrase's occurrences that stand where nouns do, and the share that are
# rendered alike, for a proposal. Set on the five seeds.
NOUNS, ALIKE = 0.5, 0.5


@dataclass(frozen=True, slots=True)
class Proposal:
    """
    A phrase and its translation, which occur together `count` times.

    `share` (0 to 1) is how many of the French phrase's occurrences are rendered so; `others`
    are its other renderings with their counts; `evidence` are pairs of sentences.
    """

    source: str
    target: str
    count: int
    share: float
    score: float
    others: tuple[tuple[str, int], ...] = ()
    evidence: tuple[tuple[str, str], ...] = ()

    @property
    def entry(self) -> TermEntry:
        """The proposal as a glossary entry; what was copied is not to be translated."""
        kept = fold(self.source) == fold(self.target)
        note = f"{self.count} of {round(self.count / self.share)}"
        return TermEntry(self.source, self.target, "dnt" if kept else "term", note=note)


@dataclass(slots=True)
class Tally:
    """What is known of a phrase, or of a pair of phrases, in all its forms."""

    count: int = 0
    nouns: int = 0
    forms: Counter[tuple[str, str]] = field(default_factory=Counter)
    evidence: list[tuple[str, str]] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.count += other.count
        self.nouns += other.nouns
        self.forms += other.forms
        self.evidence = (self.evidence + other.evidence)[:EVIDENCE]


class Extraction:
    """Counts the phrases of units as they come; `proposals` ranks what was counted."""

    def __init__(self) -> None:
        self.french: dict[Key, Tally] = defaultdict(Tally)
        self.english: Counter[str] = Counter()
        self.pairs: dict[tuple[Key, str], Tally] = defaultdict(Tally)

    def count(self, pair: TranslationUnit) -> None:
        source, target = list(tokens(pair.source)), list(tokens(pair.target))
        if not pair.links or max(len(source), len(target)) > LONGEST or pair.source.isupper():
            return
        forward, backward = token_links(pair, source, target)
        for first, last in phrases(pair.source, source, FRENCH, INNER_FRENCH):
            key = key_of(pair.source, source, first, last)
            tally = self.french[key]
            tally.count += 1
            tally.nouns += stands_as_noun(pair.source, source, (first, last), key)
            hull = counterpart(forward, backward, first, last)
            span = hull and trimmed(target, hull)
            if span and whole(pair.target, target, span, ENGLISH, INNER_ENGLISH):
                self.add(pair, key, source, target, (first, last), span)
        for first, last in phrases(pair.target, target, ENGLISH, INNER_ENGLISH):
            self.english[english_key(surface(pair.target, target, first, last))] += 1
        if len(self.pairs) > MOST_KEPT:
            self.forget()

    def add(
        self,
        pair: TranslationUnit,
        key: Key,
        source: list[Token],
        target: list[Token],
        own: Span,
        other: Span,
    ) -> None:
        forms = surface(pair.source, source, *own), surface(pair.target, target, *other)
        tally = self.pairs[key, english_key(forms[1])]
        tally.count += 1
        tally.forms[forms] += 1
        if len(tally.evidence) < EVIDENCE:
            tally.evidence.append((pair.source, pair.target))

    def forget(self) -> None:
        """What occurred once so far goes, so that a corpus of any size fits in memory."""
        self.pairs = defaultdict(Tally, {k: t for k, t in self.pairs.items() if t.count > 1})
        self.french = defaultdict(Tally, {k: t for k, t in self.french.items() if t.count > 1})
        self.english = Counter({key: n for key, n in self.english.items() if n > 1})

    def proposals(self, *, min_count: int = 2) -> list[Proposal]:
        """The phrases that occur and are rendered alike at least `min_count` times, best first."""
        self.settle_heads()
        renderings: dict[Key, list[tuple[str, Tally]]] = defaultdict(list)
        for (key, english), tally in self.pairs.items():
            renderings[key].append((english, tally))
        found: dict[Key, Proposal] = {}
        for key, offered in renderings.items():
            offered.sort(key=lambda pair: (-pair[1].count, pair[0]))
            whole = self.french[key]
            english, best = offered[0]
            count = max(whole.count, sum(tally.count for _, tally in offered))
            alike = best.count >= max(min_count, ALIKE * count)
            if not alike or whole.nouns < NOUNS * whole.count:
                continue
            source, target = usual_form(best.forms)
            if source.endswith("ment") and target.endswith("ly"):
                continue  # an adverb at the head of a clause, where nouns stand, too
            others = tuple((usual_form(t.forms)[1], t.count) for _, t in offered[1:])
            dice = 2 * best.count / (count + max(best.count, self.english[english]))
            found[key] = Proposal(
                source, target, best.count, best.count / count, dice, others, tuple(best.evidence)
            )
        return ranked(found)

    def settle_heads(self) -> None:
        """Phrases at the head of sentences go to the names or to the words, whichever is more."""
        targets = {}
        for key in [key for key in self.french if key[0].startswith(HEAD)]:
            bare = key[0].removeprefix(HEAD)
            word, name = (bare, *key[1:]), (NAME + bare, *key[1:])
            counts = [self.french[k].count if k in self.french else 0 for k in (word, name)]
            targets[key] = name if counts[1] > counts[0] else word
            tally = self.french.pop(key)
            tally.nouns = tally.count if targets[key] == name else tally.nouns
            self.french[targets[key]].add(tally)
        for key, english in [k for k in self.pairs if k[0] in targets]:
            self.pairs[targets[key], english].add(self.pairs.pop((key, english)))


def ranked(found: dict[Key, Proposal]) -> list[Proposal]:
    """The proposals with their scores, best first, without those only within longer ones."""
    inside: Counter[Key] = Counter()
    longer: Counter[Key] = Counter()
    for key, proposal in found.items():
        spans = ((i, j) for i in range(len(key)) for j in range(i + 1, len(key) + 1))
        for part in {key[i:j] for i, j in spans if j - i < len(key)}:
            inside[part] += proposal.count
            longer[part] += 1
    result = []
    for key, proposal in found.items():
        free = proposal.count - inside[key] / max(1, longer[key])
        words = sum(word not in INNER_FRENCH for word in key)
        if free >= 1:
            score = free * log2(1 + words) * proposal.score * proposal.share
            score *= 0.5 if words == 1 and not key[0].startswith(NAME) else 1
            result.append(replace(proposal, score=round(score, 2)))
    return sorted(result, key=lambda p: (-p.score, p.source, p.target))


def usual_form(forms: Counter[tuple[str, str]]) -> tuple[str, str]:
    """The forms of a pair to list: the singular if there is one, in small letters, most often."""

    def rank(item: tuple[tuple[str, str], int]) -> tuple[bool, int, int, tuple[str, str]]:
        (source, target), count = item
        plural = is_plural(fold(source.split()[0]))
        return plural, sum(map(str.isupper, source + target)), -count, (source, target)

    return min(forms.items(), key=rank)[0]


def extract(units: Iterable[TranslationUnit], *, min_count: int = 2) -> list[Proposal]:
    """The proposals of a corpus with word links, best first."""
    extraction = Extraction()
    for unit in units:
        extraction.count(unit)
    return extraction.proposals(min_count=min_count)


def described(proposal: Proposal) -> tuple[str, ...]:
    """A proposal as a row that a person reads, by `COLUMNS`."""
    others = ", ".join(f"{target} ({count})" for target, count in proposal.others[:SHOWN])
    seen = " // ".join(" → ".join(pair) for pair in proposal.evidence)
    share = f"{100 * proposal.share:.0f} %"
    return proposal.source, proposal.target, str(proposal.count), share, others, seen
