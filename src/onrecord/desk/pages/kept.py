"""Dossiers kept in the browser, and the worker that serves them when the desk is away."""

from __future__ import annotations

from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response

from ..rendering import render

router = APIRouter()
WORKER = Path(__file__).parent.parent / "static" / "worker.js"


@router.get("/kept")
def kept(request: Request) -> Response:
    """The list, which the browser fills."""
    return render(request, "kept.html", {})


@router.get("/worker.js")
def worker() -> Response:
    """The service worker: at the root, so that it may serve every page."""
    return FileResponse(WORKER, media_type="text/javascript")
