"""Review: what waits for a judgement, what was decided, and undoing it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse, Response

from ...errors import BadRequest
from ...ledger import Ledger, decisions
from ...settle import decide, summaries
from ..asking import PAGE, book
from ..rendering import render
from ..safety import form

router = APIRouter()
QUEUE = 15


@dataclass(frozen=True, slots=True)
class Review:
    """What the review shows."""

    waiting: list[dict[str, Any]]  # contacts that hang on few words: disputed, denied, cancelled
    decisions: list[dict[str, Any]]
    kinds: dict[str, str]
    more: int | None  # the decision before which the next page begins


@router.get("/review")
def review(request: Request) -> Response:
    """The screen."""
    ledger = book(request)
    before = request.query_params.get("before", "")
    waiting, _ = summaries.contacts(ledger, statuses=("disputed", "denied", "cancelled"), undecided=True, limit=QUEUE)
    with ledger.reading() as connection:
        rows = decisions.listed(
            connection, limit=PAGE + 1, before=int(before) if before.isdecimal() and len(before) < 10 else None
        )
    more = rows[PAGE - 1]["id"] if len(rows) > PAGE else None
    return render(request, "review.html", Review(waiting, rows[:PAGE], decisions.KINDS, more))


Fields = dict[str, list[str]]


def _one(fields: Fields, name: str) -> str:
    return fields.get(name, [""])[0].strip()


def _number(fields: Fields, name: str) -> int:
    value = _one(fields, name)
    if not value.isdecimal() or len(value) > 9:
        raise BadRequest(f"{name}: a number is wanted, not {value[:20]!r}")
    return int(value)


def _merge(ledger: Ledger, fields: Fields, given: dict[str, str]) -> None:
    decide.merge(ledger, _number(fields, "contact"), _number(fields, "other"), **given)


def _split(ledger: Ledger, fields: Fields, given: dict[str, str]) -> None:
    decide.split(ledger, _number(fields, "contact"), fields.get("fact", []), **given)


def _correct(ledger: Ledger, fields: Fields, given: dict[str, str]) -> None:
    what = {name: _one(fields, name) or None for name in ("date", "kind", "speaker")}
    decide.judge(ledger, "correct", _one(fields, "fact"), decide.correction(ledger, **what), **given)


def _judge(kind: str) -> Callable[[Ledger, Fields, dict[str, str]], None]:
    return lambda ledger, fields, given: _ignore(decide.judge(ledger, kind, _one(fields, "fact"), {}, **given))


def _relate(kind: str) -> Callable[[Ledger, Fields, dict[str, str]], None]:
    return lambda ledger, fields, given: _ignore(
        decide.relate(ledger, kind, _one(fields, "article"), _one(fields, "other"), **given)
    )


def _ignore(_: Any) -> None:
    """What a decision returns is shown on the next screen."""


ACTIONS: dict[str, Callable[[Ledger, Fields, dict[str, str]], None]] = {
    "merge": _merge, "split": _split, "correct": _correct, "reject": _judge("reject"), "accept": _judge("accept"),
    "copy_of": _relate("copy_of"), "independent": _relate("independent"),
    "undo": lambda ledger, fields, _: decide.undo(ledger, _number(fields, "decision")),
}  # fmt: skip


@router.post("/decisions")
async def decided(request: Request) -> Response:
    """Take a decision, or undo one; then back to where it was taken."""
    fields = await form(request)
    action = ACTIONS.get(_one(fields, "action"))
    if action is None:
        raise HTTPException(400, f"no decision is called {_one(fields, 'action')[:20]!r}")
    ledger = book(request)

    def take() -> None:
        action(ledger, fields, {"who": _one(fields, "who") or "desk", "why": _one(fields, "why")})
        summaries.refresh(ledger)

    await run_in_threadpool(take)
    back = _one(fields, "back")
    ours = back.startswith("/") and not back.startswith(("//", "/\\"))
    return RedirectResponse(back if ours else "/review", 303)
