"""Language codes: BCP 47 on writing, and what other tools have in its place on reading."""

import re
from functools import lru_cache

from bitext.errors import BitextError

BCP47 = re.compile(r"[a-z]{2,3}(?:-[a-z]{4})?(?:-(?:[a-z]{2}|[0-9]{3}))?", re.IGNORECASE)
THREE_LETTERS = {"fra": "fr", "fre": "fr", "eng": "en"}  # ISO 639-2
NAMES = {"french": "fr", "français": "fr", "francais": "fr", "english": "en", "anglais": "en"}


@lru_cache(1000)
def primary(lang: str) -> str:
    """
    The language without its region, whatever it is called.

    >>> primary("EN_gb"), primary("fra"), primary("French (France)")
    ('en', 'fr', 'fr')
    """
    bare = re.split(r"[-_\s(]", lang.strip().lower())[0]
    return THREE_LETTERS.get(bare) or NAMES.get(bare, bare)


@lru_cache(1000)
def fault(lang: str) -> str:
    """
    What is wrong with a language code; "" if nothing is.

    >>> fault("fr-CA"), fault("zh-Hant-TW")
    ('', '')
    >>> fault("fr_FR")
    "language code 'fr_FR' should be fr-FR"
    >>> fault("fra")
    "language code 'fra' should be fr"
    """
    low = lang.lower()
    if BCP47.fullmatch(lang) and low[:3] not in THREE_LETTERS:
        return ""
    right = re.sub(r"^[A-Za-z]+", lambda found: primary(found[0]), lang.replace("_", "-"))
    known = BCP47.fullmatch(right) and len(primary(lang)) == 2
    remedy = f"should be {right}" if known else "is none of BCP 47 (fr, en-GB)"
    return f"language code {lang!r} {remedy}"


def checked(lang: str) -> str:
    """The code itself; raises BitextError for one that CAT tools would pass over in silence."""
    if problem := fault(lang):
        raise BitextError(problem)
    return lang
