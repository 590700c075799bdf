"""Templates: what each gets is a dataclass of its screen, and a few words and shapes that all share."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from ..export.to_svg import SHAPES
from ..settle import sentences
from ..tables import actors, outlets

TEMPLATES = Path(__file__).parent / "templates"
STANCES = {
    "affirms": "affirms", "reports": "reports", "hints": "hints", "not_ruled_out": "doesn’t rule out", "evades": "dodges",
    "no_comment": "no comment", "denies": "denies", "plans": "plans", "conditions": "on condition", "cancels": "cancels",
}  # fmt: skip
MENU = (("/", "Front"), ("/contacts", "Contacts"), ("/stories", "Stories"), ("/timeline", "Timeline"), ("/matrix", "Matrix"),
           ("/search", "Search"), ("/review", "Review"), ("/sources", "Sources"))  # fmt: skip


@cache
def environment() -> Environment:
    """Autoescape is on for everything; a name that a template does not get is an error, not an empty string."""
    made = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
                       lstrip_blocks=True, auto_reload=False)  # fmt: skip
    made.globals.update(
        STANCES=STANCES,
        shape=_shape,
        svg=Markup,
        menu=MENU,
        days=sentences.days,
        sentence=sentences.sentence,
        headline=sentences.headline,
        live=live,
        safe_url=safe_url,
        link=link,
        plural=plural,
        name_of=sentences.name_of,
        side_of=sentences.side_of,
        actor_name=actor_name,
    )
    made.filters.update(day=_day, plain=plain, marked=marked)
    return made


def render(request: Request, template: str, context: Any) -> HTMLResponse:
    """A template with a screen's context (a dataclass or a mapping)."""
    values = {f.name: getattr(context, f.name) for f in fields(context)} if is_dataclass(context) else dict(context)
    given = request.query_params
    shared = {
        "here": request.url.path, "csrf": request.scope.get("onrecord.csrf", ""), "read_only": request.app.state.read_only,
        "query": {k: given.getlist(k) for k in given if k != "token"},
        "back": request.url.path + (f"?{request.url.query}" if request.url.query else ""),
    }  # fmt: skip
    page = environment().get_template(template).render(shared | values)
    return HTMLResponse(page, headers={"cache-control": "no-cache"})


def _shape(status: str) -> Markup:
    """The mark of a status."""
    return Markup(SHAPES[status])


def link(path: str, query: Mapping[str, Any] | None = None, **changes: Any) -> str:
    """An address of ours: a path with its query, in which some things are changed; None takes one out."""
    values = {**(query or {}), **changes}
    kept = {k: v for k, v in values.items() if v not in (None, "", [], False)}
    return quote(path, safe="/:@,;") + (f"?{urlencode(kept, doseq=True)}" if kept else "")


def safe_url(url: str | None) -> str | None:
    """An address that a browser may be sent to: http and https only."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return None
    return url.strip() if parts.scheme.lower() in ("http", "https") and parts.netloc else None


def live(url: str | None, text: str) -> str | None:
    """The page where it stands on the web, at the words (a text fragment)."""
    address = safe_url(url)
    if address is None:
        return None
    words = text.split()
    parts = [" ".join(words)] if len(words) <= 12 else [" ".join(words[:6]), " ".join(words[-6:])]
    fragment = ",".join(quote(p, safe="").replace("-", "%2D") for p in parts)
    return f"{address.split('#')[0]}#:~:text={fragment}"


def plain(text: Any) -> str:
    """Text without what turns the direction of writing or controls a terminal: a title must not say what it does not."""
    return "".join("\ufffd" if unicodedata.category(c) in ("Cc", "Cf", "Cs") and c not in "\n\t\u00ad\u200c\u200d" else c
                   for c in str(text if text is not None else ""))  # fmt: skip


def marked(passage: str) -> Markup:
    """A passage of the full text, with what was hit marked."""
    return Markup(str(escape(plain_but_hits(passage))).replace("\x02", "<mark>").replace("\x03", "</mark>"))


def plain_but_hits(passage: str) -> str:
    """`plain`, but for the two characters between which hits stand."""
    return "".join(c if c in "\x02\x03" else plain(c) for c in passage)


def plural(number: int, noun: str, many: str | None = None) -> str:
    """1 page, 3 pages."""
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"


def actor_name(name: str) -> str:
    """The name of an actor of the table, or of an outlet, by ID; else what was given."""
    entry = actors.current().entries.get(name)
    if entry:
        return entry.name
    known = outlets.find(name)
    return known.name if known else name.split(":")[-1].replace("-", " ")


def _day(value: Any) -> str:
    """A day for people; a dash where it is not known."""
    if not value:
        return "no date"
    return sentences.day(value if isinstance(value, date) else date.fromisoformat(str(value)[:10]))
