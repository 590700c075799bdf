"""Full text over the articles, narrowed by facets: one walk through the index, newest first, however many hits there are."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, text
from sqlalchemy.exc import OperationalError

from ..dates import iso
from .facets import FACETS, mark
from .store import Ledger

QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"'))
COUNTED = 1000  # hits up to which they are counted; of more it is said that there are more
SAMPLE = 300  # of the newest hits, whose facets are counted
ROWS = """
    SELECT a.id, a.key, a.title, a.published, a.outlet, a.facets, coalesce(p.url, p.path, p.page_id) AS address,
           {passage} AS passage
    FROM {table} JOIN pages p ON p.id = a.page
    WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset
"""
PASSAGE = "snippet(articles_fts, 1, char(2), char(3), '…', 16)"
FOUND = "articles_fts JOIN articles a ON a.newest = articles_fts.rowid"
MATCHING = "articles_fts MATCH :query AND articles_fts.rowid BETWEEN :low AND :high"
PROBE = text(f"SELECT 1 FROM articles_fts WHERE {MATCHING} LIMIT 1")
ALL, ALL_NEWEST = "a.newest BETWEEN :low AND :high", "a.newest DESC"  # where nothing is looked for
NEWEST, BEST = "articles_fts.rowid DESC", "bm25(articles_fts, 4.0, 1.0, 0.0)"


def search(
    ledger: Ledger,
    words: str,
    limit: int = 20,
    *,
    facets: Mapping[str, Iterable[str]] | None = None,
    since: date | None = None,
    until: date | None = None,
    best: bool = False,
    offset: int = 0,
) -> list[dict[str, Any]]:
    """Articles that hold all the words and have all the facets (`facets.FACETS`), newest first or, with `best`, by bm25; in
    `passage` the hits stand between U+0002 and U+0003. No words and no facets: all articles.

    FTS5's own syntax works ("exact phrase", OR, NOT, NEAR); what is not well-formed in it is taken word by word.
    """  # fmt: skip
    bounds = _bounds(since, until) | {"limit": limit, "offset": offset}
    with ledger.reading() as connection:
        found = _query(connection, words, facets or {}, bounds)
        if found is None:
            query = ROWS.format(passage="substr(a.text, 1, 160)", table="articles a", where=ALL, order=ALL_NEWEST)
        else:
            query = ROWS.format(passage=PASSAGE, table=FOUND, where=MATCHING, order=BEST if best else NEWEST)
        rows = connection.execute(text(query), bounds | ({"query": found} if found else {})).all()
    return [dict(r._mapping) | {"facets": json.loads(r.facets or "{}"), "published": iso(r.published)} for r in rows]


def count(
    ledger: Ledger,
    words: str,
    *,
    facets: Mapping[str, Iterable[str]] | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[int, dict[str, list[tuple[str, int]]]]:
    """How many articles there are of `search`, counted to `COUNTED` and one more, and the facets of the newest of them, each
    value with its number."""  # fmt: skip
    bounds = _bounds(since, until)
    with ledger.reading() as connection:
        found = _query(connection, words, facets or {}, bounds)
        where, key, table = (MATCHING, NEWEST, FOUND) if found else (ALL, ALL_NEWEST, "articles a")
        inner = table.split(" JOIN")[0]
        given = bounds | ({"query": found} if found else {}) | {"most": COUNTED + 1, "sample": SAMPLE}
        total = connection.execute(
            text(f"SELECT count(*) FROM (SELECT 1 FROM {inner} WHERE {where} LIMIT :most)"), given
        ).scalar_one()
        rows = connection.execute(text(f"SELECT a.facets FROM {table} WHERE {where} ORDER BY {key} LIMIT :sample"), given)
        counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
        for row in rows.scalars():
            for name, values in json.loads(row or "{}").items():
                counts[name].update(values)
    return int(total), {name: c.most_common(12) for name, c in counts.items() if c}


def _query(connection: Connection, words: str, facets: Mapping[str, Iterable[str]], bounds: dict[str, Any]) -> str | None:
    """The FTS5 query; None for all articles."""
    narrowed = " AND ".join(f'marks:"{mark(name, value)}"' for name, values in sorted(facets.items()) for value in values)
    words = words.translate(QUOTES)
    if not words.strip():
        return narrowed or None
    for asked in (words, " ".join(f'"{w}"' for w in re.findall(r"\w+", words)) or '""'):
        query = f"{{title text}} : ({asked})" + (f" AND ({narrowed})" if narrowed else "")
        if _well_formed(connection, query, bounds):
            return query
    return '""'


def _well_formed(connection: Connection, query: str, bounds: dict[str, Any]) -> bool:
    try:
        connection.execute(PROBE, bounds | {"query": query}).first()
    except OperationalError:
        return False
    return True


def _bounds(since: date | None, until: date | None) -> dict[str, Any]:
    """The articles of these days, as numbers of the index (`write.newest`)."""
    low = since.toordinal() << 24 if since else 0
    return {"low": low, "high": ((until.toordinal() + 1) << 24) - 1 if until else 2**62}
