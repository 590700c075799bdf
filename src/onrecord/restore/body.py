"""HTML: the article's body, and what the page's own metadata says of it.

The body is trafilatura's (precision setting: 4-word shingle F1 .962 on the development pages, the best of its five);
metadata is read here, because each date has to say on what it rests.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

from ..errors import NotAnArticle
from ..tables.words import words

MAX_TAGS_DEEP = 2_000  # libxml2 itself stops at 256 or 2,048, extractors recurse: deeper is an attack, not a page
TAG = re.compile(
    r"<(?:!--.*?(?:-->|\Z)|(?P<raw>script|style|textarea|template)\b.*?(?:</(?P=raw)\s*>|\Z)|"
    r"(?P<end>/?)(?P<name>[a-zA-Z][\w:-]{0,40})[^<>]{0,2000}?(?P<void>/?)>)", re.S | re.I)  # fmt: skip
# Void elements, and those whose end tags may be left out: libxml2 closes them by itself.
NO_DEPTH = words("body.no_depth")
NEWS_TYPES = ("Article", "NewsArticle", "ReportageNewsArticle", "BlogPosting", "AnalysisNewsArticle", "LiveBlogPosting")
MIN_BODY = 120  # characters: less is a headline, a caption or an error message
MOST_LINKED = 0.7  # of an article's characters
WALL = re.compile(r"enable javascript|are you a robot|access denied|page not found|404 not found|accept (?:all )?cookies", re.I)


@dataclass(slots=True)
class Extract:
    """What an HTML page came to, before any repair."""

    text: str
    title: str | None = None
    dates: list[str] = field(default_factory=list)  # as the metadata write them, publication first
    outlet: str | None = None
    bylines: list[str] = field(default_factory=list)


def extract(markup: str) -> Extract:
    """Body and metadata of an HTML page. Raises `NotAnArticle`."""
    if _depth(markup) > MAX_TAGS_DEEP:
        raise NotAnArticle(f"tags nested more than {MAX_TAGS_DEEP} deep: no news page is; capture it again")
    tree = _tree(markup)
    import trafilatura  # 0.3 s to import, and text pages do not need it

    text = trafilatura.extract(
        tree, output_format="txt", include_comments=False, include_tables=False, favor_precision=True, with_metadata=False
    )
    tree = _tree(markup)  # trafilatura strips the tree that it is given
    if not text or len(text) < MIN_BODY or _linked(tree, text) > MOST_LINKED:
        raise NotAnArticle(_why_not(markup))
    found = Extract("\n".join(line.strip() for line in text.split("\n") if line.strip()))
    _metadata(tree, found)
    if found.title and found.text.startswith(found.title + "\n"):
        found.text = found.text[len(found.title) + 1 :]
    return found


def _linked(tree: Any, text: str) -> float:
    """The share of a text that is the text of links: nearly all of an index, little of an article."""
    links = (" ".join(a.text_content().split()) for a in tree.iter("a"))
    return sum(len(link) for link in links if len(link) > 2 and link in text) / max(len(text), 1)


def _tree(markup: str) -> Any:
    try:
        parser = html.HTMLParser(encoding="utf-8", remove_comments=True)
        tree = html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise NotAnArticle(f"no HTML in it ({error}); capture the page again") from None
    return tree


def _depth(markup: str) -> int:
    """How deep tags nest, without building a tree: void elements and what stands in scripts do not count, and an end tag
    closes what is open below it only where it is the innermost."""
    deepest = depth = 0
    for match in TAG.finditer(markup):
        name = match["name"]
        if name is None or match["void"] or name.lower() in NO_DEPTH:
            continue
        depth = max(depth - 1, 0) if match["end"] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _why_not(markup: str) -> str:
    match = WALL.search(markup[:200_000])
    if match and len(markup) < 200_000:
        return f"no article on it, it says {match[0]!r}: a wall or an error page; capture the page again"
    return "no article on it (an index, a gallery or an empty page); give the address of one article"


def _metadata(tree: Any, found: Extract) -> None:
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if element.get("content"):
            meta.setdefault(key.lower(), element.get("content").strip())
    news = list(_json_ld(tree))
    first = news[0] if news else {}
    found.dates = [str(d) for d in (
        first.get("datePublished"), meta.get("article:published_time"), meta.get("datepublished"), meta.get("og:published_time"),
        meta.get("date"), meta.get("dc.date"), meta.get("dcterms.created"), meta.get("pubdate"), meta.get("parsely-pub-date"),
        meta.get("sailthru.date"), *_time_elements(tree),
    ) if d]  # fmt: skip
    found.outlet = meta.get("og:site_name") or _name(first.get("publisher")) or meta.get("application-name")
    title = first.get("headline") or meta.get("og:title") or _first_text(tree, "//h1") or _first_text(tree, "//title")
    found.title = _tidy_title(str(title), found.outlet) if title else None
    authors = first.get("author")
    for author in authors if isinstance(authors, list) else [authors]:
        name = _name(author)
        if name and name not in found.bylines and len(name) < 80 and not name.startswith("http"):
            found.bylines.append(name)
    if not found.bylines and meta.get("author") and not meta["author"].startswith("http"):
        found.bylines = [name.strip() for name in re.split(r",| and ", meta["author"]) if 2 < len(name.strip()) < 60]


def _json_ld(tree: Any) -> Iterator[dict[str, Any]]:
    """The news articles that the page's JSON-LD describes."""
    for script in tree.xpath('//script[@type="application/ld+json"]/text()'):
        try:
            data = json.loads(script, strict=False)
        except (ValueError, RecursionError):
            continue
        queue = data if isinstance(data, list) else [data]
        for row in queue[:50]:
            if not isinstance(row, dict):
                continue
            graph = row.get("@graph")
            queue.extend(graph if isinstance(graph, list) else [])
            kinds = row.get("@type")
            if any(kind in NEWS_TYPES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                yield row


def _time_elements(tree: Any) -> list[str]:
    """<time> elements marked as the publication's, then the first one in an article."""
    paths = ("//time[@pubdate]/@datetime", '//*[@itemprop="datePublished"]/@datetime', "//article//time/@datetime")
    return [str(value) for path in paths for value in tree.xpath(path)[:1]]


def _name(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        return _name(value[0]) if value else None
    return value.strip() or None if isinstance(value, str) else None


def _first_text(tree: Any, path: str) -> str | None:
    for element in tree.xpath(path)[:1]:
        return " ".join(element.text_content().split()) or None
    return None


def _tidy_title(title: str, outlet: str | None) -> str:
    """The title without the outlet's name after a bar or dash."""
    title = " ".join(title.split())
    head, _, tail = title.rpartition(" | ")
    if not head:
        head, _, tail = title.rpartition(" - ")
    if head and (tail.lower() == (outlet or "").lower() or (len(tail.split()) <= 4 and len(head) > 25 and " | " in title)):
        return head
    return title
