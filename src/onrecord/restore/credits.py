"""Whom a page names as where its words came from: agencies in datelines, syndication lines, "citing TASS"."""

from __future__ import annotations

import re

from ..records import Credit, Relation
from ..tables import outlets

DATELINE = re.compile(r"^[^\n]{0,80}?\(\s?([A-Z][\w .&/-]{1,30}?)\s?\)\s?[—–-]", re.M)
BYLINE_AGENCY = re.compile(r"^(?:Source|Via|By|With inputs from|With reporting by)\s*:?\s+([A-Z][\w .&-]{1,40})\.?$", re.M)
FIRST_ON = re.compile(
    r"\b(?:originally|first|initially) (?:published|appeared) (?:on|by|in|at) ([A-Z][\w .'-]{1,40}?)(?=[.,\n)]|$)"
)
CITING = re.compile(
    r"\b(?:citing|reports? citing|with reference to|referring to|informs via|reported by|according to|reports|reported|informs)"
    r" (?:the )?((?:[A-Z][\w.&'-]*)(?: (?:[A-Z][\w.&'-]*|of|de)){0,4})"
)
ONE = r"(?:The )?[A-Z][\w.&'-]{0,30}(?: (?:[A-Z][\w.&'-]{0,30}|of)){0,3}"
REPORTED = re.compile(r"(?: news (?:agency|company))? (?:reports|reported|report|informs)\b")
NAMED_BEFORE = re.compile(rf"(?:^|(?<=[\s“\"(]))({ONE}(?:, {ONE}){{0,4}}(?:,? and {ONE})?)$")
WINDOW = 160  # characters before "reported" in which its subject stands; unbounded, the search would be quadratic
LIST = re.compile(r",? and |, ")


def credits(text: str) -> list[Credit]:
    """The credits in an article's text, first mention each. `at` is in `text`."""
    found = [Credit(m[1].strip(), "first_published", m.span(1)) for m in FIRST_ON.finditer(text)]
    for pattern in (DATELINE, BYLINE_AGENCY):
        for match in pattern.finditer(text):
            found += _named(match[1], match.start(1), agency=True)
    for match in CITING.finditer(text):
        found += _named(match[1], match.start(1), agency=False)
    for match in REPORTED.finditer(text):
        low = max(0, match.start() - WINDOW)
        names = NAMED_BEFORE.search(text[low : match.start()])
        if names:
            found += _named(names[1], low + names.start(1), agency=False)
    first: dict[str, Credit] = {}
    for credit in sorted(found, key=lambda c: (c.relation == "citing", c.at or (0, 0))):
        first.setdefault(credit.name, credit)
    return sorted(first.values(), key=lambda c: c.at or (0, 0))


def _named(names: str, start: int, *, agency: bool) -> list[Credit]:
    """The outlets of a list of names ("A, B and C") that begins at `start`."""
    out = []
    for name in LIST.split(names):
        outlet = outlets.find(name)
        if outlet is not None and outlet.kind != "platform":
            at = start + names.index(name)
            relation: Relation = "agency" if agency and outlet.kind == "agency" else "citing"
            out.append(Credit(outlet.name, relation, (at, at + len(name))))
    return out
