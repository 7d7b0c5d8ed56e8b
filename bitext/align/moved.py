"""Runs left out in one place and added in another: a translator has moved them."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from bitext.align.corridor import hashed, normed
from bitext.align.costs import Problem
from bitext.align.features import Floats, Rows
from bitext.units import Bead

# How like the two must be (cosine of their weighted features). Of seven passages of one to eight
# sentences moved about in the novels, five came out above it; runs with nothing in common reach
# 0.39.
ALIKE = 0.4
# A single short sentence is like others by chance.
SHORTEST = 40
# Runs on each side that are compared; a text with more of them is no translation.
MOST = 2_000


def with_moved(beads: Sequence[Bead], problem: Problem) -> list[Bead]:
    """The beads; of those with one side each that has its like opposite is marked with it."""
    sides = problem.source, problem.target
    alone = [
        [
            n
            for n, bead in enumerate(beads)
            if (run := bead.source if k == 0 else bead.target)
            and not (bead.target if k == 0 else bead.source)
            and side.lengths[run.stop] - side.lengths[run.start] >= SHORTEST
        ][:MOST]
        for k, side in enumerate(sides)
    ]
    found = list(beads)
    if not alone[0] or not alone[1]:
        return found
    ones = vectors(sides[0].rows, [beads[n].source for n in alone[0]], problem.weights)
    others = vectors(sides[1].rows, [beads[n].target for n in alone[1]], problem.weights)
    like = ones @ others.T
    for k, best in enumerate(like.argmax(axis=1).tolist()):
        if like[k, best] >= ALIKE and like[:, best].argmax() == k:
            left_out, added = alone[0][k], alone[1][best]
            found[left_out] = replace(beads[left_out], moved=beads[added].target)
            found[added] = replace(beads[added], moved=beads[left_out].source)
    return found


def vectors(rows: Rows, runs: Sequence[range], weights: Floats) -> Floats:
    """A hashed, normed row for each run of sentences."""
    group = np.full(len(rows), len(runs), dtype=np.int64)
    for number, run in enumerate(runs):
        group[run.start : run.stop] = number
    return normed(hashed(rows, weights, group)[: len(runs)])
