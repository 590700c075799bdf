"""The interface for programs: the same answers as JSON, with pages, ETags, problem+json. Its OpenAPI is at /api."""

from __future__ import annotations

import hashlib
import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from ..errors import BadRequest
from ..ledger import query
from ..ledger import search as full_text
from ..records import ContactKind, Status
from ..settle import story_views, summaries, views
from .asking import FURTHEST, PAGE, book, day, fault

PROBLEM = {
    "description": "what was wrong with the question",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["title", "status", "detail"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                },
            }
        }
    },
}
ERRORS: dict[int | str, dict[str, Any]] = {400: PROBLEM, 404: PROBLEM, 422: PROBLEM, 503: PROBLEM}
router = APIRouter(prefix="/api", tags=["ledger"], responses=ERRORS)

Limit = Annotated[int, Query(ge=1, le=200, description="rows of a page")]
Offset = Annotated[int, Query(ge=0, le=FURTHEST, description="rows before this page")]
Day = Annotated[str | None, Query(pattern=r"^\d{4}(-\d\d(-\d\d)?)?$", description="a day, month or year")]
Words = Annotated[str | None, Query(max_length=300)]
NOTHING: Any = []  # what a list of a query is where it is not given


def answer(request: Request, found: Any) -> Response:
    """JSON with an ETag; 304 where the asker has it already."""
    body = json.dumps(found, ensure_ascii=False, default=str).encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers = {"etag": tag, "cache-control": "no-cache"}
    if tag in (request.headers.get("if-none-match") or ""):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def paged(request: Request, rows: list[Any], total: int | None, limit: int, offset: int) -> Response:
    """A page of a list, with the address of the next one."""
    more = len(rows) == limit and (total is None or offset + limit < total) and offset + limit <= FURTHEST
    following = str(request.url.include_query_params(offset=offset + limit)) if more else None
    return answer(request, {"rows": rows, "total": total, "next": following})


@router.get("/contacts")
def contacts(
    request: Request,
    names: Annotated[list[str], Query(alias="with", max_length=8)] = NOTHING,
    status: Annotated[list[Status], Query()] = NOTHING,
    kind: Annotated[list[ContactKind], Query()] = NOTHING,
    since: Day = None,
    until: Day = None,
    as_of: Day = None,
    place: Words = None,
    outlet: Words = None,
    order: Literal["changed", "when", "newest"] = "changed",
    limit: Limit = PAGE,
    offset: Offset = 0,
) -> Response:
    """Contacts, without their evidence: who with whom, when, status, origins."""
    then = day(as_of, end=True)
    rows, total = summaries.contacts(
        book(request),
        names,
        statuses=status,
        kinds=kind,
        since=day(since),
        until=day(until, end=True),
        place=place,
        outlet=outlet,
        as_of=then,
        order=order,
        limit=limit,
        offset=offset,
    )
    if then:
        rows = views.numbered(book(request), [r["id"] for r in rows], as_of=then)
    return paged(request, rows, total, limit, offset)


@router.get("/contacts/{number}")
def contact(request: Request, number: int, as_of: Day = None) -> Response:
    """One contact with every position and its evidence."""
    try:
        return answer(request, views.contact(book(request), _small(number), as_of=day(as_of, end=True)))
    except BadRequest as error:
        raise fault(error) from None


def _small(number: int) -> int:
    if not 0 <= number < 2**31:
        raise BadRequest(f"no contact {number} in this ledger")
    return number


@router.get("/stories")
def stories(
    request: Request, least: Annotated[int, Query(ge=1, le=10_000)] = 1, limit: Limit = PAGE, offset: Offset = 0
) -> Response:
    """Stories, the newest first, without their pages."""
    return paged(request, summaries.stories(book(request), limit=limit, offset=offset, least=least), None, limit, offset)


@router.get("/stories/{name}")
def story(request: Request, name: str) -> Response:
    """One story with its pages, copies and origins."""
    try:
        return answer(request, summaries.story(book(request), name[:64]))
    except BadRequest as error:
        raise fault(error) from None


@router.get("/documents/{name}")
def document(request: Request, name: str) -> Response:
    """One article with what was read on it."""
    ledger = book(request)
    with ledger.reading() as connection:
        try:
            number = story_views.article(connection, name[:64])
        except BadRequest as error:
            raise fault(error) from None
    article, said, met, claims = query.document(ledger, number)
    found = {"article": article, "attributions": said, "contacts": met, "claims": [{"kind": k, **c} for k, c in claims]}
    return answer(request, found)


@router.get("/search")
def search(
    request: Request,
    q: Annotated[str, Query(max_length=300)] = "",
    since: Day = None,
    until: Day = None,
    order: Literal["newest", "best"] = "newest",
    limit: Limit = PAGE,
    offset: Offset = 0,
) -> Response:
    """Articles that hold all the words; in `passage` the hits stand between U+0002 and U+0003."""
    rows = full_text.search(
        book(request), q, limit, since=day(since), until=day(until, end=True), best=order == "best", offset=offset
    )
    return paged(request, rows, None, limit, offset)


@router.get("/said")
def said(
    request: Request,
    by: Words = None,
    about: Words = None,
    to: Words = None,
    since: Day = None,
    until: Day = None,
    verbatim: bool = False,
    limit: Limit = PAGE,
) -> Response:
    """Attributions by, about and to someone, newest first."""
    rows = query.said(
        book(request), by, about=about, to=to, since=day(since), until=day(until, end=True), verbatim=verbatim, limit=limit
    )
    kept = ("fact", "key", "title", "published", "outlet", "address", "data")
    return answer(request, {"rows": [{k: r[k] for k in kept} for r in rows], "total": None, "next": None})
