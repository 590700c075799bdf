"""Stories: articles about one happening. Each article joins the story of earlier ones that it is most like, or opens its own.

"Earlier" is by day and key, never by arrival: an article's place depends only on those before it in that order, so a page that
comes late moves at most the ones after it that it is like, and the result is the same whatever came first.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Connection, select, update

from ..ledger import schema as t
from ..ledger import texts
from . import copies

DAYS = 3  # articles further apart are not of one story, unless others stand between
LIKE = 0.25  # mean likeness (cosine of topics) to a story's articles of those days, from which on an article is of it
SHARED = 2  # of the heaviest words, for two articles to be compared


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article stands in the order, and what it is about."""

    id: int
    day: date | None
    key: str
    sketch: str | None
    topic: bytes
    story: int | None

    @property
    def order(self) -> tuple[date, str]:
        """By day, then key; those without a day come last."""
        return self.day or date.max, self.key


def settle(connection: Connection, article: int) -> None:
    """Give an article its story, and anew to the later ones that this may change."""
    first = _place(connection, article)
    fresh = first.story is None
    waiting, seen = [(first.order, article)], {article}
    while waiting:
        _, number = heapq.heappop(waiting)
        place = _place(connection, number)
        same = copies.together(connection, place.sketch) if place.sketch is not None else set()
        near = _near(connection, place, same)
        story = _story(place, same, [p for p in near if p.order < place.order])
        if story == place.story and number != article:
            continue
        connection.execute(update(t.articles).where(t.articles.c.id == number).values(story=story))
        connection.execute(t.story_summaries.delete().where(t.story_summaries.c.story.in_((place.story, story, number))))
        later = [p for p in near if p.order > place.order and p.id not in seen]
        if fresh or number != article:  # else somebody has decided something about it
            later = _drawn(connection, place, story, same, later)
        for other in later:
            seen.add(other.id)
            heapq.heappush(waiting, (other.order, other.id))


def _drawn(connection: Connection, place: Place, story: int, same: set[str], later: list[Place]) -> list[Place]:
    """Of later articles, those whose place it can change that one has come into a story, and out of its former one: its copies,
    those of the two stories, those that it is like, and those that the former story, now without it, is like. To any other it
    makes no story more than LIKE that was not."""
    if not later:
        return []
    drawn = likenesses(place.topic, [p.topic for p in later]) > LIKE
    for topic in _topics(connection, place) if place.story is not None else ():
        drawn |= likenesses(topic, [p.topic for p in later]) > LIKE
    return [
        p
        for p, is_drawn in zip(later, drawn, strict=True)
        if is_drawn or p.story in (place.story, story, None) or p.sketch in same
    ]


def _topics(connection: Connection, place: Place) -> list[bytes]:
    """The topics of the articles of a place's story that may be near one that is near it."""
    a = t.articles.c
    query = select(a.topic).where(a.story == place.story, a.id != place.id)
    if place.day is not None:
        low, high = place.day - timedelta(DAYS), place.day + timedelta(2 * DAYS)
        query = query.where(a.published.between(low, high) | a.published.is_(None))
    return [topic or b"" for topic in connection.execute(query).scalars()]


def leaving(connection: Connection, article: int) -> list[int]:
    """The articles that have to be placed anew when one goes away."""
    place = _place(connection, article)
    same = copies.together(connection, place.sketch) if place.sketch is not None else set()
    return [p.id for p in _near(connection, place, same) if p.order > place.order]


def _near(connection: Connection, place: Place, same: set[str]) -> list[Place]:
    """Articles that may be of one story with this one, before and after it. `same`: its copies."""
    low, high = (place.day - timedelta(DAYS), place.day + timedelta(DAYS)) if place.day else (None, None)
    found = _places(connection, t.articles.c.id.in_(texts.sharing(place.id, low, high, SHARED)))
    found |= _places(connection, t.articles.c.sketch.in_(same))
    return [p for n, p in found.items() if n != place.id and _together(p, place)]


def _together(a: Place, b: Place) -> bool:
    return a.day is None or b.day is None or abs((a.day - b.day).days) <= DAYS


def _place(connection: Connection, article: int) -> Place:
    return _places(connection, t.articles.c.id == article)[article]


def _places(connection: Connection, which: ColumnElement[bool]) -> dict[int, Place]:
    a = t.articles.c
    query = select(a.id, a.published, a.key, a.sketch, a.topic, a.story).where(which)
    return {r[0]: Place(r[0], r[1], r[2] or "", r[3], r[4] or b"", r[5]) for r in connection.execute(query).all()}


def _story(place: Place, same: set[str], before: list[Place]) -> int:
    """The story that an article joins, or its own number where it opens one."""
    carried = [p for p in before if p.sketch in same and p.story is not None]
    if carried:
        return min(carried, key=lambda p: p.order).story or place.id
    placed = [p for p in before if p.story is not None]
    likes: dict[int, list[float]] = defaultdict(list)
    for other, like in sorted(
        zip(placed, likenesses(place.topic, [p.topic for p in placed]), strict=True), key=lambda x: x[0].order
    ):
        likes[other.story or 0].append(like)
    best, chosen = LIKE, place.id
    for story, found in likes.items():  # in the order of their first articles
        mean = float(np.mean(found))
        if mean > best:
            best, chosen = mean, story
    return chosen


def likenesses(mine: bytes, others: list[bytes]) -> NDArray[np.float32]:
    """Cosines of a topic with others."""
    words, weights = texts.topic(mine)
    out = np.zeros(len(others), np.float32)
    sizes = np.array([len(raw) // 8 for raw in others], np.int64)
    if not len(words) or not sizes.sum():
        return out
    theirs = np.concatenate([np.frombuffer(raw, "<u4", size) for raw, size in zip(others, sizes.tolist(), strict=True)])
    loads = np.concatenate([np.frombuffer(raw, "<f4", size, 4 * size) for raw, size in zip(others, sizes.tolist(), strict=True)])
    at = np.minimum(np.searchsorted(words, theirs), len(words) - 1)
    products = np.where(words[at] == theirs, weights[at] * loads, np.float32(0))
    full = sizes > 0
    out[full] = np.add.reduceat(products, (np.cumsum(sizes) - sizes)[full])
    return out
