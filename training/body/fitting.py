"""Fitting a network of layout to pages: batches, loss, the running mean of the weights. Both readers are trained by this."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from .network import Layout


class Units(Protocol):
    """A page as its units: their traits, labels (NaN where unknown), words, and what the page or each unit is worth."""

    numbers: Any
    ids: Any
    label: Any
    words: Any
    weight: Any


Perturb = Callable[[Tensor, Tensor], tuple[Tensor, Tensor]]  # numbers and IDs of a batch, made harder


def batches(chosen: Sequence[Units], size: int, rng: random.Random) -> list[list[Units]]:
    """Pages in batches of about `size` units, pages of like length together."""
    out: list[list[Units]] = []
    for page in sorted(chosen, key=lambda page: len(page.label) * rng.uniform(0.8, 1.2)):
        if out and (len(out[-1]) + 1) * len(page.label) <= size:
            out[-1].append(page)
        else:
            out.append([page])
    rng.shuffle(out)
    return out


def tensors(batch: Sequence[Units]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Numbers, IDs, mask, labels (0 where unknown) and weights of a batch, padded."""
    longest = max(len(page.label) for page in batch)
    numbers = np.zeros((len(batch), longest, batch[0].numbers.shape[1]), np.float32)
    ids = np.zeros((len(batch), longest, batch[0].ids.shape[1]), np.int64)
    mask, label, weight = (np.zeros((len(batch), longest), np.float32) for _ in range(3))
    for i, page in enumerate(batch):
        n = len(page.label)
        known = ~np.isnan(page.label)
        numbers[i, :n], ids[i, :n], mask[i, :n] = page.numbers, page.ids, 1
        label[i, :n] = np.where(known, page.label, 0)
        weight[i, :n] = known * np.sqrt(1 + page.words.astype(np.float32)) * page.weight
    return (
        torch.from_numpy(numbers),
        torch.from_numpy(ids),
        torch.from_numpy(mask),
        torch.from_numpy(label),
        torch.from_numpy(weight),
    )


def fit(
    groups: Sequence[Sequence[Units]], network: Layout, perturb: Perturb, *, epochs: int, seed: int, rate: float = 3e-3,
    size: int = 5_000,
) -> Layout:  # fmt: skip
    """`network` trained on pages, each epoch on one of the kinds (a group) of each; its weights become the running mean."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    optimiser = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=0.02)
    mean = {k: v.clone() for k, v in network.state_dict().items()}
    step, total = 0, epochs * len(batches([group[0] for group in groups], size, random.Random(0)))
    network.train()
    for epoch in range(epochs):
        losses = []
        for batch in batches([rng.choice(group) for group in groups], size, rng):
            for part in optimiser.param_groups:
                part["lr"] = rate * min((step + 1) / (0.05 * total), max(0.02, (total - step) / (0.95 * total)))
            numbers, ids, mask, label, weight = tensors(batch)
            numbers, ids = perturb(numbers, ids)
            each = F.binary_cross_entropy_with_logits(network(numbers, ids, mask), label, reduction="none") * weight
            loss = each.sum() / weight.sum().clamp(min=1)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            step += 1
            decay = min(0.995, step / (step + 10))
            with torch.no_grad():
                for key, value in network.state_dict().items():
                    mean[key].lerp_(value, 1 - decay)
            losses.append(loss.item())
        if epoch % 4 == 3:
            print(f"  epoch {epoch + 1}/{epochs}: {np.mean(losses):.4f}", file=sys.stderr, flush=True)
    network.load_state_dict(mean)
    return network.eval()
