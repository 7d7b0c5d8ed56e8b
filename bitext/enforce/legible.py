"""
Characters that a vocabulary has not: an engine around an engine.

A small vocabulary has no piece for "€" or "≥", and spells them in bytes, which the network has
hardly seen: "15 €" came out as "15 ₂". Amounts of money are therefore translated in words
("15 euros", "€15" again in the translation), figures with both spaces and a decimal comma without
the spaces, and what else was lost or garbled travels beside the sentence, as emoji do.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bitext.addresses import addresses_in
from bitext.enforce.beside import put_back, without
from bitext.enforce.carriers import Move, moved, swapped
from bitext.enforce.implied import free
from bitext.enforce.marks import with_marks
from bitext.enforce.verify import Span
from bitext.engines import Around, Engine, Request
from bitext.qa.placeholders import PLACEHOLDER
from bitext.units import Hypothesis, Link

# What a sign is called in French for the network, and in English. "Livres" are books more often,
# so that pounds and yen travel as dollars where the sentence has no others.
MONEY = {"€": ("euros", "euros"), "$": ("dollars", "dollars")}
AS_DOLLARS = {"£": ("dollars", "pounds"), "¥": ("dollars", "yen")}
OTHERS = {"£": ("livres sterling", "pounds"), "¥": ("yens", "yen")}
DOLLARS = re.compile(r"\bdollars?\b")
SAID = {
    "euros": r"euros?", "dollars": r"(?:US |U\.S\. |American )?dollars?",
    "livres sterling": r"pounds?(?: sterling)?", "yens": r"yens?",
}  # fmt: skip
CODES = {"euros": "EUR", "dollars": "USD", "livres sterling": "GBP", "yens": "JPY"}
# "numéro", whose ring is hardly ever read.
NUMBER = re.compile(r"\b[nN]°[ \u00a0\u202f]?(?=\d)")
SCALES = {"k": "mille", "M": "millions", "Md": "milliards", "Mds": "milliards"}
FIGURES = r"\d+(?:[ \u00a0\u202f.,]\d+)*"
AFTER = re.compile(
    rf"(?P<number>{FIGURES})[ \u00a0\u202f]?(?P<scale>k|Mds?|M)?[ \u00a0\u202f]?"
    r"(?P<sign>[€$£¥])(?![\w$€£¥])"
)
BEFORE = re.compile(
    rf"(?<![\w€$£¥])(?P<sign>[€$£¥])[ \u00a0\u202f]?(?P<number>{FIGURES})(?![\w€$£¥])"
    r"(?P<scale>(?:[ \u00a0\u202f](?:mill(?:e|ions?)|milliards?)\b)?)"
)
# An amount in English.
AMOUNT = r"(\d[\d.,]*\d|\d)((?: (?:thousand|million|billion|trillion))?)"
# 1 234,50: spaces between thousands and a comma too.
SPACED = re.compile(r"(?<![\d.,])(?<!\d )\d{1,3}(?:[ \u00a0\u202f]\d{3})+,\d+(?![\d,.])")
RUN = re.compile(r"\S+")
WORD = re.compile(r"[^\W_]+")
MARKS = "\"'().,;:!?-«»"
GARBAGE = re.compile("[\ufffd\u2070-\u209f\u2061-\u2064]")


@dataclass(frozen=True, slots=True)
class Reworded:
    """
    A request in words that can be read, how to get back, and what is to come back.

    `money` are signs with what they are called in the request and in English, and how often.
    """

    request: Request
    moves: list[Move]
    money: Counter[tuple[str, str, str]]
    figures: list[str]


class Legible(Around):
    """Translate by `engine`, whose vocabulary has no characters but those of `alphabet`."""

    def __init__(self, engine: Engine, alphabet: frozenset[str] | None) -> None:
        super().__init__(engine)
        self.alphabet = alphabet

    @property
    def signature(self) -> str:
        return f"{self.engine.signature}|legible"

    def translate(self, requests: Sequence[Request], *, n_best: int = 1) -> list[list[Hypothesis]]:
        if self.alphabet is None:
            return self.engine.translate(requests, n_best=n_best)
        worded = [self.reworded(request) for request in requests]
        made = [best for best, *_ in self.engine.translate([w.request for w in worded])]
        again = {
            n: list(self.runs(w.request))
            for n, (w, best) in enumerate(zip(worded, made, strict=True))
            if self.garbled(w.request, best)
        }
        bare = {n: without(worded[n].request, spans) for n, spans in again.items() if spans}
        offered = self.engine.translate([b.request for b in bare.values()]) if bare else []
        for (n, b), [best, *_] in zip(bare.items(), offered, strict=True):
            made[n] = put_back(best, b)
        return [[restored(best, w)] for best, w in zip(made, worded, strict=True)]

    def unread(self, text: str) -> set[str]:
        """The signs of a text that are no letters and have no piece."""
        assert self.alphabet is not None
        odd = set(text) - self.alphabet
        return {c for c in odd if not c.isalnum() and not c.isspace()}

    def reworded(self, request: Request) -> Reworded:
        text = request.text
        swaps: list[tuple[Span, str]] = []
        money: Counter[tuple[str, str, str]] = Counter()
        figures: list[str] = []
        unread = self.unread(text)
        names = names_of_money(text)
        for span, number, sign in amounts(text) if unread & names.keys() else ():
            if sign in unread and free(request, *span):
                swaps.append((span, number + names[sign][0]))
                money[(sign, *names[sign])] += 1
        for found in NUMBER.finditer(text) if "°" in unread else ():
            if free(request, *found.span()):
                swaps.append((found.span(), "numéro "))
        for found in SPACED.finditer(text):
            if free(request, *found.span()):
                whole, _, fraction = found.group().partition(",")
                digits = re.sub(r"\D", "", whole)
                figures.append(f"{int(digits):,}.{fraction}")
                inside = [s for s, _ in swaps if s[0] <= found.start() < s[1]]
                if not inside:
                    swaps.append((found.span(), f"{digits},{fraction}"))
        if not swaps:
            return Reworded(request, [], money, figures)
        new, moves = swapped(text, sorted(swaps))
        terms = tuple(
            replace(t, start=start, end=end)
            for t in request.terms
            for start, end in [moved((t.start, t.end), moves)]
        )
        return Reworded(replace(request, text=new, terms=terms), moves, money, figures)

    def runs(self, request: Request) -> Iterator[Span]:
        """
        What stands between spaces and has such signs or is a placeholder ("%s").

        Of a word with signs at its end ("Windows®") only these; nothing where an address or a
        term is.
        """
        text = request.text
        unread = self.unread(text)
        addresses = list(addresses_in(text))
        for found in RUN.finditer(text):
            said = found.group()
            if unread.isdisjoint(said) and not ("%" in said and PLACEHOLDER.search(said)):
                continue
            start = found.start() + len(said) - len(said.lstrip(MARKS))
            end = found.end() - (len(said) - len(said.rstrip(MARKS)))
            word = WORD.match(text, start, end)
            if word and unread.issuperset(text[word.end() : end]):
                start = word.end()
            span = start - text[:start].endswith(" "), end
            if not any(a < end and start < b for a, b in addresses) and free(request, *span):
                yield span

    def garbled(self, request: Request, hypothesis: Hypothesis) -> bool:
        """Whether such a sign was lost on the way, or came out as others."""
        source, target = request.text, hypothesis.text
        if any(source.count(sign) > target.count(sign) for sign in self.unread(source)):
            return True
        placeholders = Counter(PLACEHOLDER.findall(source)) if "%" in source else Counter()
        if placeholders - Counter(PLACEHOLDER.findall(target)):
            return True
        return bool(GARBAGE.search(target)) and not GARBAGE.search(source)


def names_of_money(text: str) -> dict[str, tuple[str, str]]:
    """What each sign is called in a text, in French and in English."""
    own = "$" in text or DOLLARS.search(text) or {"£", "¥"} <= set(text)
    return MONEY | (OTHERS if own else AS_DOLLARS)


def amounts(text: str) -> Iterator[tuple[Span, str, str]]:
    """Where amounts of money stand, their numbers up to the currency's name, and the signs."""
    done = 0
    both = (*AFTER.finditer(text), *BEFORE.finditer(text))
    for found in sorted(both, key=lambda found: found.start()):
        if found.start() < done:
            continue
        done = found.end()
        number, scale = found["number"], (found["scale"] or "").strip()
        if SPACED.fullmatch(number):
            number = re.sub(r"[^\d,]", "", number)
        scale = SCALES.get(scale, scale)
        of = {"": "", "mille": " "}.get(scale, " d'" if found["sign"] == "€" else " de ")
        yield found.span(), f"{number} {scale}{of}", found["sign"]


def restored(hypothesis: Hypothesis, worded: Reworded) -> Hypothesis:
    """The hypothesis with signs for the words, and links to the text as it was."""
    for (sign, french, english), count in worded.money.items():
        said, code = SAID[french], CODES[french]
        pattern = re.compile(rf"(?<![\w.,$€£¥]){AMOUNT} {said}\b|\b{code} {AMOUNT}(?!\w)")
        found = list(pattern.finditer(hypothesis.text))
        swaps = [(f.span(), f"{sign}{f[1] or f[3]}{f[2] or f[4] or ''}") for f in found]
        if len(found) != count:
            # As words, then; but as its own.
            own = re.compile(rf"\b{SAID[french]}\b")
            differs = not re.fullmatch(SAID[french], english)
            swaps = [(f.span(), english) for f in own.finditer(hypothesis.text) if differs]
        if swaps:
            hypothesis = with_marks(hypothesis, swaps)
    for figure in worded.figures:
        whole, _, fraction = figure.replace(",", "").partition(".")
        written = re.compile(rf"(?<![\d.,]){whole}[.,]{fraction}(?![\d.,]\d|\d)")
        if there := written.search(hypothesis.text):
            hypothesis = with_marks(hypothesis, [(there.span(), figure)])
    if not worded.moves:
        return hypothesis
    back = [Move(move.there, move.here) for move in worded.moves]
    links = (Link(*moved((k[0], k[1]), back), k[2], k[3]) for k in hypothesis.links)
    return replace(hypothesis, links=tuple(links))
