"""How French writes numbers and times."""

import re
from collections.abc import Iterator
from decimal import Decimal

from bitext.qa.quantities import FIGURES, Clock, Lexicon, Run, canonical, clock_values

WORDS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7,
    "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14,
    "quinze": 15, "seize": 16, "dix-sept": 17, "dix-huit": 18, "dix-neuf": 19, "vingt": 20,
    "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70,
    "quatre-vingt": 80, "quatre-vingts": 80, "huitante": 80, "octante": 80, "nonante": 90,
}  # fmt: skip
TENS = "vingt|trente|quarante|cinquante|soixante|septante|huitante|octante|nonante"
AND_ONE = {
    f"{tens}-et-{one}": WORDS[tens] + WORDS[one]
    for tens in TENS.split("|")
    for one in ("un", "une", "onze")
}
# What may follow the tens in an ordinal; beyond nine only after 60 and 80.
COMPOUND = {
    "un": 1, "deux": 2, "trois": 3, "quatr": 4, "cinqu": 5, "six": 6, "sept": 7, "huit": 8,
    "neuv": 9, "dix": 10, "onz": 11, "douz": 12, "treiz": 13, "quatorz": 14, "quinz": 15,
    "seiz": 16, "dix-sept": 17, "dix-huit": 18, "dix-neuv": 19,
}  # fmt: skip
# A French "trillion" should be a million billions; in the news it is the English one.
SCALES = {
    "cent": 100, "cents": 100, "mille": 10**3, "million": 10**6, "millions": 10**6,
    "milliard": 10**9, "milliards": 10**9, "billion": 10**12, "billions": 10**12,
    "trillion": 10**12, "trillions": 10**12,
}  # fmt: skip
UNITS = {
    "douzaine": 12, "douzaines": 12, "dizaine": 10, "dizaines": 10, "centaine": 100,
    "centaines": 100, "millier": 1000, "milliers": 1000, "décennie": 10, "décennies": 10,
    "siècle": 100, "siècles": 100, "milles": 1000,
}  # fmt: skip
# About so many, and of what: "une vingtaine de millions".
ABOUT = {
    "dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30,
    "quarantaine": 40, "cinquantaine": 50, "soixantaine": 60, "centaine": 100,
}  # fmt: skip
MANY = {"milliers": 10**3, "millions": 10**6, "milliards": 10**9}
MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
).split()
ORDINALS = {
    "premier": 1, "première": 1, "premiers": 1, "premières": 1, "primo": 1,
    "second": 2, "seconde": 2, "seconds": 2, "secondes": 2,
} | {
    form: number
    for stem, number in {
        "deux": 2, "trois": 3, "quatr": 4, "cinqu": 5, "six": 6, "sept": 7, "huit": 8, "neuv": 9,
        "dix": 10, "onz": 11, "douz": 12, "treiz": 13, "quatorz": 14, "quinz": 15, "seiz": 16,
        "dix-sept": 17, "dix-huit": 18, "dix-neuv": 19, "vingt": 20, "vingt-et-un": 21,
        "trent": 30, "quarant": 40, "cinquant": 50, "soixant": 60, "cent": 100, "mill": 1000,
    }.items()
    for form in (f"{stem}ième", f"{stem}ièmes")
} | {
    f"{tens}-{one}ième{plural}": WORDS[tens] + number
    for tens in (*TENS.split("|"), "quatre-vingt")
    for one, number in COMPOUND.items()
    if number < 10 or tens in ("soixante", "quatre-vingt")
    for plural in ("", "s")
} | {"quatre-vingtième": 80, "soixante-et-onzième": 71}  # fmt: skip
HINTS = {form: (str(number),) for form, number in (ORDINALS | ABOUT).items()} | {
    "zéro": ("0",), "demi": ("0.5", "30", "50"), "demie": ("0.5", "30", "50"),
    "moitié": ("0.5", "50", "2"), "double": ("2",), "doubler": ("2",), "doublé": ("2",),
    "couple": ("2",), "paire": ("2",), "duo": ("2",), "jumeaux": ("2",), "jumelles": ("2",),
    "triple": ("3",), "tripler": ("3",), "triplé": ("3",), "trio": ("3",), "tiers": ("3", "33"),
    "quart": ("4", "25", "0.25", "15"), "quarts": ("4", "25", "0.25"), "trimestre": ("3",),
    "trimestriel": ("3",), "semestre": ("6",), "quinquennat": ("5",), "quinquennal": ("5",),
    "quinquennale": ("5",), "septennat": ("7",), "biennale": ("2",), "triennal": ("3",),
    "quinzaine": ("15", "2", "14"), "huitaine": ("8", "7"), "midi": ("12:00", "12"),
    "minuit": ("0:00", "12", "0"), "midi-et-quart": ("12:15",), "midi-et-demi": ("12:30", "12"),
    "midi-et-demie": ("12:30", "12"), "midi-moins-le-quart": ("11:45", "12"),
    "minuit-et-quart": ("0:15", "12"), "minuit-et-demi": ("0:30", "12"),
    "minuit-et-demie": ("0:30", "12"), "centenaire": ("100",), "bicentenaire": ("200",),
    "millénaire": ("1000",), "trentenaire": ("30",), "quadragénaire": ("40",),
    "quinquagénaire": ("50",), "cinquantenaire": ("50",), "sexagénaire": ("60",),
    "septuagénaire": ("70",),
    "octogénaire": ("80",), "nonagénaire": ("90",), "quintuple": ("5",), "quadruple": ("4",),
    "tridimensionnel": ("3",), "tridimensionnelle": ("3",),
} | {form: (str(number),) for form, number in UNITS.items()} | {
    # The last 16 and the last 32; three quarters may be 75 %, or 45 minutes.
    "huitième-de-finale": ("8", "16"), "huitièmes-de-finale": ("8", "16"),
    "seizième-de-finale": ("16", "32"), "seizièmes-de-finale": ("16", "32"),
    "trois-quarts": ("3", "0.75", "75", "45"), "quatre-cinquièmes": ("4", "0.8", "80"),
} | {
    f"{about}-de-{scale}": (str(number * size), f"scale:{size}")
    for about, number in ABOUT.items() for scale, size in MANY.items()
} | {
    name: (f"month:{number}",) for number, name in enumerate(MONTHS, 1)
}  # fmt: skip

# "pour cent" and "20 sept. 2012" are no numbers.
TOKEN = re.compile(
    rf"{FIGURES}|pour[\s-]cents?\b|\bsept\.(?=\s?\d)"
    rf"|\b(?:{TENS}|quatre[\s-]vingt)[\s-](?:dix[\s-])?(?:{'|'.join(COMPOUND)})ièmes?\b"
    r"|\bquatre[\s-]vingt(?:s|ième)?\b|\b(?:midi|minuit)\s(?:et\s(?:quart|demie?)|moins\sle\squart)\b"
    r"|\bdix[\s-](?:sept|huit|neuf|septième|huitième|neuvième)\b"
    rf"|\b(?:{TENS})[\s-]et[\s-](?:une?|onze|unième)\b"
    rf"|\b(?:{'|'.join(ABOUT)})\sde\s(?:{'|'.join(MANY)})\b|\b(?:huiti|seizi)èmes?\sde\sfinale\b"
    r"|\btrois[\s-]quarts\b|\bquatre[\s-]cinquièmes\b|[^\W\d_]+",
)
IDIOMS = re.compile(
    r"\btou(?:te)?s?\s(?:les\s)?deux\b|\b(?:multipli|divis)\w+\spar\sdeux\b|\bquatre\scoins\b"
    r"|\bles\scent\spas\b|\bquatre\s(?:pattes|épingles|cents\scoups)\b|\bquatre\sà\squatre\b"
    r"|\bmille\s(?:morceaux|mercis|fois)\b|\ben\s(?:mille|quatre)\b(?!\s\w+s\b)|\bmoins\sde\sdeux\b"
    r"|\bà\sdeux\smains\b|\btrente-six\schandelles\b|\b24\s?(?:h|heures)\ssur\s24\b"
    r"|\b(?:par|chaque)\s24\s?(?:h|heures)\b|\bth(?:ermostat)?\.?\s\d\d?\b"
    r"|\b7\s(?:jours\s)?sur\s7\b|\bsur\s(?:24|7|deux)\b|\bdeux-roues\b|\bbac\s?\+\s?\d\b"
    r"|\bdeux\soreilles\b|\bsur\s(?:leurs?|ses|son|vos|mes)\s(?:31|trente[\s-]et[\s-]un)\b"
    r"|\bles\sdeux(?=\s?[,.;:!?»”\"]|\s(?:sont|ont|peuvent|étaient|avaient|seront)\b)",
    re.IGNORECASE,
)
PLURAL = re.compile(r"\s+(?:\w+[sx]\b|%)")
FIRST_OF = re.compile(rf"(?:er|re|ère)\b(?!\s+(?:{'|'.join(MONTHS)}))", re.IGNORECASE)
HALF = re.compile(r"\s+(?:\w+\s+)?et\s+demie?\b(?P<scale>)")
HOURS = re.compile(
    r"\s?(?:heures?|h)(?![^\W\d_])(?:\s?(?P<minute>[0-5]?\d)(?!\d)(?:\s?(?:min(?:utes?)?|mn)\b)?)?"
    r"(?:\s+(?P<sign>et|moins)\s+(?P<added>demie|(?:le\s+|un\s+)?quart|cinq|dix|vingt)\b)?"
    r"(?:\s+(?P<part>du\s+matin|du\s+soir|de\s+l['’]après-midi))?"
    r"|:(?P<past>[0-5]\d)(?![\d:])",
    re.IGNORECASE,
)
# A runner's seconds and hundredths, and somebody's height: 9''98, 1 m 80.
HUNDREDTHS = re.compile(r"(?:''|″|\ss\s|(?<!\d\d)\sm\s)(\d\d)(?!\d)")
ADDED = {"demie": 30, "quart": 15, "cinq": 5, "dix": 10, "vingt": 20}
DOTTED_MINUTE = re.compile("[0-5][0-9]")
DECADE = re.compile(r"\bannées?\s+$", re.IGNORECASE)
# "8es de finale" are the last 16.
FINALS = re.compile(r"(?:èmes?|es?)\s+de\s+finale\b")
FORTNIGHT = re.compile(r"\s+jours\b")
# How many of them make up another: 24 mois are two years, 90 minutes an hour and a half.
DURATION = re.compile(r"\s+(mois|jours|heures|minutes|semaines?)\b")
PARTS_OF = {"mois": (12,), "jours": (7,), "heures": (24,), "minutes": (60,)}
DAYS = 7
# A year and a half is 18 months; 0,75 € are 75 cents.
HALF_MORE = re.compile(r"\s+(an|année|heure|jour)s?\s+et\s+demie?\b")
HALF_SIZES = {"an": 12, "année": 12, "heure": 60, "jour": 24}
MONEY = re.compile(r"\s?(?:€|\$|£|euro|dollar)")
OTHERS = re.compile(r"\s+(?:autres|nouveaux)\s+(mille|millions|milliards)\b")
SHORT_SCALES = {"k": 10**3, "M": 10**6, "Md": 10**9, "Mds": 10**9, "Mrd": 10**9}
SCALED = re.compile(r"\s?(?:k|Mds?|Mrd|M)\s?(?:€|\$|£|euros|dollars)")
SHORT_SCALE = re.compile(r"\s?(k|Mds?|Mrd|M)(?=[€$£]|\s?(?:€|\$|£|euros|dollars)|\b)")


def clock(text: str, run: Run) -> Clock | None:
    """
    23 h 59, 23h59, 19.00 heures, 3 heures du matin, neuf heures moins vingt; 44 s 12.

    The British write 5.13 for 5 h 13, which is read as a number there.
    """
    timed = HUNDREDTHS.match(text, run.end)
    if timed and isinstance(seconds := run.numbers[0], int):
        value = canonical(seconds + Decimal(timed[1]) / 100)
        return Clock(timed.end(), (value,), (str(seconds), timed[1]))
    found = HOURS.match(text, run.end)
    if not found:
        return None
    hour, _, dotted = text[run.start : run.end].partition(".")
    hour = hour if hour.isdecimal() else str(run.numbers[0])
    if not hour.isdecimal() or int(hour) > 24 or (dotted and not DOTTED_MINUTE.fullmatch(dotted)):
        return None
    added = ADDED.get((found["added"] or "").split(" ")[-1].lower(), 0)
    minutes = int(hour) * 60 + int(found["minute"] or found["past"] or dotted or 0)
    minutes += -added if found["sign"] == "moins" else added
    part = "" if not found["part"] else "am" if found["part"].endswith("matin") else "pm"
    values, parts = clock_values(minutes // 60, minutes % 60, part)
    if minutes % 60 == 0:
        values = (*values, hour, f"at:{(minutes // 60 - 1) % 12 + 1}")
    else:
        values = (*values, f"{minutes // 60}.{minutes % 60:02}".rstrip("0"))
    return Clock(found.end(), values, parts)


def optional(text: str, run: Run) -> bool:
    """ "neuf" is "new" too; "le 1er" says "first"; idioms lose their number."""
    word = text[run.start : run.end].lower()
    if word == "neuf":
        return not PLURAL.match(text, run.end)
    if word == "1":
        return FIRST_OF.match(text, run.end) is not None
    idioms = IDIOMS.finditer(text, max(0, run.start - 25), run.end + 12)
    return any(idiom.start() <= run.start < idiom.end() for idiom in idioms)


def scaled(text: str, run: Run) -> bool:
    """Whether a scale in short is sure: 5 M€, 3 k€."""
    return SCALED.match(text, run.end) is not None


def extra(text: str, run: Run) -> Iterator[str]:
    """The decade of "années 90", 5 M€, quinze jours, 100 autres milliards, 8es de finale."""
    number = run.numbers[0]
    if short := SHORT_SCALE.match(text, run.end):
        yield canonical(number * SHORT_SCALES[short[1]])
    if other := OTHERS.match(text, run.end):
        yield canonical(number * SCALES[other[1]])
    if 0 < number < 1 and MONEY.match(text, run.end):
        yield canonical(number * 100)
    if not isinstance(number, int):
        return
    if half := HALF_MORE.match(text, run.end):
        yield canonical((number + Decimal("0.5")) * HALF_SIZES[half[1]])
    before = text[max(0, run.start - 12) : run.start]
    if number < 100 and DECADE.search(before):
        yield str(1900 + number)
    elif 1900 <= number < 2000 and DECADE.search(before):
        yield str(number % 100)
    if FINALS.match(text, run.end):
        yield str(2 * number)
    if number == 15 and FORTNIGHT.match(text, run.end):
        yield from ("2", "14")
    if duration := DURATION.match(text, run.end):
        if duration[1].startswith("semaine"):
            yield str(DAYS * number)
        for size in PARTS_OF.get(duration[1], ()):
            # Halves, too: "six months and a half" is told as a number and a word.
            if 2 * number % size == 0 and number >= size:
                yield canonical(Decimal(number) / size)
    if number == 8 and FORTNIGHT.match(text, run.end):
        yield from ("1", "7")


FRENCH = Lexicon(
    token=TOKEN,
    words=WORDS | AND_ONE,
    scales=SCALES,
    units=UNITS,
    hints=HINTS,
    alone=frozenset({"cent", "mille", "millions", "milliards"}),
    half=HALF,
    optional=optional,
    clock=clock,
    extra=extra,
    scaled=scaled,
    short_scale=SHORT_SCALE,
    short_scales=SHORT_SCALES,
)
