"""Taking a decision, and undoing it: the row, and all that it changes, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from sqlalchemy import Connection, select

from .. import dates
from ..errors import BadRequest
from ..ledger import Ledger, decisions, query
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


def judge(ledger: Ledger, kind: str, fact: str, over: Mapping[str, Any], *, who: str, why: str) -> int:
    """Accept, reject or correct one fact. `over` is what goes over it where it is corrected."""
    with ledger.reading() as connection:
        if not _known(connection, fact):
            raise BadRequest(f"no fact {fact!r} in this ledger; `onrecord contact NUMBER` shows the keys of its facts")
    what = {"reject": {"rejected": True}, "accept": {"accepted": True}}.get(kind, dict(over))
    if kind == "correct" and not what:
        raise BadRequest("say what is to be corrected: a date, a kind or a speaker")
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
        told = select(t.articles.c.story).where(t.articles.c.key.in_({fact.split("/")[0] for fact in about}))
        connection.execute(t.story_summaries.delete().where(t.story_summaries.c.story.in_(told)))
        settle(connection, touched)
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


def _known(connection: Connection, fact: str) -> bool:
    return any(
        connection.execute(select(table.c.id).where(table.c.fact == fact).limit(1)).first()
        for table in (t.contacts, t.attributions)
    )
