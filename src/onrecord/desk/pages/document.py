"""One document: the article with its evidence marked, and beside it the page as it came: what was left out, what was repaired."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from sqlalchemy import select

from ...errors import BadRequest, SkipPage
from ...ledger import Ledger, query
from ...ledger import schema as t
from ...records import Page
from ...restore import restore
from ...settle import story_views
from ..asking import book, fault, whole
from ..rendering import render

router = APIRouter()
WINDOW = 16_000  # characters of the article, or of the page, at once
LISTED = 60  # attributions at once


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text that is marked in one way."""

    text: str
    classes: str = ""  # said, contact, dropped, repaired
    title: str = ""
    ids: tuple[str, ...] = ()  # the evidence that begins here
    link: str = ""  # the first of the evidence that covers it


@dataclass(frozen=True, slots=True)
class Document:
    """What the screen of a document shows."""

    a: dict[str, Any]  # the article, without its text
    paragraphs: list[list[Piece]]
    attributions: list[dict[str, Any]]
    contacts: list[dict[str, Any]]
    claims: list[tuple[str, dict[str, Any]]]
    copy_of: tuple[str, str] | None
    raw: list[Piece] | None  # the page, where it is asked for
    raw_note: str
    start: int
    size: int
    window: int


@router.get("/documents/{key}")
def document(request: Request, key: str) -> Response:
    """The screen."""
    ledger, start = book(request), whole(request.query_params.get("from", ""), 0)
    with ledger.reading() as connection:
        try:
            number = story_views.article(connection, key[:64])
        except BadRequest as error:
            raise fault(error) from None
        copied = story_views.copy_of(connection, number)
    a, said, met, claims = query.document(ledger, number)
    text = a.pop("text")
    start = min(start, len(text) // WINDOW * WINDOW)
    end = start + WINDOW
    here = [s for s in said if start <= _first(s["content"]) < end or (s["content"]["in"] != "body" and not start)]
    raw, note = _raw(ledger, number, a, start) if request.query_params.get("view") == "both" else (None, "")
    marks = [m for m in _marks(here, met) if m[0] < end and m[1] > start]
    page = Document(a, paragraphs(text, start, min(end, len(text)), marks), here[:LISTED], met, claims, copied, raw, note, start,
                    len(text), WINDOW)  # fmt: skip
    return render(request, "document.html", page)


def _first(evidence: dict[str, Any]) -> int:
    return int(evidence["span"][0][0]) if evidence["span"] else 0


Mark = tuple[int, int, str, str, str]  # start, end, class, ID, title


def _marks(said: list[dict[str, Any]], met: list[dict[str, Any]]) -> list[Mark]:
    """All evidence in the body."""
    out: list[Mark] = []
    for s in said:
        who = (s["source"]["text"] if s["source"] else "nobody named") + (f" {s['cue']['text']}" if s["cue"] else "")
        if s["content"]["in"] == "body":
            out += [(a, b, "said", "" if i else s["id"], who) for i, (a, b) in enumerate(s["content"]["span"] or ())]
    for c in met:
        for n, p in enumerate(c["positions"]):
            if p["in"] == "body":
                title = f"{p['name']} {p['stance'].replace('_', ' ')}"
                out += [(a, b, "met", "" if i else f"{c['id']}-{n}", title) for i, (a, b) in enumerate(p["span"] or ())]
    return out


def paragraphs(text: str, low: int, high: int, marks: list[Mark]) -> list[list[Piece]]:
    """The characters from `low` to `high` as paragraphs of pieces, cut at every edge of a mark, so that marks may overlap."""
    breaks = [i for i in range(low, high) if text[i] == "\n"]
    edges = sorted({low, high, *breaks, *(b + 1 for b in breaks), *(e for m in marks for e in m[:2] if low <= e <= high)})
    out: list[list[Piece]] = [[]]
    for a, b in pairwise(edges):
        if text[a:b] == "\n":
            out.append([])
            continue
        over = [m for m in marks if m[0] <= a and b <= m[1]]
        ids = tuple(m[3] for m in over if m[3] and (m[0] == a or (a == low and m[0] < low)))
        classes = " ".join(sorted({m[2] for m in over}))
        out[-1].append(Piece(text[a:b], classes, "; ".join(dict.fromkeys(m[4] for m in over)), ids,
                             next((m[3] for m in over if m[3]), "")))  # fmt: skip
    return [p for p in out if p]


def _raw(ledger: Ledger, number: int, a: dict[str, Any], start: int) -> tuple[list[Piece] | None, str]:
    """The page's own text with what was left out struck through and what was repaired marked."""
    with ledger.reading() as connection:
        content = connection.execute(select(t.pages.c.content).join(t.articles).where(t.articles.c.id == number)).scalar_one()
    if a["media_type"] == "text/html":
        return _visible(content, a, start)
    text, note = _decoded(content, a)
    marks: list[Mark] = [(*d["at"], "dropped", "", d["reason"]) for d in a["dropped"] if d["at"]]
    marks += [
        (*r["at"], "repaired", "", f"{r['kind'].replace('_', ' ')}: {r['before']!r} → {r['after']!r}")
        for r in a["repair_list"] or ()
    ]
    marks = [m for m in marks if m[1] > m[0]]
    end = min(start + WINDOW, len(text))
    pieces = [
        p
        for line in paragraphs(text, start, end, [m for m in marks if m[0] < end and m[1] > start])
        for p in (*line, Piece("\n"))
    ]
    return pieces, note


def _decoded(content: bytes, a: dict[str, Any]) -> tuple[str, str]:
    found = _restored(content, a["media_type"], a["url"])
    return (found[0], "") if found[0] else (zlib.decompress(content).decode("utf-8", "replace"), "the page as UTF-8")


def _visible(content: bytes, a: dict[str, Any], start: int) -> tuple[list[Piece] | None, str]:
    """What a browser would show of an HTML page, a block a line; what was left out is found in it by its words."""
    text = _restored(content, a["media_type"], a["url"])[1]
    marks: list[Mark] = []
    after = 0
    for d in a["dropped"]:
        words = d["text"].strip()
        at = text.find(words, after) if words else -1
        at = text.find(words) if at < 0 and words else at
        if at >= 0:
            marks.append((at, at + len(words), "dropped", "", d["reason"]))
            after = at + len(words)
    end = min(start + WINDOW, len(text))
    marks = [m for m in marks if m[0] < end and m[1] > start]
    pieces = [p for line in paragraphs(text, start, end, marks) for p in (*line, Piece("\n"))]
    return pieces, "what a browser shows of the page, without its pictures"


@lru_cache(maxsize=64)
def _restored(content: bytes, media_type: str, url: str | None) -> tuple[str, str]:
    """(text of a text page, visible text of an HTML page), from restoring the page anew."""
    whole = zlib.decompress(content)
    try:
        article = restore(Page("", whole, "", media_type, url=url))
    except SkipPage as skip:
        raise HTTPException(404, f"no article is found on this page any more: {skip.reason}") from None
    return article.page_text or "", article.visible or ""
