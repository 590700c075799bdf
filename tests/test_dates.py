"""Days and intervals."""

from datetime import date

from onrecord import dates
from onrecord.records import Interval


def test_parts_of_a_month_are_those_of_the_design() -> None:
    """Early is 1st to 10th, mid 11th to 20th, late from the 21st."""
    assert dates.month(2024, 11, "early") == Interval(date(2024, 11, 1), date(2024, 11, 10), "range")
    assert dates.month(2024, 11, "mid").end == date(2024, 11, 20)
    assert dates.month(2024, 2, "late") == Interval(date(2024, 2, 21), date(2024, 2, 29), "range")


def test_edtf_says_what_is_known_and_no_more() -> None:
    """Open sides are written "..", unknown is None."""
    assert dates.edtf(dates.day(date(2025, 3, 18))) == "2025-03-18"
    assert dates.edtf(dates.month(2022, 2)) == "2022-02"
    assert dates.edtf(Interval(None, date(2025, 3, 23), "open")) == "../2025-03-23"
    assert dates.edtf(dates.UNKNOWN) is None


def test_overlap_reaches_through_open_sides() -> None:
    """An open side overlaps with everything on it."""
    assert dates.overlap(Interval(None, date(2025, 1, 1)), Interval(date(2020, 1, 1), None))
    assert not dates.overlap(Interval(None, date(2019, 1, 1)), Interval(date(2020, 1, 1), None))


def test_months_are_added_within_their_length() -> None:
    """31 January and a month is the last of February."""
    assert dates.add_months(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert dates.add_months(date(2024, 1, 31), -2) == date(2023, 11, 30)


def test_narrower_does_not_depend_on_order() -> None:
    """The shorter interval wins, from either side."""
    a, b = dates.month(2024, 11), dates.day(date(2024, 11, 3))
    assert dates.narrower(a, b) == dates.narrower(b, a) == b
