"""
Entries whose source is a pattern (a regular expression of the `regex` library).

A pattern that could run for ever is refused when it is read, by trying it on texts made to lead
it astray; should one slip through, matching stops it and says so.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from bitext.errors import GlossaryError
from bitext.units import TermEntry

LONGEST = 500  # characters of a pattern
MOST_COUNTED = 1000  # what the counts of a pattern ({3,5}) may come to, multiplied: they nest
# Seconds of processor time. A sound pattern takes milliseconds for the probes.
PROBE_LIMIT, LIMIT = 0.05, 1.0
PROBE = 500  # characters; what grows by their square stays far below the limit
COUNTED = re.compile(r"\{(\d*)(?:,(\d*))?\}")
ESCAPE = re.compile(r"\\[^\W\d]")
# Calls of a group by its number or name, which may call themselves.
CALL = re.compile(r"\(\?(?:R|[+-]?\d|&|P>)")
GROUP = re.compile(r"\\([1-9])")


def check(entry: TermEntry) -> None:
    """Raises ValueError, with what is wrong with the pattern of an entry."""
    import regex

    source = entry.source
    if len(source) > LONGEST:
        raise ValueError(f"pattern of {len(source)} characters; {LONGEST} are the most")
    counts = [int(most or least or 1) for least, most in COUNTED.findall(source)]
    total = 1
    for count in counts:
        total *= max(1, count)
    if total > MOST_COUNTED or CALL.search(source):
        raise ValueError("pattern may take for ever; use smaller counts, and no calls of groups")
    try:
        pattern = compiled(entry)
        for probe in probes(source):
            for _ in pattern.finditer(probe, timeout=PROBE_LIMIT):
                pass
    except TimeoutError:
        problem = "pattern may take for ever; do not repeat what holds a repetition"
        raise ValueError(problem) from None
    except (regex.error, RecursionError, OverflowError, MemoryError) as error:
        raise ValueError(f"pattern cannot be read ({error}); mend it") from error
    if pattern.fullmatch(""):
        raise ValueError("pattern fits an empty text; make a part of it required")
    named = [int(n) for t in (entry.target, entry.plural) for n in GROUP.findall(t)]
    if any(number > pattern.groups for number in named):
        raise ValueError("target names a group that the pattern does not have")


def probes(source: str) -> Iterator[str]:
    """Long texts of what the pattern may repeat, with an end that it does not expect."""
    letters = dict.fromkeys(c for c in ESCAPE.sub("", source) if c.isalnum())
    for piece in [*letters, "a", "0", " ", "a ", *re.findall(r"\w{2,}", source)]:
        yield piece * (PROBE // len(piece)) + "\0"


@lru_cache(maxsize=1 << 12)
def compiled(entry: TermEntry) -> Any:
    """The pattern, ready to search normalised text; raises regex.error."""
    import regex

    flags = regex.VERSION0
    smart = entry.case == "smart" and not any(map(str.isupper, ESCAPE.sub("", entry.source)))
    if entry.case == "insensitive" or smart:
        flags |= regex.IGNORECASE
    return regex.compile(entry.source, flags)


def found(entry: TermEntry, text: str) -> Iterator[tuple[int, int, str]]:
    r"""
    Where the pattern fits a normalised text, and the target with `\1` as the text has it.

    Raises GlossaryError where that takes too long, so that the text is not thought free of it.
    """
    try:
        for match in compiled(entry).finditer(text, timeout=LIMIT):
            if match.end() > match.start():
                yield match.start(), match.end(), filled(entry.target, match)
    except TimeoutError:
        problem = f"the pattern {entry.source!r} takes too long on a sentence; make it simpler"
        raise GlossaryError("glossary", problem) from None


def filled(target: str, match: Any) -> str:
    return GROUP.sub(lambda group: match[int(group[1])] or "", target)
