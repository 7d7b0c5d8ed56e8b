"""
How many of a set's human translations the checks flag, and what each check costs.

    scripts/bench qa SOURCE TARGET [--units 100000]

SOURCE and TARGET have one segment a line (a newstest set and its reference, say): what is flagged
there is either a slip of the translator or a false alarm. The pairs are checked over and over
until --units are done, in one process. Prints Markdown tables.
"""

import argparse
import time
from collections import Counter
from itertools import cycle, islice
from pathlib import Path

from bitext.qa import CHECKS, inspection
from bitext.units import TranslationUnit


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--units", type=int, default=100_000, help="units timed, 0 for none")
    options = parser.parse_args()

    sources, targets = (p.read_text("utf-8").split("\n") for p in (options.source, options.target))
    if len(sources) != len(targets):
        parser.error(f"{len(sources)} sources, {len(targets)} targets")
    pairs = [pair for pair in zip(sources, targets, strict=True) if any(pair)]
    units = [
        TranslationUnit(f"{n}", "bench", n, 0, len(source), source, target, "human")
        for n, (source, target) in enumerate(pairs)
    ]
    flags(units)
    cost(units)
    if options.units:
        begun = time.process_time()
        done = sum(1 for _ in inspection().watch(islice(cycle(units), options.units)))
        print(f"\n{done:,} units: {time.process_time() - begun:.1f} s of one processor")


def flags(units: list[TranslationUnit]) -> None:
    every = inspection()
    flagged = sum(bool(unit.issues) for unit in every.watch(units))
    print("| check | critical | major | minor |\n|---|---|---|---|")
    for name, counts in every.checks().items():
        print(f"| {name} | {counts['critical']} | {counts['major']} | {counts['minor']} |")
    print(
        f"\n{100 * every.grave / len(units):.2f} % of {len(units):,} units flagged major or worse, "
        f"{100 * flagged / len(units):.2f} % at all\n"
    )


def cost(units: list[TranslationUnit]) -> None:
    spent: Counter[str] = Counter()
    for check in CHECKS:
        begun = time.process_time()
        for unit in units:
            for _ in check(unit):
                pass
        spent[check.__name__] = round((time.process_time() - begun) * 1e6 / len(units))
    print("| check | µs a unit |\n|---|---|")
    for name, microseconds in spent.most_common():
        print(f"| {name} | {microseconds} |")


if __name__ == "__main__":
    main()
