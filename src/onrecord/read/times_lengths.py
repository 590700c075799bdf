"""What expressions mean that are no date of their own: durations, distances from a day, what recurs, now and then."""

from __future__ import annotations

import re
from datetime import timedelta

from ..dates import day
from ..records import Interval
from .times_days import dated
from .times_spans import shifted
from .times_words import UNITS, YEARS_IN, Context, Found, number_of

EVERY = {"dai": "D", "week": "W", "month": "M", "annual": "Y", "year": "Y", "quarter": "Q", "hour": "TH", "night": "D"}
FUTURE = re.compile(r"soon|shortly|future|term|coming", re.I)
PRESENT = re.compile(r"now|current|present|moment|time being|these days|nowadays", re.I)
RATE = re.compile(r"(?:\d|%|percent|million|billion|thousand|times)(?: [a-z]+)? $")  # "15 a year", "20 visits a year"
NO_RATE = (" after", " before", "-")
LASTING = re.compile(r"\b(?:for|in|over|within|after) $")
ADJECTIVES = ("recent", "current")


def length(number: float | None, unit: str) -> str:
    """A length in ISO 8601; vague amounts with X, and with TIMEX3's own letters for decades and centuries."""
    code = UNITS[unit]
    if number is not None and unit in YEARS_IN:
        number, code = number * YEARS_IN[unit], "Y"
    if number == 0.5 and unit in ("hour", "year"):
        number, code = {"hour": (30.0, "TM"), "year": (6.0, "M")}[unit]
    amount = "X" if number is None else str(int(number)) if number == int(number) else f"{number:.10g}"
    return f"PT{amount}{code[1]}" if code[0] == "T" else f"P{amount}{code}"


def duration(match: re.Match[str], context: Context) -> Found | None:
    """Two years, the next six months, "fifty-year"."""
    groups = match.groupdict()
    unit, said = match["unit"].lower(), match["num"].lower()
    if unit == "second" and not match["many"] and not said[0].isdigit():
        return None  # "a second A380"
    if unit == "quarter" and not groups.get("kind") and not groups.get("lead") and number_of(said) is not None:
        return None  # of a whole, nearly always: "a quarter of its dealers"
    if said in ("many", "several") and LASTING.search(match.string, max(0, match.start() - 8), match.start()):
        return vague(match, context)
    rate = said in ("a", "an") and RATE.search(match.string, max(0, match.start() - 16), match.start())
    if rate and match.string.startswith(NO_RATE, match.end()):
        rate = None
    return Found("SET" if rate else "DURATION", length(number_of(said), unit), Interval(), False)


def one(match: re.Match[str], context: Context) -> Found:
    """The past decade, yearlong."""
    return Found("DURATION", length(1, match["unit"].lower()), Interval(), False)


def vague(match: re.Match[str], context: Context) -> Found:
    """ "For weeks", "in recent months": an open interval up to publication; "in the coming days" from it."""
    lead = (match.groupdict().get("lead") or "").lower()
    value, anchor = length(None, match["unit"].lower()), context.anchor
    if anchor is None:
        return Found("DURATION", value, Interval(), True)
    if lead in ("next", "coming"):
        return Found("DURATION", value, Interval(anchor, None, "open"), True)
    return Found("DURATION", value, Interval() if context.future else Interval(None, anchor, "open"), True)


def distance(match: re.Match[str], context: Context) -> Found | None:
    """Two days ago, from publication; "two days later" and "a year earlier", from what was named last."""
    number, unit, way = number_of(match["num"]), match["unit"].lower(), match["way"].lower()
    start = context.anchor if way in ("ago", "from now", "hence") else context.since
    back = way in ("ago", "earlier", "before")
    if number is None or number != int(number) or start is None:
        return Found("DATE", "PAST_REF" if back else "FUTURE_REF", Interval(), True)
    steps = -int(number) if back else int(number)
    if unit == "day" and abs(steps) < 10**5:
        return dated(start + timedelta(days=steps), True)
    if unit in ("hour", "minute", "second"):
        return Found("TIME", length(number, unit), day(start) if unit != "second" else Interval(), True)
    return shifted(start, unit, steps) if abs(steps) < 10**4 else None


def long_ago(match: re.Match[str], context: Context) -> Found:
    """Years ago, long ago."""
    return Found("DATE", "PAST_REF", Interval(None, context.anchor, "open") if context.anchor else Interval(), True)


def every(match: re.Match[str], context: Context) -> Found:
    """Every two weeks, twice a year, "15 a year"."""
    groups = match.groupdict()
    number = 2.0 if groups.get("other") else number_of(match["num"]) if groups.get("num") else 1.0
    return Found("SET", length(number, match["unit"].lower()), Interval(), False)


def adverb(match: re.Match[str], context: Context) -> Found:
    """Daily, annual."""
    code = EVERY[re.sub(r"(?:ly)$", "", match[0].lower())]
    return Found("SET", f"PT1{code[1]}" if code[0] == "T" else f"P1{code}", Interval(), False)


def reference(match: re.Match[str], context: Context) -> Found:
    """Now, recently, soon. Adjectives date what they stand with too loosely to give days."""
    said, anchor = match[0].lower(), context.anchor
    if FUTURE.search(said):
        value, interval = "FUTURE_REF", Interval(anchor, None, "open")
    elif PRESENT.search(said):
        value, interval = "PRESENT_REF", day(anchor) if anchor else Interval()
    else:
        value, interval = "PAST_REF", Interval(None, anchor, "open")
    return Found("DATE", value, Interval() if anchor is None or said in ADJECTIVES else interval, True)
