"""Tell an article from what a web page puts around it; every drop is on record with its rule."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from bitext.text import words
from bitext.units import Drop

BODY_WORDS = 12
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
    head, tail = zones(texts)
    found: dict[int, Drop] = {}
    metadata: dict[str, str] = {}
    starts = list(at_start(paragraphs, metadata))
    for rule in rules():
        for number in whole(rule, texts, head, tail):
            if texts[number] and number not in found:
                found[number] = drop_whole(paragraphs, number, rule.name)
                keep_field(metadata, rule, texts[number])
    taken = {drop.paragraph for drop in found.values()}
    together = [d for d in starts if d.paragraph not in taken] + list(found.values())
    return tuple(sorted(together, key=lambda d: (d.paragraph, d.start))), metadata


def drop_whole(paragraphs: Sequence[str], number: int, rule: str) -> Drop:
    text = paragraphs[number].strip()
    start = paragraphs[number].index(text)
    return Drop(number, start, start + len(text), text, rule)


def keep_field(metadata: dict[str, str], rule: Rule, text: str) -> None:
    if rule.field:
        match = rule.find.match(text)
        value = match.group(1) if match and match.re.groups else text
        metadata.setdefault(rule.field, value)


def at_start(paragraphs: Sequence[str], metadata: dict[str, str]) -> list[Drop]:
    """Stamps and datelines at the head of the text, one after the other."""
    number = next((n for n, text in enumerate(paragraphs) if text.strip()), None)
    if number is None:
        return []
    text, at, result = paragraphs[number], 0, []
    for rule in rules():
        if rule.zone == "start":
            at += len(text[at:]) - len(text[at:].lstrip())
            if match := rule.find.match(text, at):
                result.append(Drop(number, at, match.end(), match.group(), rule.name))
                keep_field(metadata, rule, match.group())
                at = match.end()
    return result


def zones(texts: Sequence[str]) -> tuple[range, range]:
    """The paragraphs before the first and after the last body paragraph."""
    body = [n for n, text in enumerate(texts) if is_body(text)]
    if not body:
        return range(0), range(0)
    return range(body[0]), range(body[-1] + 1, len(texts))


def is_body(text: str) -> bool:
    if words(text) < BODY_WORDS or not SENTENCE_END.search(text):
        return False
    return not any(rule.find.fullmatch(text) for rule in rules() if rule.zone != "start")


def whole(rule: Rule, texts: Sequence[str], head: range, tail: range) -> list[int]:
    """The paragraphs that a rule drops whole."""
    zone = {"head": [*head], "tail": [*tail], "edges": [*head, *tail]}.get(rule.zone, [])
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
