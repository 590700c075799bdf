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
from ..text import ABBREVIATION

Floats = NDArray[np.float64]
TOKEN = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|\d+(?:[.,:]\d+)*|[^\W\d_]+|[“”«»„\"]")
END = re.compile(r"[.!?…][\"'”’»)]*(?:\s+|$)|[。！？][\"'”’»)]*\s*|\n\s*")
MARKS, OPEN, EITHER = frozenset('“«„”»"'), frozenset("“«„"), '"'
NAME, WORD, SMALL = 2.0, 1.0, 0.15  # what a name or number, a word, and a word of up to three letters weigh
SAME = 0.5  # Dice of weights from which on two sentences are one reworded
WITHIN = 0.65  # … or this share of the shorter one in the longer, where sentences were joined or parted
LEAST = 8.0  # weight of a sentence that can be looked for by that share
EQUAL = 0.9  # … from which on they are the same sentence
HAIR = 1e-9  # sums in another order are the same sums
AT_ONCE = 2_000_000  # words of one text met in the other that are looked at together
LONGEST = 400  # sentences of a text that are compared


# Kinds of tokens, and what a word or small word weighs that is no name: a token's number is its word's hash << 8 | kind.
SMALL_WORD, LONG_WORD, CAPITAL, CAPITAL_SMALL, NUMBER, OPENING, CLOSING, STRAIGHT = range(8)
PLAIN = np.array([SMALL, WORD, WORD, SMALL, NAME])
NAMED = np.array([SMALL, WORD, NAME, NAME, NAME])


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence of one text and the one of the other that carries it; `score` is 1 for the same words."""

    a: Span
    b: Span
    score: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """How much of each text stands in the other (shares of its weight), how much of that in the same words, and how many
    sentences of the first stand in the second."""

    coverage_a: float
    coverage_b: float
    verbatim: float
    sentences: int


class Text:
    """A text made ready for comparing. `spans` are its sentences."""

    def __init__(self, text: str) -> None:
        self.spans: list[Span] = list(sentences(text))[:LONGEST]
        parts = [b"".join(map(_chunk, text[start:end].split())) for start, end in self.spans]
        tokens = np.frombuffer(b"".join(parts), "<u8")
        rows = np.repeat(np.arange(len(parts)), [len(part) // 8 for part in parts])
        kinds = (tokens & np.uint64(255)).astype(np.int64)
        is_word = kinds < OPENING
        opens, inside = _marked(kinds, is_word)
        rows, kinds, words = rows[is_word], kinds[is_word], tokens[is_word] >> np.uint64(8)
        opens |= np.diff(rows, prepend=-1) != 0  # a capital after an opening mark or at the start of a sentence says nothing
        weights = np.where(opens, PLAIN[kinds], NAMED[kinds])
        count = len(self.spans)
        self.prose = _sums(rows[~inside], weights[~inside], count)  # each sentence's weight outside quotation marks
        keys = words << np.uint64(16) | rows.astype(np.uint64)
        order = np.argsort(keys, kind="stable")
        keys, weights = keys[order], weights[order]
        first = np.flatnonzero(np.diff(keys, prepend=keys[:1] + np.uint64(1)))
        weights = np.maximum.reduceat(weights, first) if len(first) else weights
        # an entry for each word of each sentence, by words
        self.words, self.rows = keys[first] >> np.uint64(16), (keys[first] & np.uint64(65535)).astype(np.int64)
        self.roots: Floats = np.sqrt(weights)
        self.sizes = _sums(self.rows, weights, count)


def _marked(kinds: NDArray[np.int64], is_word: NDArray[np.bool_]) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Of each word: does it follow a mark that opens a quotation, and does it stand inside one?"""
    before = np.cumsum(is_word)
    count = int(before[-1]) if len(before) else 0
    opens, turns, inside = np.zeros(count + 1, bool), np.zeros(count + 1, np.int64), False
    for at in np.flatnonzero(~is_word).tolist():
        was, inside = inside, kinds[at] == OPENING or (kinds[at] == STRAIGHT and not inside)
        opens[before[at]] |= inside
        turns[before[at]] += int(inside) - int(was)
    return opens[:-1], np.cumsum(turns)[:-1] > 0


@lru_cache(maxsize=200_000)
def _chunk(chunk: str) -> bytes:
    """The tokens of what stands between two spaces, as numbers of eight bytes."""
    numbers = (zlib.crc32(token.lower().encode()) << 8 | _kind(token) for token in TOKEN.findall(chunk))
    return b"".join(number.to_bytes(8, "little") for number in numbers)


def _kind(token: str) -> int:
    if token in MARKS:
        return OPENING if token in OPEN else STRAIGHT if token == EITHER else CLOSING
    if token[0].isdigit():
        return NUMBER
    small = len(token) < 4 and token.isascii()
    return (CAPITAL_SMALL if small else CAPITAL) if token.lower() != token else SMALL_WORD if small else LONG_WORD


def sentences(text: str) -> list[Span]:
    """The sentences of a text; a line break ends one."""
    out, start = [], 0
    for match in END.finditer(text):
        at, end = match.span()
        if text[at] != "." or "\n" in match[0] or not ABBREVIATION.search(text, max(start, at - 11), at + 1):
            out.append((start, end))
            start = end
    out.append((start, len(text)))
    return [(s, e) for s, e in out if not text[s:e].isspace() and s < e]


def align(a: Text, b: Text) -> Alignment:
    """Lays two texts side by side."""
    dice, score = _scores(a, b)
    in_b, in_a = (score > 0).any(1), (score > 0).any(0)
    covered_a, covered_b = a.prose[in_b].sum(), b.prose[in_a].sum()
    equal = dice >= EQUAL - HAIR
    same = a.prose[equal.any(1)].sum() + b.prose[equal.any(0)].sum()
    return Alignment(
        float(covered_a / max(a.prose.sum(), 1e-9)), float(covered_b / max(b.prose.sum(), 1e-9)),
        float(same / max(covered_a + covered_b, 1e-9)), int(in_b.sum()),
    )  # fmt: skip


def passages(a: Text, b: Text) -> list[Passage]:
    """The sentences of one text that stand in another, each with the one that carries it."""
    dice, score = _scores(a, b)
    best = score.argmax(1) if score.size else np.zeros(len(score), np.int64)
    return [Passage(a.spans[i], b.spans[j], round(min(float(dice[i, j]), 1), 3)) for i, j in enumerate(best.tolist())
            if score.size and score[i, j] > 0]  # fmt: skip


def _scores(a: Text, b: Text) -> tuple[Floats, Floats]:
    """Sentences of one text by those of the other: how much they share, by Dice; and how sure it is that they meet, 0 where
    they do not. Of what both have, each word counts as the geometric mean of what it weighs in both."""
    shared = _shared(a, b).reshape(len(a.spans), len(b.spans))
    dice = shared * 2 / np.maximum(a.sizes[:, None] + b.sizes, 1e-9)
    shorter = np.minimum(a.sizes[:, None], b.sizes)
    within = np.where(shorter >= LEAST, shared / np.maximum(shorter, 1e-9), 0)
    met = (dice >= SAME - HAIR) | (within >= WITHIN - HAIR)
    return dice, np.where(met, np.maximum(dice, within * 0.99), 0)


def _shared(a: Text, b: Text) -> Floats:
    """For each two sentences, the weight of the words that both have; words that few have cost little."""
    low, high = np.searchsorted(b.words, a.words, "left"), np.searchsorted(b.words, a.words, "right")
    each = high - low
    out = np.zeros(len(a.spans) * len(b.spans))
    ends = np.cumsum(each)
    cuts = np.searchsorted(ends, np.arange(0, ends[-1:].sum() + AT_ONCE, AT_ONCE)).tolist()
    for start, end in zip(cuts, [*cuts[1:], len(each)], strict=True):
        count = each[start:end]
        mine = np.repeat(np.arange(start, end), count)
        theirs = np.arange(len(mine)) + np.repeat(low[start:end] - np.cumsum(count) + count, count)
        out += _sums(a.rows[mine] * len(b.spans) + b.rows[theirs], a.roots[mine] * b.roots[theirs], len(out))
    return out


def _sums(places: NDArray[np.int64], weights: Floats, count: int) -> Floats:
    """The weights at each place."""
    return np.bincount(places, weights, count).astype(np.float64, copy=False)


def changes(a: str, b: str) -> list[tuple[str, str, str]]:
    """Two sentences word by word: ("same" or "changed", words of a, words of b); an empty side is words left out or put in."""
    left, right = re.findall(r"\S+", a), re.findall(r"\S+", b)
    out = []
    for what, i, j, k, m in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        out.append(("same" if what == "equal" else "changed", " ".join(left[i:j]), " ".join(right[k:m])))
    return out
