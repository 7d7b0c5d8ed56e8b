"""Score files of beads."""

from collections.abc import Sequence
from pathlib import Path

from bitext.errors import InputError
from bitext.ingest import decode
from bitext.pairing.job import contents
from bitext.score.alignment import AlignmentScore, Pair, read_beads, score_alignment


def score_files(gold: Sequence[Path], found: Sequence[Path]) -> AlignmentScore:
    """
    The score of files of found beads against those that are right; raises InputError.

    As a command line gives one file to an option and the rest to the command, files of `gold`
    beyond one half of all are found ones.
    """
    half, odd = divmod(len(gold) + len(found), 2)
    if odd or not found or half > len(gold):
        problem = f"needs a file for each gold one; there are {len(gold) + len(found)} in all"
        raise InputError("--against", problem)
    pairs = zip(gold[:half], [*found, *gold[half:]], strict=True)
    return score_alignment([(read(right), read(made)) for right, made in pairs])


def read(path: Path) -> list[Pair]:
    return read_beads(decode(contents(path), path, "utf-8").splitlines(), str(path))
