"""
Long sentences in parts: an engine around an engine.

A network translates badly, or not at all, what is far longer than the sentences it was trained
on. A sentence over the limit is cut where a clause ends, translated part by part, and joined;
nothing is ever cut off silently. What holds no letter is given back as it is (Marian answers
" " with whole sentences), and so is what is too long and has no space: no word of French is, but
a link may be.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from bitext.engines import Around, Engine, Request
from bitext.units import Enforcement, Hypothesis, Link

Span = tuple[int, int]

# Characters. The 512 positions of Marian's networks hold at least as much in any script; a
# checkpoint trained on shorter sentences names its own limit (`models.Checkpoint.longest`).
LONGEST = 600

# Characters of scripts that part words by spaces: without one, so many are no sentence.
LATIN = r"[!-~\u00a1-\u024f]"

# Where a French sentence may be cut, and how good a place it is. Tuned, with BALANCE and
# SHORTEST, on 750 sentences of newstest2013 with the first checkpoint of 2026-11: 16.1 BLEU
# uncut, 17.8 at the last mark before the limit, 18.4 so.
PLACES = (
    (re.compile(r"(?<=[.;:!?])[\"»”)]* "), 1.0),
    (re.compile(r"(?<=,)[\"»”)]* "), 0.8),
    (re.compile(r" (?=[-–—] )"), 0.8),
    (
        re.compile(
            r" (?=(?:et|mais|car|or|donc|qui|dont|où|parce|afin|lorsque|quand|si|puis|ou|alors|"
            r"tandis|bien|comme)\b)"
        ),
        0.6,
    ),
    (
        re.compile(
            r" (?=(?:que|qu'|après|avant|pour|avec|dans|sur|par|sans|selon|depuis|pendant|en|à|au|"
            r"aux|chez|vers|sous|entre|contre)\b)"
        ),
        0.4,
    ),
    (re.compile(r" (?=(?:de|du|des|d')\b)"), 0.2),
    (re.compile(" "), 0.0),
)
BALANCE = 0.5
SHORTEST = 15

# The same one to four words three times running, whatever stands between them.
LOOP = re.compile(r"\b(\w+(?:\W+\w+){0,3})(?:\W+\1\b){2}", re.IGNORECASE)
# Characters of earlier versions that one sentence's report may hold.
MOST_BEFORE = 20_000
FIRST_WORD = re.compile(r"[^\W\d_]{2,}")
# English words that keep their capital and do not stand in a French source.
CAPITALISED = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May "
    "June July August September October November December French English German Spanish Italian "
    "American British European Chinese Russian Canadian Mr Mrs Ms Dr Congress Parliament".split()
)


class Chunked(Around):
    """Translate any text by `engine`, at most `longest` characters at a time."""

    def __init__(self, engine: Engine, *, longest: int = LONGEST) -> None:
        super().__init__(engine)
        self.longest = longest

    @property
    def signature(self) -> str:
        return f"{self.engine.signature}|longest:{self.longest}"

    @property
    def capabilities(self) -> frozenset[str]:
        return self.engine.capabilities

    def translate(self, requests: Sequence[Request], *, n_best: int = 1) -> list[list[Hypothesis]]:
        """A sentence in parts has one hypothesis; its first part takes the prefix."""
        spans = [self.parts(request) for request in requests]
        parts = [
            part(request, *span)
            for request, own in zip(requests, spans, strict=True)
            for span in own
        ]
        going = [
            n for n, p in enumerate(parts) if worded(p) and (p.terms or len(p.text) <= self.longest)
        ]
        made = [[copied(request.text)] for request in parts]
        for n, hypotheses in zip(
            going, self.mended([parts[n] for n in going], n_best), strict=True
        ):
            made[n] = hypotheses
        offered = iter(made)
        return [
            assembled(request, own, [next(offered) for _ in own])
            for request, own in zip(requests, spans, strict=True)
        ]

    def mended(self, parts: Sequence[Request], n_best: int) -> list[list[Hypothesis]]:
        """The translations of the parts; those that go round in a loop once more, in halves."""
        made = self.engine.translate(parts, n_best=n_best) if parts else []
        looping = [n for n, [best, *_] in enumerate(made) if loops(best.text, parts[n].text)]
        spans = {n: list(cut_request(parts[n], len(parts[n].text) // 2 + 1)) for n in looping}
        halves = [part(parts[n], *span) for n in looping for span in spans[n]]
        again = iter(self.engine.translate(halves) if halves else [])
        for n in looping:
            [better] = assembled(parts[n], spans[n], [next(again) for _ in spans[n]])
            if not loops(better.text, parts[n].text):
                made[n] = [better]
        return made

    def parts(self, request: Request) -> list[Span]:
        return list(cut_request(request, self.longest)) if worded(request) else []


def worded(request: Request) -> bool:
    """Whether there is something to translate."""
    return bool(request.terms) or any(map(str.isalpha, request.text))


def cut_request(request: Request, longest: int) -> Iterator[Span]:
    return cut(request.text, longest, keep=[(m.start, m.end) for m in request.terms])


def loops(target: str, source: str) -> bool:
    """
    Whether a translation goes round in a loop, as weak or surprised networks do.

    >>> loops("a two-year-year-year-year-old", "vieux de deux ans")
    True
    """
    return bool(LOOP.search(target)) and not LOOP.search(source)


def part(request: Request, begin: int, end: int) -> Request:
    """The stretch begin:end as a request of its own, with the terms that lie in it."""
    terms = tuple(
        replace(m, start=m.start - begin, end=m.end - begin)
        for m in request.terms
        if begin <= m.start and m.end <= end
    )
    prefix = "" if begin else request.prefix
    return replace(request, text=request.text[begin:end], prefix=prefix, terms=terms)


def assembled(
    request: Request, spans: Sequence[Span], offered: Sequence[list[Hypothesis]]
) -> list[Hypothesis]:
    """The hypotheses of a request from those of its parts."""
    if not spans:
        return [copied(request.text)]
    if len(spans) == 1:
        return offered[0]
    best = [
        fitted(hypotheses[0], request.text[begin:end], first=not n, last=n == len(spans) - 1)
        for n, ((begin, end), hypotheses) in enumerate(zip(spans, offered, strict=True))
    ]
    shifts = list(accumulate((len(h.text) + 1 for h in best), initial=0))
    parts = list(zip(spans, best, shifts, strict=False))
    scored = [(h.score, len(h.text)) for h in best if h.score is not None]
    weight = sum(length for _, length in scored)
    whole = Hypothesis(
        " ".join(h.text for h in best),
        sum(score * length for score, length in scored) / weight if weight else None,
        tuple(moved(k, begin, shift) for (begin, _), h, shift in parts for k in h.links),
    )
    return [replace(whole, enforcement=reports(request, parts)) if request.terms else whole]


def fitted(hypothesis: Hypothesis, source: str, *, first: bool, last: bool) -> Hypothesis:
    """The part, and what it was before a repair, made to stand within a sentence."""
    return replace(
        hypothesis,
        text=within(hypothesis.text, source, first=first, last=last),
        enforcement=tuple(
            replace(e, before=within(e.before, source, first=first, last=last))
            for e in hypothesis.enforcement
        ),
    )


def within(text: str, source: str, *, first: bool, last: bool) -> str:
    """
    What was translated like a sentence loses a capital and a full stop that its source has not.

    >>> within("But he left.", "mais il partit", first=False, last=False)
    'but he left'
    """
    if not last and text.endswith(".") and not source.rstrip().endswith((".", "…")):
        text = text.rstrip(".")
    word = FIRST_WORD.match(text)
    if not first and source[:1].islower() and word and lowerable(word.group(), source):
        text = text[:1].lower() + text[1:]
    return text


def lowerable(word: str, source: str) -> bool:
    """Whether a capital is the sentence's and not the word's: names stand in the source too."""
    return word[1:].islower() and word not in source and word not in CAPITALISED


def reports(
    request: Request, parts: Sequence[tuple[Span, Hypothesis, int]]
) -> tuple[Enforcement, ...]:
    """What the parts report of their terms, in the order of the whole request's terms."""
    plain = " ".join(before_of(h) for _, h, _ in parts)
    room = MOST_BEFORE
    report = []
    queues = [iter(h.enforcement) for _, h, _ in parts]
    for match in request.terms:
        home = next(
            (n for n, ((a, b), _, _) in enumerate(parts) if a <= match.start and match.end <= b), -1
        )
        entry = next(queues[home], None) if home >= 0 else None
        if entry is None:
            entry = Enforcement("unenforced", reason="the sentence had to be cut within the term")
        elif entry.start >= 0:
            shift = parts[home][2]
            entry = replace(entry, start=entry.start + shift, end=entry.end + shift)
        # What was before is kept with each repair, but not a thousand times over.
        if entry.before:
            entry = replace(entry, before=plain if room > 0 else "")
            room -= len(plain)
        report.append(entry)
    return tuple(report)


def before_of(hypothesis: Hypothesis) -> str:
    return next((e.before for e in hypothesis.enforcement if e.before), hypothesis.text)


def moved(link: Link, begin: int, shift: int) -> Link:
    return Link(
        link.source_start + begin,
        link.source_end + begin,
        link.target_start + shift,
        link.target_end + shift,
    )


def copied(text: str) -> Hypothesis:
    return Hypothesis(text, None, (Link(0, len(text), 0, len(text)),) if text else ())


def cut(text: str, longest: int, *, keep: Sequence[Span] = ()) -> Iterator[Span]:
    """
    Spans of at most `longest` characters: halves, and halves of halves, cut between clauses.

    `keep` are stretches that are not cut in two, if that can be. Only a stretch of more than
    `longest` Latin letters, digits and marks without a space, and with none of `keep` in it, is a
    span by itself.

    >>> list(cut("Il vint, il vit toute la ville, et il la vainquit.", 40))
    [(0, 31), (32, 50)]
    >>> list(cut("Il lut voiture.fr/occasion?page=2 hier.", 20))
    [(0, 6), (7, 33), (34, 39)]
    """
    whole = bytearray(len(text))  # 1 where a cut would go through what is to be kept whole
    for start, end in keep:
        whole[start:end] = b"\1" * (end - start)
    done = 0
    for run in re.finditer(rf"(?<!\S){LATIN}{{{longest + 1},}}(?!\S)", text):
        start, end = run.span()
        if not any(whole[start:end]):
            yield from halves(text, done, start - 1, longest, whole)
            yield start, end
            done = end + 1
    yield from halves(text, done, len(text), longest, whole)


def halves(text: str, start: int, end: int, longest: int, whole: bytearray) -> Iterator[Span]:
    """The spans of a stretch, which may be empty."""
    open_ = [(start, end)] if start < end else []
    while open_:
        start, end = open_.pop()
        if end - start <= longest:
            yield start, end
            continue
        place = best_place(text, start, end, whole)
        if place is None:
            yield from ((at, min(at + longest, end)) for at in range(start, end, longest))
            continue
        open_ += [(place[1], end), (start, place[0])]


def best_place(text: str, start: int, end: int, whole: bytearray) -> Span | None:
    """The space to cut at: between clauses, and not too far from the middle."""
    best: tuple[float, int, int] | None = None
    for pattern, worth in PLACES:
        for found in pattern.finditer(text, start + SHORTEST, end - SHORTEST):
            left, right = found.span()
            if any(whole[left:right]):
                continue
            value = worth - BALANCE * abs((left - start) - (end - right)) / (end - start)
            if best is None or value > best[0]:
                best = value, left, right
    return best and best[1:]
