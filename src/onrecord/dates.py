"""Days, intervals and their precisions: arithmetic that every stage shares. No text is parsed here."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

from .records import Interval, Precision

ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d(?=$|[T ]\d)")
UNKNOWN = Interval()
# DESIGN's reading of "early", "mid" and "late" in a month; None stands for the last day of it.
PART_OF_MONTH: dict[str, tuple[int, int | None]] = {"early": (1, 10), "mid": (11, 20), "late": (21, None)}


def day(value: date, text: str | None = None) -> Interval:
    """One whole day."""
    return Interval(value, value, "day", text)


def iso_day(value: str) -> date:
    """The day of an ISO day or date-time ("2025-03-23", "2025-03-23T10:00:00Z"). Raises `ValueError` for anything else."""
    found = ISO_DAY.match(value)
    try:
        if found:
            return date.fromisoformat(found[0])
    except ValueError:
        pass  # a thirteenth month
    raise ValueError(f"{value!r} is no ISO day such as 2025-03-23")


def iso(value: str | None) -> date | None:
    """The day of an ISO string; None stays None. Raises `ValueError`."""
    return date.fromisoformat(value) if value else None


def named(value: str) -> Interval:
    """The day, month or year that "2024-11-05", "2024-11" or "2024" names. Raises `ValueError`."""
    parts = value.split("-")
    try:
        if len(parts) == 3:
            return day(date.fromisoformat(value))
        return month(int(parts[0]), int(parts[1])) if len(parts) == 2 else year(int(value))
    except ValueError:
        raise ValueError(f"{value!r} is no day, month or year; write 2024-11-05, 2024-11 or 2024") from None


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def month(year: int, number: int, part: str | None = None, text: str | None = None) -> Interval:
    """A month, or with `part` (early, mid, late) that third of it, which is a range."""
    if part is None:
        return Interval(date(year, number, 1), last_day(year, number), "month", text)
    first, last = PART_OF_MONTH[part]
    end = date(year, number, last) if last else last_day(year, number)
    return Interval(date(year, number, first), end, "range", text)


def year(number: int, text: str | None = None) -> Interval:
    """A whole year."""
    return Interval(date(number, 1, 1), date(number, 12, 31), "range", text)


def week(monday: date, text: str | None = None) -> Interval:
    """Monday to Sunday."""
    return Interval(monday, monday + timedelta(days=6), "week", text)


def overlap(a: Interval, b: Interval) -> bool:
    """Do two intervals share a day? Open sides reach everywhere; unknown overlaps with everything."""
    return (a.start or date.min) <= (b.end or date.max) and (b.start or date.min) <= (a.end or date.max)


def known(interval: Interval) -> bool:
    """Is at least one side known?"""
    return interval.start is not None or interval.end is not None


def length(interval: Interval) -> int:
    """Days covered; an open interval is longer than any closed one."""
    if interval.start is None or interval.end is None:
        return 10**6
    return (interval.end - interval.start).days + 1


def narrower(a: Interval, b: Interval) -> Interval:
    """The more telling of two intervals for the same thing; ties go to the earlier, so that order does not matter."""
    return min(a, b, key=lambda i: (length(i), str(i.start), str(i.end), i.text or ""))


def add_months(value: date, months: int) -> date:
    """The same day `months` later, cut to the length of that month."""
    index = value.year * 12 + value.month - 1 + months
    target_year, target_month = divmod(index, 12)
    return date(target_year, target_month + 1, min(value.day, last_day(target_year, target_month + 1).day))


def precision_of(start: date | None, end: date | None) -> Precision:
    """The precision that two bounds amount to."""
    if start is None or end is None:
        return "open"
    if start == end:
        return "day"
    if start.day == 1 and end == last_day(start.year, start.month):
        return "month"
    return "week" if (end - start).days == 6 and start.weekday() == 0 else "range"


def edtf(interval: Interval) -> str | None:
    """The interval in EDTF (ISO 8601-2); None where nothing is known."""
    if not known(interval):
        return None
    if interval.precision == "day" and interval.start:
        return interval.start.isoformat()
    if interval.precision == "month" and interval.start:
        return interval.start.isoformat()[:7]
    start = interval.start.isoformat() if interval.start else ".."
    end = interval.end.isoformat() if interval.end else ".."
    return f"{start}/{end}"
