"""How sure a bead is: the share of all ways through the texts, made honest on the novels."""

from bitext.align.search import Step


def confidence(step: Step) -> float:
    """The chance (0 to 1) that just these sentences belong together."""
    return round(step.probability, 4)
