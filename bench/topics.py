"""Topics of Wikinews articles against hand marks (`topics.jsonl`: addresses and topics; the texts stand in the shared data)."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

from onrecord.read import topics
from onrecord.records import Article

GOLD = Path(__file__).with_name("topics.jsonl")
LEAST = 5  # times that a topic stands in the gold to count in the mean
Figures = dict[str, float]


def marks(shared: Path, part: str) -> list[tuple[dict[str, Any], list[str]]]:
    """The articles of a part (dev or test) with their topics, the main one first."""
    with gzip.open(shared / "data" / "wikinews" / "wikinews_2019_2020.jsonl.gz", "rt", encoding="utf-8") as lines:
        articles = {a["url"]: a for a in map(json.loads, lines)}
    rows = map(json.loads, GOLD.read_text(encoding="utf-8").splitlines())
    return [(articles[r["url"]], r["topics"]) for r in rows if r["part"] == part]


def measure(shared: Path) -> Figures:
    """Topics of 223 Wikinews articles that the reader was not built on, by one marker; macro over topics met at least 5 times."""
    gold = marks(shared, "test")
    found = [[t.name for t in topics.read(Article(a["title"], a["text"], "en"))] for a, _ in gold]
    true = [topics_ for _, topics_ in gold]
    scores: dict[str, float] = {}
    for name in sorted({t for row in true for t in row}):
        right = sum(name in f and name in t for f, t in zip(found, true, strict=True))
        said, there = sum(name in f for f in found), sum(name in t for t in true)
        if there >= LEAST:
            scores[name] = 2 * right / (said + there)
    hits = sum(len(set(f) & set(t)) for f, t in zip(found, true, strict=True))
    given = sum(map(len, found)) + sum(map(len, true))
    first = sum(bool(f) and f[0] == t[0] for f, t in zip(found, true, strict=True)) / len(gold)
    mean = sum(scores.values()) / len(scores)
    return {"articles": len(gold), "macro F1": round(mean, 3), "micro F1": round(2 * hits / given, 3),
            "main topic right": round(first, 3), **{f"F1 {name}": round(value, 2) for name, value in scores.items()}}  # fmt: skip
