"""Atom (RFC 4287): what changed, and what a search finds, for feed readers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TextIO

from lxml import etree

NS = "http://www.w3.org/2005/Atom"
NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
NOTHING = "1970-01-01T00:00:00Z"  # when a feed without entries was last changed: a feed has to say


def of_contacts(rows: Iterable[Mapping[str, Any]], base: str) -> list[dict[str, str]]:
    """Summaries of contacts as entries."""
    out = []
    for row in rows:
        names, status = " – ".join(row["names"]), row["status"]
        was = f", was {row['was']}" if row.get("was") else ""
        out.append(
            {
                "id": f"{base}/contacts/{row['id']}#{status}",
                "href": f"{base}/contacts/{row['id']}",
                "updated": _instant(row["changed"]),
                "title": f"{row['kind'].capitalize()}, {names}: {status}{was}",
                "summary": row["because"],
            }
        )
    return out


def of_articles(rows: Iterable[Mapping[str, Any]], base: str) -> list[dict[str, str]]:
    """Articles that a search found as entries."""
    return [
        {
            "id": f"{base}/documents/{row['key']}",
            "href": f"{base}/documents/{row['key']}",
            "updated": _instant(row["published"]),
            "title": row["title"] or row["address"],
            "summary": row["passage"].replace("\x02", "").replace("\x03", ""),
            "author": row["outlet"] or "",
        }
        for row in rows
    ]


def contacts(rows: Iterable[Mapping[str, Any]], out: TextIO, columns: Sequence[str] = ()) -> None:
    """Contacts (views) as a feed on its own; their addresses are names, since no desk is known."""
    found = [
        {**row, "changed": max((p["published"] or p["captured"][:10] for p in row["positions"]), default=None)} for row in rows
    ]
    feed(of_contacts(found, "urn:onrecord"), out, ("OnRecord: contacts", "urn:onrecord:contacts"))


def feed(entries: Iterable[Mapping[str, str]], out: TextIO, head: tuple[str, str]) -> None:
    """Entries as a feed; `head` is its title and its own address, which is its ID too."""
    entries = list(entries)
    root = etree.Element(f"{{{NS}}}feed", nsmap={None: NS})  # type: ignore[dict-item]
    _add(root, "title", head[0])
    _add(root, "id", head[1])
    _add(root, "link", None, rel="self", type="application/atom+xml", href=head[1])
    _add(root, "updated", max((e["updated"] for e in entries), default=NOTHING))
    _add(_add(root, "author", None), "name", "OnRecord")
    for entry in entries:
        node = _add(root, "entry", None)
        _add(node, "title", entry["title"])
        _add(node, "id", entry["id"])
        _add(node, "updated", entry["updated"])
        _add(node, "link", None, rel="alternate", type="text/html", href=entry["href"])
        if entry.get("author"):
            _add(_add(node, "author", None), "name", entry["author"])
        _add(node, "summary", entry["summary"] or entry["title"])
    out.write('<?xml version="1.0" encoding="utf-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n")


def _add(parent: Any, name: str, text: str | None, **attributes: str) -> Any:
    node = etree.SubElement(parent, f"{{{NS}}}{name}", attributes)
    if text is not None:
        node.text = NOT_XML.sub(" ", text)
    return node


def _instant(day: date | str | None) -> str:
    return f"{str(day)[:10]}T00:00:00Z" if day else NOTHING
