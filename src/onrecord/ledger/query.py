"""Questions to the ledger: contacts, one contact, who said what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, func, or_, select, text

from ..errors import BadRequest
from ..tables.actors import fold
from . import schema as t
from .decisions import effective, worded
from .facets import mark
from .store import Ledger


def find_actors(connection: Connection, name: str) -> list[str]:
    """The IDs of actors whose name holds all the words of `name`; the whole name goes before parts of it."""
    words = fold(name).split()
    known = func.coalesce(t.actors.c.folded, func.lower(t.actors.c.name))
    columns = select(t.actors.c.id)
    exact = connection.execute(columns.where((known == fold(name)) | (func.lower(t.actors.c.id) == name.lower()))).scalars().all()
    if exact or not words:
        return list(exact)
    padded = func.replace(" " + known + " ", ".", " ")
    return list(connection.execute(columns.where(*(padded.contains(f" {word} ", autoescape=True) for word in words))).scalars())


def facts(
    ledger: Ledger,
    names: list[str],
    *,
    since: date | None = None,
    until: date | None = None,
    kind: str | None = None,
    place: str | None = None,
    outlet: str | None = None,
    as_of: date | None = None,
    merged: int | Iterable[int] | None = None,
) -> list[dict[str, Any]]:
    """Contact rows, each with its article, that have all the named parties and touch the days from `since` to `until`; all
    rows of a contact of which one is of that kind, place or outlet. With `as_of`, only what was on record on that day."""
    with ledger.reading() as connection:
        query = select(t.contacts).where(t.contacts.c.merged.is_not(None))
        for name in names:
            ids = find_actors(connection, name)
            if not ids:
                return []
            query = query.where(t.contacts.c.id.in_(select(t.parties.c.contact).where(t.parties.c.actor.in_(ids))))
        if since:
            query = query.where(or_(t.contacts.c.end.is_(None), t.contacts.c.end >= since))
        if until:
            query = query.where(or_(t.contacts.c.start.is_(None), t.contacts.c.start <= until))
        if kind:
            query = query.where(t.contacts.c.kind == kind)
        if place:
            query = query.where(func.holds(t.contacts.c.data["place"].as_string(), place))
        if outlet:
            query = query.where(t.contacts.c.merged.in_(of_outlet(outlet)))
        if merged is not None:
            numbers = [merged] if isinstance(merged, int) else list(merged)
            query = query.where(t.contacts.c.merged.in_(numbers))
        found = [dict(r._mapping) for r in connection.execute(query)]
        whole = {r["merged"] for r in found}
        if since or until or kind or place:  # a merged contact is shown whole
            query = select(t.contacts).where(t.contacts.c.merged.in_(whole))
            found = [dict(r._mapping) for r in connection.execute(query)]
        articles = _articles(connection, {r["article"] for r in found})
    for row in found:
        row["article"] = articles[row["article"]]
        row["data"] = effective(row["data"], row["decided"])
    return [r for r in found if as_of is None or known_on(r["article"]) <= as_of]


def judged(ledger: Ledger, articles: Iterable[int]) -> dict[tuple[int, str], dict[str, Any]]:
    """What is to be said of attributions on which positions rest, by article and attribution: `altered` by a copy, `rejected`
    by a person, `speaker` (an actor's row) where a person corrected who spoke."""
    a = t.attributions.c
    with ledger.reading() as connection:
        rows = connection.execute(
            select(a.article, a.local, a.altered, a.rejected, a.decided).where(a.article.in_(list(articles)))
        ).all()
        corrected = {(r.article, r.local): r.decided["source"]["actors"][0] for r in rows if r.decided and "source" in r.decided}
        query = select(t.actors).where(t.actors.c.id.in_(set(corrected.values())))
        actors = {r.id: dict(r._mapping) for r in connection.execute(query)} if corrected else {}
    found = {
        (r.article, r.local): {"altered": r.altered, "rejected": bool(r.rejected), "speaker": None}
        for r in rows
        if r.altered or r.rejected or (r.article, r.local) in corrected
    }
    for key, actor in corrected.items():
        found[key]["speaker"] = actors.get(actor)
    return found


def known_on(article: Mapping[str, Any]) -> date:
    """The day from which on what an article says is on record: that of its publication, else that of its capture."""
    published: date | None = article["published"]
    return published or date.fromisoformat(article["added_at"][:10])


def of_outlet(outlet: str) -> Select[tuple[int | None]]:
    """The merged contacts that articles of an outlet tell of; case aside."""
    query = select(t.contacts.c.merged).join(t.articles, t.contacts.c.article == t.articles.c.id)
    return query.where(func.lower(t.articles.c.outlet) == outlet.lower())


def _articles(connection: Connection, ids: set[int]) -> dict[int, dict[str, Any]]:
    """Articles by ID, with their page's address; the text is left out."""
    columns = [t.articles.c[c] for c in ("id", "key", "title", "published", "outlet", "credits", "repairs", "sketch")]
    query = select(*columns, t.pages.c.page_id, t.pages.c.url, t.pages.c.path, t.pages.c.sha256, t.pages.c.added_at).join(t.pages)
    out = {}
    for row in connection.execute(query.where(t.articles.c.id.in_(ids))):
        whole = row.path if row.page_id == row.sha256 or not row.path else f"{row.path} ({row.page_id})"
        out[row.id] = dict(row._mapping) | {"address": row.url or whole or row.page_id}
    return out


def held(connection: Connection) -> frozenset[str]:
    """The outlets (as `tables.outlets.folded` has them) of which there is an article of their own."""
    return frozenset(connection.execute(select(t.held.c.name).where(t.held.c.number > 0)).scalars())


def said(
    ledger: Ledger,
    name: str | None,
    *,
    about: str | None = None,
    to: str | None = None,
    since: date | None = None,
    until: date | None = None,
    verbatim: bool = False,
    limit: int = 50,
    among: int | None = None,
) -> list[dict[str, Any]]:
    """Attributions by someone, about someone (their names in the content), to someone; newest first. `among`: looked for in so
    many of the newest articles that can hold any, so that it takes the same time in any ledger."""
    with ledger.reading() as connection:
        query = select(t.attributions.c.id).join(t.articles, t.attributions.c.article == t.articles.c.id)
        query = query.where(t.attributions.c.rejected.is_not(True))
        held: list[str] = []
        if name:
            ids = find_actors(connection, name)
            if not ids:
                return []
            query = query.where(_spoken_by(ids, few=among is not None))
            held.append("marks : (" + " OR ".join(f'"{mark("speaker", i)}"' for i in ids) + ")")
        if about:
            names = _names(connection, about)
            query = query.where(or_(*(func.holds(t.attributions.c.content, n) for n in names)))
            held.append("text : (" + " OR ".join('"' + n.replace('"', " ") + '"' for n in names) + ")")
        if to:
            told = or_(*(func.holds(t.attributions.c.addressee, n) for n in _names(connection, to)))
            query = query.where(t.attributions.c.addressee.is_not(None), told)
        if held and (about or among):
            query = query.where(t.articles.c.newest.in_(_holding(" AND ".join(held) if among else held[-1], among)))
        if verbatim:
            query = query.where(t.attributions.c.quotation == "direct", t.attributions.c.verbatim)
        day = func.coalesce(t.attributions.c.said_start, t.articles.c.published)
        if since:
            query = query.where(day >= since)
        if until:
            query = query.where(day <= until)
        numbers = connection.execute(query.order_by(*_order(day)).limit(limit)).scalars().all()
        return _attributions(connection, numbers, day)


def _spoken_by(actors: list[str], *, few: bool) -> ColumnElement[bool]:
    """Attributions of these actors: found from the actors, or, where `few` articles are looked at, tested one by one."""
    s = t.speakers.c
    if few:
        return exists().where(s.attribution == t.attributions.c.id, s.actor.in_(actors))
    return t.attributions.c.id.in_(select(s.attribution).where(s.actor.in_(actors)))


def _holding(words: str, newest: int | None) -> Any:
    """Articles (by their numbers in the full text) that match; with `newest`, so many of the newest."""
    limit = f" ORDER BY rowid DESC LIMIT {newest:d}" if newest else ""
    found = text(f"SELECT rowid FROM articles_fts WHERE articles_fts MATCH :words{limit}")
    return found.bindparams(words=words).columns(t.articles.c.newest)


def _order(day: ColumnElement[Any]) -> tuple[ColumnElement[Any], ...]:
    """The newest first, whatever order the pages came in."""
    return day.desc().nulls_last(), t.articles.c.key, t.attributions.c.id


def _attributions(connection: Connection, numbers: Sequence[int], day: ColumnElement[Any]) -> list[dict[str, Any]]:
    """Attributions of these numbers with their articles and pages."""
    article = [t.articles.c[c] for c in ("published", "outlet", "title", "key")]
    page = [t.pages.c[c] for c in ("url", "path", "page_id")]
    query = select(t.attributions, *article, *page).join(t.articles, t.attributions.c.article == t.articles.c.id).join(t.pages)
    rows = connection.execute(query.where(t.attributions.c.id.in_(numbers)).order_by(*_order(day))).all()
    return [
        dict(r._mapping) | {"address": r.url or r.path or r.page_id, "data": worded(effective(r.data, r.decided), r.altered)}
        for r in rows
    ]


def _names(connection: Connection, name: str) -> list[str]:
    """A name and the last names of the actors that it may mean, as whole words are looked for in a text."""
    rows = connection.execute(select(t.actors.c.name).where(t.actors.c.id.in_(find_actors(connection, name))))
    return sorted({name, *(r.name.split()[-1] for r in rows)})


def counts(ledger: Ledger) -> dict[str, int]:
    """How much there is of everything."""
    with ledger.reading() as connection:
        tables = ("pages", "articles", "attributions", "contacts", "merged", "skipped")
        return {
            name: int(connection.execute(select(func.count()).select_from(t.metadata.tables[name])).scalar_one())
            for name in tables
        } | {"merged": connection.execute(select(func.count(t.contacts.c.merged.distinct()))).scalar_one()}


def skipped(ledger: Ledger) -> list[dict[str, Any]]:
    """What was left out, and why."""
    with ledger.reading() as connection:
        return [dict(r._mapping) for r in connection.execute(select(t.skipped).order_by(t.skipped.c.where))]


def current(ledger: Ledger, number: int) -> int:
    """The number under which a contact's rows stand now. Raises `BadRequest` where there never was one of that number."""
    seen: set[int | None] = set()
    now: int | None = number
    with ledger.reading() as connection:
        while now is not None and now not in seen:
            if connection.execute(select(t.contacts.c.id).where(t.contacts.c.merged == now).limit(1)).first():
                return now
            seen.add(now)
            now = connection.execute(select(t.merged.c.into).where(t.merged.c.id == now)).scalar()
    raise BadRequest(f"no contact {number} in this ledger; `onrecord contacts` lists them")


Rows = list[dict[str, Any]]


def document(ledger: Ledger, number: int) -> tuple[dict[str, Any], Rows, Rows, list[tuple[str, dict[str, Any]]]]:
    """An article, its attributions, its contacts and its claims (kind, data), as they stand, decisions over them."""
    page = [t.pages.c[c] for c in ("url", "path", "page_id", "sha256", "media_type", "added_at")]
    with ledger.reading() as connection:
        row = connection.execute(select(t.articles, *page).join(t.pages).where(t.articles.c.id == number)).one()
        said, met = (
            [worded(effective(r.data, r.decided), getattr(r, "altered", None))
             | {"fact": r.fact, "rejected": bool(r.rejected), "merged": getattr(r, "merged", None)}
             for r in connection.execute(select(table).where(table.c.article == number).order_by(table.c.id))]
            for table in (t.attributions, t.contacts)
        )  # fmt: skip
        claims = [(r.kind, r.data) for r in connection.execute(select(t.claims).where(t.claims.c.article == number))]
    inner = ("topic", "marks", "newest", "sketch")
    return {k: v for k, v in row._mapping.items() if k not in inner}, said, met, claims
