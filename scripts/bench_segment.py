"""
Sentence splitting on edge tables and on the seeds, beside its peers.

    scripts/bench segment

Reads tests/data: a row is right if it is split just so; of the seeds, the boundaries are counted.
Peers are sentence-splitter, pysbd and blingfire (pip install sentence-splitter pysbd blingfire),
where they are installed. Prints a Markdown table.
"""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

from bitext import ingest
from bitext.segment import SPLITTERS, kept

ROOT = Path(__file__).parent.parent
DATA = ROOT / "tests" / "data"
Splitter = Callable[[str], list[str]]


def main() -> None:
    argparse.ArgumentParser(description=__doc__.strip().splitlines()[0]).parse_args()
    tables = {lang: rows(name) for lang, name in (("fr", "french"), ("en", "english"))}
    print("| splitter | French rows | English rows | seeds: precision | recall | F1 |")
    print("|---|---|---|---|---|---|")
    for name, opened in MAKERS.items():
        try:
            splitters = {lang: opened(lang) for lang in tables}
        except ImportError as error:
            print(f"| {name}: not installed ({error.name}) | | | | | |")
            continue
        right = [
            f"{sum(split_right(splitters[lang], *row) for row in table)} of {len(table)}"
            for lang, table in tables.items()
        ]
        scores = " | ".join(f"{x:.3f}" for x in on_seeds(splitters["fr"]))
        print(f"| {name} | {right[0]} | {right[1]} | {scores} |", flush=True)


def rows(name: str) -> list[tuple[str, list[str]]]:
    lines = (DATA / f"{name}_sentences.tsv").read_text("utf-8").removesuffix("\n").split("\n")
    pairs = [line.split("\t") for line in lines[1:]]
    return [(text, joined.split(" ‖ ") if joined else []) for text, joined in pairs]


def split_right(splitter: Splitter, text: str, expected: list[str]) -> bool:
    return [plain(s) for s in splitter(text) if plain(s)] == [plain(s) for s in expected]


def plain(text: str) -> str:
    """Without white space: some splitters change it."""
    return "".join(text.split())


def on_seeds(splitter: Splitter) -> tuple[float, float, float]:
    """Precision, recall and F1 of the ends of sentences within paragraphs."""
    gold = [
        line.split("\t") for line in (DATA / "seed_sentences.tsv").read_text("utf-8").split("\n")
    ]
    right = found = wanted = 0
    for path in sorted((ROOT / "seeds").glob("0*.txt")):
        expected = ends(text for name, kind, text in filter(full, gold) if
                        (name, kind) == (path.name, "sentence"))  # fmt: skip
        made = ends(s for stretch in stretches(path) for s in splitter(stretch))
        right += len(expected & made)
        found += len(made)
        wanted += len(expected)
    precision, recall = right / found, right / wanted
    return precision, recall, 2 * precision * recall / (precision + recall)


def full(row: list[str]) -> bool:
    return len(row) == 3


def stretches(path: Path) -> Iterator[str]:
    """What of an article is split: its paragraphs without what is set aside."""
    document = ingest.read(path)
    for number, paragraph in enumerate(document.paragraphs):
        drops = [d for d in document.drops if d.paragraph == number]
        yield from (paragraph[a:b] for a, b in kept(paragraph, drops) if paragraph[a:b].strip())


def ends(sentences: Iterator[str]) -> set[int]:
    """Where sentences end, counted in characters that are not white space."""
    at, found = 0, set()
    for sentence in sentences:
        at += len(plain(sentence))
        found.add(at)
    return found


def ours(lang: str) -> Splitter:
    return lambda text: [text[a:b] for a, b in SPLITTERS[lang](text)]


def sentence_splitter(lang: str) -> Splitter:
    from sentence_splitter import SentenceSplitter

    return SentenceSplitter(language=lang).split


def pysbd(lang: str) -> Splitter:
    import pysbd as package

    return package.Segmenter(language=lang, clean=False).segment


def blingfire(lang: str) -> Splitter:
    from blingfire import text_to_sentences

    return lambda text: text_to_sentences(text).split("\n")


MAKERS: dict[str, Callable[[str], Splitter]] = {
    "bitext": ours,
    "sentence-splitter": sentence_splitter,
    "pysbd": pysbd,
    "blingfire": blingfire,
}


if __name__ == "__main__":
    main()
