"""
The loss over the vocabulary, without ever holding the scores of a whole batch.

Label-smoothed cross entropy (Szegedy et al. 2016) of a linear layer, whose gradient is made
together with it, some rows at a time (as Hsu et al. 2024, Liger Kernel, do on a GPU). Scores of
8,000 pieces for 2,000 words are 64 MB in 32 bits, and torch's own loss walks over them a dozen
times: on two cores a step took 1.5 times as long.
"""

from typing import Any

import torch
from torch import Tensor

# Rows whose scores fit in a core's cache; a GPU wants more at once.
ROWS = 256
ROWS_GPU = 4096


def cross_entropy(
    hidden: Tensor, weight: Tensor, bias: Tensor, wanted: Tensor, *, smoothing: float
) -> Tensor:
    """
    The mean loss per row of `hidden` (n, d) by `weight` (v, d), `bias` (v), `wanted` (n).

    Products are in bfloat16 and sums in 32 bits, as autocast has them. `bias` gets no gradient.
    """
    # An autograd function is made by its class, which torch's types do not tell.
    loss: Tensor = Criterion.apply(hidden, weight, bias, wanted, smoothing)  # type: ignore[no-untyped-call]
    return loss


class Criterion(torch.autograd.Function):
    """Loss and gradient in one go; see `cross_entropy`."""

    @staticmethod
    def forward(
        ctx: Any, hidden: Tensor, weight: Tensor, bias: Tensor, wanted: Tensor, smoothing: float
    ) -> Tensor:
        count, size = len(hidden), len(weight)
        half, layer = hidden.to(torch.bfloat16), weight.to(torch.bfloat16)
        to_hidden = torch.empty_like(half)
        to_weight = torch.zeros_like(weight)
        total = torch.zeros((), device=hidden.device)
        rows = ROWS if hidden.device.type == "cpu" else ROWS_GPU
        for at in range(0, count, rows):
            here, labels = half[at : at + rows], wanted[at : at + rows].unsqueeze(1)
            scores = torch.mm(here, layer.t()).float()
            scores += bias
            norm = scores.logsumexp(1, keepdim=True)
            likely = (1 - smoothing) * scores.gather(1, labels)
            total += (norm - likely - smoothing * scores.mean(1, keepdim=True)).sum()
            # The gradient of the scores: what the network gives to a piece less what it should.
            given = scores.sub_(norm).exp_().sub_(smoothing / size)
            given.scatter_add_(1, labels, torch.full_like(likely, smoothing - 1))
            change = given.div_(count).to(torch.bfloat16)
            torch.mm(change, layer, out=to_hidden[at : at + rows])
            to_weight += torch.mm(change.t(), here)
        ctx.save_for_backward(to_hidden.to(hidden.dtype), to_weight)
        return total / count

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> Any:
        to_hidden, to_weight = ctx.saved_tensors
        return to_hidden * grads[0], to_weight * grads[0], None, None, None
