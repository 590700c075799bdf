"""One contact: the sentence that answers, who takes which stance in which words, where it comes from, how it came to this."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import select

from ...errors import BadRequest
from ...ledger import Ledger, decisions, query
from ...ledger import schema as t
from ...records import Stance
from ...settle import sentences, summaries, views
from ..asking import asked_day, book, number
from ..rendering import link, render

router = APIRouter()
CELL, ROWS, FACTS = 4, 40, 30  # words of a cell, rows of the grid and facts that are shown at once
ORIGINS, PAGES = 12, 12  # of the tree


@dataclass(frozen=True, slots=True)
class ContactPage:
    """What the screen of a contact shows."""

    v: dict[str, Any]  # the contact as it stands, or stood on `as_of`
    stances: list[Stance]  # columns of the grid
    grid: list[tuple[str, dict[Stance, list[dict[str, Any]]]]]  # who, and by stance the positions
    more: int  # rows of the grid that are left out
    cell: int  # positions that a cell shows
    history: list[tuple[date, str]]  # from which day on which status
    step: int  # where in the history this is
    as_of: date | None
    missing: list[str]
    tree: list[tuple[dict[str, Any], list[dict[str, Any]]]]  # origins, each with the pages through which it is known
    same: list[dict[str, Any]]  # contacts that may be this one
    decided: list[dict[str, Any]]  # what people decided on its facts


@router.get("/contacts/{name}")
def contact(request: Request, name: str) -> Response:
    """The screen."""
    ledger, asked = book(request), number(name)
    now = _current(ledger, asked)
    if now != asked:
        return RedirectResponse(link(f"/contacts/{now}", request.query_params), 308)
    history = summaries.history_of(ledger, now)
    as_of = _day(request, history)
    try:
        v = views.contact(ledger, now, as_of=as_of)
    except BadRequest as error:
        first = f"; the first page that tells of it is of {history[0][0]}" if history else ""
        raise HTTPException(404, f"{error}{first}") from None
    stances, grid = sentences.grid(v)
    step = max((i for i, (day, _) in enumerate(history) if as_of is None or day <= as_of), default=0)
    same = _same(ledger, v)
    with ledger.reading() as connection:
        decided = decisions.about(connection, [f["fact"] for f in v["facts"]])
    page = ContactPage(v | {"facts": v["facts"][:FACTS]}, stances, grid[:ROWS], max(0, len(grid) - ROWS), CELL, history, step,
                       as_of, sentences.missing(v), tree(v), same, decided)  # fmt: skip
    return render(request, "contact.html", page)


def _day(request: Request, history: list[tuple[date, str]]) -> date | None:
    """The day that is asked for: by itself, or as a step of the history (a slider without a script)."""
    step = request.query_params.get("step", "")
    if step.isdecimal() and history:
        return history[min(int(step[:4]), len(history) - 1)][0]
    return asked_day(request)


def _current(ledger: Ledger, asked: int) -> int:
    try:
        return query.current(ledger, asked)
    except BadRequest as error:
        raise HTTPException(
            404, f"{error}".replace("`onrecord contacts` lists them", "the list of contacts has those there are")
        ) from None


def tree(v: dict[str, Any]) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Each origin of a contact, with the pages that carry what it says."""
    out = []
    for origin in v["origins"][:ORIGINS]:
        name = origin["name"].lower()
        carrying = [
            p for p in v["positions"] if name in ((p["via"] or "").lower(), p["name"].lower(), (p["outlet"] or p["page"]).lower())
        ]
        pages = {p["article"]: p for p in carrying}
        out.append((origin, list(pages.values())[:PAGES]))
    return out


def _same(ledger: Ledger, v: dict[str, Any]) -> list[dict[str, Any]]:
    """Contacts that a page says may be this one."""
    wanted = [(f["article"], local) for f in v["facts"] for local in f["may_be_same_as"]][:20]
    if not wanted:
        return []
    with ledger.reading() as connection:
        columns = select(t.contacts.c.merged, t.articles.c.key, t.contacts.c.local).join(t.articles)
        rows = connection.execute(columns.where(t.articles.c.key.in_({key for key, _ in wanted})))
        numbers = {r.merged for r in rows if (r.key, r.local) in wanted and r.merged not in (None, v["id"])}
    return views.numbered(ledger, sorted(numbers))
