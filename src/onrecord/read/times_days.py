"""What expressions mean that name a day or a part of one: dates, weekdays, "yesterday", hours, "the same day"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ..dates import day
from ..records import Interval
from .times_words import PARTS_OF_DAY, WEEKDAYS, Context, Found, month_of

SHIFTS = {"yesterday": -1, "today": 0, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}
HOLIDAYS = {"christmas": (12, 25), "christmas day": (12, 25), "christmas eve": (12, 24), "boxing day": (12, 26),
            "new year's day": (1, 1), "new year's eve": (12, 31), "halloween": (10, 31), "valentine's day": (2, 14),
            "independence day": (7, 4), "the fourth of july": (7, 4)}  # fmt: skip


def dated(value: date, anchored: bool) -> Found:
    """A day."""
    return Found("DATE", value.isoformat(), day(value), anchored)


def _timed(value: date, suffix: str) -> Found:
    return Found("TIME", value.isoformat() + suffix, day(value), True)


def _make(year_: int, month_: int, day_: int) -> date | None:
    try:
        return date(year_, month_, day_)
    except ValueError:
        return None


def nearest_year(anchor: date, month_: int, day_: int, future: bool) -> date | None:
    """The year that a month and day are meant in: the nearest, where days ahead count double unless they are meant."""
    candidates = [c for y in (anchor.year - 1, anchor.year, anchor.year + 1) if (c := _make(y, month_, day_))]
    ahead = 0.5 if future else 2.0

    def distance(c: date) -> float:
        days = (c - anchor).days
        return days * ahead if days > 0 else -days * (3.0 if future else 1.0)

    return min(candidates, key=distance, default=None)


def name(match: re.Match[str], context: Context) -> None:
    """What is called after a day is no time: "Black Monday", "USA Today", "the September 11 attacks"."""


def numeric(match: re.Match[str], context: Context) -> Found | None:
    """2008-03-01, 01.03.2008."""
    value = _make(int(match["year"]), int(match["m"]), int(match["day"]))
    return dated(value, False) if value else None


def slashed(match: re.Match[str], context: Context) -> Found | None:
    """7/8/07: of two readings the one nearer to publication; without that day, month first, as in American news."""
    anchor, year_ = context.anchor, int(match["y"])
    if year_ < 100:
        year_ += 2000 if year_ <= (anchor.year % 100 + 10 if anchor else 30) else 1900
    pairs = ((match["a"], match["b"]), (match["b"], match["a"]))
    readings = [d for m, n in pairs if (d := _make(year_, int(m), int(n)))]
    if not readings:
        return None
    return dated(min(readings, key=lambda d: abs((d - anchor).days)) if anchor else readings[0], False)


def month_day(match: re.Match[str], context: Context) -> Found | None:
    """March 3, 3 March 2008."""
    groups, anchor = match.groupdict(), context.anchor
    number, day_ = month_of(match), int(match["day"])
    if groups.get("year"):
        value = _make(int(match["year"]), number, day_)
        return dated(value, False) if value else None
    if anchor is None:
        return Found("DATE", f"XXXX-{number:02d}-{day_:02d}", Interval(), True)
    value = nearest_year(anchor, number, day_, context.future)
    return dated(value, True) if value else None


def weekday(match: re.Match[str], context: Context) -> Found | None:
    """The last one, unless what is spoken of is still to come."""
    number = WEEKDAYS[match["wd"].lower()]
    if context.anchor is None:
        return Found("DATE", f"XXXX-WXX-{number + 1}", Interval(), True)
    lead = (match.groupdict().get("lead") or "").lower()
    back = (context.anchor.weekday() - number) % 7
    ahead = -back % 7
    if lead.endswith(("next", "coming")):
        return dated(context.anchor + timedelta(days=ahead or 7), True)
    if lead.endswith(("last", "previous", "past")):
        return dated(context.anchor - timedelta(days=back or 7), True)
    # "Closed until Friday" looks ahead from a Thursday, whatever the tense; from a Saturday it looks back.
    until = match.string.endswith(("until ", "till "), 0, match.start())
    if (until and ahead < back) or context.future:
        return dated(context.anchor + timedelta(days=ahead), True)
    return dated(context.anchor - timedelta(days=back), True)


def weekday_of_week(match: re.Match[str], context: Context) -> Found | None:
    """Friday of last week, Monday next week."""
    if context.anchor is None:
        return None
    monday = context.anchor - timedelta(days=context.anchor.weekday())
    weeks = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    return dated(monday + timedelta(days=WEEKDAYS[match["wd"].lower()] + 7 * weeks), True)


def weekdays(match: re.Match[str], context: Context) -> Found:
    """Mondays, every Monday."""
    return Found("SET", f"XXXX-WXX-{WEEKDAYS[match['wd'].lower()] + 1}", Interval(), False)


def word(match: re.Match[str], context: Context) -> Found | None:
    """Today, yesterday, the day after tomorrow."""
    return dated(context.anchor + timedelta(days=SHIFTS[match["word"].lower()]), True) if context.anchor else None


def _beside(match: re.Match[str], context: Context) -> date | None:
    """The day that stands beside an hour or a part of a day, however it is named."""
    groups = match.groupdict()
    found = None
    if groups.get("word"):
        found = word(match, context)
    elif groups.get("mon"):
        found = month_day(match, context)
    elif groups.get("wd"):
        found = weekday(match, context)
    return found.interval.start if found else None


def part_of_day(match: re.Match[str], context: Context) -> Found | None:
    """Thursday night, the morning of March 3, "in morning trading"; "night of Thursday" names no group."""
    value = _beside(match, context) or context.day
    return _timed(value, PARTS_OF_DAY[(match["pod"] or "night").lower()]) if value else None


def this_part(match: re.Match[str], context: Context) -> Found | None:
    """This morning, last night, tonight."""
    if context.anchor is None:
        return None
    said = match["word"].lower()
    shift = timedelta(days=-1 if said.startswith("last") else 0)
    return _timed(context.anchor + shift, PARTS_OF_DAY["night" if said == "tonight" else said.split()[-1]])


def clock(match: re.Match[str], context: Context) -> Found | None:
    """6:40 p.m., 16:08 UTC. Only UTC is written into the value: other zones depend on the season."""
    groups = match.groupdict()
    half = (groups.get("half") or "").lower()
    hour, minute = int(match["h"]), int(groups.get("min") or 0)
    if half and hour <= 12:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    value = _beside(match, context) or context.hours
    if value is None or hour > 23 or minute > 59:
        return None
    return _timed(value, f"T{hour:02d}:{minute:02d}{'Z' if groups.get('zone') in ('UTC', 'GMT') else ''}")


def noon(match: re.Match[str], context: Context) -> Found | None:
    """Noon, midnight."""
    value = _beside(match, context) or context.hours
    return _timed(value, "T00:00" if match["noon"].lower() == "midnight" else "T12:00") if value else None


def holiday(match: re.Match[str], context: Context) -> Found | None:
    """Holidays that fall on the same day each year."""
    number, day_ = HOLIDAYS[match["holiday"].lower().replace("’", "'")]
    if match["year"]:
        return dated(date(int(match["year"]), number, day_), False)
    value = nearest_year(context.anchor, number, day_, context.future) if context.anchor else None
    return dated(value, True) if value else None


def the_day(match: re.Match[str], context: Context) -> Found | None:
    """ "To end the day", "late in the day": the day that the text is about."""
    return dated(context.day, True) if context.day else None


def that_day(match: re.Match[str], context: Context) -> Found | None:
    """The same day, the next day, that morning: counted from the day named last."""
    said = context.said
    start = said.interval.start if said and said.interval.precision == "day" else None
    if start is None:
        return None
    shift = {"next": 1, "following": 1, "after": 1, "previous": -1, "before": -1}.get(match["which"].lower(), 0)
    value, pod = start + timedelta(days=shift), match.groupdict().get("pod")
    return _timed(value, PARTS_OF_DAY[pod.lower()]) if pod else dated(value, True)
