"""Time expressions as TIMEX3, resolved to days against the publication day.

A grammar of patterns (`times_grammar`); each names a function that turns a match into type, value and interval.
"On Sunday" is the last one unless what is spoken of is still to come; a month and day without a year is the nearest
that fits.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from spacy.tokens import Token

from ..dates import edtf
from ..records import Evidence, Interval, Time
from ..text import DATELINE
from .document import Document, Paragraph
from .tense import auxiliaries, clause, is_future
from .times_calls import rows_for
from .times_words import Context, Found, Rule

STOP = re.compile(r"[.!?]['’”\")]* +[A-Z“\"']")
COMPARED = re.compile(r"\bearlier$|\bsame period\b|\byear-ago\b")
SMALL = {ord(letter): letter.lower() for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
NEAR = 31  # days from publication; a day further away is background, and "the day" that follows is not that one


def read(document: Document) -> tuple[Time, ...]:
    """All time expressions: of printed date lines, of the dateline, then of the title and body in order."""
    out = _printed(document) + _dateline(document)
    talk = Talk(document.published)
    talk.own = next((t.interval.start for t in out if t.type == "DATE" and t.interval.precision == "day"), None)
    for paragraph in document.paragraphs:
        out += paragraph_times(document, paragraph, talk)
    return tuple(out)


def paragraph_times(document: Document, paragraph: Paragraph, talk: Talk | None = None) -> list[Time]:
    """The time expressions of one paragraph."""

    def ahead(start: int, end: int) -> bool:
        span = paragraph.doc.char_span(start, end, alignment_mode="expand")
        return span is not None and (is_future(span.root) or _is_due(span.root))

    found = resolve(paragraph.text, document.published, ahead, talk)
    return [_record(document, document.evidence(paragraph, [(start, end)]), what) for start, end, what in found]


def _is_due(token: Token) -> bool:
    """ "Should be completed in October": for a date, unlike for a contact, that is still to come."""
    return any("should" in (helpers := [a.lower_ for a in auxiliaries(verb)]) and "have" not in helpers for verb in clause(token))


@dataclass(slots=True)
class Talk:
    """What a text has spoken of so far, for what counts from it: "the same day", "a year earlier", "at 16:08 UTC"."""

    anchor: date | None
    own: date | None = None  # the day that the article is printed with, else that of publication
    day: date | None = None  # the last one near it: what the text is about
    said: Found | None = None  # the date named last
    end: int | None = None  # where it was named, in the paragraph at hand

    def day_at(self, text: str, start: int, hour: bool) -> date | None:
        """The day that an expression without one belongs to: that of its sentence, else that of the text so far.

        An hour is of a day that its own paragraph names, or the article's own: in a running report each paragraph begins so.
        """
        said, end = self.said, self.end
        if said and end is not None and said.interval.precision == "day" and not STOP.search(text, end, start):
            return said.interval.start
        if hour and end is None:
            return self.own or self.anchor
        return self.day or self.own or self.anchor

    def hear(self, text: str, start: int, end: int, found: Found) -> None:
        """Take note of an expression, if it is a date."""
        first = found.interval.start
        if found.type not in ("DATE", "TIME") or found.value.endswith("_REF") or first is None or found.interval.end is None:
            return
        if text.endswith(("since ", "Since "), 0, start) or COMPARED.search(text[start:end]):
            return  # "the lowest level since October 9, 2002", "up from 12 percent a year earlier"
        self.said, self.end = found, end
        if found.interval.precision == "day" and self.anchor and abs((first - self.anchor).days) <= NEAR:
            self.day = first


def resolve(
    text: str, anchor: date | None, ahead: Callable[[int, int], bool], talk: Talk | None = None
) -> Iterator[tuple[int, int, Found]]:
    """Start, end and meaning of each expression in a text. Earlier rows of the grammar win where matches overlap."""
    taken: list[tuple[int, int, re.Match[str], Rule]] = []
    small = text.lower()
    if len(small) != len(text):  # a few letters of other alphabets grow
        small = text.translate(SMALL)
    for row in rows_for(text, small):
        for match in row.pattern.finditer(small if row.small else text):
            start, end = match.span(row.group)
            if all(start >= b or end <= a for a, b, _, _ in taken):
                taken.append((start, end, match, row.rule))
    if not taken:
        return
    talk = talk or Talk(anchor)
    talk.end = None
    for start, end, match, rule in sorted(taken, key=lambda t: t[0]):
        found = rule(match, Context(anchor, partial(ahead, start, end), partial(talk.day_at, text, start), talk.said))
        if found is not None:
            talk.hear(text, start, end, found)
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
