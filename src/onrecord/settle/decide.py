"""Taking a decision, and undoing it: the row, and all that it changes, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from sqlalchemy import Connection, select

from .. import dates
from ..errors import BadRequest
from ..ledger import Ledger, decisions, facets, query
from ..ledger import schema as t
from ..records import ContactKind
from . import copies, settle, stories, story_views, summaries, wording


def merge(ledger: Ledger, first: int, second: int, *, who: str, why: str) -> int:
    """The facts of contact `second` are of contact `first`; where their parties differ, they are given those of the first."""
    kept, moved = (_facts_of(ledger, number) for number in (first, second))
    if kept[0]["merged"] == moved[0]["merged"]:
        raise BadRequest(f"{first} and {second} are one contact already")
    parties = {name: kept[0]["data"][name] for name in ("parties", "names", "sides", "past")}
    differ = kept[0]["party_key"] != moved[0]["party_key"] or kept[0]["past"] != moved[0]["past"]
    data = {"with": [f["fact"] for f in kept], "set": parties if differ else {}, "contacts": [first, second]}
    return take(ledger, "merge", [f["fact"] for f in moved], data, who=who, why=why)


def split(ledger: Ledger, number: int, facts: Iterable[str], *, who: str, why: str) -> int:
    """These facts of a contact are a contact of their own."""
    own, all_facts = set(facts), [f["fact"] for f in _facts_of(ledger, number)]
    rest = [f for f in all_facts if f not in own]
    if not own <= set(all_facts) or not own or not rest:
        raise BadRequest(f"name some, not all, of the facts of contact {number}: {', '.join(all_facts)}")
    return take(ledger, "split", own, {"with": rest, "contacts": [number]}, who=who, why=why)


# what of a fact can be corrected
CORRECTED = {"contacts": ("when", "kind"), "attributions": ("source", "said_on")}


def judge(ledger: Ledger, kind: str, fact: str, over: Mapping[str, Any], *, who: str, why: str) -> int:
    """Accept, reject or correct one fact. `over` is what goes over it where it is corrected."""
    with ledger.reading() as connection:
        table = _table(connection, fact)
    if kind == "correct":
        what = {name: value for name, value in over.items() if name in CORRECTED[table]}
        if not what:
            can = "a date or a kind" if table == "contacts" else "a speaker or a date"
            raise BadRequest(f"say what is to be corrected: of this fact that can be {can}")
    else:
        what = {"rejected": True} if kind == "reject" else {"accepted": True}
    return take(ledger, kind, [fact], {"set": what}, who=who, why=why)


def correction(ledger: Ledger, *, date: str | None = None, kind: str | None = None, speaker: str | None = None) -> dict[str, Any]:
    """What goes over a fact whose date (a day, month or year), kind or speaker is corrected. Raises `BadRequest`."""
    over: dict[str, Any] = {}
    if date:
        try:
            when = dates.named(date)
        except ValueError as error:
            raise BadRequest(str(error)) from None
        days = {"start": when.start, "end": when.end}
        over["when"] = {k: d.isoformat() if d else None for k, d in days.items()} | {"precision": when.precision, "text": None}
        over["said_on"] = over["when"]
    if kind:
        if kind not in get_args(ContactKind):
            raise BadRequest(f"no contact is a {kind!r}; there are {', '.join(get_args(ContactKind))}")
        over["kind"] = kind
    if speaker:
        with ledger.reading() as connection:
            found = query.find_actors(connection, speaker)
        if len(found) != 1:
            what = "nobody" if not found else "more than one"
            raise BadRequest(f"{what} in this ledger goes by {speaker!r}; give the whole name, as `onrecord said` shows it")
        over |= {"source": {"text": speaker, "actors": found}}
    return over


def relate(ledger: Ledger, kind: str, first: str, second: str, *, who: str, why: str) -> int:
    """`copy_of`: the first article carries the words of the second. `independent`: neither was made from the other."""
    with ledger.reading() as connection:
        columns = select(t.articles.c.key, t.articles.c.sketch)
        a, b = (
            connection.execute(columns.where(t.articles.c.id == story_views.article(connection, n))).one()
            for n in (first, second)
        )
    if a.key == b.key or (a.sketch == b.sketch):
        raise BadRequest("the two have the same words: they are one text, and one source")
    return take(ledger, kind, [a.key], {"with": [b.key]}, who=who, why=why)


def _keyed(facts: Iterable[str | None]) -> list[str]:
    """The facts' keys. Raises `BadRequest` where a page was read before facts had keys."""
    found = list(facts)
    if None in found:
        raise BadRequest("this page was read by an older version; give it again to `onrecord add`, then decide")
    return [fact for fact in found if fact]


def take(ledger: Ledger, kind: str, facts: Iterable[str], data: Mapping[str, Any], *, who: str, why: str) -> int:
    """Enter a decision and settle what it touches. Returns its number."""
    facts = _keyed(facts)
    _keyed(data.get("with", ()))
    with ledger.writing() as connection:
        number = decisions.record(connection, kind, facts, data, who, why)
        _settle(connection, kind, facts, data.get("with", ()))
    return number


def undo(ledger: Ledger, number: int) -> None:
    """Undo a decision; all is as if it had not been taken, and it stays on record as undone."""
    with ledger.writing() as connection:
        row = decisions.undo(connection, number)
        _settle(connection, row["kind"], row["data"]["facts"], row["data"].get("with", ()))


def _settle(connection: Connection, kind: str, facts: Iterable[str], others: Iterable[str]) -> None:
    if kind not in decisions.ARTICLES:
        about = {*facts, *others}
        touched = decisions.apply(connection, about)
        told = t.articles.c.key.in_({fact.split("/")[0] for fact in about})
        stale = select(t.articles.c.story).where(told)
        connection.execute(t.story_summaries.delete().where(t.story_summaries.c.story.in_(stale)))
        for article in connection.execute(select(t.articles.c.id).where(told)).scalars():
            facets.speakers_changed(connection, article)
        beside = select(t.contacts.c.party_key).join(t.articles, t.contacts.c.article == t.articles.c.id).where(told)
        settle(connection, {*touched, *connection.execute(beside).scalars()})
        return
    rows = connection.execute(select(t.articles.c.id, t.articles.c.sketch).where(t.articles.c.key.in_([*facts, *others]))).all()
    for row in rows:
        summaries.forget_copies(connection, row.sketch)
        copies.settle(connection, row.sketch, anew=True)
        summaries.forget_copies(connection, row.sketch)
    for row in rows:
        stories.settle(connection, row.id)
    for row in rows:
        wording.settle(connection, row.sketch)


def _facts_of(ledger: Ledger, number: int) -> list[dict[str, Any]]:
    return query.facts(ledger, [], merged=query.current(ledger, number))


def _table(connection: Connection, fact: str) -> str:
    """Of which table a fact is. Raises `BadRequest` where there is none of that key."""
    for table in (t.contacts, t.attributions):
        if connection.execute(select(table.c.id).where(table.c.fact == fact).limit(1)).first():
            return table.name
    raise BadRequest(f"no fact {fact!r} in this ledger; `onrecord contact NUMBER` shows the keys of its facts")
