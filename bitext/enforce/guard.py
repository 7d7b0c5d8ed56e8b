"""
What a repair may not cost: a sentence that holds its terms and has lost its sense is worse
than one reported as not enforced.
"""

import re
from collections import Counter

from bitext.enforce.verify import Span, renderings, touches
from bitext.engines import Request
from bitext.units import Hypothesis, TermMatch

# Mean log probability per token that a repair may lose against the plain translation, and what
# the terms' own words may cost beyond that: a word that the network would never have chosen, each
# time. With a glossary whose targets are shuffled, on 498 sentences, most right repairs lose less.
MOST_LOST, TERM_COST = 2.0, 8.0
NUMBER = re.compile(r"\d+")
WORD = re.compile(r"\w+")


def acceptable(request: Request, candidate: Hypothesis, plain: Hypothesis) -> bool:
    """Whether the candidate may stand in for the plain translation."""
    return (
        score_holds(candidate, plain, request)
        and length_holds(candidate.text, plain.text, request)
        and numbers_hold(request, candidate.text, plain.text)
        and repeats(candidate.text) <= max(repeats(plain.text), repeats(request.text))
        and not over_applied(request, candidate, plain)
        and not (doubled(request, candidate.text) and not doubled(request, plain.text))
    )


def score_holds(candidate: Hypothesis, plain: Hypothesis, request: Request) -> bool:
    if candidate.score is None or plain.score is None:
        return True
    asked = sum(len(WORD.findall(match.required)) for match in request.terms if match.binding)
    share = min(1.0, asked / max(1, len(WORD.findall(candidate.text))))
    return candidate.score >= plain.score - MOST_LOST - TERM_COST * share


def length_holds(candidate: str, plain: str, request: Request) -> bool:
    """Neither cut short nor run on, measured against both the plain translation and the source."""
    longest = 1.5 * max(len(plain), len(request.text)) + 20
    shortest = 0.5 * min(len(plain), len(request.text)) - 10
    return shortest <= len(candidate) <= longest


def numbers_hold(request: Request, candidate: str, plain: str) -> bool:
    """
    No number of the source that the plain translation had is lost, and none is won.

    Those of the terms themselves come and go with them ("COVID-19 crisis").
    """
    source, asked = request.text, " ".join(match.required for match in request.terms)
    for match in request.terms:
        source = source.replace(request.text[match.start : match.end], " ")
    wanted, had = set(NUMBER.findall(source)), set(NUMBER.findall(plain))
    has, own = set(NUMBER.findall(candidate)), set(NUMBER.findall(asked))
    return (wanted & had) <= has and has <= set(NUMBER.findall(request.text)) | had | own


def repeats(text: str) -> int:
    """How often the most frequent run of three words occurs."""
    words = [w.lower() for w in WORD.findall(text)]
    runs = Counter(zip(words, words[1:], words[2:], strict=False))
    return max(runs.values(), default=1)


def doubled(request: Request, text: str) -> bool:
    """Whether a required target stands twice in a row ("the police force police force")."""
    required = {re.escape(m.required) for m in request.terms if m.binding}
    return any(re.search(rf"(?<!\w){r}\s+{r}(?!\w)", text, re.IGNORECASE) for r in required)


def over_applied(request: Request, candidate: Hypothesis, plain: Hypothesis) -> bool:
    """Whether a term stands in the candidate more often than source and plain text explain."""
    for match in request.terms:
        asked = sum(m.required == match.required and not m.shadowed for m in request.terms)
        allowed = max(asked, len(alone(match, request, plain.text)))
        if len(alone(match, request, candidate.text)) > allowed:
            return True
    return False


def alone(match: TermMatch, request: Request, text: str) -> list[Span]:
    """Its renderings outside of those of longer ones: "agreement", not "employment agreement"."""
    longer = {m.required: m for m in request.terms if len(m.required) > len(match.required)}
    held = [span for other in longer.values() for span in renderings(other, text)]
    return [s for s in renderings(match, text) if not any(touches(s, other) for other in held)]
