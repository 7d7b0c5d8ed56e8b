"""
Beam search that must say given phrases, with the beam shared out among banks.

A bank holds the beginnings that have the same number of the phrases' tokens, so that those which
have said a costly word need not compete with those which have not: dynamic beam allocation of
Post & Vilar 2018 (https://aclanthology.org/N18-1119). The network is asked for little, a few
likely tokens for each beginning and the tokens that the phrases want.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from bitext.engines.constraints import Constraints, Progress, Tokens

# Likely tokens that a beginning is asked for.
LIKELY = 6
# Live paths of a search, at least and at most: one for each bank, between these.
NARROWEST, WIDEST = 10, 32


@dataclass(frozen=True, slots=True)
class Offer:
    """
    Log probabilities of tokens that may come next.

    `attention` is what the network looks at for it, over the source pieces; () if it cannot say.
    """

    scores: Mapping[int, float]
    attention: Sequence[float] = ()


class Network(Protocol):
    """Scores what may come next, keeping what it has read of each row."""

    def step(
        self,
        rows: Sequence[int],
        tokens: Sequence[Tokens],
        wanted: Sequence[Collection[int]],
        likely: int,
    ) -> list[Offer]:
        """
        What may come next in each new row: the `likely` tokens and those wanted.

        A new row goes on from one of the rows of the step before (at first: from a source) with
        the tokens given.
        """


@dataclass(frozen=True, slots=True)
class Path:
    """
    A beginning of a translation, in its bank; `score` is the sum of its tokens' log probabilities.

    `value`, by which paths are compared, also counts where its phrases stand.
    """

    tokens: Tokens
    score: float
    progress: Progress
    bank: int
    value: float

    @property
    def mean(self) -> float:
        return self.value / max(1, len(self.tokens))


@dataclass(frozen=True, slots=True)
class Step:
    """A path one token longer, and the number of the live path it came from."""

    path: Path
    parent: int


class Search:
    """
    The search for one sentence.

    `width` is the number of live paths, `limit` of tokens that may follow the prefix; `n_best`
    finished paths with every phrase are enough, where no live one is likelier.
    """

    def __init__(
        self,
        constraints: Constraints,
        *,
        end: int,
        width: int,
        limit: int,
        n_best: int = 1,
        prefix: Tokens = (),
    ) -> None:
        self.constraints = constraints
        self.end = end
        self.width = width
        self.limit = limit
        self.n_best = n_best
        progress = constraints.begin()
        for token in prefix:
            progress = constraints.advance(progress, token)
        self.live = [Path((), 0.0, progress, constraints.best(progress)[0], 0.0)]
        self.parents = [0]
        self.finished: list[Path] = []
        self.partial: list[Path] = []

    def wanted(self) -> list[set[int]]:
        """For each live path the tokens that the phrases want."""
        return [self.constraints.wanted(path.progress) for path in self.live]

    def extend(self, offers: Sequence[Offer]) -> None:
        """Go one token further, given what may come next on each live path."""
        steps: list[Step] = []
        for parent, (path, offer) in enumerate(zip(self.live, offers, strict=True)):
            aims = self.constraints.aims(offer.attention)
            free = self.free(path, offer)
            for token, score in offer.scores.items():
                step = Step(self.longer(path, token, score, aims), parent)
                if token == self.end and not self.constraints.complete(step.path.progress):
                    # Without all phrases: worth having if nothing better comes, and in
                    # nobody's place.
                    self.partial.append(step.path)
                elif free or step.path.bank <= path.bank:
                    steps.append(step)
        chosen = self.allocated(steps)
        over = [step for step in chosen if step.path.tokens[-1] == self.end]
        self.finished += [step.path for step in over]
        going = [step for step in chosen if step.path.tokens[-1] != self.end]
        self.live = [step.path for step in going]
        self.parents = [step.parent for step in going]
        self.finished = ranked(self.finished, self.width)
        self.partial = sorted(self.partial, key=self.lacking)[: self.n_best]
        if self.live and len(self.live[0].tokens) >= self.limit:
            self.partial = sorted(self.partial + self.live, key=self.lacking)[: self.n_best]
            self.live = []

    def free(self, path: Path, offer: Offer) -> bool:
        """
        Whether a phrase may be gone on with, or begun.

        It begins where the network would begin a word as well: neither within one, nor when it
        holds the sentence to be finished.
        """
        likeliest = max(offer.scores, key=offer.scores.__getitem__)
        between = likeliest != self.end and self.constraints.between(path.progress, likeliest)
        return between or self.constraints.midway(path.progress)

    def longer(self, path: Path, token: int, score: float, aims: Sequence[float]) -> Path:
        progress = self.constraints.advance(path.progress, token, aims)
        bank, bias = self.constraints.best(progress)
        score += path.score
        return Path((*path.tokens, token), score, progress, bank, score + bias)

    def lacking(self, path: Path) -> tuple[int, float]:
        """Orders paths by how many phrases they have if they end here, and by likelihood."""
        ended = self.constraints.advance(path.progress, self.end)
        return -self.constraints.said(ended), -path.mean

    def allocated(self, steps: Sequence[Step]) -> list[Step]:
        """The best steps of each bank, in order of score."""
        order = sorted(steps, key=lambda s: (-s.path.value, s.path.tokens))
        places = shares(Counter(step.path.bank for step in order), self.width)
        chosen = []
        for step in order:
            if places[step.path.bank] > 0:
                places[step.path.bank] -= 1
                chosen.append(step)
        return chosen

    @property
    def done(self) -> bool:
        if len(self.finished) < self.n_best or not self.live:
            return not self.live
        if len(self.finished) >= self.width:
            return True
        worst = self.finished[self.n_best - 1].mean
        return all(path.mean < worst for path in self.live)

    def best(self) -> list[Path]:
        """The likeliest paths that have every phrase; if there are none, those that have most."""
        return (self.finished or self.partial)[: self.n_best]


def width(total: int) -> int:
    """How many live paths a search for phrases of so many tokens should have."""
    return min(max(NARROWEST, total + 1), WIDEST)


def shares(available: Mapping[int, int], width: int) -> Counter[int]:
    """
    How many of `width` places each bank gets, of which so many paths are to be had.

    All the same; what a bank cannot fill goes to the others, and what is left to the highest.

    >>> sorted(shares({0: 9, 1: 1, 3: 9}, 6).items())
    [(0, 2), (1, 1), (3, 3)]
    """
    left = Counter(available)
    given: Counter[int] = Counter()
    while width > given.total() and left.total():
        for bank in sorted((b for b in left if left[b]), reverse=True):
            if given.total() < width:
                given[bank] += 1
                left[bank] -= 1
    return given


def ranked(paths: Sequence[Path], most: int) -> list[Path]:
    return sorted(paths, key=lambda path: (-path.mean, path.tokens))[:most]


def search_all(network: Network, searches: Sequence[Search], begun: Tokens) -> None:
    """Run searches together, each from a source of the network's and from the tokens `begun`."""
    open_ = list(searches)
    rows = list(range(len(open_)))
    tokens = [begun] * len(open_)
    while open_:
        wanted = [tokens_ for search in open_ for tokens_ in search.wanted()]
        offers = iter(network.step(rows, tokens, wanted, LIKELY))
        rows, tokens, at = [], [], 0
        still: list[Search] = []
        for search in open_:
            count = len(search.live)
            search.extend([next(offers) for _ in range(count)])
            if not search.done:
                rows += [at + parent for parent in search.parents]
                tokens += [path.tokens[-1:] for path in search.live]
                still.append(search)
            at += count
        open_ = still
