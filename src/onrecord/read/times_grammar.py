"""The grammar of time expressions: patterns, and what each resolves to against a day.

A rule gets a match and its context and gives type, value and interval, or None where it is no time after all.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from ..dates import add_months, day, last_day, month, week, year
from ..records import Interval, TimexType

MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"
)  # fmt: skip
MONTHS = {name: i for i, name in enumerate(MONTH_NAMES, 1)} | {
    name[:3]: i for i, name in enumerate(MONTH_NAMES, 1)} | {"sept": 9}  # fmt: skip
WEEKDAYS = {name: i for i, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))}
NUMBERS = {word: i for i, word in enumerate(
    ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"])} | {
    "a": 1, "an": 1, "several": None, "few": None, "some": None, "many": None, "couple": 2, "dozen": 12}  # fmt: skip
UNITS = {"day": "D", "week": "W", "month": "M", "year": "Y", "decade": "0Y", "century": "00Y", "hour": "TH", "minute": "TM",
         "second": "TS", "quarter": "Q"}  # fmt: skip
SEASONS = {
    "spring": ("SP", 3, 5),
    "summer": ("SU", 6, 8),
    "autumn": ("FA", 9, 11),
    "fall": ("FA", 9, 11),
    "winter": ("WI", 12, 2),
}
MON = (
    r"(?P<mon>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
)
YEAR = r"(?P<year>(?:19|20)\d\d)"
DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?![\d:])"
WD = r"(?P<wd>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
NUM = r"(?P<num>\d[\d,.]*|" + "|".join(k for k in NUMBERS if k not in ("zero",)) + ")"
UNIT = r"(?P<unit>day|week|month|year|decade|hour|minute|second|quarter|centur)(?:y|ies|s)?\b"
PART = r"(?P<part>early|mid|late|beginning of|end of|middle of)"


@dataclass(frozen=True, slots=True)
class Found:
    """A resolved expression before it becomes a record."""

    type: TimexType
    value: str
    interval: Interval
    anchored: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against."""

    anchor: date | None
    future: bool


Rule = Callable[[re.Match[str], Context], Found | None]


def _iso(value: date) -> str:
    return value.isoformat()


def _date(value: date, anchored: bool) -> Found:
    return Found("DATE", _iso(value), day(value), anchored)


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


def _month_number(match: re.Match[str]) -> int:
    return MONTHS[match["mon"].lower().rstrip(".")]


def _full(match: re.Match[str], context: Context) -> Found | None:
    value = _make(int(match["year"]), _month_number(match), int(match["day"]))
    return _date(value, False) if value else None


def _numeric(match: re.Match[str], context: Context) -> Found | None:
    value = _make(int(match["year"]), int(match["m"]), int(match["day"]))
    return _date(value, False) if value else None


def _month_day(match: re.Match[str], context: Context) -> Found | None:
    number, day_ = _month_number(match), int(match["day"])
    if context.anchor is None:
        return Found("DATE", f"XXXX-{number:02d}-{day_:02d}", Interval(), True)
    value = nearest_year(context.anchor, number, day_, context.future)
    return _date(value, True) if value else None


def _month_year(match: re.Match[str], context: Context) -> Found:
    number, year_ = _month_number(match), int(match["year"])
    return Found("DATE", f"{year_}-{number:02d}", month(year_, number, _part(match)), False)


def _part(match: re.Match[str]) -> str | None:
    word = (match.groupdict().get("part") or "").lower()
    return {"early": "early", "beginning of": "early", "mid": "mid", "middle of": "mid", "late": "late", "end of": "late"}.get(
        word
    )


def _month_alone(match: re.Match[str], context: Context) -> Found | None:
    if match["mon"].lower() in ("may", "march", "mar", "jun", "sep", "dec", "jan") and not match["lead"] and not _part(match):
        return None
    number = _month_number(match)
    if context.anchor is None:
        return Found("DATE", f"XXXX-{number:02d}", Interval(), True)
    lead = (match["lead"] or "").lower()
    year_ = context.anchor.year
    if lead.startswith("last") or (not context.future and number > context.anchor.month and not lead.startswith("next")):
        year_ -= number > context.anchor.month or (lead.startswith("last") and number == context.anchor.month)
    elif (lead.startswith("next") or context.future) and number < context.anchor.month:
        year_ += 1
    return Found("DATE", f"{year_}-{number:02d}", month(year_, number, _part(match)), True)


def _weekday(match: re.Match[str], context: Context) -> Found | None:
    if context.anchor is None:
        return Found("DATE", "XXXX-WXX-" + str(WEEKDAYS[match["wd"].lower()] + 1), Interval(), True)
    lead = (match["lead"] or "").lower()
    back = (context.anchor.weekday() - WEEKDAYS[match["wd"].lower()]) % 7
    if lead.startswith(("next", "coming", "upcoming")) or (context.future and not lead.startswith(("last", "previous"))):
        ahead = (-back) % 7
        return _date(context.anchor + timedelta(days=ahead or (7 if lead else 0)), True)
    if lead.startswith(("last", "previous")) and back == 0:
        back = 7
    return _date(context.anchor - timedelta(days=back), True)


def _relative_day(match: re.Match[str], context: Context) -> Found | None:
    word = match["word"].lower()
    shift = {"yesterday": -1, "today": 0, "tomorrow": 1, "tonight": 0, "this morning": 0, "this afternoon": 0,
             "this evening": 0, "last night": -1, "overnight": 0, "earlier in the day": 0}[word]  # fmt: skip
    if context.anchor is None:
        return None
    value = context.anchor + timedelta(days=shift)
    suffix = {"tonight": "TNI", "this morning": "TMO", "this afternoon": "TAF", "this evening": "TEV", "last night": "TNI"}
    if word in suffix:
        return Found("TIME", _iso(value) + suffix[word], day(value), True)
    return _date(value, True)


def _relative_unit(match: re.Match[str], context: Context) -> Found | None:
    """This, last, next week, month, year."""
    lead, unit = match["lead"].lower(), match["unit"].lower()
    step = {"last": -1, "previous": -1, "past": -1, "this": 0, "current": 0, "next": 1, "coming": 1, "following": 1}[lead]
    if context.anchor is None:
        return None
    if unit == "week":
        monday = context.anchor - timedelta(days=context.anchor.weekday()) + timedelta(weeks=step)
        iso = monday.isocalendar()
        return Found("DATE", f"{iso[0]}-W{iso[1]:02d}", week(monday), True)
    if unit == "month":
        first = add_months(context.anchor.replace(day=1), step)
        return Found("DATE", f"{first:%Y-%m}", month(first.year, first.month), True)
    if unit == "year":
        return Found("DATE", str(context.anchor.year + step), year(context.anchor.year + step), True)
    if unit == "quarter":
        quarter = (context.anchor.month - 1) // 3 + step
        year_, quarter = context.anchor.year + quarter // 4, quarter % 4
        interval = Interval(date(year_, quarter * 3 + 1, 1), last_day(year_, quarter * 3 + 3), "range")
        return Found("DATE", f"{year_}-Q{quarter + 1}", interval, True)
    return None


def _number(text: str) -> float | None:
    if text[0].isdigit():
        try:
            return float(text.replace(",", ""))
        except ValueError:
            return None
    return NUMBERS.get(text.lower())


def _duration_value(number: float | None, unit: str) -> str:
    code = UNITS["century" if unit == "centur" else unit]
    amount = "X" if number is None else f"{number:g}"
    return f"PT{amount}{code[1]}" if code[0] == "T" else f"P{amount}{code}"


def _duration(match: re.Match[str], context: Context) -> Found | None:
    unit = match["unit"].lower()
    if unit == "second" and match["num"].lower() in ("a", "an"):
        return None
    return Found("DURATION", _duration_value(_number(match["num"]), unit), Interval(), False)


def _vague_duration(match: re.Match[str], context: Context) -> Found:
    """ "For weeks", "in recent months": an open interval up to the anchor."""
    end = context.anchor if not context.future else None
    value = _duration_value(None, match["unit"].lower())
    return Found("DURATION", value, Interval(None, end, "open") if end else Interval(), True)


def _ago(match: re.Match[str], context: Context) -> Found | None:
    number, unit = _number(match["num"]), match["unit"].lower()
    direction = match["dir"].lower()
    if context.anchor is None or number is None or number != int(number):
        return Found("DURATION" if direction not in ("ago",) else "DATE", "PAST_REF" if direction == "ago" else
                     _duration_value(number, unit), Interval(), True)  # fmt: skip
    sign = -1 if direction in ("ago", "earlier", "before") else 1
    steps = sign * int(number)
    if unit == "day":
        return _date(context.anchor + timedelta(days=steps), True)
    if unit == "week":
        value = context.anchor + timedelta(weeks=steps)
        iso = value.isocalendar()
        return Found("DATE", f"{iso[0]}-W{iso[1]:02d}", week(value - timedelta(days=value.weekday())), True)
    if unit == "month":
        first = add_months(context.anchor, steps)
        return Found("DATE", f"{first:%Y-%m}", month(first.year, first.month), True)
    if unit in ("year", "decade"):
        number_ = context.anchor.year + steps * (10 if unit == "decade" else 1)
        return Found("DATE", str(number_), year(number_), True) if 1 < number_ < 9999 else None
    return Found("TIME", _duration_value(number, unit), day(context.anchor) if unit in ("hour", "minute") else Interval(), True)


def _year(match: re.Match[str], context: Context) -> Found:
    number = int(match["year"])
    part = _part(match)
    if part:
        low, high = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[part]
        return Found("DATE", str(number), Interval(date(number, low, 1), last_day(number, high), "range"), False)
    return Found("DATE", str(number), year(number), False)


def _decade(match: re.Match[str], context: Context) -> Found:
    number = int(match["year"]) // 10 * 10
    return Found("DATE", str(number)[:3], Interval(date(number, 1, 1), date(number + 9, 12, 31), "range"), False)


def _season(match: re.Match[str], context: Context) -> Found | None:
    code, low, high = SEASONS[match["season"].lower()]
    lead = (match["lead"] or "").lower().split()
    year_ = int(match["year"]) if match["year"] else None
    if year_ is None:
        if context.anchor is None or not lead:
            return None
        year_ = context.anchor.year + {"last": -1, "next": 1}.get(lead[-1], 0)
        if lead[-1] == "last" and low < context.anchor.month and high < context.anchor.month:
            year_ += 1
    end = last_day(year_ + (high < low), high)
    return Found("DATE", f"{year_}-{code}", Interval(date(year_, low, 1), end, "range"), match["year"] is None)


def _set(match: re.Match[str], context: Context) -> Found:
    word = match[0].lower()
    unit = {"daily": "D", "weekly": "W", "monthly": "M", "annual": "Y", "annually": "Y", "yearly": "Y"}.get(word)
    if unit is None:
        unit = UNITS.get(re.sub(r"^(?:every|each) ", "", word), "D")
    return Found("SET", f"P1{unit}", Interval(), False)


def _now(match: re.Match[str], context: Context) -> Found:
    word = match[0].lower()
    future = word in ("soon", "in the near future", "in the future", "in the coming days", "shortly")
    value = (
        "FUTURE_REF" if future else "PRESENT_REF" if word in ("now", "currently", "at the moment", "at present") else "PAST_REF"
    )
    if future:
        return Found("DATE", value, Interval(context.anchor, None, "open") if context.anchor else Interval(), True)
    if value == "PAST_REF":
        return Found("DATE", value, Interval(None, context.anchor, "open") if context.anchor else Interval(), True)
    return Found("DATE", value, day(context.anchor) if context.anchor else Interval(), True)


def _clock(match: re.Match[str], context: Context) -> Found | None:
    hour = int(match["h"]) % 12 + (12 if match["half"].lower().startswith("p") else 0)
    minute = int(match["min"] or 0)
    if context.anchor is None or hour > 23 or minute > 59:
        return None
    return Found("TIME", f"{_iso(context.anchor)}T{hour:02d}:{minute:02d}", day(context.anchor), True)


LEAD = (
    r"(?:(?P<lead>last|next|this|in|since|until|by|during|of|from|"
    r"the previous|previous|coming|the coming|this coming|upcoming|this past) )?"
)
GRAMMAR: tuple[tuple[re.Pattern[str], Rule, str], ...] = tuple(
    (re.compile(pattern, re.I if flags else 0), rule, group)
    for pattern, rule, flags, group in (
        (rf"\b(?:{WD},? (?:the )?)?{MON} {DAY},? {YEAR}\b", _full, True, ""),
        (rf"\b(?:{WD},? )?{DAY}(?: of)? {MON},? {YEAR}\b", _full, True, ""),
        (rf"\b{YEAR}-(?P<m>0[1-9]|1[0-2])-(?P<day>[0-3]\d)\b", _numeric, False, ""),
        (rf"\b(?P<day>[0-3]\d)[./](?P<m>0[1-9]|1[0-2])[./]{YEAR}\b", _numeric, False, ""),
        (rf"\b(?:{PART}[ -])?{MON},? (?:of )?{YEAR}\b", _month_year, False, ""),
        (rf"\b(?:{WD},? (?:the )?)?{MON} {DAY}\b", _month_day, False, ""),
        (rf"\b(?:{WD},? )?(?:the )?{DAY}(?: of)? {MON}(?![\w-])", _month_day, False, ""),
        (r"\b(?P<h>\d\d?)(?::(?P<min>\d\d))? ?(?P<half>[ap]\.?m\b\.?)", _clock, True, ""),
        (rf"\b{LEAD}{WD}\b", _weekday, False, "wd"),
        (rf"(?:\b{PART}[ -]|\b){LEAD}{MON}(?![\w-])", _month_alone, False, "mon"),
        (
            r"\b(?P<word>yesterday|today|tomorrow|tonight|this morning|this afternoon|this evening|last night|"
            r"earlier in the day)\b",
            _relative_day,
            True,
            "",
        ),
        (
            rf"\b(?:(?P<part>early|late|mid)[ -])?(?P<lead>[Ll]ast|[Tt]his|[Nn]ext|[Pp]revious|[Cc]urrent|"
            rf"[Cc]oming|[Ff]ollowing) {UNIT}(?<!s)",
            _relative_unit,
            False,
            "lead",
        ),
        (rf"\b{NUM}[ -](?:of )?{UNIT} (?P<dir>ago|earlier|later|before|from now)\b", _ago, True, ""),
        (rf"\b(?:the )?(?:last|past|next|recent|coming|previous|first) {NUM}[ -]{UNIT}", _duration, True, ""),
        (
            rf"\b(?:for|in|over|within|after) (?:the )?(?P<lead>last|past|recent|next|coming|previous|"
            rf"current|many|several)? ?{UNIT}(?<=s)(?! ago| earlier| later)",
            _vague_duration,
            True,
            "lead",
        ),
        (
            r"\b(?:more than |at least |nearly |almost |about |around )?"
            + NUM
            + r"[ -](?:and[ -]a[ -]half[ -])?"
            + UNIT
            + r"(?:-(?:long|old))?(?! ago)",
            _duration,
            True,
            "num",
        ),
        (
            rf"\b(?P<lead>[Ll]ast |[Tt]his |[Nn]ext |the |in |In )?(?P<season>spring|summer|autumn|fall|winter)"
            rf"(?:(?: of)? {YEAR})?\b(?! in| to| by)",
            _season,
            False,
            "",
        ),
        (r"\b(?:the )?(?:early |late |mid-?)?(?P<year>(?:19|20)\d0)s\b", _decade, True, ""),
        (
            rf"(?<![\d.,$€£/-])(?:{PART}[ -])?\b{YEAR}\b(?![\d%]|[.,]\d|-\d|/\d| (?:people|men|women|percent|troops))",
            _year,
            False,
            "",
        ),
        (r"\b(?:daily|weekly|monthly|annual|annually|yearly|(?:every|each) (?:day|week|month|year))\b", _set, True, ""),
        (
            r"\b(?:now|currently|recently|at the moment|at present|soon|shortly|in the near future|"
            r"in the coming days|previously|in the past)\b",
            _now,
            True,
            "",
        ),
    )
)
