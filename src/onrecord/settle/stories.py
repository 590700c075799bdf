"""Stories: articles about one happening. Each article joins the story of earlier ones that it is most like, or opens its own.

"Earlier" is by day and key, never by arrival: an article's place depends only on those before it in that order, so a page that
comes late moves at most the ones after it that it is like, and the result is the same whatever came first.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from sqlalchemy import Connection, select, update

from ..ledger import schema as t
from ..ledger import texts
from . import copies

DAYS = 3  # articles further apart are not of one story, unless others stand between
LIKE = 0.3  # mean likeness (cosine of topics) to a story's articles of those days, from which on an article is of it
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
    first = _places(connection, [article])[article]
    fresh = first.story is None
    waiting, seen = [(first.order, article)], {article}
    while waiting:
        _, number = heapq.heappop(waiting)
        place = _places(connection, [number])[number]
        near = _near(connection, place)
        story = _story(connection, place, [p for p in near.values() if p.order < place.order])
        if story == place.story and number != article:
            continue
        connection.execute(update(t.articles).where(t.articles.c.id == number).values(story=story))
        connection.execute(t.story_summaries.delete().where(t.story_summaries.c.story.in_((place.story, story, number))))
        later = [p for p in near.values() if p.order > place.order and p.id not in seen]
        if fresh and number == article:
            later = _drawn(connection, place, story, later)
        for other in later:
            if other.id not in seen:
                seen.add(other.id)
                heapq.heappush(waiting, (other.order, other.id))


def _drawn(connection: Connection, place: Place, story: int, later: list[Place]) -> list[Place]:
    """Of later articles, those whose place a new one can change: its copies, those of the story that it joined, and those that it
    is like. To any other it makes its story no more like than that was, or no more than LIKE."""
    same = copies.together(connection, place.sketch) if place.sketch is not None else set()
    mine = texts.topic(place.topic)
    return [p for p in later if p.story in (story, None) or p.sketch in same or likeness(mine, texts.topic(p.topic)) > LIKE]


def leaving(connection: Connection, article: int) -> list[int]:
    """The articles that have to be placed anew when one goes away."""
    place = _places(connection, [article]).get(article)
    return [] if place is None else [p.id for p in _near(connection, place).values() if p.order > place.order]


def _near(connection: Connection, place: Place) -> dict[int, Place]:
    """Articles that may be of one story with this one, before and after it."""
    low, high = (place.day - timedelta(DAYS), place.day + timedelta(DAYS)) if place.day else (None, None)
    found = set(texts.sharing(connection, place.id, low, high, SHARED))
    if place.sketch is not None:
        same = copies.together(connection, place.sketch)
        found |= set(connection.execute(select(t.articles.c.id).where(t.articles.c.sketch.in_(same))).scalars()) - {place.id}
    return {n: p for n, p in _places(connection, found).items() if _together(p, place)}


def _together(a: Place, b: Place) -> bool:
    return a.day is None or b.day is None or abs((a.day - b.day).days) <= DAYS


def _places(connection: Connection, articles: Iterable[int]) -> dict[int, Place]:
    a = t.articles.c
    query = select(a.id, a.published, a.key, a.sketch, a.topic, a.story).where(a.id.in_(list(articles)))
    return {r[0]: Place(r[0], r[1], r[2] or "", r[3], r[4] or b"", r[5]) for r in connection.execute(query)}


def _story(connection: Connection, place: Place, before: list[Place]) -> int:
    """The story that an article joins, or its own number where it opens one."""
    by_story: dict[int, list[Place]] = defaultdict(list)
    for other in before:
        if other.story is not None:
            by_story[other.story].append(other)
    if place.sketch is not None and before:
        same = copies.together(connection, place.sketch)
        carried = [p for p in before if p.sketch in same and p.story is not None]
        if carried:
            return min(carried, key=lambda p: p.order).story or place.id
    mine = texts.topic(place.topic)
    best, chosen = LIKE, place.id
    for story, members in sorted(by_story.items(), key=lambda item: min(p.order for p in item[1])):
        mean = float(np.mean([likeness(mine, texts.topic(p.topic)) for p in members]))
        if mean > best:
            best, chosen = mean, story
    return chosen


def likeness(a: tuple[texts.Numbers, np.ndarray], b: tuple[texts.Numbers, np.ndarray]) -> float:
    """Cosine of two topics."""
    if not len(a[0]) or not len(b[0]):
        return 0.0
    at = np.minimum(np.searchsorted(b[0], a[0]), len(b[0]) - 1)
    return float((a[1] * b[1][at])[b[0][at] == a[0]].sum())
