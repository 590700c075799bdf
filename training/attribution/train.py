"""Trains the attribution reader. Resumes from the last checkpoint in --work; the same seed gives the same run on one machine.

python -m training.attribution.train --corpus polnear.train.jsonl.gz --encoder model.safetensors --vocabulary vocab.txt --work DIR
"""

from __future__ import annotations

import argparse
import random
import time
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from onrecord.read.pieces import Vocabulary

from .data import Batch, batch_of, batches, load
from .network import Network


def loss_of(network: Network, b: Batch) -> tuple[Tensor, dict[str, float]]:
    """The sum of the three losses: heads of cues, roles under each gold cue, and the tags that only help the encoder."""
    words, scores = network.encoder(network.embed(b.ids, b.case, b.quote, b.starts), b.mask, b.first)
    on = b.word_mask.sum().clamp(min=1)
    heads = (F.binary_cross_entropy_with_logits(scores.float(), b.is_head, reduction="none") * b.word_mask).sum() / on
    tags = F.binary_cross_entropy_with_logits(network.encoder.tags(words).float(), b.tags, reduction="none")
    tags = (tags * b.word_mask[..., None]).sum() / on
    roles = torch.zeros(())
    if len(b.of):
        rows = words[b.of]
        cues = rows[torch.arange(len(b.of)), b.heads]
        logits = network.roles(rows, cues, b.distance, b.word_mask[b.of]).float()
        # Most words have no role; the mean is over those near enough to matter.
        each = F.cross_entropy(logits.reshape(-1, logits.shape[-1]), b.roles.reshape(-1), ignore_index=-100, reduction="sum")
        roles = each / (b.roles > 0).sum().clamp(min=1)
    return 8 * heads + roles + tags, {"heads": heads.item(), "roles": roles.item(), "tags": tags.item()}


def optimiser_of(network: Network, rate: float) -> torch.optim.Optimizer:
    """AdamW; what starts from nothing learns six times as fast as the encoder. The vocabulary's vectors stay as they are."""
    network.pieces.requires_grad_(False)
    network.positions.requires_grad_(False)
    old = [p for n, p in network.named_parameters() if n.startswith(("encoder.layers", "encoder.norm", "kind"))]
    known = {id(p) for p in old}
    new = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
    groups = [{"params": old, "lr": rate, "peak": rate}, {"params": new, "lr": rate * 6, "peak": rate * 6}]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98))


def train(args: argparse.Namespace) -> None:
    """The whole run. A checkpoint after each epoch holds the weights, their running mean, the optimiser and the epoch."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    documents = load(args.corpus)
    if not args.whole:
        documents = documents[: len(documents) * 9 // 10]  # the last tenth is for choices
    vocabulary = Vocabulary(args.vocabulary)
    network = Network()
    network.load_bert(load_file(args.encoder))
    optimiser = optimiser_of(network, args.rate)
    mean = {k: v.clone() for k, v in network.state_dict().items()}
    args.work.mkdir(parents=True, exist_ok=True)
    checkpoint, epoch = args.work / "checkpoint.pt", 0
    if checkpoint.exists():
        state: dict[str, Any] = torch.load(checkpoint)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        mean, epoch = state["mean"], state["epoch"]
    per_epoch = len(batches(documents, vocabulary, args.batch, random.Random(0)))
    total = per_epoch * args.epochs
    for number in range(epoch, args.epochs):
        torch.manual_seed(args.seed * 1000 + number)
        _epoch(network, optimiser, mean, documents, vocabulary, args, number, per_epoch, total)
        torch.save({"network": network.state_dict(), "optimiser": optimiser.state_dict(), "mean": mean, "epoch": number + 1},
                   checkpoint.with_suffix(".tmp"))  # fmt: skip
        checkpoint.with_suffix(".tmp").replace(checkpoint)
        torch.save(mean, args.work / f"epoch-{number + 1}.pt")


def _epoch(network: Network, optimiser: torch.optim.Optimizer, mean: dict[str, Tensor], documents: list[dict[str, Any]],
           vocabulary: Vocabulary, args: argparse.Namespace, number: int, per_epoch: int, total: int) -> None:  # fmt: skip
    network.train()
    rng = random.Random(args.seed * 1000 + number)
    started = time.monotonic()
    sums: dict[str, float] = {}
    for count, chosen in enumerate(batches(documents, vocabulary, args.batch, rng)):
        step = number * per_epoch + count
        share = min((step + 1) / (0.06 * total), max(0.0, (total - step) / (0.94 * total)))
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * share
        with torch.autocast("cpu", dtype=torch.bfloat16):
            loss, parts = loss_of(network, batch_of(chosen))
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        decay = min(0.998, (step + 1) / (step + 20))
        with torch.no_grad():
            for key, value in network.state_dict().items():
                mean[key].lerp_(value, 1 - decay)
        for key, figure in parts.items():
            sums[key] = sums.get(key, 0.0) + figure
        if count % 20 == 19:
            shown = ", ".join(f"{k} {v / 20:.4f}" for k, v in sums.items())
            print(f"epoch {number + 1}, batch {count + 1}/{per_epoch}: {shown}; {time.monotonic() - started:.0f} s", flush=True)
            sums = {}


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("corpus", "encoder", "vocabulary", "work"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--rate", type=float, default=1.5e-4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--whole", action="store_true", help="train on the last tenth too, once every choice has been made on it")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
