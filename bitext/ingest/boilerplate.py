"""Tell an article from what a web page puts around it; every drop is on record with its rule."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bitext.text import words
from bitext.units import Drop

BODY_WORDS = 12
WHOLE = ("head", "tail", "edges")  # the zones of the rules that drop whole paragraphs
SENTENCE_END = re.compile(r"[.!?…][\s»”\")]*$")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of boilerplate.toml, which says what the fields mean."""

    name: str
    zone: str
    find: re.Pattern[str]
    run: int = 1
    onward: bool = False
    field: str = ""


@cache
def rules() -> tuple[Rule, ...]:
    text = files("bitext.ingest").joinpath("boilerplate.toml").read_text("utf-8")
    return tuple(
        Rule(**{**row, "find": re.compile(row["find"])}) for row in tomllib.loads(text)["rule"]
    )


def drops(paragraphs: Sequence[str]) -> tuple[tuple[Drop, ...], dict[str, str]]:
    """The drops of a document, in the order of its text, and the fields they fill."""
    texts = [paragraph.strip() for paragraph in paragraphs]
    body = [number for number, text in enumerate(texts) if is_body(text)]
    found: dict[int, Drop] = {}
    metadata: dict[str, str] = {}
    for rule in rules():
        for number in whole(rule, texts, body):
            if texts[number] and number not in found:
                found[number] = drop_whole(paragraphs, number, rule.name)
                keep_field(metadata, rule, texts[number])
    starts = {
        "start": next((number for number, text in enumerate(texts) if text), None),
        "body": body[0] if body else None,
    }
    begun = [
        drop for drop in at_starts(paragraphs, starts, metadata) if drop.paragraph not in found
    ]
    return tuple(sorted([*begun, *found.values()], key=lambda d: (d.paragraph, d.start))), metadata


def drop_whole(paragraphs: Sequence[str], number: int, rule: str) -> Drop:
    text = paragraphs[number].strip()
    start = paragraphs[number].index(text)
    return Drop(number, start, start + len(text), text, rule)


def keep_field(metadata: dict[str, str], rule: Rule, text: str) -> None:
    if rule.field:
        match = rule.find.match(text)
        value = match.group(1) if match and match.re.groups else text
        metadata.setdefault(rule.field, value)


def at_starts(
    paragraphs: Sequence[str], starts: Mapping[str, int | None], metadata: dict[str, str]
) -> Iterator[Drop]:
    """Stamps and datelines, one of each, at the head of the paragraph that `starts` names."""
    reached: dict[int, int] = {}
    names: set[str] = set()
    for rule in rules():
        number = starts.get(rule.zone)
        if number is None or rule.name in names:
            continue
        text = paragraphs[number]
        at = reached.get(number, 0)
        at += len(text[at:]) - len(text[at:].lstrip())
        if match := rule.find.match(text, at):
            yield Drop(number, at, match.end(), match.group(), rule.name)
            keep_field(metadata, rule, match.group())
            reached[number] = match.end()
            names.add(rule.name)


def is_body(text: str) -> bool:
    if words(text) < BODY_WORDS or not SENTENCE_END.search(text):
        return False
    return not any(rule.find.fullmatch(text) for rule in rules() if rule.zone in WHOLE)


def whole(rule: Rule, texts: Sequence[str], body: Sequence[int]) -> list[int]:
    """The paragraphs that a rule drops whole; none where there is no body."""
    if not body or rule.zone not in WHOLE:
        return []
    head, tail = range(body[0]), range(body[-1] + 1, len(texts))
    zone = {"head": [*head], "tail": [*tail], "edges": [*head, *tail]}[rule.zone]
    hits = [n for n in zone if rule.find.fullmatch(texts[n])]
    if rule.onward:
        return list(range(hits[0], len(texts))) if hits else []
    return [n for run in runs(hits, texts) if len(run) >= rule.run for n in run]


def runs(hits: Sequence[int], texts: Sequence[str]) -> list[list[int]]:
    """Hits that follow one another, with nothing but blank paragraphs between."""
    result: list[list[int]] = []
    for hit in hits:
        if result and not any(texts[result[-1][-1] + 1 : hit]):
            result[-1].append(hit)
        else:
            result.append([hit])
    return result
