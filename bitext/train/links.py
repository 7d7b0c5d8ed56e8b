"""
Word alignments for guided attention: which source piece each target piece renders.

By eflomal (Östling & Tiedemann 2016), both directions, on the subword pieces themselves.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bitext.errors import BitextError

NONE = -1
Ids = Sequence[NDArray[np.int32]]
Links = set[tuple[int, int]]


def tool() -> str:
    """Where eflomal is; raises BitextError with how to get it."""
    beside = Path(sys.executable).parent / "eflomal-align"
    found = str(beside) if beside.is_file() else shutil.which("eflomal-align")
    if not found:
        raise BitextError("eflomal is not installed; run: pip install 'bitext[train]'")
    return found


def align(sources: Ids, targets: Ids) -> list[NDArray[np.int16]]:
    """
    For each pair one source position per target piece, or -1.

    Where the two directions disagree the one that explains the target has its say.
    """
    found = both_directions(sources, targets)
    return [position(*own, len(t)) for own, t in zip(found, targets, strict=True)]


def both_directions(sources: Ids, targets: Ids) -> Iterator[tuple[Links, Links]]:
    """For each pair the links (source, target) that eflomal finds forwards, and backwards."""
    with tempfile.TemporaryDirectory(prefix="bitext-align-") as folder:
        place = Path(folder)
        for name, ids in (("source", sources), ("target", targets)):
            with (place / name).open("w") as file:
                file.writelines(" ".join(map(str, row)) + "\n" for row in ids)
        command = [tool(), "-m", "3", "--overwrite"]
        for flag, name in (("-s", "source"), ("-t", "target"), ("-f", "fwd"), ("-r", "rev")):
            command += [flag, str(place / name)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            reason = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise BitextError(f"eflomal failed ({reason}); is there room in {folder}?")
        with (place / "fwd").open() as fwd, (place / "rev").open() as rev:
            yield from zip(map(parsed, fwd), map(parsed, rev), strict=True)


def parsed(line: str) -> Links:
    return {(int(a), int(b)) for a, _, b in (link.partition("-") for link in line.split())}


def position(ahead: Links, back: Links, length: int) -> NDArray[np.int16]:
    row = np.full(length, NONE, np.int16)
    # Links that both directions have are written last, and so win.
    for source, target in sorted(back, key=ahead.__contains__):
        row[target] = source
    return row
