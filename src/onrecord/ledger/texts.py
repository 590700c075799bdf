"""Sketches in the ledger: where texts that may be copies of each other meet, and articles that may tell of one happening."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Select, func, insert, select, union_all
from sqlalchemy.dialects.sqlite import insert as upsert

from ..records import Sketch
from . import schema as t

ROWS = {"shingles": 2, "anchors": 3}  # hashes in a band: the fewer, the less alike two texts need be to meet
HEAVIEST = 24  # words by which articles of one story find each other
ONE_BAND = "SELECT text FROM bands WHERE hash = ? LIMIT ?"
MOST = 400  # texts of one band that are looked at; more meet only in what is boilerplate

Numbers = NDArray[np.uint32]


def numbers(raw: bytes) -> Numbers:
    """The hashes of a MinHash."""
    return np.frombuffer(raw, "<u4")


def bands(sketch_shingles: bytes, sketch_anchors: bytes) -> list[int]:
    """The bands of a text, as signed 64-bit hashes; each also says which band it is."""
    out: list[int] = []
    for salt, (raw, rows) in enumerate(((sketch_shingles, ROWS["shingles"]), (sketch_anchors, ROWS["anchors"]))):
        if raw:
            out += grid_bands(numbers(raw)[None, :], rows, salt)[0].tolist()
    return out


def grid_bands(hashes: Numbers, rows: int, salt: int) -> NDArray[np.int64]:
    """The bands of many texts at once: MinHashes as texts × hashes, `rows` hashes to a band; gives texts × bands."""
    grid = hashes.astype(np.uint64).reshape(len(hashes), -1, rows)
    mixed = np.broadcast_to(np.arange(grid.shape[1], dtype=np.uint64) + np.uint64(salt * 1000 + 1), grid.shape[:2]).copy()
    for column in range(rows):
        mixed = (mixed ^ grid[:, :, column]) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed.astype(np.int64)


def add(connection: Connection, sketch: Sketch) -> None:
    """Enter a text, unless one with the same words is there."""
    values = {"sketch": sketch.exact, "shingles": sketch.shingles, "anchors": sketch.anchors}
    added = connection.execute(upsert(t.texts).values(values).on_conflict_do_nothing().returning(t.texts.c.id)).scalar()
    if added is not None:
        rows = [{"hash": h, "text": added} for h in set(bands(sketch.shingles, sketch.anchors))]
        if rows:
            connection.execute(insert(t.bands), rows)


def forget_unused(connection: Connection, sketch: str | None) -> None:
    """Take out a text that no article has any more."""
    text = connection.execute(select(t.texts).where(t.texts.c.sketch == sketch)).first()
    if text is None or connection.execute(select(t.articles.c.id).where(t.articles.c.sketch == sketch).limit(1)).first():
        return
    connection.execute(t.copies.delete().where((t.copies.c.a == text.id) | (t.copies.c.b == text.id)))
    held = t.bands.c.hash.in_(bands(text.shingles, text.anchors))
    connection.execute(t.bands.delete().where(held, t.bands.c.text == text.id))
    connection.execute(t.texts.delete().where(t.texts.c.id == text.id))


def meeting(connection: Connection, sketch: str) -> tuple[int | None, dict[int, tuple[bytes, bytes]]]:
    """A text's ID, and the sketches of the texts that share a band with it."""
    text = connection.execute(select(t.texts).where(t.texts.c.sketch == sketch)).first()
    if text is None:
        return None, {}
    found: set[int] = set()
    for band in bands(text.shingles, text.anchors):  # plain SQL, since there are dozens of them
        met = connection.exec_driver_sql(ONE_BAND, (band, MOST + 1)).scalars().all()
        found.update(met if len(met) <= MOST else ())
    found.discard(text.id)
    rows = connection.execute(select(t.texts).where(t.texts.c.id.in_(found)))
    return text.id, {r.id: (r.shingles, r.anchors) for r in rows}


def topic(raw: bytes) -> tuple[Numbers, NDArray[np.float32]]:
    """The words (ascending hashes) and weights of a topic."""
    size = len(raw) // 8
    words, weights = np.frombuffer(raw[: 4 * size], "<u4"), np.frombuffer(raw[4 * size :], "<f4")
    order = np.argsort(words)
    return words[order], weights[order]


def add_terms(connection: Connection, article: int, sketch: Sketch, day: date | None) -> None:
    """Enter the heaviest words of an article."""
    rows = [{"term": int(w), "article": article, "day": day} for w in numbers(sketch.topic[: len(sketch.topic) // 2])[:HEAVIEST]]
    if rows:
        connection.execute(upsert(t.terms).on_conflict_do_nothing(), rows)


def sharing(article: int, low: date | None, high: date | None, least: int) -> Select[tuple[int]]:
    """A query for the articles of the days from `low` to `high`, and those without a day, that share at least so many of the
    heaviest words. Without bounds, all articles."""
    mine = select(t.terms.c.term).where(t.terms.c.article == article)
    sharing_one = select(t.terms.c.article).where(t.terms.c.term.in_(mine), t.terms.c.article != article)
    if low is not None and high is not None:  # two queries, since the index serves one range of days
        within = sharing_one.where(t.terms.c.day.between(low, high))
        found = union_all(within, sharing_one.where(t.terms.c.day.is_(None))).subquery()
    else:
        found = sharing_one.subquery()
    return select(found.c.article).group_by(found.c.article).having(func.count() >= least)
