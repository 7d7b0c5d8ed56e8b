"""
How long until something is on the screen: help, the first sentence, the first article.

    scripts/bench startup [--model builtin] [--rounds 7]

Prints a Markdown table: the fastest of the rounds and the middle one, by the clock and by
processor seconds, which a busy machine disturbs less.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

COMMAND = [sys.executable, "-c", "from bitext.cli import main; main()"]
SENTENCE = "Le site n’était pas accessible lundi.\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("--model", default="builtin")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    model = ["--model", options.model]
    with tempfile.TemporaryDirectory() as folder:
        article = Path(folder, "a.txt")
        article.write_text(SENTENCE * 10, "utf-8")
        run = ["run", str(article), "--fresh", "--out", str(Path(folder, "out")), *model]
        cases = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "bitext --help": [*COMMAND, "--help"],
            "bitext run --help": [*COMMAND, "run", "--help"],
            "bitext translate -, one sentence": [*COMMAND, "translate", "-", *model],
            "bitext run, one article": [*COMMAND, *run],
        }
        subprocess.run(cases["bitext run, one article"], capture_output=True, check=True)
        print(f"{date.today()}; {os.cpu_count()} processors; model {options.model}\n")
        print("| command | fastest s | middle s | processor s |\n|---|---:|---:|---:|")
        for title, command in cases.items():
            rounds = [timed(command) for _ in range(options.rounds)]
            clock, processor = zip(*rounds, strict=True)
            middle = statistics.median(clock)
            print(f"| {title} | {min(clock):.2f} | {middle:.2f} | {min(processor):.2f} |")


def timed(command: list[str]) -> tuple[float, float]:
    """Seconds by the clock, and by the processor."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    subprocess.run(command, input=SENTENCE.encode(), capture_output=True, check=True)
    clock = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return clock, used


if __name__ == "__main__":
    main()
