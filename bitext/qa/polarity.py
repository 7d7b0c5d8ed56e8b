"""A French negation is one in English."""

import re
from collections.abc import Iterator

from bitext.units import Issue, TranslationUnit

# "ne ... que" is "only", and so is "plus que"; "n'est-ce pas" asks for agreement;
# "pas moins de" and "ne cesse pas" say yes.
NEGATION = re.compile(
    r"\b(?:ne\s|n['’])(?!est-ce\b)(?:\s*[\w’'-]+\s){0,3}?\s*[\w’'-]*?\b"
    r"(?:pas|jamais|aucune?|rien|personne|guère|nullement)\b(?!\s+(?:seulement|que|moins))",
    re.IGNORECASE,
)
# Besides the negative words: verbs and adverbs that deny, words with a negative prefix or
# suffix, and turns of comparison ("rather than"). Collected on newstest2013 and 2008-2012.
NEGATIVE = re.compile(
    r"n['’]t\b|\b(?:no|not|never|none|nobody|nothing|neither|nor|nowhere|without|cannot|non|nil"
    r"|hardly|barely|scarcely|rarely|seldom|little|few|fewer|least|less|only|unless|until|yet"
    r"|fail\w*|refus\w+|lack\w*|den(?:y|ies|ied|ial)|avoid\w*|prevent\w*|absen\w+|miss(?:ed|ing|es)"
    r"|ignor\w+|reject\w*|declin\w+|neglect\w*|stop\w*|ceas\w+|bann?(?:ed|s)?|forb\w+|prohibit\w*"
    r"|far from|free (?:of|from)|instead|rather than|except|beyond|exempt|difficult\w*|bad(?:ly)?"
    r"|dis[a-z]{4,}|mis[a-z]{4,}|non-?\w+|\w+less(?:ly|ness)?|un(?!der|it|i[fv]|ion|cle)\w{3,}"
    r"|im(?:poss|mob|perf|prop|mor|prob|pat|prec)\w+|il(?:leg|log|lit)\w+|irr\w+"
    r"|in(?:ab|acc(?!omp)|act|adeq|adm|appr|cap|coh|comp|conc|corr|decis|def|dig|disp|eff|elig|eq|ev"
    r"|exp|flex|hum|iq|just|nocu|numer|op|san|secu|sens|suff|sup|tol|vac|val|vis|voluntary)\w*)\b",
    re.IGNORECASE,
)


def negation(unit: TranslationUnit) -> Iterator[Issue]:
    """What the source denies, the translation denies."""
    found = NEGATION.search(unit.source) if unit.target else None
    if found and not NEGATIVE.search(unit.target):
        message = f"{found.group()!r} has no counterpart: is the translation still negative?"
        yield Issue("negation", "minor", message, "accuracy/mistranslation", (found.span(),))
