"""The desk as an application: its screens, its interface for programs, and what keeps both safe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from .. import __version__
from ..errors import BadRequest, LedgerError
from ..ledger import Ledger, open_ledger
from . import api, feeds
from .asking import Watch
from .pages import SCREENS
from .rendering import render
from .safety import Safety

STATIC = Path(__file__).parent / "static"
ABOUT = (
    "What the ledger holds: contacts with positions, status and origins; stories; documents; who said what. Days are ISO days."
)


def create_app(ledger: Path | Ledger, *, hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]"), token: str | None = None,
               read_only: bool = False) -> FastAPI:  # fmt: skip
    """The desk over a ledger. It answers to these host names only; with a token, to those who have it only; `read_only` takes no
    decisions. Raises `LedgerError`."""
    book = ledger if isinstance(ledger, Ledger) else open_ledger(ledger, create=False)
    app = FastAPI(title="OnRecord", version=__version__, description=ABOUT, docs_url=None, redoc_url=None, openapi_url="/api")
    app.state.book, app.state.read_only = book, read_only
    app.add_middleware(Safety, hosts=hosts, token=token)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for screen in SCREENS:
        app.include_router(screen.router, include_in_schema=False)
    app.include_router(feeds.router, include_in_schema=False)
    app.include_router(api.router)
    app.add_exception_handler(HTTPException, _went_wrong)
    app.add_exception_handler(RequestValidationError, _went_wrong)
    app.add_exception_handler(BadRequest, _went_wrong)
    app.add_exception_handler(LedgerError, _went_wrong)
    app.state.watch = Watch(book)
    app.state.watch.look(book)
    return app


def _went_wrong(request: Request, error: Exception) -> Response:
    """An error as a page for people, as problem+json (RFC 9457) for programs."""
    status, what = _said(error)
    if request.url.path.startswith("/api/"):
        problem = {"type": "about:blank", "title": TITLES.get(status, "Error"), "status": status, "detail": what}
        return JSONResponse(problem, status, media_type="application/problem+json")
    page: dict[str, Any] = {"title": TITLES.get(status, "Error"), "what": what}
    return HTMLResponse(render(request, "error.html", page).body, status)


TITLES = {400: "That cannot be asked", 403: "Not allowed", 404: "Not on record", 405: "Not allowed", 422: "That cannot be asked",
          500: "A fault of ours", 503: "The ledger cannot be read"}  # fmt: skip


def _said(error: Exception) -> tuple[int, str]:
    if isinstance(error, HTTPException):
        return error.status_code, str(error.detail)
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        return 422, f"{'.'.join(map(str, first['loc'][1:]))}: {first['msg']}"
    if isinstance(error, LedgerError):
        return 503, str(error)
    return (404 if str(error).startswith("no ") else 400), str(error)
