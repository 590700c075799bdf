"""How the lines of an article join: which breaks are real, and where sentences were run together.

Lines that broke after an abbreviation, within a sentence or inside a quotation are joined, and `year.When` becomes two
paragraphs.
"""

from __future__ import annotations

import re

from ..records import Repair, Span
from ..text import ABBREVIATION, SIGNED, Builder, ends_sentence

# Where two sentences touch: after a stop, with what may close or open around it ("lie.”—One", "ocean.((WN))"); after a year; and
# where a heading without a stop touches a word that begins sentences ("worksThe FSB").
GLUED = re.compile(
    r"(?<=[a-z0-9)\]”’%])([.!?]+[\])”’]*)(?=[—–(“]*[A-Z“][a-zA-Z’“]|[AI] )|(?<=[a-z]\[[.!?]\])([”’]*)(?=[A-Z][a-z])|"
    r"(?<=[a-z][.!?]”)(?=[A-Z][a-z])|(?<=\b(?:19|20)\d\d)(?=[A-Z][a-z]* )|(?<=[A-Z]{2})([.!?])(?=[A-Z][a-z]+ )|"
    r"(?<=[a-z]{2})(?=(?:The|This|These|Those|It|He|She|They|We|There|After|When|While|According|But|However|Although|Since) |"
    r"(?:Image|Photo|Picture|Video): )"
)
HALVES = re.compile(r"(?<!\w)(?P<left>[^\W\d_]{3,30}[a-z]|(?:19|20)\d\d)(?=(?P<right>[A-Z]\w{1,30})(?!\w))")
ADDRESS = re.compile(r"\S*(?:www\.|https?:|@|\.(?:com|org|net|co|uk|ru|az|io)\b)\S*", re.I)
LONGEST_ADDRESS = 100  # characters looked at around a full stop, so that time stays linear
LONG_LINE = 45  # characters: a shorter line without a full stop may be a heading, a longer one was broken
GAP = "\n\n"  # between paragraphs
RUN_TOGETHER = 2  # seams between sentences from which on a page's paragraphs were run together

Seams = list[re.Match[str]]


def join(text: str, rows: tuple[Span, ...]) -> tuple[Builder, list[Repair]]:
    """The body (`rows` are its lines): one paragraph a line. Repairs carry places in `text`."""
    builder, repairs = Builder(text), []
    previous: Span | None = None
    inside = False  # a quotation that is still open
    for row, found in zip(rows, _seams(text, rows), strict=True):
        if previous is not None:
            gap = (previous[1], row[0])
            if _broken(text, previous, row, inside):
                builder.put(" ", *gap)
                repairs.append(Repair("broken_line", gap, text[slice(*gap)], " "))
            else:
                builder.put(GAP, *gap)
                inside = False
        position = row[0]
        for match in found:
            if " " not in text[position : match.end()] or ADDRESS.match(_word_around(text, match.start(), match.end())):
                continue
            builder.copy(position, match.end())
            builder.put(GAP, match.end(), match.end())
            repairs.append(Repair("glued_sentence", (match.end(), match.end()), "", GAP))
            position = match.end()
        builder.copy(position, row[1])
        line = text[slice(*row)]
        opened, closed = line.rfind("“"), line.rfind("”")
        inside = opened > closed if max(opened, closed) >= 0 else inside
        previous = row
    return builder, repairs


def _seams(text: str, rows: tuple[Span, ...]) -> list[Seams]:
    """Where sentences touch, row by row. Where they do all over the page, also within words whose second half begins sentences
    of it ("RobertsAnother"); else such a word ("MarineTraffic") is a name."""
    found = [list(GLUED.finditer(text, *row)) for row in rows]
    if sum(map(len, found)) < RUN_TOGETHER or not HALVES.search(text):
        return found
    beginnings = frozenset(re.findall(r"(?:^|[.!?]\W{1,6})(\w+)", text, re.M))
    halves = ([m for m in HALVES.finditer(text, *row) if m["right"] in beginnings] for row in rows)
    return [sorted([*a, *b], key=lambda m: m.end()) for a, b in zip(found, halves, strict=True)]


def _word_around(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - LONGEST_ADDRESS) : start], text[end : end + LONGEST_ADDRESS]
    return re.split(r"\s", before)[-1] + text[start:end] + re.split(r"\s", after)[0]


def _broken(text: str, before: Span, after: Span, inside: bool) -> bool:
    """Did a scraper break one paragraph here?"""
    line, following = text[slice(*before)], text[slice(*after)]
    blank = text[before[1] : after[0]].count("\n") > 1
    if inside and not following.startswith(("“", '"')):
        return True
    if ABBREVIATION.search(line[-12:]) and not blank:
        return True
    if ends_sentence(line) or line.endswith(":") or SIGNED.match(line):
        return False
    return following[:1].islower() or (len(line) >= LONG_LINE and not blank)
