"""What people decided. Facts stay as they were read: a decision is a row, and what it puts in place of a fact stands beside it.

A decision is about facts, known by their keys (`write`), so that it holds for a ledger that is read anew. Its `data`:
`set` is what goes over the facts; `with` are the facts that these are one with (merge) or apart from (split); for copies and
independent articles `with` is the other article.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, update

from ..dates import iso
from ..errors import BadRequest
from . import schema as t
from .store import now

KINDS: dict[str, str] = {
    "merge": "these are one contact", "split": "this is a contact of its own", "copy_of": "this carries the words of that",
    "independent": "neither was made from the other", "correct": "this is what it says", "reject": "the page does not say this",
    "accept": "checked: the page says this",
}  # fmt: skip
ARTICLES = frozenset({"copy_of", "independent"})  # kinds that are about articles, not facts


def record(connection: Connection, kind: str, facts: Iterable[str], data: Mapping[str, Any], who: str, why: str) -> int:
    """Enter a decision about these facts (or articles). Raises `BadRequest` where it is none that we know, or gives no reason."""
    if kind not in KINDS:
        raise BadRequest(f"no decision is called {kind!r}; there are {', '.join(KINDS)}")
    if not why.strip() or not who.strip():
        raise BadRequest("a decision needs who takes it and why: others will ask")
    named = sorted(facts)
    data = {"facts": named, **data}
    values = {"kind": kind, "data": data, "who": who.strip(), "why": why.strip(), "at": now()}
    number = int(connection.execute(insert(t.decisions).values(values)).inserted_primary_key[0])  # type: ignore[index]
    about = {*named, *data.get("with", ())}
    connection.execute(insert(t.decided), [{"fact": fact, "decision": number} for fact in sorted(about)])
    return number


def undo(connection: Connection, number: int) -> dict[str, Any]:
    """Undo a decision; it stays on record. Raises `BadRequest` where there is none of that number, or it is undone."""
    row = connection.execute(select(t.decisions).where(t.decisions.c.id == number)).first()
    if row is None or row.undone_at is not None:
        what = f"no decision {number}" if row is None else f"decision {number} is undone already"
        raise BadRequest(f"{what}; `onrecord decisions` lists them")
    connection.execute(update(t.decisions).where(t.decisions.c.id == number).values(undone_at=now()))
    return dict(row._mapping)


def listed(connection: Connection, *, limit: int = 100, before: int | None = None) -> list[dict[str, Any]]:
    """Decisions, the latest first, those undone among them."""
    query = select(t.decisions).order_by(t.decisions.c.id.desc()).limit(limit)
    if before is not None:
        query = query.where(t.decisions.c.id < before)
    return [dict(r._mapping) for r in connection.execute(query)]


def about(connection: Connection, facts: Iterable[str]) -> list[dict[str, Any]]:
    """The decisions in force on these facts or articles, in the order in which they were taken."""
    numbers = select(t.decided.c.decision).where(t.decided.c.fact.in_(list(facts)))
    query = select(t.decisions).where(t.decisions.c.id.in_(numbers), t.decisions.c.undone_at.is_(None))
    return [dict(r._mapping) for r in connection.execute(query.order_by(t.decisions.c.id))]


def replay(connection: Connection, article: str) -> set[str]:
    """Put what was decided on the facts of an article (by its key) in force. Returns the party keys that this touches."""
    within = (t.decided.c.fact >= f"{article}/") & (t.decided.c.fact < f"{article}0")  # "0" comes after "/"
    facts = set(connection.execute(select(t.decided.c.fact).where(within)).scalars())
    return apply(connection, facts)


def apply(connection: Connection, facts: Iterable[str]) -> set[str]:
    """Write beside each fact what the decisions in force say of it. Returns the party keys that this touches."""
    facts, touched = sorted(set(facts)), set()
    over: dict[str, dict[str, Any]] = {fact: {} for fact in facts}
    for decision in about(connection, facts):
        for fact in decision["data"]["facts"]:
            if fact in over:
                over[fact] = laid_over(over[fact], decision["data"].get("set") or {})
    for row in connection.execute(select(t.contacts).where(t.contacts.c.fact.in_(facts))):
        own = over[row.fact]
        now = effective(row.data, own)
        key, when = "|".join(sorted(now["parties"])), now["when"]
        touched |= {row.party_key, key}
        connection.execute(update(t.contacts).where(t.contacts.c.id == row.id).values(
            decided=own or None, rejected=bool(own.get("rejected")), party_key=key, kind=now["kind"], past=now["past"],
            start=iso(when["start"]), end=iso(when["end"]), precision=when["precision"]))  # fmt: skip
        if key != row.party_key:
            connection.execute(t.parties.delete().where(t.parties.c.contact == row.id))
            connection.execute(insert(t.parties), [{"contact": row.id, "actor": p} for p in now["parties"]])
    for row in connection.execute(select(t.attributions).where(t.attributions.c.fact.in_(facts))):
        _attribution(connection, row, over[row.fact])
    return touched


def _attribution(connection: Connection, row: Any, own: dict[str, Any]) -> None:
    now = effective(row.data, own)
    said = now["said_on"] or {}
    connection.execute(update(t.attributions).where(t.attributions.c.id == row.id).values(
        decided=own or None, rejected=bool(own.get("rejected")), source=now["source"]["text"] if now["source"] else None,
        said_start=iso(said.get("start")), said_end=iso(said.get("end"))))  # fmt: skip
    connection.execute(t.speakers.delete().where(t.speakers.c.attribution == row.id))
    for actor in now["source"]["actors"] if now["source"] else ():
        connection.execute(insert(t.speakers).values(attribution=row.id, actor=actor))


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """One thing over another, dictionaries in each other key by key."""
    out = dict(below)
    for key, value in above.items():
        out[key] = laid_over(below[key], value) if isinstance(value, dict) and isinstance(below.get(key), dict) else value
    return out


def effective(data: Mapping[str, Any], decided: Mapping[str, Any] | None) -> dict[str, Any]:
    """A fact as it stands: what was read, with what was decided over it. Positions are given by their number; None takes
    one out."""
    if not decided:
        return dict(data)
    plain = {key: value for key, value in decided.items() if key != "positions"}
    out = laid_over(data, plain)
    if "positions" in decided:
        patches = decided["positions"]
        rows = enumerate(data["positions"])
        out["positions"] = [
            laid_over(p, patches.get(str(i), {})) for i, p in rows if patches.get(str(i), {}) is not None
        ] or list(data["positions"])  # a contact without positions has no status
    return out


def worded(data: Mapping[str, Any], altered: Mapping[str, str] | None) -> dict[str, Any]:
    """An attribution whose words a copy changed: not verbatim, with the wording of the original."""
    return dict(data) if not altered else laid_over(data, {"content": {"verbatim": False, "altered": dict(altered)}})
