"""Who has contacts with whom, as squares."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import combinations

from fastapi import APIRouter, Request
from fastapi.responses import Response
from sqlalchemy import select

from ...export import to_svg
from ...ledger import schema as t
from ...settle import summaries
from ..asking import book
from ..rendering import link, render

router = APIRouter()
ACTORS, PAIRS = 16, 400


@dataclass(frozen=True, slots=True)
class Matrix:
    """What the matrix shows."""

    chart: str
    pairs: list[tuple[str, str, str, str, int]]  # two IDs, two names, contacts


@router.get("/matrix")
def matrix(request: Request) -> Response:
    """The matrix."""
    ledger = book(request)
    counts: Counter[tuple[str, str]] = Counter()
    for parties, number in summaries.pairs(ledger, PAIRS):
        counts.update(dict.fromkeys(combinations(sorted(parties), 2), number))
    per: Counter[str] = Counter()
    for (a, b), number in counts.items():
        per.update({a: number, b: number})
    chosen = [a for a, _ in per.most_common(ACTORS)]
    with ledger.reading() as connection:
        named = {x for pair in counts for x in pair}
        names = dict(connection.execute(select(t.actors.c.id, t.actors.c.name).where(t.actors.c.id.in_(named))).tuples().all())
    cells = {(min(i, j), max(i, j)): counts[pair] for pair in counts if set(pair) <= set(chosen)
             for i, j in [(chosen.index(pair[0]), chosen.index(pair[1]))]}  # fmt: skip
    chart = to_svg.matrix([names.get(a, a) for a in chosen], cells, lambda i, j: link(f"/pairs/{chosen[i]}/{chosen[j]}"))
    listed = [(a, b, names.get(a, a), names.get(b, b), n) for (a, b), n in counts.most_common(60)]
    return render(request, "matrix.html", Matrix(chart, listed))
