"""Who carries whom: the articles of one story as a forest of copies, with a reason on every edge.

A copy hangs from the article that it was most likely made from: one that it credits, else an earlier one, and of those the one
that it shares most with. What stands at the same address with other words is a revision of one article. Where days do not tell
which came first, that is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..tables import outlets

VERBATIM, OWN, REVISION = "verbatim", "own", "revision"


@dataclass(frozen=True, slots=True)
class Pair:
    """How the text of article `a` and that of `b` hang together: shares of each that stand in the other."""

    relation: str
    coverage_a: float
    coverage_b: float


@dataclass(frozen=True, slots=True)
class Edge:
    """An article with what it was made from: `of` is None for one of its own."""

    article: int
    relation: str
    of: int | None
    coverage: float  # the share of this article that stands in the other
    reason: str


def edges(articles: Sequence[Mapping[str, Any]], pairs: Mapping[tuple[str, str], Pair]) -> list[Edge]:
    """The edges of a story's articles, earliest first. `pairs` are by sketch, both ways round."""
    ordered = sorted(articles, key=_rank)
    out = []
    for place, article in enumerate(ordered):
        carried = [o for o in ordered if o["id"] != article["id"] and _credits(article, o)]
        before = [o for o in ordered[:place] if o not in carried and not _credits(o, article)]
        out.append(_edge(article, [*carried, *before], pairs, {o["id"] for o in carried}))
    return out


def _rank(article: Mapping[str, Any]) -> tuple[date, bool, str]:
    return article["published"] or date.max, not outlets.is_own(article), article["key"] or ""


def _credits(article: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Does an article credit another's outlet, not its own, and uncredited in turn? Else two would hang from each other."""

    def names(a: Mapping[str, Any], b: Mapping[str, Any]) -> bool:
        return bool(b["outlet"]) and outlets.folded(b["outlet"]) in {outlets.folded(c["name"]) for c in a["credits"]}

    own = bool(article["outlet"] and other["outlet"]) and outlets.folded(article["outlet"]) == outlets.folded(other["outlet"])
    return names(article, other) and not own and not names(other, article)


def _edge(article: Mapping[str, Any], others: list[Any], pairs: Mapping[tuple[str, str], Pair], carried: set[int]) -> Edge:
    best: tuple[tuple[bool, bool, bool, float], Edge] | None = None
    for other in others:
        pair = pairs.get((article["sketch"], other["sketch"]))
        if article["sketch"] == other["sketch"]:
            pair = Pair(VERBATIM, 1.0, 1.0)
        again = bool(article["url"]) and article["url"] == other["url"] and article["sketch"] != other["sketch"]
        if again:
            pair = Pair(REVISION, *((pair.coverage_a, pair.coverage_b) if pair else (0.0, 0.0)))
        if pair is None:
            continue
        why = _reason(article, other, carried)
        why = f"the same address with other words, {why}" if again else why
        edge = Edge(article["id"], pair.relation, other["id"], pair.coverage_a, why)
        rank = (again, other["id"] in carried, pair.relation != "partial", pair.coverage_a)
        if best is None or rank > best[0]:
            best = rank, edge
    return best[1] if best else Edge(article["id"], OWN, None, 0.0, "no earlier article of the ledger has its words")


def _reason(article: Mapping[str, Any], other: Mapping[str, Any], carried: set[int]) -> str:
    if other["id"] in carried:
        return f"it credits {other['outlet']}"
    if article["published"] is None or other["published"] is None:
        return "it has no date; the other has" if other["published"] else "neither has a date: which came first is not known"
    days = (article["published"] - other["published"]).days
    if days:
        return f"published {days} day{'s' * (days != 1)} later"
    if outlets.is_own(other) and not outlets.is_own(article):
        return "of the same day, and it credits others for its words"
    return "of the same day: which came first is not known"
