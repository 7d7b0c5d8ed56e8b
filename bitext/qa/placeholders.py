"""What a program puts values into, and the tags of a markup: each stands in the translation too."""

import re
from collections import Counter
from collections.abc import Iterator

from bitext.units import Issue, TranslationUnit

# %s, %(name)d, %1$s, {0}, ${name}, {{name}}, [[name]], <b>, </b>, and Phrase's tags {1> and <1}.
# "50 % des" is a share.
PLACEHOLDER = re.compile(
    r"%\(\w+\)[-+#0]*\d*(?:\.\d+)?[a-zA-Z]|%\{\w+\}"
    r"|(?<!\d)%(?:\d+\$)?[-+#0]*\d*(?:\.\d+)?(?:hh|ll|[hljztL])?[diouxXeEfFgGcrsap@](?!\w)"
    r"|\{(?:\w{1,8}|[\^_])>|<(?:\w{1,8}|[\^_])\}"
    r"|\$?\{\{?[^{}\s]{0,80}\}?\}|\[\[[^\[\]\s]{1,80}\]\]"
    r"|</?[A-Za-z][\w:-]{0,30}(?:\s[^<>]{0,500})?>"
)
# Attributes of a tag may be translated.
TAG = re.compile(r"(</?[A-Za-z][\w:-]*)[\s/>].*", re.DOTALL)
# A message that says what to say for each number or gender (ICU MessageFormat).
MESSAGE = re.compile(r"\{\s*\w+\s*,\s*(?:plural|select|selectordinal|choice)\s*,")


def placeholders(unit: TranslationUnit) -> Iterator[Issue]:
    """Placeholders (%s, {0}) and tags (<b>) of the source are in the translation, and no others."""
    if MESSAGE.search(unit.source) or not unit.target.strip():
        return
    before, after = stands(unit.source), stands(unit.target)
    for what, start, end in surplus(before, after):
        message, spans = f"{what} is not in the translation", ((start, end),)
        yield Issue("placeholders", "major", message, "accuracy/omission", source_spans=spans)
    for what, start, end in surplus(after, before):
        message, spans = f"{what} is not in the source", ((start, end),)
        yield Issue("placeholders", "major", message, "accuracy/addition", target_spans=spans)


def stands(text: str) -> list[tuple[str, int, int]]:
    """What is compared of each placeholder, and where it stands."""
    if "%" not in text and "{" not in text and "<" not in text and "[[" not in text:
        return []
    return [(TAG.sub(r"\1>", m.group()), *m.span()) for m in PLACEHOLDER.finditer(text)]


def surplus(
    these: list[tuple[str, int, int]], others: list[tuple[str, int, int]]
) -> Iterator[tuple[str, int, int]]:
    """Those that are more often here than there, the last ones first found."""
    left = Counter(what for what, _, _ in others)
    for what, start, end in these:
        if left[what]:
            left[what] -= 1
        else:
            yield what, start, end
