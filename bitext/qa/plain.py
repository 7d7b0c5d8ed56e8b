"""A text in small letters without accents, for comparing names."""

import unicodedata


def plain(text: str) -> str:
    """
    Small letters without accents.

    >>> plain("Œuvre d'Élise")
    "oeuvre d'elise"
    """
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(c for c in apart if not unicodedata.combining(c)).replace("œ", "oe")
