"""How the lines of an article join: which breaks are real, and where sentences were run together.

Lines that broke after an abbreviation, within a sentence or inside a quotation are joined, and `year.When` becomes two
paragraphs.
"""

from __future__ import annotations

import re

from ..records import Repair, Span
from ..text import ABBREVIATION, SIGNED, Builder, ends_sentence

# A capital, or what may open a sentence, right after something else: only here can two sentences touch.
TOUCH = re.compile(r"[A-Z“—–(](?<=[^\sA-Z“—–(].)")
# What stands before such a place, and what then has to follow, for it to be a seam.
STOP = re.compile(r"[a-z0-9)\]”’%](?:[.!?]+|\[[.!?]\])[\])”’]*$"), re.compile(r"[—–(“]*[A-Z“][a-zA-Z’“]|[AI] ")  # "lie.”—One"
ACRONYM = re.compile(r"[A-Z]{2}[.!?]$"), re.compile(r"[A-Z][a-z]+ ")  # "UNSK.Talks"
YEAR = re.compile(r"\b(?:19|20)\d\d$"), re.compile(r"[A-Z][a-z]* ")
HEADING = (
    re.compile(r"[a-z]{2}$"),
    re.compile(
        r"(?:The|This|These|Those|It|He|She|They|We|There|After|When|While|According|But|However|Although|Since) |"
        r"(?:Image|Photo|Picture|Video): "
    ),
)
HALVES = re.compile(r"(?<!\w)(?:[^\W\d_]{3,30}[a-z]|(?:19|20)\d\d)$"), re.compile(r"[A-Z]\w{1,30}(?!\w)")
BEFORE = 32  # characters looked at before a place
ADDRESS = re.compile(r"\S*(?:www\.|https?:|@|\.(?:com|org|net|co|uk|ru|az|io)\b)\S*", re.I)
LONGEST_ADDRESS = 100  # characters looked at around a full stop, so that time stays linear
LONG_LINE = 45  # characters: a shorter line without a full stop may be a heading, a longer one was broken
GAP = "\n\n"  # between paragraphs
RUN_TOGETHER = 2  # seams between sentences from which on a page's paragraphs were run together

Pair = tuple[re.Pattern[str], re.Pattern[str]]


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
        for seam in found:
            if " " not in text[position:seam] or ADDRESS.match(_word_around(text, seam)):
                continue
            builder.copy(position, seam)
            builder.put(GAP, seam, seam)
            repairs.append(Repair("glued_sentence", (seam, seam), "", GAP))
            position = seam
        builder.copy(position, row[1])
        line = text[slice(*row)]
        opened, closed = line.rfind("“"), line.rfind("”")
        inside = opened > closed if max(opened, closed) >= 0 else inside
        previous = row
    return builder, repairs


def _seams(text: str, rows: tuple[Span, ...]) -> list[list[int]]:
    """Where sentences touch, row by row. Where they do all over the page, also within words whose second half begins sentences
    of it ("RobertsAnother"); else such a word ("MarineTraffic") is a name."""
    places = [[m.start() for m in TOUCH.finditer(text, *row)] for row in rows]
    seams = [[i for i in row if any(_fits(text, i, pair) for pair in _pairs(text[i - 1]))] for row in places]
    if sum(map(len, seams)) < RUN_TOGETHER:
        return seams
    halves = [{i: m[0] for i in row if text[i - 1].isalnum() and _fits(text, i, HALVES) and (m := HALVES[1].match(text, i))}
              for row in places]  # fmt: skip
    if not any(halves):
        return seams
    beginnings = frozenset(re.findall(r"(?:^|[.!?]\W{1,6})(\w+)", text, re.M))
    return [sorted({*a, *(i for i, word in b.items() if word in beginnings)}) for a, b in zip(seams, halves, strict=True)]


def _pairs(before: str) -> tuple[Pair, ...]:
    """What can be a seam after a character."""
    return (YEAR,) if before.isdigit() else (HEADING,) if before.islower() else (STOP, ACRONYM)


def _fits(text: str, place: int, pair: Pair) -> bool:
    return bool(pair[1].match(text, place)) and bool(pair[0].search(text, max(0, place - BEFORE), place))


def _word_around(text: str, place: int) -> str:
    before, after = text[max(0, place - LONGEST_ADDRESS) : place], text[place : place + LONGEST_ADDRESS]
    return re.split(r"\s", before)[-1] + re.split(r"\s", after)[0]


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
