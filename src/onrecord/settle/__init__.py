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
            rows = connection.execute(
                select(t.contacts.c.id, t.contacts.c.kind, t.contacts.c.past, t.contacts.c.start, t.contacts.c.end,
                       t.contacts.c.precision, t.contacts.c.article).where(t.contacts.c.party_key == party_key)
            )  # fmt: skip
            facts = [Fact(r.id, r.article, r.kind, r.past, r.start, r.end, r.precision) for r in rows]
            assign(connection, party_key, merge(facts))


def unsettled(ledger: Ledger) -> list[str]:
    """The party keys of contacts that a killed run left without settling."""
    with ledger.engine.connect() as connection:
        return list(connection.execute(select(t.contacts.c.party_key).where(t.contacts.c.merged.is_(None)).distinct()).scalars())
