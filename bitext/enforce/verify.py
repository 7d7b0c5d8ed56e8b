"""
Does a translation hold the terms it must? Every occurrence needs a rendering of its own.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bitext.glossary.inflection import pluralised, singularised
from bitext.text import fold
from bitext.units import Hypothesis, Link, TermMatch

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Verdict:
    """
    For each term match its rendering in `text`, or None.

    `asked` tells which matches must have one: not those shadowed or too unsure.
    """

    text: str
    spans: tuple[Span | None, ...]
    asked: tuple[bool, ...]

    @property
    def missing(self) -> list[int]:
        """The matches that must be rendered and are not."""
        return [
            number
            for number, (span, asked) in enumerate(zip(self.spans, self.asked, strict=True))
            if asked and span is None
        ]


def verify(terms: Sequence[TermMatch], hypothesis: Hypothesis) -> Verdict:
    """
    Give each match a rendering of its own; first those that the word links bear out.

    Case counts for what is not to be translated, and not for other terms.
    """
    verdict = assigned(terms, hypothesis, linked=True)
    if len(verdict.missing) > 0 and len(terms) > 1:
        # "New York" may have been given a part of "New York Times".
        other = assigned(terms, hypothesis, linked=False)
        if len(other.missing) < len(verdict.missing):
            return other
    return verdict


def assigned(terms: Sequence[TermMatch], hypothesis: Hypothesis, *, linked: bool) -> Verdict:
    """Renderings by the word links first, or without them and the longest targets first."""
    asked = tuple(match.binding for match in terms)
    spans: list[Span | None] = [None] * len(terms)
    # One byte a character; a sentence may hold a term a hundred times.
    taken = bytearray(len(hypothesis.text))
    offered: dict[tuple[str, ...], list[Span]] = {}
    # Sure matches choose first, so that an unsure one does not take their rendering.
    order = sorted(
        range(len(terms)), key=lambda n: (not asked[n], 0 if linked else -len(terms[n].required), n)
    )
    for by_links in (True, False) if linked else (False,):
        for number in order:
            match = terms[number]
            if match.shadowed or spans[number] is not None:
                continue
            hull = target_hull(hypothesis.links, match.start, match.end) if by_links else None
            if by_links and hull is None:
                continue
            key = (match.entry.kind, *targets_of(match))
            if key not in offered:
                offered[key] = renderings(match, hypothesis.text)
            for start, end in offered[key]:
                if any(taken[start:end]) or (hull and not touches((start, end), hull)):
                    continue
                spans[number] = start, end
                taken[start:end] = bytes([1]) * (end - start)
                break
    return Verdict(hypothesis.text, tuple(spans), asked)


def renderings(match: TermMatch, text: str) -> list[Span]:
    """
    Where the required target, or an admitted one, stands in the text as whole words.

    Each place once: "to realise" and "realise" may both be targets.
    """
    exact = match.entry.kind == "dnt"
    searched = text if exact else fold(text)
    found: list[Span] = []
    for target in targets_of(match):
        pattern = whole_words(target if exact else fold(target))
        spans = (m.span() for m in pattern.finditer(searched))
        found += [span for span in spans if not any(touches(span, other) for other in found)]
    return found


def targets_of(match: TermMatch) -> tuple[str, ...]:
    """All that counts as its target; what is forbidden is so in either number."""
    targets = tuple(dict.fromkeys((match.required, *match.entry.admitted)))
    if match.entry.kind != "forbidden":
        return targets
    forms = (form for t in targets for form in (t, singularised(t), pluralised(t)))
    return tuple(dict.fromkeys(forms))


def excess(terms: Sequence[TermMatch], text: str) -> int:
    """How often names that are not to be translated stand in the text beyond their matches."""
    names = {m.required: m for m in terms if m.entry.kind == "dnt" and not m.shadowed}
    asked = Counter(m.required for m in terms if not m.shadowed)
    return sum(max(0, len(renderings(match, text)) - asked[name]) for name, match in names.items())


@lru_cache(maxsize=4096)
def whole_words(target: str) -> re.Pattern[str]:
    words = r"\s+".join(map(re.escape, target.split()))
    # "@@Apple" is not "@Apple", but "#Parler" is "Parler".
    before = r"(?<![\w@#])" if target.startswith(("@", "#")) else r"(?<!\w)"
    return re.compile(rf"{before}{words}(?!\w)")


def target_hull(links: Sequence[Link], start: int, end: int) -> Span | None:
    """The stretch of the target between the first and the last word linked to source start:end."""
    hit = [k for k in links if k.source_start < end and start < k.source_end]
    if not hit:
        return None
    return min(k.target_start for k in hit), max(k.target_end for k in hit)


def touches(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]
