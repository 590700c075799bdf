"""What is known of a word that tells of a contact together with an actor, a time, or another such word: features of pairs."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
from numpy.typing import NDArray

from .. import dates
from ..records import UNNAMED_OFFICIALS, UNNAMED_REPORTS, Interval, Time
from .cast import Cast
from .pieces import Floats
from .scene import ACTORS, AHEAD, DRAFTS, FORMS, KINDS, STANCES, Scene
from .scene_paths import PATHS, ROLES, between, pointed, roles, way

NEAR = (1, 2, 4, 7, 12, 20, 35, 60, 100, 180)  # words, the upper bounds of the steps of distance
STEPS = len(NEAR) + 1
PRECISIONS = ("day", "week", "month", "range", "open")
UNNAMED = (UNNAMED_OFFICIALS, UNNAMED_REPORTS)
RANKS, COUNTS = 4, (1, 2, 4)  # of an actor among those of the page: its place, and the upper bounds of how often it is named
KNOWN = len(FORMS) + 1 + len(ACTORS) + 3 + RANKS + len(COUNTS) + 1 + len(ROLES)  # what is known of a mention by itself
FLAGS = 4 + 2 * len(DRAFTS) + len(STANCES)
ACTOR_FEATURES = 2 * STEPS + 7 + KNOWN + FLAGS + PATHS
TIME_FEATURES = 2 * STEPS + 7 + len(PRECISIONS) + 9 + PATHS
SAME_FEATURES = STEPS + 4 + 2 * len(KINDS) + 10


def _apart(distance: NDArray[np.int64]) -> Floats:
    """One-hot steps of a signed distance in words."""
    step = np.searchsorted(NEAR, np.abs(distance)) + np.where(distance < 0, STEPS, 0)
    return np.eye(2 * STEPS, dtype=np.float32)[step]


def _sentences(distance: NDArray[np.int64]) -> Floats:
    return np.eye(7, dtype=np.float32)[np.clip(distance, -3, 3) + 3]


def of_actors(scene: Scene, actors: Cast, told: list[int]) -> Floats:
    """Each word of `told` with each of `scene.named`: told × named × ACTOR_FEATURES."""
    words = np.array([n.word for n in scene.named], np.int64)
    out = np.zeros((len(told), len(words), ACTOR_FEATURES), np.float32)
    if not out.size:
        return out
    ways = [way(*scene.where[w]) for w in words]
    own = np.concatenate([_of_mentions(scene, actors), roles(ways)], axis=1)
    paths = between([way(*scene.where[w]) for w in told], ways)
    nearest = np.abs(words[None] - np.array(told)[:, None])
    nearest = nearest == nearest.min(axis=0)
    for i, word in enumerate(told):
        rule = scene.by_rule.get(word, ())
        flags = np.zeros((len(words), FLAGS), np.float32)
        flags[:, 3] = nearest[i]
        for j, named in enumerate(scene.named):
            actor = scene.actors[named.column]
            flags[j, 0] = actor in rule
            flags[j, 1] = len(rule) >= 2
            flags[j, 2] = scene.paragraph[named.word] == scene.paragraph[word]
            stance = scene.stances.get(word, {}).get(actor)
            if stance is not None:
                flags[j, -len(STANCES) + STANCES.index(stance)] = 1
            for rank, draft in enumerate(scene.around[word]):
                if actor in draft.actors or (actor in UNNAMED and not draft.actors and draft.source):
                    flags[j, 4 + DRAFTS.index(draft.kind) + (len(DRAFTS) if rank else 0)] = 1
        distance = words - word
        out[i] = np.concatenate(
            [_apart(distance), _sentences(scene.sentence[words] - scene.sentence[word]), own, flags, paths[i]], axis=1
        )
    return out


def _of_mentions(scene: Scene, actors: Cast) -> Floats:
    """Of each mention by itself: its form, who it is, when the page first names them and how often."""
    order = {column: n for n, column in enumerate(dict.fromkeys(n.column for n in scene.named))}
    times = Counter(n.column for n in scene.named)
    out = np.zeros((len(scene.named), KNOWN - len(ROLES)), np.float32)
    kind = len(FORMS) + 1
    rank = kind + len(ACTORS) + 3
    for j, named in enumerate(scene.named):
        actor = scene.actors[named.column]
        out[j, named.form] = 1
        out[j, len(FORMS)] = named.subject
        if actor in UNNAMED:
            out[j, kind + len(ACTORS) + UNNAMED.index(actor)] = 1
        else:
            out[j, kind + ACTORS.index(actors.kind(actor))] = 1
            out[j, kind + len(ACTORS) + 2] = bool(actors.entries[actor].side)
        out[j, rank + min(order[named.column], RANKS - 1)] = 1
        out[j, rank + RANKS + int(np.searchsorted(COUNTS, times[named.column]))] = 1
    return out


def of_times(scene: Scene, told: list[int], published: date | None, by_rule: dict[int, list[Interval]]) -> Floats:
    """Each word of `told` with each time: told × times × TIME_FEATURES. `by_rule` has the intervals that the parse gives."""
    words = np.array([w for _, w in scene.times], np.int64)
    out = np.zeros((len(told), len(words), TIME_FEATURES), np.float32)
    own = np.array([_of_time(time, published) for time, _ in scene.times], np.float32).reshape(len(words), len(PRECISIONS) + 5)
    paths = between([way(*scene.where[w]) for w in told], [way(*scene.where[w]) for w in words])
    for i, word in enumerate(told):
        rule = by_rule.get(word, [])
        same = [[any((t.interval.start, t.interval.end) == (r.start, r.end) for r in rule), bool(rule),
                 scene.around[word][:1] == scene.around[w][:1], scene.paragraph[w] == scene.paragraph[word]]
                for t, w in scene.times]  # fmt: skip
        flags = np.array(same, np.float32).reshape(len(words), 4)
        distance = words - word
        out[i] = np.concatenate(
            [_apart(distance), _sentences(scene.sentence[words] - scene.sentence[word]), own, flags, paths[i]], axis=1
        )
    return out


def _of_time(time: Time, published: date | None) -> list[float]:
    when = time.interval
    out = [float(when.precision == p) for p in PRECISIONS]
    known = published is not None and dates.known(when)
    before = known and when.end is not None and when.end < published  # type: ignore[operator]
    after = known and when.start is not None and when.start > published  # type: ignore[operator]
    return [*out, before, after, known and when.start == when.end == published, time.type == "DATE", time.type == "DURATION"]


def of_same(scene: Scene, kinds: Floats, told: list[int]) -> tuple[NDArray[np.int64], Floats]:
    """Each pair of words of `told`, the earlier one second: their places in `told` (N×2), and N×SAME_FEATURES."""
    pairs = [(i, j) for i in range(len(told)) for j in range(i)]
    rows = []
    for i, j in pairs:
        a, b = told[i], told[j]
        rule_a, rule_b = set(scene.by_rule.get(a, ())), set(scene.by_rule.get(b, ()))
        apart = np.eye(STEPS, dtype=np.float32)[np.searchsorted(NEAR, a - b)]
        sentences = np.eye(4, dtype=np.float32)[min(int(scene.sentence[a] - scene.sentence[b]), 3)]
        shared = [len(rule_a & rule_b) >= 2, bool(rule_a & rule_b), bool(rule_a) and bool(rule_b) and not rule_a & rule_b,
                  scene.words.texts[a].lower() == scene.words.texts[b].lower(),
                  *pointed(scene.where[a][1]), *pointed(scene.where[b][1]),
                  scene.features[a, AHEAD] == scene.features[b, AHEAD], scene.features[a, AHEAD]]  # fmt: skip
        rows.append(np.concatenate([apart, sentences, kinds[a], kinds[b], np.array(shared, np.float32)]))
    return np.array(pairs, np.int64).reshape(-1, 2), np.array(rows, np.float32).reshape(-1, SAME_FEATURES)
