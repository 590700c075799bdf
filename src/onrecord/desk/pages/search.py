"""Full text and facets, newest first; and searches that are kept, each a feed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from sqlalchemy import delete, insert, select

from ...ledger import schema as t
from ...ledger.facets import FACETS
from ...ledger.search import COUNTED, count, search
from ...ledger.store import now
from ...settle import summaries
from ..asking import PAGE, amounts, book, day, offset
from ..rendering import link, render
from ..safety import form

router = APIRouter()
WORDS = 300  # characters of a search


@dataclass(frozen=True, slots=True)
class Asked:
    """A search as an address has it."""

    words: str
    facets: dict[str, list[str]]
    since: str
    until: str
    best: bool

    def query(self) -> dict[str, Any]:
        """As an address has it again."""
        return {"q": self.words, **self.facets, "since": self.since, "until": self.until, "order": "best" if self.best else ""}


@dataclass(frozen=True, slots=True)
class Search:
    """What the search shows."""

    rows: list[dict[str, Any]]
    total: str  # "12", "more than 1,000"
    counts: dict[str, list[tuple[str, int]]]
    asked: Asked
    contacts: list[dict[str, Any]]  # of who is named
    saved: list[dict[str, Any]]
    held: int
    start: int
    page: int


def asked_of(request: Request) -> Asked:
    """The search of an address."""
    q = request.query_params
    facets = {name: [v[:200] for v in q.getlist(name) if v][:8] for name in FACETS}
    return Asked(q.get("q", "").strip()[:WORDS], {n: v for n, v in facets.items() if v}, q.get("since", ""), q.get("until", ""),
                 q.get("order") == "best")  # fmt: skip


@router.get("/search")
def find(request: Request) -> Response:
    """The search."""
    ledger, asked, start = book(request), asked_of(request), offset(request)
    days = {"since": day(asked.since), "until": day(asked.until, end=True)}
    rows = search(ledger, asked.words, PAGE, facets=asked.facets, best=asked.best, offset=start, **days)
    total, counts = count(ledger, asked.words, facets=asked.facets, **days)
    named = [w for w in asked.words.split() if w[:1].isupper()] if asked.words and not start else []
    contacts = summaries.contacts(ledger, named, limit=5)[0] if named else []
    with ledger.reading() as connection:
        saved = [dict(r._mapping) for r in connection.execute(select(t.saved).order_by(t.saved.c.name).limit(50))]
    said = f"more than {COUNTED:,}" if total > COUNTED else f"{total:,}"
    held = amounts(request)["articles"]
    return render(request, "search.html", Search(rows, said, counts, asked, contacts, saved, held, start, PAGE))


@router.post("/searches")
async def keep(request: Request) -> Response:
    """Keep a search under a name, or forget one."""
    fields = await form(request)
    name, wanted, gone = (fields.get(key, [""])[0].strip()[:WORDS] for key in ("name", "query", "forget"))
    with book(request).writing() as connection:
        if gone.isdecimal():
            connection.execute(delete(t.saved).where(t.saved.c.id == int(gone)))
        elif name:
            connection.execute(insert(t.saved).values(name=name, query=wanted, at=now()))
    return RedirectResponse(link("/search") + (f"?{wanted}" if wanted and name else ""), 303)
