"""What an HTML page says of itself: headline, days, outlet, bylines, and the body that its JSON-LD carries, if any.

Metadata are written for machines and are often another story's, shortened, or in another time zone. So what a reader sees comes
first: the <h1>, the byline under it, the day printed there; metadata decide where the page shows nothing.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from ..tables import outlets
from ..tables.words import words
from .bylines import names_in

NEWS_TYPES = words("html.news_types")
DATES = (
    "article:published_time", "datepublished", "og:published_time", "og:article:published_time",
    "date", "dc.date", "dc.date.issued",
    "dcterms.created", "dcterms.date", "pubdate", "publishdate", "publish-date", "publication_date", "parsely-pub-date",
    "sailthru.date", "article.published", "date_published", "release_date", "cxenseparse:recs:publishtime", "ptime",
    "rnews:datepublished",
)  # fmt: skip
AUTHORS = ("author", "article:author", "authors", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
           "article:author_name", "cxenseparse:author", "rnews:author")  # fmt: skip
BYLINE_CLASS = re.compile(r"(?:^|[\s_-])(?:by-?line|author(?:s|-?name|-?byline)?|contributor|writer)(?:$|[\s_-])", re.I)
HINT = re.compile("(?i)by-?line|author|contributor|writer")  # quicker than what follows
NOT_BYLINE = re.compile(r"bio|about|description|avatar|image|photo|follow|social|related|comment|more|list", re.I)
PARTS = re.compile(r"\s+[|·•»:–—-]{1,2}\s+|\s*\|\s*")
SECTION = re.compile(r"^(?:opinion|analysis|editorial|exclusive|video|watch|live|photos?|commentary|review)\s*\|\s*", re.I)
MAX_DATA = 2_000_000  # characters of one JSON-LD script
MAX_ROWS = 200
MAX_TITLE = 400


@dataclass(slots=True)
class Facts:
    """What a page says. `dates` as they are written, the surest first; `url` is the page's own word for its address."""

    title: str | None = None
    dates: list[str] = field(default_factory=list)
    outlet: str | None = None
    bylines: list[str] = field(default_factory=list)
    body: str | None = None
    url: str | None = None
    first_published: str | None = None  # another outlet, whose address the page gives as its own


def facts(tree: Any, url: str | None = None, *, use_data: bool = True) -> Facts:
    """The facts of a page; without its JSON-LD where `use_data` is false, so that the rest can be measured against it."""
    meta = _meta(tree)
    news = list(news_data(tree)) if use_data else []
    first: dict[str, Any] = news[0] if news else {}
    found = Facts(url=url or _address(tree, meta))
    host = urlsplit(found.url).hostname or "" if found.url else ""
    found.dates = [str(d) for d in (first.get("datePublished"), *map(meta.get, DATES), *_time_elements(tree)) if d]
    title = _clean(_first_text(tree, "title"))
    named = [meta.get("og:site_name"), _name(first.get("publisher")), meta.get("application-name")]
    found.outlet = _outlet(
        host, [_clean(name) for name in named if name], PARTS.split(title)[::-1] if PARTS.search(title) else []
    )
    titles = [_clean(first.get("headline")), _clean(meta.get("og:title")), _clean(meta.get("twitter:title")), title]
    found.title = _title([_text(h) for h in _some(tree, "h1", 6)], [t for t in titles if t], found.outlet)
    found.bylines = _bylines(tree, meta, first, found.outlet)
    canonical = outlets.at(urlsplit(_address(tree, meta) or "").hostname or "")
    if canonical is not None and url and canonical.name != found.outlet and canonical != outlets.at(host):
        found.first_published = canonical.name
    body = first.get("articleBody")
    found.body = body if isinstance(body, str) and len(body) > 100 else None
    return found


def _meta(tree: Any) -> dict[str, str]:
    meta: dict[str, str] = {}
    for element in tree.iter("meta"):
        get = element.attrib.get
        content, key = get("content"), get("property") or get("name") or get("itemprop")
        if content and key:
            meta.setdefault(key.lower(), content.strip())
    return meta


def _address(tree: Any, meta: dict[str, str]) -> str | None:
    found = meta.get("og:url") or next((link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical"), None)
    return found if found and found.startswith("http") else None


def news_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The news articles that the page's JSON-LD describes."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text or len(script.text) > MAX_DATA:
            continue
        try:
            data = json.loads(script.text, strict=False)
        except (ValueError, RecursionError):
            continue
        queue = list(data) if isinstance(data, list) else [data]
        for count, row in enumerate(queue):  # which grows as it is gone through
            if count == MAX_ROWS:
                break
            if not isinstance(row, dict):
                continue
            graph = row.get("@graph")
            queue.extend(graph if isinstance(graph, list) else [])
            kinds = row.get("@type")
            if any(isinstance(kind, str) and kind in NEWS_TYPES for kind in (kinds if isinstance(kinds, list) else [kinds])):
                yield row


def _time_elements(tree: Any) -> list[str]:
    """<time> elements marked as the publication's, then the first one in an article."""
    paths = ("//time[@pubdate]/@datetime", '//*[@itemprop="datePublished"]/@*[name()="datetime" or name()="content"]',
             "//article//time/@datetime")  # fmt: skip
    return [str(value) for path in paths for value in tree.xpath(path)[:1]]


def _name(value: Any) -> str | None:
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        return _name(value[0]) if value else None
    return _clean(value) or None


def _some(tree: Any, tag: str, most: int) -> Iterator[Any]:
    for count, element in enumerate(tree.iter(tag)):
        if count == most:
            return
        yield element


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())[:MAX_TITLE]


def _lines(element: Any) -> str:
    """An element's text, where pieces that touch without a blank are parted ("Jane Doe" beside "Follow")."""
    out = ""
    for piece in element.itertext():
        out += "\n" + piece if out and not out[-1].isspace() and not piece[:1].isspace() else piece
        if len(out) > MAX_TITLE:
            break
    return re.sub(r"[^\S\n]+", " ", re.sub(r"\s*\n\s*", "\n", out)).strip()


def _first_text(tree: Any, tag: str) -> str | None:
    return next((_text(element) for element in tree.iter(tag)), None)


def _clean(value: Any) -> str:
    """A string of metadata as it was meant: escaped once more than needed, or wrapped in white space; "" for anything else."""
    return " ".join(html.unescape(html.unescape(value)).split())[:MAX_TITLE] if isinstance(value, str) else ""


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.lower()))


def _compact(text: str) -> str:
    return re.sub(r"\W+", "", text.lower().removeprefix("the "))


def _title(headings: list[str], named: list[str], outlet: str | None) -> str | None:
    """The heading that the page shows, where it is like one of the titles that it names, else the first that it names."""
    named = [_bare(title, outlet) for title in named]
    site = _compact(outlet or "")
    shown = [h for h in headings if len(h) > 8 and _compact(h) != site]
    for heading in shown:
        words = _words(heading)
        if any(len(words & _words(title)) >= 0.4 * min(len(words), len(_words(title)) or 1) for title in named):
            return SECTION.sub("", heading)
    long = [h for h in shown if len(h.split()) >= 4]
    if len(long) == 1 and len(headings) <= 2:
        return SECTION.sub("", long[0])
    return next((title for title in named if title), long[0] if long else None)


def _bare(title: str, outlet: str | None) -> str:
    """A title without the outlet's name before or after a bar or dash."""
    title = SECTION.sub("", title)
    site = _compact(outlet or "")
    for separator in (" | ", " – ", " — ", " - ", " :: ", " » ", " · "):
        while separator in title:
            head, _, tail = title.rpartition(separator)
            if (site and (_compact(tail) in site or site in _compact(tail))) or (
                separator == " | " and len(tail.split()) <= 4 < len(head.split())
            ):
                title = head
                continue
            head, _, tail = title.partition(separator)
            if site and _compact(head) == site:
                title = tail
                continue
            break
    return title.strip()


def _outlet(host: str, named: list[str], of_title: list[str]) -> str | None:
    """The outlet: of our table by the host, else a name like the host, else the first that metadata give, else the host."""
    known = outlets.at(host) if host else None
    if known is not None:
        return known.name
    label = re.sub(r"\W", "", max(host.removeprefix("www.").split(".")[:-1] or [""], key=len))
    like: list[str] = []
    plain: list[str] = []
    for candidate in (*named, *of_title):
        for part in [candidate, *PARTS.split(candidate)]:
            part = re.sub(r"^https?://", "", part).removeprefix("www.").strip(" /")
            name = _compact(part)
            if not name or len(part) > 40 or part.startswith("@") or PARTS.search(part) or "/" in part:
                continue
            short = len(name) <= 2.5 * len(label)
            if label and (name == label or (short and len(label) > 3 and label in name) or (len(name) > 3 and name in label)):
                like.append(part)
            elif part == candidate and candidate in named:
                plain.append(part)
    # A name rather than a host's, and of two that differ in blanks alone the one that has them.
    like.sort(key=lambda part: ("." in part, _compact(part) != label and " " not in part, " " not in part))
    first = next(iter(like or plain), None)
    return _known(first) if first else host.removeprefix("www.") or None


def _known(name: str) -> str:
    outlet = outlets.find(name)
    return outlet.name if outlet else name


def _bylines(tree: Any, meta: dict[str, str], first: dict[str, Any], outlet: str | None) -> list[str]:
    """Who wrote it, as the page shows it; else as its metadata name them."""
    shown: list[str] = []
    beside: Any = None
    for element in _marked(tree):
        near = element.getparent()
        near = near if near is None or near.getparent() is None else near.getparent()
        text = _lines(element)
        if 3 < len(text) <= 160 and (beside is None or near is beside):
            found = names_in(text, sure=True)
            shown += [name for name in found if name not in shown]
            beside = near if found else beside
    told = first.get("author")
    named = [_name(author) for author in (told if isinstance(told, list) else [told])]
    named += [meta[key] for key in AUTHORS if key in meta]
    for text in filter(None, named):
        if not text.startswith(("http", "@", "/")):
            shown += [name for name in names_in(_clean(text), sure=True) if name not in shown]
        if len(shown) >= 12:
            break
    site = _compact(outlet or "")
    unique = {_compact(name): name for name in reversed(shown)}
    persons = [unique[key] for key in reversed(unique) if key != site]
    return persons or shown[:1]


def _marked(tree: Any) -> Iterator[Any]:
    """The elements that are marked as a byline, the surest marks first; at most a handful."""
    wanted = tree.xpath('(//*[@itemprop="author"] | //a[@rel="author"])[position() <= 6]')
    yield from wanted
    count = 0
    for element in tree.iter("span", "div", "p", "a", "address", "li", "cite", "strong"):
        names = element.get("class")
        if names and len(names) < 200 and HINT.search(names) and BYLINE_CLASS.search(names) and not NOT_BYLINE.search(names):
            yield element
            count += 1
            if count == 6:
                return
