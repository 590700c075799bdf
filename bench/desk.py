"""The desk over a made-up ledger of 100,000 articles: how long each screen takes, and how large it is.

The articles are random words and random facts of the shape that reading gives, entered row by row as `write` enters them, but in
bulk. Run as a program: `python -m bench.desk --articles 100000`.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, insert

from onrecord.ledger import Ledger, facets, open_ledger, write
from onrecord.ledger import schema as t
from onrecord.ledger.search import count, search
from onrecord.settle import summaries
from onrecord.tables import rows

Figures = dict[str, float]
ACTORS, OUTLETS, DAYS, WORDS = 400, 200, 1500, 180
FIRST = date(2020, 1, 1)
STANCES = ("affirms", "reports", "denies", "evades", "plans", "not_ruled_out", "no_comment")
TOPICS = ("politics", "conflict", "business", "sport", "crime")
ASKED = 8  # times that each address is asked; the median counts
AT_ONCE = 2_000


def made(path: Path, articles: int, seed: int = 7) -> Ledger:
    """A ledger of so many articles."""
    book, rng = open_ledger(path), random.Random(seed)
    vocabulary = [row["stem"] for row in rows("frequencies.tsv") if len(row["stem"]) > 2][:6000]
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
            _enter(connection, range(low + 1, min(low + AT_ONCE, articles) + 1), rng, vocabulary, merged)
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


def addresses(book: Ledger) -> Iterator[str]:
    """An address of every screen, the busiest of its kind."""
    listed, _ = summaries.contacts(book, limit=1)
    busiest = max(summaries.contacts(book, limit=200)[0], key=lambda r: int(r["pages"]))
    story = summaries.stories(book, limit=1)[0]["story"]
    a, b = listed[0]["parties"]
    yield from (
        "/",
        "/contacts",
        "/contacts?from=10000",
        "/contacts?status=disputed&with=Person1",
        "/contacts?as_of=2022-06",
        f"/contacts/{busiest['id']}",
        "/stories",
        f"/stories/{story}",
        f"/documents/{story}",
        "/actors/person-1",
        f"/pairs/{a}/{b}",
        "/timeline",
        "/matrix",
        "/search?q=Family1",
        "/search?q=met",
        "/search?q=met&topic=politics&country=S1",
        "/review",
        "/sources",
        f"/dossier?id={busiest['id']}",
        "/feeds/changes",
        "/api/contacts",
    )


def measure(articles: int) -> Figures:
    """Times and sizes of the desk's screens."""
    from starlette.testclient import TestClient

    from onrecord.desk import create_app

    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        book = made(Path(folder) / "desk.db", articles)
        entered = time.perf_counter() - started
        started = time.perf_counter()
        client = TestClient(create_app(book), base_url="http://localhost")
        summed = time.perf_counter() - started
        screens: dict[str, tuple[float, int]] = {}
        for address in addresses(book):
            times = []
            for _ in range(ASKED):
                began = time.perf_counter()
                answer = client.get(address)
                times.append(time.perf_counter() - began)
                assert answer.status_code == 200, (address, answer.status_code, answer.text[:300])
            screens[address] = statistics.median(times) * 1000, len(answer.content)
        searched = sorted(_searches(book))
    slowest = max(screens, key=lambda a: screens[a][0])
    print("\n".join(f"{ms:7.1f} ms {size:7d} bytes  {a}" for a, (ms, size) in screens.items()))
    return {
        "articles": articles,
        "made in seconds": round(entered),
        "summed up in seconds": round(summed),
        "slowest screen, milliseconds": round(screens[slowest][0], 1),
        "largest screen, bytes": max(size for _, size in screens.values()),
        "searches, p95 milliseconds": round(searched[int(len(searched) * 0.95)], 1),
        "searches, median milliseconds": round(statistics.median(searched), 1),
    }


def _searches(book: Ledger) -> Iterator[float]:
    """Milliseconds of a hundred searches, common and rare words, with and without facets, newest first."""
    rng = random.Random(3)
    vocabulary = [row["stem"] for row in rows("frequencies.tsv") if len(row["stem"]) > 2][:6000]
    for i in range(100):
        words = "met" if i % 10 == 0 else " ".join(rng.choices(vocabulary, k=1 + i % 2))
        narrowed = {"topic": [rng.choice(TOPICS)]} if i % 3 == 0 else {}
        began = time.perf_counter()
        search(book, words, facets=narrowed)
        count(book, words, facets=narrowed)
        yield (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    print(json.dumps(measure(parser.parse_args().articles)))
