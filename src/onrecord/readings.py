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
    Spans,
    Time,
)  # fmt: skip
from .status import because, codes, status_of
from .text import to_source

QUOTED_AROUND = 40  # characters of a selector's prefix and suffix


def to_reading(result: PageResult) -> ReadingJSON:
    """One object of the contract."""
    row: dict[str, Any] = {"id": result.page.id, "page": _page(result.page)}
    if result.article is not None:
        row["article"] = _article(result.article)
        row |= _reading(result.reading, result.article)
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


def _reading(reading: Reading, article: Article) -> dict[str, Any]:
    return {
        "actors": [{"id": a.id, "name": a.name, "kind": a.kind, "wikidata": a.wikidata, "side": a.side,
                    "mentions": [evidence(m) for m in a.mentions]} for a in reading.actors],
        "times": [_time(t) for t in reading.times],
        "attributions": [_attribution(a, article) for a in reading.attributions],
        "contacts": [_contact(c, article) for c in reading.contacts],
        "commitments": [_commitment(c, article) for c in reading.commitments],
        "accusations": [_accusation(a, article) for a in reading.accusations],
        "topics": [{"name": t.name, "share": t.share, "words": list(t.words)} for t in reading.topics],
    }  # fmt: skip


def iso(value: date | None) -> str | None:
    """An ISO day, or null."""
    return value.isoformat() if value else None


def evidence(e: Evidence, article: Article | None = None) -> dict[str, Any]:
    """Evidence as the contract has it; given the article of an HTML page, with a selector that finds it on the page."""
    found = {"in": e.where, "span": _ranges(e.spans), "at": _ranges(e.at), "text": e.text}
    return (
        found | {"selector": selector(article, e.spans)}
        if article and article.visible and e.spans and e.where == "body"
        else found
    )


def selector(article: Article, spans: Spans) -> dict[str, str]:
    """A TextQuoteSelector (W3C Web Annotation) for spans of an HTML page's article: what is quoted, as the page shows it, and
    what stands before and after it. White space is single, as in the text that a browser shows."""
    visible = article.visible or ""
    found = to_source(article.visible_offsets or (), [(spans[0][0], spans[-1][1])])
    low, high = (found[0][0], found[-1][1]) if found else (0, 0)
    return {"type": "TextQuoteSelector", "exact": visible[low:high], "prefix": visible[max(0, low - QUOTED_AROUND) : low],
            "suffix": visible[high : high + QUOTED_AROUND]}  # fmt: skip


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


def _attribution(a: Attribution, article: Article) -> dict[str, Any]:
    return {
        "id": a.id, "source": evidence(a.source) | {"actors": list(a.actors)} if a.source else None,
        "cue": evidence(a.cue) if a.cue else None,
        "content": evidence(a.content, article) | {"quotation": a.quotation, "verbatim": a.verbatim},
        "relayed_by": a.relayed_by, "addressee": a.addressee, "venue": a.venue, "said_on": when(a.said_on),
        "confidence": a.confidence,
    }  # fmt: skip


def position(p: Position, article: Article | None = None) -> dict[str, Any]:
    """A position with its evidence."""
    return {
        "actor": p.actor, "name": p.name, "stance": p.stance, "hedged": p.hedged, "via": p.via,
        "attribution": p.attribution, "side": p.side,
    } | evidence(p.evidence, article)  # fmt: skip


def _contact(c: Contact, article: Article) -> dict[str, Any]:
    status = status_of(c.positions, c.sides, past=c.past)
    return {
        "id": c.id, "kind": c.kind, "parties": list(c.parties), "names": list(c.names), "sides": list(c.sides),
        "when": when(c.when), "past": c.past, "place": c.place, "count": {"min": c.count[0], "max": c.count[1]},
        "topic": c.topic, "status": status, "because": because(c.positions), **codes(c.kind, status, past=c.past),
        "may_be_same_as": list(c.may_be_same_as), "positions": [position(p, article) for p in c.positions],
    }  # fmt: skip


def _commitment(c: Commitment, article: Article) -> dict[str, Any]:
    return {
        "id": c.id, "parties": list(c.parties), "terms": c.terms, "condition": c.condition, "since": when(c.since),
        "status": "conditional" if c.condition else "agreed",
        "positions": [_party(*party, c.evidence, article) for party in zip(c.parties, c.names, c.sides, strict=True)],
    }  # fmt: skip


def _party(actor: str, name: str, side: str | None, basis: Evidence, article: Article) -> dict[str, Any]:
    return {"actor": actor, "name": name, "stance": "affirms", "hedged": False, "via": None, "attribution": None,
            "side": side} | evidence(basis, article)  # fmt: skip


def _accusation(a: Accusation, article: Article) -> dict[str, Any]:
    return {
        "id": a.id, "accuser": a.accuser, "accused": a.accused, "of": a.of, "when": when(a.when), "answer": a.answer,
        "commitment": a.commitment,
    } | evidence(a.evidence, article)  # fmt: skip
