"""One word in British and in American spelling: «realise» and «realize» are one term."""

import re
from collections.abc import Iterator
from functools import lru_cache

# British endings and what Americans write for them, applied to whole words in small letters. What
# they make of words that both write alike ("advise" → "advize") does no harm: only the spellings
# that come out are compared.
AMERICAN = (
    (r"(?<=\w\w\w)is(e|es|ed|er|ers|ing|ation|ations|able)$", r"iz\1"),
    (r"(?<=\w\w\w)ys(e|es|ed|er|ers|ing)$", r"yz\1"),
    (
        r"^(\w*(?:behavi|col|endeav|fav|flav|harb|hon|hum|lab|neighb|od|rig|rum|sav|tum|vap|vig)o)"
        r"ur(?=s?$|ed$|ing$|able$|ful$|hoods?$|less$|ites?$|er$|ers$)",
        r"\1r",
    ),
    (r"^(\w*(?:cent|theat|fib|lit|met|calib|lust|meag|spect))re(s?)$", r"\1er\2"),
    (r"^(defen|offen|licen|preten)ce(s?)$", r"\1se\2"),
    (r"(?<=[aeiou])ll(ed|ing|er|ers|or|ors)$", r"l\1"),
    (r"^(\w*log)ue(s?)$", r"\1\2"),
    (r"^(program)me(s?)$", r"\1\2"),
    (r"dge(ments?)$", r"dg\1"),
    (r"^(enrol|instal|fulfil)l?(ments?|s?)$", r"\1l\2"),
    (r"^grey", "gray"),
    (r"^aluminium$", "aluminum"),
    (r"^ageing$", "aging"),
    (r"^mould", "mold"),
    (r"^(an|h|leuk|isch|p|orthop|gyn)a(e[dmc]\w*)$", r"\1\2"),
    (r"^o(estrogen|edema)", r"\1"),
    (r"^sulph", "sulf"),
    (r"^e-?mail(s?)$", r"email\1"),
    # Not of one side only, but one word as well.
    (r"people$", "persons"),
)
RULES = tuple((re.compile(british), american) for british, american in AMERICAN)
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")


@lru_cache(maxsize=1 << 14)
def american(word: str) -> str:
    """
    What both spellings of an English word share.

    >>> [american(w) for w in ("realised", "realized", "Labour", "travelling", "spokespeople")]
    ['realized', 'realized', 'labor', 'traveling', 'spokespersons']
    >>> [american(w) for w in ("four", "for", "hour", "theatre", "called", "metre")]
    ['four', 'for', 'hour', 'theater', 'caled', 'meter']
    """
    word = word.lower()
    for british, other in RULES:
        word = british.sub(other, word)
    return word


def spelt_otherwise(phrase: str, text: str) -> Iterator[tuple[int, int]]:
    """
    Where the words of a phrase stand in a text, spelt as the other side of the sea does.

    >>> list(spelt_otherwise("to realise", "It is hard to realize."))
    [(11, 21)]
    """
    wanted = [american(word) for word in WORD.findall(phrase)]
    words = list(WORD.finditer(text))
    for first in range(len(words) - len(wanted) + 1 if wanted else 0):
        run = words[first : first + len(wanted)]
        start, end = run[0].start(), run[-1].end()
        same = all(american(w[0]) == key for w, key in zip(run, wanted, strict=True))
        if same and text[start:end].lower() != phrase.lower():
            yield start, end
