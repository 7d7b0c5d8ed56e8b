"""CTranslate2: the default engine, eight-bit integers on the processor."""

import os
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import Any

from bitext.engines import INLINE, LINKS, LONGEST_OUTPUT, N_BEST, PREFIX, SCORE, SUPPRESS, Request
from bitext.engines.subwords import END, Pieces, Subwords, encoded, word_links
from bitext.engines.symmetry import symmetric_links
from bitext.errors import EngineError
from bitext.models import Checkpoint
from bitext.models.conversion import converted
from bitext.units import Hypothesis, Link

# Tokens in one batch. Scores of the vocabulary for each row of it are what fills the memory, and
# the processor's cache: on 1,500 sentences of newstest2013 the built-in network, greedy, makes
# 14,500 tokens/s at a peak of 135 MB with 512, 11,000 at 186 MB with 2048. One of opus-mt's shape,
# greedy, makes 1,500, 1,800 and 2,000 tokens/s with 512, 1024 and 2048, at 340, 350 and 580 MB.
SMALL, LARGE = 512, 1024
# Bytes of a converted network that stays in the cache beside its batch.
CACHED = 32 * 2**20
# Batches that a smaller number of sentences is cut into.
SHARED = 4
# Finished pairs that are linked at once, and the positions that Marian's networks have.
ALIGNED, POSITIONS = 256, 512


class CT2:
    """
    A Marian checkpoint run by CTranslate2 (https://opennmt.net/CTranslate2).

    `compute_type` is "int8" unless given; "float32" gives what transformers gives. `place` is
    where the conversion is kept, if not in the cache.
    """

    def __init__(
        self,
        checkpoint: Checkpoint,
        *,
        beam: int = 4,
        threads: int = 0,
        compute_type: str = "int8",
        place: Path | None = None,
    ) -> None:
        import ctranslate2

        found = converted(checkpoint, place)
        self.beam = beam
        self.signature = self.describe(checkpoint, beam=beam, compute_type=compute_type)
        self.subwords = Subwords(checkpoint.path)
        self.alphabet = self.subwords.alphabet
        self.words = self.subwords.words
        inline = {INLINE} if checkpoint.inline_terms and self.subwords.has_marks else set()
        self.capabilities = frozenset({N_BEST, PREFIX, LINKS, SCORE, SUPPRESS} | inline)
        try:
            self.most_tokens = LARGE if (found / "model.bin").stat().st_size > CACHED else SMALL
            # One thread a batch and a batch a core: the most tokens a second in volume.
            self.translator: Any = ctranslate2.Translator(
                str(found),
                device="cpu",
                compute_type=compute_type,
                inter_threads=threads or os.cpu_count() or 1,
                intra_threads=1,
            )
        except (OSError, RuntimeError, ValueError) as error:
            remedy = f"delete {found} and try again"
            raise EngineError(f"{found}: CTranslate2 cannot load it ({error}); {remedy}") from error

    @staticmethod
    def describe(checkpoint: Checkpoint, *, beam: int, compute_type: str = "int8") -> str:
        """The signature, without loading anything."""
        return f"ct2:{version('ctranslate2')}|model:{checkpoint.label}|{compute_type}|beam:{beam}"

    def translate(self, requests: Sequence[Request], *, n_best: int = 1) -> list[list[Hypothesis]]:
        results: list[list[Hypothesis]] = [[] for _ in requests]
        # What is suppressed is said once for a call.
        order = sorted(range(len(requests)), key=lambda n: requests[n].without)
        for _, group in groupby(order, key=lambda n: requests[n].without):
            members = list(group)
            made = self.translate_alike([requests[n] for n in members], n_best)
            for n, hypotheses in zip(members, made, strict=True):
                results[n] = hypotheses
        return results

    def translate_alike(self, requests: Sequence[Request], n_best: int) -> list[list[Hypothesis]]:
        """Those that must all do without the same phrases."""
        unsaid = self.subwords.unsaid(requests[0].without)
        sources = [encoded(self.subwords, request) for request in requests]
        prefixes = [
            self.subwords.encode_target(r.prefix).tokens if r.prefix else None for r in requests
        ]
        results = self.translator.translate_batch(
            [[*pieces.tokens, END] for pieces in sources],
            target_prefix=prefixes if any(prefixes) else None,
            beam_size=max(self.beam, n_best),
            num_hypotheses=n_best,
            max_batch_size=self.batch_tokens(len(pieces.tokens) for pieces in sources),
            batch_type="tokens",
            max_decoding_length=LONGEST_OUTPUT,
            suppress_sequences=unsaid or None,
            return_scores=True,
            return_attention=True,
        )
        return [
            [
                self.hypothesis(source.spans, *offered)
                for offered in zip(result.hypotheses, result.scores, result.attention, strict=True)
            ]
            for source, result in zip(sources, results, strict=True)
        ]

    def hypothesis(
        self,
        source: list[tuple[int, int]],
        tokens: list[str],
        score: float,
        attention: list[list[float]],
    ) -> Hypothesis:
        text, spans = self.subwords.decode(tokens)
        return Hypothesis(text, float(score), word_links(source, spans, attention))

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[Link, ...]]:
        sources = [self.subwords.encode(source) for source, _ in pairs]
        targets = [self.subwords.encode_target(target) for _, target in pairs]
        found: list[tuple[Link, ...]] = [()] * len(pairs)
        order = sorted(
            (n for n in range(len(pairs)) if fits(sources[n]) and fits(targets[n])),
            key=lambda n: len(targets[n].tokens),
        )
        # Those of like length together: a decoding of the whole batch is as long as its longest.
        for batch in (order[at : at + ALIGNED] for at in range(0, len(order), ALIGNED)):
            results = self.translator.translate_batch(
                [[*sources[n].tokens, END] for n in batch],
                target_prefix=[targets[n].tokens for n in batch],
                beam_size=1,
                max_batch_size=self.most_tokens,
                batch_type="tokens",
                max_decoding_length=len(targets[batch[-1]].tokens),
                return_attention=True,
            )
            for n, result in zip(batch, results, strict=True):
                spans = sources[n].spans, targets[n].spans
                found[n] = symmetric_links(pairs[n], *spans, result.attention[0])
        return found

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        if not pairs:
            return []
        sources = [self.subwords.encode(source).tokens for source, _ in pairs]
        results = self.translator.score_batch(
            [[*tokens, END] for tokens in sources],
            [self.subwords.encode_target(target).tokens for _, target in pairs],
            max_batch_size=self.batch_tokens(map(len, sources)),
            batch_type="tokens",
        )
        return [sum(r.log_probs) / max(len(r.log_probs), 1) for r in results]

    def batch_tokens(self, lengths: Iterable[int]) -> int:
        """
        Tokens in a batch: few sentences are shared out to several workers too.

        It depends on network and sentences, not on the machine: the last digits of a score
        depend on what stands in a batch.
        """
        return max(SMALL, min(self.most_tokens, ceil(sum(lengths) / SHARED)))


def fits(pieces: Pieces) -> bool:
    return 0 < len(pieces.tokens) < POSITIONS
