"""A made-up ledger of any size: random words and random facts of the shape that reading gives, entered in bulk as `write` enters
them row by row."""

from __future__ import annotations

import random
import zlib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from onrecord.ledger import Ledger, facets, open_ledger, write
from onrecord.ledger import schema as t
from onrecord.tables import rows

ACTORS, OUTLETS, DAYS, WORDS = 400, 200, 1500, 180
FIRST = date(2020, 1, 1)
STANCES = ("affirms", "reports", "denies", "evades", "plans", "not_ruled_out", "no_comment")
TOPICS = ("politics", "conflict", "business", "sport", "crime")
AT_ONCE = 2_000


def vocabulary() -> list[str]:
    """The words that texts and searches are made of."""
    return [row["stem"] for row in rows("frequencies.tsv") if len(row["stem"]) > 2][:6000]


def made(path: Path, articles: int, seed: int = 7) -> Ledger:
    """A ledger of so many articles."""
    book, rng = open_ledger(path), random.Random(seed)
    words = vocabulary()
    with book.writing() as connection:
        actors = [
            {
                "id": f"person-{i}",
                "name": f"Person{i} Family{i}",
                "kind": "person",
                "side": f"S{i % 60}",
                "wikidata": None,
                "folded": f"person{i} family{i}",
            }
            for i in range(ACTORS)
        ]
        connection.execute(insert(t.actors), actors)
        connection.execute(insert(t.held), [{"name": f"outlet {i}", "number": 1} for i in range(OUTLETS)])
    merged: dict[tuple[str, date], int] = {}
    for low in range(0, articles, AT_ONCE):
        with book.writing() as connection:
            _enter(connection, range(low + 1, min(low + AT_ONCE, articles) + 1), rng, words, merged)
    return book


def _enter(connection: Connection, numbers: range, rng: random.Random, vocabulary: list[str], merged: dict[Any, int]) -> None:
    """Some articles with their facts."""
    kept: dict[Any, list[dict[str, Any]]] = {
        table: [] for table in (t.pages, t.articles, t.attributions, t.speakers, t.merged, t.contacts, t.parties, t.mentions)
    }
    for n in numbers:
        day = FIRST + timedelta(rng.randrange(DAYS))
        pair = sorted(rng.sample(range(min(ACTORS, 8 + int(ACTORS * rng.random() ** 2))), 2))
        people = [f"person-{i}" for i in pair]
        text = (
            " ".join(rng.choices(vocabulary, k=WORDS)) + f" Person{pair[0]} Family{pair[0]} met Person{pair[1]} Family{pair[1]}."
        )
        outlet, key = f"Outlet {rng.randrange(OUTLETS)}", f"{n:010x}"
        found = {
            "outlet": [outlet],
            "origin": [],
            "country": [f"S{i % 60}" for i in pair],
            "topic": [rng.choice(TOPICS)],
            "speaker": people,
            "addressee": [],
            "kind": ["meeting"],
        }
        kept[t.pages].append(
            {
                "id": n,
                "page_id": key,
                "sha256": f"{n:064x}",
                "media_type": "text/plain",
                "path": None,
                "url": f"https://e.example/{n}",
                "content": zlib.compress(b"x"),
                "added_at": f"{day}T00:00:00+00:00",
            }
        )
        kept[t.articles].append(
            {
                "id": n,
                "page": n,
                "title": f"Article {n} on {rng.choice(vocabulary)}",
                "text": text,
                "language": "en",
                "published": day,
                "published_basis": "given",
                "outlet": outlet,
                "bylines": [],
                "credits": [],
                "repairs": {},
                "dropped": [],
                "sketch": key,
                "words": WORDS,
                "key": key,
                "topic": b"",
                "story": n - n % 4 or 1,
                "newest": write.newest(day, n),
                "facets": found,
                "marks": facets.marks(found),
                "repair_list": [],
            }
        )
        for i, person in enumerate(people * 2):
            data = _said(f"a{i}", person, text[i * 40 : i * 40 + 120])
            kept[t.attributions].append(
                {
                    "id": n * 4 + i,
                    "article": n,
                    "local": f"a{i}",
                    "fact": f"{key}/a{i}",
                    "source": person,
                    "content": data["content"]["text"],
                    "quotation": "direct",
                    "verbatim": True,
                    "addressee": None,
                    "said_start": None,
                    "said_end": None,
                    "data": data,
                }
            )
            kept[t.speakers].append({"attribution": n * 4 + i, "actor": person})
        kept[t.mentions] += [{"article": n, "actor": person, "number": 3} for person in people]
        if n % 2:
            _contact(kept, n, key, people, day, rng, merged)
    for table, values in kept.items():
        if values:
            connection.execute(insert(table), values)


def _said(local: str, person: str, words: str) -> dict[str, Any]:
    place = {"in": "body", "span": [[0, len(words)]], "at": None, "text": words}
    return {
        "id": local,
        "source": place | {"text": person, "actors": [person]},
        "cue": place | {"text": "said"},
        "content": place | {"quotation": "direct", "verbatim": True},
        "relayed_by": None,
        "addressee": None,
        "venue": None,
        "said_on": None,
        "confidence": 0.9,
    }


def _contact(
    kept: dict[Any, list[dict[str, Any]]],
    n: int,
    key: str,
    people: list[str],
    day: date,
    rng: random.Random,
    merged: dict[Any, int],
) -> None:
    party_key, week = "|".join(people), day - timedelta(day.weekday())
    number = merged.get((party_key, week))
    if number is None:
        number = merged[party_key, week] = len(merged) + 1
        kept[t.merged].append({"id": number, "party_key": party_key})
    names = [f"Person{p[7:]} Family{p[7:]}" for p in people]
    positions = [
        {
            "actor": people[0],
            "name": names[0],
            "stance": rng.choice(STANCES),
            "hedged": False,
            "via": None,
            "attribution": "a0",
            "side": None,
            "in": "body",
            "span": [[0, 60]],
            "at": None,
            "text": "x" * 60,
        }
        for _ in range(2)
    ]
    data = {
        "id": "c1",
        "kind": "meeting",
        "parties": people,
        "names": names,
        "sides": people,
        "past": True,
        "place": None,
        "topic": None,
        "when": {"start": str(week), "end": str(week), "precision": "day", "text": None},
        "count": {"min": 1, "max": 1},
        "may_be_same_as": [],
        "positions": positions,
    }
    kept[t.contacts].append(
        {
            "id": n,
            "article": n,
            "local": "c1",
            "fact": f"{key}/c1",
            "party_key": party_key,
            "kind": "meeting",
            "past": True,
            "start": week,
            "end": week,
            "precision": "day",
            "merged": number,
            "data": data,
        }
    )
    kept[t.parties] += [{"contact": n, "actor": person} for person in people]
