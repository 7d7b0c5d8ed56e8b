r"""
Python's regular expressions in the dialect of browsers (flag u), for rules that run in both.

What differs is written out: `\w`, `\d` and `\b` know ASCII only there, named groups are spelt
differently, and a needless escape is an error. There are no possessive quantifiers: they become
greedy ones, which match the same where what follows cannot begin with what they take. A class
begins with no closing bracket.
"""

import re

LETTERS, DIGITS = r"\p{L}\p{Nl}\p{No}", r"\p{Nd}"
WORD = rf"[{LETTERS}{DIGITS}_]"
BOUNDARY = rf"(?:(?<={WORD})(?!{WORD})|(?<!{WORD})(?={WORD}))"
OUTSIDE = {
    r"\w": WORD,
    r"\W": f"[^{WORD[1:]}",
    r"\d": rf"{DIGITS}",
    r"\D": r"\P{Nd}",
    r"\b": BOUNDARY,
    r"\B": rf"(?:(?<={WORD})(?={WORD})|(?<!{WORD})(?!{WORD}))",
}
INSIDE = {r"\w": WORD[1:-1], r"\d": DIGITS, r"\D": r"\P{Nd}"}
# Classes that take something out of \w, which the u flag cannot say.
WHOLE = {
    r"[^\W\d_]": f"[{LETTERS}]",
    r"[^\W_]": f"[{LETTERS}{DIGITS}]",
}
KEEP = set("^$\\.*+?()[]{}|/-sSnrtf0123456789")

TOKEN = re.compile(
    r"\[\^\\W\\d_\]|\[\^\\W_\]|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\U[0-9a-f]{8}|\\."
    r"|[*+?}]\+|\(\?P<|\(\?P=\w+\)|.",
    re.DOTALL,
)


def browser(pattern: re.Pattern[str]) -> list[str]:
    r"""
    The pattern as `new RegExp` takes it: source and flags.

    >>> browser(re.compile(r"(?P<one>[a\-\d])(?P=one)\"", re.IGNORECASE))
    ['(?<one>[a\\-\\p{Nd}])\\k<one>"', 'giu']
    """
    inside, written = False, ""
    for token in TOKEN.findall(pattern.pattern):
        if token in WHOLE:
            written += WHOLE[token]
            continue
        if token == "]":
            inside = False
        elif token == "[" and inside:
            token = r"\["
        elif token == "[":
            inside = True
        written += translated(token, INSIDE if inside else OUTSIDE)
    return [written, "giu" if pattern.flags & re.IGNORECASE else "gu"]


def translated(token: str, classes: dict[str, str]) -> str:
    if token in classes:
        return classes[token]
    if token == "(?P<":
        return "(?<"
    if token.startswith("(?P="):
        return rf"\k<{token[4:-1]}>"
    if token.startswith(r"\U"):
        return rf"\u{{{token[2:].lstrip('0')}}}"
    if len(token) == 2 and token[1] == "+" and token[0] != "\\" and classes is OUTSIDE:
        return token[0]
    if len(token) == 2 and token[0] == "\\" and token[1] not in KEEP:
        return token[1]
    if token == r"\-" and classes is OUTSIDE:
        return "-"
    return token
