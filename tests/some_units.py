"""Units for the tests of export, import and merging."""

from bitext.units import TermEntry, TermMatch, TranslationUnit

PARLER = TermMatch(TermEntry("Parler", "Parler", "dnt", note="a network"), 3, 9, "Parler")


def unit(number: int = 1, source: str = "", target: str = "", **more: object) -> TranslationUnit:
    known = {"origin": "mt", "status": "untouched", "score": -0.5, "document": "a.txt"} | more
    text = source or f"Il dort {number} fois."
    return TranslationUnit(  # type: ignore[arg-type]
        id=f"a.txt:{number}:0:0a1b2c3d",
        paragraph=number,
        start=0,
        end=len(text),
        source=text,
        target=target or f"He sleeps {number} times.",
        **known,
    )
