"""
Speed of a model against one of opus-mt's size, on one core, in eight bits.

    scripts/bench size SOURCE [--model builtin] [--segments 100] [--rounds 5]

Both translate the same segments of SOURCE (one a line) by CTranslate2 and beam 4, to the same
number of pieces, as many as the source has: the weights of the large one are random (512 wide,
6 + 6 layers, 59,514 pieces: opus-mt-fr-en's shape), and a random network knows no end. Rounds
alternate; the medians count. Prints a Markdown table.
"""

import argparse
import json
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from bitext.engines.ct2 import CT2
from bitext.engines.subwords import END
from bitext.models import builtin_path, find
from bitext.text import normalise
from bitext.train.network import Shape, made, write

OPUS_MT = Shape(width=512, inner=2048, encoder=6, decoder=6, heads=8)
PIECES = 59_514


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("--model", default="builtin")
    parser.add_argument("--segments", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()

    lines = options.source.read_text("utf-8").splitlines()
    lines = lines[:: max(1, len(lines) // options.segments)]
    with tempfile.TemporaryDirectory(prefix="bitext-size-") as folder:
        large = Path(folder) / "large"
        write_large(large)
        ours, theirs = (
            CT2(find(name), threads=1, place=Path(folder) / "converted")
            for name in (options.model, str(large))
        )
        # Both read the pieces of the first: the same work for both, whatever their vocabularies.
        pieces = [ours.subwords.encode(normalise(line).text).tokens for line in lines]
        timed(ours, pieces[:8]), timed(theirs, pieces[:8])
        rounds = [(timed(ours, pieces), timed(theirs, pieces)) for _ in range(options.rounds)]
    count = sum(map(len, pieces))
    fast, slow = (statistics.median(seconds) for seconds in zip(*rounds, strict=True))
    print("| model | pieces/s on one core | |\n|---|---|---|")
    print(f"| {options.model} | {count / fast:,.0f} | {slow / fast:.1f} × |")
    print(f"| opus-mt's shape, random weights | {count / slow:,.0f} | 1.0 × |")


def write_large(directory: Path) -> None:
    """A checkpoint of opus-mt's shape that has the built-in model's pieces and many more."""
    model = made(OPUS_MT, PIECES, dropout=0.0, eager=False)
    write(model, model.state_dict(), builtin_path(), directory, longest=600, terms=False)
    ids = json.loads((builtin_path() / "vocab.json").read_text("utf-8"))
    pad = ids.pop("<pad>")
    ids |= {f"<{n}>": n for n in range(pad, PIECES - 1)} | {"<pad>": PIECES - 1}
    (directory / "vocab.json").write_text(json.dumps(ids, ensure_ascii=False), "utf-8")
    shutil.rmtree(directory.with_name(f"{directory.name}.former"), ignore_errors=True)


def timed(engine: CT2, pieces: list[list[str]]) -> float:
    """Seconds for all, each made as long as it is, those of like length together."""
    begun = time.perf_counter()
    groups: dict[int, list[list[str]]] = {}
    for tokens in pieces:
        groups.setdefault(max(1, len(tokens) // 8) * 8, []).append([*tokens, END])
    for length, group in groups.items():
        engine.translator.translate_batch(
            group, beam_size=4, min_decoding_length=length, max_decoding_length=length
        )
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
