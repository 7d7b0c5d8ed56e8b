"""
Tell a name from the word it is spelt like: Parler, the network, from parler, to speak.

Inside a sentence the capital decides. At its head, and in text all in capitals, it says
nothing; then what follows gives evidence, and the document as a whole the rest.
"""

import re
from math import exp, log

# A verb that takes an infinitive for its subject as readily as a name ("Parler est un droit").
EITHER = re.compile(
    r"\s+(?:ne\s+|n['’])?(?:est|sera|serait|était|fut|peut|pourrait|doit|devrait|permet|reste|"
    r"devient|fait|demande|coûte|suffit)\b",
    re.IGNORECASE,
)
# A finite verb or the clitic before one: what comes before it is a subject, and so a name.
FINITE = re.compile(
    r"\s+(?:n['’]|ne\s|s['’]|se\s|l['’]|y\s|en\s(?:a|est)\b|"
    r"(?:a|ont|avait|aura|aurait|eut|est|sont|était|sera|serait|fut|fait|faisait|fera|peut|pouvait|"
    r"pourra|pourrait|doit|devait|devra|devrait|va|allait|ira|veut|voulait|dit|permet|offre|reste|"
    r"devient|compte|fonctionne|revendique|appartient|refuse|annonce|affirme|accuse|"
    r"\w{3,}(?:ait|era|erait|ira|irait))\b)",
    re.IGNORECASE,
)
# What an infinitive takes after it, and a name does not.
COMPLEMENT = re.compile(
    r"\s+(?:de|d['’]|du|des|à|au|aux|avec|en|pour|comme|plus|moins|trop|peu|bien|mal|haut|bas|"
    r"français|anglais|franchement|\w{3,}ment)\b",
    re.IGNORECASE,
)
APPOSITION = re.compile(r"\s*(?:,|:|\(|et\s+[A-ZÀ-Þ]|$)")
INFINITIVE = re.compile(r"(?:er|ir|oir|re)$")

# Where a capital says nothing: at the head of a sentence, past quotes, brackets and dashes.
HEAD = re.compile(r"(?:^|[.!?…:]\s+)[\s«»“”\"'‘’(\[–—-]*$|[«“\"‘]\s*$")
CLAUSE_HEAD = re.compile(r"[:]\s*[«“\"‘]?\s*$")


def confidence(text: str, start: int, end: int, name: str, prior: float) -> float:
    """
    How likely text[start:end] is the name (0 to 1).

    `prior` is the document's share of clear names among the clear cases.
    """
    surface = text[start:end]
    shouted = surface.isupper() and len(surface) > 1 and not name.isupper()
    if not shouted and not HEAD.search(text, max(0, start - 40), start):
        return 1.0
    if shouted and not text.isupper():
        return 0.9  # one word in capitals among others is emphasis on the name or the verb
    if not INFINITIVE.search(name.lower()) and prior >= 0.5:
        return 0.95  # no verb to take it for, and no such word in the document
    return 1 / (1 + exp(-log(prior / (1 - prior)) - evidence(text, end)))


def evidence(text: str, end: int) -> float:
    """Log odds for the name, from what follows it. The sizes are judgement, not counts."""
    if COMPLEMENT.match(text, end):
        return -4.0 if not FINITE.match(text, end) else 0.0
    if EITHER.match(text, end):
        return 0.3
    if FINITE.match(text, end):
        return 2.5
    if APPOSITION.match(text, end):
        return 1.0
    return 0.0
