"""Copies: how many rewordings are found among many other articles, at what precision and speed; and candidates among a million.

    python -m bench.copies --shared ../shared --wordnet /usr/share/wordnet
    python -m bench.copies --million

Originals are Wikinews and PolNeAR articles; each is reworded once in every kind of `bench.rewording`. Distractors are all other
articles of the shared data, and mixtures of sentences of all of them. A link counts for precision where at least one of its
articles was made here; links between articles as they were found (there are real copies among them) are only counted.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import resource
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.ledger import texts
from onrecord.read import sketch
from onrecord.records import Article
from onrecord.settle import bulk, copies
from onrecord.settle.align import Text, align

from .rewording import KINDS, WordNet, reword, sentences_of

ORIGINALS = 600
DISTRACTORS = 10_000
SEED = 5
GOAL_KINDS = [kind for kind in KINDS if "not built for" not in kind and kind != "edited"]  # what the goal names


SOURCES = ("wikinews/wikinews_2019_2020.jsonl.gz", "attribution/polnear.train.jsonl.gz")


def articles(shared: Path, names: tuple[str, ...] = SOURCES) -> list[str]:
    """The texts of articles, at least 80 words each; the first ORIGINALS are those to be reworded."""
    out = []
    for name in names:
        with gzip.open(shared / "data" / name, "rt", encoding="utf-8") as lines:
            out += [re.sub(r"\s*\n\s*", "\n", json.loads(line)["text"]).strip() for line in lines]
    return [text for text in out if len(text.split()) >= 80]


def mixtures(found: list[str], count: int) -> list[str]:
    """Articles made of sentences of many."""
    rng = random.Random(SEED)
    pool = [s for text in found for s in sentences_of(text)]
    return ["\n".join(rng.sample(pool, rng.randint(15, 35))) for _ in range(count)]


def sketches(found: list[str]) -> tuple[Any, Any, float]:
    """MinHashes of texts, a row each (a text without anchors has hashes of its own), and texts a second."""
    rng = np.random.default_rng(SEED)
    started = time.process_time()
    made = [sketch.read(Article(None, text, "en")) for text in found]
    speed = len(found) / (time.process_time() - started)
    rows = [(texts.numbers(m.shingles), texts.numbers(m.anchors) if m.anchors
             else rng.integers(0, 2**32, sketch.ANCHORS, dtype=np.uint32)) for m in made]  # fmt: skip
    return np.stack([r[0] for r in rows]), np.stack([r[1] for r in rows]), speed


def measure(shared: Path, wordnet: Path) -> dict[str, float]:
    """The figures over reworded copies."""
    net = WordNet(wordnet)
    found = articles(shared)
    chosen = random.Random(SEED).sample(range(len(found)), ORIGINALS)
    made = [(number, kind, reword(found[number], kind, net, SEED)) for number in chosen for kind in KINDS]
    mixed = mixtures(found, DISTRACTORS - len(found) + ORIGINALS)
    every = [*found, *(m[2] for m in made), *mixed]
    shingles, anchors, speed = sketches(every)
    started = time.process_time()
    pairs = bulk.candidates(shingles, anchors)
    ready: dict[int, Text] = {}
    linked: set[tuple[int, int]] = set()
    for a, b in pairs.tolist():
        for number in (a, b):
            if number not in ready:
                ready[number] = Text(every[number])
        if copies.relation_of(align(ready[a], ready[b])) in copies.LINKING:
            linked.add((a, b))
    comparing = time.process_time() - started
    made_from = {len(found) + i: (number, kind) for i, (number, kind, _) in enumerate(made)}
    counts: Counter[str] = Counter()
    hit: dict[str, int] = defaultdict(int)
    for a, b in linked:
        origin = [made_from.get(n, (n, ""))[0] for n in (a, b)]
        if b < len(found):
            counts["between articles as they were found"] += 1
            continue
        counts["right" if origin[0] == origin[1] else "wrong"] += 1
        if a < len(found) and origin[0] == origin[1]:
            hit[made_from[b][1]] += 1
    figures: dict[str, float] = {f"recall, {kind}": round(hit[kind] / ORIGINALS, 3) for kind in KINDS}
    goal = sum(hit[kind] for kind in GOAL_KINDS) / ORIGINALS / len(GOAL_KINDS)
    return {
        "recall, reworded (the four kinds of the goal)": round(goal, 3), **figures,
        "precision of links": round(counts["right"] / max(counts["right"] + counts["wrong"], 1), 4),
        "links between articles as they were found": counts["between articles as they were found"],
        "candidates an article": round(len(pairs) / len(every), 2),
        "articles a second, sketches": round(speed),
        "articles a second, sketches and comparing": round(len(every) / (len(every) / speed + comparing)),
    }  # fmt: skip


def million(count: int = 1_000_000) -> dict[str, float]:
    """Candidates among synthetic sketches: a tenth are noisy copies of others, and one text in a hundred shares boilerplate."""
    rng = np.random.default_rng(SEED)
    shingles = rng.integers(0, 2**32, (count, sketch.SHINGLES), dtype=np.uint32)
    anchors = rng.integers(0, 2**32, (count, sketch.ANCHORS), dtype=np.uint32)
    of = rng.integers(0, count * 9 // 10, count // 10)
    for hashes in (shingles, anchors):
        kept = rng.random((count // 10, hashes.shape[1])) < 0.6
        hashes[count * 9 // 10 :] = np.where(kept, hashes[of], hashes[count * 9 // 10 :])
        hashes[: count // 100, : hashes.shape[1] // 4] = hashes[0, : hashes.shape[1] // 4]
    started = time.monotonic()
    pairs = bulk.candidates(shingles, anchors)
    return {
        "sketches": count, "candidates": len(pairs), "seconds": round(time.monotonic() - started),
        "peak memory, MiB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }  # fmt: skip


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--wordnet", type=Path, default=Path("/usr/share/wordnet"))
    parser.add_argument("--million", action="store_true")
    args = parser.parse_args()
    print(json.dumps(million() if args.million else measure(args.shared.resolve(), args.wordnet), indent=1))


if __name__ == "__main__":
    main()
