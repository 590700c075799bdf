"""The trained part of the contact reader: what each word tells of a contact, and how it goes with actors, times and other words.

It is given a scene (scene.py) and gives scores; training/contacts makes it. What the scores amount to is told.py's business.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..models import checked
from ..records import Interval
from . import scene_pairs
from .cast import Cast
from .contact_table import alike, square
from .dating import WAYS
from .pieces import Embeddings, Floats, windows
from .scene import CONTACT, KINDS, STANCES, Scene
from .tagger import tagger

FOLDER = Path(__file__).parent.parent / "models" / "contacts"
TELLS = 0.6  # chance from which on a word tells of a contact
GRAPHS = ("encoder", "context", "table")
NEVER = -10.0  # log odds of what is not there
ROWS, NAMED, TIMES = 48, 192, 48  # the most words of contact (the likeliest), mentions and times of a scene that the table has
WINDOW = 480  # word pieces that the encoder sees at once, as in training


@dataclass(frozen=True, slots=True)
class Scores:
    """Of the C words that tell of a contact (`words`, places on the page): logits, all before any threshold."""

    words: list[int]
    kinds: Floats  # C×7, probabilities
    ahead: Floats  # C
    own: Floats  # C×3×10: stances of the narrator, of unnamed officials, of unnamed reports
    dates: Floats  # C×(2+3T): no date, the page's day, each time in each of dating.WAYS; log probabilities
    actors: Floats  # C×M×11: of each mention, to be a party, and each stance
    same: Floats  # C×C, symmetric


class Model:
    """The loaded graphs."""

    def __init__(self, folder: Path = FOLDER) -> None:
        checked(folder)
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self.embeddings = Embeddings(folder / "embeddings.npz")
        self.graphs = {
            name: onnxruntime.InferenceSession(str(folder / f"{name}.onnx"), options, providers=["CPUExecutionProvider"])
            for name in GRAPHS
        }

    def scores(self, scene: Scene, actors: Cast, published: date | None, by_rule: dict[int, list[Interval]]) -> Scores:
        """What the words of a scene tell that has words of contact (`by_rule`)."""
        words, kinds, own = self.graphs["context"].run(None, {"vectors": self._encoded(scene), "features": scene.features})
        none = _softmax(kinds)[:, 0]
        likely = (int(i) for i in np.flatnonzero(1 - none >= TELLS) if i >= scene.body)
        rows = sorted(sorted({*scene.by_rule, *likely}, key=lambda i: (none[i], i))[:ROWS])
        if not rows:
            return _nothing(len(scene.named), len(scene.times))
        more, pairs, dated, same = self._table(scene, actors, rows, words, published, by_rule)
        kinds[rows] += more[:, : len(KINDS)]
        own[rows] += more[:, len(KINDS) :]
        kinds = _softmax(kinds)
        tells = 1 - kinds[:, 0]
        kept = [k for k, i in enumerate(rows) if tells[i] >= TELLS]
        told = [rows[k] for k in kept]
        stances = own[told, 1 : 1 + 3 * len(STANCES)].reshape(len(told), 3, len(STANCES))
        dated = np.log(_softmax(np.concatenate([own[told, -2:], dated[kept]], axis=1)) + 1e-9)
        return Scores(told, kinds[told], own[told, 0], stances, dated, pairs[kept], same[np.ix_(kept, kept)])

    def _encoded(self, scene: Scene) -> Floats:
        """Each word as the encoder sees it, W×D."""
        out = []
        for window in windows(scene.words, tagger().vocabulary, WINDOW):
            owner = np.array(window.owner)
            real = (owner >= 0).astype(np.float32)[:, None]
            known = scene.features[np.maximum(owner, 0) + window.low] * real
            feed = {"embedded": self.embeddings.of(scene.words, window), "known": known, "real": real,
                    "first": np.array(window.first, np.int64)}  # fmt: skip
            out.append(self.graphs["encoder"].run(None, feed)[0])
        return np.concatenate(out)

    def _table(self, scene: Scene, actors: Cast, rows: list[int], words: Floats, published: date | None,
               by_rule: dict[int, list[Interval]]) -> list[Floats]:  # fmt: skip
        """Of C words: more scores of their own, C×40; of mentions, C×M×11; of times, C×3T; of each other, C×C."""
        seen = replace(scene, named=scene.named[:NAMED], times=scene.times[:TIMES])
        named = np.array([n.word for n in seen.named], np.int64)
        times = np.array([w for _, w in seen.times], np.int64)
        kinds = seen.features[:, CONTACT : CONTACT + len(KINDS)]
        feed = {"words": words[rows], "named": words[named], "times": words[times],
                "actor": scene_pairs.of_actors(seen, actors, rows),
                "time": scene_pairs.of_times(seen, rows, published, by_rule),
                "same": square(*scene_pairs.of_same(seen, kinds, rows), len(rows)),
                "alike": alike([n.column for n in seen.named], len(times) + len(rows))}  # fmt: skip
        own, pairs, dated, same = self.graphs["table"].run(None, feed)
        beyond = len(scene.named) - len(named), len(scene.times) - len(times)
        pairs = np.pad(pairs, ((0, 0), (0, beyond[0]), (0, 0)), constant_values=NEVER)
        dated = np.pad(dated, ((0, 0), (0, beyond[1]), (0, 0)), constant_values=NEVER)
        return [own, pairs, dated.reshape(len(rows), -1), same]


def pooled(scores: Floats, columns: NDArray[np.int64], count: int) -> Floats:
    """M×K scores of mentions as count×K of actors: the logarithm of the sum of exponentials, -10 for who is not named."""
    out = np.full((count, scores.shape[1]), NEVER, np.float32)
    for column in range(count):
        mine = scores[columns == column]
        if len(mine):
            out[column] = np.logaddexp(np.logaddexp.reduce(mine, axis=0), NEVER)
    return out


def _nothing(mentions: int, times: int) -> Scores:
    """The scores of no word at all."""
    shapes = (0, len(KINDS)), (0,), (0, 3, len(STANCES)), (0, 2 + len(WAYS) * times), (0, mentions, 1 + len(STANCES)), (0, 0)
    return Scores([], *(np.zeros(shape, np.float32) for shape in shapes))


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), np.float32)


@cache
def model() -> Model:
    """The model that ships with the package, loaded once."""
    return Model()
