"""What expressions mean that name a time longer than a day: weeks, months, quarters, seasons, years, decades."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ..dates import add_months, last_day, month, precision_of, week, year
from ..records import Interval
from .times_days import dated
from .times_words import ORDINALS, TENS, Context, Found, month_of, part

SEASONS = {"spring": ("SP", 3), "summer": ("SU", 6), "autumn": ("FA", 9), "fall": ("FA", 9), "winter": ("WI", 12)}
STEPS = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "the": 0, "same": 0, "that": 0, "next": 1, "coming": 1,
         "following": 1, "upcoming": 1, "before": -1, "earlier": -1, "after": 1, "entire": 0, "whole": 0, "full": 0}  # fmt: skip
COUNTED = ("previous", "following", "same", "that", "before", "earlier", "after", "entire", "whole", "full")
PERIOD = re.compile(r"\d{4}-(?:\d\d|Q\d|H\d|SP|SU|FA|WI)")  # from what was named last, the others from publication
SHORT_MONTHS = ("may", "march", "mar", "jun", "sep", "dec", "jan")  # also names and verbs: only after words as these
BEFORE_MONTH = re.compile(r"\b(?:in|since|until|till|by|during|of|from|between|through|before|after) $", re.I)


def span(first: date, months: int, part_: str | None = None) -> Interval:
    """That many months from the first of one, or the early, mid or late third of them."""
    if part_:
        third = months // 3
        first, months = add_months(first, third * ("early", "mid", "late").index(part_)), third
    end = add_months(first, months - 1)
    end = last_day(end.year, end.month)
    return Interval(first, end, "month" if months == 1 else "range")


def shifted(start: date, unit: str, steps: int) -> Found | None:
    """The day, week, month, … that lies a number of them from the one a day is in."""
    first = start.replace(day=1)
    if unit == "day":
        return dated(start + timedelta(days=steps), True)
    if unit == "week":
        monday = start - timedelta(days=start.weekday()) + timedelta(weeks=steps)
        iso = monday.isocalendar()
        return Found("DATE", f"{iso[0]}-W{iso[1]:02d}", week(monday), True)
    if unit == "month":
        first = add_months(first, steps)
        return Found("DATE", f"{first:%Y-%m}", month(first.year, first.month), True)
    if unit == "quarter":
        first = add_months(first, 3 * steps - (start.month - 1) % 3)
        return Found("DATE", f"{first.year}-Q{first.month // 3 + 1}", span(first, 3), True)
    number, length = start.year, {"year": 1, "decade": 10, "centur": 100}.get(unit)
    if length is None or not 100 < number + steps * length < 9900:
        return None
    number = number // length * length + steps * length
    value = f"{number:04d}"[: {1: 4, 10: 3, 100: 2}[length]]
    return Found("DATE", value, Interval(date(number, 1, 1), date(number + length - 1, 12, 31), "range"), True)


def narrowed(found: Found, match: re.Match[str], context: Context) -> Found:
    """ "Late last year", "later this week", "the end of the month": the same value, less of the interval."""
    start, end = found.interval.start, found.interval.end
    said, third = (match.groupdict().get("part") or "").lower(), part(match)
    if not said or start is None or end is None:
        return found
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    if said in ("later", "earlier"):
        anchor = context.anchor or start
        start, end = (max(start, anchor), end) if said == "later" else (start, min(end, anchor))
        interval = Interval(start, end, precision_of(start, end)) if start <= end else found.interval
    elif third is None:
        interval = found.interval
    elif found.interval.precision == "month":
        interval = month(start.year, start.month, third)
    elif months % 3 == 0 and start.day == 1:
        interval = span(start, months, third)
    elif (end - start).days == 6:
        low, high = {"early": (0, 2), "mid": (2, 4), "late": (4, 6)}[third]
        interval = Interval(start + timedelta(days=low), start + timedelta(days=high), "range")
    else:
        interval = found.interval
    return Found(found.type, found.value, interval, found.anchored)


def relative_unit(match: re.Match[str], context: Context) -> Found | None:
    """Last week, early next year, the end of the month."""
    lead, unit = match["lead"].lower().split()[-1], match["unit"].lower()
    start = context.since if lead in COUNTED else context.anchor
    if start is None or unit in ("hour", "minute", "second", "day"):
        return None
    found = shifted(start, unit, STEPS[lead])
    return narrowed(found, match, context) if found else None


def year_end(match: re.Match[str], context: Context) -> Found | None:
    """Year-end, the year's end."""
    if context.anchor is None:
        return None
    number = context.anchor.year
    return Found("DATE", str(number), span(date(number, 1, 1), 12, "late"), True)


def month_year(match: re.Match[str], context: Context) -> Found:
    """March 2008, late March 2008."""
    number, year_ = month_of(match), int(match["year"])
    return Found("DATE", f"{year_}-{number:02d}", month(year_, number, part(match)), False)


def month_of_year(match: re.Match[str], context: Context) -> Found | None:
    """October of next year, and March 3 last year."""
    if context.anchor is None:
        return None
    number, year_ = month_of(match), context.anchor.year + STEPS[match["which"].lower()]
    if match["day"]:
        day_ = int(match["day"])
        return dated(date(year_, number, day_), True) if day_ <= last_day(year_, number).day else None
    return Found("DATE", f"{year_}-{number:02d}", month(year_, number, part(match)), True)


def month_alone(match: re.Match[str], context: Context) -> Found | None:
    """The last such month, or the next where what is spoken of is still to come."""
    groups = match.groupdict()
    lead, at = (groups.get("lead") or "").lower(), match.start("mon")
    bare = not lead and not groups.get("part") and not BEFORE_MONTH.search(match.string, max(0, at - 9), at)
    if bare and match["mon"].lower() in SHORT_MONTHS:
        return None
    number, anchor = month_of(match), context.anchor
    if anchor is None:
        return Found("DATE", f"XXXX-{number:02d}", Interval(), True)
    year_ = anchor.year
    if lead.startswith("last"):
        year_ -= number >= anchor.month
    elif lead == "this":
        pass
    elif lead.startswith("next") or context.future:
        year_ += number < anchor.month or (number == anchor.month and lead.startswith("next"))
    else:
        year_ -= number > anchor.month
    return Found("DATE", f"{year_}-{number:02d}", month(year_, number, part(match)), True)


def week_of_month(match: re.Match[str], context: Context) -> Found | None:
    """The last week of March: a week counts to the month that holds most of its days, as ISO 8601 does it for years."""
    if not match["year"] and context.anchor is None:
        return None
    month_ = month_year(match, context) if match["year"] else month_alone(match, context)
    first, end = (month_.interval.start, month_.interval.end) if month_ else (None, None)
    if first is None or end is None:
        return None
    thursdays = [first + timedelta(days=(3 - first.weekday()) % 7 + 7 * k) for k in range(5)]
    thursdays = [d for d in thursdays if d <= end]
    number = ORDINALS[match["nth"].lower()]
    return shifted(thursdays[-1 if number == 5 else number - 1], "week", 0)


def _nearest(anchor: date, spans: list[Interval], future: bool) -> date:
    """Where the span begins that is meant, as for a month and day without a year: days ahead count double, or half."""

    def distance(sides: tuple[date, date]) -> float:
        ahead, back = (sides[0] - anchor).days, (anchor - sides[1]).days
        return max(ahead * (0.5 if future else 2.0), back * (3.0 if future else 1.0), 0)

    return min(((i.start, i.end) for i in spans if i.start and i.end), key=distance)[0]


def quarter(match: re.Match[str], context: Context) -> Found | None:
    """The fourth quarter of 2005, third-quarter, Q1; without a year the last one that had begun, or the next."""
    groups, anchor = match.groupdict(), context.anchor
    nth = groups.get("nth")
    number = min(ORDINALS[nth.lower()], 4) if nth else int(match["q"])
    if groups.get("year"):
        year_ = int(match["year"])
    elif anchor is None:
        return None
    elif groups.get("which"):
        year_ = anchor.year + STEPS[match["which"].lower()]
    else:
        year_ = _nearest(anchor, [span(date(anchor.year + k, 3 * number - 2, 1), 3) for k in (-1, 0, 1)], context.future).year
    return Found("DATE", f"{year_}-Q{number}", span(date(year_, 3 * number - 2, 1), 3), not groups.get("year"))


def the_quarter(match: re.Match[str], context: Context) -> Found | None:
    """ "In the quarter": the one that was named."""
    return context.said if context.said and "-Q" in context.said.value else None


def that_time(match: re.Match[str], context: Context) -> Found | None:
    """ "By that time", "on that date": what was named last."""
    return context.said


def half(match: re.Match[str], context: Context) -> Found | None:
    """The first half of 2010, the second half of this year."""
    if not match["year"] and context.anchor is None:
        return None
    year_ = int(match["year"]) if match["year"] else context.since.year if context.since else 0
    if match["which"] and context.anchor:
        year_ = context.anchor.year + STEPS[match["which"].lower()]
    number = 1 if match["nth"].lower() == "first" else 2
    return Found("DATE", f"{year_}-H{number}", span(date(year_, 6 * number - 5, 1), 6), not match["year"])


def fiscal_year(match: re.Match[str], context: Context) -> Found | None:
    """Fiscal 2009, the current financial year. Whose it is is not known, so neither are its days."""
    groups = match.groupdict()
    if groups.get("year"):
        return Found("DATE", f"FY{match['year']}", Interval(), False)
    return Found("DATE", f"FY{context.anchor.year + STEPS[match['lead'].lower()]}", Interval(), True) if context.anchor else None


def same_period(match: re.Match[str], context: Context) -> Found | None:
    """ "The same period last year": what was named last, in another year."""
    said, start = context.said, context.since
    if start is None:
        return None
    year_ = int(match["year"]) if match.groupdict().get("year") else start.year - 1
    if said and said.interval.start and PERIOD.fullmatch(said.value) and year_ != start.year:
        low = add_months(said.interval.start, 12 * (year_ - start.year))
        end = add_months(said.interval.end, 12 * (year_ - start.year)) if said.interval.end else low
        end = last_day(end.year, end.month)
        return Found("DATE", f"{year_}{said.value[4:10]}", Interval(low, end, said.interval.precision), True)
    return Found("DATE", str(year_), year(year_), True)


def weekend(match: re.Match[str], context: Context) -> Found | None:
    """This weekend is the nearest one, the weekend the last one unless what is spoken of is still to come."""
    if context.anchor is None:
        return None
    lead, days = (match["lead"] or "").lower(), context.anchor.weekday()
    saturday = context.anchor + timedelta(days=5 - days)  # of this week
    if lead.endswith(("next", "coming")):
        saturday += timedelta(weeks=lead == "next" or days > 4)
    elif lead.endswith(("last", "past")) or not (context.future or days > 4 or (lead == "this" and days > 2)):
        saturday -= timedelta(weeks=1)
    iso = saturday.isocalendar()
    return Found("DATE", f"{iso[0]}-W{iso[1]:02d}-WE", Interval(saturday, saturday + timedelta(days=1), "range"), True)


def season(match: re.Match[str], context: Context) -> Found | None:
    """Summer 2010, last winter, "in the spring". A winter has the year that it begins in."""
    code, low = SEASONS[match["season"].lower()]
    groups = match.groupdict()
    if groups.get("year"):
        number = int(match["year"])
        return narrowed(Found("DATE", f"{number}-{code}", span(date(number, low, 1), 3), False), match, context)
    anchor = context.anchor
    if anchor is None:
        return None
    spans = [span(date(anchor.year + k, low, 1), 3) for k in (-2, -1, 0, 1)]
    sides = [(i.start, i.end) for i in spans if i.start and i.end]
    lead = (groups.get("lead") or "").lower().split()[-1:]
    if lead == ["last"]:
        start = max(a for a, b in sides if b < anchor)
    elif lead == ["this"]:
        start = min(sides, key=lambda s: max((s[0] - anchor).days, (anchor - s[1]).days, 0))[0]
    elif lead in (["next"], ["coming"]) or context.future:
        start = min(a for a, b in sides if (a if lead else b) > anchor)
    else:
        start = max(a for a, _ in sides if a <= anchor)
    return narrowed(Found("DATE", f"{start.year}-{code}", span(start, 3), True), match, context)


def year_alone(match: re.Match[str], context: Context) -> Found:
    """2008, late 2008, the end of 2008."""
    number = int(match["year"])
    return Found("DATE", str(number), span(date(number, 1, 1), 12, part(match)), False)


def short_year(match: re.Match[str], context: Context) -> Found:
    """ "Since '82": of two centuries the one that is not far ahead."""
    number = int(match["yy"])
    number += 2000 if number <= (context.anchor.year % 100 + 5 if context.anchor else 30) else 1900
    return Found("DATE", str(number), year(number), False)


def decade(match: re.Match[str], context: Context) -> Found:
    """The 1990s, the late 70s, the eighties."""
    groups = match.groupdict()
    if groups.get("year"):
        number = int(match["year"])
    elif groups.get("yy"):
        number = 1900 + int(match["yy"])
    else:
        number = 1920 + 10 * [f"{ten[:-1]}ies" for ten in TENS].index(match["tens"].lower())
    return Found("DATE", str(number)[:3], span(date(number, 1, 1), 120, part(match)), False)


def century(match: re.Match[str], context: Context) -> Found | None:
    """The 19th century."""
    said = re.sub(r"(?:st|nd|rd|th)$", "", match["nth"].lower())
    number = int(said) if said.isdigit() else {"nineteen": 19, "eighteen": 18, "twentie": 20, "twenty-fir": 21}.get(said)
    if not number or number > 98:
        return None
    return Found("DATE", f"{number - 1:02d}", span(date(100 * (number - 1) or 1, 1, 1), 1200, part(match)), False)
