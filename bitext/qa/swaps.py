"""Who did what to whom, and what went from where to where, is not told the other way round."""

import re
from collections.abc import Iterator

from bitext.qa.quantities import SPACES, canonical, readings
from bitext.qa.rules import rules
from bitext.units import Issue, TranslationUnit

# "De 2,15 € à 2,51 €"
FIGURE = rf"[$€£]?\s?(\d+(?:[.,{SPACES}]\d+)*)"
FROM_TO = {
    "fr": re.compile(rf"\bde\s{FIGURE}[^\d.;:!?]{{0,25}}?\sà\s{FIGURE}", re.IGNORECASE),
    "en": re.compile(rf"\bfrom\s{FIGURE}[^\d.;:!?]{{0,25}}?\sto\s{FIGURE}", re.IGNORECASE),
}
# Deeds that one does to another, in the active: "Lyon a battu Monaco".
NAMES = r"(?<![\w-])((?:[A-ZÀ-ÖØ-Þ][\w.’-]{0,30}\s){0,2}[A-ZÀ-ÖØ-Þ][\w’-]{0,30})"
HAVING = r"\s(?:(?:a|ont|avait|avaient|aura|vient\sde|viennent\sde)\s)?"
HAS = r"\s(?:(?:has|have|had|will|to)\s)?"
DEEDS = {
    "beat": (
        r"(?:bat|batt(?:ent|u|ue|us|re|it)|vaincu|défait|dominé|écrasé|éliminé|surclassé)",
        r"(?:beats?|defeat(?:s|ed)?|knocked\sout|eliminated|thrashed|crushed|overcame|outclassed)",
    ),
    "buy": (
        r"(?:rachète|racheté|acheté|acquis|absorbé|racheter)",
        r"(?:buys?|bought|acquire[sd]?|purchase[sd]?|t(?:akes?|ook)\sover)",
    ),
    "attack": (r"(?:attaque|attaqué|envahi|bombardé)", r"(?:attack(?:s|ed)?|invaded|bombed)"),
    "accuse": (
        r"(?:accuse|accusé|poursuivi|poursuit)",
        r"(?:accuse[sd]?|sue[sd]?|prosecuted)",
    ),
    "kill": (r"(?:tue|tué|assassiné)", r"(?:kill(?:s|ed)?|murdered|assassinated)"),
    "replace": (r"(?:remplace|remplacé|remplacera|devance|devancé)", r"(?:replace[sd]?|outran)"),
}
GIVEN_TO = {
    "buy": (
        r"(?:rachète|racheté|acheté|acquis)",
        r"(?:buys?|bought|acquire[sd]?|purchased)",
        "from",
    ),
    "sell": (r"(?:vend|vendu|cédé|cède)", r"(?:sells?|sold)", "to"),
}
THING = r"\s[^.;:!?]{1,60}?\s"
ARTICLES = frozenset("le la les the l".split())
PATTERNS = tuple(
    (
        re.compile(rf"{NAMES}{HAVING}{french}\s(?:(?:le|la|les)\s|l['’])?{NAMES}"),
        re.compile(rf"{NAMES}{HAS}{english}\s(?:the\s)?{NAMES}"),
    )
    for french, english in DEEDS.values()
) + tuple(
    (
        re.compile(rf"{NAMES}{HAVING}{french}{THING}(?:à|au|aux)\s(?:(?:la|les)\s|l['’])?{NAMES}"),
        re.compile(rf"{NAMES}{HAS}{english}{THING}{word}\s(?:the\s)?{NAMES}"),
    )
    for french, english, word in GIVEN_TO.values()
)


def swapped(unit: TranslationUnit) -> Iterator[Issue]:
    """Nobody changes places: who beat whom, and from which figure to which."""
    yield from turned(unit)
    for french, english in PATTERNS:
        was = french.search(unit.source)
        now = english.search(unit.target) if was else None
        if was and now and crossed(was, now):
            yield swap(was, now)


def turned(unit: TranslationUnit) -> Iterator[Issue]:
    """A change from one figure to another that is told backwards."""
    before = {ends(found): found for found in FROM_TO["fr"].finditer(unit.source)}
    after = {ends(found): found for found in FROM_TO["en"].finditer(unit.target)} if before else {}
    for (start, end), was in before.items():
        now = after.get((end, start))
        if now and start != end and (start, end) not in after and (end, start) not in before:
            yield swap(was, now)


def ends(found: re.Match[str]) -> tuple[str, str]:
    """Both figures by value."""
    first, second = ("|".join(map(canonical, readings(figures))) for figures in found.groups())
    return first, second


def crossed(was: re.Match[str], now: re.Match[str]) -> bool:
    """Whether who did it in the source has it done to him in the translation."""
    doer, other = (in_english(names) for names in was.groups())
    new_doer, new_other = (parts(names) for names in now.groups())
    return not (
        doer.isdisjoint(new_other) or other.isdisjoint(new_doer) or not doer.isdisjoint(new_doer)
    )


def parts(names: str) -> set[str]:
    return {name for name in names.split() if name.lower() not in ARTICLES}


def in_english(names: str) -> set[str]:
    """The parts of a name, those of places as English calls them, too."""
    french = parts(names)
    return french | {rules().places[name] for name in french if name in rules().places}


def swap(was: re.Match[str], now: re.Match[str]) -> Issue:
    message = f"{was.group()} has been turned round: {now.group()}"
    spans = (was.span(),), (now.span(),)
    return Issue("swapped", "major", message, "accuracy/mistranslation", *spans)
