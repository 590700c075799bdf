"""When a page was published: the first of given, metadata, URL, dateline and text that says a whole day."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from ..dates import iso_day
from ..records import Published, Span
from ..tables import rows
from ..text import DATELINE

MONTHS = {
    name: int(row["month"]) for row in rows("months.tsv") for key, cell in row.items() if key != "month" for name in cell.split()
}
NAME = "|".join(sorted(MONTHS, key=len, reverse=True))
ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d)?")
IN_URL = re.compile(r"[/_-]((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
IN_URL_MONTH = re.compile(rf"/((?:19|20)\d\d)/({NAME})/(\d\d?)(?=/)", re.I)
MONTH_FIRST = re.compile(rf"\b({NAME})\.?\s+(\d\d?)(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b", re.I)
DAY_FIRST = re.compile(rf"\b(\d\d?)(?:st|nd|rd|th|\.|º)?\s+(?:de\s+)?({NAME})\.?,?\s+(?:de\s+)?((?:19|20)\d\d)\b", re.I)
NUMBERS = re.compile(r"\b(\d\d?)[-./](\d\d?)[-./]((?:19|20)\d\d)\b")
LABEL = re.compile(
    r"(?:[A-Z][a-z]+ )?(?:published|posted|date|first published|publicado|veröffentlicht|publié|pubblicato|опубликовано)\b\s*"
    r"(?:on|at|em|am|le|il)?\s*:?\s*$",
    re.I,
)
UPDATED = re.compile(
    r"\W*(?:last )?(?:updated|modified|changed|aktualisiert|mis à jour|atualizado|actualizado|aggiornato)\b", re.I
)
# What may stand before a printed day on its line: an author, with or without "By".
BYLINE = re.compile(r"(?:(?:By|Von|Por|Par|Di) [^\n]{3,60}?[\s|,·•/–—-]*|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3} *[|,·•/–—-]+ *)$")
# What may stand after it and says nothing: an hour, a time zone, how long it takes to read.
AFTER = re.compile(
    r"(?:\b(?:at|um|à|às|kl)\b|\d{1,2}[:.h]\d\d|\b[ap]\.?m\b\.?|"
    r"\b(?:[A-Z]{2,4}T|UTC|GMT|ET|PT|CT)\b|\d+ min(?:ute)?s?\b.{0,8}|\bread\b)",
    re.I,
)
PARTED = re.compile(r"\s*(?:[|·•–—-]|$)")
EARLIEST = 1985


def published(
    given: str | None, metadata: Iterable[str], url: str | None, text: str, printed: Iterable[Span], *, day_first: bool = False
) -> Published | None:
    """The publication day where it was published, or None. `printed` are the lines of `text` that may carry a date; `day_first`
    says that 05/10 is the fifth of October on this page, else it could be two days and is none."""
    if given:
        return Published(iso_day(given), "day", "given")  # whoever knows the day may well read pages of 1938
    told = next((value for candidate in metadata if (value := _iso(candidate) or _printed(candidate))), None)
    in_url = _from_url(url or "")
    shown = _from_lines(text, printed, day_first)
    if told is None:
        return Published(in_url, "day", "url") if in_url else shown
    # Metadata are often in UTC, where the evening of one day is the next: the day that the page itself prints is the local one.
    for local in (shown.value if shown else None, in_url):
        if local is not None and abs((local - told).days) == 1:
            told = local
            break
    return Published(told, "day", "metadata")


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


def _first_printed(text: str, day_first: bool = False) -> tuple[date, Span] | None:
    """The first printed date with a year. "03-04-2025" could be two days and is none."""
    candidates = []
    for match in ISO.finditer(text):
        candidates.append((match.span(), _day(match[1], int(match[2]), match[3])))
    for match in MONTH_FIRST.finditer(text):
        candidates.append((match.span(), _day(match[3], MONTHS[match[1].lower()], match[2])))
    for match in DAY_FIRST.finditer(text):
        candidates.append((match.span(), _day(match[3], MONTHS[match[2].lower()], match[1])))
    for match in NUMBERS.finditer(text):
        if int(match[2]) <= 12 and (day_first or int(match[1]) > 12 or match[1] == match[2]):
            candidates.append((match.span(), _day(match[3], int(match[2]), match[1])))
    found = [(value, span) for span, value in sorted(candidates) if value]
    return found[0] if found else None


def _from_url(url: str) -> date | None:
    match = IN_URL.search(url)
    if match:
        return _day(match[1], int(match[2]), match[3])
    match = IN_URL_MONTH.search(url)
    return _day(match[1], MONTHS[match[2].lower()], match[3]) if match else None


def _from_lines(text: str, printed: Iterable[Span], day_first: bool) -> Published | None:
    """A date alone on its line or after "Published", or in a dateline; never one from within a sentence."""
    for start, end in printed:
        line = text[start:end]
        if UPDATED.match(line):
            continue  # when it was last changed is not when it was published
        found = _first_printed(line[:160], day_first)
        if not found:
            continue
        value, (a, b) = found
        at = (start + a, start + b)
        before, after = line[:a], line[b:]
        alone = not before.strip() and len(line) < 120 and bool(PARTED.match(after))
        few = alone or len(re.findall(r"\w+", AFTER.sub(" ", after))) <= 5
        if (LABEL.fullmatch(before.strip()) or LABEL.search(before[-40:]) or BYLINE.match(before)) and few:
            return Published(value, "day", "text", at)
        if alone or (not re.search(r"[^\W\d_]", before) and few and not re.search(r"\b[A-Z][a-z]+ [a-z]{3,}", after)):
            return Published(value, "day", "text", at)
        dateline = DATELINE.match(line)
        if dateline and b <= dateline.end():
            return Published(value, "day", "dateline", at)
    return None
