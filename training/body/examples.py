"""Pages as examples for the two readers: traits with, for each block, whether it is the article's and how much that is worth."""

from __future__ import annotations

import gzip
import json
import pickle
import random
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import Pool
from pathlib import Path
from typing import Any

import numpy as np
import trafilatura
from numpy.typing import NDArray

from onrecord.restore.blocks import Block, Level, blocks
from onrecord.restore.facts import Facts, facts
from onrecord.restore.markup import tree_of
from onrecord.restore.traits import traits

from .labels import shares

MOST_BLOCKS = 1_200  # of a page, for training
OTHER_PROSE = frozenset(["li", "td", "th", "dd", "dt", "blockquote", "pre"])


@dataclass
class Example:
    """A page: its blocks' traits, its labels (share of a block's words that are the body's; NaN where unknown), its words."""

    id: str
    host: str
    set: str
    numbers: NDArray[np.float32]
    ids: NDArray[np.int64]
    label: NDArray[np.float32]
    words: NDArray[np.float32]
    texts: list[str]
    body: str | None
    wanted: list[str]
    unwanted: list[str]
    peer: NDArray[np.float32] | None = None  # the label by another extractor, where no body is marked
    weight: NDArray[np.float32] | None = None


def rows(corpus: Path) -> Iterator[dict[str, Any]]:
    """The rows of a corpus that collect.py made."""
    with gzip.open(corpus, "rt", encoding="utf-8") as source:
        for line in source:
            yield json.loads(line)


def example(row: dict[str, Any]) -> list[Example]:
    """A row as an example, and some cut short: an article of one or two blocks, a page that holds none."""
    try:
        tree = tree_of(row["html"])
    except Exception:
        return []
    found: list[Block] = blocks(tree)[0][:MOST_BLOCKS]
    if not found:
        return []
    meta = facts(tree)
    numbers, ids = traits(found, meta.title or "", meta.body or "")
    texts = [b.text for b in found]
    words = np.array([len(re.findall(r"\w+", t)) for t in texts], np.float32)
    label = np.full(len(found), np.nan, np.float32)
    if row.get("body"):
        label = np.array(shares(texts, row["body"]), np.float32)
        if row.get("unsure"):
            unsure = np.array(shares(texts, row["unsure"]), np.float32)
            label[(unsure > 0.5) & (label < 0.5)] = np.nan
        if row["set"] != "pages":  # a publisher's reader takes paragraphs: of lists, tables and posts among them nothing is known
            inside = np.flatnonzero(label > 0.5)
            for i in range(inside[0], inside[-1] + 1) if len(inside) else ():
                if label[i] < 0.5 and OTHER_PROSE & set(above(found[i].level)):
                    label[i] = np.nan
        if (words * (label > 0.5)).sum() < 30:
            return []
    peer = None
    if not row.get("body"):
        text = trafilatura.extract(row["html"], include_comments=False, include_tables=True, favor_precision=True)
        peer = np.array(shares(texts, text or ""), np.float32)
    whole = Example(row["id"], row["host"], row["set"], numbers, ids, label, words, texts, row.get("body"),
                    row.get("with") or [], row.get("without") or [], peer)  # fmt: skip
    return [whole, *_cut(whole, found, meta)]


def _cut(whole: Example, found: list[Block], meta: Facts) -> Iterator[Example]:
    """The page with most of its article, or all, taken out; only some pages, each in a way of its own."""
    rng = random.Random(zlib.crc32(whole.id.encode()))
    left = rng.choice([0, 1, 1, 2, None, None, None, None])
    known = whole.peer if whole.peer is not None else whole.label
    inside = [i for i, share in enumerate(known) if not share <= 0.5]  # what is not known goes too
    if left is None or len(inside) < 4:
        return
    long = [i for i in inside if len(found[i].text) > 80][:left]
    kept = [i for i in range(len(found)) if i not in inside or i in long]
    if len(kept) < 5:
        return
    part = [found[i] for i in kept]
    recount(part)
    numbers, ids = traits(part, meta.title or "", "")
    yield Example(whole.id + f"#{left}", whole.host, whole.set + " cut", numbers, ids, known[kept], whole.words[kept],
                  [b.text for b in part], None, [], [])  # fmt: skip


def recount(part: list[Block]) -> None:
    """The levels' sums, over these blocks alone."""
    levels = {}
    for block in part:
        level: Level | None = block.level
        while level is not None:
            levels[id(level)] = level
            level = level.up
    for each in levels.values():
        each.characters = each.linked = each.blocks = 0
    for block in part:
        level = block.level
        while level is not None:
            level.characters += len(block.text)
            level.linked += block.linked
            level.blocks += 1
            level = level.up


def above(level: Level | None) -> Iterator[str]:
    """The elements that a block stands in, itself first."""
    while level is not None:
        yield level.tag
        level = level.up


def examples(corpus: Path, cache: Path) -> list[Example]:
    """All examples of a corpus, kept in `cache`."""
    if cache.exists():
        kept: list[Example] = pickle.loads(cache.read_bytes())  # our own file, made a moment ago
        return kept
    with Pool(2) as pool:
        out = [e for part in pool.imap(example, rows(corpus), chunksize=16) for e in part]
    cache.write_bytes(pickle.dumps(out))
    return out
