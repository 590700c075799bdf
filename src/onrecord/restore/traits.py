"""Blocks of a page as numbers: what the trained body reader looks at. Training and reading share this file.

A page of S blocks becomes `numbers` (S × len(NUMBERS), float32) and `ids` (S × WIDTH, int64): six bags of hashed words, each
padded with 0: the block's own element, its parent, class names further above, all elements above, first words and last words.
"""

from __future__ import annotations

import math
import re
from functools import cache, lru_cache
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from .blocks import Block, Level

HASHED = 8_192  # size of the table that hashed words are looked up in; 0 is padding
BAGS = (("own", 8), ("parent", 8), ("above", 20), ("tags", 12), ("first", 8), ("last", 5))
SIZE = dict(BAGS)
WIDTH = sum(size for _, size in BAGS)
NUMBERS = (
    "characters", "words", "linked", "strong", "word length", "commas", "ends", "capitals", "digits", "quotes", "order", "place",
    "depth", "parent characters", "above characters", "alike characters", "alike blocks", "title", "seen before", "after title",
    "in data", "parent share", "parent linked", "hidden", "breaks", "parent blocks",
)  # fmt: skip
NAME = re.compile(r"[A-Z]?[a-z]{2,20}|[A-Z]{2,20}")
TOKEN = re.compile(r"\w+|[^\w\s]")
# As characters' numbers: what ends a sentence, commas, quotation marks.
ENDS, COMMAS, QUOTES = (np.array([ord(c) for c in chars], np.uint32) for chars in (".!?…。！？", ",，、", '"“”„«»'))


@lru_cache(maxsize=20_000)
def hashed(word: str) -> int:
    """A word's place in the table, never 0."""
    return crc32(word.encode("utf-8", "surrogatepass")) % (HASHED - 1) + 1


@lru_cache(maxsize=5_000)
def _names(tag: str, names: str) -> tuple[int, ...]:
    """An element's name, then the words of its class and ID, without numbers and what a build tool made up."""
    seen = dict.fromkeys(word.lower() for word in NAME.findall(names))
    return (hashed("<" + tag), *(hashed("." + word) for word in list(seen)[:7]))


def _place(level: Level, above: dict[int, tuple[int, ...]]) -> tuple[int, ...]:
    """The bags that say where a block stands. `above` keeps what the blocks of one parent share."""
    parent = level.up
    shared = above.get(id(parent))
    if shared is None:
        shared = above[id(parent)] = _shared(parent)
    return (*_own(level.tag, level.names), *shared)


@lru_cache(maxsize=5_000)
def _own(tag: str, names: str) -> tuple[int, ...]:
    return tuple(_padded(_names(tag, names), SIZE["own"]))


def _shared(parent: Level | None) -> tuple[int, ...]:
    """The bags of a parent and what is above it."""
    bags = _padded(_names(parent.tag, parent.names) if parent else (), SIZE["parent"])
    names: list[int] = []
    tags: list[int] = []
    up = parent.up if parent else None
    while up is not None and (len(names) < SIZE["above"] or len(tags) < SIZE["tags"]):
        found = _names(up.tag, up.names)
        names += found[1:]
        tags.append(found[0])
        up = up.up
    return (*bags, *_padded(names, SIZE["above"]), *_padded(tags, SIZE["tags"]))


def _padded(ids: list[int] | tuple[int, ...], size: int) -> list[int]:
    return [*ids[:size], *[0] * (size - len(ids))]


def traits(blocks: list[Block], title: str, data: str) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
    """The numbers and hashed words of a page's blocks. `title` is the page's own, `data` the body that its JSON-LD gives."""
    if not blocks:
        return np.zeros((0, len(NUMBERS)), np.float32), np.zeros((0, WIDTH), np.int64)
    above: dict[int, tuple[int, ...]] = {}
    ids = [(*_place(b.level, above), *_edge(b.text[:80], 0), *_edge(b.text[-48:], 1)) for b in blocks]
    columns = _of_texts(blocks) | _of_page(blocks, title, data) | _of_levels(blocks)
    numbers = np.stack([columns[name] for name in NUMBERS], 1).astype(np.float32)
    return numbers, np.array(ids, np.int64)


def _of_texts(blocks: list[Block]) -> dict[str, NDArray[Any]]:
    """What the texts themselves say, reckoned over the characters of the whole page at once."""
    texts = [b.text for b in blocks]
    size = np.fromiter(map(len, texts), np.int64, len(texts))
    starts = np.concatenate(([0], np.cumsum(size + 1)[:-1]))
    joined = " ".join(texts)
    codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    space = codes == 32
    capital = _capitals()[np.minimum(codes, 65_535)] & np.concatenate(([True], space[:-1]))
    ends = np.isin(codes, ENDS)

    def counted(hits: NDArray[np.bool_]) -> NDArray[np.int64]:
        return np.add.reduceat(hits, starts, dtype=np.int64)

    words = counted(space) + 1
    words[:-1] -= 1  # the blank that joins a text to the next one
    last = starts + size - 1
    return {
        "characters": np.log1p(size) / 5, "words": np.log1p(words) / 4, "word length": np.minimum(size / words, 20) / 10,
        "commas": np.minimum(counted(np.isin(codes, COMMAS)) / words, 1.0),
        "ends": ends[last] | ends[np.maximum(last - 1, starts)] | (size == 1),
        "capitals": counted(capital) / words, "digits": counted((codes >= 48) & (codes <= 57)) / size,
        "quotes": counted(np.isin(codes, QUOTES)) > 0, "place": np.concatenate(([0], np.cumsum(size)[:-1])) / size.sum(),
        "linked": np.array([b.linked for b in blocks]) / size, "strong": np.array([b.strong for b in blocks]) / size,
    }  # fmt: skip


@cache
def _capitals() -> NDArray[np.bool_]:
    """Is a character of the first plane a capital?"""
    return np.array([chr(code).isupper() for code in range(65_536)])


def _of_levels(blocks: list[Block]) -> dict[str, NDArray[Any]]:
    """What the elements around a block hold."""
    levels = [b.level for b in blocks]
    parents = [level.up or level for level in levels]
    above = [parent.up or parent for parent in parents]
    total = sum(len(b.text) for b in blocks) or 1
    held = np.array([p.characters for p in parents])
    return {
        "depth": np.minimum([level.depth for level in levels], 30) / 30, "parent characters": np.log1p(held) / 8,
        "above characters": np.log1p([a.characters for a in above]) / 8, "parent share": held / total,
        "parent linked": np.array([p.linked for p in parents]) / np.maximum(held, 1),
        "hidden": np.array([level.hidden for level in levels]), "breaks": np.minimum([b.breaks for b in blocks], 5) / 5,
        "parent blocks": np.log1p([p.blocks for p in parents]) / 4,
    }  # fmt: skip


def _of_page(blocks: list[Block], title: str, data: str) -> dict[str, NDArray[Any]]:
    """What the page as a whole makes of a block: others of its kind, repeats, the title, the body in its data."""
    wanted = frozenset(word.lower() for word in TOKEN.findall(title[:300]) if len(word) > 2)
    data = " ".join(data.split())
    alike: dict[tuple[str, str, str], list[int]] = {}
    rows: list[list[float]] = []
    seen: set[str] = set()
    since = -1
    for order, block in enumerate(blocks):
        text = block.text
        like = _overlap(text, wanted)
        if block.level.tag == "h1" or (since < 0 and len(wanted) > 2 and like > 0.8):
            since = order
        kind = alike.setdefault(_kind(block), [0, 0])
        kind[0] += len(text)
        kind[1] += 1
        rows.append([like, text in seen, -1.0 if since < 0 else math.log1p(order - since) / 4,
                     0.0 if not data else 1.0 if text[:60] in data else -1.0])  # fmt: skip
        seen.add(text)
    kinds = np.array([alike[_kind(block)] for block in blocks])
    found = np.array(rows)
    return {
        "order": np.arange(len(blocks)) / len(blocks), "title": found[:, 0], "seen before": found[:, 1],
        "after title": found[:, 2], "in data": found[:, 3], "alike characters": np.log1p(kinds[:, 0]) / 8,
        "alike blocks": np.log1p(kinds[:, 1]) / 4,
    }  # fmt: skip


@lru_cache(maxsize=5_000)
def _edge(text: str, last: int) -> tuple[int, ...]:
    """The first or last words of a block; menus repeat from page to page, so that they are worth keeping."""
    found = TOKEN.findall(text.lower())
    size = SIZE["last"] if last else SIZE["first"]
    return tuple(_padded([hashed(word) for word in (found[-size:] if last else found[:size])], size))


def _kind(block: Block) -> tuple[str, str, str]:
    level = block.level
    return level.tag, level.names, level.up.names if level.up else ""


def _overlap(text: str, wanted: frozenset[str]) -> float:
    if len(text) > 400 or not wanted:
        return 0.0
    words = {word.lower() for word in TOKEN.findall(text) if len(word) > 2}
    return len(words & wanted) / max(len(words), len(wanted)) if words else 0.0
