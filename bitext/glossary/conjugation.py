"""
Forms of verbs: what a French infinitive becomes in a text, and an English verb for each of them.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

# What English makes of a French form: a bare verb also for futures, conditionals and imperatives.
Kind = Literal["bare", "third", "past", "participle", "gerund"]

FUTURE = ("ai", "as", "a", "ons", "ez", "ont", "ais", "ait", "ions", "iez", "aient")
IMPERFECT = ("ais", "ait", "ions", "iez", "aient")
# For each ending of an infinitive: he, I, we (stem), they, the future (stem), he and they in the
# simple past, the participle. Longer endings go before shorter ones.
FAMILIES = {
    "mettre": "met mets mett mettent mettr mit mirent mis",
    "prendre": "prend prends pren prennent prendr prit prirent pris",
    "tenir": "tient tiens ten tiennent tiendr tint tinrent tenu",
    "venir": "vient viens ven viennent viendr vint vinrent venu",
    "faire": "fait fais fais font fer fit firent fait",
    "dire": "dit dis dis disent dir dit dirent dit",
    "voir": "voit vois voy voient verr vit virent vu",
    "avoir": "a ai av ont aur eut eurent eu",
    "être": "est suis ét sont ser fut furent été",
    "aller": "va vais all vont ir alla allèrent allé",
    "savoir": "sait sais sav savent saur sut surent su",
    "pouvoir": "peut peux pouv peuvent pourr put purent pu",
    "vouloir": "veut veux voul veulent voudr voulut voulurent voulu",
    "devoir": "doit dois dev doivent devr dut durent dû",
    "cevoir": "çoit çois cev çoivent cevr çut çurent çu",
    "crire": "crit cris criv crivent crir crivit crivirent crit",
    "lire": "lit lis lis lisent lir lut lurent lu",
    "uire": "uit uis uis uisent uir uisit uisirent uit",
    "indre": "int ins ign ignent indr ignit ignirent int",
    "connaître": "connaît connais connaiss connaissent connaîtr connut connurent connu",
    "paraître": "paraît parais paraiss paraissent paraîtr parut parurent paru",
    "naître": "naît nais naiss naissent naîtr naquit naquirent né",
    "partir": "part pars part partent partir partit partirent parti",
    "sortir": "sort sors sort sortent sortir sortit sortirent sorti",
    "sentir": "sent sens sent sentent sentir sentit sentirent senti",
    "mentir": "ment mens ment mentent mentir mentit mentirent menti",
    "servir": "sert sers serv servent servir servit servirent servi",
    "dormir": "dort dors dorm dorment dormir dormit dormirent dormi",
    "vrir": "vre vre vr vrent vrir vrit vrirent vert",
    "ffrir": "ffre ffre ffr ffrent ffrir ffrit ffrirent ffert",
    "courir": "court cours cour courent courr courut coururent couru",
    "mourir": "meurt meurs mour meurent mourr mourut moururent mort",
    "quérir": "quiert quiers quér quièrent querr quit quirent quis",
    "suivre": "suit suis suiv suivent suivr suivit suivirent suivi",
    "vivre": "vit vis viv vivent vivr vécut vécurent vécu",
    "battre": "bat bats batt battent battr battit battirent battu",
    "croire": "croit crois croy croient croir crut crurent cru",
    "rire": "rit ris ri rient rir rit rirent ri",
    "rompre": "rompt romps romp rompent rompr rompit rompirent rompu",
    "valoir": "vaut vaux val valent vaudr valut valurent valu",
    "traire": "trait trais tray traient trair tray tray trait",
    "plaire": "plaît plais plais plaisent plair plut plurent plu",
    "taire": "tait tais tais taisent tair tut turent tu",
    "clure": "clut clus clu cluent clur clut clurent clu",
    "soudre": "sout sous solv solvent soudr solut solurent solu",
    "fuir": "fuit fuis fuy fuient fuir fuit fuirent fui",
}
# Forms that no row tells.
MORE = {
    "être": "sommes êtes es soit sois soient étant", "avoir": "as aie aies ait aient ayant",
    "faire": "faites fasse fasses fassent", "dire": "dites", "aller": "vas aille aillent",
    "savoir": "sache sachent sachant", "pouvoir": "puisse puissent", "vouloir": "veuille veuillez",
}  # fmt: skip
BY_LENGTH = sorted(FAMILIES, key=len, reverse=True)
# These may follow any letters, the others such prefixes only: "réservoir" is not of "voir".
OPEN = ("uire", "indre", "cevoir", "crire", "vrir", "ffrir", "quérir", "clure", "soudre", "rompre")
PREFIXES = frozenset(
    "re ré r dé des com con par per pro pré sur sous sou ex dis abs entre ad sub main ob satis "
    "contre inter trans pour é en em ap ac a at as mé compro se appar de équi pres ma ra".split()
)
# Nouns that look like infinitives.
NOUNS = frozenset(
    "dîner déjeuner souper goûter danger boulanger berger étranger verger rocher clocher plancher "
    "boucher cocher archer gaucher hier mer fer ver hiver enfer cancer amer cher fier foyer loyer "
    "plaisir avenir loisir désir souvenir cuir soupir martyr livre titre ministre octobre novembre "
    "décembre septembre ordre cadre centre chambre ombre nombre membre arbre fenêtre lettre mètre "
    "maître prêtre théâtre montre rencontre guerre terre pierre heure nature culture facture "
    "voiture mesure structure espoir pouvoir devoir savoir couloir miroir soir noir trottoir "
    "territoire histoire mémoire victoire affaire salaire maire commissaire notaire repère frère "
    "père mère lumière manière matière barrière carrière frontière dernière première être "
    "conseiller passager usager contraire officier policier financier justicier épicier "
    "créancier greffier premier "
    "dernier".split()
)
MUTE = ("e", "es", "ent", *(f"er{end}" for end in FUTURE))


def may_be_infinitive(word: str) -> bool:
    """Whether it ends as infinitives do; for words that are said to be verbs."""
    return len(word) > 3 and word.endswith(("er", "ir", "re"))


def is_infinitive(word: str) -> bool:
    """
    >>> [is_infinitive(w) for w in ("prendre", "mettre", "juger", "livre", "papier")]
    [True, True, True, False, False]
    """
    return (
        word not in NOUNS
        and len(word) > 3
        and (
            family_of(word) is not None
            or bool(re.search(r"(?:[^i]er|[^o]ir|[nr]dre)$", word))
            or bool(re.search(r"(?:[fgd]ier|cilier|[bp]lier|[éei]cier|ncier|[aeo]uer)$", word))
        )
    )


@lru_cache(4096)
def french_forms(infinitive: str) -> dict[str, Kind]:
    """
    The forms of a verb, each with what English makes of it.

    >>> forms = french_forms("mettre")
    >>> forms["met"], forms["mettait"], forms["mises"], forms["mettra"], forms["mettant"]
    ('third', 'past', 'participle', 'bare', 'gerund')
    >>> [f in french_forms("appeler") for f in ("appelle", "appelons", "appellera")]
    [True, True, True]
    """
    found: dict[str, Kind] = {}
    for kind, form in (*irregular(infinitive),) or (*regular(infinitive),):
        found.setdefault(form, kind)
    return found


def family_of(infinitive: str) -> str | None:
    """The ending whose row tells a verb's forms."""
    for end in BY_LENGTH:
        head = infinitive.removesuffix(end)
        if head != infinitive and (not head or head in PREFIXES or end in OPEN):
            return end
    return None


def irregular(infinitive: str) -> Iterator[tuple[Kind, str]]:
    family = family_of(infinitive)
    if family is None:
        return
    head = infinitive.removesuffix(family)
    he, i, we, they, future, past, past_plural, participle = FAMILIES[family].split()
    yield "bare", infinitive
    yield from (("participle", f"{head}{participle}{end}") for end in ("", "e", "s", "es"))
    yield "third", head + he
    bare = (i, they, f"{we}ons", f"{we}ez", f"{they.removesuffix('nt')}s", they.removesuffix("nt"))
    yield from (("bare", head + form) for form in (*bare, *MORE.get(family, "").split()))
    yield from (("bare", f"{head}{future}{end}") for end in FUTURE)
    yield from (("past", f"{head}{we}{end}") for end in IMPERFECT)
    yield from (("past", head + form) for form in (past, past_plural))
    yield "gerund", f"{head}{we}ant"


def regular(infinitive: str) -> Iterator[tuple[Kind, str]]:
    stem, end = infinitive[:-2], infinitive[-2:]
    yield "bare", infinitive
    if end == "er":
        yield from first_group(stem)
    elif end == "ir":
        yield from (("participle", f"{stem}{each}") for each in ("i", "ie", "is", "ies"))
        yield "third", f"{stem}it"
        yield from (("bare", f"{stem}{each}") for each in ("issons", "issez", "issent", "isse"))
        yield from (("bare", f"{stem}ir{each}") for each in FUTURE)
        yield from (("past", f"{stem}iss{each}") for each in IMPERFECT)
        yield "past", f"{stem}irent"
        yield "gerund", f"{stem}issant"
    else:
        yield from (("participle", f"{stem}{each}") for each in ("u", "ue", "us", "ues"))
        yield "third", stem
        yield from (("bare", f"{stem}{each}") for each in ("s", "ons", "ez", "ent", "e", "es"))
        yield from (("bare", f"{stem}r{each}") for each in FUTURE)
        yield from (("past", f"{stem}{each}") for each in (*IMPERFECT, "it", "irent"))
        yield "gerund", f"{stem}ant"


def first_group(stem: str) -> Iterator[tuple[Kind, str]]:
    """The verbs in -er, with what their spelling does before a, o and a mute e."""
    soft = f"{stem[:-1]}ç" if stem.endswith("c") else f"{stem}e" if stem.endswith("g") else stem
    yield from (("participle", f"{stem}{each}") for each in ("é", "ée", "és", "ées"))
    for mute in mute_stems(stem):
        yield "third", f"{mute}e"
        yield from (("bare", f"{mute}{each}") for each in MUTE)
    yield from (("bare", f"{each}") for each in (f"{soft}ons", f"{stem}ez"))
    yield from (("past", f"{soft}{each}") for each in ("ais", "ait", "aient", "a"))
    yield from (("past", f"{stem}{each}") for each in ("ions", "iez", "èrent"))
    yield "gerund", f"{soft}ant"


def mute_stems(stem: str) -> Iterator[str]:
    """The stem before a mute e: lève, cède, appelle, achète, essuie."""
    yield stem
    if found := re.search(r"[eé](?=[^aeiouyéè]{1,2}$)", stem):
        yield f"{stem[: found.start()]}è{stem[found.end() :]}"
        if stem.endswith(("el", "et")):
            yield stem + stem[-1]
    if stem.endswith("y"):
        yield f"{stem[:-1]}i"


# Base, past, participle; where one word is given, all three are that.
IRREGULAR = {
    row.split()[0]: (row.split()[1], row.split()[-1])
    for row in (
        "be was been|have had|do did done|say said|go went gone|get got|make made|know knew known|"
        "think thought|take took taken|see saw seen|come came come|find found|give gave given|"
        "tell told|become became become|leave left|feel felt|put put|bring brought|"
        "begin began begun|keep kept|hold held|write wrote written|stand stood|hear heard|let let|"
        "mean meant|set set|meet met|run ran run|pay paid|sit sat|speak spoke spoken|lie lay lain|"
        "lead led|read read|grow grew grown|lose lost|fall fell fallen|send sent|build built|"
        "understand understood|draw drew drawn|break broke broken|spend spent|cut cut|"
        "rise rose risen|drive drove driven|buy bought|wear wore worn|choose chose chosen|"
        "seek sought|throw threw thrown|catch caught|deal dealt|win won|forget forgot forgotten|"
        "lay laid|sell sold|fight fought|teach taught|eat ate eaten|sing sang sung|strike struck|"
        "hang hung|shake shook shaken|ride rode ridden|feed fed|shoot shot|drink drank drunk|"
        "hit hit|arise arose arisen|fly flew flown|spread spread|sleep slept|cost cost|"
        "beat beat beaten|bind bound|bear bore borne|withdraw withdrew withdrawn|"
        "undergo underwent undergone|overcome overcame overcome|undertake undertook undertaken|"
        "uphold upheld|withhold withheld|swear swore sworn|steal stole stolen|freeze froze frozen|"
        "hide hid hidden|quit quit|shut shut|bet bet|cast cast|split split"
    ).split("|")
}
# One syllable that ends in one consonant after one vowel, or a stress on such an ending.
DOUBLING = re.compile(
    r"^(?:[^aeiou]*[aeiou][bdgklmnprtvz]|\w*(?:fer|cur|mit|pel|bel|ban|plan|stop|gret))$"
)


@lru_cache(4096)
def english_form(phrase: str, kind: Kind) -> str:
    """
    A verb, or a phrase that begins with one, in a form.

    >>> [english_form("take into account", k) for k in ("third", "past", "gerund")]
    ['takes into account', 'took into account', 'taking into account']
    >>> english_form("deny", "past"), english_form("refer", "gerund"), english_form("use", "gerund")
    ('denied', 'referring', 'using')
    """
    verb, space, rest = phrase.removeprefix("to ").partition(" ")
    return f"{inflected(verb, kind)}{space}{rest}"


def inflected(verb: str, kind: Kind) -> str:
    if kind == "bare":
        return verb
    if verb == "be":
        return {"third": "is", "past": "was", "participle": "been", "gerund": "being"}[kind]
    if kind == "third":
        if verb in ("have", "do", "go"):
            return {"have": "has", "do": "does", "go": "goes"}[verb]
        if re.search(r"[^aeiou]y$", verb):
            return f"{verb[:-1]}ies"
        return f"{verb}es" if re.search(r"(?:s|x|z|ch|sh|o)$", verb) else f"{verb}s"
    if kind in ("past", "participle") and verb in IRREGULAR:
        return IRREGULAR[verb][kind == "participle"]
    doubled = f"{verb}{verb[-1]}" if DOUBLING.match(verb) else verb
    if kind == "gerund":
        if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
            return f"{verb[:-2]}ying" if verb.endswith("ie") else f"{verb[:-1]}ing"
        return f"{doubled}ing"
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if re.search(r"[^aeiou]y$", verb) else f"{doubled}ed"


def english_forms(phrase: str) -> tuple[str, ...]:
    """All forms of a verb or a phrase that begins with one."""
    kinds: tuple[Kind, ...] = ("bare", "third", "past", "participle", "gerund")
    forms = [english_form(phrase, kind) for kind in kinds]
    if phrase.removeprefix("to ").split(" ")[0] == "be":
        rest = phrase.removeprefix("to ").removeprefix("be")
        forms += [f"{form}{rest}" for form in ("are", "were", "am")]
    return tuple(dict.fromkeys(forms))
