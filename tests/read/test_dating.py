"""Which days a time gives a contact."""

from __future__ import annotations

from datetime import date

import pytest

from onrecord import dates
from onrecord.read.bounds import stays
from onrecord.read.dating import dated, moved
from onrecord.read.document import parse
from onrecord.read.times import read
from onrecord.records import Article, Interval, Published

PUBLISHED = date(2031, 5, 22)  # a Thursday


def day(text: str, number: int, month: int = 5, year: int = 2031) -> Interval:
    """A day that was read from these words."""
    return dates.day(date(year, month, number), text)


@pytest.mark.parametrize(("when", "past", "start"), [
    (day("Sunday", 18), False, date(2031, 5, 25)),  # "flies on Sunday"
    (day("Sunday", 25), True, date(2031, 5, 18)),
    (day("last Sunday", 18), False, date(2031, 5, 18)),
    (day("Sunday, May 18", 18), False, date(2032, 5, 18)),
    (day("May 18, 2031", 18), False, date(2031, 5, 18)),
    (Interval(date(2030, 9, 1), date(2030, 9, 30), "month", "September"), False, date(2031, 9, 1)),
    (day("29 February", 29, 2, 2028), False, date(2028, 2, 29)),  # there is none in the next year
    (day("yesterday", 21), False, date(2031, 5, 21)),
])  # fmt: skip
def test_a_time_moves_into_the_direction_of_the_contact(when: Interval, past: bool, start: date) -> None:
    """By a week or a year, unless its words fix it."""
    assert moved(when, past=past, published=PUBLISHED).start == start


def test_a_contact_is_at_since_or_until_a_time() -> None:
    """An open side is None; without the bound nothing is known."""
    month = Interval(date(2031, 4, 1), date(2031, 4, 30), "month", "April")
    assert dated(month, "at") == month
    assert dated(month, "since") == Interval(date(2031, 4, 1), None, "open", "April")
    assert dated(month, "until") == Interval(None, date(2031, 4, 30), "open", "April")
    assert dated(Interval(None, PUBLISHED, "open"), "since") == dates.UNKNOWN


@pytest.mark.parametrize(("text", "values"), [
    ("They met in Ostrel on May 5 and 6.", ["2031-05-05/2031-05-06"]),
    ("They met in Ostrel from May 3 to 7.", ["2031-05-03/2031-05-07"]),
    ("They met on May 3. On May 7 they parted.", []),
    ("They met on May 3 and May 17.", []),
])  # fmt: skip
def test_days_that_follow_each_other_are_one_time(text: str, values: list[str]) -> None:
    """Beside themselves, since they may also be two."""
    document = parse(Article(None, text, "en", Published(PUBLISHED, "day", "given")))
    assert [t.value for t in stays(document, read(document))] == values
