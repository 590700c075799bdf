"""Across pages: which facts speak of one contact, which pages are copies, how many origins there are."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from ..errors import StopRun
from ..ledger import Ledger, decisions, write
from ..ledger import schema as t
from ..records import PageResult, Skipped
from . import copies, stories, story_views, summaries, wording
from .contacts import Decision, Fact, merge


def add(ledger: Ledger, result: PageResult) -> Skipped | None:
    """Enter a page and settle what it touches, in one transaction. Returns why it was left out, if it was.

    A page that the ledger cannot hold is entered without its facts and with the reason; only `StopRun` is raised.
    """
    try:
        with ledger.writing() as connection:
            moved = _leaving(connection, result)
            touched = write.add(connection, result)
            if touched is not None:
                settle(connection, touched)
                _place(connection, result, moved)
        return result.skipped
    except StopRun:
        raise
    except Exception as error:  # the seam where a page's fault must not end the run
        reason = f"a fault of ours ({type(error).__name__}: {str(error).splitlines()[0]}); please report it with the page"
        with ledger.writing() as connection:
            write.add_page(connection, result.page, reason)
        return Skipped("ledger", reason)


def copy_of(ledger: Ledger, result: PageResult) -> tuple[str, str] | None:
    """(relation, address) of what a page that is in the ledger is a copy of; None for one of its own."""
    with ledger.reading() as connection:
        article = write.article_of(connection, result.page)
        return None if article is None else story_views.copy_of(connection, article)


def _leaving(connection: Connection, result: PageResult) -> list[int]:
    """Articles whose story may change when what an earlier reading of this page gave is taken out."""
    known = write.article_of(connection, result.page)
    return [] if known is None else stories.leaving(connection, known)


def _place(connection: Connection, result: PageResult, moved: list[int]) -> None:
    """Find what an article is a copy of, and its story; place those anew that this moves."""
    article = write.article_of(connection, result.page)
    if article is not None and result.reading.sketch is not None:
        copies.settle(connection, result.reading.sketch.exact)
        summaries.forget_copies(connection, result.reading.sketch.exact)
        stories.settle(connection, article)
        wording.settle(connection, result.reading.sketch.exact)
    for other in moved:
        stories.settle(connection, other)


def settle(connection: Connection, party_keys: Iterable[str]) -> None:
    """Merge anew the contacts of these parties; nothing else is touched. The result does not depend on the order of pages."""
    for party_key in sorted(party_keys):
        names = ("id", "article", "local", "kind", "past", "start", "end", "precision", "fact")
        columns = [t.contacts.c[c] for c in names]
        query = (
            select(*columns, t.pages.c.sha256, t.pages.c.page_id)
            .join(t.articles, t.contacts.c.article == t.articles.c.id)
            .join(t.pages)
        )
        facts = [
            Fact(r.id, r.article, f"{r.sha256} {r.page_id} {r.local}", r.kind, r.past, r.start, r.end, r.precision, r.fact or "")
            for r in connection.execute(query.where(t.contacts.c.party_key == party_key, t.contacts.c.rejected.is_not(True)))
        ]
        write.assign(connection, party_key, merge(facts, _decisions(connection, {f.fact for f in facts})))
        summaries.forget(connection, party_key)


def _decisions(connection: Connection, facts: set[str]) -> list[Decision]:
    """Which of these facts people put together or took apart."""
    found = (d for d in decisions.about(connection, facts) if d["kind"] in ("merge", "split"))
    return [Decision(d["kind"] == "merge", frozenset(d["data"]["facts"]), frozenset(d["data"]["with"])) for d in found]
