"""A flattened text as stretches, the least pieces that are wholly article or not, each as numbers for the trained reader.

Stretches end at line ends, after marks, and before words that begin large: wherever a scraper may have glued two things together.
All of it is arithmetic on arrays of characters, since a page of 9,000 characters is to take about a millisecond.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

HASHED = 8_192
BAGS = (("first", 6), ("last", 4), ("next", 3))
WIDTH = sum(size for _, size in BAGS)
SPACE, NEWLINE, LOWER, UPPER, DIGIT, STOP, COMMA, QUOTE, OTHER, WIDE = range(10)
NUMBERS = (
    "characters", "words", "word length", "lower", "upper", "digits", "stops", "commas", "quotes", "others", "wide",
    "line before", "blank before", "line after", "blank after", "stop before", "mark before", "glued before", "starts large",
    "ends stop", "place", "line length", "line place", "seen before",
)  # fmt: skip
LONGEST_WORD = 24  # characters that a word is told by
Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]


@cache
def _tables() -> tuple[Bytes, NDArray[np.uint32]]:
    """For each character of the first plane, its class and its lower-case form."""
    kinds = np.full(65_536, OTHER, np.uint8)
    small = np.arange(65_536, dtype=np.uint32)
    for code in range(65_536):
        char = chr(code)
        category = unicodedata.category(char)
        if char == "\n":
            kinds[code] = NEWLINE
        elif char.isspace() or category in ("Zs", "Cc", "Cf"):
            kinds[code] = SPACE
        elif category in ("Lu", "Lt"):
            kinds[code], small[code] = UPPER, ord(char.lower()[0])
        elif category[0] in "LM":
            kinds[code] = WIDE if code >= 0x2E80 and not 0xFB00 <= code < 0xFE70 else LOWER
        elif category[0] == "N":
            kinds[code], small[code] = DIGIT, ord("0")
        elif char in ".!?…。！？":
            kinds[code] = STOP
        elif char in ",;:、，":
            kinds[code] = COMMA
        elif char in "\"“”„«»'‘’":
            kinds[code] = QUOTE
    return kinds, small


@dataclass(slots=True)
class Stretches:
    """Where the stretches of a text begin and end, and what the reader looks at: numbers S×F and hashed words S×WIDTH."""

    starts: Ints
    ends: Ints
    numbers: NDArray[np.float32]
    ids: Ints

    def column(self, name: str) -> NDArray[np.float32]:
        """One of the numbers, for every stretch."""
        found: NDArray[np.float32] = self.numbers[:, NUMBERS.index(name)]
        return found


def stretches(text: str) -> Stretches:
    """The stretches of a text that holds more than white space."""
    kinds_of, small_of = _tables()
    codes = np.minimum(np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32), 65_535)
    kinds = kinds_of[codes]
    before = np.concatenate(([NEWLINE], kinds[:-1])).astype(np.uint8)
    solid = kinds > NEWLINE
    first = np.flatnonzero(solid)
    if not len(first):
        return Stretches(*(np.zeros(0, np.int64),) * 2, np.zeros((0, len(NUMBERS)), np.float32), np.zeros((0, WIDTH), np.int64))
    cuts = _cuts(kinds, before, solid)
    starts = np.flatnonzero(cuts)
    last_solid = np.maximum.accumulate(np.where(solid, np.arange(len(kinds)), -1))
    ends = last_solid[np.append(starts[1:], len(kinds)) - 1] + 1
    word_starts, hashes = _words(kinds, before, codes, small_of, cuts)
    return Stretches(starts, ends, _numbers(kinds, starts, ends, word_starts, hashes), _ids(starts, word_starts, hashes))


def _cuts(kinds: Bytes, before: Bytes, solid: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Is a character the first of a stretch?"""
    space = before <= NEWLINE
    index = np.arange(len(kinds))
    solid_before = np.concatenate(([-1], np.maximum.accumulate(np.where(solid, index, -1))[:-1]))
    left = np.where(solid_before >= 0, kinds[solid_before], NEWLINE)
    line = np.cumsum(kinds == NEWLINE)
    new_line = np.where(solid_before >= 0, line != line[solid_before], True)
    large = (kinds == UPPER) | (kinds == DIGIT) | (kinds == OTHER) | (kinds == QUOTE)
    after_mark = (left == STOP) | (left == COMMA) | (left == OTHER) | (left == QUOTE)
    glued = (kinds == UPPER) & ((before == LOWER) | (before == STOP) | (before == QUOTE))
    wide = (before == STOP) & (kinds == WIDE)
    cuts: NDArray[np.bool_] = solid & (new_line | (space & (large | after_mark)) | glued | wide)
    cuts[np.flatnonzero(solid)[0]] = True
    return cuts


def _words(kinds: Bytes, before: Bytes, codes: NDArray[np.uint32], small_of: NDArray[np.uint32], cuts: NDArray[np.bool_]
           ) -> tuple[Ints, Ints]:  # fmt: skip
    """Where words and marks begin, and each one's place in the table of hashed words."""
    letters = ((kinds >= LOWER) & (kinds <= DIGIT)) | (kinds == WIDE)
    in_word = ((before >= LOWER) & (before <= DIGIT)) | (before == WIDE)
    begins = (kinds > NEWLINE) & (~letters | ~in_word | cuts)
    starts = np.flatnonzero(begins)
    offset = np.arange(len(kinds)) - starts[np.maximum(np.cumsum(begins) - 1, 0)]
    rng = np.random.default_rng(7)
    factors = rng.integers(1, 2**63, LONGEST_WORD + 1, dtype=np.uint64) | np.uint64(1)
    factors[LONGEST_WORD] = 0
    values = small_of[codes].astype(np.uint64) * factors[np.minimum(offset, LONGEST_WORD)]
    values[kinds <= NEWLINE] = 0
    sums = np.add.reduceat(values, starts)
    return starts, ((sums * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(33)).astype(np.int64) % (HASHED - 1) + 1


def _ids(starts: Ints, word_starts: Ints, hashes: Ints) -> Ints:
    """The first and last words of each stretch and the first of the next, hashed, padded with 0."""
    low = np.searchsorted(word_starts, starts)
    high = np.append(low[1:], len(word_starts))
    padded = np.append(hashes, 0)
    parts = []
    for size, reach in ((BAGS[0][1], low), (BAGS[2][1], high)):
        where = reach[:, None] + np.arange(size)
        limit = high if reach is low else np.append(high[1:], len(word_starts))
        parts.append(padded[np.where(where < limit[:, None], where, len(hashes))])
    where = high[:, None] - 1 - np.arange(BAGS[1][1])
    last = padded[np.where(where >= low[:, None], where, len(hashes))]
    return np.concatenate((parts[0], last, parts[1]), 1)


def _numbers(kinds: Bytes, starts: Ints, ends: Ints, word_starts: Ints, hashes: Ints
             ) -> NDArray[np.float32]:  # fmt: skip
    total = len(kinds)
    size = (ends - starts).astype(np.float32)
    of = np.repeat(np.arange(len(starts)) * (WIDE + 1), np.diff(np.append(starts, total)))
    table = np.bincount(of + kinds[starts[0] :], minlength=len(starts) * (WIDE + 1)).astype(np.float32)
    counts = table.reshape(len(starts), WIDE + 1).T
    low = np.searchsorted(word_starts, starts)
    words = (np.append(low[1:], len(word_starts)) - low).astype(np.float32)
    gap_lines = counts[NEWLINE]  # newlines between a stretch and the next one
    before_lines = np.append([2.0], gap_lines[:-1]).astype(np.float32)
    after_lines = gap_lines.copy()
    after_lines[-1] = 2
    last_kind = kinds[ends - 1]
    left = np.append([NEWLINE], last_kind[:-1])
    glued = np.append([0.0], (starts[1:] == ends[:-1]).astype(np.float32))
    line = np.cumsum(before_lines > 0) - 1
    line_words = np.bincount(line, words)
    line_first = np.flatnonzero(before_lines > 0)
    place = np.arange(len(starts)) - line_first[line]
    sums = np.add.reduceat(hashes.astype(np.float64) ** 1.5, low)
    _, first_seen, back = np.unique(sums, return_index=True, return_inverse=True)
    again = first_seen[back] < np.arange(len(starts))
    columns = [
        np.log1p(size) / 4, np.log1p(words) / 3, np.minimum(size / np.maximum(words, 1), 20) / 10,
        counts[LOWER] / size, counts[UPPER] / size, counts[DIGIT] / size, counts[STOP] / size, counts[COMMA] / size,
        counts[QUOTE] / size, counts[OTHER] / size, counts[WIDE] / size,
        before_lines > 0, before_lines > 1, after_lines > 0, after_lines > 1,
        left == STOP, (left == OTHER) | (left == COMMA) | (left == QUOTE), glued, kinds[starts] == UPPER, last_kind == STOP,
        starts / total, np.log1p(line_words[line]) / 5, np.log1p(place) / 4, again,
    ]  # fmt: skip
    return np.stack([np.asarray(c, np.float32) for c in columns], 1)
