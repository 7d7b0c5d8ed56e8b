"""Beads that are to stay as they are, from an earlier alignment that somebody has looked over."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise

from bitext.errors import InputError
from bitext.formats import jsonl
from bitext.score.alignment import Pair, read_beads
from bitext.units import Bead, Pairing, Place, Segment

Numbers = tuple[list[int], list[int]]


@dataclass(frozen=True, slots=True)
class Kept:
    """
    A file of beads that stay: of one pair by the numbers of its sentences, or by their places.

    `places` has, for each document, the ids of its units and where these stand.
    """

    name: str
    beads: tuple[Pair, ...]
    places: Mapping[str, Sequence[tuple[str, Pairing]]]

    def locked(
        self,
        document: str,
        sides: Sequence[Sequence[Segment]],
        numbers: Sequence[Sequence[int]],
    ) -> list[Bead]:
        """
        Those of a pair, in order; raises InputError. Beads with one side fix nothing.

        `numbers` are those that beads call the sentences of both `sides` by.
        """
        found = [*self.numbered(numbers), *self.placed(document, sides)]
        beads = [
            Bead(run(s, self.name), run(t, self.name), 0.0, 1.0, locked=True)
            for s, t in found
            if s and t
        ]
        beads.sort(key=lambda bead: bead.source.start)
        for one, other in pairwise(beads):
            if other.source.start < one.source.stop or other.target.start < one.target.stop:
                problem = f"{shown(one)} and {shown(other)} cross; keep one of them"
                raise InputError(self.name, problem)
        return beads

    def numbered(self, numbers: Sequence[Sequence[int]]) -> Iterator[Numbers]:
        known = [{number: n for n, number in enumerate(side)} for side in numbers]
        for pair in self.beads:
            source, target = (
                [k.get(n, -1) for n in sorted(side)] for k, side in zip(known, pair, strict=True)
            )
            if -1 in source or -1 in target:
                there = f"{sorted(pair[0])}:{sorted(pair[1])}"
                problem = f"bead {there} names sentences that these texts do not have"
                raise InputError(self.name, problem)
            yield source, target

    def placed(self, document: str, sides: Sequence[Sequence[Segment]]) -> Iterator[Numbers]:
        known = [
            {Place(s.paragraph, s.start, s.end): n for n, s in enumerate(side)} for side in sides
        ]
        for unit_id, pairing in self.places.get(document, ()):
            source, target = (
                [k.get(place, -1) for place in side]
                for k, side in zip(known, (pairing.source, pairing.target), strict=True)
            )
            if -1 in source or -1 in target:
                raise InputError(self.name, f"unit {unit_id} is not in these texts; leave it out")
            yield source, target


def read_kept(content: bytes, name: str) -> Kept:
    """
    A file as `bitext align` writes it, beads or JSONL; raises InputError.

    Of JSONL, units that were rejected are not kept.
    """
    if content.lstrip()[:1] != b"{":
        return Kept(
            name, tuple(read_beads(content.decode("utf-8", "replace").splitlines(), name)), {}
        )
    places: dict[str, list[tuple[str, Pairing]]] = {}
    for unit in jsonl.read(BytesIO(content), name=name):
        if unit.pairing is not None and unit.status != "rejected":
            places.setdefault(unit.document, []).append((unit.id, unit.pairing))
    return Kept(name, (), places)


def run(numbers: list[int], name: str) -> range:
    if numbers != list(range(numbers[0], numbers[-1] + 1)):
        raise InputError(name, f"sentences {numbers} are no run; a kept bead has neighbours only")
    return range(numbers[0], numbers[-1] + 1)


def shown(bead: Bead) -> str:
    return f"{list(bead.source)}:{list(bead.target)}"
