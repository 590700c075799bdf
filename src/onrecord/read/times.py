"""Time expressions as TIMEX3, resolved to days against the publication day.

A grammar in one list of patterns (`GRAMMAR`); each names a function that turns a match into type, value and interval.
"On Sunday" is the last one unless what is spoken of is still to come; a month and day without a year is the nearest
that fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from ..dates import edtf
from ..records import Evidence, Interval, Time
from ..text import DATELINE
from .document import Document, Paragraph
from .tense import is_future
from .times_grammar import GRAMMAR, Context, Found, Rule


def read(document: Document) -> tuple[Time, ...]:
    """All time expressions: of printed date lines, of the dateline, then of the title and body in order."""
    out = _printed(document) + _dateline(document)
    for paragraph in document.paragraphs:
        out += paragraph_times(document, paragraph)
    return tuple(out)


def paragraph_times(document: Document, paragraph: Paragraph) -> list[Time]:
    """The time expressions of one paragraph."""

    def ahead(start: int, end: int) -> bool:
        span = paragraph.doc.char_span(start, end, alignment_mode="expand")
        return span is not None and is_future(span.root)

    found = resolve(paragraph.doc.text, document.published, ahead)
    return [_record(document, document.evidence(paragraph, [(start, end)]), what) for start, end, what in found]


def resolve(text: str, anchor: date | None, ahead: Callable[[int, int], bool]) -> Iterator[tuple[int, int, Found]]:
    """Start, end and meaning of each expression in a text. Earlier rules of the grammar win where matches overlap."""
    taken: list[tuple[int, int, re.Match[str], Rule]] = []
    for pattern, rule, group in GRAMMAR:
        for match in pattern.finditer(text):
            start = _start(match, group)
            if not any(start < b and match.end() > a for a, b, _, _ in taken):
                taken.append((start, match.end(), match, rule))
    for start, end, match, rule in sorted(taken, key=lambda t: t[0]):
        found = rule(match, Context(anchor, ahead(start, end)))
        if found is not None:
            yield start, end, found


def _record(document: Document, evidence: Evidence, found: Found) -> Time:
    interval = Interval(found.interval.start, found.interval.end, found.interval.precision, evidence.text)
    return Time(evidence, found.type, found.value, interval, document.published if found.anchored else None, edtf(interval))


def _printed(document: Document) -> list[Time]:
    """The times of date lines, which stand in the page and not in the article."""
    out = []
    for dropped in document.article.dropped:
        if dropped.reason != "date or byline" or dropped.at is None:
            continue
        for start, end, found in resolve(dropped.text, document.published, lambda *_: False):
            at = (dropped.at[0] + start, dropped.at[0] + end)
            out.append(_record(document, Evidence("page", None, (at,), dropped.text[start:end]), found))
    return out


def _dateline(document: Document) -> list[Time]:
    """The times of the dateline, which is not parsed with its paragraph."""
    first = document.article.text.split("\n", 1)[0]
    match = DATELINE.match(first)
    if match is None:
        return []
    opening = Paragraph(document.paragraphs[0].doc, 0, "body")
    found = resolve(match[0], document.published, lambda *_: False)
    return [_record(document, document.evidence(opening, [(start, end)]), what) for start, end, what in found]


KEPT_LEADS = ("last", "next", "this", "coming", "upcoming", "previous")


def _start(match: re.Match[str], group: str) -> int:
    """Where the expression itself begins: "on", "in" and "since" are not part of it, "last" and "early" are."""
    groups = match.groupdict()
    lead = (groups.get("lead") or "").lower()
    if group in ("wd", "mon"):
        if groups.get("part"):
            return match.start("part")
        return match.start("lead") if any(word in lead for word in KEPT_LEADS) else match.start(group)
    if group == "lead":
        return match.start("lead") if lead else match.start("unit")
    return match.start()
