"""Gradient steps: a warm-up on keywords, then the gold types and roles."""

import copy
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn

from scripts.train.batches import Batch, Example, Targets, batches, mask_words
from scripts.train.network import SpanNetwork


@dataclass(frozen=True, slots=True)
class Plan:
    """How to train. ``decay`` is that of the running average of the weights, which is what is kept.

    ``most_seconds``, if set, ends the training by the clock (and so not at the same step on every machine).
    """

    epochs: int
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    batch: int = 8
    masked: float = 0.1
    decay: float = 0.99
    seed: int = 20261121
    most_seconds: float = 0.0


_TYPE_WEIGHTS = (1.0, 1.0, 1.0, 2.0, 1.0, 1.2)
"""Of the types in `gold.TYPES`: data sets are rare in the training papers."""

Loss = Callable[[tuple[Tensor, Tensor, Tensor], Targets], Tensor]


def gold_loss(outputs: tuple[Tensor, Tensor, Tensor], targets: Targets) -> Tensor:
    """Cross-entropy of the type over all candidates and of the role over the named ones, a named span each."""
    types, roles, _ = outputs
    named = (targets.types > 0).sum().clamp(min=1)
    loss = nn.functional.cross_entropy(types, targets.types, weight=torch.tensor(_TYPE_WEIGHTS), reduction="sum")
    role_loss = nn.functional.cross_entropy(roles, targets.roles, ignore_index=-1, reduction="sum")
    return (loss + 0.5 * role_loss) / named


def keyword_loss(outputs: tuple[Tensor, Tensor, Tensor], targets: Targets) -> Tensor:
    """Cross-entropy of "is a keyword of its paper"; spans inside or across a keyword are negatives."""
    named = (targets.keywords > 0).sum().clamp(min=1)
    return nn.functional.binary_cross_entropy_with_logits(outputs[2], targets.keywords.float(), reduction="sum") / named


def fit(
    network: SpanNetwork, examples: Sequence[Example], plan: Plan, loss_of: Loss, report: Callable[[str], None] = print
) -> SpanNetwork:
    """Train in place and return the network with averaged weights."""
    torch.manual_seed(plan.seed)
    rng, generator = random.Random(plan.seed), torch.Generator().manual_seed(plan.seed)
    optimizer = _optimizer(network, plan)
    steps = plan.epochs * -(-len(examples) // plan.batch)
    average = copy.deepcopy(network).eval()
    step, started = 0, time.monotonic()
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda done: _rate(max(done / steps, (time.monotonic() - started) / (plan.most_seconds or 1e9)))
    )
    for epoch in range(plan.epochs):
        network.train()
        total = 0.0
        for batch, targets in batches(examples, plan.batch, rng):
            mask_words(batch, plan.masked, generator)
            total += _step(network, optimizer, loss_of, batch, targets)
            schedule.step()
            step += 1
            _blend(average, network, min(plan.decay, (1 + step) / (10 + step)))
            if step % 50 == 0:
                report(f"step {step}/{steps} {time.monotonic() - started:.0f}s")
            if 0 < plan.most_seconds < time.monotonic() - started:
                return average
        report(f"epoch {epoch + 1} loss {total / step * (epoch + 1):.4f} {time.monotonic() - started:.0f}s")
    return average


def _step(
    network: SpanNetwork, optimizer: torch.optim.Optimizer, loss_of: Loss, batch: Batch, targets: Targets
) -> float:
    with torch.autocast("cpu", dtype=torch.bfloat16):
        outputs = network(batch)
    loss = loss_of(tuple(output.float() for output in outputs), targets)  # type: ignore[arg-type]
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    return float(loss.detach())


def _optimizer(network: SpanNetwork, plan: Plan) -> torch.optim.Optimizer:
    encoder = [p for p in network.encoder.parameters() if p.requires_grad]
    known = {id(p) for p in network.encoder.parameters()}
    heads = [p for p in network.parameters() if id(p) not in known]
    groups = [{"params": encoder, "lr": plan.encoder_rate}, {"params": heads, "lr": plan.head_rate}]
    return torch.optim.AdamW(groups, weight_decay=0.01, fused=True)


def _rate(done: float) -> float:
    """Linear warm-up over the first tenth of the training, then linear to nothing."""
    return min(1.0, 0.02 + done / 0.1) if done < 0.1 else max(0.0, (1 - done) / 0.9)


@torch.no_grad()
def _blend(average: SpanNetwork, network: SpanNetwork, decay: float) -> None:
    for kept, new in zip(average.parameters(), network.parameters(), strict=True):
        if new.requires_grad:
            kept.lerp_(new, 1 - decay)
