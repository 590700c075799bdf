"""Readings as one self-contained page: each article with its evidence marked, beside it who said what and which contacts.

Page text is hostile: everything is escaped, there is no script, and nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from itertools import pairwise
from typing import Any, TextIO

STYLE = files(__package__).joinpath("reading.css").read_text(encoding="utf-8")
HEAD = (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    f"<title>On record</title><style>{STYLE}</style></head><body>\n"
)


def pages(rows: Iterable[Mapping[str, Any]], out: TextIO, columns: Sequence[str] = ()) -> None:
    """One page with a section for each reading."""
    out.write(HEAD)
    for number, row in enumerate(rows, 1):
        out.write(_section(row, f"r{number}"))
    out.write("</body></html>\n")


def _section(row: Mapping[str, Any], key: str) -> str:
    article = row.get("article")
    if article is None:
        name = (row["page"] or {}).get("path") or row["id"]
        return f"<section><h1>{escape(str(name))}</h1><p>Left out: {escape(row['skipped']['reason'])}</p></section>\n"
    title = escape(article["title"] or (row["page"] or {}).get("path") or row["id"])
    note = f"<p>Not read: {escape(row['skipped']['reason'])}</p>" if "skipped" in row else ""
    return (
        f'<section><h1>{title}</h1><p class="facts">{escape(_facts(row))}</p>{note}<div class="reading">'
        f'<article lang="{escape(article["language"] or "")}">{_text(row, key)}</article>'
        f"<aside>{_contacts(row, key)}{_said(row, key)}</aside></div></section>\n"
    )


def _facts(row: Mapping[str, Any]) -> str:
    article = row["article"]
    day = article["published"]
    parts = [f"{day['value']} ({day['basis']})" if day else "no date", article["outlet"] or "outlet not known"]
    parts += [f"{c['relation'].replace('_', ' ')}: {c['name']}" for c in article["credits"]]
    return ", ".join([*parts, f"SHA-256 {row['page']['sha256'][:16]}…"])


def _spans(row: Mapping[str, Any]) -> Iterator[tuple[int, int, str, str, str]]:
    """(start, end, class, id, title) of all evidence in the body."""
    for a in row["attributions"]:
        who = (a["source"]["text"] if a["source"] else "nobody named") + (f" {a['cue']['text']}" if a["cue"] else "")
        for i, (start, end) in enumerate(a["content"]["span"] or () if a["content"]["in"] == "body" else ()):
            yield start, end, "said", "" if i else a["id"], who
    for c in row["contacts"]:
        for n, p in enumerate(c["positions"]):
            for i, (start, end) in enumerate(p["span"] or () if p["in"] == "body" else ()):
                yield start, end, "contact", "" if i else f"{c['id']}-{n}", f"{p['name']} {p['stance'].replace('_', ' ')}"


def _text(row: Mapping[str, Any], key: str) -> str:
    """The body, cut at every edge of evidence so that marks may overlap."""
    text, marks = row["article"]["text"], list(_spans(row))
    edges = sorted({0, len(text), *(m[0] for m in marks), *(m[1] for m in marks)})
    out = ["<p>"]
    for low, high in pairwise(edges):
        here = [m for m in marks if m[0] <= low and high <= m[1]]
        anchors = "".join(f'<span id="{key}-{escape(m[3])}"></span>' for m in here if m[0] == low and m[3])
        piece = re.sub(r"\n+", "</p>\n<p>", escape(text[low:high]))
        if here:
            kinds = " ".join(sorted({m[2] for m in here}))
            start = f'<mark class="{kinds}" title="{escape("; ".join(dict.fromkeys(m[4] for m in here)))}">'
            piece = start + piece.replace("</p>\n<p>", f"</mark></p>\n<p>{start}") + "</mark>"
        out.append(anchors + piece)
    return "".join([*out, "</p>"])


def _contacts(row: Mapping[str, Any], key: str) -> str:
    items = []
    for c in row["contacts"]:
        days = " – ".join(dict.fromkeys(d for d in (c["when"]["start"], c["when"]["end"]) if d)) or "day unknown"
        views = "".join(
            f'<li><a href="#{key}-{escape(c["id"])}-{n}">{escape(p["name"])} {escape(p["stance"].replace("_", " "))}</a></li>'
            for n, p in enumerate(c["positions"])
        )
        head = f"{escape(' – '.join(c['names']))}, {escape(c['kind'])}, {escape(days)}"
        items.append(f'<li>{head}: <b class="status">{escape(c["status"])}</b> ({escape(c["because"])})<ul>{views}</ul></li>')
    return f"<h2>Contacts</h2><ol>{''.join(items)}</ol>" if items else ""


def _said(row: Mapping[str, Any], key: str) -> str:
    items = []
    for a in row["attributions"]:
        who = escape(a["source"]["text"]) if a["source"] else "(nobody named)"
        where = "".join(f", {escape(str(a[name]))}" for name in ("venue",) if a[name])
        day = f", {escape(str(a['said_on']['start']))}" if a["said_on"] else ""
        altered = " [wording altered]" if a["content"]["quotation"] != "none" and not a["content"]["verbatim"] else ""
        words = escape(" ".join(a["content"]["text"].split()))
        items.append(f'<li><b>{who}</b> <a href="#{key}-{escape(a["id"])}">{words}</a>{altered}'
                     f'<div class="where">{escape(a["cue"]["text"]) if a["cue"] else "…"}{where}{day}</div></li>')  # fmt: skip
    return f"<h2>{len(items)} attributions</h2><ol>{''.join(items)}</ol>" if items else ""
