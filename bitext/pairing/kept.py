"""Beads that are to stay as they are, from an earlier alignment that somebody has looked over."""

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise

from bitext.errors import InputError
from bitext.formats import jsonl
from bitext.score.alignment import read_beads
from bitext.units import Bead, Place, Segment


def read_kept(
    content: bytes,
    name: str,
    sides: Sequence[Sequence[Segment]],
    numbers: Sequence[Sequence[int]],
) -> list[Bead]:
    """
    The beads of a file as `bitext align` writes it (beads or JSONL); raises InputError.

    `numbers` are those that beads call the sentences of both `sides` by. Of JSONL, units that
    were rejected are not kept. Beads with one side fix nothing, and are found anew.
    """
    if content.lstrip()[:1] == b"{":
        found = list(from_units(content, name, sides))
    else:
        found = list(from_beads(content, name, numbers))
    beads = [Bead(run(s, name), run(t, name), 0.0, 1.0, locked=True) for s, t in found if s and t]
    beads.sort(key=lambda bead: bead.source.start)
    for one, other in pairwise(beads):
        if other.source.start < one.source.stop or other.target.start < one.target.stop:
            problem = f"{shown(one)} and {shown(other)} cross; keep one of them"
            raise InputError(name, problem)
    return beads


def from_beads(
    content: bytes, name: str, numbers: Sequence[Sequence[int]]
) -> Iterator[tuple[list[int], list[int]]]:
    known = [{number: n for n, number in enumerate(side)} for side in numbers]
    for pair in read_beads(content.decode("utf-8", "replace").splitlines(), name):
        found = [[k.get(n, -1) for n in sorted(side)] for k, side in zip(known, pair, strict=True)]
        if -1 in found[0] or -1 in found[1]:
            there = f"{sorted(pair[0])}:{sorted(pair[1])}"
            raise InputError(name, f"bead {there} names sentences that these texts do not have")
        yield found[0], found[1]


def from_units(
    content: bytes, name: str, sides: Sequence[Sequence[Segment]]
) -> Iterator[tuple[list[int], list[int]]]:
    numbers = [
        {Place(s.paragraph, s.start, s.end): n for n, s in enumerate(side)} for side in sides
    ]
    for unit in jsonl.read(BytesIO(content), name=name):
        pairing = unit.pairing
        if pairing is None or unit.status == "rejected":
            continue
        kept = pairing.source, pairing.target
        found = [
            [n.get(place, -1) for place in side] for n, side in zip(numbers, kept, strict=True)
        ]
        if -1 in found[0] or -1 in found[1]:
            raise InputError(name, f"unit {unit.id} is not in these texts; leave it out")
        yield found[0], found[1]


def run(numbers: list[int], name: str) -> range:
    if numbers != list(range(numbers[0], numbers[-1] + 1)):
        raise InputError(name, f"sentences {numbers} are no run; a kept bead has neighbours only")
    return range(numbers[0], numbers[-1] + 1)


def shown(bead: Bead) -> str:
    return f"{list(bead.source)}:{list(bead.target)}"
