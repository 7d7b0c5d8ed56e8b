"""
How long a translation memory takes to build and to ask, and what memory it needs.

    scripts/bench tm --units 1000000

The units are made: sentences of words by Zipf's law, a third of them variations of earlier ones.
One line of JSON for the building, one for each kind of question.
"""

import argparse
import json
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

from bitext.memory import Memory, build
from bitext.units import TranslationUnit

SYLLABLES = [c + v for c in "bcdfglmnprstv" for v in ("a", "e", "i", "o", "u", "é", "ou", "an")]
WORDS = 60_000
# Sentences that later ones may be variations of.
POOL = 20_000


def sentences(count: int, seed: int) -> Iterator[str]:
    rng = random.Random(seed)
    words = ["".join(rng.choices(SYLLABLES, k=rng.randint(1, 4))) for _ in range(WORDS)]
    weights = list(accumulate(1 / (rank + 5) for rank in range(WORDS)))
    pool: list[list[str]] = []
    for _ in range(count):
        if pool and rng.random() < 0.3:
            chosen = list(rng.choice(pool))
            for _ in range(rng.randint(1, 3)):
                [chosen[rng.randrange(len(chosen))]] = rng.choices(words, cum_weights=weights)
        else:
            length = max(2, int(rng.gauss(16, 7)))
            chosen = rng.choices(words, cum_weights=weights, k=length)
        if len(pool) < POOL:
            pool.append(chosen)
        else:
            pool[rng.randrange(POOL)] = chosen
        yield " ".join(chosen).capitalize() + "."


def units(count: int, seed: int) -> Iterator[TranslationUnit]:
    for number, text in enumerate(sentences(count, seed)):
        yield TranslationUnit(f"{number}", "made", 0, 0, len(text), text, text.upper(), "human")


def varied(text: str, rng: random.Random) -> str:
    """The sentence with one other word."""
    words = text.split()
    words[rng.randrange(len(words))] = "autre"
    return " ".join(words)


def asked(memory: Memory, kind: str, texts: list[str]) -> None:
    start, wall = time.process_time(), time.perf_counter()
    found = [memory.best(text) for text in texts]
    tell(
        question=kind,
        cpu_ms=round(1000 * (time.process_time() - start) / len(texts), 3),
        wall_ms=round(1000 * (time.perf_counter() - wall) / len(texts), 3),
        found=round(sum(match is not None for match in found) / len(found), 3),
    )


def tell(**figures: object) -> None:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps(figures | {"peak_mb": round(peak)}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0].strip())
    parser.add_argument("--units", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.sqlite"
        start = time.process_time()
        for _ in units(options.units, options.seed):
            pass
        made = time.process_time() - start
        tell(made=options.units, cpu_s=round(made, 1))
        start, wall = time.process_time(), time.perf_counter()
        build(units(options.units, options.seed), path)
        tell(
            built=options.units,
            cpu_s=round(time.process_time() - start - made, 1),
            wall_s=round(time.perf_counter() - wall, 1),
            file_mb=round(path.stat().st_size / 1e6),
        )
        memory = Memory(path)
        rng = random.Random(options.seed)
        known = list(sentences(min(POOL, options.units), options.seed))
        some = [rng.choice(known) for _ in range(options.questions)]
        asked(memory, "exact", some)
        asked(memory, "fuzzy", [varied(text, rng) for text in some])
        asked(memory, "unknown", list(sentences(options.questions, options.seed + 1)))


if __name__ == "__main__":
    main()
