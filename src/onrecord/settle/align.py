"""Two texts laid side by side, sentence by sentence: what of each stands in the other, in the same words or in others.

Sentences meet by the words they share, names and numbers counting double: what a reworded sentence keeps. Words inside quotation
marks find passages too, but are no sign that one text was made from the other: two reporters at one briefing write down the same.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from ..records import Span
from ..text import ends_sentence, lines

Floats = NDArray[np.float64]
TOKEN = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|\d+(?:[.,:]\d+)*|[^\W\d_]+|[“”«»„\"]")
END = re.compile(r"[.!?…。！？][\"'”’»)]*(?:\s+|$)|(?<=[。！？])")
MARKS, OPEN, EITHER = frozenset('“«„”»"'), frozenset("“«„"), '"'
NAME, WORD, SMALL = 2.0, 1.0, 0.15  # what a name or number, a word, and a word of up to three letters weigh
SAME = 0.5  # Dice of weights from which on two sentences are one reworded
WITHIN = 0.65  # … or this share of the shorter one in the longer, where sentences were joined or parted
LEAST = 8.0  # weight of a sentence that can be looked for by that share
EQUAL = 0.9  # … from which on they are the same sentence
LONGEST = 400  # sentences of a text that are compared


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of one text and the one of the other that carries it; `score` is 1 for the same words."""

    a: Span
    b: Span
    score: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """How much of each text stands in the other (shares of its weight), how much of that in the same words, and where."""

    coverage_a: float
    coverage_b: float
    verbatim: float
    passages: tuple[Passage, ...]


class Text:
    """A text made ready for comparing. `spans` are its sentences."""

    def __init__(self, text: str) -> None:
        self.spans: list[Span] = list(sentences(text))[:LONGEST]
        rows: list[int] = []
        words: list[int] = []
        weights: list[float] = []
        prose = [0.0] * len(self.spans)
        inside = False
        for row, (start, end) in enumerate(self.spans):
            found: dict[str, float] = {}
            opens = True
            for token in TOKEN.findall(text, start, end):
                if token in MARKS:
                    inside = token in OPEN or (token == EITHER and not inside)
                    opens = opens or inside
                    continue
                low = token.lower()
                weight = NAME if token[0].isdigit() or (low != token and not opens) else _plain(low)
                if not inside:
                    prose[row] += weight
                if weight > found.get(low, 0):
                    found[low] = weight
                opens = False
            rows += [row] * len(found)
            words += map(_number, found)
            weights += found.values()
        self.rows, self.words = np.array(rows, np.int64), np.array(words, np.uint32)  # an entry for each word of each sentence
        self.weights: Floats = np.array(weights, np.float64)
        self.sizes: Floats = np.bincount(self.rows, self.weights, len(self.spans)).astype(float)
        self.known = np.unique(self.words)
        self.prose: Floats = np.array(prose)  # each sentence's weight outside quotation marks

    def matrix(self, columns: NDArray[np.uint32]) -> Floats:
        """Sentences by the given words (ascending): roots of weights, so that of two matrices' product each word counts as the
        mean of what it weighs in both."""
        at = np.minimum(np.searchsorted(columns, self.words), len(columns) - 1)
        kept = columns[at] == self.words
        out = np.zeros((len(self.spans), len(columns)))
        out[self.rows[kept], at[kept]] = np.sqrt(self.weights[kept])
        return out


@lru_cache(maxsize=200_000)
def _number(word: str) -> int:
    return zlib.crc32(word.encode())


@lru_cache(maxsize=200_000)
def _plain(word: str) -> float:
    """What a word weighs that is no name."""
    return SMALL if len(word) < 4 and word.isascii() else WORD


def sentences(text: str) -> list[Span]:
    """The sentences of a text; a line break ends one."""
    out = []
    for low, high in lines(text):
        start = low
        for match in END.finditer(text, low, high):
            if ends_sentence(text[max(low, match.start() - 12) : match.end()]) or match[0] in "。！？":
                out.append((start, match.end()))
                start = match.end()
        if start < high:
            out.append((start, high))
    return [(s, e) for s, e in out if text[s:e].strip()]


def align(a: Text, b: Text) -> Alignment:
    """Lays two texts side by side."""
    columns = np.intersect1d(a.known, b.known, assume_unique=True)
    if not len(columns):
        return Alignment(0, 0, 0, ())
    shared = a.matrix(columns) @ b.matrix(columns).T
    size_a, size_b = a.sizes, b.sizes
    dice = 2 * shared / np.maximum(size_a[:, None] + size_b[None, :], 1e-9)
    shorter = np.minimum(size_a[:, None], size_b[None, :])
    within = np.where(shorter >= LEAST, shared / np.maximum(shorter, 1e-9), 0)
    met = (dice >= SAME) | (within >= WITHIN)
    score = np.where(met, np.maximum(dice, within * 0.99), 0)
    best_b = score.argmax(1)
    passages = tuple(
        Passage(a.spans[i], b.spans[int(best_b[i])], round(float(min(dice[i, best_b[i]], 1)), 3))
        for i in range(len(a.spans)) if met[i, best_b[i]]
    )  # fmt: skip
    prose_a, prose_b = a.prose, b.prose
    covered_a, covered_b = prose_a[met.any(1)].sum(), prose_b[met.any(0)].sum()
    same = prose_a[(dice >= EQUAL).any(1)].sum() + prose_b[(dice >= EQUAL).any(0)].sum()
    return Alignment(
        float(covered_a / max(prose_a.sum(), 1e-9)), float(covered_b / max(prose_b.sum(), 1e-9)),
        float(same / max(covered_a + covered_b, 1e-9)), passages,
    )  # fmt: skip


def changes(a: str, b: str) -> list[tuple[str, str, str]]:
    """Two sentences word by word: ("same" or "changed", words of a, words of b); an empty side is words left out or put in."""
    left, right = re.findall(r"\S+", a), re.findall(r"\S+", b)
    out = []
    for what, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        out.append(("same" if what == "equal" else "changed", " ".join(left[i:j]), " ".join(right[k:m])))
    return out
