"""
Texts in the attributes of HTML tags: what pictures, fields, links and the page itself are called.

Those that the HTML standard lists as translatable ("The translate attribute"), without `download`,
`style` and `srcdoc`, which are no texts.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import escape, unescape

ATTRIBUTE = re.compile(
    r"""(?<=[\s"'/])(?P<name>[a-zA-Z][\w:-]*)\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s"'<>=`]+)(?=[\s/>])"""
)
EVERYWHERE = frozenset("title aria-label aria-placeholder aria-roledescription".split())
OF_TAGS = {
    "alt": frozenset("area img input".split()),
    "abbr": frozenset(["th"]),
    "label": frozenset("optgroup option track".split()),
    "placeholder": frozenset("input textarea".split()),
}
# Of a page as a whole; `content` holds what `name` or `property` names.
DESCRIPTIONS = frozenset(
    "description keywords og:title og:description og:image:alt twitter:title "
    "twitter:description twitter:image:alt".split()
)
BUTTONS = frozenset("button reset submit".split())
LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Attribute:
    """The text of an attribute; its value, with the quotes, is characters start:end of the page."""

    tag: str
    start: int
    end: int
    text: str


def attributes(page: str, tag: str, start: int, end: int) -> Iterator[Attribute]:
    """The texts in a tag, which is characters start:end of the page."""
    found = {m["name"].lower(): m for m in reversed([*ATTRIBUTE.finditer(page, start, end)])}
    values = {name: unescape(unquoted(match["value"])) for name, match in found.items()}
    for name, match in sorted(found.items(), key=lambda pair: pair[1].start()):
        if is_text(tag, name, values) and LETTER.search(values[name]):
            text = re.sub(r"[ \t\r\n\f]+", " ", values[name]).strip()
            yield Attribute(tag, *match.span("value"), text)


def is_text(tag: str, name: str, values: Mapping[str, str]) -> bool:
    if tag == "meta":
        about = values.get("name", values.get("property", ""))
        return name == "content" and about.lower() in DESCRIPTIONS
    if tag == "input" and name == "value":
        return values.get("type", "").lower() in BUTTONS
    return name in EVERYWHERE or tag in OF_TAGS.get(name, ())


def unquoted(value: str) -> str:
    return value[1:-1] if value[:1] in "\"'" else value


def quoted(text: str) -> str:
    """
    A text as the value of an attribute.

    >>> quoted('a "b" & c')
    '"a &quot;b&quot; &amp; c"'
    """
    return f'"{escape(text, quote=False).replace(chr(34), "&quot;")}"'
