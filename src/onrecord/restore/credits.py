"""Whom a page names as where its words came from: agencies in datelines, syndication lines, "citing TASS"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from ..records import Credit, Relation, Span
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
CAPITALISED = re.compile(r"\b[A-Z]\w*|\bdpa\b")
LIST = re.compile(r",? and |, ")
# A known outlet's name with a word of reporting beside it: "told CNN", "CNN's Jill Roe reported", "in an interview with the BBC".
BEFORE = re.compile(
    r"(?:\b(?:told|tells|telling|informed|citing|cited|quoting|per|via|according to|"
    r"interview (?:with|by|to|on|for)|(?:reported|published|carried|quoted) (?:by|in|on)|"
    r"reports? (?:by|from|in|on)|(?:article|piece|statement|op-ed|column|story|poll) (?:by|in|for|from)|"
    r"(?:said|says|writes|wrote|appeared|speaking|spoke) (?:in|on|to|with)))"
    r"\s+(?:the\s+|a\s+)?[“\"]?$",
    re.I,
)
BESIDE = re.compile(r"(?:['’]s?)?(?:\s+(?:news (?:agency|company)|newspaper|magazine|website|correspondent|reporter|journalist))?"
    r"(?:\s+[A-Z][\w.'’-]+){0,3}"
                    r"(?:\s+(?:and|first|also|later|has|had|previously))*\s+"
    r"(?:reports?|reported|reporting|writes|wrote|published|revealed|noted|notes|quoted|quotes|says|said)\b")  # fmt: skip


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
    for low, high in _mentions(text):
        if BEFORE.search(text[max(0, low - 40) : low]) or BESIDE.match(text[high : high + 80]):
            found += _named(text[low:high], low, agency=False)
    first: dict[str, Credit] = {}
    for credit in sorted(found, key=lambda c: (c.relation == "citing", c.at or (0, 0))):
        first.setdefault(credit.name, credit)
    return sorted(first.values(), key=lambda c: c.at or (0, 0))


def _mentions(text: str) -> Iterator[Span]:
    """Where outlets and agencies are named, the longest name at each place."""
    names = _by_first_word()
    for word in CAPITALISED.finditer(text):
        for name in names.get(word[0], ()):
            high = word.start() + len(name)
            if text.startswith(name, word.start()) and not text[high : high + 1].isalnum():
                yield word.start(), high
                break


@cache
def _by_first_word() -> dict[str, list[str]]:
    """The names of outlets by their first word, the longest first."""
    names = {name for o in outlets.all_outlets() if o.kind != "platform" for name in (o.name, *o.names) if len(name) > 2}
    out: dict[str, list[str]] = {}
    for name in sorted(names, key=len, reverse=True):
        first = CAPITALISED.match(name)
        if first:
            out.setdefault(first[0], []).append(name)
    return out


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
