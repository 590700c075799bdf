"""A dossier: a contact, a story or a choice of contacts as one printable page with numbered quotations, and BibTeX for them."""

from __future__ import annotations

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


def chosen(request: Request) -> tuple[list[dict[str, Any]], str]:
    """The contacts that an address names (?id=1&id=2, ?story=KEY, or the filters of the list), and what there is to say of the
    choice: the day, and how many more there are."""
    ledger, as_of = book(request), asked_day(request)
    given = request.query_params.getlist("id")
    if request.query_params.get("story"):
        ids, total = _of_story(ledger, request.query_params["story"][:64])
    elif given:
        ids, total = [number(v) for v in given][:MOST], len(given)
    else:
        rows, total = summaries.contacts(ledger, limit=MOST, **filters(request).asked())
        ids = [r["id"] for r in rows]
    try:
        found = [views.contact(ledger, n) for n in ids] if as_of is None else views.numbered(ledger, ids, as_of=as_of)
    except BadRequest as error:
        raise fault(error) from None
    if not found:
        raise HTTPException(404, "no contact is told of there, so there is nothing to quote; name one with ?id=")
    notes = [f"As on record on {as_of}."] if as_of else []
    notes += [f"{len(found)} of {total} contacts."] if total > len(found) else []
    return found, " ".join(notes)


def _of_story(ledger: Ledger, name: str) -> tuple[list[int], int]:
    """The numbers of the contacts that a story's articles tell of, the first of them, and how many there are."""
    try:
        keys = [p["key"] for p in summaries.story(ledger, name)["pages"]]
    except BadRequest as error:
        raise fault(error) from None
    with ledger.reading() as connection:
        told = select(t.contacts.c.merged).join(t.articles, t.contacts.c.article == t.articles.c.id)
        told = told.where(t.articles.c.key.in_(keys), t.contacts.c.merged.is_not(None)).distinct()
        numbers = sorted(connection.execute(told).scalars())
    return numbers[:MOST], len(numbers)


@router.get("/dossier")
def dossier(request: Request) -> Response:
    """The page; it brings its own style, and no script."""
    out = StringIO()
    rows, note = chosen(request)
    to_dossier.dossier(rows, out, note=note)
    policy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
    return HTMLResponse(out.getvalue(), headers={"content-security-policy": policy})


@router.get("/dossier.bib")
def bibtex(request: Request) -> Response:
    """The pages that a dossier cites, as BibTeX."""
    out = StringIO()
    to_bibtex.entries(chosen(request)[0], out)
    return PlainTextResponse(out.getvalue(), media_type="application/x-bibtex")
