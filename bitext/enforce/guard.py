"""
What a repair may not cost: a sentence that holds its terms and has lost its sense is worse
than one reported as not enforced.
"""

import re
from collections import Counter

from bitext.enforce.verify import renderings
from bitext.engines import Request
from bitext.units import Hypothesis

# Mean log probability per token that a repair may lose against the plain translation. A rare
# term of three pieces among twenty costs up to 1 with the built-in model on the seeds.
MOST_LOST = 2.0
NUMBER = re.compile(r"\d+")
WORD = re.compile(r"\w+")


def acceptable(request: Request, candidate: Hypothesis, plain: Hypothesis) -> bool:
    """Whether the candidate may stand in for the plain translation."""
    return (
        score_holds(candidate, plain)
        and length_holds(candidate.text, plain.text, request)
        and numbers_hold(request.text, candidate.text, plain.text)
        and repeats(candidate.text) <= max(repeats(plain.text), repeats(request.text))
        and not over_applied(request, candidate, plain)
    )


def score_holds(candidate: Hypothesis, plain: Hypothesis) -> bool:
    if candidate.score is None or plain.score is None:
        return True
    return candidate.score >= plain.score - MOST_LOST


def length_holds(candidate: str, plain: str, request: Request) -> bool:
    """Neither cut short nor run on, measured against both the plain translation and the source."""
    longest = 1.5 * max(len(plain), len(request.text)) + 20
    shortest = 0.5 * min(len(plain), len(request.text)) - 10
    return shortest <= len(candidate) <= longest


def numbers_hold(source: str, candidate: str, plain: str) -> bool:
    """No number of the source that the plain translation had is lost, and none is won."""
    wanted, had = set(NUMBER.findall(source)), set(NUMBER.findall(plain))
    has = set(NUMBER.findall(candidate))
    return (wanted & had) <= has and (has <= wanted | had)


def repeats(text: str) -> int:
    """How often the most frequent run of three words occurs."""
    words = [w.lower() for w in WORD.findall(text)]
    runs = Counter(zip(words, words[1:], words[2:], strict=False))
    return max(runs.values(), default=1)


def over_applied(request: Request, candidate: Hypothesis, plain: Hypothesis) -> bool:
    """Whether a term stands in the candidate more often than source and plain text explain."""
    for match in request.terms:
        asked = sum(m.required == match.required and not m.shadowed for m in request.terms)
        allowed = max(asked, len(renderings(match, plain.text)))
        if len(renderings(match, candidate.text)) > allowed:
            return True
    return False
