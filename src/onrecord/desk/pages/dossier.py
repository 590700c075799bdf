"""A dossier: a contact, a story or a choice of contacts as one printable page with numbered quotations, and BibTeX for them."""

from __future__ import annotations

from datetime import date
from io import StringIO
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import HTMLResponse, PlainTextResponse, Response
from sqlalchemy import select

from ...errors import BadRequest
from ...export import to_bibtex, to_dossier
from ...ledger import Ledger
from ...ledger import schema as t
from ...settle import summaries, views
from ..asking import asked_day, book, fault, filters, number

router = APIRouter()
MOST = 25  # contacts of a dossier


def chosen(request: Request) -> list[dict[str, Any]]:
    """The contacts that an address names: ?id=1&id=2, ?story=KEY, or the filters of the list."""
    ledger, as_of = book(request), asked_day(request)
    if request.query_params.get("story"):
        return _of_story(ledger, request.query_params["story"][:64], as_of)
    ids = [number(v) for v in request.query_params.getlist("id")][:MOST]
    if not ids:
        rows, _ = summaries.contacts(ledger, limit=MOST, **filters(request).asked())
        ids = [r["id"] for r in rows]
    try:
        found = [views.contact(ledger, n, as_of=as_of) for n in ids]
    except BadRequest as error:
        raise fault(error) from None
    if not found:
        raise HTTPException(404, "no contact on record is meant; name one with ?id=")
    return found


def _of_story(ledger: Ledger, name: str, as_of: date | None) -> list[dict[str, Any]]:
    """The contacts that a story's articles tell of."""
    try:
        keys = [p["key"] for p in summaries.story(ledger, name)["pages"]]
    except BadRequest as error:
        raise fault(error) from None
    with ledger.reading() as connection:
        told = (
            select(t.contacts.c.merged)
            .join(t.articles, t.contacts.c.article == t.articles.c.id)
            .where(t.articles.c.key.in_(keys))
        )
        numbers = list(connection.execute(told.where(t.contacts.c.merged.is_not(None)).distinct().limit(MOST)).scalars())
    found = views.numbered(ledger, sorted(numbers), as_of=as_of)
    if not found:
        raise HTTPException(404, "no contact is told of in this story; a dossier has nothing to quote")
    return found


@router.get("/dossier")
def dossier(request: Request) -> Response:
    """The page; it brings its own style, and no script."""
    out = StringIO()
    to_dossier.dossier(chosen(request), out)
    policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    return HTMLResponse(out.getvalue(), headers={"content-security-policy": policy})


@router.get("/dossier.bib")
def bibtex(request: Request) -> Response:
    """The pages that a dossier cites, as BibTeX."""
    out = StringIO()
    to_bibtex.entries(chosen(request), out)
    return PlainTextResponse(out.getvalue(), media_type="application/x-bibtex")
