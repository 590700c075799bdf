"""What pages say of themselves, against 85 pages whose facts two readers marked by eye (bench/facts.jsonl), and against their
own JSON-LD with it hidden from us. Titles are kept as digests of their words, since the pages' text is not ours to keep.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from onrecord.errors import SkipPage
from onrecord.ingest.kinds import Given, page_of
from onrecord.records import Article
from onrecord.restore import restore
from onrecord.restore.bylines import names_in
from onrecord.restore.dates import published
from onrecord.restore.facts import facts, news_data
from onrecord.restore.markup import tree_of
from onrecord.tables import outlets

MARKED = Path(__file__).parent / "facts.jsonl"


def words(text: str | None) -> str:
    """A text's words alone."""
    return " ".join(re.findall(r"\w+", (text or "").lower()))


def digest(text: str | None) -> str:
    """What is kept of a title."""
    return hashlib.sha256(words(text).encode()).hexdigest()[:16]


def outlet(name: str | None) -> str:
    """An outlet's name as our table has it."""
    found = outlets.find(name or "")
    return words(found.name if found else name)


def shares(found: Iterable[tuple[Iterable[str], Iterable[str]]]) -> tuple[float, float]:
    """Precision and recall of sets of names, over all pages."""
    hit = got = gold = 0
    for ours, theirs in found:
        a, b = {words(n) for n in ours}, {words(n) for n in theirs}
        hit, got, gold = hit + len(a & b), got + len(a), gold + len(b)
    return hit / max(got, 1), hit / max(gold, 1)


def figures(shared: Path) -> dict[str, float]:
    """All figures."""
    pages = shared / "data" / "pages"
    urls = {key: row["url"] for key, row in json.loads((pages / "truth.json").read_text(encoding="utf-8")).items()}
    raw = {key: gzip.decompress((pages / "html" / f"{key}.html.gz").read_bytes()) for key in urls}
    marked = [json.loads(line) for line in MARKED.read_text(encoding="utf-8").splitlines()]
    ours = {row["id"]: article(raw[row["id"]], urls[row["id"]]) for row in marked}
    pairs = [(row, a) for row in marked if (a := ours[row["id"]]) is not None]
    # Three days of which the reader who marked them was not sure are left out.
    days = [
        (row["published"], a.published.value.isoformat() if a.published else None)
        for row, a in pairs
        if not row.get("day_unsure")
    ]
    given = [pair for pair in days if pair[1]]
    precision, recall = shares((a.bylines, row["bylines"]) for row, a in pairs)
    return {
        "pages": len(pairs), "titles right": share(row["title_sha256"] == digest(a.title) for row, a in pairs),
        "days right, of those given": share(a == b for a, b in given),
        "days given, of those known": share(b is not None for a, b in days if a),
        "bylines P": round(precision, 3), "bylines R": round(recall, 3),
        "outlets right": share(outlet(row["outlet"]) == outlet(a.outlet) for row, a in pairs),
        "credits R": credits_found(pairs),
        **{f"JSON-LD hidden: {name}": value for name, value in hidden(raw, urls).items()},
    }  # fmt: skip


def article(content: bytes, url: str) -> Article | None:
    """A page's article, None where it has none."""
    page = page_of(content, Given(), kind="text/html")
    try:
        return restore(type(page)(page.id, page.content, page.sha256, page.media_type, url=url))
    except SkipPage:
        return None


def credits_found(pairs: list[tuple[dict[str, Any], Article]]) -> float:
    """The share of marked credits (agencies, first publishers, cited outlets) that are found."""
    hit = total = 0
    for row, a in pairs:
        names = {outlet(c.name) for c in a.credits} | {outlet(b) for b in a.bylines}
        total += len(row["credits"])
        hit += sum(outlet(c["name"]) in names for c in row["credits"])
    return round(hit / max(total, 1), 3)


def hidden(raw: dict[str, bytes], urls: dict[str, str]) -> dict[str, float]:
    """Titles, days and bylines against JSON-LD that we are not shown."""
    titles, days, names = [], [], []
    for key, content in raw.items():
        tree = tree_of(content.decode("utf-8", "replace"))
        data = next(news_data(tree), None)
        if data is None:
            continue
        ours = facts(tree, urls[key], use_data=False)
        theirs = published(None, [str(data.get("datePublished"))], None, "", [])
        mine = published(None, ours.dates, urls[key], "", [])
        if theirs and mine:
            days.append(abs((theirs.value - mine.value).days) <= 1)  # JSON-LD is often in UTC
        if isinstance(data.get("headline"), str):
            titles.append(words(html.unescape(data["headline"])) == words(ours.title))
        told = data.get("author")
        authors = [a.get("name") if isinstance(a, dict) else a for a in (told if isinstance(told, list) else [told])]
        names.append((ours.bylines, [n for a in authors if isinstance(a, str) for n in names_in(a, sure=True)]))
    precision, recall = shares(pair for pair in names if pair[1])
    return {"titles compared": len(titles), "titles alike": share(titles),
            "days compared": len(days), "days within one": share(days),
            "bylines P": round(precision, 3), "bylines R": round(recall, 3)}  # fmt: skip


def share(hits: Iterable[bool]) -> float:
    """The share of true ones."""
    rows = list(hits)
    return round(sum(rows) / len(rows), 3) if rows else 0.0
