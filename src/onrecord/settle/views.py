"""Merged contacts as they are shown: derived from their facts each time, never stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from ..dates import narrower
from ..errors import BadRequest
from ..ledger import Ledger, query
from ..records import Evidence, Interval, Position
from ..status import because, codes, status_of
from . import copies, origins


def contacts(
    ledger: Ledger,
    names: list[str],
    *,
    since: date | None = None,
    until: date | None = None,
    status: str | None = None,
    kind: str | None = None,
    place: str | None = None,
    outlet: str | None = None,
    as_of: date | None = None,
) -> list[dict[str, Any]]:
    """Merged contacts with all the named parties, by date; each with status, positions and origins."""
    found = query.facts(ledger, names, since=since, until=until, kind=kind, place=place, outlet=outlet, as_of=as_of)
    out = [v for v in _views(ledger, found) if status is None or v["status"] == status]
    return sorted(out, key=lambda v: (v["when"]["start"] or v["when"]["end"] or "", v["when"]["end"] or "9", v["id"]))


def numbered(ledger: Ledger, numbers: Iterable[int], *, as_of: date | None = None) -> list[dict[str, Any]]:
    """Merged contacts of these numbers, in this order; those of which nothing was on record are left out."""
    numbers = list(numbers)
    found = {v["id"]: v for v in _views(ledger, query.facts(ledger, [], merged=numbers, as_of=as_of))}
    return [found[number] for number in numbers if number in found]


def _views(ledger: Ledger, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    rows = prepared(ledger, found)
    groups: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["merged"]].append(row)
    held = _held(ledger)
    return [view(number, facts, held) for number, facts in groups.items()]


def contact(ledger: Ledger, number: int, *, as_of: date | None = None) -> dict[str, Any]:
    """One merged contact, under the number that it has now. Raises `BadRequest` where there is none of that number, or nothing
    of it was on record on that day."""
    number = query.current(ledger, number)
    found = prepared(ledger, query.facts(ledger, [], merged=number, as_of=as_of))
    if not found:
        day = f"was on record on {as_of}; give a later day" if as_of else "is left: what it rested on was rejected"
        raise BadRequest(f"nothing of contact {number} {day}")
    return view(number, found, _held(ledger))


def prepared(ledger: Ledger, facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The facts, each article with one sketch for all texts that it is a copy of, so that copies count as one source; and each
    position as what people and copies did to the attribution that it rests on leaves it."""
    with ledger.reading() as connection:
        family = copies.family(connection, {f["article"]["sketch"] for f in facts if f["article"]["sketch"]})
    judged = query.judged(ledger, {f["article"]["id"] for f in facts})
    for fact in facts:
        article = fact["article"]
        article["sketch"] = family.get(article["sketch"], article["sketch"])
        rows = [p | {"evidence": f"{fact['local']}-{n}"} for n, p in enumerate(fact["data"]["positions"])]
        rows = [_judged(p, judged.get((article["id"], p["attribution"] or ""))) for p in rows]
        fact["data"]["positions"] = [p for p in rows if not p.get("rejected")]
    return [f for f in facts if f["data"]["positions"]]


def _judged(position: dict[str, Any], found: dict[str, Any] | None) -> dict[str, Any]:
    """A position, given what is said of its attribution."""
    if found is None:
        return position
    out = position | {"rejected": found["rejected"], "altered": found["altered"]}
    speaker = found["speaker"]
    return out | ({"actor": speaker["id"], "name": speaker["name"], "side": speaker["side"]} if speaker else {})


def _held(ledger: Ledger) -> frozenset[str]:
    with ledger.reading() as connection:
        return query.held(connection)


def view(number: int, facts: list[dict[str, Any]], held: frozenset[str]) -> dict[str, Any]:
    """A merged contact made of its facts."""
    facts = sorted(
        facts, key=lambda f: (str(f["article"]["published"]), f["article"]["sha256"], f["article"]["page_id"], f["local"])
    )
    pairs = [(p, f["article"]) for f in facts for p in f["data"]["positions"]]
    first = facts[0]["data"]
    kinds = sorted({f["kind"] for f in facts} - {"contact"}) or ["contact"]
    when = facts[0]["data"]["when"]
    for fact in facts[1:]:
        when = _narrower(when, fact["data"]["when"])
    past = bool(facts[0]["past"])
    positions = [_position(p) for p, _ in pairs]
    status = status_of(positions, first["sides"], past=past)
    found = origins.of_positions(pairs, held)
    return {
        "id": number, "kind": kinds[0], "parties": first["parties"], "names": first["names"], "sides": first["sides"],
        "when": when, "past": past, "place": next((f["data"]["place"] for f in facts if f["data"]["place"]), None),
        "status": status, "because": because(positions), **codes(kinds[0], status, past=past),
        "origins": [{"name": o.name, "read": o.read} for o in found],
        "origins_named": len(found), "origins_read": sum(o.read for o in found),
        "pages": len({f["article"]["id"] for f in facts}), "articles": len({f["article"]["sketch"] for f in facts}),
        "positions": [p for f in facts for p in _told(f)],
        "facts": [_fact(f) for f in facts],
    }  # fmt: skip


def _fact(fact: dict[str, Any]) -> dict[str, Any]:
    """By what decisions know a fact, and what one article made of the contact."""
    data = fact["data"]
    return {
        "fact": fact["fact"], "article": fact["article"]["key"], "kind": data["kind"], "when": data["when"],
        "decided": fact["decided"], "may_be_same_as": data["may_be_same_as"],
    }  # fmt: skip


def _told(fact: dict[str, Any]) -> list[dict[str, Any]]:
    """The positions of a fact, each with where it stands and by what a document finds its evidence."""
    whence = _whence(fact["article"]) | {"fact": fact["fact"]}
    return [whence | p | ({"wording_altered": True} if p.get("altered") else {}) for p in fact["data"]["positions"]]


def _whence(article: dict[str, Any]) -> dict[str, Any]:
    return {
        "page": article["address"], "article": article["key"], "url": article["url"],
        "page_sha256": article["sha256"], "outlet": article["outlet"],
        "published": str(article["published"]) if article["published"] else None,
        "captured": article["added_at"], "title": article["title"],
        "wording_altered": "ampersand_mark" in article["repairs"],
    }  # fmt: skip


def _interval(row: dict[str, Any]) -> Interval:
    start, end = (date.fromisoformat(row[k]) if row[k] else None for k in ("start", "end"))
    return Interval(start, end, row["precision"], row["text"])


def _narrower(a: dict[str, Any], b: dict[str, Any]) -> dict[str, Any]:
    return a if narrower(_interval(a), _interval(b)) == _interval(a) else b


def _position(row: dict[str, Any]) -> Position:
    evidence = Evidence(row["in"], None, None, row["text"])
    return Position(
        row["actor"], row["name"], row["stance"], evidence, row["hedged"], row["via"], row["attribution"], row["side"]
    )
