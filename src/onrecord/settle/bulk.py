"""Candidates for copies among very many texts at once, without a ledger: band by band, by sorting, in bounded memory."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..ledger.texts import MOST, ROWS, Numbers, grid_bands
from .copies import ALIKE

Pairs = NDArray[np.int64]
TOGETHER = 2_000_000  # pairs whose hashes are compared at a time


def candidates(shingles: Numbers, anchors: Numbers) -> Pairs:
    """Pairs of rows (lower, higher) near enough to be compared word for word.

    `shingles` and `anchors` are MinHashes, a text a row, as `read.sketch` makes them. A band that more than MOST texts share is
    boilerplate and passed over: such texts meet in their other bands, or not at all, so no bucket costs the square of its size.
    """
    count = len(shingles)
    found = [np.zeros(0, np.int64)]
    for salt, (name, hashes) in enumerate((("shingles", shingles), ("anchors", anchors))):
        rows = ROWS[name]
        for band in range(hashes.shape[1] // rows):
            keys = grid_bands(hashes[:, band * rows : (band + 1) * rows], rows, salt)[:, 0]
            pairs = _meeting(keys)
            kept = [_alike(part, shingles, anchors) for part in np.array_split(pairs, len(pairs) // TOGETHER + 1)]
            found.append(np.unique(np.concatenate([p[:, 0] * count + p[:, 1] for p in kept])))
    each = np.unique(np.concatenate(found))
    return np.stack([each // count, each % count], axis=1)


def _meeting(keys: NDArray[np.int64]) -> Pairs:
    """All pairs with equal keys, save where more than MOST have one."""
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.flatnonzero(np.diff(ordered, prepend=ordered[:1] - 1))
    sizes = np.diff(starts, append=len(ordered))
    out = [np.zeros((0, 2), np.int64)]
    for size in np.unique(sizes[(sizes > 1) & (sizes <= MOST)]):
        blocks = order[starts[sizes == size][:, None] + np.arange(size)]
        first, second = np.triu_indices(size, 1)
        out.append(np.stack([blocks[:, first].ravel(), blocks[:, second].ravel()], axis=1))
    pairs = np.concatenate(out)
    return np.sort(pairs, axis=1)


def _alike(pairs: Pairs, shingles: Numbers, anchors: Numbers) -> Pairs:
    """The pairs of which either MinHash agrees well enough."""
    if not len(pairs):
        return pairs
    near = np.zeros(len(pairs), bool)
    for hashes, least in ((shingles, ALIKE["shingles"]), (anchors, ALIKE["anchors"])):
        near |= (hashes[pairs[:, 0]] == hashes[pairs[:, 1]]).mean(1) >= least
    return pairs[near]
