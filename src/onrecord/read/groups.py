"""A contact in the making: what is said of it on a page, and by whom."""

from __future__ import annotations

from dataclasses import dataclass, field

from .. import dates
from ..records import NARRATOR, ContactKind, Interval, Position
from .cast import Cast

NEAR_KINDS = frozenset({"meeting", "visit", "talks"})
WITHIN_A_MONTH = 31


@dataclass(slots=True)
class Group:
    """A contact in the making."""

    parties: tuple[str, ...]
    kind: ContactKind
    past: bool
    when: Interval
    fresh: bool
    paragraph: int
    place: str | None = None
    count: tuple[int, int | None] = (1, 1)
    request: bool = False  # one asked the other for something: a contact of its own, which may be denied by itself
    views: list[Position] = field(default_factory=list)
    words: set[tuple[int, int]] = field(default_factory=set)  # paragraph and token of each word that tells of it

    def take(self, view: Position) -> None:
        """Add a view, unless the same actor already takes that stance, or a vague one where it is vague again."""
        vague = is_vague(view.stance)
        for known in self.views:
            same = (known.actor, known.name) == (view.actor, view.name)
            if same and vague and known.stance in ("affirms", "plans"):
                return  # who says so and declines to say more does not dodge
            if same and (known.stance == view.stance or (vague and is_vague(known.stance))):
                return
        self.views.append(view)


def is_vague(stance: str) -> bool:
    """Is a stance one of the vague four?"""
    return stance in ("hints", "not_ruled_out", "evades", "no_comment")


def close(a: Interval, b: Interval) -> bool:
    """Can two closed intervals date one contact: they overlap, and neither is much the longer, or both are short?"""
    if not dates.overlap(a, b):
        return False
    short, long = sorted((dates.length(a), dates.length(b)))
    return long <= WITHIN_A_MONTH or short * 2 >= long


def alike(a: ContactKind, b: ContactKind) -> bool:
    """Can two words tell of one contact by their kinds alone?"""
    return a == b or "contact" in (a, b) or {a, b} <= NEAR_KINDS


def kinds_fit(a: ContactKind, b: ContactKind, group: Group, interval: Interval) -> bool:
    """Can a mention of kind `b` mean the contact of kind `a` that a group is?"""
    if a == b or ("contact" in (a, b) and group.past):
        return True
    return {a, b} <= NEAR_KINDS and (dates.overlap(group.when, interval) or not dates.known(interval))


def one_voice(actors: Cast, views: list[Position]) -> list[Position]:
    """The views without those that an institution, or unnamed officials of it, share with a person who speaks for it."""
    voiced = {(v.side, v.stance) for v in views if v.actor and v.side and actors.kind(v.actor) == "person"}

    def is_person(view: Position) -> bool:
        return view.actor is not None and actors.kind(view.actor) == "person"

    return [v for v in views if is_person(v) or v.side is None or (v.side, v.stance) not in voiced]


def spread_vague(groups: list[Group]) -> None:
    """A side that does not rule out "more contacts" is as vague about an undated one that the other side claims."""
    for source in groups:
        vague = [v for v in source.views if source.fresh and source.past and v.stance == "not_ruled_out" and v.side]
        for group in groups:
            claims = {v.side for v in group.views if v.stance == "affirms" and v.name != NARRATOR}
            if group is source or not group.past or group.when.precision == "day" or set(group.parties) != set(source.parties):
                continue
            if len(claims) == 1 and None not in claims and not any(v.stance == "denies" for v in group.views):
                for view in vague:
                    if view.side not in claims:
                        group.take(view)


def may_be_same(a: Group, b: Group) -> bool:
    """Two contacts that could be one: same parties and tense, overlapping times, and not both tied to a day."""
    if a is b or a.past != b.past or set(a.parties) != set(b.parties) or not a.past:
        return False
    if a.when.precision == b.when.precision == "day":
        return False
    return ("contact" in (a.kind, b.kind) or a.kind == b.kind) and dates.overlap(a.when, b.when)
