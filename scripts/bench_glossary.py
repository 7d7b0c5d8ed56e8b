"""
How well a glossary is kept to on a set with marked terms, at which cost, strategy by strategy.

    scripts/bench glossary FRENCH ENGLISH [--model builtin] [--only inline,n-best+alignment] \
        [--engine transformers] [--sample 60]

FRENCH and ENGLISH are the two sides of a WMT terminology set (SGML with `<term id=… src=…
tgt=…>` in both; Alam et al. 2021), read into English. Three modes, as in those tasks: no
glossary, the set's own, and one whose targets are shuffled among its entries. `exact` is the
share of occurrences whose target stands in the translation, each occurrence with one of its own;
`1 − TERm` is by words and marks of the reference as they stand, without lemmas. Prints a Markdown
table.
"""

import argparse
import html
import random
import re
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import sacrebleu

from bitext.enforce import STRATEGIES, Enforced
from bitext.enforce.verify import verify
from bitext.engines import Request
from bitext.engines.opening import choose, open_engine
from bitext.score.term_edits import term_edit_rate
from bitext.score.terminology import Term, consistency
from bitext.text import normalise
from bitext.units import TermEntry, TermMatch

SEGMENT = re.compile(r'<seg id="[^"]*">(.*?)</seg>', re.DOTALL)
TERM = re.compile(r'<term[^>]*?\bid="([^"]*)"[^>]*>(.*?)</term>', re.DOTALL)
TOKEN = re.compile(r"\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Case:
    """A sentence with the terms that its reference has, the reference, and where it has them."""

    request: Request
    reference: str
    marked: tuple[Term, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("french", type=Path)
    parser.add_argument("english", type=Path)
    parser.add_argument("--model", default="builtin")
    parser.add_argument("--engine", default="ct2")
    parser.add_argument("--sample", type=int, help="of the segments with terms, so many evenly")
    parser.add_argument("--only", default="", help="strategies: alone, or together by +")
    options = parser.parse_args()

    every = list(cases(options.french.read_text("utf-8"), options.english.read_text("utf-8")))
    having = sample([case for case in every if case.request.terms], options.sample)
    count = sum(len(case.request.terms) for case in having)
    print(f"{count} terms in {len(having)} of {len(every)} segments\n")
    print("| mode | exact | consistent | 1 − TERm | chrF | BLEU | time | how |")
    print("|---|---|---|---|---|---|---|---|")
    choice = choose(options.engine, model=options.model)
    plain = open_engine(choice)
    plain.translate([case.request for case in having[:20]])
    seconds = tell("no glossary", having, plain, 0.0)
    alone = [tuple(names.split("+")) for names in filter(None, options.only.split(","))]
    for names in (STRATEGIES, *alone):
        engine = open_engine(choice, wrap=lambda inner: Enforced(inner, strategies=names))  # noqa: B023
        tell("+".join(names), having, engine, seconds)
    bare = [case.request for case in every if not case.request.terms]
    engine = open_engine(choice, wrap=Enforced)
    tell("random glossary", shuffled(having), engine, seconds)
    changed = sum(
        ours[0].text != theirs[0].text
        for ours, theirs in zip(engine.translate(bare), plain.translate(bare), strict=True)
    )
    print(f"\n{changed} of {len(bare)} segments without terms changed")


def sample(having: list[Case], most: int | None) -> list[Case]:
    count = min(most or len(having), len(having))
    return [having[n * len(having) // count] for n in range(count)]


def cases(french: str, english: str):
    for source, reference in zip(SEGMENT.findall(french), SEGMENT.findall(english), strict=True):
        wanted: dict[str, list[str]] = {}
        for number, text in TERM.findall(reference):
            wanted.setdefault(number, []).append(plain_text(text))
        text = normalise(plain_text(source)).text
        found, at = [], 0
        for number, words in TERM.findall(source):
            words = normalise(plain_text(words)).text
            start = text.find(words, at)
            if start < 0 or not wanted.get(number):
                continue
            target = wanted[number].pop(0)
            at = start + len(words)
            found.append(TermMatch(TermEntry(words, target), start, at, target))
        yield Case(Request(text, terms=tuple(found)), plain_text(reference), marks(reference))


def marks(reference: str) -> tuple[Term, ...]:
    found = []
    for match in TERM.finditer(reference):
        said, start = words(match[2]), len(words(reference[: match.start()]))
        found.append(Term(said, (said,), start, start + len(said)))
    return tuple(found)


def words(markup: str) -> tuple[str, ...]:
    return tuple(TOKEN.findall(plain_text(markup)))


def plain_text(markup: str) -> str:
    """Without tags, and with the spaces of tokenised text closed up."""
    text = " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())
    return re.sub(r"(?<=\w)' (?=\w)", "'", re.sub(r" (?=[,.;:!?)])", "", text))


def shuffled(having: list[Case]) -> list[Case]:
    """Every entry with the target of another; the same at every call."""
    targets = sorted({m.required for case in having for m in case.request.terms})
    others = targets[:]
    random.Random(1).shuffle(others)
    other = dict(zip(targets, others, strict=True))

    def changed(match: TermMatch) -> TermMatch:
        target = other[match.required]
        return replace(match, entry=replace(match.entry, target=target), required=target)

    return [
        replace(case, request=replace(case.request, terms=tuple(map(changed, case.request.terms))))
        for case in having
    ]


def tell(name: str, having: list[Case], engine, plain: float) -> float:
    begun = time.perf_counter()
    made = [offered[0] for offered in engine.translate([case.request for case in having])]
    seconds = time.perf_counter() - begun
    terms = sum(len(case.request.terms) for case in having)
    missing = sum(
        len(verify(case.request.terms, hypothesis).missing)
        for case, hypothesis in zip(having, made, strict=True)
    )
    references = [[case.reference for case in having]]
    texts = [hypothesis.text for hypothesis in made]
    renderings = [
        (match.entry.source.lower(), entry.found.lower())
        for case, hypothesis in zip(having, made, strict=True)
        for match, entry in zip(case.request.terms, hypothesis.enforcement, strict=False)
        if entry.found
    ]
    rates = [
        term_edit_rate(words(text), words(case.reference), case.marked)
        for case, text in zip(having, texts, strict=True)
    ]
    how = Counter(e.how or e.outcome for hypothesis in made for e in hypothesis.enforcement)
    figures = [
        f"{1 - missing / terms:.3f}",
        f"{consistency(renderings):.3f}" if renderings else "",
        f"{1 - sum(rates) / len(rates):.3f}",
        f"{float(sacrebleu.corpus_chrf(texts, references).score):.1f}",
        f"{float(sacrebleu.corpus_bleu(texts, references).score):.1f}",
        f"{seconds / plain:.1f} ×" if plain else f"{seconds:.0f} s",
        ", ".join(f"{way} {n}" for way, n in how.most_common()),
    ]
    print(f"| {name} | {' | '.join(figures)} |", flush=True)
    return seconds


if __name__ == "__main__":
    main()
