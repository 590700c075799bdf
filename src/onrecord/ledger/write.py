"""Readings into rows: one transaction a page, and nothing twice."""

from __future__ import annotations

import hashlib
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from ..dates import iso, iso_day
from ..readings import to_reading
from ..records import Actor, Page, PageResult
from ..tables import outlets
from ..tables.actors import fold
from . import decisions, facets, texts
from . import schema as t
from .store import now

DERIVED = ("status", "because", "certainty", "polarity", "cameo", "plover")  # never stored


def wanted(connection: Connection, page: Page) -> bool:
    """Should this page be read? One that is there with its article need not be, save where the caller now gives another
    day or outlet for it; one that was left out is tried again."""
    known = _known(connection, page)
    if known is None:
        return True
    columns = select(t.articles.c.published, t.articles.c.outlet, t.articles.c.marks, t.skipped.c.id.label("skipped"))
    query = columns.join_from(t.articles, t.skipped, t.skipped.c.page == t.articles.c.page, isouter=True)
    article = connection.execute(query.where(t.articles.c.page == known)).first()
    if article is None or article.skipped is not None or article.marks is None:  # without marks: of an older ledger
        return True
    other_day = page.published is not None and iso_day(page.published) != article.published
    return other_day or (page.outlet is not None and page.outlet != article.outlet)


def _known(connection: Connection, page: Page) -> int | None:
    return connection.execute(select(t.pages.c.id).where(t.pages.c.page_id == page.id, t.pages.c.sha256 == page.sha256)).scalar()


def article_of(connection: Connection, page: Page) -> int | None:
    """The article of a page that is in the ledger."""
    known = _known(connection, page)
    return connection.execute(select(t.articles.c.id).where(t.articles.c.page == known)).scalar() if known is not None else None


def add(connection: Connection, result: PageResult) -> set[str] | None:
    """Enter a page with all that was read on it, in place of what an earlier reading gave. Returns the party keys that it
    touches, None where nothing changed."""
    known = _known(connection, result.page)
    touched: set[str] = set()
    if known is not None:
        if not wanted(connection, result.page):
            return None
        touched = _forget(connection, known)
    page = _page(connection, result.page) if known is None else known
    connection.execute(t.skipped.delete().where(t.skipped.c.where == result.page.place))
    if result.skipped is not None:
        skip(connection, result.page.place, result.skipped.step, result.skipped.reason, page)
    return touched | _article(connection, page, result) if result.article is not None else touched


def add_page(connection: Connection, page: Page, reason: str) -> None:
    """Enter a page of which nothing else could be entered, with the reason."""
    known = _known(connection, page)
    skip(connection, page.place, "ledger", reason, _page(connection, page) if known is None else known)


def skip(connection: Connection, where: str, step: str, reason: str, page: int | None = None) -> None:
    """Put on record that an input was left out."""
    connection.execute(
        upsert(t.skipped).values(where=where, page=page, step=step, reason=reason, at=now()).on_conflict_do_nothing()
    )


def _forget(connection: Connection, page: int) -> set[str]:
    """Take out what an earlier reading of a page gave. Returns the party keys that it touched."""
    columns = [t.articles.c[c] for c in ("id", "sketch", "story", "outlet", "credits")]
    row = connection.execute(select(*columns).where(t.articles.c.page == page)).first()
    if row is None:
        return set()
    article = row.id
    _hold(connection, row.outlet, row.credits, -1)
    connection.execute(t.story_summaries.delete().where(t.story_summaries.c.story.in_((row.story, article))))
    touched = set(connection.execute(select(t.contacts.c.party_key).where(t.contacts.c.article == article)).scalars())
    for table, key, parent in (
        (t.speakers, t.speakers.c.attribution, t.attributions),
        (t.parties, t.parties.c.contact, t.contacts),
    ):
        connection.execute(table.delete().where(key.in_(select(parent.c.id).where(parent.c.article == article))))
    for owned in (t.attributions, t.contacts, t.mentions, t.claims, t.terms):
        connection.execute(owned.delete().where(owned.c.article == article))
    connection.execute(t.articles.delete().where(t.articles.c.id == article))
    texts.forget_unused(connection, row.sketch)
    return touched


def article_key(page: Page) -> str:
    """By what an article is known in every ledger: a digest of its page and ID."""
    return hashlib.sha256(f"{page.sha256} {page.id}".encode()).hexdigest()[:10]


def _next(connection: Connection, table: Table) -> int:
    """The number of the next row; nobody else writes meanwhile."""
    return (connection.execute(select(func.max(table.c.id))).scalar() or 0) + 1


def _key(result: Any) -> int:
    return int(result.inserted_primary_key[0])


def _page(connection: Connection, page: Page) -> int:
    return _key(connection.execute(insert(t.pages).values(
        page_id=page.id, sha256=page.sha256, media_type=page.media_type, url=page.url, path=page.path,
        content=zlib.compress(page.content), added_at=now(),
    )))  # fmt: skip


def _article(connection: Connection, page: int, result: PageResult) -> set[str]:
    row: Any = to_reading(result)
    article, reading = result.article, result.reading
    assert article is not None
    sketch = reading.sketch
    day = article.published.value if article.published else None
    number = _next(connection, t.articles)
    narrowed, name = facets.of_reading(row), article_key(result.page)
    key = _key(connection.execute(insert(t.articles).values(
        id=number, newest=newest(day, number), facets=narrowed, marks=facets.marks(narrowed),
        repair_list=[{"kind": r.kind, "at": r.at, "before": r.before, "after": r.after} for r in article.repairs],
        page=page, title=article.title, text=article.text, language=article.language,
        published=day,
        published_basis=article.published.basis if article.published else None,
        outlet=article.outlet, bylines=row["article"]["bylines"], credits=row["article"]["credits"],
        repairs=row["article"]["repairs"], dropped=row["article"]["dropped"],
        sketch=sketch.exact if sketch else None, words=sketch.words if sketch else None,
        key=name, topic=sketch.topic if sketch else b"",
    )))  # fmt: skip
    if sketch is not None:
        texts.add(connection, sketch)
        texts.add_terms(connection, key, sketch, day)
    _hold(connection, article.outlet, row["article"]["credits"], 1)
    _actors(connection, key, result)
    _attributions(connection, key, name, row["attributions"])
    for kind in ("commitment", "accusation"):
        rows = [{"article": key, "kind": kind, "data": data} for data in row[kind + "s"]]
        if rows:
            connection.execute(insert(t.claims), rows)
    return _contacts(connection, key, name, row["contacts"]) | decisions.replay(connection, name)


def newest(day: date | None, number: int) -> int:
    """Day and number in one: of two articles the higher is the newer, and those without a day come last."""
    return (day.toordinal() if day else 0) << 24 | number


def _hold(connection: Connection, outlet: str | None, credits: list[Any], number: int) -> None:
    """Count an outlet's own articles: of whom we hold one, we have read as an origin."""
    article = {"outlet": outlet, "credits": credits}
    if outlet and outlets.is_own(article):
        query = upsert(t.held).values(name=outlets.folded(outlet), number=number)
        connection.execute(query.on_conflict_do_update(index_elements=["name"], set_={"number": t.held.c.number + number}))


def _actors(connection: Connection, article: int, result: PageResult) -> None:
    """Actors and how often each is mentioned. A party that is met as an adjective only has no mention."""
    known = {a.id: a for a in result.reading.actors}
    for contact in result.reading.contacts:
        for party, name, side in zip(contact.parties, contact.names, contact.sides, strict=True):
            known.setdefault(party, Actor(party, name, "country" if side == party else "person", None, side))
        for p in contact.positions:
            if p.actor:
                known.setdefault(p.actor, Actor(p.actor, p.name, "organisation", None, p.side))
    values = [
        {"id": a.id, "name": a.name, "kind": a.kind, "wikidata": a.wikidata, "side": a.side, "folded": fold(a.name)}
        for a in known.values()
    ]
    if values:
        connection.execute(upsert(t.actors).on_conflict_do_nothing(), values)
    counts = Counter({a.id: len(a.mentions) for a in known.values()})
    rows = [{"article": article, "actor": actor, "number": number} for actor, number in counts.items()]
    if rows:
        connection.execute(insert(t.mentions), rows)


def _facts(name: str, rows: list[dict[str, Any]], words: Callable[[dict[str, Any]], str]) -> Iterator[str]:
    """A key for each fact of an article: by its evidence, so that decisions on it outlive a new reading."""
    seen: Counter[str] = Counter()
    for row in rows:
        digest = hashlib.sha256(" ".join(words(row).split()).encode()).hexdigest()[:8]
        seen[digest] += 1
        yield f"{name}/{digest}" + (f"-{seen[digest]}" if seen[digest] > 1 else "")


def _attributions(connection: Connection, article: int, name: str, rows: list[dict[str, Any]]) -> None:
    keys = _facts(name, rows, lambda row: "said " + str(row["content"]["text"]))
    values, speakers = [], []
    for number, (fact, row) in enumerate(zip(keys, rows, strict=True), _next(connection, t.attributions)):
        said = row["said_on"] or {}
        values.append({
            "id": number, "article": article, "local": row["id"], "fact": fact,
            "source": row["source"]["text"] if row["source"] else None, "content": row["content"]["text"],
            "quotation": row["content"]["quotation"], "verbatim": row["content"]["verbatim"], "addressee": row["addressee"],
            "said_start": iso(said.get("start")), "said_end": iso(said.get("end")), "data": row,
        })  # fmt: skip
        speakers += [{"attribution": number, "actor": a} for a in (row["source"]["actors"] if row["source"] else ())]
    if values:
        connection.execute(insert(t.attributions), values)
    if speakers:
        connection.execute(insert(t.speakers), speakers)


def _contacts(connection: Connection, article: int, name: str, rows: list[dict[str, Any]]) -> set[str]:
    keys = _facts(name, rows, lambda row: str(row["positions"][0]["text"]) if row["positions"] else "")
    values = []
    for number, (fact, row) in enumerate(zip(keys, rows, strict=True), _next(connection, t.contacts)):
        data = {name: value for name, value in row.items() if name not in DERIVED}
        when = row["when"]
        values.append({
            "id": number, "article": article, "local": row["id"], "fact": fact, "party_key": "|".join(sorted(row["parties"])),
            "kind": row["kind"], "past": row["past"], "start": iso(when["start"]), "end": iso(when["end"]),
            "precision": when["precision"], "data": data,
        })  # fmt: skip
    if values:
        connection.execute(insert(t.contacts), values)
        parties = [{"contact": v["id"], "actor": p} for v, row in zip(values, rows, strict=True) for p in row["parties"]]
        connection.execute(insert(t.parties), parties)
    return {v["party_key"] for v in values}


def assign(connection: Connection, party_key: str, groups: list[list[int]]) -> None:
    """Make each group of contact rows one merged contact. A group has the number that most of its rows were first given, so
    that undoing a decision gives numbers back; a number that no group has says which contact its rows went to."""
    rejected = (t.contacts.c.party_key == party_key) & t.contacts.c.rejected.is_(True)
    connection.execute(update(t.contacts).where(rejected).values(merged=None))
    rows = connection.execute(select(t.contacts.c.id, t.contacts.c.home).where(t.contacts.c.party_key == party_key))
    home = dict(rows.tuples().all())
    free = set(connection.execute(select(t.merged.c.id).where(t.merged.c.party_key == party_key)).scalars())
    went: dict[int, Counter[int]] = {}
    for group in sorted(groups, key=lambda g: (-len(g), min(g))):
        votes = Counter(home[i] for i in group if home[i] in free)
        number = min(votes, key=lambda n: (-votes[n], n or 0)) if votes else None
        if number is None:
            number = _key(connection.execute(insert(t.merged).values(party_key=party_key)))
        free.discard(number)
        for i in group:
            if home[i] not in (None, number):
                went.setdefault(home[i], Counter())[number] += 1
        given = {"merged": number, "home": func.coalesce(t.contacts.c.home, number)}
        connection.execute(update(t.contacts).where(t.contacts.c.id.in_(group)).values(given))
    held = set(connection.execute(select(t.contacts.c.merged).where(t.contacts.c.merged.in_(went)).distinct()).scalars())
    for number in went.keys() - held:
        into = min(went[number], key=lambda n: (-went[number][n], n))
        connection.execute(update(t.merged).where(t.merged.c.id == number).values(into=into))
