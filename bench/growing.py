"""What one more page costs a ledger that is already large: entering it, and settling what it touches (copies, stories, contacts).

    python -m bench.growing --shared ../shared --articles 100000

A thousand articles a day over a hundred days are held, of some three hundred happenings a day, much told and little told ones,
with words and sentences of real articles and names of their own; their stories are found as the ledger would find them one by
one. The pages added are PolNeAR's dev articles and a shortened copy of each, read beforehand.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import statistics
import tempfile
import time
import zlib
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import insert

from onrecord import settle
from onrecord.ledger import Ledger, open_ledger, texts
from onrecord.ledger import schema as t
from onrecord.pipeline import read_page
from onrecord.read import sketch
from onrecord.records import Article, Page, PageResult, Sketch
from onrecord.settle import stories

from .copies import articles
from .rewording import sentences_of

FIRST, A_DAY, HAPPENINGS, SEED, AT_ONCE = date(2024, 1, 1), 1_000, 300, 11, 2_000
NAME, LOWER = re.compile(r"\b[A-Z][a-z]{2,}\b"), re.compile(r"\b[a-z]{3,}\b")


def bodies(shared: Path, happenings: list[int]) -> list[str]:
    """An article about each of these happenings: some sentences of two articles that belong to it, two thirds of whose names are
    its own, as those of two days' news are."""  # fmt: skip
    pool = [found for text in articles(shared) if len(found := sentences_of(text)) >= 6]
    lower = {word for found in pool for sentence in found for word in LOWER.findall(sentence)}
    rng = random.Random(SEED)

    def renamed(match: re.Match[str], happening: int) -> str:
        word = match[0]
        number = zlib.crc32(f"{happening} {word}".encode())
        return word if word.lower() in lower or number % 3 == 0 else _name(number)

    def told(happening: int) -> str:
        two = random.Random(happening).sample(pool, 2)
        chosen = [s for found in two for s in rng.sample(found, min(len(found), rng.randint(3, 9)))]
        return NAME.sub(lambda m: renamed(m, happening), "\n".join(chosen))

    return [told(happening) for happening in happenings]


def _name(number: int) -> str:
    """A name that nobody bears."""
    out = ""
    for _ in range(3):
        out, number = out + "bdfgklmnprstvz"[number % 14] + "aeiou"[number // 14 % 5], number // 70
    return out.capitalize()


def held(path: Path, shared: Path, count: int) -> Ledger:
    """A ledger of so many articles, entered in bulk."""
    book, rng = open_ledger(path), random.Random(SEED)
    happenings = [int(rng.paretovariate(1)) % HAPPENINGS + HAPPENINGS * (i // A_DAY) if rng.random() < 0.3
                  else rng.randrange(HAPPENINGS) + HAPPENINGS * (i // A_DAY) for i in range(count)]  # fmt: skip
    found = bodies(shared, happenings)
    days = [FIRST + timedelta(i // A_DAY) for i in range(count)]
    made = [sketch.read(Article(None, body, "en")) for body in found]
    opened = told_by(days, [one.topic for one in made])
    for low in range(0, len(found), AT_ONCE):
        with book.writing() as connection:
            rows: dict[Any, list[dict[str, Any]]] = {table: [] for table in (t.pages, t.articles, t.texts, t.bands, t.terms)}
            for i in range(low, min(low + AT_ONCE, len(found))):
                _enter(rows, i + 1, found[i], made[i], days[i], opened[i] + 1)
            for table, values in rows.items():
                connection.execute(insert(table).prefix_with("OR IGNORE"), values)
    return book


def told_by(days: list[date], topics: list[bytes]) -> list[int]:
    """The story of each article (the number of the one that opens it), as `settle.stories` gives it where none is a copy."""
    order = sorted(range(len(days)), key=lambda i: (days[i], i))
    vectors = [texts.topic(topics[i]) for i in order]
    sizes = np.array([len(words) for words, _ in vectors])
    ends = np.cumsum(sizes)
    words = np.unique(np.concatenate([w for w, _ in vectors]), return_inverse=True)[1]
    weights = np.concatenate([w for _, w in vectors])
    heavy = [texts.numbers(topics[i][: len(topics[i]) // 2])[: texts.HEAVIEST] for i in order]
    is_heavy = np.concatenate([np.isin(w, h) for (w, _), h in zip(vectors, heavy, strict=True)]).astype(np.float32)
    mine, mine_heavy = np.zeros(words.max() + 1, np.float32), np.zeros(words.max() + 1, np.float32)
    stories_of = np.arange(len(order))
    low = 0
    for at, i in enumerate(order):
        while (days[i] - days[order[low]]).days > stories.DAYS:
            low += 1
        if low == at:
            continue
        own = slice(ends[at] - sizes[at], ends[at])
        mine[words[own]], mine_heavy[words[own]] = weights[own], is_heavy[own]
        window = slice(ends[low] - sizes[low], ends[at - 1])
        starts = ends[low:at] - sizes[low:at] - window.start
        likes = np.add.reduceat(mine[words[window]] * weights[window], starts)
        shared = np.add.reduceat(mine_heavy[words[window]] * is_heavy[window], starts)
        mine[words[own]] = mine_heavy[words[own]] = 0
        near = np.flatnonzero(shared >= stories.SHARED)
        if len(near):
            names, members = np.unique(stories_of[low + near], return_inverse=True)
            means = np.bincount(members, likes[near]) / np.bincount(members)
            if means.max() > stories.LIKE:
                stories_of[at] = names[means.argmax()]
    out = [0] * len(days)
    for at, i in enumerate(order):
        out[i] = order[stories_of[at]]
    return out


def _enter(rows: dict[Any, list[dict[str, Any]]], number: int, body: str, made: Sketch, day: date, story: int) -> None:
    """The rows of one article."""
    key = f"{number:010x}"
    rows[t.pages].append({"id": number, "page_id": key, "sha256": f"{number:064x}", "media_type": "text/plain", "url": None,
                          "path": key, "content": b"", "added_at": f"{day}T00:00:00+00:00"})  # fmt: skip
    rows[t.articles].append({
        "id": number, "page": number, "title": None, "text": body, "language": "en", "published": day, "published_basis": "given",
        "outlet": f"Outlet {number % 200}", "bylines": [], "credits": [], "repairs": {}, "dropped": [], "sketch": made.exact,
        "words": made.words, "key": key, "topic": made.topic, "story": story, "newest": number, "facets": {}, "marks": "",
        "repair_list": [],
    })  # fmt: skip
    rows[t.texts].append({"id": number, "sketch": made.exact, "shingles": made.shingles, "anchors": made.anchors})
    rows[t.bands] += [{"hash": h, "text": number} for h in set(texts.bands(made.shingles, made.anchors))]
    heaviest = texts.numbers(made.topic[: len(made.topic) // 2])[: texts.HEAVIEST]
    rows[t.terms] += [{"term": int(w), "article": number, "day": day} for w in heaviest]


def added(shared: Path, days: int) -> Iterator[PageResult]:
    """Pages to be added, read; after each an edited copy of it."""
    for number, line in enumerate((shared / "data" / "attribution" / "polnear.dev.jsonl").read_text("utf-8").splitlines()):
        body = json.loads(line)["text"]
        day = str(FIRST + timedelta(number % days))
        for name, text in ((f"p{number}", body), (f"c{number}", body[: len(body) * 9 // 10])):
            raw = text.encode()
            yield read_page(Page(id=name, content=raw, sha256=hashlib.sha256(raw).hexdigest(), media_type="text/plain",
                                 path=name, published=day))  # fmt: skip


def measure(shared: Path, count: int) -> dict[str, float]:
    """Milliseconds of one more page."""
    results = list(added(shared, count // A_DAY))
    with tempfile.TemporaryDirectory() as folder:
        book = held(Path(folder) / "growing.db", shared, count)
        spent = []
        for result in results:
            started = time.perf_counter()
            skipped = settle.add(book, result)
            spent.append((time.perf_counter() - started) * 1000)
            assert skipped is None, skipped
        copies = sum(1 for result in results if (found := settle.copy_of(book, result)) is not None and found[0] == "edited")
    spent.sort()
    return {
        "articles held": count, "pages added": len(results), "of them seen to be copies": copies,
        "milliseconds a page, median": round(statistics.median(spent), 1),
        "milliseconds a page, mean": round(statistics.mean(spent), 1),
        "milliseconds a page, p95": round(spent[int(len(spent) * 0.95)], 1),
    }  # fmt: skip


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--articles", type=int, default=100_000)
    args = parser.parse_args()
    print(json.dumps(measure(args.shared.resolve(), args.articles)))
