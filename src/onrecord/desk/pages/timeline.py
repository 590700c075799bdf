"""Contacts over time, a lane a pair; and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from ...export import to_svg
from ...settle import summaries, views
from ..asking import Filters, book, day, filters
from ..rendering import render

router = APIRouter()
DRAWN, LANES = 150, 24


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the timeline shows."""

    rows: list[dict[str, Any]]
    total: int
    chart: str
    asked: Filters
    statuses: list[str]


@router.get("/timeline")
def timeline(request: Request) -> Response:
    """The timeline."""
    asked = filters(request)
    rows, total = summaries.contacts(book(request), order="newest", limit=DRAWN, **asked.asked())
    then = day(asked.as_of, end=True)
    rows = views.numbered(book(request), [r["id"] for r in rows], as_of=then) if then else rows
    lanes = list(dict.fromkeys(" – ".join(r["names"]) for r in rows))[:LANES]
    rows = [r for r in rows if " – ".join(r["names"]) in lanes]
    chart = to_svg.timeline(to_svg.items(rows))
    return render(request, "timeline.html", Timeline(rows, total, chart, asked, list(dict.fromkeys(r["status"] for r in rows))))
