"""How English writes numbers and times."""

import re
from collections.abc import Iterator

from bitext.qa.quantities import FIGURES, Clock, Lexicon, Run, canonical, clock_values

WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fourty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "millions": 10**6, "billions": 10**9, "trillions": 10**12,
    "hundred-and": 100, "thousand-and": 10**3, "million-and": 10**6,
}  # fmt: skip
UNITS = {
    "dozen": 12, "decade": 10, "decades": 10, "century": 100, "centuries": 100, "score": 20,
}  # fmt: skip
MONTHS = (
    "january february march april may june july august september october november december"
).split()
ONES = "first second third fourth fifth sixth seventh eighth ninth".split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
ORDINALS = {word: number for number, word in enumerate(ONES, 1)} | {
    "tenth": 10, "eleventh": 11, "twelfth": 12, "thirteenth": 13, "fourteenth": 14,
    "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
    "twentieth": 20, "thirtieth": 30, "fortieth": 40, "fiftieth": 50, "sixtieth": 60,
    "seventieth": 70, "eightieth": 80, "ninetieth": 90,
    "hundredth": 100, "thousandth": 1000,
} | {
    f"{ten}-{one}": WORDS[ten] + number for ten in TENS for number, one in enumerate(ONES, 1)
}  # fmt: skip
HINTS = {form: (str(number),) for form, number in ORDINALS.items()} | {
    "a": ("1",), "an": ("1",), "single": ("1",), "once": ("1",), "zero": ("0",), "nil": ("0",),
    "half": ("0.5", "50", "2", "30", "6"), "both": ("2",), "couple": ("2",), "pair": ("2",),
    "twice": ("2",), "halve": ("2",), "halved": ("2",), "halving": ("2",), "wwii": ("2",),
    "wwi": ("1",), "double": ("2",), "doubled": ("2",), "doubling": ("2",), "twin": ("2",),
    "twins": ("2",), "duo": ("2",), "two-thirds": ("2", "66"), "third": ("3", "33"),
    "thirds": ("3",), "triple": ("3",), "tripled": ("3",), "tripling": ("3",),
    "trio": ("3",), "thrice": ("3",), "twofold": ("2",), "threefold": ("3",), "fourfold": ("4",),
    "fivefold": ("5",),
    "tenfold": ("10",), "hundredfold": ("100",), "quadruple": ("4",), "quadrupled": ("4",),
    "quadrupling": ("4",), "quintuple": ("5",), "quintupled": ("5",),
    "quarter": ("4", "25", "0.25", "3", "15"), "quarters": ("4", "25", "0.25", "3"),
    "fortnight": ("14", "15", "2"), "noon": ("12:00", "12"), "midday": ("12:00", "12"),
    "midnight": ("0:00", "12", "0"), "centenary": ("100",), "bicentenary": ("200",),
    "bicentennial": ("200",), "millennium": ("1000",), "either": ("2",), "neither": ("2",),
    "twenties": ("20", "1920"), "thirties": ("30", "1930"), "forties": ("40", "1940"),
    "fifties": ("50", "1950"), "sixties": ("60", "1960"), "seventies": ("70", "1970"),
    "eighties": ("80", "1980"), "nineties": ("90", "1990"),
} | {form: (str(number),) for form, number in UNITS.items()} | {
    form: (f"month:{number}",)
    for number, name in enumerate(MONTHS, 1)
    for form in (name, name[:3], *(("sept",) if name == "september" else ()))
}  # fmt: skip

TOKEN = re.compile(
    rf"{FIGURES}|\b(?:{'|'.join(TENS)})-(?:{'|'.join(ONES)})\b"
    rf"|\b(?:hundred|thousand|million)\s+and(?=\s+(?:{'|'.join(WORDS)})\b(?!\s+hundred))|[^\W\d_]+",
)
HALF = re.compile(
    r"\s+(?:\w+\s+)?and[\s-](?:a[\s-])?half(?:[\s-]+(?P<scale>hundred|thousand|million|billion|trillion)\b)?"
)
PAST = re.compile(
    r"(?:[:h](?P<minute>[0-5]\d)(?![\d:]))?(?:\s+(?P<clock>o['’]\s?clock|hours?|hrs?)\b"
    r"(?:,?\s(?:and\s)?(?P<more>[0-5]?\d)[\s-]?min(?:ute)?s?\b)?)?"
    r"(?:\s?(?P<half>[ap])\.?\s?m\b\.?|\s+in the (?P<part>morning|afternoon|evening)\b"
    r"|\s+at (?P<night>night)\b)?",
    re.IGNORECASE,
)
CLOCK_WORD = re.compile(
    r"\b(?:at|from|until|till|by|around|about|before|after|between|and|to|past)\s+$", re.IGNORECASE
)
SHORT_SCALES = {
    "k": 10**3,
    "m": 10**6,
    "mn": 10**6,
    "mln": 10**6,
    "bn": 10**9,
    "b": 10**9,
    "tn": 10**12,
}
SHORT_SCALE = re.compile(r"(k|mn|mln|m|bn|b|tn)\b", re.IGNORECASE)
SCALED = re.compile(r"(?:mn|mln|bn|tn)\b", re.IGNORECASE)
DECADE = re.compile(r"[’']?s\b")
# What English says with a number and French without, or as part of a word.
IDIOMS = re.compile(
    r"\b(?:a|one|an hour|day|week|month|year) or two\b|\bno two\b|\b24/7\b|\w+-something\b"
    r"|\bthree-dimension|\btwo-party\b|\bgas(?: mark)? \d\d?\b"
    r"|\b(?:every|per|in|any) 24 ?h(?:ours|rs)?\b",
    re.IGNORECASE,
)
MILITARY = re.compile(r"([01]\d|2[0-3])([0-5]\d)")


# A quarter to eight, ten past four; "five to ten" is a range, too.
TOLD = re.compile(
    r"\b(quarter|half|five|ten|twenty|twenty-five)(?:\s+(?P<minutes>minutes))?\s+(?P<way>past|to)\s+$",
    re.IGNORECASE,
)
TOLD_MINUTES = {"quarter": 15, "half": 30, "five": 5, "ten": 10, "twenty": 20, "twenty-five": 25}
# How far before an hour they begin.
BACK = 26
TOLD_BEFORE = re.compile(
    r"(?:\s+minutes)?\s+past\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"
    r"|\s+minutes\s+to\s+(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b",
    re.IGNORECASE,
)


def told(text: str, run: Run) -> Clock | None:
    """The time of day whose hour this is: "a quarter to eight"."""
    found = TOLD.search(text, max(0, run.start - BACK), run.start)
    hour = run.numbers[0]
    if not found or not isinstance(hour, int) or not 1 <= hour <= 12:
        return None
    word = found[1].lower()
    before = found["way"].lower() == "to"
    if before and word in ("half", "five", "ten") and not found["minutes"]:
        return None
    minutes = hour * 60 + (-TOLD_MINUTES[word] if before else TOLD_MINUTES[word])
    return Clock(run.end, *clock_values(minutes // 60 or 12, minutes % 60, ""))


def clock(text: str, run: Run) -> Clock | None:
    """11:59 p.m., 11.59pm, 23:59, 3 o'clock, three in the morning, 0759 GMT, ten past four."""
    if time := told(text, run):
        return time
    figures = text[run.start : run.end]
    found = PAST.match(text, run.end)
    military = MILITARY.fullmatch(figures)
    if military and re.match(r"\s?(?:GMT|hours|hrs)\b", text[run.end :]):
        return Clock(run.end, *clock_values(int(military[1]), int(military[2]), ""))
    if not found or found.end() == run.end:
        return None
    part = half_of_day(found)
    hour, _, minute = figures.partition(".") if part else (str(run.numbers[0]), "", "")
    minute = found["minute"] or found["more"] or minute
    hour = hour if hour.isdecimal() else str(run.numbers[0])
    if not hour.isdecimal() or int(hour) > 24 or int(minute or 0) > 59:
        return None
    return Clock(found.end(), *clock_values(int(hour), int(minute or 0), part))


def optional(text: str, run: Run) -> bool:
    """Idioms gain a number that the source does not have; minutes belong to their hour."""
    if TOLD_BEFORE.match(text, run.end):
        return True
    idioms = IDIOMS.finditer(text, max(0, run.start - 12), run.end + 15)
    return any(idiom.start() <= run.start < idiom.end() for idiom in idioms)


def half_of_day(found: re.Match[str]) -> str:
    """ "am", "pm" or "" for what follows an hour."""
    if half := found["half"]:
        return f"{half.lower()}m"
    if found["night"]:
        return "pm"
    return {None: "", "morning": "am"}.get(found["part"], "pm")


def scaled(text: str, run: Run) -> bool:
    """Whether a scale in short is sure: 5bn, €5m; "5m" may be five metres."""
    money = text[max(0, run.start - 1) : run.start] in ("€", "$", "£")
    return (SHORT_SCALE if money else SCALED).match(text, run.end) is not None


def extra(text: str, run: Run) -> Iterator[str]:
    """The decade of "the 90s", an hour after "at", $5m and 5bn."""
    number = run.numbers[0]
    after = text[run.end : run.end + 4]
    if short := SHORT_SCALE.match(after):
        yield canonical(number * SHORT_SCALES[short[0].lower()])
    if not isinstance(number, int):
        return
    if DECADE.match(after):
        if number < 100:
            yield str(1900 + number)
        elif 1900 <= number < 2000:
            yield str(number % 100)
    if number <= 12 and CLOCK_WORD.search(text, max(0, run.start - 8), run.start):
        yield f"at:{number}"


ENGLISH = Lexicon(
    token=TOKEN,
    words=WORDS,
    scales=SCALES,
    units=UNITS,
    hints=HINTS,
    alone=frozenset({"millions", "billions", "trillions"}),
    half=HALF,
    optional=optional,
    clock=clock,
    extra=extra,
    scaled=scaled,
    short_scale=SHORT_SCALE,
    short_scales=SHORT_SCALES,
)
