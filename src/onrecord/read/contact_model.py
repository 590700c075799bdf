"""The trained part of the contact reader: what each word tells of a contact, and how it goes with actors, times and other words.

It is given a scene (scene.py) and gives scores; training/contacts makes it. What the scores amount to is told.py's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ..models import checked
from ..records import Interval
from . import scene_pairs
from .cast import Cast
from .pieces import windows
from .scene import CONTACT, KINDS, STANCES, Scene
from .tagger import Floats, tagger

FOLDER = Path(__file__).parent.parent / "models" / "contacts"
TELLS = 0.6  # chance from which on a word tells of a contact
GRAPHS = ("encoder", "context", "actor", "time", "same")
WINDOW = 480  # word pieces that the encoder sees at once, as in training


@dataclass(frozen=True, slots=True)
class Scores:
    """Of the C words that tell of a contact (`words`, places on the page): logits, all before any threshold."""

    tells: Floats  # W, the chance of each word of the page to tell of a contact
    words: list[int]
    kinds: Floats  # C×7, probabilities
    ahead: Floats  # C
    own: Floats  # C×3×10: stances of the narrator, of unnamed officials, of unnamed reports
    dates: Floats  # C×(2+T): no date, the page's day, each time; log probabilities
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
        self.graphs = {
            name: onnxruntime.InferenceSession(str(folder / f"{name}.onnx"), options, providers=["CPUExecutionProvider"])
            for name in GRAPHS
        }

    def scores(self, scene: Scene, actors: Cast, published: date | None, by_rule: dict[int, list[Interval]]) -> Scores:
        """What a page's words tell."""
        feed = {"vectors": self._encoded(scene), "features": scene.features}
        words, kinds, own = self.graphs["context"].run(None, feed)
        kinds = _softmax(kinds)
        tells = 1 - kinds[:, 0]
        told = [int(i) for i in np.flatnonzero(tells >= TELLS) if i >= scene.body]
        rows = words[told]
        stances = own[told, 1 : 1 + 3 * len(STANCES)].reshape(len(told), 3, len(STANCES))
        at = np.array([n.word for n in scene.named], np.int64)
        pairs = self._pairs("actor", rows, words[at], scene_pairs.of_actors(scene, actors, told), 1 + len(STANCES))
        at = np.array([w for _, w in scene.times], np.int64)
        dated = self._pairs("time", rows, words[at], scene_pairs.of_times(scene, told, published, by_rule), 1)[..., 0]
        dated = np.log(_softmax(np.concatenate([own[told, -2:], dated], axis=1)) + 1e-9)
        return Scores(tells, told, kinds[told], own[told, 0], stances, dated, pairs, self._same(scene, told, rows))

    def _encoded(self, scene: Scene) -> Floats:
        """Each word as the encoder sees it, W×D."""
        out = []
        for window in windows(scene.words, tagger().vocabulary, WINDOW):
            owner = np.array(window.owner)
            real = (owner >= 0).astype(np.float32)[:, None]
            known = scene.features[np.maximum(owner, 0) + window.low] * real
            feed = {"embedded": tagger().embedded(scene.words, window), "known": known, "real": real,
                    "first": np.array(window.first, np.int64)}  # fmt: skip
            out.append(self.graphs["encoder"].run(None, feed)[0])
        return np.concatenate(out)

    def _pairs(self, name: str, first: Floats, second: Floats, features: Floats, out: int) -> Floats:
        c, m = len(first), len(second)
        if not c * m:
            return np.zeros((c, m, out), np.float32)
        feed = {"first": np.repeat(first, m, axis=0), "second": np.tile(second, (c, 1)), "features": features.reshape(c * m, -1)}
        [found] = self.graphs[name].run(None, feed)
        return np.asarray(found, np.float32).reshape(c, m, out)

    def _same(self, scene: Scene, told: list[int], rows: Floats) -> Floats:
        out = np.zeros((len(told), len(told)), np.float32)
        kinds = scene.features[:, CONTACT : CONTACT + len(KINDS)]
        places, features = scene_pairs.of_same(scene, kinds, told)
        if len(places):
            feed = {"first": rows[places[:, 0]], "second": rows[places[:, 1]], "features": features}
            [found] = self.graphs["same"].run(None, feed)
            out[places[:, 0], places[:, 1]] = out[places[:, 1], places[:, 0]] = found[:, 0]
        return out


def pooled(scores: Floats, columns: NDArray[np.int64], count: int) -> Floats:
    """M×K scores of mentions as count×K of actors: the logarithm of the sum of exponentials, -10 for who is not named."""
    out = np.full((count, scores.shape[1]), -10.0, np.float32)
    for column in range(count):
        mine = scores[columns == column]
        if len(mine):
            out[column] = np.logaddexp(np.logaddexp.reduce(mine, axis=0), -10.0)
    return out


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True), np.float32)


@cache
def model() -> Model:
    """The model that ships with the package, loaded once."""
    return Model()
