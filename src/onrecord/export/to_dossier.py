"""A dossier: contacts as one self-contained page to print or send, every quotation numbered and cited.

Page text is hostile: everything is escaped, there is no script, and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from importlib.resources import files
from typing import Any, TextIO

HEAD = (
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    "<title>{title}</title><style>{style}</style></head><body><main>\n<h1>{title}</h1>\n"
)


def dossier(rows: Iterable[Mapping[str, Any]], out: TextIO, columns: Sequence[str] = (), note: str = "") -> None:
    """One page: each contact with its positions as numbered quotations, and the pages that they stand on. `note` says of what
    day it is, and what it leaves out."""
    rows = list(rows)
    title = "On record: " + ("; ".join(dict.fromkeys(" – ".join(r["names"]) for r in rows)) or "nothing")[:160]
    style = files(__package__).joinpath("dossier.css").read_text(encoding="utf-8")
    out.write(HEAD.format(title=escape(title), style=style) + (f"<p>{escape(note)}</p>\n" if note else ""))
    cited: dict[str, tuple[int, Mapping[str, Any]]] = {}
    number = 0
    for row in rows:
        number = _contact(row, out, cited, number)
    _pages(cited, out)
    out.write("<footer>Made by OnRecord from pages as they were captured. A status sums up what is on record: it is not a "
              "finding of fact.</footer>\n</main></body></html>\n")  # fmt: skip


def _contact(row: Mapping[str, Any], out: TextIO, cited: dict[str, Any], number: int) -> int:
    days = " – ".join(dict.fromkeys(d for d in (row["when"]["start"], row["when"]["end"]) if d)) or "day not known"
    place = f" in {row['place']}" if row["place"] else ""
    what = f"{row['kind'].capitalize()}, {' – '.join(row['names'])}{place}, {days}"
    out.write(f"<section><h2>{escape(what)}: "
              f'<b class="status">{escape(row["status"])}</b></h2><p>{escape(row["because"][:1].upper() + row["because"][1:])}. '
              f"{row['origins_named']} origins named, {row['origins_read']} read.</p><ol start=\"{number + 1}\">\n")  # fmt: skip
    for p in row["positions"]:
        number += 1
        words, page = escape(" ".join(p["text"].split())), cited.setdefault(p["article"], (len(cited) + 1, p))[0]
        who = "The page itself" if p["name"] == "narrator" else p["name"]
        hedged = " (hedged)" if p["hedged"] else ""
        via = f", via {p['via']}" if p["via"] else ""
        altered = ' <span class="altered">[wording altered by a machine]</span>' if p["wording_altered"] else ""
        out.write(f"<li><b>{escape(who)}</b>{escape(via)} <i>{escape(p['stance'].replace('_', ' '))}{hedged}</i>: "
                  f'<q>{words}</q>{altered} <a href="#page-{page}">[page {page}]</a></li>\n')  # fmt: skip
    out.write("</ol></section>\n")
    return number


def _pages(cited: Mapping[str, tuple[int, Mapping[str, Any]]], out: TextIO) -> None:
    out.write('<section><h2>Pages</h2><ol class="pages">\n')
    for number, p in sorted(cited.values(), key=lambda item: item[0]):
        parts = [p["title"], p["outlet"], p["published"] or "no date", p["url"] or p["page"], f"captured {p['captured']}"]
        words = ". ".join(escape(str(part)) for part in parts if part)
        out.write(f'<li id="page-{number}">{words}. <code>SHA-256 {escape(p["page_sha256"])}</code></li>\n')
    out.write("</ol></section>\n")
