"""On how many occasions somebody spoke: what is said at two briefings is two origins, what many pages carry of one is one.

A page may name the day on which words were said; if not, its first source's are news, of its own day or the one before, and
the others' may be of any day before. Pages whose days overlap, or that give the same words, rest on one occasion. Where no page
names a day there is but one: unknown is not independent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

LATE = timedelta(days=1)  # news without a day is of its page's or the day before
RUN = 5  # words in a row that two occasions do not share by chance


@dataclass(frozen=True, slots=True)
class Occasion:
    """What one page tells of when somebody said what it carries of them: days (None: not known), how it tells them (it names
    them, it is news of these days, or neither), and the runs of words that it quotes."""

    first: date | None = None
    last: date | None = None
    by: Literal["name", "news", "nothing"] = "nothing"
    runs: frozenset[tuple[str, ...]] = frozenset()

    def meets(self, other: Occasion) -> bool:
        """Can it be the same one? Days not known can be any."""
        if self.first is None or self.last is None or other.first is None or other.last is None:
            return True
        return (self.first <= other.last and other.first <= self.last) or not self.runs.isdisjoint(other.runs)


def of_page(article: Mapping[str, Any], rows: Iterable[Mapping[str, Any]], *, news: bool) -> Occasion:
    """The occasion of somebody's words (attributions) on one page: the last day that it names for them, up to its own.
    `news`: they are what the page is about."""
    published = article.get("published")
    days, runs = [], set()
    for row in rows:
        said = row.get("said_on")
        if said and said["start"] and said["start"] == said["end"]:
            day = date.fromisoformat(said["start"])
            if published is None or day <= published:
                days.append(day)
        if row["content"]["quotation"] != "none":
            words = [word.strip("“”\"'‘’.,:;!?").lower() for word in row["content"]["text"].split()]
            runs |= {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}
    if days:
        return Occasion(max(days), max(days), "name", frozenset(runs))
    first = published and (published - LATE if news else date.min)
    return Occasion(first, published, "news" if news else "nothing", frozenset(runs))


def parted(found: Mapping[Any, Occasion]) -> dict[Any, str | None]:
    """For each page, the day of the occasion that it rests on, "by" the day of its first page where none names it; None for all
    where there is but one. The same in any order of the pages: each is placed by what was known before others of its kind."""
    by = {kind: [p for p in found if found[p].by == kind] for kind in ("name", "news", "nothing")}
    groups = _together(by["name"], lambda p, q: found[p].meets(found[q]))
    if not groups:
        return dict.fromkeys(found)
    for kind in ("news", "nothing"):
        placed = [[*group] for group in groups]
        without: list[Any] = []
        for pages in _together(by[kind], lambda p, q: not found[p].runs.isdisjoint(found[q].runs)):
            best = _latest(groups, pages, found)
            (without if best is None else placed[best]).extend(pages)
        groups = [*placed, *([without] if without else [])]
    if len(groups) < 2:
        return dict.fromkeys(found)
    return {page: _day(found, group) for group in groups for page in group}


def _latest(groups: list[list[Any]], pages: list[Any], found: Mapping[Any, Occasion]) -> int | None:
    """The group that one of the pages meets; of several the latest, since what was said last is told."""
    near = [i for i, g in enumerate(groups) if any(found[p].meets(found[q]) for p in pages for q in g)]
    return max(near, key=lambda i: sorted((found[q].last or date.min for q in groups[i]), reverse=True), default=None)


def _day(found: Mapping[Any, Occasion], pages: list[Any]) -> str:
    named = [found[p].last or date.max for p in pages if found[p].by == "name"]
    day = min(named or [found[p].last or date.max for p in pages])
    return f"{'' if named else 'by '}{day.day} {day:%B %Y}"


def _together(pages: Iterable[Any], meet: Callable[[Any, Any], bool]) -> list[list[Any]]:
    """The pages in groups: each meets another one of its group, if there is one, and none of another group."""
    groups: list[list[Any]] = []
    for page in pages:
        met = [g for g in groups if any(meet(page, other) for other in g)]
        groups = [g for g in groups if g not in met] + [[page, *(p for g in met for p in g)]]
    return groups
