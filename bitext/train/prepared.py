"""
A corpus as numbers: made once, kept on disk, mapped into memory when it is read.

Pieces of all pairs lie end to end; `bounds` tell where each pair begins.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tokenize import TokenError
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bitext.atomic import whole
from bitext.errors import InputError

# What NumPy and JSON raise for files that are none of theirs.
DAMAGE = (
    OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, RecursionError,
    OverflowError, SyntaxError, TokenError,
)  # fmt: skip
ARRAYS = ("source", "source_bounds", "target", "target_bounds", "links", "kind")


@dataclass(frozen=True, slots=True)
class Prepared:
    """
    Token ids of both sides, links, and the set that each pair is of (`names[kind]`).

    `links[j]` is the source position of target piece j within its pair, or -1.
    """

    source: NDArray[np.int32]
    source_bounds: NDArray[np.int64]
    target: NDArray[np.int32]
    target_bounds: NDArray[np.int64]
    links: NDArray[np.int16]
    kind: NDArray[np.int16]
    names: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.kind)

    def pair(self, number: int) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int16]]:
        """Source pieces, target pieces and links of one pair."""
        a, b = self.source_bounds[number : number + 2]
        c, d = self.target_bounds[number : number + 2]
        return self.source[a:b], self.target[c:d], self.links[c:d]


def assembled(
    sources: Sequence[Sequence[int]],
    targets: Sequence[Sequence[int]],
    links: Sequence[NDArray[np.int16]],
    sets: Sequence[str],
) -> Prepared:
    names = tuple(sorted(set(sets)))
    return Prepared(
        flat(sources, np.int32),
        bounds(sources),
        flat(targets, np.int32),
        bounds(targets),
        np.concatenate(links) if links else np.zeros(0, np.int16),
        np.array([names.index(name) for name in sets], np.int16),
        names,
    )


def flat(rows: Sequence[Sequence[int]], dtype: Any) -> NDArray[Any]:
    return np.fromiter((piece for row in rows for piece in row), dtype)


def bounds(rows: Sequence[Sequence[int]]) -> NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)


def save(prepared: Prepared, folder: Path, about: dict[str, Any]) -> None:
    """Write the arrays, and last what they were made from: without it they do not count."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "about.json").unlink(missing_ok=True)
    for name in ARRAYS:
        np.save(folder / f"{name}.npy", getattr(prepared, name))
    text = json.dumps(about | {"names": prepared.names}, indent=1)
    with whole(folder / "about.json") as file:
        file.write(text.encode())


def load(folder: Path, about: dict[str, Any]) -> Prepared | None:
    """The corpus, if it is whole and was made from the same; raises InputError if damaged."""
    path = folder / "about.json"
    if not path.is_file():
        return None
    try:
        kept = json.loads(path.read_text("utf-8"))
        names = tuple(kept.pop("names"))
        if kept != json.loads(json.dumps(about)):
            return None
        # Views of mapped memory: to slice a memmap itself takes five times as long.
        arrays = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in ARRAYS
        }
        found = Prepared(**arrays, names=names)
        check(found)
    except DAMAGE as error:
        said = " ".join(str(error).split())
        raise InputError(folder, f"is damaged ({said}); delete it to prepare anew") from error
    return found


def check(found: Prepared) -> None:
    """Raise ValueError where the arrays do not fit each other."""
    for pieces, bounds in (
        (found.source, found.source_bounds),
        (found.target, found.target_bounds),
        (found.links, found.target_bounds),
    ):
        kinds = pieces.dtype.kind + bounds.dtype.kind
        if kinds != "ii" or pieces.ndim != 1 or bounds.shape != (len(found.kind) + 1,):
            raise ValueError("an array is of another kind or size than the others")
        if bounds[0] != 0 or bounds[-1] != len(pieces) or (np.diff(bounds) < 0).any():
            raise ValueError("the bounds of the pairs are not those of the pieces")
