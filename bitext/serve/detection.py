"""Tell French from English by their little words: all that a French to English server needs."""

import re

WORD = re.compile(r"[^\W\d_]+")
FRENCH = frozenset(
    "le la les des du une dans avec pour est sont qui que et il elle nous vous pas ne sur au aux "
    "ce cette ces son ses leur par mais ou où été un de je tu se sa en très bonjour merci".split()
)
ENGLISH = frozenset(
    "the of and to in is are was were for with that this it by from at as be not has have he "
    "she they we you its his her their but or an been i my your will hello thank".split()
)
ACCENTS = re.compile("[àâçèêëîïôùûœ]")


def detect(text: str) -> tuple[str, float]:
    """
    "fr" or "en", and how sure that is, from 0 to 100.

    >>> detect("Il a été suspendu par le réseau."), detect("He was suspended by the network.")
    (('fr', 100.0), ('en', 100.0))
    """
    words = [word.lower() for word in WORD.findall(text)]
    english = sum(word in ENGLISH for word in words)
    french = sum(word in FRENCH or bool(ACCENTS.search(word)) for word in words)
    if not french + english:
        return "fr", 0.0
    language = "fr" if french >= english else "en"
    return language, round(100.0 * max(french, english) / (french + english), 1)
