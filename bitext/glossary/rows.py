"""
One row of a glossary, whatever file it stood in, and the entry that it makes.

Several targets are written `a | b`: the first is asked for, the others are admitted. A target of
`=` is the source itself. A backslash makes `|`, `=` and itself plain: `a \\| b`, `\\=`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeVar, cast, get_args

from bitext.glossary import patterns
from bitext.text import fold
from bitext.units import CaseMode, MatchMode, TermEntry, TermKind

ESCAPED = re.compile(r"\\([\\|=])")
PART = re.compile(r"(?:[^|\\]|\\.?)+", re.DOTALL)
# With what XML cannot hold.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
EDGES = "".join(c for c in map(chr, range(0x3001)) if c.isspace()) + "\ufeff"
BREAKS = re.compile(r"[\t\r\n\v\f\x85\u2028\u2029]\s*")
# Characters of a cell at most: no term or note is as long, and each is normalised with care.
LONGEST_CELL = 10_000
MOST_TARGETS = 100
MATCHES, CASES = get_args(MatchMode), get_args(CaseMode)
# What other tools call our kinds.
KINDS: dict[str, TermKind] = {
    "dnt": "dnt", "do-not-translate": "dnt", "do not translate": "dnt", "nontranslatable": "dnt",
    "forbidden": "forbidden", "deprecated": "forbidden", "interdit": "forbidden",
    "term": "term", "preferred": "term", "terme": "term",
}  # fmt: skip


V = TypeVar("V")


class Unusable(Exception):
    """What is wrong with a row, without where it stands."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """An "error" that makes a row unusable, or a "warning"; `line` counts from 1."""

    line: int
    severity: Literal["error", "warning"]
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """
    What a file says of one term; `line` counts from 1.

    `fields` are further columns by their name in `TermEntry`, as text; without a kind there, a
    target that is the source makes the term one that is not to be translated.
    """

    line: int
    source: str
    targets: tuple[str, ...]
    fields: Mapping[str, str] = field(default_factory=dict)


Found = Iterator[Row | Problem]


def entry_of(row: Row) -> TermEntry:
    """The entry; raises Unusable."""
    source = plain(row.source, "the French term")
    targets = tuple(filter(None, (plain(t, "the English term") for t in row.targets)))
    if len(targets) > MOST_TARGETS:
        raise Unusable(f"has {len(targets)} targets; keep the best {MOST_TARGETS}")
    texts = {name: plain(cell, name) for name, cell in row.fields.items() if cell.strip()}
    if not any(map(str.isalnum, source)):
        raise Unusable("has no French term; write one, or delete the row")
    named = texts.get("kind", "").lower()
    kind = one_of(KINDS, "kind", named) if named else None
    if kind == "forbidden" and not targets:
        raise Unusable("needs a target to forbid; write the English term")
    offered = targets or (source,)
    entry = TermEntry(
        source=source,
        target=offered[0],
        kind=kind or told_kind(source, offered[0]),
        admitted=tuple(dict.fromkeys(t for t in offered[1:] if t != offered[0])),
        note=texts.get("note", ""),
        match=cast(MatchMode, chosen(MATCHES, texts, "match")),
        case=cast(CaseMode, chosen(CASES, texts, "case")),
        plural=texts.get("plural", ""),
        pos=texts.get("pos", ""),
        include=tuple(parts(texts.get("include", ""))),
        exclude=tuple(parts(texts.get("exclude", ""))),
        domain=texts.get("domain", ""),
        id=texts.get("id", ""),
    )
    if entry.match == "regex":
        try:
            patterns.check(entry)
        except ValueError as error:
            raise Unusable(str(error)) from error
    return entry


def told_kind(source: str, target: str) -> TermKind:
    """The kind of an entry of which nothing is said."""
    return "dnt" if fold(target) == fold(source) else "term"


def fields_of(entry: TermEntry) -> dict[str, str]:
    """What `entry_of` reads in the further columns, without what it would take for granted."""
    fields = {
        "note": entry.note,
        "kind": entry.kind if entry.kind != told_kind(entry.source, entry.target) else "",
        "match": entry.match if entry.match != "lemma" else "",
        "case": entry.case if entry.case != "smart" else "",
        "plural": entry.plural,
        "pos": entry.pos,
        "include": joined(entry.include),
        "exclude": joined(entry.exclude),
        "domain": entry.domain,
        "id": entry.id,
    }
    return {name: text for name, text in fields.items() if text}


def plain(cell: str, what: str) -> str:
    """The text of a cell on one line; raises Unusable."""
    text = BREAKS.sub(" ", cell).strip(EDGES)
    if len(text) > LONGEST_CELL:
        raise Unusable(f"{what} has {len(text):,} characters; {LONGEST_CELL:,} are the most")
    if found := CONTROL.search(text):
        raise Unusable(f"{what} holds the control character U+{ord(found[0]):04X}; delete it")
    return text


def chosen(allowed: tuple[str, ...], texts: Mapping[str, str], name: str) -> str:
    """The value of a column with few; its first is what an empty cell means."""
    value = texts.get(name, "").lower()
    return one_of({each: each for each in allowed}, name, value) if value else allowed[0]


def one_of(allowed: Mapping[str, V], name: str, value: str) -> V:
    if value not in allowed:
        raise Unusable(f"{name} {value!r} is unknown; write one of {', '.join(allowed)}")
    return allowed[value]


def parts(cell: str) -> Iterator[str]:
    """
    The texts between bars, with their escapes undone.

    >>> list(parts(r"Act | law || a \\| b"))
    ['Act', 'law', 'a | b']
    """
    return map(unescaped, written(cell))


def targets_of(cell: str, source: str) -> tuple[str, ...]:
    """The targets that a cell of a table lists; `=` is the source."""
    return tuple(source if part == "=" else unescaped(part) for part in written(cell))


def written(cell: str) -> Iterator[str]:
    return filter(None, (part.strip(EDGES) for part in PART.findall(cell)))


def unescaped(text: str) -> str:
    return ESCAPED.sub(r"\1", text)


def joined(texts: Iterable[str]) -> str:
    r"""
    Texts as one cell, to be read back with `parts` or `targets_of`.

    >>> print(joined(["a | b", "="]))
    a \| b | \=
    """
    return " | ".join(r"\=" if t == "=" else re.sub(r"([\\|])", r"\\\1", t) for t in texts)
