"""Annotated documents as windows of numbers, and batches of them.

A corpus is JSONL, packed or not, one document a line: {"text", "attributions": [{"source", "cue", "content"}], "discard"},
each a list of [start, end) character ranges. PolNeAR comes so; a corpus of your own may.
"""

from __future__ import annotations

import gzip
import json
import random
from bisect import bisect_left
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from onrecord.read.pieces import Vocabulary, Window, Words, paragraphs_of, windows, words_of

from .network import REACH, ROLES

LONGEST = 254  # word pieces in a window; with its two ends 256
NONE, SOURCE, CUE, CONTENT = range(len(ROLES))
# Words that are not the head of a cue where another can be: "has been [asked] to", "also [said]", "[according] to".
LIGHT = frozenset(Path(__file__).with_name("light_cues.txt").read_text(encoding="utf-8").split())
STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


@dataclass(slots=True)
class Example:
    """A window with its gold: a role for each word for each cue."""

    words: Words
    window: Window
    heads: list[int]  # words, counted from the window's start
    roles: list[list[int]]  # cues × words
    scored: list[bool]  # False for words under "discard"


def load(path: Path) -> list[dict[str, Any]]:
    """The documents of a corpus."""
    raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in raw.decode("utf-8").splitlines() if line.strip()]


def covered(words: Words, ranges: list[list[int]]) -> list[int]:
    """The words that character ranges touch."""
    ends = [span[1] for span in words.spans]
    out = []
    for start, end in ranges:
        i = bisect_left(ends, start + 1)
        while i < len(words.spans) and words.spans[i][0] < end:
            out.append(i)
            i += 1
    return out


def head_of(words: Words, cue: list[int]) -> int:
    """The word that stands for a cue: its first that is no auxiliary, adverb or particle."""
    for i in cue:
        text = words.texts[i].lower()
        if text not in LIGHT and not text.endswith("ly"):
            return i
    return cue[0]


def examples(document: dict[str, Any], vocabulary: Vocabulary, rng: random.Random | None = None) -> list[Example]:
    """The windows of a document. With a random source their length varies, so that the cuts fall elsewhere each epoch, and
    marks are now and then straight or gone, so that the network does not lean on curled ones."""
    text = document["text"]
    if rng is not None and rng.random() < 0.3:
        text = text.translate(STRAIGHT)
    if rng is not None and rng.random() < 0.05:
        text = "".join(" " if c in '“”"' else c for c in text)
    words = words_of(paragraphs_of(text))
    gold = []
    for attribution in document["attributions"]:
        roles = dict.fromkeys(covered(words, attribution["content"]), CONTENT)
        roles |= dict.fromkeys(covered(words, attribution["source"]), SOURCE)
        cue = covered(words, attribution["cue"])
        roles |= dict.fromkeys(cue, CUE)
        if cue:
            gold.append((head_of(words, cue), roles))
    dropped = set(covered(words, document.get("discard", [])))
    most = LONGEST if rng is None else rng.choice((LONGEST, LONGEST, LONGEST, 200, 150))
    out = []
    for window in windows(words, vocabulary, most):
        mine = [(head - window.low, roles) for head, roles in gold if window.low <= head < window.high]
        labels = [[roles.get(i, NONE) for i in range(window.low, window.high)] for _, roles in mine]
        scored = [i not in dropped for i in range(window.low, window.high)]
        if any(scored):
            out.append(Example(words, window, [head for head, _ in mine], labels, scored))
    return out


@dataclass(slots=True)
class Batch:
    """Windows as tensors. B windows, P pieces, W words, C cues."""

    ids: Tensor  # B×P; so are case, quote, starts and mask
    case: Tensor
    quote: Tensor
    starts: Tensor
    mask: Tensor
    first: Tensor  # B×W
    word_mask: Tensor  # B×W
    is_head: Tensor  # B×W
    tags: Tensor  # B×W×3: is the word in any source, cue, content?
    of: Tensor  # C, the window of each cue
    heads: Tensor  # C, its word
    roles: Tensor  # C×W, -100 where nothing is scored

    @property
    def distance(self) -> Tensor:
        """C×W: how far each word stands from the cue, as the network wants it."""
        places = torch.arange(self.roles.shape[1])[None, :] - self.heads[:, None]
        return places.clamp(-REACH, REACH) + REACH


def batch_of(chosen: list[Example]) -> Batch:
    """A batch; shorter windows are padded."""
    pieces = max(len(e.window.ids) for e in chosen)
    count = max(len(e.window.first) for e in chosen)
    cues = sum(len(e.heads) for e in chosen)
    grid = lambda *size: torch.zeros(size, dtype=torch.long)  # noqa: E731
    b = Batch(*(grid(len(chosen), pieces) for _ in range(4)), torch.zeros(len(chosen), pieces), grid(len(chosen), count),
              torch.zeros(len(chosen), count), torch.zeros(len(chosen), count), torch.zeros(len(chosen), count, 3),
              grid(cues), grid(cues), torch.full((cues, count), -100))  # fmt: skip
    row = 0
    for n, e in enumerate(chosen):
        low, size = e.window.low, len(e.window.ids)
        b.ids[n, :size] = torch.tensor(e.window.ids)
        b.mask[n, :size] = 1
        for name in ("case", "quote", "starts"):
            values = getattr(e.words, name)
            getattr(b, name)[n, :size] = torch.tensor([int(values[low + o]) if o >= 0 else 0 for o in e.window.owner])
        length = len(e.window.first)
        b.first[n, :length] = torch.tensor(e.window.first)
        b.word_mask[n, :length] = torch.tensor(e.scored, dtype=torch.float)
        for head, roles in zip(e.heads, e.roles, strict=True):
            b.of[row], b.heads[row] = n, head
            b.is_head[n, head] = 1
            b.roles[row, :length] = torch.tensor(roles)
            for role in (SOURCE, CUE, CONTENT):
                b.tags[n, :length, role - 1] = torch.maximum(b.tags[n, :length, role - 1], (torch.tensor(roles) == role).float())
            row += 1
    return b


def batches(documents: list[dict[str, Any]], vocabulary: Vocabulary, size: int, rng: random.Random) -> list[list[Example]]:
    """An epoch's batches: windows of like length together, in random order."""
    every = [e for d in documents for e in examples(d, vocabulary, rng)]
    every.sort(key=lambda e: len(e.window.ids) + rng.random() * 20)
    out = [every[i : i + size] for i in range(0, len(every), size)]
    rng.shuffle(out)
    return out
