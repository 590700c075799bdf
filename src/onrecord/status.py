"""Positions to status: the one table, the reason in words, and the codes that follow from both.

The table is DESIGN.md's. The first row whose test holds gives the status; nothing else in the project decides one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from .records import NARRATOR, ContactKind, Position, Stance, Status

VAGUE: frozenset[Stance] = frozenset({"hints", "not_ruled_out", "evades", "no_comment"})
ASSERTING: frozenset[Stance] = frozenset({"affirms", "reports"})
ANSWERS: frozenset[Stance] = frozenset({"affirms", "not_ruled_out", "evades", "no_comment"})  # what one says for a side
UNPLACED = "?"  # the side of who speaks for one that is not known


@dataclass(frozen=True, slots=True)
class Stand:
    """The positions on one contact, summed up so that the table below can be read aloud."""

    stances: frozenset[Stance]
    future: bool
    affirming_sides: frozenset[str]  # sides of the contact that affirm it (past) or say it will be (future)
    vague_sides: frozenset[str]  # in both, UNPLACED stands for whoever speaks by name, but for whom is not known
    outsiders_assert: bool  # somebody who is no side and not the narrator affirms or reports

    def has(self, *stances: Stance) -> bool:
        """Is any of these stances taken?"""
        return not self.stances.isdisjoint(stances)


TABLE: tuple[tuple[Status, str, Callable[[Stand], bool]], ...] = (
    ("disputed", "denied, and affirmed, reported or planned",
     lambda s: s.has("denies") and s.has("affirms", "reports", "plans")),
    ("denied", "denied", lambda s: s.has("denies")),
    ("cancelled", "cancelled", lambda s: s.has("cancels")),
    ("conditional", "said to come under a condition", lambda s: s.future and s.has("conditions")),
    ("planned", "said to come", lambda s: s.future and s.has("plans", "affirms", "reports")),
    ("hinted", "only hinted at", lambda s: s.future),
    ("confirmed", "affirmed by both sides", lambda s: len(s.affirming_sides) >= 2),
    ("claimed", "affirmed by one side, the other is vague",
     lambda s: len(s.affirming_sides) == 1 and bool(s.vague_sides - s.affirming_sides)),
    ("announced", "affirmed by one side", lambda s: len(s.affirming_sides) == 1),
    ("reported", "reported by others", lambda s: s.outsiders_assert),
    ("hinted", "only hinted at", lambda s: s.has(*VAGUE)),
    ("stated", "stated by the page itself", lambda s: s.has("affirms")),
    ("conditional", "said to come under a condition, and nothing since", lambda s: s.has("conditions")),
    ("planned", "said to come, and nothing since", lambda s: s.has("plans")),
)  # fmt: skip


def stand(positions: Iterable[Position], sides: Sequence[str | None], *, past: bool) -> Stand:
    """Sum up positions. `sides` are the parties' sides; a position speaks for a side where its own is among them. Whoever
    affirms or dodges a contact by name is asked as one side's; where the page does not tell which, that is one more."""
    among = {side for side in sides if side}
    positions = list(positions)
    placed = {p.actor for p in positions if p.side}

    def side_of(p: Position) -> str | None:
        unplaced = p.actor is not None and p.actor not in placed and p.stance in ANSWERS
        return UNPLACED if unplaced else p.side if p.side in among else None

    def of(stances: frozenset[Stance]) -> frozenset[str]:
        return frozenset(side for p in positions if p.stance in stances and (side := side_of(p)))

    return Stand(
        stances=frozenset(p.stance for p in positions),
        future=not past,
        affirming_sides=of(ASSERTING),
        vague_sides=of(VAGUE),
        outsiders_assert=any(p.stance in ASSERTING and p.name != NARRATOR and side_of(p) is None for p in positions),
    )


def status_of(positions: Iterable[Position], sides: Sequence[str | None], *, past: bool) -> Status:
    """The status that these positions amount to. `ValueError` where there is no position at all."""
    summed = stand(positions, sides, past=past)
    if not summed.stances:
        raise ValueError("a contact without positions has no status; give at least one position")
    return next(status for status, _, holds in TABLE if holds(summed))


SAYS: dict[Stance, str] = {
    "affirms": "affirmed by", "reports": "reported by", "hints": "hinted at by", "not_ruled_out": "not ruled out by",
    "evades": "dodged by", "no_comment": "no comment from", "denies": "denied by", "plans": "planned, says",
    "conditions": "made conditional by", "cancels": "cancelled, says",
}  # fmt: skip


def because(positions: Iterable[Position]) -> str:
    """One sentence for a status: who takes which stance, in the order of `SAYS`."""
    names: dict[Stance, list[str]] = {}
    for p in positions:
        name = ("the page itself" if p.name == NARRATOR else p.name) + (" (hedged)" if p.hedged else "")
        if name not in names.setdefault(p.stance, []):
            names[p.stance].append(name)
    return "; ".join(f"{words} {', '.join(names[stance])}" for stance, words in SAYS.items() if stance in names)


# Certainty and polarity as FactBank has them: CT certain, PR probable, PS possible, U unknown; + and -.
CERTAINTY: dict[Status, tuple[str, str]] = {
    "disputed": ("U", "u"), "denied": ("CT", "-"), "cancelled": ("CT", "-"), "conditional": ("PS", "+"),
    "planned": ("PR", "+"), "hinted": ("PS", "+"), "confirmed": ("CT", "+"), "claimed": ("PR", "+"),
    "announced": ("CT", "+"), "reported": ("PR", "+"), "stated": ("CT", "+"),
}  # fmt: skip
CAMEO: dict[ContactKind, str] = {
    "call": "041", "meeting": "040", "visit": "042", "talks": "046", "letter": "040", "contact": "040",
}  # fmt: skip


def codes(kind: ContactKind, status: Status, *, past: bool) -> dict[str, str]:
    """CAMEO and PLOVER codes, certainty and polarity for a contact."""
    certainty, polarity = CERTAINTY[status]
    cameo = CAMEO[kind] if past else "036"
    if status == "denied":
        cameo = "016"
    plover = "CONSULT" if past else "AGREE"
    return {"cameo": cameo, "plover": plover, "certainty": certainty, "polarity": polarity}
