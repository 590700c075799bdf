"""Time expressions as TIMEX3, resolved to days against the publication day.

A grammar in one list of patterns (`GRAMMAR`); each names a function that turns a match into type, value and interval.
"On Sunday" is the last one unless what is spoken of is still to come; a month and day without a year is the nearest
that fits.
"""

from __future__ import annotations

import re

from ..dates import edtf
from ..records import Interval, Time
from .document import Document, Paragraph
from .tense import is_future
from .times_grammar import GRAMMAR, Context, Rule


def read(document: Document) -> tuple[Time, ...]:
    """All time expressions of the article, in order."""
    out: list[Time] = []
    for paragraph in document.paragraphs:
        out += paragraph_times(document, paragraph)
    return tuple(out)


def paragraph_times(document: Document, paragraph: Paragraph) -> list[Time]:
    """The time expressions of one paragraph. Earlier rules of the grammar win where matches overlap."""
    text = paragraph.doc.text
    taken: list[tuple[int, int, re.Match[str], Rule]] = []
    for pattern, rule, group in GRAMMAR:
        for match in pattern.finditer(text):
            start = _start(match, group)
            if not any(start < b and match.end() > a for a, b, _, _ in taken):
                taken.append((start, match.end(), match, rule))
    out = []
    for start, end, match, rule in sorted(taken, key=lambda t: t[0]):
        span = paragraph.doc.char_span(start, end, alignment_mode="expand")
        future = span is not None and is_future(span.root)
        found = rule(match, Context(document.published, future))
        if found is None:
            continue
        evidence = document.evidence(paragraph, [(start, end)])
        interval = Interval(found.interval.start, found.interval.end, found.interval.precision, evidence.text)
        out.append(
            Time(evidence, found.type, found.value, interval, document.published if found.anchored else None, edtf(interval))
        )
    return out


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
