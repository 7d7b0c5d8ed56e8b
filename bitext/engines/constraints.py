"""
Phrases that a translation must have, and how much of them each beginning of one has.

A phrase is sequences of subword pieces, any of which will do; it counts as said when a word ends
where it ends. All phrases stand in one trie, as in Hu et al. 2019
(https://aclanthology.org/N19-1090). A token may go on with one phrase, end it or begin the next
("New York", where "New York Times" is asked for too): the readings are kept side by side, so that
no token ever counts for two phrases.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import NamedTuple

from bitext.engines import Request
from bitext.engines.subwords import SPACE, UNKNOWN, Pieces, Subwords

WORDLESS = re.compile(r"\W*")
BEGINS_IN_WORD = re.compile(r"\w")
# After these a word begins without a space.
OPENED = re.compile(r'.*[▁(\[{"“«/-]')
# Readings of one beginning, at most. Real glossaries give one to three; the bound is for those
# made of "a", "a a", "a a a".
MOST_READINGS = 8
# Tokens of all phrases that one sentence is held to; what comes after them is passed over.
MOST_TOKENS = 60
# Weight of the attention at which a phrase is begun, and the least that counts. With shuffled
# targets, on 24 sentences, three enforced terms in four are linked to their source so, one in six
# with no weight; more weight gains little and enforces no more.
AIM, LEAST = 2.0, 0.01

Tokens = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """
    One thing to be said, in any of its spellings.

    The search proposes those of `within`, but where the sentence begins those of `opening`, if
    there are any; `admitted` it recognises. `places` are the source pieces that it translates.
    """

    within: tuple[Tokens, ...]
    opening: tuple[Tokens, ...] = ()
    admitted: tuple[Tokens, ...] = ()
    places: frozenset[int] = field(default=frozenset(), compare=False)

    @property
    def spellings(self) -> tuple[Tokens, ...]:
        return (*self.within, *self.opening, *self.admitted)

    @property
    def size(self) -> int:
        """Tokens of the shortest spelling."""
        return min(map(len, self.spellings))


class Reading(NamedTuple):
    """
    How often each phrase has been said, and the node of the trie where the next one stands.

    `bias` is what it costs to have begun them where they were begun, 0 or less.
    """

    met: tuple[int, ...]
    node: int
    bias: float = 0.0


@dataclass(frozen=True, slots=True)
class Progress:
    """
    What is known of a beginning: all ways to read it.

    `glued` tells that a word may begin without a space before it, `first` that no word has been
    said yet.
    """

    readings: tuple[Reading, ...]
    glued: bool = False
    first: bool = True


@dataclass(slots=True)
class Node:
    """`gains` are the tokens that a beginning at this node has of each phrase below it."""

    children: dict[int, int] = field(default_factory=dict)
    ends: set[int] = field(default_factory=set)
    gains: dict[int, int] = field(default_factory=dict)


class Constraints:
    """The phrases of one sentence, each as often as it is given. `pieces` name all tokens."""

    def __init__(self, phrases: Sequence[Phrase], pieces: Mapping[int, str]) -> None:
        counted = Counter(phrases)
        self.phrases = tuple(counted)
        self.asked = tuple(counted.values())
        # What is asked for twice may stand for either place.
        self.places = [
            sorted({place for p in phrases if p == phrase for place in p.places})
            for phrase in self.phrases
        ]
        self.pieces = pieces
        self.nodes = [Node()]
        self.within = {tokens[0] for p in counted for tokens in p.within}
        self.opening = {tokens[0] for p in counted for tokens in p.opening or p.within}
        for number, phrase in enumerate(self.phrases):
            for tokens in phrase.spellings:
                self.add(number, phrase.size, tokens)

    def add(self, number: int, size: int, tokens: Tokens) -> None:
        at = 0
        for depth, token in enumerate(tokens, 1):
            if token not in self.nodes[at].children:
                self.nodes[at].children[token] = len(self.nodes)
                self.nodes.append(Node())
            at = self.nodes[at].children[token]
            left = len(tokens) - depth
            gains = self.nodes[at].gains
            gains[number] = max(gains.get(number, 0), size - left)
        self.nodes[at].ends.add(number)

    @property
    def total(self) -> int:
        """Tokens of all phrases: the number of the highest bank."""
        return sum(p.size * n for p, n in zip(self.phrases, self.asked, strict=True))

    def begin(self) -> Progress:
        return Progress((Reading((0,) * len(self.phrases), 0),))

    def best(self, progress: Progress) -> tuple[int, float]:
        """The bank (how many tokens of the phrases have been said) and bias of the best reading."""
        return max((self.worth(reading), reading.bias) for reading in progress.readings)

    def midway(self, progress: Progress) -> bool:
        """Whether a beginning ends within a phrase, in its best reading."""
        best, _ = self.best(progress)
        return any(
            self.open(reading.met, child)
            for reading in progress.readings
            if reading.node and self.worth(reading) == best
            for child in self.nodes[reading.node].children.values()
        )

    def between(self, progress: Progress, token: int) -> bool:
        """Whether a word ends where `token` comes next."""
        return progress.glued or not BEGINS_IN_WORD.match(self.pieces.get(token, UNKNOWN))

    def said(self, progress: Progress) -> int:
        """How many phrases a beginning has whole, a last one not counted before its word ends."""
        return max(sum(reading.met) for reading in progress.readings)

    def complete(self, progress: Progress) -> bool:
        return self.said(progress) == sum(self.asked)

    def aims(self, attention: Sequence[float]) -> list[float]:
        """
        For each phrase what it costs to begin it now: nothing where the network looks at its place.

        `attention` is its guided head over the source pieces, for the token that comes next.
        Hasler et al. 2018 (https://aclanthology.org/N18-2081) let attention say when the turn of a
        phrase has come.
        """
        looked = [sum(attention[p] for p in own if p < len(attention)) for own in self.places]
        return [AIM * log(max(LEAST, each)) if attention else 0.0 for each in looked]

    def advance(self, progress: Progress, token: int, aims: Sequence[float] = ()) -> Progress:
        """The progress of a beginning that is one token longer."""
        piece = self.pieces.get(token, UNKNOWN)
        found: dict[tuple[Tokens, int], float] = {}
        for reading in progress.readings:
            for met, node, bias in self.read(reading, token, piece, progress.glued, aims):
                found[met, node] = max(bias, found.get((met, node), bias))
        return Progress(
            self.pruned([Reading(*key, bias) for key, bias in found.items()]),
            glued=bool(OPENED.fullmatch(piece)),
            first=progress.first and bool(WORDLESS.fullmatch(piece)),
        )

    def read(
        self, reading: Reading, token: int, piece: str, glued: bool, aims: Sequence[float]
    ) -> Iterator[Reading]:
        """All ways to go on: with the phrase, with the next one after it, or with none."""
        met, node, bias = reading
        child = self.nodes[node].children.get(token) if node else None
        if child is not None and self.open(met, child):
            yield Reading(met, child, bias)
        before = [met]
        if not BEGINS_IN_WORD.match(piece):
            before += [raised(met, number) for number in self.ended(reading)]
        begun = self.nodes[0].children.get(token) if glued or piece.startswith(SPACE) else None
        for had in before:
            yield Reading(had, 0, bias)
            if begun is not None and (open_ := self.open(had, begun)):
                yield Reading(had, begun, bias + max(aims[n] if aims else 0.0 for n in open_))

    def wanted(self, progress: Progress) -> set[int]:
        """The tokens with which the best readings go on or begin a phrase."""
        best, _ = self.best(progress)
        found: set[int] = set()
        for reading in progress.readings:
            if self.worth(reading) < best:
                continue
            met, node, _ = reading
            if node:
                children = self.nodes[node].children
                found |= {token for token, child in children.items() if self.open(met, child)}
            for had in [raised(met, n) for n in self.ended(reading)] if node else [met]:
                found |= set(self.beginnings(had, progress))
        return found

    def beginnings(self, met: tuple[int, ...], progress: Progress) -> Iterator[int]:
        for token in self.opening if progress.first else self.within:
            spaced = self.pieces.get(token, UNKNOWN).startswith(SPACE)
            if (spaced or progress.glued) and self.open(met, self.nodes[0].children[token]):
                yield token

    def worth(self, reading: Reading) -> int:
        met, node, _ = reading
        gains = self.nodes[node].gains
        whole = sum(n * p.size for n, p in zip(met, self.phrases, strict=True))
        return whole + max((gains[n] for n in gains if met[n] < self.asked[n]), default=0)

    def open(self, met: tuple[int, ...], node: int) -> list[int]:
        """The phrases below the node that are still to be said."""
        return [n for n in self.nodes[node].gains if met[n] < self.asked[n]]

    def ended(self, reading: Reading) -> list[int]:
        """The phrases that stand whole in a reading, if a word ends there."""
        met, node, _ = reading
        return [n for n in sorted(self.nodes[node].ends) if met[n] < self.asked[n]]

    def pruned(self, readings: Sequence[Reading]) -> tuple[Reading, ...]:
        """Without those that another surpasses."""
        kept = [r for r in readings if not any(surpassed(r, other) for other in readings)]
        return tuple(sorted(kept, key=lambda r: (-self.worth(r), r))[:MOST_READINGS])


def surpassed(one: Reading, other: Reading) -> bool:
    """Whether another at the same node has all that one has, and at no greater cost."""
    return (
        one != other
        and one.node == other.node
        and one.bias <= other.bias
        and all(a <= b for a, b in zip(one.met, other.met, strict=True))
    )


def raised(met: tuple[int, ...], number: int) -> tuple[int, ...]:
    return (*met[:number], met[number] + 1, *met[number + 1 :])


def phrases(subwords: Subwords, request: Request, source: Pieces) -> list[Phrase]:
    """The phrases of a request's binding terms, without those that the vocabulary cannot spell."""
    found: list[Phrase] = []
    room = MOST_TOKENS
    for match in request.terms if request.constrained else ():
        if not match.binding or not match.required.strip():
            continue
        required = spelt(subwords, match.required)
        opening, others = required, list(match.entry.admitted)
        if match.entry.kind != "dnt":
            first, rest = match.required[0], match.required[1:]
            opening = spelt(subwords, first.upper() + rest)
            others.append(first.lower() + rest)
        admitted = [s for text in others for s in spelt(subwords, text)]
        if required and len(required[0]) <= room:
            places = (
                n for n, (a, b) in enumerate(source.spans) if a < match.end and match.start < b
            )
            found.append(Phrase(required, opening, tuple(admitted), frozenset(places)))
            room -= len(required[0])
    return found


def spelt(subwords: Subwords, text: str) -> tuple[Tokens, ...]:
    """
    The tokens of a text as they stand after a space and, where they differ, after a bracket.

    None if the vocabulary lacks a part of it.
    """
    spaced = subwords.encode_target(text).tokens
    first, *glued = subwords.encode_target(f"({text}").tokens
    ways = [spaced, glued] if first == f"{SPACE}(" and glued != spaced else [spaced]
    return tuple(
        tuple(subwords.ids[token] for token in way) for way in ways if way and UNKNOWN not in way
    )
