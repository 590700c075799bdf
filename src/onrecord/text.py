"""Spans, offset maps, sentence ends and marks: what restoring and reading both need."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from .records import Span, Spans, Stretch

ABBREVIATION = re.compile(
    r"(?:\b(?:U\.S|U\.N|U\.K|E\.U|U\.A\.E|D\.C|a\.m|p\.m|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Rev|Prof|Hon|St|Jr|Sr|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|No|vs|Co|Corp|Inc|Ltd|approx|ca|cf|e\.g|i\.e)|\b[A-Z])\.$"
)
# "KYIV, March 3 (Reuters) – ", "Moscow (AFP) - ": what stands before an agency's first sentence.
DATELINE = re.compile(
    r"^(?:[A-Z][A-Z.'’/-]+(?:[ ,/]+[A-Z][A-Za-z.'’-]+){0,4}|"
    r"[A-Z][a-z]+(?:[ ,]+[A-Z][a-z]+){0,2}(?=,? (?:[A-Z][a-z]{2,8}\.? \d|\()))"
    r"(?:,? +[A-Z][a-z]{2,8}\.? \d{1,2}(?:,? \d{4})?)?,? *(?:\([^()\n]{2,40}\))? *[—–-]{1,2} +(?=\S)"
)

# "“…” — Name, title": a quotation with its speaker after a dash.
SIGNED = re.compile(
    r"\s*(?P<said>[“”\"].{8,}[”\"])\s*(?P<mark>[―—–]|--?)\s*(?P<name>[^\W\d_][\w.'’-]*(?:[ \xa0]+[^\W\d_][\w.'’-]*){0,5})"
    r"(?:[ \xa0]?[,(][^“”\"]{1,80})?[.\s]*$",
    re.S,
)


def slice_of(text: str, spans: Iterable[Span]) -> str:
    """The concatenated slices of `text`."""
    return "".join(text[start:end] for start, end in spans)


def ends_sentence(before: str) -> bool:
    """Does `before` end in a full stop, question or exclamation mark that is no abbreviation's?"""
    tail = before.rstrip().rstrip("\"'”’»)")
    if not tail or tail[-1] not in ".!?…":
        return False
    return not (tail[-1] == "." and ABBREVIATION.search(tail[-12:]))


def trim(text: str, span: Span) -> Span:
    """The span without white space at its ends."""
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def normalise(spans: Iterable[Span]) -> Spans:
    """Ascending, not empty, with overlapping and touching spans made one."""
    out: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return tuple(out)


def lines(text: str) -> Iterator[Span]:
    """The spans of the lines that hold more than white space, without that white space."""
    for match in re.finditer(r"[^\n]+", text):
        start, end = trim(text, match.span())
        if start < end:
            yield start, end


class Builder:
    """Builds a text out of another one and remembers, stretch by stretch, where each part came from."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[str] = []
        self.stretches: list[Stretch] = []
        self.length = 0

    def copy(self, start: int, end: int) -> None:
        """Take source[start:end] as it is."""
        if start >= end:
            return
        last = self.stretches[-1] if self.stretches else None
        if last and last.copied and last.at[1] == start:
            self.stretches[-1] = Stretch(last.start, last.length + end - start, (last.at[0], end))
        else:
            self.stretches.append(Stretch(self.length, end - start, (start, end)))
        self.parts.append(self.source[start:end])
        self.length += end - start

    def put(self, text: str, start: int, end: int) -> Span:
        """Write `text` in place of source[start:end] (which may be empty); returns its span in the result."""
        span = (self.length, self.length + len(text))
        if text:
            self.stretches.append(Stretch(self.length, len(text), (start, end), copied=False))
            self.parts.append(text)
            self.length += len(text)
        return span

    @property
    def text(self) -> str:
        """What has been built so far."""
        return "".join(self.parts)


def to_source(offsets: Sequence[Stretch], spans: Iterable[Span]) -> Spans:
    """Where spans of a built text lie in its source. A repaired stretch is always taken whole.

    Stretches that do not touch in the source give ranges of their own, save where only white space was
    put in between (an empty range in the source), so that one sentence stays one range.
    """
    out: list[Span] = []
    for start, end in spans:
        i = _index(offsets, start)
        while i < len(offsets) and offsets[i].start < end:
            s = offsets[i]
            i += 1
            if s.start + s.length <= start:
                continue
            if s.copied:
                low = s.at[0] + max(start - s.start, 0)
                high = s.at[0] + min(end - s.start, s.length)
            else:
                low, high = s.at
            out.append((low, high))
    return normalise(out)


def _index(offsets: Sequence[Stretch], position: int) -> int:
    """The index of the last stretch that begins at or before a position (0 where none does)."""
    return max(bisect_right(offsets, position, key=lambda stretch: stretch.start) - 1, 0)


def compose(outer: Sequence[Stretch], inner: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The map text → page, from `outer` (text → middle) and `inner` (middle → page)."""
    out: list[Stretch] = []
    for stretch in outer:
        if stretch.copied:
            out.extend(_cut(stretch, inner))
            continue
        where = to_source(inner, [stretch.at])
        at = (where[0][0], where[-1][1]) if where else _point(inner, stretch.at[0])
        out.append(Stretch(stretch.start, stretch.length, at, copied=False))
    return tuple(out)


def _cut(stretch: Stretch, inner: Sequence[Stretch]) -> Iterator[Stretch]:
    """A copied stretch, divided where the inner map has its seams."""
    low, high = stretch.at
    for i in range(_index(inner, low), len(inner)):
        s = inner[i]
        if s.start >= high:
            return
        a, b = max(low, s.start), min(high, s.start + s.length)
        if a >= b:
            continue
        start = stretch.start + a - low
        if s.copied:
            yield Stretch(start, b - a, (s.at[0] + a - s.start, s.at[0] + b - s.start))
        else:
            yield Stretch(start, b - a, s.at, copied=False)


def _point(inner: Sequence[Stretch], position: int) -> Span:
    """The empty page range that a position between two characters of the middle text stands for."""
    for s in inner[_index(inner, position) :]:
        if position <= s.start:
            return s.at[0], s.at[0]
        if position < s.start + s.length and s.copied:
            point = s.at[0] + position - s.start
            return point, point
    end = inner[-1].at[1] if inner else 0
    return end, end
