"""Flattened and otherwise scraped texts as examples for the reader of stretches."""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from onrecord.restore.blocks import blocks
from onrecord.restore.markup import tree_of
from onrecord.restore.stretches import stretches

from . import flatten
from .labels import WORD, marked

DATE_LINE = re.compile(r"\A\w+day, \w+ \d+, \d{4}\s*\n\s*")  # with which some of the clean texts begin
AUTHORS = ("Teo Brandal", "Ina Kors", "Jory Almet and Dessa Tarn", "Staff Reporter", "Mara E. Venn, Wire Service")
DAYS = (
    "May 19, 2031",
    "Published: 3 June 2019 10:24",
    "Tuesday, 4 March 2025",
    "2020-11-02",
    "Nov 5, 2021, 8:15 pm",
    "Updated 12 hours ago",
)
MOST = 60_000  # characters of a text, for training


@dataclass
class Flat:
    """A text: the traits of its stretches, and of each the share of its characters that are the article's (NaN: unknown)."""

    id: str
    host: str
    set: str
    kind: str
    numbers: NDArray[np.float16]
    ids: NDArray[np.int16]
    label: NDArray[np.float16]
    words: NDArray[np.float16]
    weight: float


def flat(row: dict[str, Any], kind: str, text: str, body: str, unsure: str, weight: float) -> Flat | None:
    """An example; None where too little of the body stands in the text."""
    text = text[:MOST]
    found = stretches(text)
    if len(found.starts) < 2:
        return None
    label, words = labelled(text, body, found.starts)
    if (label * words).sum() < 20 and kind != "none":
        return None
    if unsure:
        doubt, _ = labelled(text, unsure, found.starts)
        label[(doubt > 0.5) & (label < 0.5)] = np.nan
    return Flat(row["id"], row["host"], row["set"], kind, found.numbers.astype(np.float16), found.ids.astype(np.int16),
                label.astype(np.float16), words.astype(np.float16), weight)  # fmt: skip


def labelled(text: str, body: str, starts: NDArray[np.int64]) -> tuple[NDArray[Any], NDArray[Any]]:
    """The share of each stretch's words that are the body's, and how many words it has. A word or two between words of the
    body is the body's too (two words that were glued match neither)."""
    found = list(WORD.finditer(text))
    hits = marked([m[0] for m in found], WORD.findall(body))
    for i in range(1, len(hits) - 1):
        hits[i] = hits[i] or (hits[i - 1] and (hits[i + 1] or (i + 2 < len(hits) and hits[i + 2])))
    at = np.searchsorted(starts, np.array([m.start() for m in found], np.int64), side="right") - 1
    words = np.bincount(at, minlength=len(starts)).astype(np.float32)
    share = np.bincount(at, np.array(hits, np.float32), minlength=len(starts)) / np.maximum(words, 1)
    # A mark without words goes with what is around it.
    for i in np.flatnonzero(words == 0):
        share[i] = min(share[i - 1] if i else 0, share[i + 1] if i + 1 < len(share) else 0)
    return share, words


def of_page(row: dict[str, Any], body: str, weight: float) -> Iterator[Flat]:
    """A page in each of the kinds that scrapers make of it, and cut down to what stands around its body."""
    rng = random.Random(zlib.crc32(row["id"].encode()))
    tree = tree_of(row["html"])
    nodes = flatten.visible(tree)
    found = blocks(tree)[0]
    kinds = {"lines": flatten.lines(nodes), "content": flatten.content(nodes), "oneline": flatten.one_line(nodes),
             "blocks": flatten.as_blocks(found, rng)}  # fmt: skip
    low, high = rng.choice([0, 0, 5, 20]), rng.choice([0, 2, 10, 40])
    inside = [i for i, b in enumerate(found) if len(b.text) > 60 and b.text[:60] in body]
    if inside:
        cut = found[max(0, inside[0] - low) : inside[-1] + 1 + high]
        kinds["cut"] = rng.choice(["\n", "\n\n", " "]).join(b.text for b in cut)
    left = rng.choice([0, 1, 1, 2, None, None, None, None])
    prose = [i for i in inside if len(found[i].text) > 80]
    if left is not None and len(prose) > 3:  # an item of a paragraph or two, or a page without an article
        kept = set(prose[:left])
        part = [b for i, b in enumerate(found) if i in kept or b.text[:60] not in body]
        kinds["short" if left else "none"] = rng.choice(["\n", "\n\n", " "]).join(b.text for b in part)
    for kind, text in kinds.items():
        short = "\n".join(found[i].text for i in prose[: left or 0])
        example = flat(row, kind, text, short if kind in ("short", "none") else body, row.get("unsure") or "", weight)
        if example is not None:
            yield example


def of_clean(row: dict[str, Any], chrome: list[str]) -> Iterator[Flat]:
    """A clean article (a text that is nothing but its body) as it is, and with menus of other pages around it."""
    rng = random.Random(zlib.crc32(row["id"].encode()))
    text = re.sub(r"[ \t]+", " ", row["text"]).strip()
    if rng.random() < 0.5:
        text = DATE_LINE.sub("", text)
    above, below = rng.choice(chrome), rng.choice(chrome)
    gap = rng.choice(["\n", "\n\n", " "])
    trailer = rng.choice(["", "", f"The post {text.split(chr(10))[0][:70]} first appeared on {rng.choice(chrome)[:20]}."])
    piece = re.split(r"(?<=[.!?”\"])\s", text)
    several = " ".join(piece[: rng.randint(1, 4)])
    kinds = {
        "clean": text, "one line": " ".join(text.split()), "below": text + trailer + gap + below,
        "around": above + gap + text + gap + below, "several": several,
    }  # fmt: skip
    if row.get("title"):
        head = [
            row["title"],
            *rng.choice([[], ["By " + rng.choice(AUTHORS)], [rng.choice(AUTHORS), rng.choice(DAYS)], [rng.choice(DAYS)]]),
        ]
        kinds["titled"] = "\n".join([*head, several if rng.random() < 0.4 else text])
        kinds["titled, around"] = gap.join([above, *head, text, below])
    for kind, whole in kinds.items():
        example = flat(row, kind, whole, several if kind == "several" else DATE_LINE.sub("", text), "", 1.0)
        if example is not None:
            yield example
