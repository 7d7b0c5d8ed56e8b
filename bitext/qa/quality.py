"""
How good a translation is likely to be, told without a reference.

The model's mean log probability per token says how sure it was; long texts score higher for as
good a translation, and one that is shorter than expected has often lost something. Three weights
bring these to the scale of chrF.
"""

import math

from bitext.qa.length import deviation

# Least squares of segment chrF++ on the built-in model's translations of newstest2013 (2,973
# segments, revision da48bed545c7, 2026-11-21), by scripts/bench quality: with five-fold cross
# validation they correlate by r = 0.44 (rank 0.43; the score alone 0.38 and 0.37). Another model
# is on another scale: measure anew.
BASE, SCORE, LENGTH, SURPLUS = 49.9, 38.3, 4.36, 1.90
# A text far too long or short is bad, and no better for being longer still.
FARTHEST = 5.0


def features(source: str, target: str, score: float) -> tuple[float, float, float]:
    """What the estimate is a sum of: log probability, log length, surplus length."""
    surplus = deviation(source, target) if source else 0.0
    return score, math.log(len(source) or 1), max(-FARTHEST, min(FARTHEST, surplus))


def quality(source: str, target: str, score: float | None) -> float | None:
    """
    The chrF++ to expect, from 0 to 1; None where no model gave the translation.

    >>> quality("Le site est en panne.", "The site is down.", -0.2)
    0.549
    """
    if score is None or not math.isfinite(score):
        return None
    if not target.strip():
        return 0.0
    told, length, surplus = features(source, target, score)
    expected = BASE + SCORE * told + LENGTH * length + SURPLUS * surplus
    return round(max(0.0, min(1.0, expected / 100)), 3)
