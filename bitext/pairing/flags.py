"""What is to be said of an aligned unit: its flags, and doubts about the bead."""

from dataclasses import replace

from bitext.pairing.evidence import told
from bitext.qa import checked
from bitext.units import Issue, Pairing, TranslationUnit

# Below this a bead is flagged.
UNSURE = 0.5


def checked_pair(unit: TranslationUnit) -> TranslationUnit:
    """The unit with its flags: those of a translation, or that there is none."""
    pairing = unit.pairing
    assert pairing is not None
    if unit.source and unit.target:
        unit = checked(unit)
        unsure = pairing.confidence < UNSURE and not pairing.locked
        return replace(unit, issues=(*(unit.issues or ()), *([doubt(pairing)] if unsure else [])))
    elsewhere = " (it seems to stand elsewhere: moved)" if pairing.moved else ""
    if unit.source:
        issue = Issue("alignment", "major", f"not translated{elsewhere}", "accuracy/omission")
    else:
        issue = Issue("alignment", "major", f"not in the source{elsewhere}", "accuracy/addition")
    return replace(unit, issues=(replace(issue, severity="minor") if elsewhere else issue,))


def doubt(pairing: Pairing) -> Issue:
    message = f"{pairing.kind}, confidence {pairing.confidence:.2f}: {told(pairing.evidence)}"
    return Issue("alignment", "minor", message)
