"""
Text in capitals: an engine around an engine.

A network has hardly seen any, and takes it apart: "NE PAS TOUCHER" came out as "TOUCHER". Words in
capitals are translated in small letters, but for acronyms and names that are known, and what
they became is put in capitals again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bitext.addresses import addresses_in
from bitext.enforce.verify import Span, touches
from bitext.engines import Around, Engine, Request
from bitext.qa.names import SHOUTED, emphatic, shouted
from bitext.qa.placeholders import PLACEHOLDER
from bitext.qa.rules import rules
from bitext.qa.words import FRENCH
from bitext.units import Hypothesis, Link, TermMatch

WORD = re.compile(r"[^\W\d_]+")
# Words of two or three letters that are in capitals for their neighbours' sake, besides those of
# grammar; others of that length may be acronyms (ONU, CIA).
SHORT = FRENCH | frozenset(
    "je tu il on me te se ce ça ai as es est y ni ou si oui non moi toi lui eux mon ton son ma ta "
    "sa vos nos fin feu mer jeu roi loi vie vin bon dit été art âge ici peu peur pays jour an ans "
    "mai juin mort l d j m t s n c qu".split()
)
LONG = 4
BREAK = re.compile(r"[:;.!?«»“”\"(]")
# The share of the words that is in capitals where a text is.
MOST = 0.65
CALLED = re.compile(r"(?<!\w)([A-ZÀ-Þ][a-zà-ÿ]*(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?)\.?\s$")
NEAR = 40


@dataclass(frozen=True, slots=True)
class Lowered:
    """
    A request in small letters, and where capitals stood: at all of it, or at these runs.

    `asked` are its terms as they were.
    """

    request: Request
    asked: tuple[TermMatch, ...]
    whole: bool
    runs: tuple[Span, ...]


class Spoken(Around):
    """Translate by `engine`, which knows `words` for common ones, capitals as if they were none."""

    def __init__(self, engine: Engine, words: frozenset[str]) -> None:
        super().__init__(engine)
        self.words = words

    @property
    def signature(self) -> str:
        return f"{self.engine.signature}|shouted"

    def translate(self, requests: Sequence[Request], *, n_best: int = 1) -> list[list[Hypothesis]]:
        said = [lowered(request, self.words) for request in requests]
        made = self.engine.translate([one.request for one in said])
        return [[raised(best, one)] for one, [best, *_] in zip(said, made, strict=True)]

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        return self.engine.score([(spoken(a), spoken(b)) for a, b in pairs])

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[Link, ...]]:
        return self.engine.align([(spoken(a), spoken(b)) for a, b in pairs])


def in_capitals(text: str) -> bool:
    """Whether a text is, and not only a name in it ("Chez ARKEMA")."""
    for start, end in codes_in(text):
        text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
    words = WORD.findall(text)
    capitals = sum(word.isupper() and len(word) > 1 for word in words)
    return capitals > 1 and capitals >= MOST * len(words) and shouted(text) >= SHOUTED


def spoken(text: str) -> str:
    """A text that is all in capitals in small letters, every character in its place."""
    return text if not in_capitals(text) else WORD.sub(lambda found: small(found.group()), text)


def lowered(request: Request, words: frozenset[str]) -> Lowered:
    """The request with its runs of capitals in small letters; every character keeps its place."""
    text = request.text
    whole = in_capitals(text)
    runs = tuple(runs_in(text, None if whole else words)) if any(map(str.isupper, text)) else ()
    if not runs:
        return Lowered(request, request.terms, False, ())
    letters, codes = list(text), list(codes_in(text))
    for start, end in runs:
        for word in (w for w in WORD.finditer(text, start, end) if not covered(w.span(), codes)):
            letters[word.start() : word.end()] = small(word.group())
    terms = tuple(
        as_listed(match, letters) if any(touches(run, (match.start, match.end)) for run in runs)
        else match
        for match in request.terms
    )  # fmt: skip
    first = next(w.start() for w in WORD.finditer(text) if not covered(w.span(), codes))
    opens = all(start > first for start, _ in addresses_in(text))
    if opens and text[first].isupper():
        letters[first] = text[first]
    made = replace(request, text="".join(letters), terms=terms)
    return Lowered(made, request.terms, whole, runs)


def runs_in(text: str, words: frozenset[str] | None) -> Iterator[Span]:
    """
    The stretches of words in capitals with a word among them that is no acronym.

    Where the rest of the text is not in capitals a stretch may be a name, so one of its words
    must be common (of `words`, or of grammar).

    >>> text = "L'ONU dit à Jean DUPONT : « NE PAS TOUCHER ! » au G20"
    >>> [text[start:end] for start, end in runs_in(text, frozenset())]
    ['NE PAS TOUCHER']
    """
    codes = list(codes_in(text))
    run: list[re.Match[str]] = []
    for word in WORD.finditer(text):
        if run and words is not None and BREAK.search(text, run[-1].end(), word.start()):
            yield from told(text, run, words)
            run = []
        if words is None and covered(word.span(), codes):
            continue
        title = len(word.group()) < 3 and text.startswith(".", word.end())
        if word.group().isupper() and not title and not covered(word.span(), codes):
            run.append(word)
        else:
            yield from told(text, run, words)
            run = []
    yield from told(text, run, words)


def codes_in(text: str) -> Iterator[Span]:
    """Addresses, placeholders and tags: no words."""
    yield from addresses_in(text)
    yield from (found.span() for found in PLACEHOLDER.finditer(text))


def told(text: str, run: Sequence[re.Match[str]], words: frozenset[str] | None) -> Iterator[Span]:
    """The run without acronyms and initials at its ends, if words are left."""
    spoken = [word for word in run if not keeps(word.group())]
    low = {word.group().lower() for word in spoken}
    common = words is None or not low.isdisjoint(words | SHORT)
    if words is not None and run and surname(text, run[0].start()):
        return
    if common and any(len(w.group()) >= LONG and emphatic(w.group()) for w in spoken):
        yield spoken[0].start(), spoken[-1].end()


def surname(text: str, start: int) -> bool:
    """Whether a first name or a title stands before: "Jean PETIT", "Mme BOUCHER"."""
    before = CALLED.search(text, max(0, start - NEAR), start)
    return before is not None and ("." in before[0] or before[1].lower() not in SHORT)


def covered(span: Span, spans: Sequence[Span]) -> bool:
    return any(touches(span, other) for other in spans)


def keeps(word: str) -> bool:
    """Whether a word is in capitals by itself: an acronym."""
    return word in rules().acronyms or (len(word) < LONG and word.lower() not in SHORT)


def small(word: str) -> str:
    """A word in small letters, of the same length; acronyms as they are, names with a capital."""
    if keeps(word):
        return word
    low = "".join(c.lower() if len(c.lower()) == 1 else c for c in word)
    capital = low[:1].upper() + low[1:]
    return capital if capital in rules().places or capital in rules().exonyms else low


def as_listed(match: TermMatch, letters: list[str]) -> TermMatch:
    """The match as its entry writes it; the letters it stands on are too."""
    entry, surface = match.entry, "".join(letters[match.start : match.end])
    if entry.source.lower() == surface.lower() and len(entry.source) == len(surface):
        letters[match.start : match.end] = entry.source
    target = entry.source if entry.kind == "dnt" else entry.target
    if match.required.lower() == target.lower():
        return replace(match, required=target)
    return replace(match, required=match.required.lower())


def raised(hypothesis: Hypothesis, said: Lowered) -> Hypothesis:
    """The hypothesis in capitals where the source has them."""
    text = hypothesis.text
    if said.whole:
        new = upper(text)
        for start, end in codes_in(text):
            new = new[:start] + text[start:end] + new[end:]
        # A name that is no word in capitals ("iPhone", "%s") is as it should be.
        for match, done in zip(said.asked, hypothesis.enforcement, strict=False):
            stands = new[done.start : done.end] if done.start >= 0 else ""
            if match.entry.kind == "dnt" and match.required.lower() == stands.lower():
                new = new[: done.start] + match.required + new[done.end :]
    elif said.runs:
        spans = [
            (link.target_start, link.target_end)
            for link in hypothesis.links
            if covered((link.source_start, link.source_end), said.runs)
        ]
        # Terms are to have their capitals, whatever is linked to them.
        spans += [
            (done.start, done.end)
            for match, done in zip(said.request.terms, hypothesis.enforcement, strict=False)
            if done.start >= 0 and covered((match.start, match.end), said.runs)
        ]
        new = text
        for start, end in joined(text, spans):
            new = new[:start] + upper(new[start:end]) + new[end:]
    else:
        return hypothesis
    enforcement = tuple(
        replace(
            done,
            found=new[done.start : done.end] if done.start >= 0 else "",
            before=upper(done.before) if said.whole else done.before,
        )
        for done in hypothesis.enforcement
    )
    return replace(hypothesis, text=new, enforcement=enforcement)


def joined(text: str, spans: Sequence[Span]) -> Iterator[Span]:
    """The spans, with a single word between two of them."""
    last: Span | None = None
    for start, end in sorted(spans):
        if last and len(WORD.findall(text, last[1], start)) <= 1 and start > last[1]:
            yield last[1], start
        yield start, end
        last = start, max(end, last[1]) if last else end


def upper(text: str) -> str:
    """
    In capitals, every character in its place.

    >>> upper("straße")
    'STRAßE'
    """
    return "".join(c.upper() if len(c.upper()) == 1 else c for c in text)
