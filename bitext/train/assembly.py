"""Make the corpus of a job: read, sieve, hold some out, encode, align; once, and kept on disk."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from bitext.errors import InputError
from bitext.train import corpus as reading
from bitext.train import lexicon, prepared, vocabulary
from bitext.train import links as linking
from bitext.train.corpus import Pair, Sieve
from bitext.train.encoding import Encoder, Joint, OfCheckpoint
from bitext.train.evaluation import Development, development_of

# Texts that the vocabulary is learned from, about.
LINE_SAMPLE = 900_000
# Pairs below which there is nothing to learn.
FEWEST = 100
# Of a corpus without a development set, one pair in so many is held out, and so many at most.
ONE_IN, MOST_HELD_OUT = 20, 500


@dataclass(frozen=True, slots=True)
class Texts:
    """
    What to read, and what of it is not trained on.

    `held_out` is the path of a development set without its .fr and .en; None holds out a share of
    the corpus itself. The lines of `kept_out` are never trained on.
    """

    sources: tuple[Path, ...]
    held_out: Path | None = None
    kept_out: tuple[Path, ...] = ()
    pairs_per_file: int = 0
    sentences: int = MOST_HELD_OUT


@dataclass(frozen=True, slots=True)
class Made:
    """A corpus in numbers, its development set, and what was left out by reason."""

    data: prepared.Prepared
    development: Development
    left_out: Counter[str]


def encoder(texts: Texts, folder: Path, start: Path | None, size: int) -> tuple[Encoder, Path]:
    """The vocabulary of the checkpoint, or one learned from the corpus once; and where it is."""
    if start:
        return OfCheckpoint(start), start
    path = folder / "vocabulary.spm"
    if not path.is_file():
        both = chain.from_iterable((p.source, p.target) for p in pairs_of(texts, Sieve()))
        vocabulary.learn(thinned(both), size, path)
    return Joint(path), path


def thinned(texts: Iterator[str]) -> Iterator[str]:
    """Every text while there are few, then one in two, one in three …: about LINE_SAMPLE."""
    for number, text in enumerate(texts):
        if number % (1 + number // LINE_SAMPLE) == 0:
            yield text


def pairs_of(texts: Texts, sieve: Sieve) -> Iterator[Pair]:
    for path in reading.files(texts.sources):
        passed = sieve.passed(reading.read(path))
        for number, pair in enumerate(passed, 1):
            yield pair
            if number == texts.pairs_per_file:
                break


def make(texts: Texts, encode: Encoder, folder: Path, *, longest: int, guided: bool) -> Made:
    """
    The corpus, from disk if it was made from the same before.

    Raises InputError where there is too little to train on.
    """
    development = development_of(*development_texts(texts), texts.sentences)
    files = [(p.name, p.stat().st_size) for p in reading.files(texts.sources)]
    about: dict[str, Any] = {
        "files": files,
        "pairs_per_file": texts.pairs_per_file,
        "vocabulary": encode.vocabulary,
        "longest": longest,
        "guided": guided,
        "held_out": texts.held_out.name if texts.held_out else ONE_IN,
        "kept_out": sorted(path.name for path in texts.kept_out),
        "lexicon": guided,
    }
    kept = folder / "left-out.json"
    data = prepared.load(folder, about)
    if data is None:
        held = chain(development.sources, development.references)
        sieve = Sieve(reading.marks(chain(held, lines_kept_out(texts))))
        data = encoded(texts, encode, sieve, longest, guided)
        folder.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(dict(sieve.left_out)), "utf-8")
        prepared.save(data, folder, about)
    return Made(data, development, Counter(json.loads(kept.read_text("utf-8"))))


def development_texts(texts: Texts) -> tuple[list[str], list[str]]:
    """Sources and references that are measured on and not trained on."""
    if texts.held_out is None:
        pairs = [pair for pair in pairs_of(texts, Sieve()) if is_held_out(pair)][:MOST_HELD_OUT]
        if not pairs:
            raise InputError("the corpus", f"has too few pairs; training needs {FEWEST} at least")
        return [pair.source for pair in pairs], [pair.target for pair in pairs]
    sides = []
    for path in sides_of(texts.held_out):
        try:
            sides.append(path.read_text("utf-8").splitlines())
        except (OSError, UnicodeDecodeError) as error:
            problem = f"cannot be read ({error}); give the development set without .fr and .en"
            raise InputError(path, problem) from error
    if len(sides[0]) != len(sides[1]) or not sides[0]:
        counts = f"{len(sides[0])} French and {len(sides[1])} English lines"
        raise InputError(texts.held_out, f"has {counts}; it needs as many of each")
    return sides[0], sides[1]


def is_held_out(pair: Pair) -> bool:
    """By the text itself, so that the choice is the same in every run."""
    return reading.mark_of(pair.source)[0] % ONE_IN == 0 and len(pair.source.split()) > 3


def sides_of(stem: Path) -> list[Path]:
    return [stem.with_name(f"{stem.name}.{side}") for side in ("fr", "en")]


def lines_kept_out(texts: Texts) -> Iterator[str]:
    held = sides_of(texts.held_out) if texts.held_out else []
    for path in (*held, *texts.kept_out):
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise InputError(path, f"cannot be read to keep it out ({error})") from error
        for line in text.splitlines():
            # Tables of references hold a text in each column.
            yield from map(reading.normalised, line.split("\t"))


def encoded(
    texts: Texts, encode: Encoder, sieve: Sieve, longest: int, guided: bool
) -> prepared.Prepared:
    sources: list[Any] = []
    targets: list[Any] = []
    sets: list[str] = []
    for pair in pairs_of(texts, sieve):
        source, target = encode.source(pair.source), encode.target(pair.target)
        if 0 < len(source) <= longest and 0 < len(target) <= longest:
            sources.append(np.array(source, np.int32))
            targets.append(np.array(target, np.int32))
            sets.append(pair.set)
        else:
            sieve.left_out["long"] += 1
    if len(sets) < FEWEST:
        problem = f"has {len(sets)} usable pairs; training needs {FEWEST} at least"
        raise InputError("the corpus", problem)
    if guided:
        links = linking.align(sources, targets)
        found = list(lexicon.entries(sources, targets, links, encode.pieces()))
        for source, target in ((encode.source(f), encode.target(e)) for f, e in found):
            sources.append(np.array(source, np.int32))
            targets.append(np.array(target, np.int32))
            # Piece by piece, as far as the French has any.
            own = [min(at, len(source) - 1) for at in range(len(target))]
            links.append(np.array(own, np.int16))
        sets += ["lexicon"] * len(found)
    else:
        links = [np.full(len(target), linking.NONE, np.int16) for target in targets]
    return prepared.assembled(sources, targets, links, sets)
