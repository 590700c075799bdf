"""Whom a page names as where its words came from: agencies in datelines, syndication lines, "citing TASS"."""

from __future__ import annotations

import re

from ..records import Credit
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
ONE = r"(?:The )?[A-Z][\w.&'-]*(?: (?:[A-Z][\w.&'-]*|of)){0,3}"
NAMED_FIRST = re.compile(
    rf"({ONE}(?:, {ONE})*(?:,? and {ONE})?)(?: news (?:agency|company))? (?:reports|reported|report|informs)\b"
)
LIST = re.compile(r",? and |, ")


def credits(text: str) -> list[Credit]:
    """The credits in an article's text, first mention each. `at` is in `text`."""
    found: list[Credit] = []
    for pattern, relation in ((DATELINE, "agency"), (BYLINE_AGENCY, "agency"), (FIRST_ON, "first_published"),
                              (CITING, "citing"), (NAMED_FIRST, "citing")):  # fmt: skip
        for match in pattern.finditer(text):
            if relation == "first_published":
                found.append(Credit(match[1].strip(), "first_published", match.span(1)))
                continue
            start = match.start(1)
            for name in LIST.split(match[1]):
                outlet = outlets.find(name)
                if outlet is not None and outlet.kind != "platform":
                    at = match.string.index(name, start)
                    agency = relation == "agency" and outlet.kind == "agency"
                    found.append(Credit(outlet.name, "agency" if agency else "citing", (at, at + len(name))))
    first: dict[str, Credit] = {}
    for credit in sorted(found, key=lambda c: (c.relation == "citing", c.at or (0, 0))):
        first.setdefault(credit.name, credit)
    return sorted(first.values(), key=lambda c: c.at or (0, 0))
