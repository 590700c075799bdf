"""The list of contacts, narrowed by whom, status, kind, days, place and outlet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from fastapi import APIRouter, Request
from fastapi.responses import Response

from ...records import ContactKind, Status
from ...settle import summaries, views
from ..asking import PAGE, Filters, amounts, book, filters, offset
from ..rendering import render

router = APIRouter()
ORDERS = {"changed": "latest change", "newest": "latest day", "when": "earliest day"}


@dataclass(frozen=True, slots=True)
class Contacts:
    """What the list shows."""

    rows: list[dict[str, Any]]  # summaries, or on an earlier day the contacts as they stood
    total: int
    asked: Filters
    order: str
    orders: dict[str, str]
    start: int
    page: int
    statuses: tuple[str, ...]
    kinds: tuple[str, ...]
    held: int  # articles in the ledger


@router.get("/contacts")
def contacts(request: Request) -> Response:
    """The list."""
    ledger, asked, start = book(request), filters(request), offset(request)
    order = request.query_params.get("order", "changed")
    order = order if order in ORDERS else "changed"
    given = asked.asked()
    rows, total = summaries.contacts(ledger, order=order, limit=PAGE, offset=start, **given)
    if given["as_of"]:
        rows = views.numbered(ledger, [r["id"] for r in rows], as_of=given["as_of"])
    held = amounts(request)["articles"]
    page = Contacts(rows, total, asked, order, ORDERS, start, PAGE, get_args(Status), get_args(ContactKind), held)
    return render(request, "contacts.html", page)
