"""
How well quality is told without a reference: the estimate against segment chrF++.

    scripts/bench quality SOURCE REFERENCE [--model builtin] [--units FILE]

SOURCE and REFERENCE have one segment a line (a newstest set, say); lines that are several
sentences are left out. --units takes a record of `bitext run SOURCE --keep-boilerplate
--no-glossary` and saves the translating. Prints correlations, mean chrF++ by estimate, and the
weights for bitext/qa/quality.py that fit these translations best.
"""

import argparse
from collections import Counter
from pathlib import Path

import numpy as np

from bitext import pipeline
from bitext.engines.opening import choose, open_engine
from bitext.formats import jsonl
from bitext.ingest import parse
from bitext.qa.quality import features, quality
from bitext.score.metrics import Row, count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--model", default="builtin")
    parser.add_argument("--units", type=Path)
    options = parser.parse_args()

    references = options.reference.read_text("utf-8").split("\n")
    units = list(of(options))
    several = Counter(unit.paragraph for unit in units)
    units = [u for u in units if several[u.paragraph] == 1 and u.score is not None and u.target]
    rows = [Row(unit.target, references[unit.paragraph], "") for unit in units]
    chrf = np.array(count(rows, ["chrf"]).segments("chrf"))
    scores = np.array([unit.score for unit in units])
    now = np.array([quality(unit.source, unit.target, unit.score) for unit in units])
    columns = np.array([(1.0, *features(u.source, u.target, u.score)) for u in units])

    print(f"{len(units):,} segments\n\n| estimate | Pearson | Spearman |\n|---|---|---|")
    tell("score alone", scores, chrf)
    tell("as it is now", now, chrf)
    tell("fitted anew, five-fold", folded(columns, chrf), chrf)
    print("\n| estimate | segments | mean chrF++ |\n|---|---|---|")
    for some in np.array_split(np.argsort(now), 5):
        print(f"| {now[some].min():.2f} to {now[some].max():.2f} | {len(some)} | "
              f"{chrf[some].mean():.1f} |")  # fmt: skip
    weights, *_ = np.linalg.lstsq(columns, chrf, rcond=None)
    print("\nBASE, SCORE, LENGTH, SURPLUS =", ", ".join(f"{weight:.3g}" for weight in weights))


def of(options: argparse.Namespace):
    if options.units:
        with options.units.open("rb") as file:
            yield from jsonl.read(file, name=str(options.units))
    else:
        document = parse(options.source.read_text("utf-8"), options.source.name, clean=False)
        yield from pipeline.translate(document, open_engine(choose(model=options.model)))


def folded(columns: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """What weights that were fitted to the other four fifths say."""
    fold = np.random.default_rng(0).permutation(len(wanted)) % 5
    told = np.zeros(len(wanted))
    for number in range(5):
        rest = fold != number
        weights, *_ = np.linalg.lstsq(columns[rest], wanted[rest], rcond=None)
        told[~rest] = columns[~rest] @ weights
    return told


def tell(name: str, estimate: np.ndarray, chrf: np.ndarray) -> None:
    ranks = [np.argsort(np.argsort(values)) for values in (estimate, chrf)]
    pearson, spearman = np.corrcoef(estimate, chrf)[0, 1], np.corrcoef(*ranks)[0, 1]
    print(f"| {name} | {pearson:.3f} | {spearman:.3f} |")


if __name__ == "__main__":
    main()
