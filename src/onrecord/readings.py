"""A page's result as the JSON of the contract."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any, cast

from .contract import ReadingJSON
from .records import (
    Accusation,
    Article,
    Attribution,
    Commitment,
    Contact,
    Evidence,
    Interval,
    Page,
    PageResult,
    Position,
    Published,
    Reading,
    Time,
)  # fmt: skip
from .status import because, codes, status_of


def to_reading(result: PageResult) -> ReadingJSON:
    """One object of the contract."""
    row: dict[str, Any] = {"id": result.page.id, "page": _page(result.page)}
    if result.article is not None:
        row["article"] = _article(result.article)
        row |= _reading(result.reading)
    if result.skipped is not None:
        row["skipped"] = {"step": result.skipped.step, "reason": result.skipped.reason}
    return cast(ReadingJSON, row)


def _page(page: Page) -> dict[str, Any]:
    return {"url": page.url, "path": page.path, "sha256": page.sha256, "media_type": page.media_type}


def _article(article: Article) -> dict[str, Any]:
    return {
        "title": article.title, "text": article.text, "language": article.language,
        "published": _published(article.published), "outlet": article.outlet, "bylines": list(article.bylines),
        "credits": [{"name": c.name, "relation": c.relation, "at": c.at} for c in article.credits],
        "repairs": dict(sorted(Counter(r.kind for r in article.repairs).items())),
        "dropped": [{"at": d.at, "reason": d.reason, "text": d.text} for d in article.dropped],
    }  # fmt: skip


def _published(day: Published | None) -> dict[str, Any] | None:
    return {"value": iso(day.value), "precision": day.precision, "basis": day.basis, "at": day.at} if day else None


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "actors": [{"id": a.id, "name": a.name, "kind": a.kind, "wikidata": a.wikidata, "side": a.side,
                    "mentions": [evidence(m) for m in a.mentions]} for a in reading.actors],
        "times": [_time(t) for t in reading.times],
        "attributions": [_attribution(a) for a in reading.attributions],
        "contacts": [_contact(c) for c in reading.contacts],
        "commitments": [_commitment(c) for c in reading.commitments],
        "accusations": [_accusation(a) for a in reading.accusations],
    }  # fmt: skip


def iso(value: date | None) -> str | None:
    """An ISO day, or null."""
    return value.isoformat() if value else None


def evidence(e: Evidence) -> dict[str, Any]:
    """Evidence as the contract has it."""
    return {"in": e.where, "span": _ranges(e.spans), "at": _ranges(e.at), "text": e.text}


def _ranges(spans: Any) -> list[list[int]] | None:
    return [list(span) for span in spans] if spans is not None else None


def when(interval: Interval | None) -> dict[str, Any] | None:
    """An interval as the contract has it."""
    if interval is None:
        return None
    return {"start": iso(interval.start), "end": iso(interval.end), "precision": interval.precision, "text": interval.text}


def _time(t: Time) -> dict[str, Any]:
    i = t.interval
    return evidence(t.evidence) | {
        "type": t.type, "value": t.value, "start": iso(i.start), "end": iso(i.end), "precision": i.precision,
        "anchor": iso(t.anchor), "edtf": t.edtf,
    }  # fmt: skip


def _attribution(a: Attribution) -> dict[str, Any]:
    return {
        "id": a.id, "source": evidence(a.source) | {"actors": list(a.actors)} if a.source else None,
        "cue": evidence(a.cue) if a.cue else None,
        "content": evidence(a.content) | {"quotation": a.quotation, "verbatim": a.verbatim},
        "relayed_by": a.relayed_by, "addressee": a.addressee, "venue": a.venue, "said_on": when(a.said_on),
        "confidence": a.confidence,
    }  # fmt: skip


def position(p: Position) -> dict[str, Any]:
    """A position with its evidence."""
    return {
        "actor": p.actor, "name": p.name, "stance": p.stance, "hedged": p.hedged, "via": p.via,
        "attribution": p.attribution, "side": p.side,
    } | evidence(p.evidence)  # fmt: skip


def _contact(c: Contact) -> dict[str, Any]:
    status = status_of(c.positions, c.sides, past=c.past)
    return {
        "id": c.id, "kind": c.kind, "parties": list(c.parties), "names": list(c.names), "sides": list(c.sides),
        "when": when(c.when), "past": c.past, "place": c.place, "count": {"min": c.count[0], "max": c.count[1]},
        "topic": c.topic, "status": status, "because": because(c.positions), **codes(c.kind, status, past=c.past),
        "may_be_same_as": list(c.may_be_same_as), "positions": [position(p) for p in c.positions],
    }  # fmt: skip


def _commitment(c: Commitment) -> dict[str, Any]:
    return {
        "id": c.id, "parties": list(c.parties), "terms": c.terms, "condition": c.condition, "since": when(c.since),
        "status": "conditional" if c.condition else "agreed",
        "positions": [_party(*party, c.evidence) for party in zip(c.parties, c.names, c.sides, strict=True)],
    }  # fmt: skip


def _party(actor: str, name: str, side: str | None, basis: Evidence) -> dict[str, Any]:
    return {"actor": actor, "name": name, "stance": "affirms", "hedged": False, "via": None, "attribution": None,
            "side": side} | evidence(basis)  # fmt: skip


def _accusation(a: Accusation) -> dict[str, Any]:
    return {
        "id": a.id, "accuser": a.accuser, "accused": a.accused, "of": a.of, "when": when(a.when), "answer": a.answer,
        "commitment": None,
    } | evidence(a.evidence)  # fmt: skip
