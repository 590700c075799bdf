"""Sources: outlets with what is held of them, and what was left out and why."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import func, select

from ...ledger import schema as t
from ...tables import outlets
from ..asking import book
from ..rendering import render

router = APIRouter()
LISTED, SKIPS = 100, 60


@dataclass(frozen=True, slots=True)
class Sources:
    """What the screen shows."""

    outlets: list[dict[str, Any]]  # name, articles, own (of its own reporting), kind, owner, country, first, last
    nameless: int  # articles of no known outlet
    steps: list[tuple[str, int]]  # where things were left out, and how many
    skipped: list[dict[str, Any]]  # the latest of them
    runs: list[tuple[str, int]]  # by day of capture, pages


@router.get("/sources")
def sources(request: Request) -> Response:
    """The screen."""
    a = t.articles.c
    with book(request).reading() as connection:
        columns = select(
            a.outlet, func.count().label("articles"), func.min(a.published).label("first"), func.max(a.published).label("last")
        )
        rows = connection.execute(columns.group_by(a.outlet).order_by(func.count().desc(), a.outlet).limit(LISTED + 1)).all()
        held = dict(connection.execute(select(t.held.c.name, t.held.c.number)).tuples().all())
        steps = connection.execute(select(t.skipped.c.step, func.count()).group_by(t.skipped.c.step)).tuples().all()
        skipped = connection.execute(select(t.skipped).order_by(t.skipped.c.id.desc()).limit(SKIPS)).all()
        newest = connection.execute(select(t.pages.c.added_at).order_by(t.pages.c.id.desc()).limit(5000)).scalars()
        runs = sorted(Counter(at[:10] for at in newest).items(), reverse=True)[:14]
    listed = [_outlet(r, held) for r in rows if r.outlet]
    nameless = sum(r.articles for r in rows if not r.outlet)
    return render(request, "sources.html", Sources(listed, nameless, list(steps), [dict(s._mapping) for s in skipped], runs))


def _outlet(row: Any, held: dict[str, int]) -> dict[str, Any]:
    known = outlets.find(row.outlet)
    return {
        "name": row.outlet,
        "articles": row.articles,
        "own": held.get(outlets.folded(row.outlet), 0),
        "kind": known.kind if known else None,
        "owner": outlets.owner(known) if known else None,
        "country": known.country if known else None,
        "first": row.first,
        "last": row.last,
    }
