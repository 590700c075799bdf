"""Stories: the list, one story as a tree of copies with its origins, and two articles side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from ...errors import BadRequest
from ...settle import story_views, summaries
from ..asking import PAGE, book, fault, offset
from ..rendering import render

router = APIRouter()
PAGES = 60  # of a story, at once
PASSAGES = 60  # of a comparison


@dataclass(frozen=True, slots=True)
class Stories:
    """What the list of stories shows."""

    rows: list[dict[str, Any]]
    least: int
    start: int
    page: int


@dataclass(frozen=True, slots=True)
class StoryPage:
    """What the screen of a story shows."""

    v: dict[str, Any]
    rows: list[tuple[int, dict[str, Any]]]  # pages with their depth in the tree of copies
    carried: dict[str, int]  # by origin, on how many pages it stands
    start: int
    page: int
    total: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two articles side by side, quotations first."""

    v: dict[str, Any]
    passages: list[dict[str, Any]]
    more: int


@router.get("/stories")
def stories(request: Request) -> Response:
    """The list."""
    least = request.query_params.get("least", "1")
    number = min(int(least), 10_000) if least.isdecimal() and len(least) < 6 else 1
    start = offset(request)
    rows = summaries.stories(book(request), limit=PAGE + 1, offset=start, least=number)
    return render(request, "stories.html", Stories(rows, number, start, PAGE))


@router.get("/stories/{name}")
def story(request: Request, name: str) -> Response:
    """One story."""
    try:
        v = summaries.story(book(request), name[:64])
    except BadRequest as error:
        raise fault(error) from None
    start, ordered = offset(request), _as_tree(v["pages"])
    carried = {o["id"]: sum(o["id"] in p["origins"] for p in v["pages"]) for o in v["origins"]}
    return render(request, "story.html", StoryPage(v, ordered[start : start + PAGES], carried, start, PAGES, len(ordered)))


@router.get("/compare/{first}/{second}")
def compare(request: Request, first: str, second: str) -> Response:
    """Two articles side by side."""
    try:
        v = story_views.compare(book(request), first[:64], second[:64])
    except BadRequest as error:
        raise fault(error) from None
    passages = sorted(v["passages"], key=lambda p: not any(m in p["a"] for m in '"“«'))
    if not passages and v["a"]["key"] == v["b"]["key"]:
        raise HTTPException(400, "name two articles: these are one")
    return render(request, "compare.html", Comparison(v, passages[:PASSAGES], max(0, len(passages) - PASSAGES)))


def _as_tree(pages: list[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    """Pages with what was made from them below them."""
    known = {p["id"] for p in pages}
    below: dict[str | None, list[dict[str, Any]]] = {}
    for page in pages:
        below.setdefault(page["copy_of"] if page["copy_of"] in known else None, []).append(page)
    out: list[tuple[int, dict[str, Any]]] = []
    waiting = [(0, page) for page in reversed(below.get(None, []))]
    while waiting:
        depth, page = waiting.pop()
        out.append((depth, page))
        waiting += [(depth + 1, child) for child in reversed(below.pop(page["id"], []))]
    return out
