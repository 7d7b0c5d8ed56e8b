"""What is to be said of an aligned unit: its terms, its flags, and doubts about the bead."""

from collections.abc import Iterator
from dataclasses import replace

from bitext.enforce.verify import verify
from bitext.pairing.evidence import told
from bitext.qa import checked
from bitext.units import Enforcement, Hypothesis, Issue, Pairing, TermMatch, TranslationUnit

# Below this a bead is flagged.
UNSURE = 0.5


def reports(matches: tuple[TermMatch, ...], target: str) -> Iterator[Enforcement]:
    """Whether the human translation has each term."""
    for match, span in zip(matches, verify(matches, Hypothesis(target)).spans, strict=True):
        if match.shadowed:
            yield Enforcement("shadowed")
        elif span:
            yield Enforcement("right", "plain", target[slice(*span)], *span)
        else:
            reason = "the translation does not have it"
            yield Enforcement("unenforced" if match.binding else "ambiguous", reason=reason)


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
