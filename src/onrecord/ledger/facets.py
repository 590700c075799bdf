"""By what an article can be narrowed: outlet, origin, country, topic, speaker, addressee, kind and status of contact.

A facet's value is shown as it is, and kept in the full text as one word ("outletqqostreldaily"), so that a search by words and
facets is one walk through the index, newest first.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select, text, update

from ..tables.actors import fold
from . import schema as t

FACETS = ("outlet", "origin", "country", "topic", "speaker", "addressee", "kind", "status")
SHARE = 0.2  # of the most mentioned country, from which on an article is of a country too
COLUMNS = "rowid, title, text, marks"
TAKE_OUT = text(f"INSERT INTO articles_fts(articles_fts, {COLUMNS}) VALUES ('delete', :rowid, :title, :text, :marks)")
PUT_IN = text(f"INSERT INTO articles_fts({COLUMNS}) VALUES (:rowid, :title, :text, :marks)")
MOST = 5  # countries of an article


def of_reading(row: Mapping[str, Any]) -> dict[str, list[str]]:
    """The facets of a reading (the contract's JSON), each with its values; people and countries are actor IDs."""
    article = row["article"]
    speakers = Counter(a for said in row["attributions"] if said["source"] for a in said["source"]["actors"])
    found: dict[str, Iterable[str]] = {
        "outlet": [article["outlet"]] if article["outlet"] else [],
        "origin": [c["name"] for c in article["credits"]],
        "country": _countries(row),
        "topic": [topic["name"] for topic in row["topics"]],
        "speaker": [a for a, _ in speakers.most_common()],
        "addressee": [said["addressee"] for said in row["attributions"] if said["addressee"]],
        "kind": [c["kind"] for c in row["contacts"]],
        "status": [c["status"] for c in row["contacts"]],  # as this article alone has it
    }
    return {name: list(dict.fromkeys(found[name])) for name in FACETS}


def _countries(row: Mapping[str, Any]) -> list[str]:
    """The countries that an article is about: those it names, and those whose people and institutions it names."""
    counts: Counter[str] = Counter()
    for actor in row["actors"]:
        side = actor["side"] or (actor["id"] if actor["kind"] == "country" else None)
        if side:
            counts[side] += len(actor["mentions"])
    top = max(counts.values(), default=0)
    return [c for c, n in sorted(counts.items(), key=lambda item: (-item[1], item[0])) if n and n >= SHARE * top][:MOST]


def mark(facet: str, value: str) -> str:
    """The word of the full text that stands for a value of a facet."""
    return facet + "qq" + re.sub(r"[\W_]", "", fold(value).lower())


def marks(facets: Mapping[str, Iterable[str]]) -> str:
    """All of them, as one text."""
    return " ".join(mark(facet, value) for facet, values in facets.items() for value in values)


def speakers_changed(connection: Connection, article: int) -> None:
    """Enter anew who speaks in an article, in its facets and in the full text."""
    a = t.articles.c
    row = connection.execute(select(a.newest, a.title, a.text, a.facets, a.marks).where(a.id == article)).one()
    spoke = select(t.speakers.c.actor).join(t.attributions, t.attributions.c.id == t.speakers.c.attribution)
    spoke = spoke.where(t.attributions.c.article == article, t.attributions.c.rejected.is_not(True))
    found = Counter(connection.execute(spoke).scalars())
    facets = {**(row.facets or {}), "speaker": [actor for actor, _ in found.most_common()]}
    values = {"rowid": row.newest, "title": row.title, "text": row.text}
    connection.execute(TAKE_OUT, values | {"marks": row.marks})
    connection.execute(update(t.articles).where(a.id == article).values(facets=facets, marks=marks(facets)))
    connection.execute(PUT_IN, values | {"marks": marks(facets)})
