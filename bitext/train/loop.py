"""
The training itself: steps, checkpoints, and a learning rate that lands at the end of the time.

What makes a small network learn on two cores: guided attention (head 0 of every decoder layer is
pulled to the word links; Chen et al. 2016, Marian's --guided-alignment), small batches, and a
rate that falls to nothing over the last part of the budget, where well-chosen text weighs more.
"""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from queue import Empty, Queue
from threading import Thread
from typing import Any, TypeVar

import numpy as np

from bitext.errors import InputError
from bitext.train.batches import Annotation, Batch, batch, epoch
from bitext.train.checkpoints import State
from bitext.train.network import without_padding
from bitext.train.prepared import Prepared
from bitext.train.terms import Marks

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Plan:
    """
    How to train.

    The budget is `minutes`, or `steps` if given (then the result depends on nothing but the
    seed and the device). The rate climbs for `warmup` steps, holds, and falls to zero over the
    last `landing` of the budget, in which `last_weights` say how often each set is passed over.
    """

    minutes: float = 60.0
    steps: int = 0
    rate: float = 1e-3
    warmup: int = 400
    landing: float = 0.5
    tokens: int = 5000
    longest: int = 80
    smoothing: float = 0.1
    guidance: float = 0.3
    term_share: float = 0.1
    average: float = 0.01
    seed: int = 1
    threads: int = 0
    device: str = "cpu"
    weights: Mapping[str, float] = field(default_factory=dict)
    last_weights: Mapping[str, float] = field(default_factory=dict)
    checkpoint_seconds: float = 600.0


@dataclass(frozen=True, slots=True)
class Progress:
    """Where training stands: loss per token (smoothed), links' loss, target pieces a second."""

    step: int
    loss: float
    guide: float
    speed: float
    rate: float
    share: float
    tokens: int


def steps(state: State, corpus: Prepared, plan: Plan, marks: Marks | None) -> Iterator[Progress]:
    """
    Train until the budget is spent, telling each step.

    Whoever reads the steps evaluates and keeps checkpoints in between; stopping to read stops
    the training, and `state` is then as after the last step told.
    """
    import torch

    torch.manual_seed(plan.seed + state.step)
    threads = plan.threads or os.cpu_count() or 1
    begun, first = time.monotonic(), state.step
    before, told = state.seconds, (time.monotonic(), state.tokens)
    loss = guide = speed = 0.0

    def share() -> float:
        if plan.steps:
            return (state.step - first) / plan.steps
        return (time.monotonic() - begun) / (plan.minutes * 60)

    state.model.train()
    for each in ahead(endless(corpus, plan, marks, state, share)):
        spent = share()
        if spent >= 1:
            return
        # CTranslate2, which evaluates, shares OpenMP with torch and leaves it one thread.
        if plan.device == "cpu" and torch.get_num_threads() != threads:
            torch.set_num_threads(threads)
        rate = plan.rate * min(1.0, (state.step - first + 1) / plan.warmup)
        rate *= min(1.0, max(0.01, (1 - spent) / plan.landing)) if plan.landing else 1.0
        pieces, own_loss, own_guide = one_step(state, each, plan, rate)
        state.step += 1
        state.tokens += pieces
        state.seconds = before + time.monotonic() - begun
        fade = 0.98 if state.step - first > 1 else 0.0
        loss = fade * loss + (1 - fade) * own_loss
        guide = fade * guide + (1 - fade) * own_guide
        now = time.monotonic()
        if now - told[0] > 10:
            speed = (state.tokens - told[1]) / (now - told[0])
            told = now, state.tokens
        yield Progress(state.step, loss, guide, speed, rate, spent, state.tokens)


def endless(
    corpus: Prepared,
    plan: Plan,
    marks: Marks | None,
    state: State,
    share: Callable[[], float],
) -> Iterator[Batch]:
    """Batches without end; the last part of the budget draws by its own weights."""
    end = int(state.model.config.eos_token_id)
    pad = int(state.model.config.pad_token_id)
    first, made, turn = state.step, 0, 0

    def late() -> bool:
        # This runs ahead of the steps: a budget in steps is counted in batches made.
        spent = made / plan.steps if plan.steps else share()
        return bool(plan.last_weights) and spent > 1 - plan.landing

    shown = Annotation(marks, plan.term_share) if marks else None
    while True:
        random = np.random.default_rng((plan.seed, first, turn))
        turn += 1
        landing = late()
        weights = plan.last_weights if landing else plan.weights
        empty = True
        pools = epoch(
            corpus,
            weights,
            tokens=plan.tokens,
            longest=plan.longest,
            random=random,
            annotation=shown,
        )
        # A pool takes seconds to make: the next one is made while one is trained on.
        for rows in chain.from_iterable(ahead(pools, 1)):
            if not landing and late():
                break
            empty = False
            made += 1
            yield batch(rows, pad=pad, end=end)
        if empty and turn > 2:
            raise InputError("the corpus", "has no pair that fits; give more or longer text")


def ahead(items: Iterator[T], depth: int = 4) -> Iterator[T]:
    """Make items in a thread of their own, so that batches are ready when the network is."""
    queue: Queue[Any] = Queue(depth)
    finished = object()
    stopped = False

    def work() -> None:
        last: Any = finished
        try:
            for item in items:
                if stopped:
                    return
                queue.put(item)
        except BaseException as error:  # raised again by whoever reads
            last = error
        queue.put(last)

    thread = Thread(target=work, daemon=True)
    thread.start()
    try:
        while (item := queue.get()) is not finished:
            if isinstance(item, BaseException):
                raise item
            yield item
    finally:
        stopped = True
        while thread.is_alive():
            # What waits to be put goes through; a thread at work would be torn down at the exit.
            with suppress(Empty):
                queue.get(timeout=0.05)


def one_step(state: State, each: Batch, plan: Plan, rate: float) -> tuple[int, float, float]:
    """One update; gives the number of target pieces and both losses."""
    import torch

    from bitext.train.criterion import cross_entropy

    model = state.model
    pad = model.config.pad_token_id
    source, given, wanted, links = (
        torch.from_numpy(array).to(plan.device, non_blocking=True)
        for array in (each.source, each.given, each.wanted, each.links)
    )
    for group in state.optimizer.param_groups:
        group["lr"] = rate
    with torch.autocast(source.device.type, dtype=torch.bfloat16):
        out = model.model(
            input_ids=source,
            attention_mask=(source != pad).long(),
            decoder_input_ids=given,
            use_cache=False,
            output_attentions=plan.guidance > 0,
        )
    kept = wanted != -100
    # The padding is the last id and never a label.
    loss = cross_entropy(
        out.last_hidden_state[kept],
        model.lm_head.weight[:pad],
        model.final_logits_bias[0, :pad],
        wanted[kept],
        smoothing=plan.smoothing,
    )
    guide = guidance(out.cross_attentions, links) if plan.guidance > 0 else loss.new_zeros(())
    (loss + plan.guidance * guide).backward()
    torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    state.optimizer.step()
    state.optimizer.zero_grad(set_to_none=True)
    without_padding(model)
    if state.step % 10 == 0:
        # The mean of the last tenth while there are few: a short training is not held back by
        # where it began.
        averaged(state, max(plan.average, 10 / (state.step // 10 + 10)))
    return int(kept.sum()), float(loss.detach()), float(guide.detach())


def guidance(attentions: Any, links: Any) -> Any:
    """Cross entropy between head 0 of each decoder layer and the word links."""
    linked = links >= 0
    at = links.clamp(min=0).unsqueeze(-1)
    losses = [
        -(layer[:, 0].float().gather(2, at).squeeze(-1)[linked] + 1e-6).log().mean()
        for layer in attentions
    ]
    return sum(losses) / len(losses)


def averaged(state: State, weight: float) -> None:
    """A moving average of the weights, which is what is evaluated and exported."""
    import torch

    with torch.no_grad():
        now = state.model.state_dict()
        if state.average is None:
            state.average = {name: value.detach().clone() for name, value in now.items()}
            return
        for name, value in now.items():
            if value.is_floating_point():
                state.average[name].lerp_(value, weight)
