"""
Strict and lax F1, calibration and time of the aligner on hand-aligned texts, beside its peers.

    scripts/bench align FOLDER [--model builtin] [--hunalign PROGRAM] [--sizes 8000 16000]
        [--parallel FR EN]

FOLDER has NAME.fr and NAME.en, one sentence a line, and NAME.fren, beads like [0, 1]:[0]. Counts
are summed over the texts. Peers are nltk (Gale & Church) and galechurch (pip install
nltk galechurch), where they are installed, and hunalign where its program is given. With --sizes,
so many sentences of all the texts, one after the other, are aligned for time and memory; that of
the translation is not in it. With --parallel, two files that translate each other line by line,
sentences are taken out of stretches of them, and those that are found are counted. Prints Markdown.
"""

import argparse
import resource
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from random import Random

from bitext.align import align
from bitext.engines.opening import choose, open_engine
from bitext.pairing.pair import bridged
from bitext.score.alignment import Pair, read_beads, score_alignment

BINS = 10
# Of the parallel files, so many.
LINES = 900


@dataclass(frozen=True, slots=True)
class Text:
    name: str
    source: list[str]
    target: list[str]
    gold: list[Pair]
    bridge: list[str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.strip().splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--model", default="builtin")
    parser.add_argument("--hunalign", type=Path)
    parser.add_argument("--sizes", type=int, nargs="*", default=[])
    parser.add_argument("--parallel", type=Path, nargs=2, metavar=("FR", "EN"))
    options = parser.parse_args()

    engine = open_engine(choose(model=options.model, preset="fast"))
    texts = [read(path, engine) for path in sorted(options.folder.glob("*.fren"))]
    if not texts:
        parser.error(f"{options.folder} holds no NAME.fren")
    print("| aligner | strict P | R | F1 | lax P | R | F1 | F1 without nulls | seconds |")
    print("|---|---|---|---|---|---|---|---|---|")
    sure = {
        f"bitext, {options.model}": tell(f"bitext, {options.model}", texts, by_bridge),
        "bitext, no model": tell("bitext, no model", texts, unaided),
    }
    for name, peer in peers(options.hunalign).items():
        tell(name, texts, peer)
    for name, rows in sure.items():
        reliability(name, rows)
    for size in options.sizes:
        grow(texts, size)
    if options.parallel:
        source, target = (p.read_text("utf-8").splitlines()[:LINES] for p in options.parallel)
        bridge = list(bridged(source, engine))
        for name, aid in ((f"bitext, {options.model}", bridge), ("bitext, no model", None)):
            holes(name, Text("parallel", source, target, [], bridge), aided=aid is not None)


def read(path: Path, engine) -> Text:
    source, target = (
        path.with_suffix(end).read_text("utf-8").removesuffix("\n").split("\n")
        for end in (".fr", ".en")
    )
    gold = read_beads(path.read_text("utf-8").splitlines(), str(path))
    return Text(path.stem, source, target, gold, list(bridged(source, engine)))


Row = tuple[float, bool]
Aligner = Callable[[Text], tuple[list[Pair], list[float]]]


def tell(name: str, texts: list[Text], aligner: Aligner) -> list[Row]:
    """A line of the table; the confidence of each bead and whether it was right."""
    documents, rows = [], []
    begun = time.process_time() + children()
    try:
        for text in texts:
            beads, confidences = aligner(text)
            documents.append((text.gold, beads))
            gold = set(text.gold)
            rows += [(c, b in gold) for b, c in zip(beads, confidences, strict=False)]
    except ImportError as error:
        print(f"| {name}: not installed ({error.name}) |" + " |" * 8)
        return []
    seconds = time.process_time() + children() - begun
    score = score_alignment(documents)
    figures = [x for r in (score.strict, score.lax) for x in (r.precision, r.recall, r.f1)]
    cells = [f"{x:.3f}" for x in (*figures, score.paired.f1)]
    print(f"| {name} | {' | '.join(cells)} | {seconds:.1f} |", flush=True)
    return rows


def children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def by_bridge(text: Text) -> tuple[list[Pair], list[float]]:
    return ours(text, text.bridge)


def unaided(text: Text) -> tuple[list[Pair], list[float]]:
    return ours(text, None)


def ours(text: Text, bridge: list[str] | None) -> tuple[list[Pair], list[float]]:
    beads = align(text.source, text.target, bridge=bridge)
    pairs = [(frozenset(b.source), frozenset(b.target)) for b in beads]
    return pairs, [b.confidence or 0.0 for b in beads]


def peers(hunalign: Path | None) -> dict[str, Aligner]:
    found: dict[str, Aligner] = {"nltk, Gale & Church": nltk, "galechurch": galechurch}
    if hunalign is not None:
        found["hunalign, no dictionary"] = lambda text: by_hunalign(text, hunalign)
    return found


def nltk(text: Text) -> tuple[list[Pair], list[float]]:
    from nltk.translate.gale_church import align_blocks

    links = align_blocks([len(t) for t in text.source], [len(t) for t in text.target])
    return joined(links), []


def joined(links: list[tuple[int, int]]) -> list[Pair]:
    """Beads from links: those that share a sentence are one."""
    beads: list[tuple[set[int], set[int]]] = []
    for i, j in links:
        if beads and (i in beads[-1][0] or j in beads[-1][1]):
            beads[-1][0].add(i)
            beads[-1][1].add(j)
        else:
            beads.append(({i}, {j}))
    return [(frozenset(s), frozenset(t)) for s, t in beads]


def galechurch(text: Text) -> tuple[list[Pair], list[float]]:
    import galechurch as package

    return read_beads(package.align(text.source, text.target).to_pharaoh_lines(), "galechurch"), []


def by_hunalign(text: Text, program: Path) -> tuple[list[Pair], list[float]]:
    """hunalign prints a ladder of boundaries: source, target, quality."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "dictionary").write_text("")
        for name, side in (("fr", text.source), ("en", text.target)):
            (place / name).write_text("\n".join(side) + "\n", "utf-8")
        command = [program, place / "dictionary", place / "fr", place / "en"]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    ladder = [tuple(map(int, line.split("\t")[:2])) for line in printed.splitlines()]
    return [
        (frozenset(range(i, k)), frozenset(range(j, m))) for (i, j), (k, m) in pairwise(ladder)
    ], []


def reliability(name: str, rows: list[Row]) -> None:
    """How often beads of some confidence are right, and the expected calibration error."""
    print(f"\n{name}: confidence and share of right beads\n")
    print("| confidence | beads | mean | right |\n|---|---|---|---|")
    error = 0.0
    for n in range(BINS):
        own = [row for row in rows if min(int(row[0] * BINS), BINS - 1) == n]
        if own:
            mean, right = (sum(row[k] for row in own) / len(own) for k in (0, 1))
            error += abs(mean - right) * len(own) / len(rows)
            span = f"{n / BINS:.1f} to {(n + 1) / BINS:.1f}"
            print(f"| {span} | {len(own)} | {mean:.2f} | {right:.2f} |")
    print(f"\nexpected calibration error {error:.3f}", flush=True)


def grow(texts: list[Text], size: int) -> None:
    """Time and memory of a long text."""
    sides = [[line for text in texts for line in side(text)] for side in SIDES]
    source, target, bridge = ((side * (size // len(side) + 1))[:size] for side in sides)
    begun, worked = time.perf_counter(), time.process_time()
    align(source, target, bridge=bridge)
    seconds, work = time.perf_counter() - begun, time.process_time() - worked
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"\n{size:,} × {size:,} sentences: {seconds:.1f} s, of the processor {work:.1f} s; peak of "
        f"the whole program {peak:.0f} MB",
        flush=True,
    )


def holes(name: str, text: Text, *, aided: bool) -> None:
    """How many of the sentences that a side was robbed of are found, and how many are right."""
    found_right = found = given = 0
    for at, size, missing in stretches(len(text.source)):
        here = [[n for n in range(at, at + size) if (side, n) not in missing] for side in (0, 1)]
        source, target, bridge = (
            [lines[n] for n in numbers]
            for lines, numbers in (
                (text.source, here[0]), (text.target, here[1]), (text.bridge, here[0])
            )
        )  # fmt: skip
        beads = align(source, target, bridge=bridge if aided else None)
        # What one side has not stands alone on the other.
        alone = {(1, here[0][n]) for b in beads if not b.target for n in b.source}
        alone |= {(0, here[1][n]) for b in beads if not b.source for n in b.target}
        found_right += len(alone & missing)
        found, given = found + len(alone), given + len(missing)
    print(
        f"\n{name}: of {given} sentences taken out {found_right / given:.3f} are found, "
        f"and {found_right / max(found, 1):.3f} of those found are right",
        flush=True,
    )


def stretches(lines: int) -> Iterator[tuple[int, int, set[tuple[int, int]]]]:
    """Begin and length of stretches, and which sentences of which side (0, 1) are taken out."""
    chance = Random(7)
    for size in (6, 10, 20, 40):
        for number in range(30):
            at = chance.randrange(lines - size)
            several = chance.choice((1, 1, 2, 3)) if size > 6 else 1
            first = at + chance.randrange(size - several + 1)
            missing = {(number % 2, n) for n in range(first, first + several)}
            other = at + chance.randrange(size)
            if number % 3 == 2 and (number % 2, other) not in missing:
                missing.add((1 - number % 2, other))
            yield at, size, missing


SIDES: tuple[Callable[[Text], list[str]], ...] = (
    lambda text: text.source,
    lambda text: text.target,
    lambda text: text.bridge,
)


if __name__ == "__main__":
    main()
