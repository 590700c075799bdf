"""Which facts are one contact."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from onrecord.settle.contacts import Fact, merge

DAYS = [date(2031, 5, d) for d in (1, 2, 17)]


def fact(number: int, kind: str, start: date | None, end: date | None, article: int | None = None, past: bool = True) -> Fact:
    """A fact of an article of its own."""
    precision = "day" if start and start == end else "open" if None in (start, end) else "range"
    return Fact(number, number if article is None else article, f"{number:03d}", kind, past, start, end, precision)


def groups(facts: list[Fact]) -> set[frozenset[int]]:
    """Merged groups as sets."""
    return {frozenset(group) for group in merge(facts)}


def test_the_same_day_and_kind_is_one() -> None:
    """And a bare contact joins it."""
    assert groups([fact(1, "call", DAYS[0], DAYS[0]), fact(2, "call", DAYS[0], DAYS[0]), fact(3, "contact", DAYS[0], DAYS[0])]) == {
        frozenset({1, 2, 3})}  # fmt: skip


def test_days_and_kinds_apart_are_two() -> None:
    """Another day, another kind, another tense."""
    facts = [fact(1, "call", DAYS[0], DAYS[0]), fact(2, "call", DAYS[1], DAYS[1]), fact(3, "meeting", DAYS[0], DAYS[0]),
             fact(4, "call", DAYS[0], DAYS[0], past=False)]  # fmt: skip
    assert len(groups(facts)) == 4


def test_a_range_joins_the_one_day_that_it_can_mean() -> None:
    """With two days in it, it stays apart."""
    span = fact(9, "call", date(2031, 5, 1), date(2031, 5, 10))
    assert groups([fact(1, "call", DAYS[0], DAYS[0]), span]) == {frozenset({1, 9})}
    assert groups([fact(1, "call", DAYS[0], DAYS[0]), fact(2, "call", DAYS[1], DAYS[1]), span]) == {
        frozenset({1}), frozenset({2}), frozenset({9})}  # fmt: skip


def test_what_one_article_tells_apart_stays_apart() -> None:
    """Two contacts of one article are never merged."""
    assert len(groups([fact(1, "contact", None, DAYS[2], article=7), fact(2, "contact", None, DAYS[2], article=7)])) == 2


FACTS = st.lists(st.tuples(st.sampled_from(["call", "meeting", "talks", "contact"]), st.sampled_from([None, *DAYS]), st.sampled_from(DAYS),
                           st.booleans()), max_size=8)  # fmt: skip


@given(FACTS, st.randoms())
def test_the_order_of_facts_does_not_matter(rows, random) -> None:  # type: ignore[no-untyped-def]
    """However they are shuffled, the groups are the same, and each fact is in just one."""
    facts = [
        fact(i, kind, min(a, b) if a else None, max(a, b) if a else b, past=past) for i, (kind, a, b, past) in enumerate(rows)
    ]
    shuffled = list(facts)
    random.shuffle(shuffled)
    assert groups(facts) == groups(shuffled)
    assert sorted(i for group in merge(facts) for i in group) == list(range(len(facts)))
