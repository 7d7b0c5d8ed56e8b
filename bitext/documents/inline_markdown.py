"""
The inline markup of Markdown: a text as pieces and codes, and what a translation must escape.
"""

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from html import unescape

from bitext.addresses import links_in
from bitext.formats.codes import ENTITY, VOID
from bitext.inline import Code, Kind, Marked, Marking
from bitext.verbatim import code_in

# Spaces, words and runs of backticks are taken whole: to try them in parts takes quadratic time.
SHORTCODE = r"\{\{(?:[^{}]|\{[^{}]*\}){0,500}\}\}|\{%[^{}\n]{0,500}%\}"
ADDRESS = rf"(?:<[^<>\n]{{0,2000}}>|(?:{SHORTCODE}|[^()\s<]|\([^()\s]{{0,2000}}\)){{0,2000}})"
TITLE = (
    r"(?:\s++(?:\"(?:[^\"\\]|\\.){0,2000}+\"|'(?:[^'\\]|\\.){0,2000}+'"
    r"|\((?:[^()\\]|\\.){0,2000}+\)))?"
)
# With a sign of mathematics or as short as a variable: "$5" and "\[sic\]" are text.
SIGN = r"(?:[_^={}]|\\[A-Za-z])"
FORMULA = (
    r"\$\$[^$]{1,2000}\$\$"
    rf"|\$(?=[^\s$])(?=[^$\\_^={{}}]*{SIGN})(?:[^$\\]|\\.){{1,300}}+(?<=\S)\$(?!\w)"
    r"|\$[A-Za-z][\w()',+*/-]{0,10}+\$(?!\w)"
    rf"|\\\([^\\_^={{}}]{{0,200}}+{SIGN}(?:[^\\]|\\[^)]){{0,500}}?\\\)|\\\(\w\\\)"
    rf"|\\\[[^\\_^={{}}]{{0,200}}+{SIGN}(?:[^\\]|\\[^\]]){{0,500}}?\\\]"
)
# In a wiki, by its name.
PAGE = r"\[\[[^\[\]\n]{1,200}\]\]"
PART = re.compile(
    rf"""
      (?P<copied>{FORMULA}|{PAGE}|{SHORTCODE})
    | (?P<escaped>\\[!-/:-@\[-`{{-~])
    | (?P<code>(?:(?<!`)|(?<=\\`))(?P<ticks>`++)
      (?:[^`]|(?!(?P=ticks)(?!`))`++){{1,2000}}?(?P=ticks)(?!`))
    | (?P<address><(?:https?://|mailto:)[^\s<>]*>|<[\w.+-]+@[\w.-]+>)
    | (?P<bare>(?<!\w)(?<!\]\()https?://(?:[^\s<>()\[\]`*|"]|\([^\s<>()]{{0,500}}\)){{1,2000}}
      (?<![?!.,:;_~'’]))
    | (?P<alone><!--.{{0,2000}}?-->|\[\^[^\[\]\s]+\]|\{{:[^{{}}\n]{{0,200}}\}}
      |!\[\]\(\s*+{ADDRESS}{TITLE}\s*+\))
    | (?P<tag><(?P<end>/?)(?P<name>[A-Za-z][\w-]*)(?:\s[^<>]*)?(?P<void>/?)>)
    | (?P<opening>!?\[)
    | (?P<closing>\](?:\(\s*+{ADDRESS}{TITLE}\s*+\)|\[[^\[\]\n]*\])?)
    | (?P<marks>\*+|_+|~~)
    """,
    re.VERBOSE | re.DOTALL,
)
# What would be markup if it stood in a translation by itself.
SPECIAL = re.compile(r"[\\`\[\]<]|(?<=\S)\*|\*(?=\S)|(?<!\w)_|_(?!\w)|~(?=~)|(?<=~)~")
# Signs that only some renderers read, and that are escaped where the source does.
AT_TIMES = frozenset("$`{}")
REFERENCE = re.compile(r"&(?=#?\w{1,31};)")
EMPHASIS = frozenset({"*", "**", "_", "__", "~~"})
LETTER = re.compile(r"[^\W\d_]")
LINE_END = re.compile(r"(?<!\s)\s*\n\s*")
# Code that is read with its sentence; what is longer stands beside it.
LONGEST_CODE = 200
# Marks that may wait for their partner at once; people use three or four.
MOST_OPEN = 50


@dataclass(slots=True)
class Part:
    """
    Text, or a code of one kind, from a place of the source; `pair` joins what belongs together.

    `opens` tells of one that closes if something is open that it could, instead.
    """

    at: int
    text: str
    kind: Kind | None = None
    pair: str = ""
    opens: bool = False
    copied: str = ""


def marked(content: str, labels: Container[str] = ()) -> Marked:
    """
    An inline text with its markup as codes; line ends are spaces.

    `labels` are those of the file's link definitions, as markdown-it writes them.
    """
    marking = Marking()
    for part in paired(list(lexed(content, labels))):
        if part.kind is None:
            marking.write(LINE_END.sub(" ", part.text))
        else:
            marking.mark(part.kind, part.text, part.pair, part.copied)
    return marking.marked()


def touching(content: str, labels: Container[str]) -> Iterator[str]:
    """An inline text, cut where two links or pictures in words touch: they are no one sentence."""
    begin = depth = 0
    closed = False
    parts = paired(list(lexed(content, labels))) if ")[" in content or ")!" in content else []
    before, after = last_said(parts), last_said(parts[::-1])[::-1]
    for part, said, to_say in zip(parts, before, after, strict=True):
        depth += {"open": 1, "close": -1}.get(part.kind or "", 0)
        opens = depth == 1 and part.kind == "open" and part.pair == "["
        if closed and opens and LETTER.search(said) and LETTER.search(to_say):
            yield content[begin : part.at]
            begin = part.at
        if part.kind or part.text:
            closed = part.kind == "close" and part.pair == "[" and depth == 0
    yield content[begin:]


def last_said(parts: Sequence[Part]) -> list[str]:
    """For each of the parts, the last that is text, up to itself."""
    found, last = [], ""
    for part in parts:
        last = part.text if part.kind is None and part.text else last
        found.append(last)
    return found


def lexed(content: str, labels: Container[str]) -> Iterator[Part]:
    """The parts of an inline text; whether marks pair off is seen later."""
    at = 0
    opened: list[int] = []
    for found in PART.finditer(content):
        if found.start() > at:
            yield Part(at, ENTITY.sub(character, content[at : found.start()]))
        at, start = found.end(), found.start()
        if found["escaped"]:
            yield Part(start, found[0][1:])
        elif found["code"] or found["copied"]:
            copied = LINE_END.sub(" ", found[0])
            copied = copied if len(copied) <= LONGEST_CODE else ""
            yield Part(start, found[0], "alone", copied=copied)
        elif found["address"]:
            yield Part(start, found[0], "alone", copied=found[0][1:-1])
        elif found["bare"]:
            yield Part(start, found[0])
        elif found["alone"]:
            yield Part(start, found[0], "alone")
        elif found["tag"]:
            yield Part(start, found[0], tag_kind(found), f"<{found['name'].lower()}")
        elif found["opening"]:
            opened = [*opened[-MOST_OPEN:], found.end()]
            yield Part(start, found[0], "open", "[")
        elif found["closing"]:
            label = content[opened.pop() : start] if opened else ""
            yield Part(start, referring(found[0], label, labels), "close", "[")
        else:
            yield from marks(found, content)
    yield Part(at, ENTITY.sub(character, content[at:]))


def referring(closing: str, label: str, labels: Container[str]) -> str:
    """
    What closes a link; one whose text is its label, too, is told its label, for the text changes.

    >>> referring("]", "le site", {"LE SITE"}), referring("]", "a", ())
    ('][le site]', ']')
    """
    from markdown_it.common.utils import normalizeReference

    if closing not in ("]", "][]") or normalizeReference(label) not in labels:
        return closing
    return f"][{label}]"


def character(entity: re.Match[str]) -> str:
    return unescape(entity[0])


def tag_kind(found: re.Match[str]) -> Kind:
    if found["void"] or found["name"].lower() in VOID:
        return "alone"
    return "close" if found["end"] else "open"


def marks(found: re.Match[str], content: str) -> Iterator[Part]:
    """A run of * or _, as one or two codes: *** is emphasis in strong emphasis."""
    run, at = found[0], found.start()
    before = content[max(at - 1, 0) : at] or " "
    after = content[found.end() : found.end() + 1] or " "
    opens, closes = not after.isspace(), not before.isspace()
    if run[0] == "_":
        opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    elif run == "*":
        # By CommonMark's rule, with which people are at odds in "**Nom :**suite" alone.
        opens, closes = opens and flanks(before, after), closes and flanks(after, before)
    if len(run) > 3 or not (opens or closes):
        yield Part(at, run)
        return
    # What can do both closes if it can: `paired` turns it round if nothing is open.
    cut = [run] if len(run) < 3 else [run[:2], run[2:]] if not closes else [run[2:], run[:2]]
    for each in cut:
        yield Part(at, each, "close" if closes else "open", each, opens)
        at += len(each)


def flanks(outside: str, inside: str) -> bool:
    """Whether a mark between two characters may belong to the second, which is no space."""
    return inside.isalnum() or not outside.isalnum()


def paired(parts: list[Part]) -> list[Part]:
    """Marks without a partner are text; so is a [ without an address."""
    waiting: list[int] = []
    matched: set[int] = set()
    for number, part in enumerate(parts):
        del waiting[:-MOST_OPEN]
        if part.kind == "open":
            waiting.append(number)
        elif part.kind == "close":
            partner = next((n for n in reversed(waiting) if parts[n].pair == part.pair), None)
            link = part.pair != "[" or part.text != "]"
            if partner is None:
                if part.opens:
                    part.kind = "open"
                    waiting.append(number)
            elif link:
                matched |= {partner, number}
                del waiting[waiting.index(partner) :]
            else:
                waiting.remove(partner)
    for number, part in enumerate(parts):
        if part.kind in ("open", "close") and number not in matched:
            # A lone tag is markup all the same.
            part.kind = "alone" if part.pair.startswith("<") else None
    return parts


def signs_escaped(content: str) -> frozenset[str]:
    """Signs of `AT_TIMES` that a text escapes, so that its translation must, too."""
    return AT_TIMES.intersection(m[0][1] for m in PART.finditer(content) if m["escaped"])


def escaped(text: str, signs: frozenset[str]) -> str:
    """
    With what would be markup by chance escaped; code between ticks is code, links are links.

    >>> print(escaped("`*` a* $5 &lt; https://x.fr/_a_", frozenset("$")))
    `*` a\\* \\$5 &amp;lt; https://x.fr/_a_
    """
    kept = [*(() if "`" in signs else code_in(text)), *links_in(text)]
    pieces, at = [], 0
    for start, end in sorted(kept):
        if start >= at:
            pieces += [plain(text[at:start], signs), text[start:end]]
            at = end
    return "".join((*pieces, plain(text[at:], signs)))


def plain(text: str, signs: frozenset[str]) -> str:
    text = REFERENCE.sub("&amp;", SPECIAL.sub(r"\\\g<0>", text))
    for sign in sorted(signs - {"`"}):  # which `SPECIAL` has
        text = text.replace(sign, f"\\{sign}")
    return text


def worded(fill: Sequence[str | Code]) -> list[str | Code]:
    """The pieces of a translation without emphasis on nothing, which would be other markup."""
    found: list[str | Code] = []
    for piece in fill:
        last = found[-1] if found else ""
        if (
            isinstance(piece, Code) and piece.kind == "close" and piece.content in EMPHASIS
            and isinstance(last, Code) and last.kind == "open" and last.pair == piece.pair
        ):  # fmt: skip
            found.pop()
        else:
            found.append(piece)
    return found
