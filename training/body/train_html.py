"""Trains the reader of HTML blocks, and measures it by cross-validation over the development pages, split by host.

    python -m training.body.train_html --corpus corpus.jsonl.gz --work DIR [--folds 5] [--final]

Pages without a marked body are labelled by a first model, which saw none of the development pages, where it agrees with what is
known of the page (`with`, `without`); what it is unsure of counts little.
"""

from __future__ import annotations

import argparse
import pickle
import random
import zlib
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from onrecord.restore.traits import BAGS, HASHED, NUMBERS

from .examples import Example, examples
from .fitting import fit
from .network import Layout

PLACES = sum(size for name, size in BAGS if name not in ("first", "last"))
TUNING = 15  # epochs over the hand-marked pages
WEIGHT = {"pages": 4.0, "fundus": 1.0, "crawler": 1.0, "trafilatura": 1.0, "html": 0.5}


def new_network() -> Layout:
    """A network that has learned nothing."""
    return Layout(tuple(size for _, size in BAGS), len(NUMBERS), HASHED)


def perturbed(numbers: Tensor, ids: Tensor) -> tuple[Tensor, Tensor]:
    """A word may be unknown, a page's class names may mean nothing, and most pages do not carry their body as data."""
    ids = ids * (torch.rand(ids.shape) > 0.1)
    named = (torch.rand(ids.shape[0], 1, 1) > 0.15).long()
    numbers[..., NUMBERS.index("in data")] *= (torch.rand(numbers.shape[0], 1) > 0.5).float()
    return numbers, torch.cat([ids[..., :PLACES] * named, ids[..., PLACES:]], -1)


def fitted(chosen: list[Example], epochs: int, seed: int, rate: float = 3e-3, start: Layout | None = None) -> Layout:
    """A network trained on examples, from the weights of `start` if given."""
    torch.manual_seed(seed)
    network = new_network()
    if start is not None:
        network.load_state_dict(start.state_dict())
    return fit([[e] for e in chosen], network, perturbed, epochs=epochs, seed=seed, rate=rate)


def chances(network: Layout, e: Example) -> NDArray[np.float32]:
    """Each block's chance of being the article's."""
    with torch.no_grad():
        scores = network(torch.from_numpy(e.numbers)[None], torch.from_numpy(e.ids)[None], torch.ones(1, len(e.label)))
    result: NDArray[np.float32] = torch.sigmoid(scores)[0].numpy()
    return result


def label_unmarked(network: Layout, unmarked: list[Example]) -> list[Example]:
    """Give pages without a marked body the labels of another extractor, corrected by the strings known of them; blocks on which
    `network` thinks otherwise count little, and a page on which the two agree on less than half is left out."""
    out = []
    for e in unmarked:
        assert e.peer is not None
        p = chances(network, e)
        label = (e.peer > 0.5).astype(np.float32)
        both, either = (e.words * label * (p > 0.5)).sum(), (e.words * np.maximum(label, p > 0.5)).sum()
        if both < 40 or both < 0.5 * either:
            continue
        sure = np.clip(1 - np.abs(p - label), 0.05, 1.0)
        for strings, value in ((e.wanted, 1.0), (e.unwanted, 0.0)):
            for string in strings:
                hits = [i for i, text in enumerate(e.texts) if string in text]
                if len(hits) == 1 or (hits and value == 0.0):
                    label[hits], sure[hits] = value, 1.0
        e.label, e.weight = label, sure.astype(np.float32) * WEIGHT[e.set.removesuffix(" cut")]
        out.append(e)
    return out


def fold_of(host: str, folds: int) -> int:
    """The fold of a host; pages of one host are never on both sides."""
    return zlib.crc32(host.encode()) % folds


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    args.work.mkdir(parents=True, exist_ok=True)
    every = examples(args.corpus, args.work / "examples.pkl")
    for e in every:
        e.weight = np.full(len(e.label), WEIGHT[e.set.removesuffix(" cut")], np.float32)
    pages = [e for e in every if e.set == "pages"]
    cut = [e for e in every if e.set == "pages cut"]
    marked = [e for e in every if e.set in ("fundus", "fundus cut", "crawler", "crawler cut")]
    unmarked_cut = [e for e in every if e.set in ("trafilatura cut", "html cut")]
    unmarked = [e for e in every if e.set in ("trafilatura", "html")]
    labelled = args.work / "labelled.pkl"
    if labelled.exists():
        others: list[Example] = pickle.loads(labelled.read_bytes())  # our own file
    else:
        first = fitted(marked, args.epochs, args.seed)
        others = marked + label_unmarked(first, unmarked) + unmarked_cut
        labelled.write_bytes(pickle.dumps(others))
    print(f"{len(pages)} pages, {len(marked)} marked by publishers' readers, {len(others) - len(marked)} labelled", flush=True)
    kept = args.work / "html-start.pt"
    if kept.exists():
        start = new_network()
        start.load_state_dict(torch.load(kept))
    else:
        start = fitted(others, args.epochs, args.seed)
        torch.save(start.state_dict(), kept)
    for fold in range(args.folds):
        network = tuned(start, [e for e in pages + cut if fold_of(e.host, args.folds) != fold], others, args.seed)
        torch.save(network.state_dict(), args.work / f"html-{fold}.pt")
    torch.save(tuned(start, pages + cut, others, args.seed).state_dict(), args.work / "html.pt")


def tuned(start: Layout, pages: list[Example], others: list[Example], seed: int) -> Layout:
    """The network after the hand-marked pages too, whose ways of marking count; a few others keep it from forgetting the rest."""
    few = random.Random(seed).sample(others, min(len(others), 2 * len(pages)))
    return fitted(pages + few, TUNING, seed, 1e-3, start)


if __name__ == "__main__":
    main()
