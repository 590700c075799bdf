"""The shape of the table that the contact network fills in: a row for each word that may tell of a contact, columns for what it
may go with. Training and reading share this file."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def square(places: NDArray[np.int64], features: Floats, count: int) -> Floats:
    """Pairs of words as `of_same` gives them, as a table that is looked up either way: C×C×(F+1); the last says that the second
    word stands before."""
    out = np.zeros((count, count, features.shape[-1] + 1), np.float32)
    i, j = places.T
    out[i, j, :-1] = out[j, i, :-1] = features
    out[i, j, -1] = 1
    return out


def alike(columns: list[int] | NDArray[np.int64], others: int) -> Floats:
    """Which columns of the table are one actor: its first is nobody's, then come the mentions with their actor, then `others`."""
    out = np.zeros((1 + len(columns) + others,) * 2, np.float32)
    who = np.asarray(columns, np.int64)
    out[1 : 1 + len(who), 1 : 1 + len(who)] = who[:, None] == who[None]
    return out
