"""A Marian network that is asked for one token after another, by a search that is not its own."""

from collections.abc import Collection, Sequence
from typing import Any

from bitext.engines.banks import Offer


class Stepping:
    """
    transformers' MarianMTModel as `banks.Network`; its rows are at first those of `inputs`.

    Only what transformers documents is used: the encoder, the model's own call and its cache.
    `never` is the token that is never said.
    """

    def __init__(self, model: Any, inputs: Any, mask: Any, *, never: int) -> None:
        self.model = model
        self.mask = mask
        self.never = never
        encoder = model.get_encoder()
        self.encoded: Any = encoder(input_ids=inputs, attention_mask=mask).last_hidden_state
        self.cache: Any = None

    def step(
        self,
        rows: Sequence[int],
        tokens: Sequence[tuple[int, ...]],
        wanted: Sequence[Collection[int]],
        likely: int,
    ) -> list[Offer]:
        import torch

        index = torch.tensor(rows)
        self.mask = self.mask.index_select(0, index)
        self.encoded = self.encoded.index_select(0, index)
        if self.cache is not None:
            self.cache.reorder_cache(index)
        out = self.model(
            encoder_outputs=(self.encoded,),
            attention_mask=self.mask,
            decoder_input_ids=torch.tensor(tokens),
            past_key_values=self.cache,
            use_cache=True,
            output_attentions=True,
        )
        self.cache = out.past_key_values
        logits = out.logits[:, -1].float()
        logits[:, self.never] = float("-inf")
        scores = logits.log_softmax(-1)
        values, found = scores.topk(likely)
        offered = [
            dict(zip(row, value, strict=True))
            for row, value in zip(found.tolist(), values.tolist(), strict=True)
        ]
        asked = [(n, token) for n, own in enumerate(wanted) for token in sorted(own)]
        if asked:
            numbers = torch.tensor(asked)
            exact = scores[numbers[:, 0], numbers[:, 1]].tolist()
            for (n, token), score in zip(asked, exact, strict=True):
                offered[n][token] = score
        # Head 0 of the last layer is the one that Marian's guided alignment trains.
        attention = out.cross_attentions[-1][:, 0, -1].tolist()
        return [Offer(*pair) for pair in zip(offered, attention, strict=True)]
