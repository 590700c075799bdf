"""A person, country or outlet; and a pair of them: contacts over time, and who said what to and about whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from sqlalchemy import select

from ...export import to_svg
from ...ledger import Ledger, query
from ...ledger import schema as t
from ...settle import summaries
from ...tables import actors
from ..asking import book, offset
from ..rendering import render

router = APIRouter()
QUOTES, DRAWN, SHOWN = 8, 80, 25
AMONG = 120  # articles in which words of and about somebody are looked for


@dataclass(frozen=True, slots=True)
class ActorPage:
    """What the screen of an actor, or of a pair, shows."""

    actors: list[dict[str, Any]]  # one, or two for a pair
    roles: list[tuple[str, str, str, str]]  # of one actor: title, of whom, from, until
    rows: list[dict[str, Any]]  # contacts, the latest first
    total: int
    chart: str  # the timeline as SVG
    partners: list[tuple[str, str, int]]  # ID, name, contacts
    by: list[dict[str, Any]]  # attributions by them (of a pair: by the first about the second)
    about: list[dict[str, Any]]  # … about them (of a pair: by the second about the first)
    to: list[dict[str, Any]]  # … to them
    start: int
    page: int


@router.get("/actors/{name}")
def actor(request: Request, name: str) -> Response:
    """One actor."""
    ledger, start = book(request), offset(request)
    row = _actor(ledger, name)
    rows, total = summaries.contacts(ledger, [row["id"]], order="newest", limit=DRAWN, offset=start)
    entry = actors.current().entries.get(row["id"])
    roles = [(r.title, r.of, str(r.start or ""), str(r.end or "")) for r in entry.roles] if entry else []
    by, about, to = (
        query.said(ledger, **asked, limit=QUOTES, among=AMONG)
        for asked in ({"name": row["id"]}, {"name": None, "about": row["name"]}, {"name": None, "to": row["name"]})
    )
    about = [r for r in about if row["id"] not in (r["data"]["source"] or {}).get("actors", ())]
    page = ActorPage(
        [row],
        roles,
        rows[:SHOWN],
        total,
        to_svg.timeline(to_svg.items(rows)),
        _partners(rows, row["id"]),
        by,
        about,
        to,
        start,
        SHOWN,
    )
    return render(request, "actor.html", page)


@router.get("/pairs/{first}/{second}")
def pair(request: Request, first: str, second: str) -> Response:
    """Two actors."""
    ledger, start = book(request), offset(request)
    a, b = _actor(ledger, first), _actor(ledger, second)
    rows, total = summaries.contacts(ledger, [a["id"], b["id"]], order="newest", limit=DRAWN, offset=start)
    one, other = (query.said(ledger, x["id"], about=y["name"], limit=QUOTES, among=AMONG) for x, y in ((a, b), (b, a)))
    page = ActorPage([a, b], [], rows[:SHOWN], total, to_svg.timeline(to_svg.items(rows)), [], one, other, [], start, SHOWN)
    return render(request, "actor.html", page)


def _actor(ledger: Ledger, name: str) -> dict[str, Any]:
    with ledger.reading() as connection:
        found = query.find_actors(connection, name[:200])
        row = connection.execute(select(t.actors).where(t.actors.c.id.in_(found[:1]))).first()
    if row is None:
        raise HTTPException(404, f"nobody called {name[:60]!r} is on record; search for a part of the name")
    return dict(row._mapping)


def _partners(rows: list[dict[str, Any]], own: str) -> list[tuple[str, str, int]]:
    counts: dict[tuple[str, str], int] = {}
    for row in rows:
        for party, name in zip(row["parties"], row["names"], strict=True):
            if party != own:
                counts[party, name] = counts.get((party, name), 0) + 1
    return [(party, name, n) for (party, name), n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:15]]
