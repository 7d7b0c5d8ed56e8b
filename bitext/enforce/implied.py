"""
What a translation keeps though no glossary says so: an engine around an enforcing engine.

Addresses, @names, #tags and telephone numbers are copied; French acronyms that the model left
give way to the English ones (OTAN: NATO), names that it misspelt are put right, and figures that
it lost or changed come back. They are held to like terms, but they are nobody's: reports leave
them out. A sentence that has none of them, or keeps them by itself, is not touched.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bitext.addresses import addresses_in
from bitext.enforce.verify import touches
from bitext.engines import Around, Request
from bitext.qa.names import left_acronyms, names
from bitext.qa.numbers import numbers
from bitext.units import Hypothesis, TermEntry, TermMatch, TranslationUnit

TELEPHONE = re.compile(r"(?<![\w.,+])(?:\+\d{2,3}[ .]?\d|0\d)(?:[ .]\d\d){4}(?!\w)")
# Figures that are written alike in both languages.
FIGURES = re.compile(r"(?<![\w.,])\d{1,4}(?![\w%]|[.,]\d)")


class Implied(Around):
    """Translate by `engine`, which enforces terms, and offer its report of a request's own."""

    @property
    def signature(self) -> str:
        return f"{self.engine.signature}|implied"

    def translate(self, requests: Sequence[Request], *, n_best: int = 1) -> list[list[Hypothesis]]:
        extras = [list(copied(request)) for request in requests]
        made = self.asked(requests, extras)
        open_ = []
        for n, (request, hypothesis) in enumerate(zip(requests, made, strict=True)):
            if found := list(missed(request, hypothesis)):
                extras[n] += found
                open_.append(n)
        again = self.asked([requests[n] for n in open_], [extras[n] for n in open_])
        for n, hypothesis in zip(open_, again, strict=True):
            made[n] = hypothesis
        return [[hypothesis] for hypothesis in made]

    def asked(
        self, requests: Sequence[Request], extras: Sequence[Sequence[TermMatch]]
    ) -> list[Hypothesis]:
        """The requests translated with more terms, and reported without them."""
        if not requests:
            return []
        offered = self.engine.translate(
            [
                replace(request, terms=(*request.terms, *more)) if more else request
                for request, more in zip(requests, extras, strict=True)
            ]
        )
        return [
            replace(best, enforcement=best.enforcement[: len(request.terms)])
            for request, [best, *_] in zip(requests, offered, strict=True)
        ]


def copied(request: Request) -> Iterator[TermMatch]:
    """What comes out as it went in, where no term of the request's own stands."""
    text = request.text
    for start, end in (*addresses_in(text), *(found.span() for found in TELEPHONE.finditer(text))):
        if free(request, start, end):
            yield name(request, start, end, text[start:end])


def missed(request: Request, hypothesis: Hypothesis) -> Iterator[TermMatch]:
    """What the checks find wrong in a translation, where they know what should stand there."""
    yield from acronyms(request, hypothesis)
    yield from names_misspelt(request, hypothesis)
    yield from figures(request, hypothesis)


def acronyms(request: Request, hypothesis: Hypothesis) -> Iterator[TermMatch]:
    """The French acronyms that stand in the translation, with the English ones."""
    for start, end, english in left_acronyms(request.text, hypothesis.text):
        if free(request, start, end):
            yield name(request, start, end, *english)


def name(request: Request, start: int, end: int, *targets: str) -> TermMatch:
    """Something that has one spelling in English, or a few: case counts (WHO is not "who")."""
    required, *admitted = targets
    entry = TermEntry(request.text[start:end], required, "dnt", tuple(admitted))
    return TermMatch(entry, start, end, required)


def names_misspelt(request: Request, hypothesis: Hypothesis) -> Iterator[TermMatch]:
    """The names that have lost a letter or two on the way, or have become others."""
    for issue in names(unit_of(request, hypothesis)):
        for start, end in issue.source_spans:
            if free(request, start, end):
                yield name(request, start, end, *issue.fixes)


def figures(request: Request, hypothesis: Hypothesis) -> Iterator[TermMatch]:
    """The numbers in figures that the check does not find again, as they are."""
    text = request.text
    # Most figures stand there as they are, and the check takes its time.
    wanting = Counter(FIGURES.findall(text)) - Counter(FIGURES.findall(hypothesis.text))
    if not wanting:
        return
    plain = [found.span() for found in FIGURES.finditer(text) if found.group() in wanting]
    lost = [s for issue in numbers(unit_of(request, hypothesis)) for s in issue.source_spans]
    for start, end in plain:
        if free(request, start, end) and any(a <= start and end <= b for a, b in lost):
            figure = text[start:end]
            entry = TermEntry(figure, figure, admitted=(f"{figure}s",), match="exact")  # the 1990s
            yield TermMatch(entry, start, end, figure)


def unit_of(request: Request, hypothesis: Hypothesis) -> TranslationUnit:
    """As the checks read it."""
    return TranslationUnit("", "", 0, 0, len(request.text), request.text, hypothesis.text, "mt")


def free(request: Request, start: int, end: int) -> bool:
    """Whether no term of the request is in a stretch of its text."""
    return not any(touches((term.start, term.end), (start, end)) for term in request.terms)
