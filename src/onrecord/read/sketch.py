"""A small fingerprint of an article, by which copies find each other, reworded ones too, and stories their articles.

`exact` is equal where the words are. `shingles` is a MinHash of three words in a row: what light editing leaves. `anchors` is
one of pairs of names and numbers that stand near each other in a sentence, in either order: what a spinner leaves standing,
whatever it does to the words between, and in any language that writes names with capitals or numbers in figures. `topic` is
the words that tell the article from others, with their weights: what reports of one happening have in common.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from ..records import Article, Sketch
from ..tables import rows

Hashes = NDArray[np.uint64]
Floats = NDArray[np.float32]

# Words and numbers; a character of a script without spaces between words is a word; and the ends of sentences.
TOKEN = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]|\d+(?:[.,:]\d+)*|[^\W\d_]+|[.!?\n。！？]")
STOPS = frozenset(".!?\n。！？")
ENDING = re.compile(r"(?<=\w{3})(?:s|ed|ing)$")
SHINGLES, ANCHORS = 48, 126  # hashes in each MinHash
TERMS = 64  # words in a topic
LEAD = 100  # words at the start, title included, which tell most …
LATER = 0.35  # … and what those after them count
AS_NAME = 1.3  # what a name counts
REACH = 2  # an anchor is paired with as many after it in its sentence
MIX = np.uint64(0x9E3779B97F4A7C15)
SHIFT = np.uint64(32)
PLAIN, CAPITAL, NUMBER, END = range(4)
_odd = np.random.default_rng(7).integers(1, 2**63, ANCHORS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)


def read(article: Article) -> Sketch:
    """The sketch of an article."""
    words, stems, anchors, kinds = _tokens(article.text)
    shingles = _mixed(stems[:-2] * MIX + _mixed(stems[1:-1]) * MIX + _mixed(stems[2:])) if len(stems) > 2 else stems
    exact = hashlib.sha256(words.tobytes()).hexdigest()
    if article.title:
        _, heading, _, heading_kinds = _tokens(article.title)
        stems, kinds = np.concatenate([heading, stems]), np.concatenate([heading_kinds, kinds])
    return Sketch(exact, len(words), minhash(shingles, SHINGLES), minhash(anchors, ANCHORS), _topic(stems, kinds))


def stem(word: str) -> str:
    """A word in lower case without its commonest endings."""
    return ENDING.sub("", word)


@cache
def _frequencies() -> tuple[Hashes, Floats, np.float32]:
    """Sorted hashes of stems, what each weighs, and what an unknown one does: the less, the more articles hold it."""
    table = {row["stem"]: int(row["articles"]) for row in rows("frequencies.tsv")}
    articles = table.pop("*")
    weights = {_hash(word): float(np.log((articles + 1) / (count + 1))) for word, count in table.items()}
    keys = sorted(weights)
    return np.array(keys, np.uint64), np.array([weights[k] for k in keys], np.float32), np.float32(np.log(articles + 1))


def _topic(stems: Hashes, kinds: Hashes) -> bytes:
    """The TERMS heaviest stems: hashes (uint32) and then weights (float32) of a vector of length 1."""
    if not len(stems):
        return b""
    keys, weights, unknown = _frequencies()
    at = np.minimum(np.searchsorted(keys, stems), len(keys) - 1)
    weight = np.where(keys[at] == stems, weights[at], unknown)
    weight = weight * np.where(np.arange(len(stems)) < LEAD, 1, LATER) * np.where(kinds == CAPITAL, AS_NAME, 1)
    each, inverse = np.unique(stems, return_inverse=True)
    sums = np.sqrt(np.bincount(inverse, weights=weight))
    kept = np.argsort(-sums, kind="stable")[:TERMS]
    values = (sums[kept] / max(np.linalg.norm(sums[kept]), 1e-9)).astype("<f4")
    return bytes((each[kept] >> SHIFT).astype("<u4").tobytes() + values.tobytes())


def minhash(hashes: Hashes, size: int) -> bytes:
    """The least of the hashes under each of `size` permutations, as uint32, little-endian; empty where there are none."""
    if not len(hashes):
        return b""
    return bytes(((hashes[None, :] * _odd[:size, None]) >> SHIFT).min(axis=1).astype("<u4").tobytes())


def _mixed(hashes: Hashes) -> Hashes:
    """Hashes whose high bits depend on all of their bits (the finaliser of MurmurHash3)."""
    hashes = (hashes ^ (hashes >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    return (hashes ^ (hashes >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)


def _hash(word: str) -> int:
    raw = word.encode()
    return (zlib.crc32(raw) << 32) | (zlib.adler32(raw) & ~3)


@lru_cache(maxsize=500_000)
def _chunk(chunk: str) -> bytes:
    """The tokens of what stands between two spaces: of each the hash, whatever its case, with its kind in the lowest bits, and
    the hash of its stem."""
    out = b""
    for token in TOKEN.findall(chunk):
        low = token.lower()
        kind = END if token in STOPS else NUMBER if token[0].isdigit() else CAPITAL if low != token else PLAIN
        out += (_hash(low) | kind).to_bytes(8, "little") + _hash(stem(low)).to_bytes(8, "little")
    return out


def _tokens(text: str) -> tuple[Hashes, Hashes, Hashes, Hashes]:
    """Hashes of the words in order, of their stems, of the pairs of anchors, and the words' kinds.

    A capital at the start of a sentence says nothing, unless the word has one elsewhere too.
    """
    found = np.frombuffer(b"".join(map(_chunk, text.replace("\n", " \n ").split(" "))), "<u8").reshape(-1, 2)
    every, kinds = found[:, 0] & ~np.uint64(3), found[:, 0] & np.uint64(3)
    is_word = kinds != END
    sentence = np.cumsum(~is_word)[is_word]
    hashes, stems, kinds = every[is_word], found[is_word, 1], kinds[is_word]
    opens = np.diff(sentence, prepend=-1) != 0
    sure = np.unique(hashes[(kinds == NUMBER) | ((kinds == CAPITAL) & ~opens)])
    kept = np.flatnonzero(kinds != PLAIN)
    kept = kept[np.isin(hashes[kept], sure)]
    return hashes, stems, _pairs(hashes[kept], sentence[kept]), kinds


def _pairs(hashes: Hashes, sentence: NDArray[np.int64]) -> Hashes:
    """Anchors of one sentence by twos, in either order."""
    out = []
    for step in range(1, REACH + 1):
        near = (sentence[step:] == sentence[:-step]) & (hashes[step:] != hashes[:-step])
        out.append((_mixed(hashes[step:]) + _mixed(hashes[:-step]))[near])
    return _mixed(np.concatenate(out))
