"""FollowTheMoney entities, one JSON object a line, as Aleph and nomenklatura load them: actors, articles, contacts as events.

What the schema has no place for (stances) stands in the event's summary; each event names the articles that prove it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

SCHEMA = {"country": "PublicBody", "organisation": "Organization", "outlet": "Organization", "person": "Person"}


def entities(rows: Iterable[Mapping[str, Any]], out: TextIO, columns: Sequence[str] = ()) -> None:
    """The entities of contacts, each once, those that others point to first."""
    seen: set[str] = set()
    for row in rows:
        for entity in of_contact(row):
            if entity["id"] not in seen:
                seen.add(entity["id"])
                out.write(json.dumps(entity, ensure_ascii=False) + "\n")


def of_contact(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parties, the articles and the event of a contact."""
    parties = [_party(*party) for party in zip(row["parties"], row["names"], row["sides"], strict=True)]
    articles = {p["article"]: _article(p) for p in row["positions"]}
    event = {
        "name": f"{row['kind'].capitalize()}: {' – '.join(row['names'])}", "summary": f"{row['status']}: {row['because']}",
        "startDate": row["when"]["start"], "endDate": row["when"]["end"], "location": row["place"],
        "involved": [p["id"] for p in parties], "proof": [a["id"] for a in articles.values()],
        "keywords": ["contact", row["kind"], row["status"], f"CAMEO {row['cameo']}"],
    }  # fmt: skip
    return [*parties, *articles.values(), _entity("Event", f"contact-{row['id']}", event)]


def _party(actor: str, name: str, side: str | None) -> dict[str, Any]:
    kind = "country" if actor == side else "person"
    country = side[:3].lower() if side and len(side) == 3 and side.isascii() else None
    return _entity(SCHEMA[kind], f"actor-{actor}", {"name": name, "country": COUNTRIES.get(country or "")})


def _article(p: Mapping[str, Any]) -> dict[str, Any]:
    return _entity("Article", f"article-{p['article']}", {
        "title": p["title"] or p["page"], "publishedAt": p["published"], "publisher": p["outlet"], "sourceUrl": p["url"],
        "retrievedAt": p["captured"],
    })  # fmt: skip


def _entity(schema: str, key: str, properties: Mapping[str, Any]) -> dict[str, Any]:
    """An entity; properties are lists of strings, and those without a value are left out."""
    listed = {k: v if isinstance(v, list) else [v] for k, v in properties.items() if v not in (None, "", [])}
    return {
        "id": hashlib.sha1(f"onrecord {key}".encode(), usedforsecurity=False).hexdigest(),
        "schema": schema,
        "properties": listed,
    }


# ISO 3166-1 alpha-3 → alpha-2 for the states met most; others are left out rather than guessed.
COUNTRIES = {
    pair[:3]: pair[3:]
    for line in (
        "rusru usaus ukrua chncn gbrgb frafr deude itait jpnjp indin turtr irnir isril sausa qatqa areae egyeg syrsy",
        "korkr prkkp venve brabr canca ausau polpl hunhu srbrs blrby kazkz azeaz armam geoge pakpk afgaf irqiq",
    )
    for pair in line.split()
}
