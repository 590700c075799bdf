"""The front: what changed, which stories rise, and where to go from here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from ...ledger.search import count
from ...settle import story_views, summaries
from ..asking import amounts, book
from ..rendering import render

router = APIRouter()
CHANGES, STORIES = 20, 8


@dataclass(frozen=True, slots=True)
class Front:
    """What the front shows."""

    changes: list[dict[str, Any]]  # contacts, the latest change first; `was` is the status before, None for new ones
    trending: list[dict[str, Any]]  # stories by new independent origins
    newest: list[dict[str, Any]]  # stories by their newest page, where nothing rises
    revised: list[dict[str, Any]]  # pages that were changed at their address, each before and after
    facets: dict[str, list[tuple[str, int]]]  # countries and topics of the newest articles
    counts: dict[str, int]  # how much there is of everything


@router.get("/")
def front(request: Request) -> Response:
    """The front."""
    ledger = book(request)
    changes, _ = summaries.contacts(ledger, limit=CHANGES)
    rising = summaries.trending(ledger, STORIES)
    newest = [] if rising else summaries.stories(ledger, limit=STORIES)
    _, facets = count(ledger, "")
    return render(request, "front.html", Front(changes, rising, newest, story_views.revised(ledger), facets, amounts(request)))
