"""The desk over a made-up ledger (made_up.py) of 100,000 articles: how long each screen takes, and how large it is.

Run as a program: `python -m bench.desk --articles 100000`; `--searches` leaves the screens out, which a million articles allow.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from onrecord.ledger import Ledger
from onrecord.ledger.search import count, search
from onrecord.settle import summaries

from .made_up import TOPICS, made, vocabulary

Figures = dict[str, float]
ASKED = 8  # times that each address is asked; the median counts


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
        figures = found_in(book)
    slowest = max(screens, key=lambda a: screens[a][0])
    print("\n".join(f"{ms:7.1f} ms {size:7d} bytes  {a}" for a, (ms, size) in screens.items()))
    return {
        "articles": articles,
        "made in seconds": round(entered),
        "summed up in seconds": round(summed),
        "slowest screen, milliseconds": round(screens[slowest][0], 1),
        "largest screen, bytes": max(size for _, size in screens.values()),
    } | figures


def measure_searches(articles: int) -> Figures:
    """Times of searches alone."""
    with tempfile.TemporaryDirectory() as folder:
        return {"articles": articles} | found_in(made(Path(folder) / "desk.db", articles))


def found_in(book: Ledger) -> Figures:
    """How long a hundred searches take, each with its count and facets."""
    times = sorted(_searches(book))
    return {
        "searches, p95 milliseconds": round(times[int(len(times) * 0.95)], 1),
        "searches, median milliseconds": round(statistics.median(times), 1),
    }


def _searches(book: Ledger) -> Iterator[float]:
    """Milliseconds of a hundred searches, common and rare words, with and without facets, newest first."""
    rng = random.Random(3)
    known = vocabulary()
    for i in range(100):
        words = "met" if i % 10 == 0 else " ".join(rng.choices(known, k=1 + i % 2))
        narrowed = {"topic": [rng.choice(TOPICS)]} if i % 3 == 0 else {}
        began = time.perf_counter()
        search(book, words, facets=narrowed)
        count(book, words, facets=narrowed)
        yield (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--searches", action="store_true", help="measure searches only")
    args = parser.parse_args()
    print(json.dumps((measure_searches if args.searches else measure)(args.articles)))
