"""Blocks of a page as numbers: what the trained body reader looks at. Training and reading share this file.

A page of S blocks becomes `numbers` (S × len(NUMBERS), float32) and `ids` (S × WIDTH, int64): six bags of hashed words, each
padded with 0: the block's own element, its parent, class names further above, all elements above, first words and last words.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
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
ENDS = ".!?…。！？"
COMMAS = re.compile("[,，、]")
DIGITS = re.compile("[0-9]")
QUOTES = re.compile(r"[\"“”„«»]")


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
    total = sum(len(b.text) for b in blocks) or 1
    wanted = frozenset(word.lower() for word in TOKEN.findall(title[:300]) if len(word) > 2)
    data = " ".join(data.split())
    alike: dict[tuple[str, str, str], list[int]] = {}
    for block in blocks:
        sums = alike.setdefault(_kind(block), [0, 0])
        sums[0] += len(block.text)
        sums[1] += 1
    above: dict[int, tuple[int, ...]] = {}
    seen: set[str] = set()
    numbers, ids = [], []
    position, since = 0, -1
    for order, block in enumerate(blocks):
        level = block.level
        like = _overlap(block.text, wanted)
        if level.tag == "h1" or (since < 0 and len(wanted) > 2 and like > 0.8):
            since = order
        sums = alike[_kind(block)]
        numbers.append(_numbers(block, order, len(blocks), position, total, sums, like, since, block.text in seen, data))
        seen.add(block.text)
        position += len(block.text)
        ids.append((*_place(level, above), *_edge(block.text[:80], 0), *_edge(block.text[-48:], 1)))
    return np.asarray(numbers, np.float32).reshape(-1, len(NUMBERS)), np.asarray(ids, np.int64).reshape(-1, WIDTH)


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


def _numbers(
    block: Block, order: int, count: int, position: int, total: int, alike: list[int], like: float, since: int,
    again: bool, data: str,
) -> list[float]:  # fmt: skip
    text, level = block.text, block.level
    size = len(text)
    words = text.split(" ")
    parent = level.up or level
    above = parent.up or parent
    return [
        math.log1p(size) / 5, math.log1p(len(words)) / 4, block.linked / size, block.strong / size,
        min(size / len(words), 20) / 10, min(len(COMMAS.findall(text)) / len(words), 1.0),
        float(text[-1] in ENDS or text[-2:-1] in ENDS), sum(map(str.isupper, [word[:1] for word in words])) / len(words),
        len(DIGITS.findall(text)) / size, float(QUOTES.search(text) is not None),
        order / count, position / total, min(level.depth, 30) / 30,
        math.log1p(parent.characters) / 8, math.log1p(above.characters) / 8, math.log1p(alike[0]) / 8, math.log1p(alike[1]) / 4,
        like, float(again), -1.0 if since < 0 else math.log1p(order - since) / 4,
        0.0 if not data else 1.0 if text[:60] in data else -1.0,
        parent.characters / total, parent.linked / max(parent.characters, 1), float(level.hidden), min(block.breaks, 5) / 5,
        math.log1p(parent.blocks) / 4,
    ]  # fmt: skip
