"""Atom feeds: what changed, and any search."""

from __future__ import annotations

from io import StringIO

from fastapi import APIRouter, Request
from fastapi.responses import Response

from ..export import to_atom
from ..ledger.search import search
from ..settle import summaries
from .asking import book, day
from .pages.search import asked_of
from .rendering import link

router = APIRouter()
ENTRIES = 50


@router.get("/feeds/changes")
def changes(request: Request) -> Response:
    """Contacts whose status changed, the latest first."""
    rows, _ = summaries.contacts(book(request), limit=ENTRIES)
    out, base = StringIO(), str(request.base_url).rstrip("/")
    to_atom.feed(to_atom.of_contacts(rows, base), out, ("OnRecord: what changed", f"{base}/feeds/changes"))
    return Response(out.getvalue(), media_type="application/atom+xml")


@router.get("/feeds/search")
def found(request: Request) -> Response:
    """The articles of a search, the newest first."""
    asked = asked_of(request)
    rows = search(
        book(request), asked.words, ENTRIES, facets=asked.facets, since=day(asked.since), until=day(asked.until, end=True)
    )
    out, base = StringIO(), str(request.base_url).rstrip("/")
    title = f"OnRecord: {asked.words or 'all articles'}"
    to_atom.feed(to_atom.of_articles(rows, base), out, (title, base + link("/feeds/search", asked.query())))
    return Response(out.getvalue(), media_type="application/atom+xml")
