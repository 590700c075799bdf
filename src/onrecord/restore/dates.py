"""When a page was published: the first of given, metadata, URL, dateline and text that says a whole day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from ..dates import iso_day
from ..records import Published, Span
from ..text import DATELINE

MONTHS = {name: i for i, names in enumerate((
    "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
    "september sept sep", "october oct", "november nov", "december dec"), 1) for name in names.split()}  # fmt: skip
NAME = "|".join(MONTHS)
ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d)?")
IN_URL = re.compile(r"[/_-]((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
IN_URL_MONTH = re.compile(rf"/((?:19|20)\d\d)/({NAME})/(\d\d?)(?=/)", re.I)
MONTH_FIRST = re.compile(rf"\b({NAME})\.?\s+(\d\d?)(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b", re.I)
DAY_FIRST = re.compile(rf"\b(\d\d?)(?:st|nd|rd|th)?\s+({NAME})\.?,?\s+((?:19|20)\d\d)\b", re.I)
NUMBERS = re.compile(r"\b(\d\d)[-./](\d\d)[-./]((?:19|20)\d\d)\b")
LABEL = re.compile(
    r"(?:[A-Z][a-z]+ )?(?:published|posted|updated|date|first published|last modified)\b\s*(?:on|at)?\s*:?\s*$", re.I
)
EARLIEST = 1985


def published(given: str | None, metadata: Iterable[str], url: str | None, text: str, rows: Iterable[Span]) -> Published | None:
    """The publication day, or None. `rows` are the lines of `text` that may carry a printed date."""
    if given:
        return Published(iso_day(given), "day", "given")  # whoever knows the day may well read pages of 1938
    for candidate in metadata:
        value = _iso(candidate) or _printed(candidate)
        if value:
            return Published(value, "day", "metadata")
    value = _from_url(url or "")
    if value:
        return Published(value, "day", "url")
    return _from_lines(text, rows)


def _day(year: str, month: int, day: str) -> date | None:
    try:
        value = date(int(year), month, int(day))
    except ValueError:
        return None
    return value if value.year >= EARLIEST else None


def _iso(value: str) -> date | None:
    """An ISO day, or an ISO date and time, at the start of `value`: the day where the page was published."""
    match = ISO.match(value.strip())
    if match:
        return _day(match[1], int(match[2]), match[3])
    try:
        return datetime.strptime(value.strip()[:25], "%a, %d %b %Y %H:%M:%S").date()
    except ValueError:
        return None


def _printed(value: str) -> date | None:
    found = _first_printed(value)
    return found[0] if found else None


def _first_printed(text: str) -> tuple[date, Span] | None:
    """The first printed date with a year. "03-04-2025" could be two days and is none."""
    candidates = []
    for match in ISO.finditer(text):
        candidates.append((match.span(), _day(match[1], int(match[2]), match[3])))
    for match in MONTH_FIRST.finditer(text):
        candidates.append((match.span(), _day(match[3], MONTHS[match[1].lower()], match[2])))
    for match in DAY_FIRST.finditer(text):
        candidates.append((match.span(), _day(match[3], MONTHS[match[2].lower()], match[1])))
    for match in NUMBERS.finditer(text):
        if int(match[1]) > 12 >= int(match[2]):
            candidates.append((match.span(), _day(match[3], int(match[2]), match[1])))
    found = [(value, span) for span, value in sorted(candidates) if value]
    return found[0] if found else None


def _from_url(url: str) -> date | None:
    match = IN_URL.search(url)
    if match:
        return _day(match[1], int(match[2]), match[3])
    match = IN_URL_MONTH.search(url)
    return _day(match[1], MONTHS[match[2].lower()], match[3]) if match else None


def _from_lines(text: str, rows: Iterable[Span]) -> Published | None:
    """A date alone on its line or after "Published", or in a dateline; never one from within a sentence."""
    for start, end in rows:
        line = text[start:end]
        found = _first_printed(line[:160])
        if not found:
            continue
        value, (a, b) = found
        at = (start + a, start + b)
        before, after = line[:a], line[b:]
        few = len(re.findall(r"\w+", after)) <= 5
        if LABEL.fullmatch(before.strip()) and few:
            return Published(value, "day", "text", at)
        if not re.search(r"[^\W\d_]", before) and few and not re.search(r"\b[A-Z][a-z]+ [a-z]{3,}", after):
            return Published(value, "day", "text", at)
        dateline = DATELINE.match(line)
        if dateline and b <= dateline.end():
            return Published(value, "day", "dateline", at)
    return None
