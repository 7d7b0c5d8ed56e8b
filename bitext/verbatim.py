"""
What a translation copies as it is: code and the like, by the markup of a document or by `ticks`.
"""

import re
from collections.abc import Iterator

# A tick within a word is a slip for an apostrophe; two are the quotation marks of TeX.
CODE = re.compile(r"(?<![\w`])`(?=[^\s`])[^`\n]{1,200}(?<!\s)`(?![\w`])")


def code_in(text: str) -> Iterator[tuple[int, int]]:
    """
    The spans of code between ticks, these included.

    >>> text = "Tapez `ls -l`, l`eau et l`air, ``ceci''."
    >>> [text[start:end] for start, end in code_in(text)]
    ['`ls -l`']
    """
    if "`" in text:
        yield from (found.span() for found in CODE.finditer(text))


def occurrences(what: str, text: str) -> list[int]:
    """
    Where a stretch stands in a text, as a word of its own.

    >>> occurrences("ls", "ls: else, `ls`")
    [0, 11]
    """
    before = r"(?<!\w)" if what[:1].isalnum() else ""
    after = r"(?!\w)" if what[-1:].isalnum() else ""
    return [found.start() for found in re.finditer(f"{before}{re.escape(what)}{after}", text)]


def anywhere(what: str, text: str) -> list[int]:
    """
    Where a stretch stands in a text, also within words.

    >>> anywhere("12", "Q12, 12")
    [1, 5]
    """
    return [found.start() for found in re.finditer(re.escape(what), text)]
