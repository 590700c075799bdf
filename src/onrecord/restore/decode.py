"""Bytes to text: byte order mark, the page's own word, then detection."""

from __future__ import annotations

import codecs
import re

from ..errors import Unreadable
from ..records import Page

META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.I)
XML = re.compile(rb"^<\?xml[^>]{0,100}encoding=[\"']([a-zA-Z0-9_:.-]{2,40})")
MIN_COHERENT = 400  # bytes: shorter texts show no language
BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
WEB_ALIASES = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "cp1252", "gb2312": "gb18030"}  # as browsers do


def decode(page: Page) -> str:
    """The page's text as a string. Raises `Unreadable` where no encoding fits."""
    if page.text is not None:
        return page.text
    content = page.content
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return content.decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    return _declared(content) or _detected(content)


def _declared(content: bytes) -> str | None:
    """By the page's own declaration, where it holds for the whole page."""
    match = META.search(content[:4096]) or XML.search(content[:200])
    if not match:
        return None
    name = match[1].decode("ascii").lower()
    try:
        codec = codecs.lookup(WEB_ALIASES.get(name, name))
    except LookupError:
        return None
    if codec.name == "utf-8":  # declared, but some bytes are broken: keep the rest
        return content.decode("utf-8", "replace")
    try:
        return content.decode(codec.name)
    except (UnicodeDecodeError, LookupError):
        return None


def _detected(content: bytes) -> str:
    if content.decode("utf-8", "replace").count("\ufffd") * 200 < len(content):
        return content.decode("utf-8", "replace")
    from charset_normalizer import from_bytes  # 30 ms to import, and few pages need it

    best = from_bytes(content[:200_000]).best()
    if best is None or (best.coherence == 0 and len(content) > MIN_COHERENT):  # decodes, but to no language's letters
        raise Unreadable("unknown encoding; save the page as UTF-8", step="restore")
    return content.decode(best.encoding, "replace")
