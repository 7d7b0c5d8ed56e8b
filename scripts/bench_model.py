"""
How well a model translates a file with a reference, and how fast against plain transformers.

    scripts/bench model SOURCE REFERENCE [--model builtin] [--preset best] [--speed 100]

SOURCE and REFERENCE have one segment a line (a newstest set, say). Prints a Markdown table.
"""

import argparse
import time
from pathlib import Path

import sacrebleu

from bitext import pipeline
from bitext.engines import PRESETS, Request
from bitext.engines.opening import choose, open_engine
from bitext.models import find
from bitext.text import normalise


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("reference", type=Path)
    parser.add_argument("--model", default="builtin")
    parser.add_argument("--preset", default="best", choices=sorted(PRESETS))
    parser.add_argument("--speed", type=int, default=100, help="segments timed, 0 for none")
    options = parser.parse_args()

    sources = options.source.read_text("utf-8").splitlines()
    references = options.reference.read_text("utf-8").splitlines()
    if len(sources) != len(references):
        parser.error(f"{len(sources)} sources, {len(references)} references")
    choice = choose(model=options.model, preset=options.preset)
    print(f"{choice.signature}\n\n| figure | value | signature |\n|---|---|---|")
    quality(choice, sources, references)
    if options.speed:
        step = max(1, len(sources) // options.speed)
        speed(options.model, options.preset, sources[::step])


def quality(choice, sources, references) -> None:
    """BLEU and chrF++ of what `bitext translate` would print."""
    made = list(pipeline.translate_lines(sources, open_engine(choice)))
    for metric in (sacrebleu.BLEU(), sacrebleu.CHRF(word_order=2)):
        score = metric.corpus_score(made, [references])
        print(f"| {score.name} | {float(score.score):.1f} | {metric.get_signature()} |", flush=True)


def speed(model, preset, sources) -> None:
    """Target pieces a second: ours, and `generate` on one sentence after another."""
    requests = [Request(normalise(source).text) for source in sources]
    fast = open_engine(choose(model=model, preset=preset))
    slow = open_engine(choose("transformers", model=model, preset=preset))
    slow.translate(requests[:2])
    ours, our_pieces = timed(model, lambda: fast.translate(requests))
    theirs, their_pieces = timed(model, lambda: [slow.translate([r])[0] for r in requests])
    rate, plain = our_pieces / ours, their_pieces / theirs
    print(f"| pieces/s | {rate:,.0f} | CTranslate2, {len(requests)} segments |")
    print(f"| ratio | {rate / plain:.1f} | to transformers, one segment at a time |")


def timed(model, work) -> tuple[float, int]:
    """Seconds, and the target pieces made in them."""
    from bitext.engines.subwords import Subwords

    begun = time.perf_counter()
    made = work()
    seconds = time.perf_counter() - begun
    subwords = Subwords(find(model).path)
    return seconds, sum(len(subwords.encode_target(h[0].text).tokens) for h in made)


if __name__ == "__main__":
    main()
