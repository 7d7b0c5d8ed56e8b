"""
How fast: transformers, CTranslate2 by hand, and ours, with one model and one beam, in one run.

    scripts/bench speed [FILE] [--model builtin] [--preset best] [--sentences 400] [--slow 60]

FILE has one French sentence a line; without it, the sentences of seeds/. Prints a Markdown table.
The ways take turns, three times each; the best time of each counts. Figures are by the clock and
by processor seconds, which a busy machine disturbs less.
"""

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ctranslate2
import torch

from bitext import ingest, pipeline, runs
from bitext.engines import PRESETS, Request
from bitext.engines.opening import choose, open_engine
from bitext.engines.subwords import Subwords
from bitext.models import find
from bitext.models.conversion import converted
from bitext.segment import split
from bitext.text import normalise

ROUNDS = 3
PARAGRAPH = 5  # sentences, as articles have them


@dataclass
class Way:
    """A way to translate sentences, and the best that was seen of it, in tokens a second."""

    title: str
    work: Callable[[list[str]], list[str]]
    slow: bool = False
    by_clock: float = 0.0
    by_processor: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--model", default="builtin")
    parser.add_argument("--preset", default="best", choices=sorted(PRESETS))
    parser.add_argument("--sentences", type=int, default=400)
    parser.add_argument("--slow", type=int, default=60, help="sentences for the slow ways")
    options = parser.parse_args()

    sentences = list(dict.fromkeys(read(options.file)))
    step = max(1, len(sentences) // options.sentences)
    sentences = sentences[::step][: options.sentences]
    # Evenly drawn, so that the slow ways get the same mix of lengths.
    few = sentences[:: max(1, len(sentences) // options.slow)]
    subwords = Subwords(find(options.model).path)
    ways = list(all_ways(options.model, options.preset, subwords))
    for way in ways:
        way.work(few[:3])  # loads what is loaded once
    for _ in range(ROUNDS):
        for way in ways:
            timed(way, few if way.slow else sentences, subwords)
    report(ways, options, len(sentences))


def read(file: Path | None) -> list[str]:
    if file is not None:
        return [line for line in file.read_text("utf-8").splitlines() if line.strip()]
    seeds = Path(__file__).parent.parent / "seeds"
    documents = (ingest.read(path) for path in sorted(seeds.glob("0*.txt")))
    return [" ".join(s.text.split()) for document in documents for s in split(document)]


def all_ways(model: str, preset: str, subwords: Subwords):
    beam = PRESETS[preset]
    plain = choose("transformers", model=model, preset=preset)
    network, tokenizer = loaded(plain.checkpoint.path)
    translator = ctranslate2.Translator(
        str(converted(plain.checkpoint)),
        compute_type="int8",
        inter_threads=os.cpu_count() or 1,
        intra_threads=1,
    )
    ours = open_engine(choose(model=model, preset=preset))

    def transformers(sentences: list[str], size: int) -> list[str]:
        # CTranslate2 shares OpenMP with torch, and leaves it one thread.
        torch.set_num_threads(os.cpu_count() or 1)
        found: list[str] = []
        for at in range(0, len(sentences), size):
            batch = tokenizer(sentences[at : at + size], return_tensors="pt", padding=True)
            made = network.generate(**batch, num_beams=beam, max_new_tokens=256)
            found += tokenizer.batch_decode(made, skip_special_tokens=True)
        return found

    def by_hand(sentences: list[str], **options) -> list[str]:
        tokens = [[*subwords.source.encode(text, out_type=str), "</s>"] for text in sentences]
        made = translator.translate_batch(tokens, beam_size=beam, **options)
        return [subwords.target.decode(result.hypotheses[0]) for result in made]

    def by_paragraph(sentences: list[str]) -> list[str]:
        found: list[str] = []
        for at in range(0, len(sentences), PARAGRAPH):
            found += by_hand(sentences[at : at + PARAGRAPH], max_batch_size=32)
        return found

    def run(sentences: list[str]) -> list[str]:
        with tempfile.TemporaryDirectory() as folder:
            source, out = Path(folder, "a.txt"), Path(folder, "out")
            source.write_text("\n\n".join(sentences) + "\n", "utf-8")
            job = runs.Job(
                (source,), out, glossaries=(), model=model, preset=preset, keep_boilerplate=True
            )
            for _ in runs.run(job):
                pass
            return (out / "translations" / "a.en.txt").read_text("utf-8").split("\n\n")

    yield Way("transformers, a sentence at a time", lambda s: transformers(s, 1), slow=True)
    yield Way("transformers, batches of 32", lambda s: transformers(s, 32), slow=True)
    yield Way("CTranslate2 as argos-translate calls it, by paragraph", by_paragraph)
    yield Way("CTranslate2 by hand, batches of 32", lambda s: by_hand(s, max_batch_size=32))
    yield Way(
        "CTranslate2 by hand, batches of 2048 tokens",
        lambda s: by_hand(s, max_batch_size=2048, batch_type="tokens"),
    )
    yield Way("bitext's engine", lambda s: texts(ours, s))
    yield Way("bitext translate", lambda s: list(pipeline.translate_lines(s, ours)))
    yield Way("bitext run, from files to files, engine loaded anew", run)


def loaded(checkpoint: Path):
    """transformers as its documentation has it, in 32-bit floats."""
    import transformers

    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()
    network = transformers.MarianMTModel.from_pretrained(checkpoint, dtype="float32").eval()
    return network, transformers.MarianTokenizer.from_pretrained(checkpoint)


def texts(engine, sentences: list[str]) -> list[str]:
    requests = [Request(normalise(sentence).text) for sentence in sentences]
    return [hypotheses[0].text for hypotheses in engine.translate(requests)]


def timed(way: Way, sentences: list[str], subwords: Subwords) -> None:
    clock, processor = time.perf_counter(), time.process_time()
    made = way.work(sentences)
    clock, processor = time.perf_counter() - clock, time.process_time() - processor
    tokens = sum(len(subwords.encode_target(text).tokens) for text in made)
    way.by_clock = max(way.by_clock, tokens / clock)
    way.by_processor = max(way.by_processor, tokens / processor)


def report(ways: list[Way], options, count: int) -> None:
    print(f"{date.today()}; {machine()}; model {options.model}, beam {PRESETS[options.preset]};")
    print(f"{count} sentences, the first two ways on {options.slow} of them.\n")
    print("| way | tokens/s | to the first | tokens/processor s | to the first |")
    print("|---|---:|---:|---:|---:|")
    base = ways[0]
    for way in ways:
        print(
            f"| {way.title} | {way.by_clock:,.0f} | {way.by_clock / base.by_clock:.1f} "
            f"| {way.by_processor:,.0f} | {way.by_processor / base.by_processor:.1f} |"
        )


def machine() -> str:
    return f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"


if __name__ == "__main__":
    main()
