"""The trained part of the attribution reader: cues, and each cue's source and content, as words of the text.

One pass of a small encoder scores each word as head of a cue; for each cue found a second, smaller network gives every word
of the window a role. training/attribution makes both. Nothing here knows of parses or actors.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..models import checked
from ..records import Span
from .pieces import CLOSES, OPENS, WITHIN, Embeddings, Floats, Vocabulary, Window, Words, windows, words_of

FOLDER = Path(__file__).parent.parent / "models" / "attribution"
NONE, SOURCE, CUE, CONTENT = range(4)
REACH = 64  # as in training: words on either side of a cue that have a distance of their own
# Chosen on the last tenth of the training part; bench/attribution_model.py prints what others give.
CUE_AT = 0.45
CUE_AT_VERB = 0.15  # where the word is one of the table's verbs of saying, so that a doubt of the model does not lose it
# What it costs, in nats, to enter or leave a role between two words: sources are often one word, contents never.
SWITCH_CONTENT, SWITCH_SOURCE, SWITCH_CUE = 1.4, 0.2, 0.2
LIKELY_SOURCE = 0.3  # a word that is its source so surely is it, where the path has none
LEAST_RUN = 0.12  # of the content's words: a shorter piece of a content in pieces is a slip


@dataclass(frozen=True, slots=True)
class Tagged:
    """An attribution as words: character spans in the text, the cue's head first found, and how sure the model is of it."""

    head: Span
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    score: float
    head_score: float  # of the cue's head alone


class Tagger:
    """The loaded model. Not safe to share between processes; each makes its own."""

    def __init__(self, folder: Path = FOLDER) -> None:
        manifest = checked(folder)
        self.slope, self.offset = manifest.get("confidence", (1.0, 0.0))
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # pages are what is parallel
        options.log_severity_level = 3
        providers = ["CPUExecutionProvider"]
        self.encoder = onnxruntime.InferenceSession(str(folder / "encoder.onnx"), options, providers=providers)
        self.roles = onnxruntime.InferenceSession(str(folder / "roles.onnx"), options, providers=providers)
        self.vocabulary = Vocabulary(folder / "vocab.txt")
        self.embeddings = Embeddings(folder / "embeddings.npz")

    def tag(self, paragraphs: list[tuple[int, str]], cue_at: float = CUE_AT) -> list[Tagged]:
        """The attributions in paragraphs, each given with its offset in the text; in the order of their cues."""
        words = words_of(paragraphs)
        out: list[Tagged] = []
        for window in windows(words, self.vocabulary):
            out += self._of_window(words, window, cue_at)
        return out

    def confidence(self, found: Tagged) -> float:
        """The chance that a person would have marked it so, by the curve that was fitted on documents left out of training."""
        score = min(max(found.score, 1e-4), 1 - 1e-4)
        return float(1 / (1 + np.exp(-(self.slope * np.log(score / (1 - score)) + self.offset))))

    def _of_window(self, words: Words, window: Window, cue_at: float) -> Iterator[Tagged]:
        vectors, cues, scores = self.encoder.run(None, self._inputs(words, window))
        heads = np.flatnonzero(scores >= cue_at)
        if not len(heads):
            return
        count = len(window.first)
        distance = np.clip(np.arange(count)[None, :] - heads[:, None], -REACH, REACH) + REACH
        feed = {"words": np.repeat(vectors[None], len(heads), axis=0), "cues": cues[heads], "distance": distance.astype(np.int64)}
        [roles] = self.roles.run(None, feed)
        paths = best_paths(np.log(roles + 1e-9), heads)
        taken: set[int] = set()
        for i in np.argsort(-scores[heads], kind="stable"):
            head, path = int(heads[i]), paths[i]
            if head in taken:
                continue  # the word is part of a cue whose head is surer
            found = _tagged(words, window, head, path, roles[i], float(scores[head]))
            if found is not None:
                taken.update(np.flatnonzero(path == CUE).tolist())
                yield found

    def _inputs(self, words: Words, window: Window) -> dict[str, Any]:
        return {"embedded": self.embeddings.of(words, window)[None], "first": np.array(window.first, dtype=np.int64)}


def best_paths(scores: Floats, heads: NDArray[np.int64]) -> NDArray[np.int64]:
    """The best sequence of roles for each cue (C×W×roles, log probabilities), where each change of role has its cost.

    The cue's head is held to be in the cue. Viterbi, for all cues at once.
    """
    edge = np.array([0.0, SWITCH_SOURCE, SWITCH_CUE, SWITCH_CONTENT], np.float32)
    cost = (edge[:, None] + edge[None, :]) * (1 - np.eye(len(edge), dtype=np.float32))
    scores = scores.copy()
    rows = np.arange(len(heads))
    scores[rows, heads] -= 1e4
    scores[rows, heads, CUE] = 0
    count, length, roles = scores.shape
    back = np.zeros((count, length, roles), np.int64)
    best = scores[:, 0]
    for i in range(1, length):
        reached = best[:, :, None] - cost[None]  # C × from × to
        back[:, i] = reached.argmax(axis=1)
        best = reached.max(axis=1) + scores[:, i]
    path = np.zeros((count, length), np.int64)
    path[:, -1] = best.argmax(axis=1)
    for i in range(length - 1, 0, -1):
        path[:, i - 1] = back[rows, i, path[:, i]]
    return path


def _tagged(words: Words, window: Window, head: int, path: NDArray[np.int64], roles: Floats, score: float) -> Tagged | None:
    """What a path says, as spans; None where it has no content."""
    texts = words.texts[window.low : window.high]
    solid = np.array([text[0].isalnum() for text in texts])
    content = _runs(path == CONTENT, solid)
    total = sum(int(solid[a:b].sum()) for a, b in content)
    content = [(a, b) for a, b in content if solid[a:b].sum() >= max(1.0, LEAST_RUN * total)]
    if not content:
        return None
    content = [_to_marks(words, window, run, path) for run in content]
    sources = _runs(path == SOURCE, solid)
    source = max(sources, key=lambda r: float(roles[r[0] : r[1], SOURCE].sum()), default=None)
    if source is None:
        likely = int(roles[:, SOURCE].argmax())
        source = (likely, likely + 1) if roles[likely, SOURCE] > LIKELY_SOURCE and solid[likely] else None
    cue = next(r for r in _runs(path == CUE, np.ones(len(texts), bool)) if r[0] <= head < r[1])
    sure = float(np.mean([roles[a:b, CONTENT].mean() for a, b in content]))

    def spans(*runs: tuple[int, int]) -> tuple[Span, ...]:
        return tuple((words.spans[window.low + a][0], words.spans[window.low + b - 1][1]) for a, b in runs)

    own = words.spans[window.low + head]
    return Tagged(own, spans(cue), spans(source) if source else (), spans(*content), score * sure, score)


def _runs(chosen: NDArray[np.bool_], solid: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Runs of chosen words that hold more than marks; marks between two of them do not part them."""
    out: list[tuple[int, int]] = []
    for i in np.flatnonzero(chosen).tolist():
        if out and not solid[out[-1][1] : i].any():
            out[-1] = (out[-1][0], i + 1)
        else:
            out.append((i, i + 1))
    return [(a, b) for a, b in out if solid[a:b].any()]


def _to_marks(words: Words, window: Window, run: tuple[int, int], path: NDArray[np.int64]) -> tuple[int, int]:
    """A run that ends just inside or outside of a quotation ends at its mark: marks are hard edges."""
    a, b = run
    quote = words.quote[window.low : window.high]
    if quote[a] == WITHIN and a and quote[a - 1] == OPENS:
        a -= 1
    if quote[b - 1] == WITHIN:
        ahead = next((i for i in range(b, min(b + 2, len(quote))) if quote[i] == CLOSES), None)
        if ahead is not None and (path[b:ahead] != SOURCE).all():
            b = ahead + 1
    return a, b


@cache
def tagger() -> Tagger:
    """The model that ships with the package, loaded once."""
    return Tagger()
