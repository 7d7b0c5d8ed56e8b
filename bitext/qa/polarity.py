"""A French negation is one in English."""

import re
from collections.abc import Iterator

from bitext.units import Issue, Severity, TranslationUnit

# "ne ... que" is "only", and so is "plus que"; "n'est-ce pas" asks for agreement; "pas moins de",
# "n'hésitez pas" and "pas rare" say yes.
NO_DENIAL = (
    r"(?!\s+(?:seulement|que|moins|tort|de\s(?:quoi|problème)|pour\srien|rare|sans|ne|impossible"
    r"|bête|idiot|stupide|moche|laid"
    r"|inutile|inconnu|insensible|indifférent|mécontent|négligeable|étranger|mauvais|mal|faux)s?e?s?\b)"
)
NEGATION = re.compile(
    r"\b(?:ne\s|n['’])(?!est-ce\b)"
    r"(?!(?:(?:vous|te)\s|t['’])?(?:hésit|oubli|quitt|boug|tard|inqui[eèé]t|manqu|ignor)\w*\s+pas\b)"
    r"(?:\s*[\w’'-]{1,40}\s){0,3}?\s*[\w’'-]{0,40}?\b"
    r"(?:pas|jamais|aucune?|rien|personne|guère|nullement)\b"
    rf"{NO_DENIAL}"
    r"|\b(?:aucune?(?:\s+[\w’'-]{1,30}){1,5}?|rien|nul(?:le)?(?:\s+\w+)?)\s+(?:de\s\w+\s)?"
    r"(?:ne\s|n['’])(?!ignor|dout|cess|manqu|échapp)"
    r"|(?<!\bla )(?<!\bune )(?<!\bchaque )\bpersonne\s(?:ne\s|n['’])",
    re.IGNORECASE,
)
# Besides the negative words: verbs and adverbs that deny, words with a negative prefix or
# suffix, and turns of comparison ("rather than"). Collected on newstest2013 and 2008-2012.
NEGATIVE = re.compile(
    r"n['’]t\b|\b(?:no|not|never|none|nobody|nothing|neither|nor|nowhere|without|cannot|non|nil"
    r"|doubt\w*|hardly|barely|scarcely|rarely|seldom|little|few|fewer|least|less|only|unless|until|yet"
    r"|fail\w*|refus\w+|lack\w*|den(?:y|ies|ied|ial)|avoid\w*|prevent\w*|absen\w+|miss(?:ed|ing|es)"
    r"|ignor\w+|reject\w*|declin\w+|neglect\w*|stop\w*|ceas\w+|bann?(?:ed|s)?|forb\w+|prohibit\w*"
    r"|far from|free (?:of|from)|\w+-free|instead|rather than|except|beyond|exempt"
    r"|difficult\w*|bad(?:ly)?"
    r"|(?:stay|keep)s?(?: \w+)? (?:out|off|away)|dis(?!cuss|play|tan|tri|cover|cip|tinct)[a-z]{4,}"
    r"|mis[a-z]{4,}|non-?\w+|\w+less(?:ly|ness)?|un(?!der|it|i[fv]|ion|cle)\w{3,}"
    r"|im(?:poss|mob|perf|prop|mor|prob|pat|prec)\w+|il(?:leg|log|lit)\w+|irr\w+"
    r"|in(?:ab|acc(?!omp)|act|adeq|adm|appr|cap|coh|comp|conc|corr|decis|def|dig|disp|eff|elig|eq|ev"
    r"|exp|flex|hum|iq|just|nocu|numer|op|san|secu|sens|suff|sup|tol|vac|val|vis|voluntary)\w*)\b",
    re.IGNORECASE,
)


# Without its verb, as headlines and messages have it: "Aucune erreur détectée", "Pas de réseau".
BARE = re.compile(
    r"^\W{0,3}(?:aucune?(?!\s(?:doute|souci|problème|idée|mal\b))\b"
    r"|non(?=[\s-]\w{6})(?!\s(?:seulement|pas)\b)"
    r"|pas(?=\sde\s|\sd['’])"
    r"(?!\sd(?:e\s|['’])(?:quoi|doute|problème|panique|souci|chance|bol)))",
    re.IGNORECASE,
)
# Without its "ne", as people speak: "J'ai jamais dit ça !"; a question asks the same with a "pas".
SPOKEN = re.compile(
    r"(?<!que\s)(?<!qu['’])\b(?:j['’]ai|t['’](?:as|es)|c['’](?:est|était)"
    r"|(?:tu|il|elle|on|ça)\s(?:as?|es|est|va|veut|peut|fait|sait)"
    r"|(?:ils|elles)\s(?:ont|sont|vont)|je\s(?:suis|sais|peux|veux|vais|crois|comprends))"
    rf"\s(?:pas|jamais|rien)\b{NO_DENIAL}(?!\s+(?:grave|terrible|trop))(?![^.!?]{{0,200}}\?)",
    re.IGNORECASE,
)
# "Je ne peux pas ne pas y aller" is a yes.
TWICE_DENIED = re.compile(r"\bpas\s+(?:de\s+)?ne\s+pas\b", re.IGNORECASE)
# "Il ne vit plus à Paris"; before other words "plus" may compare.
NO_MORE = re.compile(
    r"\b(?:ne\s|n['’])(?:\w+['’]\s?|(?:me|te|se|le|la|les|lui|leur|y|en|nous|vous)\s)?\w+\s+plus"
    r"(?=\s*(?:[.,;!?»]|$)|\s(?:à|au|aux|en|dans|chez|avec|depuis|rien|personne|ici|là|le|la|les|un|une"
    r"|mon|son|ce)\b|\s(?:de\s|d['’])(?!\d|la\s|l['’]|deux|trois|cent|mille|dix|vingt))"
    r"(?!\s+(?:en\s+plus|que\b))",
    re.IGNORECASE,
)
ENDED = re.compile(
    r"\b(?:longer|any ?more|former\w*|once|used to|left|leav\w+|gone|over|end(?:s|ed|ing)?|quit\w*"
    r"|lost|lose|out|past|cannot|more than|again|return\w*|drop\w*|disappear\w*|up to|late|only"
    r"|just|now|since|abandon\w*|remain\w*|expire[sd]?|dead|extinct|free|short|broke|full|still|freeze)\b",
    re.IGNORECASE,
)


# What may be told by a plain "not": French words that deny, lack, doubt, forbid or fall short, and
# negative prefixes. Collected on newstest 2008-2012, whose human translations it must let be.
DENYING = re.compile(
    r"\b(?:ne|n['’]\w+|pas|sans|aucune?|non|ni|jamais|rien|personne|peu|guère|nul(?:le)?|plus|moins|que"
    r"|seul\w*|rare\w*|loin|faute|défaut|hors|sauf|contre|contrairement|malgré|plutôt|faux|fausse|manqu\w*"
    r"|échou\w*|échec|refus\w*|empêch\w*|interdi\w*|ignor\w*|évit\w*|absen\w*|priv\w*|rejet\w*"
    r"|cess\w*|défend\w*|dépourvu\w*|difficil\w*|doute\w*|encore|trop|pire|mauvais\w*|exclu\w*"
    r"|déconseil\w*|jeun|oubli\w*|perd\w*|incon\w*|m[ée](?:con|sen)\w*|mal\w*|anti\w*|d[ée]s?[aeiouhm]\w+|dis\w+"
    r"|i[mnrl][a-zé]{4,})\b",
    re.IGNORECASE,
)
DENIED = re.compile(r"\b(?:not|never|cannot)\b|n['’]t\b", re.IGNORECASE)
# "Not only", "if not", "why not", "isn't it?" deny nothing.
UNDENIED = re.compile(
    r"\bnot (?:only|just|least|to mention|so long|too|long|far)\b|\b(?:if|or|why|whether or) not\b"
    r"|n['’]t (?:it|he|she|they|we|you|I|there|that|this)\b|\bnever ?theless\b",
    re.IGNORECASE,
)


# An order not to do something says so: "Unplug" is the contrary of "Ne débranchez pas".
ORDER = re.compile(
    r"^\W{0,3}(?:ne\s|n['’])(?!hésit|oubli|quitt|boug|tard|inqui|manqu|attend|perd)"
    r"\w+(?:ez|ons)\s(?:pas|jamais|plus)\b",
    re.IGNORECASE,
)
PLAINLY = re.compile(
    r"\b(?:not|never|no|none|nothing|nobody|don|without|avoid\w*|cannot|stop|refrain|longer|nor|only"
    r"|neither|unless|beware|keep|leave|forget|instead|rather|prevent\w*|resist|remain|stay|fail"
    r"|prohibit\w*|forbid\w*)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
# "Ne pas dépasser 4 g" is "at most 4 g".
EXCEEDING = re.compile(r"\b(?:dépass|excéd)", re.IGNORECASE)
LIMITED = re.compile(
    r"\b(?:at most|below|under|up to|within|beyond|limit\w*|maximum|max|or less)\b", re.IGNORECASE
)
# Who does what is forbidden has been told a grave thing: "should be given" for "ne doit pas".
FORBIDDING = re.compile(
    r"\b(?:doi(?:t|s|vent)|dev(?:ez|ons|r(?:a|ez|ont))|faut|faudra)\s", re.IGNORECASE
)
ALLOWING = re.compile(
    r"\b(?:must|should|shall|may|can|(?:has|have|are|is) to|needs? to)\b", re.IGNORECASE
)
FORBIDDEN = re.compile(r"^\W{0,3}ne\s(?:pas|jamais|rien)\b", re.IGNORECASE)
# Where the order may begin, behind what opens a sentence.
ORDER_STARTS = 5
# "Sans sucre" is not "with sugar".
WITHOUT = re.compile(
    r"\bsans\s(?!vie\b|oublier\b|doute\b|cesse\b|faille\b|délai\b|tarder\b|attendre\b|compter\b|parler\b|appel\b"
    r"|ambages\b|détour|précédent|égal|pareil|conteste|contredit|relâche|vergogne|arrêt\b)",
    re.IGNORECASE,
)
WITH = re.compile(r"\bwith\b(?! (?:no|none|nothing|neither|little|few|zero)\b)", re.IGNORECASE)


def affirmed(found: re.Match[str], unit: TranslationUnit) -> bool:
    """Whether the translation says yes; an order not to do something has a plain "not"."""
    if EXCEEDING.search(unit.source) and LIMITED.search(unit.target):
        return False
    plainly = PLAINLY.search(unit.target)
    if found.start() < ORDER_STARTS and ORDER.search(unit.source):
        return not plainly
    if found.start() < ORDER_STARTS and FORBIDDEN.search(unit.source) and plainly:
        return False
    return not NEGATIVE.search(unit.target)


def negation(unit: TranslationUnit) -> Iterator[Issue]:
    """What the source denies, the translation denies, and nothing else."""
    if not unit.target.strip():
        return
    found = NEGATION.search(unit.source)
    denied = DENIED.search(UNDENIED.sub(blank, unit.target)) if not found else None
    if denied and unit.source.strip() and not DENYING.search(unit.source):
        message = f"{denied.group()!r} has no counterpart: is the source negative?"
        category, span = "accuracy/mistranslation", denied.span()
        yield Issue("negation", "minor", message, category, target_spans=(span,))
    if found and TWICE_DENIED.search(unit.source):
        return
    found = found or otherwise_denied(unit)
    if found and affirmed(found, unit):
        severity: Severity = "major" if forbidden(found, unit) else "minor"
        message = f"{found.group()!r} has no counterpart: is the translation still negative?"
        yield Issue("negation", severity, message, "accuracy/mistranslation", (found.span(),))


def forbidden(found: re.Match[str], unit: TranslationUnit) -> bool:
    """Whether what is denied is a deed that the translation asks for, or allows."""
    if FORBIDDING.search(found.group()):
        return ALLOWING.search(unit.target) is not None
    order = ORDER.search(unit.source) or FORBIDDEN.search(unit.source)
    return order is not None and found.start() < ORDER_STARTS


def otherwise_denied(unit: TranslationUnit) -> re.Match[str] | None:
    """What the source denies by other words than a "ne" and a "pas"."""
    if found := BARE.search(unit.source) or SPOKEN.search(unit.source):
        return found
    if found := NO_MORE.search(unit.source):
        return None if ENDED.search(unit.target) else found
    return WITHOUT.search(unit.source) if WITH.search(unit.target) else None


def blank(found: re.Match[str]) -> str:
    return " " * len(found.group())
