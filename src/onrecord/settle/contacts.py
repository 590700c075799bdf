"""Contacts of several pages that are one: by parties, tense, kind and time. Two contacts of one page stay two.

Days are the anchors: facts of the same day come first, then each fact of a week, month or range goes to the one
anchor that it can mean, if there is just one; the rest meet those with equal bounds. No step looks at arrival order.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

NEAR = frozenset({"meeting", "visit", "talks"})


@dataclass(frozen=True, slots=True)
class Fact:
    """A contact as one article has it. All facts that are merged together have the same parties."""

    id: int
    article: int
    kind: str
    past: bool
    start: date | None
    end: date | None
    precision: str


def fits(a: str, b: str) -> bool:
    """Can two kinds be one contact's?"""
    return a == b or "contact" in (a, b) or (a in NEAR and b in NEAR)


def merge(facts: list[Fact]) -> list[list[int]]:
    """Groups of fact IDs."""
    groups: list[list[Fact]] = []
    for past in (True, False):
        groups += _of_tense([f for f in facts if f.past == past])
    return [[f.id for f in group] for group in groups]


def _of_tense(facts: list[Fact]) -> list[list[Fact]]:
    anchors = _same(facts=[f for f in facts if f.precision == "day"])
    rest: list[Fact] = []
    for fact in (f for f in facts if f.precision != "day"):
        if fact.start is None or fact.end is None:
            rest.append(fact)
            continue
        fitting = [a for a in anchors if a[0].start and fact.start <= a[0].start <= fact.end
                   and all(fits(x.kind, fact.kind) and x.article != fact.article for x in a)
                   and (fact.end - fact.start).days <= 31]  # fmt: skip
        if len(fitting) == 1:
            fitting[0].append(fact)
        else:
            rest.append(fact)
    return anchors + _same(rest)


def _same(facts: list[Fact]) -> list[list[Fact]]:
    """Facts with equal bounds and fitting kinds; a bare "contact" joins the one kind that there is on those days."""
    by_bounds: dict[tuple[date | None, date | None], list[Fact]] = defaultdict(list)
    for fact in facts:
        by_bounds[fact.start, fact.end].append(fact)
    out: list[list[Fact]] = []
    for bounds in sorted(by_bounds, key=str):
        families: dict[str, list[Fact]] = defaultdict(list)
        for fact in sorted(by_bounds[bounds], key=lambda f: (f.kind, f.id)):
            families["meeting" if fact.kind in NEAR else fact.kind].append(fact)
        if "contact" in families and len(families) == 2:
            bare = families.pop("contact")
            next(iter(families.values())).extend(bare)
        for family in families.values():
            out += _apart(family)
    return out


def _apart(facts: list[Fact]) -> list[list[Fact]]:
    """Two contacts that one article tells apart stay apart: the first of each article together, then the second."""
    rounds: list[list[Fact]] = []
    seen: dict[int, int] = defaultdict(int)
    for fact in facts:
        index = seen[fact.article]
        seen[fact.article] += 1
        if index == len(rounds):
            rounds.append([])
        rounds[index].append(fact)
    return rounds
