"""Across pages: which facts speak of one contact, which pages are copies, how many origins there are."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from ..ledger import Ledger
from ..ledger import schema as t
from ..ledger.write import assign
from .contacts import Fact, merge


def settle(ledger: Ledger, party_keys: Iterable[str]) -> None:
    """Merge anew the contacts of these parties; nothing else is touched. The result does not depend on the order of pages."""
    for party_key in sorted(party_keys):
        with ledger.engine.connect().execution_options(writes=True) as connection, connection.begin():
            columns = [t.contacts.c[c] for c in ("id", "article", "local", "kind", "past", "start", "end", "precision")]
            query = (
                select(*columns, t.pages.c.sha256, t.pages.c.page_id)
                .join(t.articles, t.contacts.c.article == t.articles.c.id)
                .join(t.pages)
            )
            rows = connection.execute(query.where(t.contacts.c.party_key == party_key))
            facts = [
                Fact(r.id, r.article, f"{r.sha256} {r.page_id} {r.local}", r.kind, r.past, r.start, r.end, r.precision)
                for r in rows
            ]
            assign(connection, party_key, merge(facts))


def unsettled(ledger: Ledger) -> list[str]:
    """The party keys of contacts that a killed run left without settling."""
    with ledger.engine.connect() as connection:
        return list(connection.execute(select(t.contacts.c.party_key).where(t.contacts.c.merged.is_(None)).distinct()).scalars())
