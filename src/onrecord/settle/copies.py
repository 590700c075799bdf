"""Which texts were made from which: met by their sketches, proved by laying them side by side.

A relation holds between two texts, in either direction, so it does not depend on which came first; who carries whom is a
question of credits and days (`origins`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, exists, func, insert, or_, select

from ..ledger import decisions, texts
from ..ledger import schema as t
from .align import Alignment, Text, align

ALIKE = {"shingles": 0.125, "anchors": 0.2}  # shares of equal hashes, either of which makes it worth while to compare
COPY = 0.68  # share of one of the texts that stands in the other
IN_PART = 0.3  # … of a text that holds a passage of the other's
IN_WORDS = 0.5  # share of what is common in the same words: above it, a copy is edited, not reworded; a passage must have more
FEW = 3  # sentences of one text in the other below which only the same words prove a copy: openings of agencies are alike
LINKING = ("edited", "reworded")  # relations that make two texts one, for counting who reports on their own


@dataclass(frozen=True, slots=True)
class Copy:
    """How text `a` and text `b` hang together."""

    a: int
    b: int
    relation: str
    coverage_a: float
    coverage_b: float
    verbatim: float


def settle(connection: Connection, sketch: str, *, anew: bool = False) -> None:
    """Compare a text that was added with those that it may be a copy of, and put on record what they are to each other;
    `anew` where people have decided something about it."""
    if not anew and connection.execute(select(func.count()).where(t.articles.c.sketch == sketch)).scalar_one() > 1:
        return  # compared when the first of its articles came
    text, met = texts.meeting(connection, sketch)
    if text is None:
        return
    if anew:
        connection.execute(t.copies.delete().where(or_(t.copies.c.a == text, t.copies.c.b == text)))
    mine = connection.execute(select(t.texts.c.shingles, t.texts.c.anchors).where(t.texts.c.id == text)).one()
    near = sorted(other for other, sketches in met.items() if alike(tuple(mine), sketches))
    _compare(connection, text, near)
    _decide(connection, sketch, text)


def _decide(connection: Connection, sketch: str, text: int) -> None:
    """What people say of a text and another goes over what was found."""
    keys = connection.execute(select(t.articles.c.key).where(t.articles.c.sketch == sketch)).scalars().all()
    for decision in decisions.about(connection, keys):
        [first], [second] = decision["data"]["facts"], decision["data"]["with"]
        query = select(t.texts.c.id).join(t.articles, t.articles.c.sketch == t.texts.c.sketch)
        other = connection.execute(query.where(t.articles.c.key == (second if first in keys else first))).scalar()
        if other is None or other == text:
            continue
        pair = {"a": min(text, other), "b": max(text, other)}
        connection.execute(t.copies.delete().where(t.copies.c.a == pair["a"], t.copies.c.b == pair["b"]))
        if decision["kind"] == "copy_of":  # in part or whole: a person has seen it
            found = align(Text(_text(connection, pair["a"])), Text(_text(connection, pair["b"])))
            measured = {n: round(getattr(found, n), 3) for n in ("coverage_a", "coverage_b", "verbatim")}
            connection.execute(insert(t.copies).values(relation=relation_of(found) or "reworded", **pair, **measured))


def _compare(connection: Connection, text: int, near: list[int]) -> None:
    """Lay a text beside others, and put on record what they are to each other."""
    if not near:
        return
    own = Text(_text(connection, text))
    found = []
    for other in near:
        alignment = align(own, Text(_text(connection, other)))
        relation = relation_of(alignment)
        if relation is not None:
            found.append(_ordered(text, other, relation, alignment))
    if found:
        connection.execute(insert(t.copies), [{n: getattr(c, n) for n in Copy.__slots__} for c in found])


def alike(a: tuple[bytes, ...], b: tuple[bytes, ...]) -> bool:
    """Are two sketches (shingles, anchors) near enough to compare the texts?"""
    for left, right, least in zip(a, b, ALIKE.values(), strict=True):
        if left and right and float((texts.numbers(left) == texts.numbers(right)).mean()) >= least:
            return True
    return False


def relation_of(found: Alignment) -> str | None:
    """What an alignment amounts to; None for two texts of their own."""
    most = max(found.coverage_a, found.coverage_b)
    if most >= COPY and (found.sentences >= FEW or found.verbatim >= IN_WORDS):
        return "edited" if found.verbatim >= IN_WORDS else "reworded"
    if most >= IN_PART and found.verbatim > IN_WORDS:
        return "partial"
    return None


def _ordered(text: int, other: int, relation: str, found: Alignment) -> Copy:
    """The row of a pair: its relation and coverages, the lower text first."""
    mine, theirs, verbatim = round(found.coverage_a, 3), round(found.coverage_b, 3), round(found.verbatim, 3)
    if text < other:
        return Copy(text, other, relation, mine, theirs, verbatim)
    return Copy(other, text, relation, theirs, mine, verbatim)


def _text(connection: Connection, text: int) -> str:
    """The words of a text: those of the first of its articles by key, so that it is the same whichever came first."""
    query = select(t.articles.c.text).join(t.texts, t.texts.c.sketch == t.articles.c.sketch)
    return str(connection.execute(query.where(t.texts.c.id == text).order_by(t.articles.c.key).limit(1)).scalar_one())


def family(connection: Connection, sketches: Iterable[str]) -> dict[str, str]:
    """For each text (by sketch) the one that stands for all that it is a copy of, directly or not: the least sketch."""
    sketches = list(sketches)
    out = {sketch: sketch for sketch in sketches}
    linked = or_(t.copies.c.a == t.texts.c.id, t.copies.c.b == t.texts.c.id) & t.copies.c.relation.in_(LINKING)
    query = select(t.texts.c.sketch).where(t.texts.c.sketch.in_(sketches), exists().where(linked))
    for sketch in connection.execute(query).scalars():
        if out[sketch] == sketch:
            members = together(connection, sketch)
            out |= dict.fromkeys(members, min(members))
    return out


def together(connection: Connection, sketch: str) -> set[str]:
    """The sketches of all texts that one is a copy of, directly or through others, itself included."""
    start = connection.execute(select(t.texts.c.id).where(t.texts.c.sketch == sketch)).scalar()
    if start is None:
        return {sketch}
    seen, edge = {start}, {start}
    while edge:
        query = select(t.copies.c.a, t.copies.c.b).where(
            or_(t.copies.c.a.in_(edge), t.copies.c.b.in_(edge)), t.copies.c.relation.in_(LINKING)
        )
        edge = {x for pair in connection.execute(query).tuples() for x in pair} - seen
        seen |= edge
    return set(connection.execute(select(t.texts.c.sketch).where(t.texts.c.id.in_(seen))).scalars())


def touching(connection: Connection, sketch: str) -> set[str]:
    """The sketches of all texts that one is a copy of or shares a passage with, itself included."""
    same = together(connection, sketch)
    text = select(t.texts.c.id).where(t.texts.c.sketch == sketch).scalar_subquery()
    pairs = connection.execute(select(t.copies.c.a, t.copies.c.b).where(or_(t.copies.c.a == text, t.copies.c.b == text))).tuples()
    met = {x for pair in pairs for x in pair}
    return same | set(connection.execute(select(t.texts.c.sketch).where(t.texts.c.id.in_(met))).scalars())
