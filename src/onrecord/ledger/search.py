"""Full text over the articles."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from .store import Ledger

QUERY = text("""
    SELECT a.id, a.title, a.published, a.outlet, coalesce(p.url, p.path, p.page_id) AS address,
           snippet(articles_fts, 1, char(2), char(3), '…', 16) AS passage
    FROM articles_fts JOIN articles a ON a.id = articles_fts.rowid JOIN pages p ON p.id = a.page
    WHERE articles_fts MATCH :query ORDER BY a.published DESC NULLS LAST, p.sha256 LIMIT :limit
""")


def search(ledger: Ledger, words: str, limit: int = 20) -> list[dict[str, Any]]:
    """Articles that hold all the words, newest first; in `passage` the hits stand between U+0002 and U+0003.

    FTS5's own syntax works ("exact phrase", OR, NOT, NEAR); what is not well-formed in it is taken word by word.
    """
    with ledger.reading() as connection:
        try:
            rows = connection.execute(QUERY, {"query": words, "limit": limit}).all()
        except OperationalError:
            plain = " ".join(f'"{w}"' for w in re.findall(r"\w+", words))
            rows = list(connection.execute(QUERY, {"query": plain, "limit": limit}).all()) if plain else []
    return [dict(r._mapping) for r in rows]
