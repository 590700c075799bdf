"""Stories as they are shown: pages with what each was made from, and the origins behind them. Derived each time, never stored."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, exists, func, select

from ..errors import BadRequest
from ..ledger import Ledger, query
from ..ledger import schema as t
from ..ledger.decisions import effective
from ..tables import outlets
from . import align, copies, sources
from .tree import Edge, Pair, edges

CAPTURES = 5_000  # the latest pages, among which revisions are looked for


def stories(ledger: Ledger, *, least: int = 1) -> list[dict[str, Any]]:
    """All stories of at least so many pages, newest first."""
    with ledger.reading() as connection:
        groups: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for row in _articles(connection):
            groups[row["story"]].append(row)
        held = query.held(connection)
        out = [_view(connection, rows, held) for rows in groups.values() if len(rows) >= least]
    return sorted(out, key=lambda v: (v["last"] or "", v["story"]), reverse=True)


def story(ledger: Ledger, name: str) -> dict[str, Any]:
    """The story that holds the article of this key, or the beginning of one. Raises `BadRequest` where there is none."""
    with ledger.reading() as connection:
        number = article(connection, name)
        opened = connection.execute(select(t.articles.c.story).where(t.articles.c.id == number)).scalar()
        return _view(connection, _articles(connection, opened), query.held(connection))


def story_of(ledger: Ledger, opened: int) -> dict[str, Any]:
    """The story that the article of this number opens."""
    with ledger.reading() as connection:
        return _view(connection, _articles(connection, opened), query.held(connection))


def revised(ledger: Ledger, limit: int = 8) -> list[dict[str, Any]]:
    """Addresses that were captured with other words, the latest first: the article before and the one after. Looked for among
    the addresses of the latest captures."""
    p, earlier = t.pages.c, t.pages.alias().c
    with ledger.reading() as connection:
        newest = connection.execute(select(func.max(p.id))).scalar() or 0
        before = exists().where(earlier.url == p.url, earlier.id < p.id)
        again = select(p.url, func.max(p.id).label("last")).where(p.id > newest - CAPTURES, before).group_by(p.url)
        urls = connection.execute(again.order_by(func.max(p.id).desc()).limit(limit * 3)).all()
        columns = [t.articles.c[c] for c in ("id", "key", "title", "outlet", "published", "sketch")]
        wanted = select(*columns, p.url, p.added_at).join(t.pages).where(p.url.in_([u.url for u in urls]))
        by_url: dict[str, list[Any]] = defaultdict(list)
        for row in connection.execute(wanted.order_by(p.added_at, p.id)):
            if not by_url[row.url] or by_url[row.url][-1].sketch != row.sketch:
                by_url[row.url].append(row)
    found = [by_url[u.url][-2:] for u in urls if len(by_url[u.url]) > 1]
    return [{"before": dict(a._mapping), "after": dict(b._mapping)} for a, b in found[:limit]]


def article(connection: Connection, name: str) -> int:
    """The article of a key, the beginning of one, or a page's ID. Raises `BadRequest`."""
    begins = (t.articles.c.key >= name) & (t.articles.c.key < f"{name}\U0010ffff") if name else t.articles.c.key == name
    by_key = select(t.articles.c.id).where(begins).limit(2)
    by_page = select(t.articles.c.id).join(t.pages).where(t.pages.c.page_id == name).limit(2)
    found = connection.execute(by_key).scalars().all() or connection.execute(by_page).scalars().all()
    if len(found) != 1:
        what = "no article or story" if not found else "more than one article"
        raise BadRequest(f"{what} goes by {name!r}; `onrecord stories` shows their names")
    return int(found[0])


def compare(ledger: Ledger, first: str, second: str) -> dict[str, Any]:
    """Two articles laid side by side: what each has of the other, and sentence by sentence the words that differ."""
    with ledger.reading() as connection:
        a, b = (
            connection.execute(select(t.articles.c.text, t.articles.c.title, t.articles.c.key).where(t.articles.c.id == n)).one()
            for n in (article(connection, first), article(connection, second))
        )
    texts = align.Text(a.text), align.Text(b.text)
    found = align.align(*texts)
    return {
        "a": {"key": a.key, "title": a.title}, "b": {"key": b.key, "title": b.title},
        "relation": copies.relation_of(found), "coverage_a": round(found.coverage_a, 3), "coverage_b": round(found.coverage_b, 3),
        "verbatim": round(found.verbatim, 3),
        "passages": [{
            "a": a.text[slice(*p.a)].strip(), "b": b.text[slice(*p.b)].strip(), "score": p.score,
            "changes": align.changes(a.text[slice(*p.a)].strip(), b.text[slice(*p.b)].strip()),
        } for p in align.passages(*texts)],
    }  # fmt: skip


def copy_of(connection: Connection, number: int) -> tuple[str, str] | None:
    """(relation, address) of what an article was made from, in its story or out of it; None for one of its own."""
    sketch = connection.execute(select(t.articles.c.sketch).where(t.articles.c.id == number)).scalar()
    if sketch is None:
        return None
    rows = _articles(connection, sketches=copies.touching(connection, sketch))
    edge = next(e for e in _edges(connection, rows) if e.article == number)
    return next(((edge.relation, str(r["address"])) for r in rows if r["id"] == edge.of), None)


def hanging(connection: Connection, sketches: set[str]) -> list[Edge]:
    """What each article of these texts was made from."""
    return _edges(connection, _articles(connection, sketches=sketches))


def _edges(connection: Connection, rows: list[dict[str, Any]]) -> list[Edge]:
    return edges(rows, _pairs(connection, {r["sketch"] for r in rows if r["sketch"]}))


def _articles(connection: Connection, of: int | None = None, sketches: set[str] | None = None) -> list[dict[str, Any]]:
    columns = [t.articles.c[c] for c in ("id", "key", "title", "published", "outlet", "credits", "sketch", "story")]
    page = [t.pages.c[c] for c in ("page_id", "sha256", "url", "path")]
    wanted = select(*columns, *page).join(t.pages).where(t.articles.c.story.is_not(None))
    if of is not None:
        wanted = wanted.where(t.articles.c.story == of)
    if sketches is not None:
        wanted = wanted.where(t.articles.c.sketch.in_(sketches))
    return [dict(r._mapping) | {"address": _address(r)} for r in connection.execute(wanted)]


def _address(row: Any) -> str:
    """Where a page is, for people: its address, or its file and, where one file holds many, its ID."""
    whole = row.path if row.page_id == row.sha256 or not row.path else f"{row.path} ({row.page_id})"
    return str(row.url or whole or row.page_id)


def _view(connection: Connection, rows: list[dict[str, Any]], held: frozenset[str]) -> dict[str, Any]:
    """One story."""
    pairs = _pairs(connection, {r["sketch"] for r in rows if r["sketch"]})
    hanging = {e.article: e for e in edges(rows, pairs)}
    found = sources.by_occasion(_sources(connection, rows, hanging))
    by_id = {r["id"]: r for r in rows}
    ordered = sorted(rows, key=lambda r: (str(r["published"] or "9"), r["key"] or ""))
    used = {s.key: s for page in found.values() for s in page}
    name = by_id[rows[0]["story"]]["key"]  # what somebody says of another happening is another origin
    listed = [_origin(s, held, rows) | {"id": f"{name}/{s.key}"} for s in sorted(used.values(), key=lambda s: s.key)]
    days = sorted(str(r["published"]) for r in rows if r["published"])
    return {
        "story": name, "title": next((r["title"] for r in ordered if r["title"]), None),
        "first": days[0] if days else None, "last": days[-1] if days else None, "origins": listed,
        "origins_read": sum(o["read"] for o in listed), "origins_named": sum(not o["read"] for o in listed),
        "pages": [_page(r, hanging[r["id"]], by_id, [f"{name}/{s.key}" for s in found[r["id"]]]) for r in ordered],
    }  # fmt: skip


def _page(row: dict[str, Any], edge: Edge, by_id: dict[int, Any], found: list[str]) -> dict[str, Any]:
    return {
        "id": row["page_id"], "key": row["key"], "address": row["address"], "title": row["title"], "outlet": row["outlet"],
        "published": str(row["published"]) if row["published"] else None, "relation": edge.relation,
        "copy_of": by_id[edge.of]["page_id"] if edge.of is not None else None, "coverage": edge.coverage, "reason": edge.reason,
        "credits": [c["name"] for c in row["credits"]], "origins": list(dict.fromkeys(found)),
    }  # fmt: skip


def _origin(source: sources.Source, held: frozenset[str], rows: list[dict[str, Any]]) -> dict[str, Any]:
    """An origin: read where it is an outlet's own reporting and we hold an article of it."""
    read = outlets.folded(source.name) in held or (source.kind == sources.OWN and any(source.name == r["address"] for r in rows))
    return {"name": source.name, "kind": source.kind, "read": source.kind != sources.STATEMENT and read}


def _pairs(connection: Connection, sketches: set[str]) -> dict[tuple[str, str], Pair]:
    """How the texts of a story hang together, by sketch, both ways round."""
    ids = dict(connection.execute(select(t.texts.c.id, t.texts.c.sketch).where(t.texts.c.sketch.in_(sketches))).tuples().all())
    out: dict[tuple[str, str], Pair] = {}
    for r in connection.execute(select(t.copies).where(t.copies.c.a.in_(ids), t.copies.c.b.in_(ids))):
        out[ids[r.a], ids[r.b]] = Pair(r.relation, r.coverage_a, r.coverage_b)
        out[ids[r.b], ids[r.a]] = Pair(r.relation, r.coverage_b, r.coverage_a)
    return out


def _sources(connection: Connection, rows: list[dict[str, Any]], hanging: dict[int, Edge]) -> dict[int, list[sources.Source]]:
    """Each article's sources; a copy that names none of its own has those of what it was made from."""
    numbers = [row["id"] for row in rows]
    said, met = (_of_articles(connection, table, numbers) for table in (t.attributions, t.contacts))
    actors = _actors(connection, numbers)
    out = {row["id"]: sources.of_page(row, said[row["id"]], met[row["id"]], actors[row["id"]]) for row in rows}
    for row in rows:
        above = hanging[row["id"]]
        if (
            above.of is not None
            and above.relation in (*copies.LINKING, "verbatim", "revision")
            and out[row["id"]][0].kind == sources.OWN
        ):
            out[row["id"]] = out[above.of]
    return sources.shared(out)


def _of_articles(connection: Connection, table: Any, numbers: list[int]) -> dict[int, list[Any]]:
    """The facts of each article, as they stand."""
    out: dict[int, list[Any]] = defaultdict(list)
    wanted = select(table.c.article, table.c.data, table.c.decided).where(
        table.c.article.in_(numbers), table.c.rejected.is_not(True)
    )
    for row in connection.execute(wanted.order_by(table.c.id)):
        out[row.article].append(effective(row.data, row.decided))
    return out


def _actors(connection: Connection, numbers: list[int]) -> dict[int, dict[str, dict[str, Any]]]:
    out: dict[int, dict[str, dict[str, Any]]] = defaultdict(dict)
    wanted = select(t.actors, t.mentions.c.article).join(t.mentions, t.mentions.c.actor == t.actors.c.id)
    for row in connection.execute(wanted.where(t.mentions.c.article.in_(numbers))):
        out[row.article][row.id] = dict(row._mapping)
    return out
