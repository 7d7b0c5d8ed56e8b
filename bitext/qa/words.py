"""Words that stayed French, and words that came twice."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from bitext.qa.languages import other_language
from bitext.qa.rules import rules
from bitext.units import Issue, Severity, TranslationUnit

WORD = re.compile(r"[^\W_]+")
GAP = re.compile(r"[\s'’-]*")
QUOTED = re.compile(r"[“\"«]\s*([^”\"»]*[^”\"»\s])\s*[”\"»]")
# "The Paris Regional Court (tribunal de grande instance)" is told for who knows the French.
BRACKETED = re.compile(r"\(([^()]+)\)")

# Words of French grammar that are no English words. The weak ones live in names too
# ("Place de la Concorde"); a stretch of French needs a strong one.
WEAK = frozenset("de la le du des les et en au aux sur d l à par saint".split())
STRONG = frozenset(
    "une un dans avec pour est était étaient sont sera été être avoir avait avaient ont qui que qu "
    "quoi dont où nous vous ils elles il elle leur leurs cette cet ces ses mes mais pas ne plus "
    "comme tout tous toute toutes même aussi après avant depuis pendant sans sous entre chez vers "
    "lors très fait peut doit car donc ainsi alors si".split()
)
FRENCH = WEAK | STRONG
# "pilote d'imprimante"
ELIDED, APOSTROPHES = frozenset({"d", "l", "qu"}), "'’"
# These are in no name ("Médecins sans frontières", "Union pour un mouvement populaire").
SENTENCE = STRONG - frozenset(
    "pour un une sans tous tout sous entre avec chez contre après vers qui que dont être même plus "
    "peut nous vous comme lors".split()
)
# With these a name begins, though in small letters: "rue de la Paix".
ROADS = frozenset(
    "rue avenue boulevard place quai allée impasse chemin cours square route faubourg".split()
)
# What buttons and menus begin with.
COMMANDS = frozenset(
    "supprimer ajouter enregistrer annuler envoyer modifier créer ouvrir fermer afficher "
    "télécharger rechercher valider continuer quitter imprimer copier coller couper "
    "sélectionner veuillez cliquez entrez saisissez choisir choisissez suivant précédent "
    "paramètres fichier édition aide accueil retour connecter déconnecter connexion bienvenue "
    "merci".split()
)
TAG = re.compile(r"</?[A-Za-z][^<>]*>")
ENGLISH = frozenset("the of and to in is are was on for with that this it by from at as".split())

# French that is English by now.
BORROWED = re.compile(
    r"c['’]est la vie|je ne sais quoi|comme il faut|tour de force|crème de la crème"
    r"|coups? d['’]état|chargés? d['’]affaires|vis-à-vis|hors d['’]œuvres?|raison d['’]être"
    r"|fait accompli|pièce de résistance|chef d['’]œuvre|mise en scène|trompe[- ]l['’]œil|en route"
    r"|cr[eé]dit suisse|ma[iî]tres? d['’]h[oô]tel|tables? d['’]h[oô]te|objets? d['’]art"
    r"|à la (?:carte|mode)|crème brûlée|foie gras|prêt-à-porter|haute couture|joie de vivre"
    r"|laissez-faire|noblesse oblige|nouveau riche|femmes? fatales?|faux pas|à propos",
    re.IGNORECASE,
)
# Words that are French wherever they stand: none is in the 20,000 human translations of
# newstest 2008-2013 and the Debian pages, save in a name ("Le Journal du Dimanche").
TELLING = frozenset(
    "lundi mardi mercredi jeudi vendredi samedi dimanche janvier février avril juillet septembre "
    "octobre novembre décembre cependant toutefois néanmoins pourtant selon hier demain toujours "
    "jamais beaucoup heures jours semaine mois ans années".split()
) | {command for command in COMMANDS if command.endswith(("er", "ez", "ir"))}
# Others are known by their accent, though not these.
ACCENTED = re.compile(r"\b[a-z]*[àâçèéêëîïôùûœ][a-zàâçèéêëîïôùûœ]*\b")
LOANS = frozenset(
    "café cafés cliché clichés communiqué décor façade fiancé fiancée naïve élite protégé résumé "
    "première déjà château matinée attaché crêpe crêpes entrée purée rosé sauté soufflé touché "
    "émigré émigrés passé blasé cortège crème débris début divorcée exposé ingénue lycée ménage "
    "mélange négligée négociant papier-mâché pâté précis retroussé risqué roué séance soirée "
    "à département départements état vis-à-vis tête née né entrecôte entrecôtes brûlée brûlées "
    "éclair éclairs flambé flambée consommé velouté béchamel ragoût praliné rosé gâteau gâteaux "
    "vinaigrette pâtisserie pâtisseries coulée cortège manège château soirées macramé".split()
)

# Words of grammar that are nothing else; in a name, words with capitals or more French are beside.
SINGLE = frozenset(
    "et avec dans mais leur leurs elle elles ils très aussi cette ses étaient était avait avaient "
    "être ont sont où donc nous vous environ puis lors afin ainsi depuis plusieurs notamment "
    "ensuite enfin trop moins quand aujourd parce voire désormais surtout plutôt".split()
)
# et al., et cetera
LATIN = re.compile(r"\s+(?:al|cetera|seq|ux|uxor)\b")
# In an English sentence a French place is an oversight, but as a part of another name: "rue de
# Londres", "Banque de Grèce".
PLACE = re.compile(r"(?<![\w-])[A-ZÉ]\w{3,}(?:-[A-Z]\w+)?(?![\w-])")

# Characters in which a neighbour is looked for.
NEAR = 40

# "Over and over and over."
ROUND = re.compile(r"\s(?:and|or)$", re.IGNORECASE)
# Doubled on purpose.
TWICE = frozenset("that had very so really many much no bye ha her long far never again".split())


def untranslated(unit: TranslationUnit) -> Iterator[Issue]:
    """Nothing is left in French."""
    words, others = (WORD.findall(TAG.sub(" ", text)) for text in (unit.source, unit.target))
    if words == others and words:
        telling = [word for word in words if not word.isdecimal()]
        same = len(telling) > 3 and not english_or_names(telling)
        if same or (len(words) <= 3 and words[0].lower() in COMMANDS):
            yield left(0, len(unit.target), "the translation is the source")
        return
    if language := other_language(unit.target, others, words):
        yield left(0, len(unit.target), f"not English, but {language}?")
        return
    taken = 0
    if not FRENCH.isdisjoint(others):
        for start, end in residue(words, unit):
            yield left(start, end, f"still French: {unit.target[start:end]}")
            taken = end
    yield from single_words(words, unit, taken)


def single_words(words: Sequence[str], unit: TranslationUnit, start: int) -> Iterator[Issue]:
    """Words that were copied one by one, from `start` on."""
    sources = {word.lower() for word in words}
    before = ""
    for found in WORD.finditer(unit.target, start) if TELLING & sources else ():
        word = found.group().lower()
        telling = word in TELLING and word in sources and before not in WEAK
        if telling and not titled(unit, *found.span()):
            yield left(*found.span(), f"still French: {found.group()}")
        before = found.group()
    for found in WORD.finditer(unit.target, start) if SINGLE & sources else ():
        word = found.group()
        if word in SINGLE and word in sources and is_alone(unit, *found.span()):
            yield left(*found.span(), f"still French: {word}")
    yield from french_places(unit)
    for found in ACCENTED.finditer(unit.target, start) if not unit.target.isascii() else ():
        word = found.group()
        told = word in words and word not in LOANS and word not in TELLING
        if told and not exempt(unit, *found.span()):
            yield left(*found.span(), f"French, or a name? {word}", "minor")


def beside(text: str, start: int, end: int) -> list[str]:
    """The words on either side of a stretch, with their marks, as far as there are any."""
    before, after = text[max(0, start - NEAR) : start], text[end : end + NEAR]
    return [*before.split()[-1:], *after.split()[:1]]


def is_alone(unit: TranslationUnit, start: int, end: int) -> bool:
    """Whether a French word stands among English ones: none beside it is French, or a name's."""
    words = beside(unit.target, start, end)
    return (
        not LATIN.match(unit.target, end)
        and all(word.isascii() and word.islower() for word in words)
        and FRENCH.isdisjoint(words)
        and bool(words)
        and not exempt(unit, start, end)
    )


def french_places(unit: TranslationUnit) -> Iterator[Issue]:
    """Places that English calls otherwise."""
    for found in PLACE.finditer(unit.target):
        english = rules().places.get(found.group())
        if not english or found.group() not in unit.source or english in unit.target:
            continue
        words = beside(unit.target, *found.span())
        part = any(word.lower() in FRENCH or word.lower() in ROADS for word in words)
        if not part and not exempt(unit, *found.span()):
            spans = (found.span(),)
            message = f"{found.group()} is {english} in English"
            yield Issue(
                "untranslated", "major", message, "accuracy/untranslated", (), spans, (english,)
            )


def left(start: int, end: int, message: str, severity: Severity = "major") -> Issue:
    spans = ((start, end),)
    return Issue("untranslated", severity, message, "accuracy/untranslated", target_spans=spans)


def english_or_names(words: Sequence[str]) -> bool:
    """Whether a text needs no translation: it is English already, or a row of names."""
    small = [word for word in words if word[0].islower() and word not in WEAK]
    return STRONG.isdisjoint(small) and (len(small) < 2 or not ENGLISH.isdisjoint(small))


def residue(words: Sequence[str], unit: TranslationUnit) -> Iterator[tuple[int, int]]:
    """
    The stretches of French in a translation, outside of titles in quotes.

    A stretch is two different words of grammar side by side, or three words from the source
    that hold one. What a model leaves in French it has copied, so all are in the source.
    """
    tokens = list(WORD.finditer(unit.target))
    texts = [token.group() for token in tokens]
    french = [text in FRENCH for text in texts]
    copied = set(zip(words, words[1:], words[2:], strict=False))
    for at, three in enumerate(zip(texts, texts[1:], texts[2:], strict=False)):
        elided = three[1] in ELIDED and unit.target[tokens[at + 1].end()] in APOSTROPHES
        grammar = elided or any(word in FRENCH and len(word) > 1 for word in three)
        if three in copied and grammar and "".join(three).islower():
            french[at : at + 3] = [True] * 3
    whole = f" {' '.join(words)} "
    for run in stretches(tokens, french, unit.target):
        start, end = run[0].start(), run[-1].end()
        in_source = f" {' '.join(token.group() for token in run)} " in whole
        in_name = run[0].group() in ROADS or (
            SENTENCE.isdisjoint(token.group() for token in run)
            and goes_on_a_name(unit, tokens[tokens.index(run[0]) - 1], start)
        )
        if in_source and not in_name and not exempt(unit, start, end):
            yield start, end


def goes_on_a_name(unit: TranslationUnit, before: re.Match[str], start: int) -> bool:
    """Whether the word before is part of a name that stays French ("Société de transport")."""
    word = before.group()
    touching = before.end() <= start and GAP.fullmatch(unit.target, before.end(), start)
    return bool(touching) and word[0].isupper() and word in unit.source


def exempt(unit: TranslationUnit, start: int, end: int) -> bool:
    """Whether French is right there: a title, a gloss, or a phrase that English has taken over."""
    if titled(unit, start, end):
        return True
    if around(matches(QUOTED, unit.target), start, end):
        return False
    return around(matches(BORROWED, unit.target), start + 2, end) is not None


def titled(unit: TranslationUnit, start: int, end: int) -> bool:
    """Whether it is in a title in quotes that stands so in the source, or in a gloss of it."""
    quoted = around(matches(QUOTED, unit.target), start, end)
    if quoted and quoted[1][0].isupper() and quoted[1] in unit.source:
        return True
    gloss = around(matches(BRACKETED, unit.target), start, end)
    return gloss is not None and gloss[1] in unit.source and gloss[0] not in unit.source


@lru_cache(4)
def matches(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str], ...]:
    """All matches in a text; it is asked of the same text for word after word."""
    return tuple(pattern.finditer(text))


def around(found: Sequence[re.Match[str]], start: int, end: int) -> re.Match[str] | None:
    """The last of these, in their order, that begins at `start` or before, if it reaches `end`."""
    at = bisect_right(found, start, key=lambda match: match.start()) - 1
    return found[at] if at >= 0 and end <= found[at].end() else None


def stretches(
    tokens: Sequence[re.Match[str]], french: Sequence[bool], text: str
) -> Iterator[list[re.Match[str]]]:
    """Runs of French words that touch: two different ones or more, and not all of them weak."""
    runs: list[list[re.Match[str]]] = [[]]
    for token, is_french in zip(tokens, french, strict=True):
        if runs[-1] and not (is_french and GAP.fullmatch(text, runs[-1][-1].end(), token.start())):
            runs.append([])
        if is_french:
            runs[-1].append(token)
    for run in runs:
        words = {token.group() for token in run}
        if len(words) > 1 and not words <= WEAK:
            yield run


DOUBLE = re.compile(r"\b((?:[^\W\d_]+\s+)?[^\W\d_]+)\s+\1\b", re.IGNORECASE)
FOUR_TIMES = re.compile(r"\b(\w+)(?:\s+\1\b){3,}", re.IGNORECASE)
SPOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


def repeated(unit: TranslationUnit) -> Iterator[Issue]:
    """No word stands twice in a row, and no phrase goes round in a loop."""
    phrase = loop(unit.target)
    if phrase and not loop(unit.source) and not told_as_often(unit, phrase):
        message = f"goes round in a loop: {phrase}"
        yield Issue("repeated", "critical", message, "fluency/duplication")
        return
    for found in DOUBLE.finditer(unit.target) if doubles(unit.target) else ():
        if not on_purpose(found[1], unit):
            message, spans = f"stands twice in a row: {found[1]}", (found.span(),)
            yield Issue("repeated", "minor", message, "fluency/duplication", target_spans=spans)


def told_as_often(unit: TranslationUnit, phrase: str) -> bool:
    """Whether two words of the source come as often: "ne pourront pas" thrice, "will not be"."""
    times = " ".join(SPOKEN.findall(unit.target.lower())).count(phrase)
    pairs = Counter(pairwise(SPOKEN.findall(unit.source.lower())))
    return any(count >= times and not WEAK.issuperset(two) for two, count in pairs.items())


def doubles(text: str) -> bool:
    """Whether one or two words stand twice in a row: a quick look before the slow one."""
    words = SPOKEN.findall(text.lower())
    twos = list(pairwise(words))
    return any(a == b for a, b in twos) or any(a == b for a, b in zip(twos, twos[2:], strict=False))


def on_purpose(words: str, unit: TranslationUnit) -> bool:
    """Whether a doubling is English ("had had"), a name ("Duran Duran") or in the source too."""
    if (
        ROUND.search(words)
        or words.lower() in TWICE
        or (words[0].isupper() and f"{words} {words}" in unit.target and words in unit.source)
    ):
        return True
    doubled = (found[1].lower() for found in matches(DOUBLE, unit.source))
    return any(word not in ("nous", "vous") for word in doubled)


def loop(text: str) -> str:
    """
    The phrase that a text keeps coming back to, "" if none.

    Three words thrice at equal distances, five words thrice anywhere, or a word four times
    in a row. People do repeat three words, though not so evenly: in 17,560 human translations
    (newstest 2008-2013) this finds two, one of them pasted together by accident.
    """
    words = SPOKEN.findall(text.lower())
    threes = list(zip(words, words[1:], words[2:], strict=False))
    if len(set(threes)) == len(threes):
        return ""
    if found := FOUR_TIMES.search(text):
        return found[1]
    places: dict[tuple[str, ...], list[int]] = {}
    for at, three in enumerate(threes):
        places.setdefault(three, []).append(at)
    for phrase, stands in places.items():
        alike = len({tuple(words[at : at + 5]) for at in stands}) == 1
        if len(stands) > 2 and (alike or evenly(stands)):
            return " ".join(phrase)
    return ""


def evenly(places: Sequence[int]) -> bool:
    gaps = [second - first for first, second in pairwise(places)]
    return any(first == second for first, second in pairwise(gaps))
