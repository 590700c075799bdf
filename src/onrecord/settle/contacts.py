"""Contacts of several pages that are one: by parties, tense, kind and time. Two contacts of one page stay two.

Days are the anchors: facts of the same day come first, then each fact of a week, month or range goes to the one
anchor that it can mean, if there is just one; the rest meet those with equal bounds. No step looks at arrival order.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

NEAR = frozenset({"meeting", "visit", "talks"})


@dataclass(frozen=True, slots=True)
class Fact:
    """A contact as one article has it. All facts that are merged together have the same parties."""

    id: int
    article: int
    key: str  # the same whenever the page comes: its digest and the contact's place on it
    kind: str
    past: bool
    start: date | None
    end: date | None
    precision: str
    fact: str = ""  # by what decisions know it


def fits(a: str, b: str) -> bool:
    """Can two kinds be one contact's?"""
    return a == b or "contact" in (a, b) or (a in NEAR and b in NEAR)


@dataclass(frozen=True, slots=True)
class Decision:
    """A person says that some facts (by their keys) are one contact with others, or apart from them."""

    together: bool
    facts: frozenset[str]
    others: frozenset[str]


def merge(facts: list[Fact], decided: Sequence[Decision] = ()) -> list[list[int]]:
    """Groups of fact IDs; what people decided goes over what the rules find, the latest decision last."""
    groups: list[list[Fact]] = []
    for past in (True, False):
        groups += _of_tense([f for f in facts if f.past == past])
    for decision in decided:
        groups = _decided(groups, decision)
    return [[f.id for f in group] for group in groups]


def _decided(groups: list[list[Fact]], decision: Decision) -> list[list[Fact]]:
    """The groups after one decision."""
    out: list[list[Fact]] = []
    joined: list[Fact] = []
    for group in groups:
        mine = [f for f in group if f.fact in decision.facts]
        theirs = [f for f in group if f.fact in decision.others]
        if decision.together and (mine or theirs):
            joined += group
        elif not decision.together and mine and theirs:
            out += [mine, [f for f in group if f not in mine]]
        else:
            out.append(group)
    return [*out, joined] if joined else out


def _of_tense(facts: list[Fact]) -> list[list[Fact]]:
    facts = sorted(facts, key=lambda f: f.key)
    anchors = _same([f for f in facts if f.precision == "day"])
    joining: list[list[Fact]] = [[] for _ in anchors]
    rest: list[Fact] = []
    for fact in (f for f in facts if f.precision != "day"):
        fitting = [i for i, anchor in enumerate(anchors) if _can_mean(fact, anchor)]
        (joining[fitting[0]] if len(fitting) == 1 else rest).append(fact)
    for anchor, new in zip(anchors, joining, strict=True):
        families = {_family(f.kind) for f in (*anchor, *new)} - {"contact"}
        articles = [f.article for f in new]
        if len(families) <= 1 and len(set(articles)) == len(articles):
            anchor += new
        else:  # a bare contact on that day cannot be both a call and a meeting
            rest += new
    return anchors + _same(sorted(rest, key=lambda f: f.key))


def _can_mean(fact: Fact, anchor: list[Fact]) -> bool:
    """Can a fact of a week, month or range mean the day of an anchor?"""
    day = anchor[0].start
    if fact.start is None or fact.end is None or day is None or (fact.end - fact.start).days > 31:
        return False
    return fact.start <= day <= fact.end and all(fits(f.kind, fact.kind) and f.article != fact.article for f in anchor)


def _family(kind: str) -> str:
    return "meeting" if kind in NEAR else kind


def _same(facts: list[Fact]) -> list[list[Fact]]:
    """Facts with equal bounds and fitting kinds; a bare "contact" joins the one kind that there is on those days."""
    by_bounds: dict[tuple[date | None, date | None], list[Fact]] = defaultdict(list)
    for fact in facts:
        by_bounds[fact.start, fact.end].append(fact)
    out: list[list[Fact]] = []
    for bounds in sorted(by_bounds, key=str):
        families: dict[str, list[Fact]] = defaultdict(list)
        for fact in by_bounds[bounds]:
            families[_family(fact.kind)].append(fact)
        if "contact" in families and len(families) == 2:
            bare = families.pop("contact")
            [only] = families.values()
            only.extend(bare)
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
