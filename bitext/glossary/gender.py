"""
French gender, as far as term matching needs it: «avocate» is a form of «avocat», «porte» is none
of «port».

`base` brings both genders of a word to one key, generously; `varies` decides whether words of
one key are forms of one term. It needs no lexicon, but looks at what the entry is (one word or
several, an adjective or a noun) and at what stands before: after a noun «traitée» is an
adjective and no feminine of «traité».
"""

import re
from collections.abc import Sequence

from bitext.glossary import inflection
from bitext.glossary.inflection import stem

# Feminines that no ending tells.
IRREGULAR = {
    "fausse": "faux", "douce": "doux", "rousse": "roux", "vieille": "vieux", "vieil": "vieux",
    "folle": "fou", "molle": "mou", "fraîche": "frais", "favorite": "favori", "maligne": "malin",
    "bénigne": "bénin", "copine": "copain", "héroïne": "héros",
}  # fmt: skip
IRREGULAR |= {f"{feminine}s": masculine for feminine, masculine in IRREGULAR.items()}
# Endings of both genders, and what they share; the first that fits counts.
ENDINGS = tuple(
    (ending, shared)
    for endings, shared in (
        ("trice teuse teur", "teu"), ("euse eure eur eux", "eu"), ("elle eau", "el"), ("lle", "l"),
        ("enne", "en"), ("onne", "on"), ("ette", "et"), ("otte", "ot"), ("atte", "at"),
        ("ère", "er"), ("ive", "if"), ("euve", "euf"), ("ève", "ef"), ("cque que che", "c"),
        ("gue", "g"), ("sse se s x", ""), ("ce", "c"), ("e", ""),
    )
    for ending in endings.split()
)  # fmt: skip

# Endings of words for people, masculine and feminine (of words without their plural s), with the
# letters that a masculine must have at least: «patient» and not «vent».
PERSONS = (
    ("teur", "trice", 6), ("eur", "euse", 5), ("eur", "eure", 6), ("ien", "ienne", 5),
    ("éen", "éenne", 6),
    ("er", "ère", 6), ("é", "ée", 4), ("ant", "ante", 6), ("ent", "ente", 6), ("at", "ate", 6),
    ("ain", "aine", 6), ("ai", "aise", 6), ("oi", "oise", 6),
    ("ais", "aise", 6), ("ois", "oise", 6),
)  # fmt: skip
# Words for people whose ending is one of things, too: «rival» and not «capital».
PEOPLE = frozenset(
    "ami ennemi apprenti élu détenu prévenu inconnu individu voisin cousin orphelin assassin "
    "gamin argentin philippin professionnel intellectuel contractuel criminel rival libéral "
    "fugitif sportif captif juif veuf agent client parent géant amant époux heureux marchand "
    "allemand normand patron baron piéton champion espion lion compagnon breton wallon avocat "
    "expert étudiant adjoint saint mineur majeur turc grec maître".split()
)
# Adjectives that stand before their noun.
PRENOMINAL = frozenset(
    "ancien premier second dernier nouveau petit grand bon gros vieux beau haut bas long mauvais "
    "faux futur ex plein certain seul".split()
)
# What stands before a noun and not between it and its adjective.
BEFORE_NOUN = frozenset(
    "l le la les un une des de du d ce cet cette ces mon ma mes ton ta tes son sa ses notre nos "
    "votre vos leur leurs au aux à en par pour avec sans chez contre sur comme et ou ni que qu "
    "quelque quelques plusieurs chaque aucun aucune tout toute toutes tous deux trois quatre cinq "
    "six sept huit neuf dix cent mille madame mme mlle mmes autre autres première nouvelle "
    "nouvelles ancienne anciennes jeune jeunes future futures ex vice".split()
)
# After these a word in -é is a participle, though a noun is spelt so: «il a traité la question».
HAVING = frozenset(
    "ai as a avons avez ont avais avait avions aviez avaient aura auront aurait auraient ait aient "
    "eu ayant avoir".split()
)
# After these it may be.
BEING = frozenset(
    "suis es est sommes êtes sont était étaient sera seront serait seraient été étant être "
    "pas jamais déjà toujours bien mal rien".split()
)
# They begin nouns («une mise à jour») and are participles («la liste mise à jour»).
PARTICIPLES = frozenset("mise prise remise reprise".split())
COPULA = frozenset("est était sera serait fut être devient devenue devenir nommée élue".split())
# How English adjectives and participles end, as far as nouns do not.
ADJECTIVE = re.compile(
    r"(?:(?<!e)(?<!\bb)(?<!\bsh)ed|agreed|[ai]c|ical|ial|ous|[ai]ble|ful|less|[^a]n?tive|onal"
    r"|(?:im|nd|ess|or|lunt|din|gin|nt)ary|\bmilitary)$"
)
# Nouns with such endings.
NOUNS = frozenset(
    "official material editorial trial memorial tutorial serial dial burial denial aerial cereal "
    "credential table cable vegetable bible constable variable syllable music traffic clinic topic "
    "logic critic fabric republic mechanic epidemic pandemic metric rubric plastic comic picnic "
    "panic relic mosaic graphic tariff professional criminal commentary inventory".split()
)
ADJECTIVES = frozenset({"adjective", "adj", "adj.", "adjectif", "participle", "participe"})


def base(word: str) -> str:
    """
    What both genders of a lower-case word without its plural mark share.

    >>> [base(w) for w in ("directeur", "directrice", "social", "sociale", "public", "publique")]
    ['directeu', 'directeu', 'social', 'social', 'public', 'public']
    """
    if len(word) < 4:
        return word
    for ending, shared in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) > 1:
            return word[: -len(ending)] + shared
    return word


def masculine(word: str) -> str:
    """The masculine of an irregular feminine; other words as they are."""
    return IRREGULAR.get(word, word)


def varies(
    listed: Sequence[str], written: Sequence[str], before: str | None, *, adjective: bool
) -> bool:
    """
    Whether words of a text are the term's in another gender, where they are not its own.

    Both are lower-case words without plural marks, key by key. `before` is the word before
    them (None at the head of a clause); `adjective` tells that a term of one word is one.
    """
    if len(listed) == 1:
        one, other = listed[0], written[0]
        if adjective:
            return feminine(one, other) or feminine(other, one)
        agent = other.endswith(("trice", "euse", "ienne", "ère", "ante", "ente", "ate"))
        return person(one, other) and (before_noun(before) or (agent and before in COPULA))
    joined = False
    for at, (one, other) in enumerate(zip(listed, written, strict=True)):
        joined |= one in ("de", "à")
        if one == other:
            continue
        loose = not joined and (at > 0 or one in PRENOMINAL)
        if not (feminine(one, other) if loose else person(one, other)):
            return False
    return True


# A verb follows.
SUBJECTS = frozenset("je j tu il elle on ils elles ne n se s".split())


def before_noun(before: str | None) -> bool:
    """Whether a noun stands after this word, rather than an adjective; None begins a clause."""
    return before is None or before in BEFORE_NOUN or before.isdigit()


def feminine(one: str, other: str) -> bool:
    """Whether `other` may be the feminine of the adjective `one`."""
    return other.endswith("e") and not one.endswith("e") and base(one) == base(other)


def person(one: str, other: str) -> bool:
    """Whether `other` names a woman where `one` names a man."""
    if one in PEOPLE:
        return base(one) == base(other) and other.endswith("e")
    return any(
        one.endswith(his) and len(one) >= least and other == one[: -len(his)] + hers
        for his, hers, least in PERSONS
    )


def noun_confidence(stems: Sequence[str], before: str | None) -> float:
    """
    How likely a term of one word in -é or -e is the noun, and no form of a verb (0 to 1).

    >>> [noun_confidence(["traité"], before) for before in ("un", "est", "a")]
    [1.0, 0.5, 0.0]
    >>> [noun_confidence(["juge"], before) for before in ("le", "elle")]
    [1.0, 0.0]
    >>> noun_confidence(["souris"], "tu")
    0.0
    >>> [noun_confidence(["mise", "à", "jour"], before) for before in ("la", "liste", "est")]
    [1.0, 0.5, 0.5]
    """
    if len(stems) == 1 and stems[0].endswith(("e", "is")) and before in SUBJECTS:
        return 0.0
    if len(stems) > 1 and stems[0] in PARTICIPLES:
        noun = before is None or before_noun(before) or stem(before) in inflection.PRENOMINAL
        return 1.0 if noun else 0.5
    if len(stems) > 1 or not stems[0].endswith("é"):
        return 1.0
    if before in HAVING or (stems[0] == "été" and before in BEING):
        return 0.0
    return 0.5 if before in BEING else 1.0


def is_adjective(pos: str, target: str) -> bool:
    """
    Whether an entry of one word is an adjective, by what it says of itself or by its target.

    >>> is_adjective("", "encrypted"), is_adjective("", "treaty"), is_adjective("noun", "red")
    (True, False, False)
    """
    if pos:
        return pos.lower() in ADJECTIVES
    # An English adjective is one word; «élu» is "elected official".
    target = target.lower()
    return " " not in target and target not in NOUNS and bool(ADJECTIVE.search(target))


def key(word: str) -> str:
    """What all forms of a lower-case word share."""
    return base(stem(masculine(word)))
