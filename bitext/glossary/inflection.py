"""
The little morphology that term matching needs: French and English number.

French words are reduced to a form that singular and plural share (`stem`); English targets are
put into the number of the French form that was found.
"""

import re

# Words whose final s or x belongs to the singular too.
INVARIABLE = frozenset(
    "accès abcès avis bras bus campus cas choix cours croix dos discours engrais fils fois frais "
    "français anglais gaz heureux mois nez noix os palais pays paradis poids prix procès progrès "
    "propos puits radis recours refus relais remords repas succès sens temps tiers univers velours "
    "vers virus voix".split()
)
ELIDED = {"d": "de", "du": "de", "des": "de", "l": "le", "la": "le", "les": "le", "aux": "à"}
ELIDED |= {"au": "à", "qu": "que", "j": "je", "n": "ne", "s": "se", "c": "ce", "t": "te", "m": "me"}


def stem(word: str) -> str:
    """
    What the singular and the plural of a lower-case French word share.

    >>> [stem(w) for w in ("pelotons", "journaux", "bureaux", "procès", "des")]
    ['peloton', 'journal', 'bureau', 'procès', 'de']
    """
    if word in ELIDED:
        return ELIDED[word]
    if len(word) < 4 or word in INVARIABLE:
        return word
    if word.endswith("eaux"):
        return word[:-1]
    if word.endswith("aux"):
        return word[:-3] + "al"
    return word[:-1] if word[-1] in "sx" and word[-2] not in "sx" else word


def is_plural(word: str) -> bool:
    """Whether a French word has the look of a plural."""
    return stem(word) != word and word not in ELIDED


IRREGULAR = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "foot": "feet",
    "tooth": "teeth", "mouse": "mice", "life": "lives", "knife": "knives", "wife": "wives",
    "half": "halves", "leaf": "leaves", "thief": "thieves", "shelf": "shelves", "wolf": "wolves",
    "criterion": "criteria", "phenomenon": "phenomena", "analysis": "analyses",
    "crisis": "crises", "basis": "bases", "hypothesis": "hypotheses", "datum": "data",
}  # fmt: skip
SINGULARS = {plural: singular for singular, plural in IRREGULAR.items()}
LAST_WORD = re.compile(r"[^\W\d_]+$")


def pluralised(phrase: str) -> str:
    """
    The plural of an English phrase whose last word is its head.

    >>> [pluralised(p) for p in ("firing squad", "app store", "policy", "Congressman")]
    ['firing squads', 'app stores', 'policies', 'Congressmen']
    """
    return changed(phrase, IRREGULAR, plural_of)


def singularised(phrase: str) -> str:
    """
    The singular of an English phrase whose last word is its head.

    >>> [singularised(p) for p in ("firing squads", "policies", "glass", "women")]
    ['firing squad', 'policy', 'glass', 'woman']
    """
    return changed(phrase, SINGULARS, singular_of)


def changed(phrase: str, irregular: dict[str, str], rule: object) -> str:
    found = LAST_WORD.search(phrase)
    if not found:
        return phrase
    word = found.group()
    for ending, other in irregular.items():
        if word.lower().endswith(ending) and (len(word) == len(ending) or ending[-3:] in MEN):
            return phrase[: len(phrase) - len(ending)] + other
    return phrase[: found.start()] + (rule(word) if callable(rule) else word)


# "congressman", "policewomen": compounds that inflect like their last part.
MEN = ("man", "men")


def plural_of(word: str) -> str:
    if re.search(r"(s|x|z|ch|sh)$", word):
        return word + "es"
    if re.search(r"[^aeiou]y$", word):
        return word[:-1] + "ies"
    return word + "s"


def singular_of(word: str) -> str:
    if re.search(r"(ss|us|is|news)$", word):
        return word
    if re.search(r"[^aeiou]ies$", word):
        return word[:-3] + "y"
    if re.search(r"(s|x|z|ch|sh)es$", word):
        return word[:-2]
    return word[:-1] if word.endswith("s") else word
