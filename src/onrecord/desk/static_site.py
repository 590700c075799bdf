"""The desk as files, for publishing a finding: every screen that can be reached without asking, with its links made relative.

What only a running desk can do is left out: search, review, feeds, the interface for programs.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from ..errors import BadRequest
from ..ledger import Ledger
from .app import STATIC, create_app

POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'\">"
)
MOST = 20_000  # pages
KEPT = re.compile(
    r"^/(?:|contacts|stories|timeline|matrix|sources|dossier(?:\.bib)?|(?:contacts|stories|documents|actors|pairs|compare)/.+)$"
)
LINK = re.compile(r'(href|src)="(/[^"]*)"')
ALIVE = re.compile(
    r'<form\b.*?</form>|<details class="judge">.*?</details>|<script\b.*?</script>|<link rel="(?:manifest|alternate)"[^>]*>', re.S
)


def write_site(ledger: Ledger, folder: Path, step: Callable[[str], None] = lambda _: None) -> tuple[int, int]:
    """Write the desk below a folder; returns how many pages it has, and how many were left out since they are too many. Raises
    `BadRequest` where the folder is not empty."""
    if folder.exists() and any(folder.iterdir()):
        raise BadRequest(f"{folder} is not empty; name a new folder, so that nothing of another finding stays in it")
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copytree(STATIC, folder / "static")
    app = create_app(ledger, read_only=True)
    waiting, seen = deque(["/"]), {"/"}
    count = 0
    while waiting and count < MOST:
        address = waiting.popleft()
        status, kind, body = _asked(app, address)
        if status != 200:
            continue
        text = ALIVE.sub("", body).replace("<head>", f"<head>\n{POLICY}", 1) if kind == "text/html" else body
        name = file_of(address)
        for found in LINK.findall(text) if kind == "text/html" else ():
            target = unescape(found[1]).split("#")[0]
            if wanted(target) and target not in seen:
                seen.add(target)
                waiting.append(target)
        out = folder / name
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_text(_relative(text, name) if kind == "text/html" else body, encoding="utf-8")
        count += 1
        step(address)
    return count, len(waiting)


def wanted(address: str) -> bool:
    """Is a page part of the files? Days of the past and pages of a list are; filters are not."""
    parts = urlsplit(address)
    names = {pair.split("=")[0] for pair in parts.query.split("&") if pair}
    return bool(KEPT.match(parts.path)) and names <= {"as_of", "from", "view", "id", "story"}


def file_of(address: str) -> str:
    """The file of an address; one with a query has it in its name, shortened to a digest where it is long."""
    parts = urlsplit(address)
    path = re.sub(r"[^\w./-]", "_", parts.path.strip("/")) or "index"
    path = "/".join(part.strip(".") or "_" for part in path.split("/"))
    suffix = ".bib" if path.endswith(".bib") else ".html"  # what is no page must not be opened as one
    path = path.removesuffix(".bib")
    if parts.query:
        query = re.sub(r"[^\w-]", "_", parts.query)
        path += "_" + (query if len(query) < 40 else hashlib.sha256(parts.query.encode()).hexdigest()[:12])
    return path + suffix


def _relative(text: str, name: str) -> str:
    """The page with links that lead from its own file; to what is left out, no link."""
    up = "../" * name.count("/")

    def replaced(match: re.Match[str]) -> str:
        attribute, target = match[1], unescape(match[2])
        bare, _, fragment = target.partition("#")
        if bare.startswith("/static/"):
            return f'{attribute}="{up}{bare.strip("/")}"'
        if not wanted(bare):
            return f'data-left-out="{attribute}"'
        return f'{attribute}="{up}{file_of(bare)}{"#" + fragment if fragment else ""}"'

    return LINK.sub(replaced, text)


def _asked(app: Any, address: str) -> tuple[int, str, str]:
    """`_get`, in a thread of its own: whoever calls may have an event loop."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(_get(app, address))).result()


async def _get(app: Any, address: str) -> tuple[int, str, str]:
    """(status, media type, body) of a GET, asked of the application without a network."""
    parts = urlsplit(address)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": unquote(parts.path),
        "raw_path": parts.path.encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [(b"host", b"localhost")],
        "client": ("127.0.0.1", 0),
        "server": ("localhost", 80),
        "state": {},
    }
    got: dict[str, Any] = {"status": 500, "headers": [], "body": b""}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            got.update(status=message["status"], headers=message["headers"])
        else:
            got["body"] += message.get("body", b"")

    await app(scope, receive, send)
    kinds = [v.decode().split(";")[0] for k, v in got["headers"] if k == b"content-type"]
    return int(got["status"]), kinds[0] if kinds else "", got["body"].decode("utf-8", "replace")
