"""Text as the encoder sees it: words, their word pieces, and windows of whole paragraphs. Training and reading share this file.

The vocabulary is that of BERT (uncased). What lower case loses goes along as features: capitals, where a word stands to
quotation marks, and the starts of paragraphs.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..records import Span

Floats = NDArray[np.float32]

WORD = re.compile(r"\w+|[^\w\s]")
PIECES = 160  # the longest window, in word pieces: shorter than in training, which sharpens edges (bench/attribution_model.py)
LONGEST = 60  # characters; a longer word is unknown
UNKNOWN, START, END = "[UNK]", "[CLS]", "[SEP]"
OPEN, CLOSE, EITHER = "“«„", "”»", '"'
ALIKE = str.maketrans({"“": '"', "”": '"', "«": '"', "»": '"', "„": '"', "’": "'", "‘": "'", "`": "'"})
OUTSIDE, OPENS, WITHIN, CLOSES = range(4)  # where a word stands to double quotation marks
PLAIN, CAPITAL, CAPITALS = range(3)
STOPS = frozenset(".!?;")


@dataclass(slots=True)
class Words:
    """The words of a text, one number a word in each list."""

    spans: list[Span] = field(default_factory=list)  # characters
    texts: list[str] = field(default_factory=list)
    case: list[int] = field(default_factory=list)
    quote: list[int] = field(default_factory=list)
    starts: list[bool] = field(default_factory=list)  # is it the first of its paragraph?

    def extend(self, more: Words) -> None:
        """Put more words after these."""
        for name in ("spans", "texts", "case", "quote", "starts"):
            getattr(self, name).extend(getattr(more, name))


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of words that the encoder sees at once: words `low` up to `high`, with their pieces."""

    low: int
    high: int
    ids: list[int]  # of all pieces, the two ends included
    owner: list[int]  # the word that a piece belongs to, counted from `low`; -1 for the two ends
    first: list[int]  # where each word's first piece stands in `ids`


class Vocabulary:
    """Word pieces by greedy longest match (Devlin et al. 2019), remembered word by word."""

    def __init__(self, path: Path) -> None:
        pieces = path.read_text(encoding="utf-8").split("\n")
        self.ids = {piece: i for i, piece in enumerate(pieces) if piece}
        self.start, self.end, self.unknown = self.ids[START], self.ids[END], self.ids[UNKNOWN]
        self.pieces = lru_cache(maxsize=100_000)(self._pieces)

    def _pieces(self, word: str) -> tuple[int, ...]:
        plain = unicodedata.normalize("NFD", word.translate(ALIKE).lower())
        plain = "".join(c for c in plain if unicodedata.category(c) != "Mn")
        if len(plain) > LONGEST or not plain:
            return (self.unknown,)
        out, low = [], 0
        while low < len(plain):
            for high in range(len(plain), low, -1):
                found = self.ids.get(("##" if low else "") + plain[low:high])
                if found is not None:
                    break
            else:
                return (self.unknown,)
            out.append(found)
            low = high
        return tuple(out)


class Embeddings:
    """The tables from which the pieces of a window become what an encoder takes."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as tables:
            self.tables = {name: tables[name] for name in tables.files}

    def of(self, words: Words, window: Window) -> Floats:
        """The pieces of a window (P×D): of their own, of their places, and of marks and capitals."""
        ids, owner, t = np.array(window.ids), np.array(window.owner), self.tables
        place = np.maximum(owner, 0) + window.low
        real = (owner >= 0)[:, None]
        embedded = t["pieces"][ids].astype(np.float32) * t["scale"][ids].astype(np.float32) + t["positions"][: len(ids)]
        for name in ("case", "quote", "starts"):
            values = np.array(getattr(words, name), dtype=np.int64)[place]
            embedded += np.where(real, t[name][values], t[name][0])
        return np.asarray(embedded, np.float32)


def paragraphs_of(text: str) -> list[tuple[int, str]]:
    """The lines of a plain text that hold something, with their offsets: what `words_of` takes."""
    out, offset = [], 0
    for line in text.split("\n"):
        if line.strip():
            out.append((offset, line))
        offset += len(line) + 1
    return out


def words_of(paragraphs: list[tuple[int, str]]) -> Words:
    """The words of paragraphs, each given with its offset in the text."""
    out = Words()
    for offset, text in paragraphs:
        inside = False
        for number, found in enumerate(WORD.finditer(text)):
            word = found.group()
            out.spans.append((offset + found.start(), offset + found.end()))
            out.texts.append(word)
            out.case.append(PLAIN if word[0] == word[0].lower() else CAPITALS if len(word) > 1 and word.isupper() else CAPITAL)
            out.starts.append(number == 0)
            if word in OPEN or (word in EITHER and not inside):
                out.quote.append(OPENS)
                inside = True
            elif word in CLOSE or word in EITHER:
                out.quote.append(CLOSES)
                inside = False
            else:
                out.quote.append(WITHIN if inside else OUTSIDE)
    return out


def windows(words: Words, vocabulary: Vocabulary, most: int = PIECES) -> Iterator[Window]:
    """Windows of whole paragraphs, as many as fit; a paragraph that is longer is cut after a sentence, or where it must be."""
    pieces = [vocabulary.pieces(text) for text in words.texts]
    low = 0
    while low < len(pieces):
        size, high, paragraph, sentence = 0, low, low, low
        while high < len(pieces) and size + len(pieces[high]) <= most:
            size += len(pieces[high])
            high += 1
            if high < len(pieces) and words.starts[high]:
                paragraph = high
            elif words.texts[high - 1] in STOPS and (high == len(pieces) or words.quote[high] != CLOSES):
                sentence = high
        if high < len(pieces):
            high = paragraph if paragraph > low else sentence if sentence > low else max(high, low + 1)
        yield _window(pieces, low, high, vocabulary)
        low = high


def _window(pieces: list[tuple[int, ...]], low: int, high: int, vocabulary: Vocabulary) -> Window:
    ids, owner, first = [vocabulary.start], [-1], []
    for number in range(low, high):
        first.append(len(ids))
        ids += pieces[number]
        owner += [number - low] * len(pieces[number])
    return Window(low, high, [*ids, vocabulary.end], [*owner, -1], first)
