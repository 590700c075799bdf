"""Trains the reader of damaged marks on clean texts.

    python -m training.marks.train --texts corpus.jsonl.gz [more …] --out src/onrecord/models/marks

A row of a corpus is {"text"}; the last tenth of each corpus is held out and measured.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random
import subprocess
from multiprocessing import Pool
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from onrecord.restore.marks import AFTER, HASHED, LABELS, decode, rows, tokens

from .damage import damaged

Example = tuple[Tensor, Tensor, Tensor]  # features T×K, labels T, states before T
DROPPED = 0.4  # of the features, each time
RATE, DECAY = 0.01, 0.1
CROPPED = 0.5  # of the texts
TIMES = 5  # each text is damaged so often


def example(job: tuple[str, int]) -> Example | None:
    """A damaged text as features and labels; None where its tokens are not those that were put in."""
    rng = random.Random(job[1])
    text = job[0][:20_000]
    if rng.random() < CROPPED:  # a text may begin anywhere, and be short
        paragraphs = [p for p in text.split("\n") if p.strip()]
        first = rng.randrange(len(paragraphs))
        text = "\n".join(paragraphs[first : first + rng.randint(1, 6)])
    made = damaged(text, rng)
    found, _ = tokens(made.text)
    if len(found) != len(made.labels) or not found:
        return None
    state, states = 0, []
    names = [LABELS.index(name) for name in made.labels]
    for name in names:
        states.append(state)
        state = int(AFTER[state, name])
    return torch.tensor(rows(made.text, found)), torch.tensor(names), torch.tensor([*states, state])


class Field(torch.nn.Module):
    """The field's weights: a row for each hashed feature (states × labels), and what it is worth to end in each state."""

    def __init__(self) -> None:
        super().__init__()
        self.weights = torch.nn.EmbeddingBag(HASHED, 2 * len(LABELS), mode="sum")
        torch.nn.init.zeros_(self.weights.weight)
        self.last = torch.nn.Parameter(torch.zeros(2))

    def forward(self, batch: list[Example]) -> Tensor:
        """The mean negative log-likelihood of a token's label."""
        longest = max(len(names) for _, names, _ in batch)
        found = torch.cat([f for f, _, _ in batch])
        kept = (torch.rand(found.shape) > DROPPED).float() / (1 - DROPPED)  # so that no one feature decides
        flat = self.weights(found, per_sample_weights=kept).reshape(-1, 2, len(LABELS))
        scores = torch.zeros(len(batch), longest, 2, len(LABELS))
        gold = torch.zeros(())
        position = 0
        for i, (_, names, states) in enumerate(batch):
            part = flat[position : position + len(names)]
            position += len(names)
            scores[i, : len(names)] = part
            gold = gold + part[torch.arange(len(names)), states[:-1], names].sum() + self.last[states[-1]]
        reach = torch.tensor(np.stack([AFTER == 0, AFTER == 1]))  # after × before × label
        alpha = torch.tensor([0.0, -1e4]).repeat(len(batch), 1)
        lengths = torch.tensor([len(names) for _, names, _ in batch])
        for t in range(longest):
            total = alpha[:, :, None] + scores[:, t]
            new = torch.stack([torch.where(reach[s], total, -1e4).flatten(1).logsumexp(1) for s in (0, 1)], 1)
            alpha = torch.where((t < lengths)[:, None], new, alpha)
        return ((alpha + self.last).logsumexp(1).sum() - gold) / lengths.sum()


def right(field: Field, held: list[Example]) -> float:
    """The share of tokens that are labelled right."""
    weights, last = field.weights.weight.detach().numpy(), field.last.detach().numpy()
    hits = total = 0
    for found, names, _ in held:
        scores = weights[found.numpy()].sum(1).reshape(-1, 2, len(LABELS))
        hits += sum(a == b for a, b in zip(decode(scores, last), names.tolist(), strict=True))
        total += len(names)
    return hits / total


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, nargs="+", required=True)
    parser.add_argument("--skip", type=int, default=0, help="of the last corpus, the first texts (on which others are measured)")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    training: list[str] = []
    held: list[str] = []
    for i, path in enumerate(args.texts):
        texts = [json.loads(line)["text"] for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()]
        texts = texts[args.skip if i == len(args.texts) - 1 else 0 :]
        training += texts[: len(texts) * 9 // 10]
        held += texts[len(texts) * 9 // 10 :]
    with Pool() as pool:
        jobs = [(text, args.seed * 100_003 + i * TIMES + k) for i, text in enumerate(training) for k in range(TIMES)]
        examples = [e for e in pool.imap(example, jobs, chunksize=32) if e is not None]
        left = [e for e in pool.imap(example, [(text, 7 + i) for i, text in enumerate(held)], chunksize=32) if e is not None]
    print(f"{len(examples)} of {len(jobs)} texts, {sum(len(e[1]) for e in examples)} tokens", flush=True)
    field = Field()
    optimiser = torch.optim.AdamW(field.parameters(), lr=RATE, weight_decay=DECAY)
    rng = random.Random(args.seed)
    for epoch in range(args.epochs):
        examples.sort(key=lambda e: len(e[1]) * rng.uniform(0.8, 1.2))
        batches = [examples[i : i + 32] for i in range(0, len(examples), 32)]
        rng.shuffle(batches)
        losses = []
        for group in optimiser.param_groups:
            group["lr"] = RATE * (1 - epoch / args.epochs)
        for batch in batches:
            loss = field(batch)
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}: {np.mean(losses):.4f}, held out right {right(field, left):.4f}", flush=True)
    args.out.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        args.out / "weights.npz",
        weights=field.weights.weight.detach().numpy().astype(np.float16),
        last=field.last.detach().numpy(),
    )
    digest = hashlib.sha256((args.out / "weights.npz").read_bytes()).hexdigest()
    commit = subprocess.run(["git", "rev-parse", "HEAD"], capture_output=True, text=True, check=False).stdout.strip()
    manifest = {
        "format": 1, "files": {"weights.npz": digest},
        "texts_sha256": [hashlib.sha256(p.read_bytes()).hexdigest() for p in args.texts],
        "features": "onrecord.restore.marks.features", "hashed": HASHED, "labels": LABELS, "seed": args.seed, "commit": commit,
        "figures": {"labels right, of tokens held out": round(right(field, left), 4)},
        "licences": "trained on PolNeAR 1.0 (no licence stated for its data; none of its text is in here), Wikinews (CC BY 2.5)",
    }  # fmt: skip
    (args.out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
