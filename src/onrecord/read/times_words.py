"""The words that time expressions are made of, as patterns, and what they mean as numbers and codes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ..records import Interval, TimexType

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
MONTHS = {name: i for i, name in enumerate(_MONTHS, 1)} | {name[:3]: i for i, name in enumerate(_MONTHS, 1)} | {"sept": 9}
MONTH_NAMES = " ".join(MONTHS)
DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday"
WEEKDAYS = {name: i for i, name in enumerate(DAY_NAMES.split())}
SMALL = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
         "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"]  # fmt: skip
TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
NUMBERS = {word: float(i) for i, word in enumerate(SMALL)} | {word: 10.0 * i for i, word in enumerate(TENS, 2)} | {
    "a": 1.0, "an": 1.0, "single": 1.0, "half": 0.5, "dozen": 12.0, "hundred": 100.0, "thousand": 1000.0}  # fmt: skip
ORDINALS = {word: i for i, words in enumerate(
    ("first 1st", "second 2nd", "third 3rd", "fourth 4th", "final last"), 1) for word in words.split()}  # fmt: skip
# One letter of ISO 8601 a unit, after "T" where it is part of a day; DE and CE are TIMEX3's for vague amounts of them.
UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y", "hour": "TH", "minute": "TM", "second": "TS", "quarter": "Q",
         "decade": "DE", "centur": "CE"}  # fmt: skip
YEARS_IN = {"decade": 10, "centur": 100}
UNIT_NAMES = (  # without "second", which is an ordinal nearly always
    "day days week weeks month months quarter quarters year years decade decades century centuries hour hours minute minutes "
    "seconds"
)
PARTS_OF_DAY = {"morning": "TMO", "afternoon": "TAF", "evening": "TEV", "night": "TNI"}

MON = (
    r"(?P<mon>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
YEAR = r"(?P<year>(?:19|20)\d\d)"
DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d:])"
POD = r"(?P<pod>morning|afternoon|evening|night)\b"
WD = r"(?P<wd>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
_SMALL, _TENS = "|".join(reversed(SMALL[1:])), "|".join(TENS)
NUM = (
    r"(?P<num>\d{1,3}(?:,\d{3}){1,3}|\d{1,9}(?:\.\d{1,4})?(?: 1/2|½)?|"
    rf"(?:(?:(?:{_TENS})(?:[ -](?:{_SMALL}))?|{_SMALL}|a)(?: (?:hundred|thousand|dozen))?|half an?)\b"
    r"(?: and a half\b)?|half(?=-)|a few|several|few|some|many|(?:a )?couple(?: of)?|single|dozen|hundred|an)"
)
UNIT = r"(?P<unit>day|week|month|year|decade|hour|minute|second|quarter|centur)(?P<many>s|ies)?y?\b"
# What may stand between a number and its unit without a change of the length: "six straight days", "five trading days".
KIND = r"(?P<kind>(?:consecutive|straight|successive|trading|working|business|calendar|full|whole|solid|more|additional)[ -])?"
PARTS = {"early": "early", "beginning": "early", "start": "early", "mid": "mid", "middle": "mid", "late": "late", "end": "late",
         "close": "late"}  # fmt: skip
PART = (
    r"(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate|"
    r"(?:[Tt]he )?(?:very )?(?:[Bb]eginning|[Ss]tart|[Mm]iddle|[Ee]nd|[Cc]lose|[Rr]est|[Rr]emainder) of)[ -])?"
)


@dataclass(frozen=True, slots=True)
class Found:
    """A resolved expression before it becomes a record."""

    type: TimexType
    value: str
    interval: Interval
    anchored: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against: the day of publication, the tense, and what the text spoke of just before."""

    anchor: date | None
    ahead: Callable[[], bool]
    about: Callable[[bool], date | None]
    said: Found | None  # the date named last, of any length

    @property
    def future(self) -> bool:
        """Is what is spoken of still to come? Asked only by those who need it: it costs a walk up the parse."""
        return self.ahead()

    @property
    def day(self) -> date | None:
        """The day that the text is about at this point."""
        return self.about(False)

    @property
    def hours(self) -> date | None:
        """The day that an hour without one is of."""
        return self.about(True)

    @property
    def since(self) -> date | None:
        """What "the next day" and "a year earlier" count from."""
        return (self.said.interval.start if self.said else None) or self.anchor


Rule = Callable[[re.Match[str], Context], Found | None]
Row = tuple[str, Rule, str, str]  # pattern, rule, words of which it needs one, words of which it needs one too, if any


def part(match: re.Match[str]) -> str | None:
    """Early, mid or late, where the expression says so; "the rest of" is none of them."""
    words = (match.groupdict().get("part") or "").lower().split()
    return next((PARTS[word] for word in words if word in PARTS), None)


def month_of(match: re.Match[str]) -> int:
    """The number of the month that is named."""
    return MONTHS[match["mon"].lower().rstrip(".")]


def number_of(text: str) -> float | None:
    """The number that figures or words amount to; None where they are vague ("several")."""
    text = text.lower()
    halves = 0.5 if text.endswith(("and a half", "1/2", "½")) else 0.0
    text = re.sub(r" and a half$| 1/2$|½$", "", text)
    if text[0].isdigit():
        return float(text.replace(",", "")) + halves
    total = 0.0
    for word in re.split("[ -]", "half" if text.startswith("half") else text):
        value = NUMBERS.get(word)
        if value is None:
            return None
        total = (total or 1) * value if value >= 12 and word in ("dozen", "hundred", "thousand") else total + value
    return total + halves
