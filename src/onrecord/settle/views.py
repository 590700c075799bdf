"""Merged contacts as they are shown: derived from their facts each time, never stored."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from ..dates import narrower
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
) -> list[dict[str, Any]]:
    """Merged contacts with all the named parties, by date; each with status, positions and origins."""
    rows = _families(ledger, query.facts(ledger, names, since=since, until=until, kind=kind))
    groups: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["merged"]].append(row)
    held = _held(ledger)
    out = [view(number, facts, held) for number, facts in groups.items()]
    out = [v for v in out if status is None or v["status"] == status]
    return sorted(out, key=lambda v: (v["when"]["start"] or v["when"]["end"] or "", v["when"]["end"] or "9", v["id"]))


def contact(ledger: Ledger, number: int) -> dict[str, Any]:
    """One merged contact, under the number that it has now. Raises `BadRequest` where there is none of that number."""
    number = query.current(ledger, number)
    return view(number, _families(ledger, query.facts(ledger, [], merged=number)), _held(ledger))


def _families(ledger: Ledger, facts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The facts, each article with one sketch for all texts that it is a copy of, so that copies count as one source."""
    with ledger.reading() as connection:
        family = copies.family(connection, {f["article"]["sketch"] for f in facts if f["article"]["sketch"]})
    for fact in facts:
        fact["article"]["sketch"] = family.get(fact["article"]["sketch"], fact["article"]["sketch"])
    return facts


def _held(ledger: Ledger) -> frozenset[str]:
    """The outlets of which we have an article of their own."""
    return frozenset(origins.fold(a["outlet"]) for a in query.held_outlets(ledger) if origins.is_own(a))


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
        "positions": [p | _whence(a) for p, a in pairs],
    }  # fmt: skip


def _whence(article: dict[str, Any]) -> dict[str, Any]:
    return {
        "page": article["address"], "page_sha256": article["sha256"], "outlet": article["outlet"],
        "published": str(article["published"]) if article["published"] else None,
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
