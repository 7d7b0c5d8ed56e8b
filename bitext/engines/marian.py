"""transformers' MarianMT: the reference that the faster engine is checked against."""

import logging
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from typing import Any

from bitext.engines import (
    CONSTRAINED,
    INLINE,
    LINKS,
    LONGEST_OUTPUT,
    N_BEST,
    PREFIX,
    SCORE,
    SUPPRESS,
    Request,
)
from bitext.engines.banks import Search, search_all, width
from bitext.engines.constraints import Constraints, Phrase, phrases
from bitext.engines.stepping import Stepping
from bitext.engines.subwords import END, UNKNOWN, Pieces, Subwords, encoded, word_links
from bitext.engines.symmetry import symmetric_links
from bitext.errors import EngineError
from bitext.models import Checkpoint
from bitext.units import Hypothesis, Link

# Padded source tokens in one batch, and in one whose beams are several times as wide.
BATCH_TOKENS, CONSTRAINED_TOKENS = 2048, 256


class Marian:
    """A Marian checkpoint run by transformers and torch in 32-bit floats."""

    def __init__(self, checkpoint: Checkpoint, *, beam: int = 4, threads: int = 0) -> None:
        import torch
        import transformers

        transformers.logging.set_verbosity_error()
        transformers.logging.disable_progress_bar()
        logging.getLogger("transformers").setLevel(logging.ERROR)
        self.torch: Any = torch
        self.threads = threads or os.cpu_count() or 1
        self.beam = beam
        self.signature = self.describe(checkpoint, beam=beam)
        self.subwords = Subwords(checkpoint.path)
        self.alphabet = self.subwords.alphabet
        self.words = self.subwords.words
        inline = {INLINE} if checkpoint.inline_terms and self.subwords.has_marks else set()
        self.capabilities = frozenset(
            {N_BEST, PREFIX, LINKS, SCORE, SUPPRESS, CONSTRAINED} | inline
        )
        try:
            # Only the eager attention gives its weights, and word links are made of them.
            self.model: Any = transformers.MarianMTModel.from_pretrained(
                checkpoint.path, dtype=torch.float32, attn_implementation="eager"
            ).eval()
        except Exception as error:  # whatever a damaged file makes five libraries raise
            reason = str(error).strip().splitlines()[0] if str(error).strip() else repr(error)
            raise EngineError(
                f"{checkpoint.path}: transformers cannot load it ({reason}); "
                "is it a Marian checkpoint?"
            ) from error
        self.pad: int = self.model.config.pad_token_id
        self.start: int = self.model.config.decoder_start_token_id
        self.limit: int = self.model.config.max_position_embeddings

    @staticmethod
    def describe(checkpoint: Checkpoint, *, beam: int) -> str:
        """The signature, without loading anything."""
        return (
            f"transformers:{version('transformers')}|model:{checkpoint.label}|float32|beam:{beam}"
        )

    @contextmanager
    def working(self) -> Iterator[None]:
        # CTranslate2 shares OpenMP with torch, and leaves it one thread.
        if self.torch.get_num_threads() != self.threads:
            self.torch.set_num_threads(self.threads)
        with self.torch.inference_mode():
            yield

    def translate(self, requests: Sequence[Request], *, n_best: int = 1) -> list[list[Hypothesis]]:
        sources = [encoded(self.subwords, request) for request in requests]
        held = [phrases(self.subwords, *pair) for pair in zip(requests, sources, strict=True)]
        results: list[list[Hypothesis]] = [[] for _ in requests]
        for batch in self.batches(requests, sources, held):
            chosen = [sources[i] for i in batch]
            # What is asked of one of a batch is asked of all: batches() sees to it.
            asked = requests[batch[0]]
            if held[batch[0]]:
                found = [held[i] for i in batch]
                offered = self.searched(chosen, asked.prefix, found, n_best)
            else:
                offered = self.generate(chosen, asked, n_best)
            for at, hypotheses in zip(batch, offered, strict=True):
                results[at] = hypotheses
        return results

    def batches(
        self,
        requests: Sequence[Request],
        sources: Sequence[Pieces],
        held: Sequence[Sequence[Phrase]],
    ) -> Iterator[list[int]]:
        """Indices by what is asked for and length, cut where the batch would grow too large."""
        asked = [(bool(held[n]), r.prefix, r.without) for n, r in enumerate(requests)]
        order = sorted(range(len(sources)), key=lambda i: (asked[i], len(sources[i].tokens)))
        batch: list[int] = []
        for at in order:
            width = len(sources[at].tokens) + 1
            most = CONSTRAINED_TOKENS if held[at] else BATCH_TOKENS
            if batch and (asked[at] != asked[batch[0]] or width * (len(batch) + 1) > most):
                yield batch
                batch = []
            batch.append(at)
        if batch:
            yield batch

    def generate(
        self, sources: Sequence[Pieces], asked: Request, n_best: int
    ) -> list[list[Hypothesis]]:
        torch = self.torch
        unsaid = [self.numbers(tokens) for tokens in self.subwords.unsaid(asked.without)]
        inputs, mask = self.padded([[*p.tokens, END] for p in sources])
        options: dict[str, Any] = {}
        prefixed = 0
        if asked.prefix:
            start = [self.start, *self.numbers(self.subwords.encode_target(asked.prefix).tokens)]
            prefixed = len(start) - 1
            options["decoder_input_ids"] = torch.tensor([start] * len(sources))
        with self.working():
            made = self.model.generate(
                input_ids=inputs,
                attention_mask=mask,
                num_beams=max(self.beam, n_best),
                num_return_sequences=n_best,
                max_new_tokens=min(LONGEST_OUTPUT, self.limit - 1) - prefixed,
                early_stopping=True,
                bad_words_ids=[[self.pad], *unsaid],
                do_sample=False,
                **options,
            )
        end = self.subwords.ids[END]
        tokens = [self.pieces(row, end) for row in made.tolist()]
        repeated = [pieces for pieces in sources for _ in range(n_best)]
        hypotheses = self.examined(repeated, tokens)
        return [hypotheses[at : at + n_best] for at in range(0, len(hypotheses), n_best)]

    def searched(
        self,
        sources: Sequence[Pieces],
        prefix: str,
        held: Sequence[Sequence[Phrase]],
        n_best: int,
    ) -> list[list[Hypothesis]]:
        """Translations that have their phrases (see `banks`)."""
        inputs, mask = self.padded([[*p.tokens, END] for p in sources])
        begun = tuple(self.numbers(self.subwords.encode_target(prefix).tokens)) if prefix else ()
        end = self.subwords.ids[END]
        constraints = [Constraints(own, self.subwords.tokens) for own in held]
        searches = [
            Search(
                each,
                end=end,
                width=max(self.beam, n_best, width(each.total)),
                limit=min(LONGEST_OUTPUT, self.limit - 1) - len(begun),
                n_best=n_best,
                prefix=begun,
            )
            for each in constraints
        ]
        with self.working():
            network = Stepping(self.model, inputs, mask, never=self.pad)
            search_all(network, searches, (self.start, *begun))
        offered = [[(*begun, *path.tokens) for path in search.best()] for search in searches]
        tokens = [self.pieces(row, end) for rows in offered for row in rows]
        repeated = [p for p, rows in zip(sources, offered, strict=True) for _ in rows]
        hypotheses = iter(self.examined(repeated, tokens))
        return [[next(hypotheses) for _ in rows] for rows in offered]

    def pieces(self, row: Sequence[int], end: int) -> list[str]:
        skip = {self.pad, end}
        return [self.subwords.tokens.get(n, UNKNOWN) for n in row if n not in skip]

    def numbers(self, tokens: Sequence[str]) -> list[int]:
        return [self.subwords.ids[token] for token in tokens]

    def padded(self, tokens: Sequence[Sequence[str]]) -> tuple[Any, Any]:
        width = max(map(len, tokens))
        ids = [self.numbers(t) + [self.pad] * (width - len(t)) for t in tokens]
        tensor = self.torch.tensor(ids)
        mask = self.torch.tensor([[1] * len(t) + [0] * (width - len(t)) for t in tokens])
        return tensor, mask

    def examined(self, sources: Sequence[Pieces], targets: Sequence[list[str]]) -> list[Hypothesis]:
        """Finished translations with their scores and word links."""
        result = []
        for source, tokens, (score, rows) in zip(
            sources, targets, self.attended(sources, targets), strict=True
        ):
            text, spans = self.subwords.decode(tokens)
            result.append(Hypothesis(text, score, word_links(source.spans, spans, rows)))
        return result

    def attended(
        self, sources: Sequence[Pieces], targets: Sequence[list[str]]
    ) -> list[tuple[float, list[list[float]]]]:
        """Run the network once more over finished translations: scores, and the guided head."""
        torch = self.torch
        inputs, mask = self.padded([[*p.tokens, END] for p in sources])
        labels, label_mask = self.padded([[*tokens, END] for tokens in targets])
        begun = torch.full((len(targets), 1), self.start)
        with self.working():
            out = self.model(
                input_ids=inputs,
                attention_mask=mask,
                decoder_input_ids=torch.cat([begun, labels[:, :-1]], 1),
                output_attentions=True,
                use_cache=False,
            )
            logits = out.logits.float()
            logits[..., self.pad] = float("-inf")
            chosen = logits.log_softmax(-1).gather(2, labels.unsqueeze(-1)).squeeze(-1)
            scores = chosen.masked_fill(label_mask == 0, 0).sum(1) / label_mask.sum(1)
        # Head 0 of the last layer is the one that Marian's guided alignment trains.
        heads = out.cross_attentions[-1][:, 0].tolist()
        return [
            (float(score), [row[: len(source.tokens) + 1] for row in head])
            for source, score, head in zip(sources, scores.tolist(), heads, strict=True)
        ]

    def align(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[Link, ...]]:
        sources = [self.subwords.encode(source) for source, _ in pairs]
        targets = [self.subwords.encode_target(target) for _, target in pairs]
        found: list[tuple[Link, ...]] = [()] * len(pairs)
        for n, (source, target) in enumerate(zip(sources, targets, strict=True)):
            if 0 < max(len(source.tokens), len(target.tokens)) < self.limit and target.tokens:
                [(_, rows)] = self.attended([source], [target.tokens])
                found[n] = symmetric_links(pairs[n], source.spans, target.spans, rows)
        return found

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        sources = [self.subwords.encode(source) for source, _ in pairs]
        targets = [self.subwords.encode_target(target).tokens for _, target in pairs]
        scores: list[float] = []
        for at in range(0, len(pairs), 16):
            examined = self.examined(sources[at : at + 16], targets[at : at + 16])
            scores += [h.score or 0.0 for h in examined]
        return scores
