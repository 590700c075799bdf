"""What a run of bytes is, found by its content; and a page made of it."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import re
import zlib
from dataclasses import dataclass

from ..errors import Unreadable
from ..records import Page

MAX_BYTES = 20_000_000  # a page of more is no news page; the bound keeps time and memory bounded
MAGIC = {
    b"%PDF": "a PDF", b"\x89PNG": "a PNG image", b"\xff\xd8\xff": "a JPEG image", b"GIF8": "a GIF image",
    b"PK\x03\x04": "a ZIP archive or office document", b"\x7fELF": "a program", b"SQLite format 3": "a database",
}  # fmt: skip
BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
MARKUP = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<(?:p|div|article|meta|span)(?:\s[^<>]*)?>", re.I)
CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller knows of the pages: it goes before whatever is read on them."""

    published: str | None = None
    outlet: str | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that did not become a page. `where` says which: a path, or a path and a line."""

    where: str
    reason: str
    step: str = "ingest"


Item = Page | Failure


def well_formed(text: str) -> str:
    """A string that can be written as UTF-8: half a surrogate pair, in JSON or in a file's name, becomes U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def unpacked(content: bytes) -> bytes:
    """The content, gunzipped where it is gzip, never more than `MAX_BYTES` of it. Raises `Unreadable`."""
    if content[:2] == b"\x1f\x8b":
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(content)) as stream:
                content = stream.read(MAX_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise Unreadable(f"damaged gzip ({error}); fetch the page again") from None
    if len(content) > MAX_BYTES:
        raise Unreadable(too_large(len(content)))
    return content


def too_large(size: int) -> str:
    """The reason for leaving out what is too large."""
    return f"larger than {MAX_BYTES // 10**6} MB ({size / 1e6:.0f} MB read): no news page is; split it into pages"


def media_type(content: bytes) -> str:
    """text/html or text/plain. Raises `Unreadable` for what is neither."""
    if not content.strip():
        raise Unreadable("empty; capture the page again")
    for magic, name in MAGIC.items():
        if content.startswith(magic):
            raise Unreadable(f"{name}, not a page; give HTML, text or JSONL")
    head = content[:65536]
    if not content.startswith(BOMS) and len(head.translate(None, CONTROLS)) < len(head) * 0.98:
        raise Unreadable("binary, not a page; give HTML, text or JSONL")
    return "text/html" if len(MARKUP.findall(head)) >= 2 or MARKUP.match(head.lstrip()) else "text/plain"


def page_of(content: bytes, given: Given, *, path: str | None = None, kind: str | None = None) -> Page:
    """A page of raw bytes, its ID the SHA-256 of them. Raises `Unreadable`."""
    content = unpacked(content)
    digest = hashlib.sha256(content).hexdigest()
    kind = kind or media_type(content)
    path = well_formed(path) if path else None
    return Page(digest, content, digest, kind, path=path, published=given.published, outlet=given.outlet)
