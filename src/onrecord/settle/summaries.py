"""Merged contacts and stories summed up in rows that a list can be made of. Derived, and never the last word: a row is taken out
when what it rests on is touched, and made when a list is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, or_, select

from ..dates import iso
from ..ledger import Ledger, query
from ..ledger import schema as t
from ..tables import outlets
from . import copies, sources, story_views, views

AT_ONCE = 200  # contacts or stories that are summed up in one transaction
RECENT = 2  # days before the newest page that count as now, for what is trending
LOOKED_AT = 300  # of the newest stories, for the same


def forget(connection: Connection, party_key: str) -> None:
    """Take out the summaries of the contacts of these parties."""
    numbers = select(t.merged.c.id).where(t.merged.c.party_key == party_key)
    for table in (t.summaries, t.history):
        connection.execute(table.delete().where(table.c.merged.in_(numbers)))


def refresh(ledger: Ledger, step: Callable[[int], None] = lambda _: None) -> None:
    """Sum up what is not. `step` is called with how many were."""
    gone = select(t.summaries.c.merged).where(
        t.summaries.c.merged.not_in(select(t.contacts.c.merged).where(t.contacts.c.merged.is_not(None)))
    )
    with ledger.reading() as connection:
        missing = _missing(connection)
        stale = list(connection.execute(gone).scalars())
        stories = _missing_stories(connection)
    if stale:
        with ledger.writing() as connection:
            for table in (t.summaries, t.history):
                connection.execute(table.delete().where(table.c.merged.in_(stale)))
    for low in range(0, len(missing), AT_ONCE):
        numbers = missing[low : low + AT_ONCE]
        facts = sorted(views.prepared(ledger, query.facts(ledger, [], merged=numbers)), key=lambda f: int(f["merged"]))
        with ledger.writing() as connection:
            for number, own in groupby(facts, key=lambda f: int(f["merged"])):
                _sum_up(connection, number, list(own))
        step(len(numbers))
    for low in range(0, len(stories), AT_ONCE):
        views_ = [(n, story_views.story_of(ledger, n)) for n in stories[low : low + AT_ONCE]]
        with ledger.writing() as connection:
            for number, view in views_:
                _sum_up_story(connection, number, view)
        step(len(views_))


def _missing(connection: Connection) -> list[int]:
    held = select(t.contacts.c.merged).where(t.contacts.c.merged.is_not(None)).distinct()
    return list(connection.execute(held.where(t.contacts.c.merged.not_in(select(t.summaries.c.merged)))).scalars())


def _missing_stories(connection: Connection) -> list[int]:
    held = select(t.articles.c.story).where(t.articles.c.story.is_not(None)).distinct()
    return list(connection.execute(held.where(t.articles.c.story.not_in(select(t.story_summaries.c.story)))).scalars())


def _sum_up(connection: Connection, number: int, facts: list[dict[str, Any]]) -> None:
    now = views.view(number, facts, frozenset())
    changes = history(facts)
    for table in (t.summaries, t.history):
        connection.execute(table.delete().where(table.c.merged == number))
    connection.execute(insert(t.summaries).values(
        merged=number, kind=now["kind"], past=now["past"], status=now["status"], start=iso(now["when"]["start"]),
        end=iso(now["when"]["end"]), place=now["place"], names=" – ".join(now["names"]), pages=now["pages"],
        first=changes[0][0] if changes else None, changed=changes[-1][0] if changes else None,
        was=changes[-2][1] if len(changes) > 1 else None, party_key="|".join(sorted(now["parties"])), data=_short(now),
    ))  # fmt: skip
    if changes:
        connection.execute(insert(t.history), [{"merged": number, "day": day, "status": status} for day, status in changes])


SHORT = ("name", "actor", "stance", "hedged", "side", "attribution", "via")
NAMED_AT_MOST = 60  # positions of a summary: more are told by the contact itself


def _short(view: dict[str, Any]) -> dict[str, Any]:
    """A contact without its evidence: enough for its first line."""
    positions = {tuple(p[k] for k in ("name", "stance", "hedged", "side")): {k: p[k] for k in SHORT} for p in view["positions"]}
    kept = {k: v for k, v in view.items() if k not in ("positions", "facts", "id")}
    return kept | {"positions": list(positions.values())[:NAMED_AT_MOST]}


def _shown(row: Any, held: frozenset[str]) -> dict[str, Any]:
    """A summary as it is shown: with the origins that have been read by now."""
    found = dict(row._mapping)
    data = found.pop("data")
    origins = [o | {"read": o["read"] or outlets.folded(o["name"]) in held} for o in data["origins"]]
    shown: dict[str, Any] = data | found | {"id": row.merged, "names": data["names"], "origins": origins}
    return shown | {"origins_read": sum(o["read"] for o in origins)}


def history(facts: list[dict[str, Any]]) -> list[tuple[date, str]]:
    """From which day on a contact had which status: a row where it changes. A page without a day counts from its capture on."""
    days = sorted({query.known_on(f["article"]) for f in facts})
    out: list[tuple[date, str]] = []
    for day in days:
        view = views.view(0, [f for f in facts if query.known_on(f["article"]) <= day], frozenset())
        if not out or out[-1][1] != view["status"]:
            out.append((day, view["status"]))
    return out


def _sum_up_story(connection: Connection, number: int, view: dict[str, Any]) -> None:
    first: dict[str, str] = {}
    for page in view["pages"]:  # in the order of their days
        for origin in page["origins"]:
            first.setdefault(origin, page["published"] or "")
    connection.execute(t.story_summaries.delete().where(t.story_summaries.c.story == number))
    connection.execute(insert(t.story_summaries).values(
        story=number, first=iso(view["first"]), last=iso(view["last"]), pages=len(view["pages"]),
        origins=dict(Counter(first.values())), data={k: v for k, v in view.items() if k != "pages"}, listed=view["pages"],
    ))  # fmt: skip


def stories(ledger: Ledger, *, limit: int = 50, offset: int = 0, least: int = 1) -> list[dict[str, Any]]:
    """Summaries of stories, newest first."""
    s = t.story_summaries
    order = (s.c.last.desc().nulls_last(), s.c.pages.desc(), s.c.story)
    with ledger.reading() as connection:
        rows = connection.execute(select(s).where(s.c.pages >= least).order_by(*order).limit(limit).offset(offset))
        held = query.held(connection)
        return [_story(r, held) for r in rows]


def story(ledger: Ledger, name: str) -> dict[str, Any]:
    """One story with its pages, from its summary. Raises `BadRequest` where there is none of that name."""
    s = t.story_summaries
    with ledger.reading() as connection:
        opened = select(t.articles.c.story).where(t.articles.c.id == story_views.article(connection, name)).scalar_subquery()
        row = connection.execute(select(s).where(s.c.story == opened)).first()
        if row is None:  # touched since: from its pages
            return story_views.story(ledger, name)
        return _story(row, query.held(connection)) | {"pages": row.listed}


def _story(row: Any, held: frozenset[str]) -> dict[str, Any]:
    """A story as it is shown: with the origins that have been read by now."""
    statement = sources.STATEMENT
    found = [
        o | {"read": o["read"] or (o["kind"] != statement and outlets.folded(o["name"]) in held)} for o in row.data["origins"]
    ]
    read = sum(o["read"] for o in found)
    shown: dict[str, Any] = row.data | {"origins": found, "origins_read": read, "origins_named": len(found) - read}
    return shown | {"pages": row.pages, "rising": 0.0}


def trending(ledger: Ledger, limit: int = 10) -> list[dict[str, Any]]:
    """Stories ranked by the independent origins that are new in the last days, against the pace of their own past. Copies bring
    no origin, so a story that is only copied does not rise. Now is the newest day on record, so that an archive trends too."""
    s = t.story_summaries
    with ledger.reading() as connection:
        newest = connection.execute(select(func.max(s.c.last))).scalar()
        if newest is None:
            return []
        since = newest - timedelta(RECENT - 1)
        rows = connection.execute(select(s).where(s.c.last >= since).order_by(s.c.last.desc()).limit(LOOKED_AT)).all()
        held = query.held(connection)
    ranked = [_story(r, held) | {"rising": round(_rising(r.origins, since), 3)} for r in rows]
    ranked = [r for r in ranked if r["rising"] > 0]
    return sorted(ranked, key=lambda r: (-r["rising"], -r["pages"], r["story"]))[:limit]


def _rising(origins: dict[str, int], since: date) -> float:
    """New origins a day now, over one more than what the story had a day before."""
    new = sum(n for day, n in origins.items() if day and date.fromisoformat(day) >= since)
    old = {date.fromisoformat(day): n for day, n in origins.items() if day and date.fromisoformat(day) < since}
    pace = sum(old.values()) / ((since - min(old)).days or 1) if old else 0.0
    return (new / RECENT) / (1 + pace)


def contacts(
    ledger: Ledger,
    names: Iterable[str] = (),
    *,
    statuses: Iterable[str] = (),
    kinds: Iterable[str] = (),
    since: date | None = None,
    until: date | None = None,
    place: str | None = None,
    outlet: str | None = None,
    as_of: date | None = None,
    undecided: bool = False,
    order: str = "changed",
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[dict[str, Any]], int]:
    """Summaries of merged contacts, and how many there are in all. `order` is changed (the latest change first; on an
    earlier day, what was first told of last), when (by day) or newest (the latest day first). `undecided`: those on none of
    whose facts a decision is in force."""  # fmt: skip
    s = t.summaries
    with ledger.reading() as connection:
        wanted = select(s)
        for name in names:
            ids = query.find_actors(connection, name)
            with_them = select(t.contacts.c.merged).join(t.parties, t.parties.c.contact == t.contacts.c.id)
            wanted = wanted.where(s.c.merged.in_(with_them.where(t.parties.c.actor.in_(ids))))
        wanted = wanted.where(s.c.kind.in_(list(kinds))) if kinds else wanted
        wanted = wanted.where(or_(s.c.end.is_(None), s.c.end >= since)) if since else wanted
        wanted = wanted.where(or_(s.c.start.is_(None), s.c.start <= until)) if until else wanted
        wanted = wanted.where(func.holds(s.c.place, place)) if place else wanted
        if outlet:
            wanted = wanted.where(s.c.merged.in_(query.of_outlet(outlet)))
        if undecided:
            on_it = select(t.contacts.c.merged).join(t.decided, t.decided.c.fact == t.contacts.c.fact)
            in_force = on_it.join(t.decisions, t.decisions.c.id == t.decided.c.decision).where(t.decisions.c.undone_at.is_(None))
            wanted = wanted.where(s.c.merged.not_in(in_force.where(t.contacts.c.merged.is_not(None))))
        status: ColumnElement[Any] = s.c.status if as_of is None else _status_on(as_of)
        wanted = wanted.where(s.c.first <= as_of) if as_of else wanted
        wanted = wanted.where(status.in_(list(statuses))) if statuses else wanted
        total = connection.execute(wanted.with_only_columns(func.count(), maintain_column_froms=True)).scalar_one()
        latest = s.c.first if as_of else s.c.changed
        by = {"changed": (latest.desc().nulls_last(), s.c.merged), "when": (s.c.start, s.c.end, s.c.merged),
              "newest": (s.c.start.desc().nulls_last(), s.c.merged)}[order]  # fmt: skip
        numbers = wanted.with_only_columns(s.c.merged, maintain_column_froms=True).order_by(*by).limit(limit).offset(offset)
        shown = select(s, status.label("then")).where(s.c.merged.in_(list(connection.execute(numbers).scalars())))
        rows = connection.execute(shown.order_by(*by)).all()
        held = query.held(connection)
    return [_shown(r, held) for r in rows], total


def history_of(ledger: Ledger, number: int) -> list[tuple[date, str]]:
    """From which day on a contact had which status."""
    h = t.history.c
    with ledger.reading() as connection:
        return list(connection.execute(select(h.day, h.status).where(h.merged == number).order_by(h.day)).tuples())


def _status_on(day: date) -> ColumnElement[Any]:
    """The status of a contact on a day."""
    h = t.history.c
    return (
        select(h.status).where(h.merged == t.summaries.c.merged, h.day <= day).order_by(h.day.desc()).limit(1).scalar_subquery()
    )


def pairs(ledger: Ledger, limit: int = 40) -> list[tuple[tuple[str, ...], int]]:
    """Who has most contacts with whom: the parties' IDs, and how many."""
    s = t.summaries
    with ledger.reading() as connection:
        number = func.count().label("number")
        rows = connection.execute(
            select(s.c.party_key, number).group_by(s.c.party_key).order_by(number.desc(), s.c.party_key).limit(limit)
        )
        return [(tuple(r.party_key.split("|")), int(r.number)) for r in rows]


def forget_copies(connection: Connection, sketch: str) -> None:
    """Take out the summaries of contacts that a text and its copies tell of: how many origins they have may change."""
    told = select(t.contacts.c.merged).join(t.articles, t.contacts.c.article == t.articles.c.id)
    numbers = told.where(t.articles.c.sketch.in_(copies.together(connection, sketch)), t.contacts.c.merged.is_not(None))
    connection.execute(t.summaries.delete().where(t.summaries.c.merged.in_(numbers)))
