"""
The little morphology that term matching needs: French and English number.

French words are reduced to a form that singular and plural share (`stem`); English targets are
put into the number of the French form that was found.
"""

import re
from collections.abc import Callable, Mapping, Sequence

# Words whose final s or x belongs to the singular too.
INVARIABLE = frozenset(
    "abcès abus accès ananas anglais avis bas bois bonus bras bus cabas cactus cadenas cambouis "
    "campus canevas cas chaos châssis choix colis commis compas compromis concours congrès "
    "consensus corps cours croix croquis cumulus cursus cyprès dais dans devis discours dos décès "
    "embarras encas engrais entremets excès faux fils flux fois fonds fracas frais français gars "
    "gaz gens gris gras grès harnais heureux hors influx intrus iris jus lilas logis lotus lynx "
    "lys mais maïs malus marais mars matelas mets mépris mois mucus mœurs nez noix obus ours os "
    "palais panais paradis parcours pardessus pays paix permis phénix plus poids pois "
    "poux pouls prix processus procès progrès propos prospectus pus puits quitus radis rébus "
    "reclus recours reflux refus relais remords repas rictus rubis sas secours sens souris sous "
    "sphinx succès surplus sursis syllabus talus tapis taux temps terminus tiers tous "
    "toux tracas trépas univers utérus velours verglas vernis vers virus voix".split()
)
# Plurals that no rule tells from others: "travaux" from "journaux", "tuyaux" from "royaux".
PLURALS = {
    "travaux": "travail", "vitraux": "vitrail", "baux": "bail", "coraux": "corail",
    "émaux": "émail", "tuyaux": "tuyau", "noyaux": "noyau", "joyaux": "joyau", "boyaux": "boyau",
    "fléaux": "fléau", "yeux": "œil", "cieux": "ciel", "messieurs": "monsieur",
    "mesdames": "madame", "mesdemoiselles": "mademoiselle",
}  # fmt: skip
# Articles and contractions count as the word they are made of.
CONTRACTED = {"du": "de", "des": "de", "la": "le", "les": "le", "au": "à", "aux": "à"}
ELIDED = {"l": "le", "d": "de", "qu": "que", "j": "je", "n": "ne", "s": "se", "c": "ce"}
ELIDED |= {"t": "te", "m": "me"}


def stem(word: str) -> str:
    """
    What the singular and the plural of a lower-case French word share.

    >>> [stem(w) for w in ("pelotons", "journaux", "bureaux", "travaux", "procès", "des")]
    ['peloton', 'journal', 'bureau', 'travail', 'procès', 'de']
    """
    if word in CONTRACTED:
        return CONTRACTED[word]
    if word in PLURALS:
        return PLURALS[word]
    if len(word) < 4 or word in INVARIABLE:
        return word
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux"):
        return word[:-3] + "al"
    return word[:-1] if word[-1] in "sx" and word[-2] not in "sx" else word


# Plurals of a word each, and invariable words as well: within a longer term they are the former.
AMBIGUOUS = {"cours": "cour", "fils": "fil", "vers": "ver", "fonds": "fond"}
# What tells the number of a noun whose own form does not: «plusieurs pays», «le prix».
MANY = frozenset(
    "les des aux ces mes tes ses nos vos leurs plusieurs quelques certains certaines divers "
    "diverses différents différentes nombreux nombreuses deux trois quatre cinq six sept huit "
    "neuf dix onze douze quinze vingt trente quarante cinquante soixante cent cents mille".split()
)
ONE = frozenset(
    "le la l un une du au ce cet cette mon ma ton ta son sa notre votre leur chaque quelque aucun "
    "aucune".split()
)


def told_plural(before: Sequence[str], after: str) -> bool:
    """
    Whether the words around a noun of one form for both numbers say that there are many.

    `before` are those before it in its clause, the nearest first, and `after` is the next one.

    >>> told_plural(["grands", "les"], ""), told_plural(["le"], "fixés"), told_plural([], "unis")
    (True, False, True)
    >>> told_plural(["euros", "45"], "comprise"), told_plural(["et", "cdd", "les"], "")
    (False, True)
    """
    if before[:1] in (["et"], ["ou"]) and len(before) > 2:
        before = before[2:]
    for word in before[:3]:
        if word in MANY or (word.isdecimal() and int(word) > 1):
            return True
        if word in ONE:
            return False
        # Between a number and its noun stand few adjectives: «45 euros TVA comprise» is no such.
        if not is_plural(word) or stem(word) not in PRENOMINAL:
            break
    return is_plural(after)


def invariable(word: str) -> bool:
    """Whether a lower-case French word has one form for both numbers: «pays», «prix», «gaz»."""
    return word[-1:] in ("s", "x", "z") and stem(word) == word


def is_plural(word: str) -> bool:
    """Whether a French word has the look of a plural."""
    return stem(word) != word and word not in CONTRACTED


# Adjectives that stand before their noun, without gender and number.
PRENOMINAL = frozenset(
    "grand grande petit petite nouveau nouvel nouvelle dernier dernière premier première autre "
    "même ancien ancienne bon bonne mauvai mauvaise jeune vieille beau belle haut haute long "
    "longue principal principale futur future vrai vraie seul seule rare divers diverse différent "
    "différente simple fameux fameuse gro grosse prochain prochaine second seconde".split()
)

IRREGULAR = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "foot": "feet",
    "tooth": "teeth", "mouse": "mice", "life": "lives", "knife": "knives", "wife": "wives",
    "half": "halves", "leaf": "leaves", "thief": "thieves", "shelf": "shelves", "wolf": "wolves",
    "criterion": "criteria", "phenomenon": "phenomena", "analysis": "analyses",
    "crisis": "crises", "basis": "bases", "hypothesis": "hypotheses", "datum": "data",
    "hero": "heroes", "movie": "movies", "cookie": "cookies", "bus": "buses", "gas": "gases",
    "lens": "lenses", "bias": "biases", "atlas": "atlases", "series": "series",
    "species": "species", "news": "news", "cache": "caches", "headache": "headaches",
    "vertebra": "vertebrae", "larva": "larvae", "alga": "algae", "bacterium": "bacteria",
    "stratum": "strata", "ovum": "ova", "automaton": "automata",
}  # fmt: skip
UNCOUNTABLE = frozenset(
    "advice information equipment evidence software hardware malware research furniture luggage "
    "feedback traffic speech content media data police knowledge progress custody legislation "
    "homelessness".split()
)
SINGULARS = {plural: singular for singular, plural in IRREGULAR.items()}
# "congressman", "policewomen" inflect like their last part; "Germans" and "specimens" do not.
COMPOUND = re.compile(r"(?<!hu)(?<!ger)(?<!ro)(?<!otto)(?<!nor)(?<!tali)(?<!sha)(?:m[ae]n)$")
NO_MEN = re.compile(r"(?:speci|regi|abdo|o|se|albu|acu|hy)men$")
WORD = re.compile(r"[^\W\d_]+$")
# "head of state", "mother-in-law": what stands before the preposition inflects.
HEADED = re.compile(r" (?:of|in|for|at|on|to|with|by|from) |-(?:in|of|at)-")


def pluralised(phrase: str) -> str:
    """
    The plural of an English phrase.

    >>> [pluralised(p) for p in ("firing squad", "head of state", "policy", "Congressman")]
    ['firing squads', 'heads of state', 'policies', 'Congressmen']
    """
    return changed(phrase, IRREGULAR, plural_of)


def singularised(phrase: str) -> str:
    """
    The singular of an English phrase.

    >>> [singularised(p) for p in ("firing squads", "terms of service", "databases", "women")]
    ['firing squad', 'term of service', 'database', 'woman']
    """
    return changed(phrase, SINGULARS, singular_of)


def changed(phrase: str, irregular: Mapping[str, str], rule: Callable[[str], str]) -> str:
    """The phrase with its head in the other number."""
    headed = HEADED.search(phrase)
    end = headed.start() if headed else len(phrase)
    found = WORD.search(phrase, 0, end)
    if not found:
        return phrase
    word, low = found.group(), found.group().lower()
    new = rule(word)
    if low in irregular:
        new = word[0] + irregular[low][1:] if low[0] == irregular[low][0] else irregular[low]
    elif low in irregular.values() or low in UNCOUNTABLE:
        new = word
    elif COMPOUND.search(low) and not NO_MEN.search(low):
        new = word[:-3] + irregular.get(low[-3:], low[-3:])
    return phrase[: found.start()] + new + phrase[end:]


def plural_of(word: str) -> str:
    """The plural of a regular noun; one that ends in s is taken for a plural ("trousers")."""
    if re.search(r"(?:ss|us|x|z|ch|sh)$", word):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word if word.endswith("s") else word + "s"


def singular_of(word: str) -> str:
    if re.search(r"(?:ss|us|is)$", word) or not word.endswith("s"):
        return word
    if re.search(r"..[^aeiou]ies$", word):
        return word[:-3] + "y"
    if re.search(r"(?:ss|x|zz|ch|sh|(?:stat|vir|bon|camp|cens|chor|surpl)us)es$", word):
        return word[:-2]
    return word[:-1]
