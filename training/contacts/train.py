"""Trains the contact network; the same seed gives the same run on one machine.

python -m training.contacts.train --examples build/contacts/examples.pkl --work build/contacts
"""

from __future__ import annotations

import argparse
import pickle
import random
import time
from collections import Counter
from pathlib import Path

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812

from onrecord.read.pieces import Vocabulary, Words, windows

from .batch import Batch, Ready, batch_of, ready
from .data import Example
from .measure import FOLD, FOLDS, left_out
from .network import KINDS, OWN, STANCES, Network

BATCH = 8  # pages
WINDOW = 480  # pieces
RENAMED, HIDDEN = 0.6, 0.1  # shares of pages whose people bear other names, and of pieces that are hidden
NEW_RATE = 16  # times the encoder's: of what starts from nothing
WEIGHTS = {"kinds": 2.0, "rest": 0.5, "ahead": 0.7, "parties": 0.7, "stances": 0.7, "times": 1.0, "same": 0.7}


def segment_sum(scores: Tensor, segment: Tensor, count: int) -> Tensor:
    """N×K scores as count×K: for each segment the logarithm of the sum of exponentials; -10 where it has none."""
    index = segment[:, None].expand_as(scores)
    top = torch.full((count, scores.shape[1]), -10.0).scatter_reduce(0, index, scores, "amax", include_self=True).detach()
    total = torch.zeros_like(top).scatter_add(0, index, torch.exp(scores - top.gather(0, index)))
    return top + torch.log(total + torch.exp(-10 - top))


class Reading:
    """How a page's words become vectors, in training with its people under other names, and with words hidden."""

    def __init__(self, vocabulary: Path, examples: list[Example], seed: int) -> None:
        self.vocabulary = Vocabulary(vocabulary)
        self.names = sorted({name for e in examples for name in e.people})
        self.rng = random.Random(seed)

    def vectors(self, network: Network, e: Example, features: Tensor) -> Tensor:
        """W×D."""
        texts, case, quote, starts = e.words
        if network.training and self.rng.random() < RENAMED:
            other = {name: self.rng.choice(self.names) for name in sorted(e.people)}
            texts = [other.get(text.lower(), text) for text in texts]
        words = Words([(0, 0)] * len(texts), list(texts), case, quote, starts)
        out = []
        for window in windows(words, self.vocabulary, WINDOW):
            ids = torch.tensor(window.ids)
            if network.training:
                ids[torch.rand(len(ids)) < HIDDEN] = self.vocabulary.unknown
            inside = slice(window.low, window.high)
            known = [torch.tensor(list(map(int, values[inside]))) for values in (case, quote, starts)]
            embedded = network.text.embed(ids, torch.tensor(window.owner), *known, features[inside])
            out.append(network.text(embedded, torch.tensor(window.first)))
        return torch.cat(out)


def table_of(network: Network, pages: list[Ready], words: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """Over some pages, one after the other: the candidates' own scores (C×…), and those of their cells with actors, times and
    each other, as rows."""  # fmt: skip
    found, low = [], 0
    for page in pages:
        t, high = page.table, low + page.sizes["words"]
        mine = words[low:high]
        words_of = [mine[t[name]] for name in ("words", "named", "times")]
        own, actor, time, same = network.table(*words_of, *(t[name] for name in ("actor", "time", "same", "alike")))
        found.append((own, actor.flatten(0, 1), time.flatten(), same.flatten()))
        low = high
    return tuple(torch.cat(part) for part in zip(*found, strict=True))  # type: ignore[return-value]


def loss_of(network: Network, reading: Reading, pages: list[Ready]) -> dict[str, Tensor]:
    """The parts of the loss over some pages, each a mean."""
    b = batch_of(pages)
    vectors = torch.cat([reading.vectors(network, page.example, page.tensors["features"]) for page in pages])
    words, kinds, own = network.context(vectors, b.features)
    more, pairs, times, same = table_of(network, pages, words)
    count = max(len(b.candidates), 1)
    first = kinds[b.candidates]  # by themselves; the table adds to it
    twice = torch.cat([first, first + more[:, :KINDS]])
    parts = {"kinds": F.cross_entropy(twice, b.kinds.repeat(2), reduction="sum") / 2 / count}
    rest = F.cross_entropy(kinds, torch.zeros(len(kinds), dtype=torch.long), reduction="none")
    parts["rest"] = (rest * b.is_rest).sum() / count
    party = segment_sum(pairs[:, :1], b.party_segment, b.parties.shape[0])[:, 0]
    each = F.binary_cross_entropy_with_logits(party, b.parties, reduction="none") * b.party_weight
    parts["parties"] = each.sum() / max(b.contacts, 1)
    if b.contacts:
        told = own[b.candidates[b.told]] + more[b.told, KINDS:]
        parts["ahead"] = F.binary_cross_entropy_with_logits(told[:, 0], b.ahead)
        by_actors = segment_sum(pairs[b.stance_rows, 1:], b.stance_segment, b.columns)
        by_own = segment_sum(told[:, 1 : 1 + OWN * STANCES].reshape(-1, STANCES), b.own_segment, b.contacts * OWN)
        stances = torch.cat([by_actors, by_own])
        stances = torch.cat([torch.zeros(len(stances), 1), stances], 1)
        parts["stances"] = F.cross_entropy(stances, b.stances, reduction="sum") / b.contacts
        parts["times"] = times_loss(b, told, times[b.time_rows])
    if len(b.same):
        parts["same"] = F.binary_cross_entropy_with_logits(same[b.same], b.is_same)
    return parts


def times_loss(b: Batch, told: Tensor, times: Tensor) -> Tensor:
    """Each word of a contact chooses among no date, the page's day, and the times of its page."""
    scores = torch.cat([told[:, -2:].reshape(-1), times])
    whole = segment_sum(scores[:, None], b.time_segment, len(b.told))[:, 0]
    right = scores[b.time_right]
    if not len(right):
        return torch.zeros(())
    some = segment_sum(right[:, None], b.time_segment[b.time_right], len(b.told))[:, 0]
    use = torch.zeros(len(b.told)).scatter(0, b.time_segment[b.time_right], 1.0)
    return ((whole - some) * use).sum() / use.sum().clamp(min=1)


def optimiser_of(network: Network, rate: float) -> torch.optim.Optimizer:
    """AdamW; what starts from nothing learns faster than the encoder."""
    old = list(network.text.encoder.parameters())
    known = {id(p) for p in old}
    new = [p for p in network.parameters() if id(p) not in known]
    groups = [{"params": old, "lr": rate, "peak": rate}, {"params": new, "lr": NEW_RATE * rate, "peak": NEW_RATE * rate}]
    return torch.optim.AdamW(groups, weight_decay=0.03)


def fit(pages: list[Ready], args: argparse.Namespace, held: list[Ready]) -> None:
    """Trains, and leaves the mean of the weights over the last steps in the work folder. After each epoch a checkpoint is
    kept, from which a run that was stopped goes on."""  # fmt: skip
    torch.manual_seed(args.seed)
    first = pages[0].example
    network = Network(first.actor_pairs.shape[-1], first.time_pairs.shape[-1], first.same_pairs.shape[-1])
    network.text.start(args.encoder)
    if args.begin:
        network.load_state_dict(torch.load(args.begin))
    optimiser = optimiser_of(network, args.rate)
    mean, epoch = {k: v.clone() for k, v in network.state_dict().items()}, 0
    checkpoint = args.work / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        mean, epoch = state["mean"], state["epoch"]
    reading = Reading(args.vocabulary, [p.example for p in pages], args.seed + epoch)
    args.work.mkdir(parents=True, exist_ok=True)
    for number in range(epoch, args.epochs):
        began = time.monotonic()
        torch.manual_seed(args.seed * 1000 + number)
        sums = _epoch(network, optimiser, mean, reading, pages, number, args)
        state = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "mean": mean, "epoch": number + 1}
        torch.save(state, checkpoint.with_suffix(".tmp"))
        checkpoint.with_suffix(".tmp").replace(checkpoint)
        torch.save(mean, args.work / "network.pt")
        line = f"epoch {number + 1}, {time.monotonic() - began:.0f} s: {shown(sums)}"
        if held:
            now = {k: v.clone() for k, v in network.state_dict().items()}
            network.load_state_dict(mean)
            line += f"; left out: {shown(measured(network, reading, held))}"
            network.load_state_dict(now)
        print(line, flush=True)


def _epoch(network: Network, optimiser: torch.optim.Optimizer, mean: dict[str, Tensor], reading: Reading, pages: list[Ready],
           number: int, args: argparse.Namespace) -> Counter[str]:  # fmt: skip
    """One pass over the pages; the losses' means."""
    network.train()
    random.Random(args.seed * 1000 + number).shuffle(pages)
    sums: Counter[str] = Counter()
    for low in range(0, len(pages), BATCH):
        parts = loss_of(network, reading, pages[low : low + BATCH])
        loss = sum((WEIGHTS[name] * value for name, value in parts.items()), torch.zeros(()))
        for name, value in parts.items():
            sums[name] += float(value.detach()) * BATCH / len(pages)
        done = (number + low / len(pages)) / args.epochs
        for group in optimiser.param_groups:
            group["lr"] = group["peak"] * max(min((done + 0.002) / 0.08, (1 - done) / 0.92), 0)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        with torch.no_grad():
            for key, value in network.state_dict().items():
                mean[key].lerp_(value, 0.01 if number else 0.1)
    return sums


def shown(figures: Counter[str]) -> str:
    """Losses in a line."""
    return ", ".join(f"{k} {v:.3f}" for k, v in figures.items()) + f", all {sum(WEIGHTS[k] * v for k, v in figures.items()):.3f}"


@torch.no_grad()
def measured(network: Network, reading: Reading, held: list[Ready]) -> Counter[str]:
    """The losses on pages left out."""
    network.eval()
    out: Counter[str] = Counter()
    for page in held:
        for name, value in loss_of(network, reading, [page]).items():
            out[name] += float(value) / len(held)
    return out


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--examples", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument(
        "--encoder", type=Path, default=Path("build/encoder/mpnet.safetensors"), help="the weights that the encoder begins with"
    )
    parser.add_argument("--begin", type=Path, help="weights of this network to go on from, such as an earlier run's network.pt")
    parser.add_argument("--vocabulary", type=Path, default=Path("src/onrecord/models/attribution/vocab.txt"))
    parser.add_argument("--epochs", type=int, default=5)
    parser.add_argument("--rate", type=float, default=6e-5, help="of the encoder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--folds", type=int, default=FOLDS)
    parser.add_argument("--fold", type=int, default=FOLD, help="the fold to leave out, for choices and figures")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    examples: list[Example] = pickle.loads(args.examples.read_bytes())
    away = [e for e in examples if left_out(e.id, args.fold, args.folds)]
    known = {e.id for e in away}
    fit([ready(e) for e in examples if e.id not in known], args, [ready(e) for e in away])


if __name__ == "__main__":
    main()
