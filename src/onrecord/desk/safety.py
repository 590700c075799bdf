"""What keeps the desk safe: who may ask, what a page may do, and that a write was meant.

Page text is hostile. No script but ours runs, nothing is fetched from elsewhere, no other page can frame this one or write
through a reader's browser.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import parse_qs, parse_qsl, quote, urlencode

from fastapi import HTTPException, Request
from starlette.requests import cookie_parser

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; font-src 'self'; "
    "manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY, "x-content-type-options": "nosniff", "x-frame-options": "DENY",
    "referrer-policy": "no-referrer", "cross-origin-opener-policy": "same-origin", "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}  # fmt: skip
CSRF, TOKEN = "onrecord_csrf", "onrecord_token"
LARGEST_FORM = 64 * 1024  # bytes

Scope = MutableMapping[str, Any]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


class Safety:
    """Middleware: host names, token, headers, and a cookie by which a form can show that it is ours."""

    def __init__(self, app: Any, hosts: tuple[str, ...], token: str | None) -> None:
        self.app, self.hosts, self.token = app, hosts, token

    async def __call__(self, scope: Scope, receive: Any, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {k.decode("latin-1").lower(): v.decode("latin-1") for k, v in scope["headers"]}
        cookies = _cookies(headers.get("cookie", ""))
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        asked = dict(query).get("token", "")
        given = asked or headers.get("authorization", "").removeprefix("Bearer ") or cookies.get(TOKEN, "")
        if self.hosts and _name(headers.get("host", "")) not in self.hosts:
            await _refuse(send, 421, "This desk does not answer to that host name.")
        elif self.token and not hmac.compare_digest(given.encode(), self.token.encode()):
            await _refuse(send, 401, "This desk asks for the token that `onrecord serve` printed: open the address with ?token=…")
        elif self.token and asked and scope["method"] == "GET":  # a copied address must not give the desk away
            rest = urlencode([(k, v) for k, v in query if k != "token"])
            where = quote(scope["path"]) + (f"?{rest}" if rest else "")
            await _go(send, where, _cookie(TOKEN, self.token))
        elif scope["method"] not in ("GET", "HEAD") and headers.get("sec-fetch-site", "same-origin") not in (
            "same-origin",
            "none",
        ):
            await _refuse(send, 403, "A write has to come from a page of this desk.")
        else:
            fresh = [] if cookies.get(CSRF) else [(CSRF, secrets.token_urlsafe(24))]
            scope["onrecord.csrf"] = cookies.get(CSRF) or fresh[0][1]
            await self._answer(scope, receive, _adding(send, fresh))

    async def _answer(self, scope: Scope, receive: Any, send: Send) -> None:
        """The application's answer; a fault of ours in a sentence, and on stderr as a whole."""
        begun = False

        async def sending(message: MutableMapping[str, Any]) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, sending)
        except Exception:
            if not begun:
                await _refuse(send, 500, "A fault of ours; the terminal in which the desk runs says more. Please report it.")
            raise


def _name(host: str) -> str:
    """A host without its port."""
    return host.rsplit(":", 1)[0] if not host.endswith("]") else host


def _cookies(header: str) -> dict[str, str]:
    return cookie_parser(header)  # takes each by itself: other programs of this machine may set odd ones


def _adding(send: Send, cookies: list[tuple[str, str]]) -> Send:
    async def sending(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            held = {k.lower() for k, _ in message["headers"]}
            extra = [(k.encode(), v.encode()) for k, v in HEADERS.items() if k.encode() not in held]
            made = [_cookie(name, value) for name, value in cookies]
            message["headers"] = [*message["headers"], *extra, *((b"set-cookie", c.encode()) for c in made)]
        await send(message)

    return sending


def _cookie(name: str, value: str) -> str:
    return f"{name}={value}; Path=/; SameSite=Strict; HttpOnly"


async def _go(send: Send, where: str, cookie: str) -> None:
    """On to an address of this desk, with a cookie."""
    headers = [
        (b"location", where.encode()),
        (b"set-cookie", cookie.encode()),
        *((k.encode(), v.encode()) for k, v in HEADERS.items()),
    ]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


async def _refuse(send: Send, status: int, why: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), *((k.encode(), v.encode()) for k, v in HEADERS.items())]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": why.encode()})


async def form(request: Request) -> dict[str, list[str]]:
    """The fields of a form that shows, by the cookie's token, that it is ours. Raises `HTTPException`."""
    if request.app.state.read_only:
        raise HTTPException(403, "this desk is read-only; start it without --read-only to take decisions")
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > LARGEST_FORM:
            raise HTTPException(413, f"a form holds at most {LARGEST_FORM} bytes")
    fields = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    known, given = request.cookies.get(CSRF, ""), fields.pop("csrf", [""])[0]
    if not known or not hmac.compare_digest(known.encode(), given.encode()):
        raise HTTPException(403, "this form is not one of this desk’s, or it is old; load the page again, and send it anew")
    return fields
