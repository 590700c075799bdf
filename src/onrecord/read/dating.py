"""How a time dates a contact: the contact was then, or from then on, or up to then; and which Sunday a contact to come is on.

Training and reading share this file (training/contacts)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from .. import dates
from ..records import Interval

WAYS = ("at", "since", "until")  # in the order of the network's outputs for a time
WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)
MONTH = re.compile(
    r"\b(?:january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b",
    re.I,
)
FIXED = re.compile(r"\d{4}|\b(?:last|next|past|coming|ago|this)\b", re.I)  # what tells a year, or a direction, by itself


def dated(when: Interval, way: str) -> Interval:
    """The days of a contact that was at, since or until a time; UNKNOWN where these have no bound on that side."""
    if way == "since":
        return Interval(when.start, None, "open", when.text) if when.start else dates.UNKNOWN
    if way == "until":
        return Interval(None, when.end, "open", when.text) if when.end else dates.UNKNOWN
    return when


def moved(when: Interval, *, past: bool, published: date | None) -> Interval:
    """The time in the direction of the contact: "Sunday" is the last one where it is over, and the next where it is to come; a
    month without a year likewise. Times that tell their direction themselves stay."""  # fmt: skip
    if when.start is None or when.end is None or published is None or FIXED.search(when.text or ""):
        return when
    step = 1 if not past and when.end < published else -1 if past and when.start > published else 0
    if step and WEEKDAY.search(when.text or "") and not re.search(r"\d", when.text or ""):
        return replace(when, start=when.start + timedelta(7 * step), end=when.end + timedelta(7 * step))
    if step and MONTH.search(when.text or "") and (when.start.month, when.start.day) != (2, 29) != (when.end.month, when.end.day):
        return replace(when, start=when.start.replace(year=when.start.year + step),
                       end=when.end.replace(year=when.end.year + step))  # fmt: skip
    return when
