"""
SRX 2.0: our rules for French sentences, for CAT tools that cut texts themselves.

SRX knows only what stands right before and after a place, so that these rules are a close copy of
`bitext.segment` and not the same: what depends on open brackets or quotes is not in them.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from bitext.formats.markup import escaped, quoted
from bitext.segment.french import (
    ANNOUNCING,
    ANY_CASE_TITLES,
    BEFORE_NUMBERS,
    GIVEN_NAMES,
    OFTEN_INSIDE,
    STARTERS,
    TITLES,
)

HEAD = """<?xml version='1.0' encoding='UTF-8'?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
<header segmentsubflows="yes" cascade="no">
<formathandle type="start" include="no"/>
<formathandle type="end" include="yes"/>
<formathandle type="isolated" include="no"/>
</header>
<body>
<languagerules>
<languagerule languagerulename="French">"""
FOOT = """
</languagerule>
</languagerules>
<maprules>
<languagemap languagepattern={pattern} languagerulename="French"/>
</maprules>
</body>
</srx>
"""
# Letters by their ranges, which every engine for such patterns reads alike.
CAPITAL = "A-ZÀ-ÖØ-ÞŒ"
LETTER = f"{CAPITAL}a-zß-öø-ÿœ"
NOT_IN_WORD = f"(?<![{LETTER}0-9.-])"
SPACE = r"[\s\u00a0\u202f]"
OPENING = rf"(?:[«‹“‘„\"'(\[¿¡–—•-]{SPACE}*)*"
CLOSING = rf"(?:{SPACE}*[»›)\]”]|[’\"'\u00b9\u00b2\u00b3\u2070-\u2079]|\[[0-9]{{1,3}}\])*"
NUMBER = rf"(?:[0-9]|[IVXLCDM]+(?![{LETTER}'’])|[A-Z](?![{LETTER}'’-]))"

Rule = tuple[bool, str, str]


def write(file: BinaryIO, *, lang: str = "fr") -> None:
    """Write the rules for texts in a language and its regions."""
    file.write(HEAD.encode())
    for breaks, before, after in rules():
        answer = "yes" if breaks else "no"
        said = f"<beforebreak>{escaped(before)}</beforebreak><afterbreak>{escaped(after)}"
        file.write(f'\n<rule break="{answer}">{said}</afterbreak></rule>'.encode())
    pattern = "".join(f"[{letter.upper()}{letter}]" for letter in lang.lower()) + ".*"
    file.write(FOOT.format(pattern=quoted(pattern)).encode())


def rules() -> Iterator[Rule]:
    """Whether to break, what stands before and what after; the first that fits decides."""
    # One letter is an initial ("J. Dupont"), but for "L’", "À" and "Y".
    letters = "".join(sorted(each for each in STARTERS if len(each) == 1))
    words = alternatives(each for each in STARTERS if len(each) > 1)
    starters = rf"(?i:{words}(?![{LETTER}])|[{letters}]['’]|[ày](?![{LETTER}]))"
    yield False, word(TITLES), SPACE
    yield False, f"(?i:{word(ANY_CASE_TITLES | ANNOUNCING)})", SPACE
    yield False, rf"{NOT_IN_WORD}(?:p\.{SPACE}?|par{SPACE})ex\.", SPACE
    yield False, f"(?i:{word(BEFORE_NUMBERS)})", f"{SPACE}+{NUMBER}"
    often = word(OFTEN_INSIDE | {name.lower() for name in GIVEN_NAMES})
    initials = rf"{NOT_IN_WORD}(?:[{CAPITAL}]\.-?)+"
    yield True, rf"(?:av|ap|apr|avant|après)\.?{SPACE}J\.-C\.", rf"{SPACE}+{OPENING}[{CAPITAL}]"
    for before in (f"(?i:{often})", initials):
        yield False, before, rf"{SPACE}+{OPENING}(?!{starters})[{LETTER}0-9]"
    yield False, rf"^{SPACE}*(?:[0-9]{{1,3}}(?:\.[0-9]{{1,3}})*|[IVXLC]{{1,6}})\.", SPACE
    yield True, rf"[.!?…]{CLOSING}", rf"{SPACE}+{OPENING}(?:[{CAPITAL}0-9]|[#@][{LETTER}])"


def word(words: Iterable[str]) -> str:
    return rf"{NOT_IN_WORD}{alternatives(words)}\."


def alternatives(words: Iterable[str]) -> str:
    found = sorted(words, key=lambda each: (-len(each), each))
    return "(?:" + "|".join(each.replace(".", r"\.") for each in found) + ")"
