"""
Alignment error rate of a model's word links on a hand-aligned set, beside eflomal's.

    scripts/bench wordalign TEXT GOLD [--model builtin] [--corpus FILE --pairs 200000]

TEXT has `english ||| french` a line, tokenised, GOLD the links of that line, from 1 on: `3-4` a
sure one, `3p4` a possible one (Och & Ney 2003, who define the rate). With --corpus (`french ⇥
english` or `set ⇥ french ⇥ english`) eflomal learns from that many of its pairs and the set
itself. Prints a Markdown table.
"""

import argparse
import re
from itertools import islice
from pathlib import Path

import numpy as np

from bitext.engines.opening import choose, open_engine

LINK = re.compile(r"(\d+)([-p])(\d+)")
# Tokenised French has its elisions open ("le orateur"); networks read "l'orateur".
ELIDED = {"le": "l'", "la": "l'", "de": "d'", "je": "j'", "se": "s'", "ne": "n'", "que": "qu'",
          "me": "m'", "te": "t'", "ce": "c'", "jusque": "jusqu'", "lorsque": "lorsqu'"}  # fmt: skip
VOWEL = re.compile(r"[aeiouyhâàéèêëîïôûœ]", re.IGNORECASE)
TOKEN = re.compile(r"\w+|[^\w\s]")

Links = set[tuple[int, int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("text", type=Path)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--model", default="builtin")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--pairs", type=int, default=200_000)
    options = parser.parse_args()

    lines = options.text.read_text("utf-8").splitlines()
    golds = [gold(line) for line in options.gold.read_text("utf-8").splitlines()]
    sides = [[side.split() for side in line.split("|||")] for line in lines]
    pairs = [(french, english) for english, french in sides]
    if len(pairs) != len(golds):
        parser.error(f"{len(pairs)} pairs, {len(golds)} lines of links")
    print("| links | precision | recall | error rate |\n|---|---|---|---|")
    tell(f"{options.model}, guided head both ways", by_model(options.model, pairs), golds)
    if options.corpus:
        ahead, back = by_eflomal(options.corpus, options.pairs, pairs)
        name = f"eflomal on {options.pairs:,} pairs"
        tell(f"{name}, one direction", ahead, golds)
        tell(f"{name}, the other", back, golds)
        both = [a & b for a, b in zip(ahead, back, strict=True)]
        tell(f"{name}, both agreeing", both, golds)


def gold(line: str) -> tuple[Links, Links]:
    """Sure links, and possible ones (the sure ones too), as (french, english) from 0 on."""
    found = [(int(b) - 1, int(a) - 1, kind) for a, kind, b in LINK.findall(line)]
    return {(f, e) for f, e, kind in found if kind == "-"}, {(f, e) for f, e, _ in found}


def tell(name: str, made: list[Links], golds: list[tuple[Links, Links]]) -> None:
    """Och & Ney's precision, recall and AER, counted over the whole set."""
    total = sum(map(len, made))
    possible = sum(len(m & p) for m, (_, p) in zip(made, golds, strict=True))
    sure = sum(len(m & s) for m, (s, _) in zip(made, golds, strict=True))
    wanted = sum(len(s) for s, _ in golds)
    rate = 1 - (sure + possible) / (total + wanted)
    print(f"| {name} | {possible / total:.3f} | {sure / wanted:.3f} | {rate:.3f} |", flush=True)


def by_model(model: str, pairs) -> list[Links]:
    engine = open_engine(choose(model=model))
    texts = [(Joined(french), Joined(english)) for french, english in pairs]
    linked = engine.align([(source.text, target.text) for source, target in texts])
    return [
        {(source.token(k.source_start), target.token(k.target_start)) for k in links}
        for (source, target), links in zip(texts, linked, strict=True)
    ]


class Joined:
    """Tokens as a text, and which token stands at a character."""

    def __init__(self, tokens: list[str]) -> None:
        self.text = ""
        self.starts: list[int] = []
        for number, token in enumerate(tokens):
            after = tokens[number + 1] if number + 1 < len(tokens) else ""
            elided = ELIDED.get(token.lower()) if VOWEL.match(after) else None
            if self.text.endswith(" ") and token in ".,)":
                self.text = self.text[:-1]
            self.starts.append(len(self.text))
            self.text += elided or f"{token} "
        self.text = self.text.rstrip()

    def token(self, at: int) -> int:
        return int(np.searchsorted(self.starts, at, side="right")) - 1


def by_eflomal(corpus: Path, most: int, pairs) -> tuple[list[Links], list[Links]]:
    from bitext.train import links
    from bitext.train.corpus import read

    learned = [
        (TOKEN.findall(pair.source.lower()), TOKEN.findall(pair.target.lower()))
        for pair in islice(read(corpus), most)
    ]
    lowered = [([t.lower() for t in f], [t.lower() for t in e]) for f, e in pairs]
    numbers: dict[str, int] = {}
    sides = [
        [np.array([numbers.setdefault(t, len(numbers)) for t in pair[n]]) for pair in
         learned + lowered]
        for n in (0, 1)
    ]  # fmt: skip
    found = list(islice(links.both_directions(*sides), len(learned), None))
    return [ahead for ahead, _ in found], [back for _, back in found]


if __name__ == "__main__":
    main()
