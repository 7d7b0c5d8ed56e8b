"""
Whether memory grows with the corpus: runs of more and more sentences, each in its own process.

    scripts/bench memory [--engine ct2] [--model builtin] [--preset fast] [--sizes 1000 100000]

Sentences are those of seeds/, each made different by a number, in articles of forty. Prints a
Markdown table with the peak of the process and, last, of the largest size to the smallest.
"""

import argparse
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice
from pathlib import Path

from bitext import ingest, runs
from bitext.segment import split

ARTICLE = 40
SEEDS = Path(__file__).parent.parent / "seeds"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--engine", default="ct2", help="echo measures all but the engine")
    parser.add_argument("--model", default="builtin")
    parser.add_argument("--preset", default="fast")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(*measured(options, options.one))
        return
    print(f"{date.today()}; {os.cpu_count()} processors; {options.engine}, {options.preset}\n")
    print("| sentences | peak MB | to the smallest | seconds |\n|---:|---:|---:|---:|")
    base = 0.0
    for size in options.sizes:
        command = [sys.executable, __file__, "--one", str(size)]
        for name in ("engine", "model", "preset"):
            command += [f"--{name}", getattr(options, name)]
        peak, seconds = map(float, subprocess.check_output(command, text=True).split())
        base = base or peak
        print(f"| {size:,} | {peak:.0f} | {peak / base:.2f} | {seconds:.0f} |", flush=True)


def measured(options: argparse.Namespace, size: int) -> tuple[float, float]:
    """The peak in megabytes, and the seconds that a run of so many sentences takes."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "in")
        source.mkdir()
        made = sentences(size)
        for number in range(-(-size // ARTICLE)):
            article = "\n\n".join(islice(made, ARTICLE))
            (source / f"{number:06}.txt").write_text(article + "\n", "utf-8")
        begun = time.perf_counter()
        job = runs.Job(
            (source,),
            Path(folder, "out"),
            glossaries=(),
            engine=options.engine,
            model=options.model,
            preset=options.preset,
            keep_boilerplate=True,
        )
        for _ in runs.run(job):
            pass
        seconds = time.perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024**2 if platform.system() == "Darwin" else 1024), seconds


def sentences(count: int) -> Iterator[str]:
    texts = []
    for path in sorted(SEEDS.glob("0*.txt")):
        texts += [" ".join(found.text.split()) for found in split(ingest.read(path))]
    for number, text in enumerate(islice(cycle(texts), count)):
        yield f"{number} : {text}"


if __name__ == "__main__":
    main()
