"""Trains the reader of stretches of flattened text, and measures it by cross-validation over the development pages.

    python -m training.body.train_flat --corpus corpus.jsonl.gz --texts polnear.train.jsonl.gz wikinews.jsonl.gz --work DIR

Where no body is marked, the body is what the trained reader of HTML blocks took (html.pt in DIR; run train_html first). Clean
articles (--texts, rows of {"text"}) are learned from as they are, and with other pages' menus around them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import pickle
import random
from collections.abc import Iterator
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from onrecord.restore.stretches import BAGS, HASHED, NUMBERS

from . import examples as of_html
from .fitting import fit
from .flat_examples import Flat, of_clean, of_page
from .network import Layout
from .train_html import WEIGHT as OF_HTML
from .train_html import chances as html_chances
from .train_html import fold_of, new_network

WIDTH, DILATIONS = 48, (1, 2, 4, 8, 16, 32, 64, 1)
WEIGHT = {**OF_HTML, "text": 1.0}


def flat_network() -> Layout:
    """A network for stretches that has learned nothing."""
    return Layout(tuple(size for _, size in BAGS), len(NUMBERS), HASHED, width=WIDTH, dilations=DILATIONS)


def _flats(job: tuple[dict[str, Any], str]) -> list[Flat]:
    return list(of_page(job[0], job[1], WEIGHT[job[0]["set"]]))


def _cleans(job: tuple[dict[str, Any], list[str]]) -> list[Flat]:
    return list(of_clean(*job))


def bodies(corpus: Path, work: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Each page with its body: the marked one, else what the reader of blocks takes."""
    network = new_network()
    network.load_state_dict(torch.load(work / "html.pt"))
    network.eval()
    known = {(e.set, e.id): e for e in of_html.examples(corpus, work / "examples.pkl")}
    for row in of_html.rows(corpus):
        e = known.get((row["set"], row["id"]))
        if e is None:
            continue
        body = e.body
        if not body:
            p = html_chances(network, e)
            if ((p > 0.2) & (p < 0.8)).mean() > 0.1:
                continue  # not sure enough to teach
            body = "\n".join(text for text, chance in zip(e.texts, p, strict=True) if chance > 0.5)
        yield row, body


def made(corpus: Path, texts: list[Path], work: Path) -> list[Flat]:
    """All examples, kept in `work`."""
    cache = work / "flat-examples.pkl"
    if cache.exists():
        kept: list[Flat] = pickle.loads(cache.read_bytes())  # our own file
        return kept
    pairs = list(bodies(corpus, work))
    with Pool(2) as pool:
        out = [f for part in pool.imap(_flats, pairs, chunksize=8) for f in part]
        chrome = _chrome(corpus, work)
        clean: list[tuple[dict[str, Any], list[str]]] = []
        rng = random.Random(3)
        for i, path in enumerate(texts):
            rows = [json.loads(line) for line in gzip.decompress(path.read_bytes()).decode("utf-8").splitlines()]
            for k, row in enumerate(rows[60 if i == len(texts) - 1 else 0 :]):
                clean.append(
                    (
                        {"id": f"{path.name}-{k}", "host": "", "set": "text", "text": row["text"], "title": row.get("title")},
                        rng.sample(chrome, 4),
                    )
                )
        out += [f for part in pool.imap(_cleans, clean, chunksize=8) for f in part]
    cache.write_bytes(pickle.dumps(out))
    return out


def _chrome(corpus: Path, work: Path) -> list[str]:
    """What stands above and below the articles of pages: runs of blocks that are surely no article's."""
    out = []
    for e in of_html.examples(corpus, work / "examples.pkl"):
        if e.set not in ("fundus", "crawler"):
            continue
        inside = np.flatnonzero(e.label > 0.5)
        for run in (e.texts[: inside[0]], e.texts[inside[-1] + 1 :]) if len(inside) else ():
            if len(run) > 5:
                out.append("\n".join(run[:80]))
    return out


def perturbed(numbers: Tensor, ids: Tensor) -> tuple[Tensor, Tensor]:
    """A word may be unknown."""
    return numbers, ids * (torch.rand(ids.shape) > 0.1)


def fitted(groups: list[list[Flat]], epochs: int, seed: int, rate: float = 3e-3, start: Layout | None = None) -> Layout:
    """A network trained on pages, from the weights of `start` if given."""
    torch.manual_seed(seed)
    network = flat_network()
    if start is not None:
        network.load_state_dict(start.state_dict())
    return fit(groups, network, perturbed, epochs=epochs, seed=seed, rate=rate)


def grouped(flats: list[Flat]) -> list[list[Flat]]:
    """The kinds of each page together."""
    out: dict[tuple[str, str], list[Flat]] = {}
    for e in flats:
        out.setdefault((e.set, e.id), []).append(e)
    return list(out.values())


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--texts", type=Path, nargs="+", default=[])
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=10)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    groups = grouped(made(args.corpus, args.texts, args.work))
    pages = [g for g in groups if g[0].set == "pages"]
    others = [g for g in groups if g[0].set != "pages"]
    print(f"{len(pages)} pages, {len(others)} others", flush=True)
    kept = args.work / "flat-start.pt"
    if kept.exists():
        start = flat_network()
        start.load_state_dict(torch.load(kept))
    else:
        start = fitted(others, args.epochs, args.seed)
        torch.save(start.state_dict(), kept)
    few = random.Random(args.seed).sample(others, min(len(others), 2 * len(pages)))
    for fold in range(args.folds):
        network = fitted([g for g in pages if fold_of(g[0].host, args.folds) != fold] + few, 15, args.seed, 1e-3, start)
        torch.save(network.state_dict(), args.work / f"flat-{fold}.pt")
    torch.save(fitted(pages + few, 15, args.seed, 1e-3, start).state_dict(), args.work / "flat.pt")


if __name__ == "__main__":
    main()
