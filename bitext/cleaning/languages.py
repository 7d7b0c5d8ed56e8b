"""Which of the two languages a text is in, by its words of grammar."""

import re

from bitext.units import TranslationUnit

WORD = re.compile(r"[^\W\d_]+")
# Words that the other language does not have.
FRENCH = frozenset(
    "le la les des du une et est sont été être dans avec pour qui que dont où nous vous ils elles "
    "elle leur leurs cette cet ces ses mais pas plus comme tous toute toutes aussi après avant "
    "depuis pendant sous entre chez vers très fait peut doit donc ainsi alors aux au je il ne ni "
    "avait avaient ont était étaient sera celui ceux même moi votre vos notre".split()
)
ENGLISH = frozenset(
    "the of and to is are was were been be has have had with for that this these those it its they "
    "them their he she his her you your we our which who what when where while from by at not "
    "will would could should can there than then about into after before because between do does "
    "did how if all any my".split()
)
# So many words of the other language, and this much more of it than of its own.
FEWEST, MUCH_MORE = 3, 3


def wrong_language(unit: TranslationUnit) -> str:
    """The source is not French, or the target is not English."""
    french, english = counts(unit.source)
    if clearly(english, french):
        return "the source is English"
    french, english = counts(unit.target)
    return "the target is French" if clearly(french, english) else ""


def counts(text: str) -> tuple[int, int]:
    """
    How many words of French grammar a text has, and of English.

    >>> counts("The cat is in the garden of my aunt.")
    (0, 5)
    """
    words = [word.lower() for word in WORD.findall(text)]
    return sum(word in FRENCH for word in words), sum(word in ENGLISH for word in words)


def clearly(other: int, own: int) -> bool:
    return other >= FEWEST and other > MUCH_MORE * own
