"""What an article is about: IPTC Media Topics of the top level, each with the words that spoke for it.

`topics.tsv` holds words and phrases of two or three words (stems) with what each weighs for a topic. A word counts by where it
stands: most in the title, then in the opening, less after that; said again it counts by the square root. A topic is given where
it comes near the strongest one, or where much speaks for it. A page's own section ("/sport/") speaks where the words say little.
The numbers below were chosen on the development part of bench/topics.jsonl and some pages; docs/topics.md has the figures.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache, lru_cache
from math import sqrt

from ..records import Article, Topic
from ..tables import rows
from . import sketch

WORD = re.compile(r"[^\W\d_]+|\d+")
TITLE, OPENING, LATER = 4.0, 60, 0.7  # what a word in the title counts; words in the opening; what one after it counts …
PER = 100  # … in as many words; in more of them each counts less
NEAR = 0.4  # of the strongest topic
MUCH, LEAST_NEAR = 15.0, 0.25  # a topic with so much for it may be so near only
LEAST = 3.0  # below which nothing is said
MOST = 3  # topics of an article
SAID = 6  # words given for a topic
LITTLE = 6.0  # below which the page's own section counts as much, for its topic
LONGEST = 20_000  # characters that are looked at


def read(article: Article, address: str | None = None) -> tuple[Topic, ...]:
    """The topics of an article, the main one first."""
    title, body = (WORD.findall((text or "")[:LONGEST].lower()) for text in (article.title, article.text))
    return topics(title, body, section(address) if address else None)


def topics(title: list[str], body: list[str], own: str | None = None) -> tuple[Topic, ...]:
    """The topics of words in lower case; `own` is that of the page's own section."""
    later = LATER / sqrt(1 + max(len(body) - OPENING, 0) / PER)
    strength: dict[str, float] = defaultdict(float)
    spoke: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for words, counts in ((title, TITLE), (body[:OPENING], 1.0), (body[OPENING:], later)):
        seen: Counter[str] = Counter()
        shown: dict[str, str] = {}
        for key, start, end in _found([_stem(word) for word in words]):
            seen[key] += 1
            shown.setdefault(key, " ".join(words[start:end]))
        for key, times in seen.items():
            for topic, weight in _table()[0][key]:
                value = counts * weight * sqrt(times)
                strength[topic] += value
                spoke[topic][shown[key]] += value
    if own and max(strength.values(), default=0.0) < LITTLE:
        strength[own] += LITTLE
    return _given(strength, spoke)


def _given(strength: dict[str, float], spoke: dict[str, dict[str, float]]) -> tuple[Topic, ...]:
    """The topics for which enough speaks."""
    total, best = sum(strength.values()), max(strength.values(), default=0.0)
    kept = [
        Topic(topic, round(value / total, 3), tuple(sorted(spoke[topic], key=lambda w: (-spoke[topic][w], w))[:SAID]))
        for topic, value in sorted(strength.items(), key=lambda item: (-item[1], item[0]))
        if best >= LEAST and (value >= NEAR * best or (value >= MUCH and value >= LEAST_NEAR * best))
    ]
    return tuple(kept[:MOST])


def section(address: str) -> str | None:
    """The topic that a page's address names as its section."""
    path = address.split("//", 1)[-1].split("?")[0].split("/")[1:-1]
    return next((_table()[2][part] for part in path[:4] if part in _table()[2]), None)


@cache
def _table() -> tuple[dict[str, list[tuple[str, float]]], frozenset[str], dict[str, str]]:
    """Words → (topic, weight)s; the words with which phrases begin; sections → topics."""
    table: dict[str, list[tuple[str, float]]] = {}
    sections: dict[str, str] = {}
    for row in rows("topics.tsv"):
        if row["source"] == "section":
            sections[row["words"]] = row["topic"]
        else:
            table.setdefault(row["words"], []).append((row["topic"], float(row["weight"])))
    begins = {words.rsplit(" ", n)[0] for words in table for n in (1, 2) if words.count(" ") >= n}
    return table, frozenset(begins), sections


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    return sketch.stem(word)


def _found(stems: list[str]) -> list[tuple[str, int, int]]:
    """What of the table stands in the words, the longest first: the key, where it starts and where it ends."""
    table, begins, _ = _table()
    found, at, size = [], 0, len(stems)
    while at < size:
        key, end = stems[at], at + 1
        longest = (key, end) if key in table else None
        while key in begins and end < size:
            key, end = f"{key} {stems[end]}", end + 1
            if key in table:
                longest = key, end
        if longest:
            found.append((longest[0], at, longest[1]))
        at = longest[1] if longest else at + 1
    return found
