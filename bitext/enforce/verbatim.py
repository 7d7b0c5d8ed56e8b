"""
What is to be copied is copied: an engine around an engine.

Code is held to like a name that is not to be translated. What begins with signs that no name has,
what touches a word, and what the network loses all the same, is taken out, and put back behind the
word that it stood behind.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bitext.enforce.auditing import audited
from bitext.enforce.beside import Without, put_back, without
from bitext.enforce.carriers import swapped
from bitext.engines import SCORE, Around, Request
from bitext.units import Copied, Hypothesis, Link, TermEntry, TermMatch
from bitext.verbatim import occurrences

LETTER = re.compile(r"[^\W\d_]")
# `*.txt`, `%s`, `&&`: a network makes too much of it to see a name there. `--out` and `./a` do.
STRANGE = re.compile(r"`*[^\w\s`./~$-]")
# A name that every network knows.
NAME = "Google"
# With more, it is no sentence, and stays as it is; the check of that name will say so.
MOST = 200
# Between stretches and around one; those of words are in neither.
SIGNS = re.compile(r"[\s!-/:-@\[-`{-~]*")
BRACKETS = frozenset({"()", "[]", "{}"})
# Behind these it needs no space of its own; behind "l'" it does, for English has another word.
OPENING = '([{"/-'


class Verbatim(Around):
    """Translate by `engine` what is not to be copied."""

    @property
    def signature(self) -> str:
        return f"{self.engine.signature}|verbatim"

    def translate(self, requests: Sequence[Request], *, n_best: int = 1) -> list[list[Hypothesis]]:
        if not any(request.verbatim for request in requests):
            return [offered[:1] for offered in self.engine.translate(requests)]
        going = [n for n, request in enumerate(requests) if worded(request)]
        made = [Hypothesis("")] * len(requests)
        for n in set(range(len(requests))).difference(going):
            made[n] = as_it_is(requests[n])
        aside = [[c for c in r.verbatim if no_name(c, r.text)] for r in requests]
        self.fill(made, requests, {n: aside[n] for n in going})
        kept = {n: [c.text for c in requests[n].verbatim if c not in aside[n]] for n in going}
        lost = {n: requests[n].verbatim for n in going if not holds(made[n], kept[n])}
        self.fill(made, requests, lost)
        self.rescore(made, requests, [n for n in going if requests[n].verbatim])
        return [[one] for one in made]

    def rescore(
        self, made: list[Hypothesis], requests: Sequence[Request], going: Sequence[int]
    ) -> None:
        """Score what has code as if a name stood for it, for no network finds code likely."""
        if SCORE not in self.engine.capabilities or not going:
            return
        pairs = [named(requests[n], made[n].text) for n in going if made[n].score is not None]
        scores = iter(self.engine.score(pairs))
        for n in going:
            if made[n].score is not None:
                made[n] = replace(made[n], score=next(scores))

    def fill(
        self,
        made: list[Hypothesis],
        requests: Sequence[Request],
        aside: Mapping[int, Sequence[Copied]],
    ) -> None:
        """Translate those of the requests anew that are named, with what is to be set aside."""
        bare = {n: taken_out(requests[n], taken) for n, taken in aside.items()}
        offered = self.engine.translate([b.request for b in bare.values()]) if bare else []
        for (n, b), [best, *_] in zip(bare.items(), offered, strict=True):
            own = best.enforcement[: len(requests[n].terms)]
            made[n] = put_back(replace(best, enforcement=own), b)


def no_name(copied: Copied, text: str) -> bool:
    """
    Whether no network sees a name in it; a part of a word is none, for all of the word gives way
    where the network loses it.

    >>> no_name(Copied(1, 3, "12"), "Q12 ici"), no_name(Copied(2, 4, "12"), "Q 12 ici")
    (True, False)
    """
    touching = text[max(copied.start - 1, 0) : copied.start] + text[copied.end : copied.end + 1]
    return bool(STRANGE.match(copied.text)) or any(map(str.isalnum, touching))


def named(request: Request, target: str) -> tuple[str, str]:
    """Both sides with a name for each stretch that is copied."""
    source, _ = swapped(request.text, [((c.start, c.end), NAME) for c in request.verbatim])
    for text in sorted({c.text for c in request.verbatim}, key=len, reverse=True):
        places = occurrences(text, target)
        target, _ = swapped(target, [((at, at + len(text)), NAME) for at in places])
    return source, target


def worded(request: Request) -> bool:
    """Whether it is a sentence: with something to translate, and not too much that is copied."""
    if len(request.verbatim) > MOST:
        return False
    bare = taken_out(request, request.verbatim)
    return not bare.runs or bool(request.terms or LETTER.search(bare.request.text))


def taken_out(request: Request, aside: Sequence[Copied]) -> Without:
    """The request without some of what is to be copied; the rest are terms, behind its own."""
    terms = tuple(
        TermMatch(TermEntry(text, text, "dnt"), start, end, text)
        for start, end, text in request.verbatim
        if (start, end, text) not in aside
    )
    asked = replace(request, terms=(*request.terms, *terms), verbatim=())
    merged = list(together(request.text, aside))
    bare = without(asked, [(start, end) for start, end, _ in merged])
    runs = [(at, text) for (at, _), (*_, text) in zip(bare.runs, merged, strict=True)]
    return replace(bare, runs=runs)


def together(text: str, stretches: Sequence[Copied]) -> Iterator[Copied]:
    """Stretches with the space before them; those between which are only marks are one."""
    last: Copied | None = None
    for start, end, copied in stretches:
        before = text[start - 1 : start]
        apart = before == " " or (before and before not in OPENING and not before.isalnum())
        this = Copied(start - (before == " "), end, f" {copied}" if apart else copied)
        if last and SIGNS.fullmatch(text, last.end, this.start):
            this = Copied(last.start, end, last.text + text[last.end : this.start] + this.text)
        elif last:
            yield with_brackets(text, last)
        last = this
    if last:
        yield with_brackets(text, last)


def with_brackets(text: str, stretch: Copied) -> Copied:
    """A stretch with the brackets around it and nothing else, which a network would lose."""
    start, end, copied = stretch
    if text[max(start - 1, 0) : start] + text[end : end + 1] not in BRACKETS:
        return stretch
    space = " " * text.endswith(" ", 0, start - 1)
    return Copied(start - 1 - len(space), end + 1, f"{space}{text[start - 1]}{copied}{text[end]}")


def holds(hypothesis: Hypothesis, texts: Sequence[str]) -> bool:
    """Whether each of the texts stands in the translation as often as among them."""
    wanted = Counter(texts)
    return all(len(occurrences(text, hypothesis.text)) >= n for text, n in wanted.items())


def as_it_is(request: Request) -> Hypothesis:
    """The text itself; what is copied has its raw form."""
    pieces, at = [], 0
    for start, end, raw in request.verbatim:
        pieces += [request.text[at:start], raw]
        at = end
    text = "".join((*pieces, request.text[at:]))
    links = (Link(0, len(request.text), 0, len(text)),) if text else ()
    report = audited(request.terms, text, links, how="plain", missing="the sentence is mostly code")
    return Hypothesis(text, None, links, report)
