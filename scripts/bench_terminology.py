"""
The terminology metrics of a translation, to set beside what Alam et al. (2021) publish for it.

    scripts/bench terminology REFERENCE HYPOTHESIS [--language fr]

REFERENCE is the target side of a WMT terminology set (SGML with `<term type=… tgt=…>`), HYPOTHESIS
a translation of it, both as published. The published figures take a term to be where its first and
last word occur first, and of longer terms pass over the last word but one; the other column has
the places that are marked. Lemmas are simplemma's (pip install simplemma), theirs stanza's; without
it there are none. Prints a Markdown table.
"""

import argparse
import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from statistics import fmean

import sacrebleu

from bitext.score.term_edits import term_edit_rate
from bitext.score.terminology import Counts, Term, exact_match, window_overlap

SEGMENT = re.compile(r'<seg id="([^"]*)">(.*?)</seg>', re.DOTALL)
TERM = re.compile(r"<term\b([^>]*)>(.*?)</term>", re.DOTALL)
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')

Metric = Callable[[list[str], list[str], list[Term]], float]


@dataclass(frozen=True, slots=True)
class Case:
    """A translated sentence, its reference, and the reference's terms where they are marked."""

    hypothesis: list[str]
    reference: list[str]
    terms: list[Term]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("reference", type=Path)
    parser.add_argument("hypothesis", type=Path)
    parser.add_argument("--language", default="fr", help="of both, for the lemmas")
    options = parser.parse_args()

    every = list(cases(options.reference.read_text("utf-8"), options.hypothesis.read_text("utf-8")))
    lemma = lemmatiser(options.language)
    marked = [case.terms for case in every]

    print("| metric | places as marked | places as published |\n|---|---|---|")
    hypotheses = [" ".join(case.hypothesis) for case in every]
    references = [[" ".join(case.reference) for case in every]]
    tell("BLEU", float(sacrebleu.corpus_bleu(hypotheses, references, force=True).score))
    found = sum((exact_match(c.hypothesis, c.terms, lemma) for c in every), Counts())
    tell(f"exact match ({found.exact} and {found.lemma} by lemma)", found.accuracy)

    def average(metric: Metric, terms: Sequence[list[Term]]) -> float:
        pairs = zip(every, terms, strict=True)
        return fmean(metric(case.hypothesis, case.reference, each) for case, each in pairs)

    published = [published_spans(case) for case in every]
    for window in (2, 3):
        metric = partial(window_overlap, window=window, lemma=lemma)
        name = f"window overlap, {window} words"
        tell(name, average(metric, marked), average(metric, published))
    published = [published_words(case) for case in every]
    metric = partial(term_edit_rate, lemma=lemma)
    tell("1 − TERm", 1 - average(metric, marked), 1 - average(metric, published))


def cases(reference: str, hypothesis: str) -> Iterator[Case]:
    translated = {number: tokens(text) for number, text in SEGMENT.findall(hypothesis)}
    for number, markup in SEGMENT.findall(reference):
        terms = [term(markup, match) for match in TERM.finditer(markup)]
        yield Case(translated[number], tokens(markup), terms)


def term(markup: str, match: re.Match[str]) -> Term:
    said, start = tuple(tokens(match[2])), len(tokens(markup[: match.start()]))
    about = dict(ATTRIBUTE.findall(html.unescape(match[1])))
    accepted = [tuple(form.split()) for form in about["tgt"].split("|")]
    # Theirs is a search in the text: "cas" stands in "cas confirmés|cas".
    accepted += [] if " ".join(said) in about["tgt"] else [said]
    return Term(said, tuple(accepted), start, start + len(said), "tgt_lemma" in about["type"])


def tokens(markup: str) -> list[str]:
    return html.unescape(re.sub(r"<[^>]*>", "", markup)).split()


def published_places(reference: Sequence[str], term: Term) -> list[int]:
    """Where the authors' program takes a term's words to be."""
    first, last = reference.index(term.reference[0]), reference.index(term.reference[-1])
    return [*range(first, last - 1), last]


def published_spans(case: Case) -> list[Term]:
    """The terms, from the first to the last place of each."""
    places = [published_places(case.reference, each) for each in case.terms]
    return [
        replace(each, start=min(at), end=max(at) + 1)
        for each, at in zip(case.terms, places, strict=True)
    ]


def published_words(case: Case) -> list[Term]:
    """A term for each place."""
    return [
        replace(each, start=at, end=at + 1)
        for each in case.terms
        for at in published_places(case.reference, each)
    ]


def lemmatiser(language: str) -> Callable[[str], str] | None:
    try:
        import simplemma
    except ImportError:
        return None
    return lambda word: simplemma.lemmatize(word, lang=language)


def tell(name: str, *values: float) -> None:
    """A single value is that of either column."""
    columns = values if len(values) == 2 else values * 2
    print(f"| {name} | {' | '.join(f'{value:.5f}' for value in columns)} |", flush=True)


if __name__ == "__main__":
    main()
