"""Which lines of a text page are the article, how its lines join, and where sentences were glued.

Lines are weighed (prose counts for, menus against) and the heaviest run of lines is the body. Within it, lines that
broke after an abbreviation or inside a quotation are joined, and `year.When` becomes two paragraphs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..records import Credit, Dropped, Repair, Span
from ..tables.words import words
from ..text import ABBREVIATION, Builder, ends_sentence, lines

FUNCTION_WORDS = words("unflatten.function_words")
TRAILER = re.compile(
    r"(?:^|(?<=[.!?”\"’\s]))The post\s+(?P<title>[^\n]{5,200}?)\s+(?:(?:initially|originally|first)\s+appeared|appeared\s+first)"
    r"\s+on\s+(?P<outlet>[^\n.]{2,60})\.?"
)
PROMO = re.compile(
    r"^(?:advertisement|sponsored|read more|read also|see also|also read|related(?: articles?)?:?|sign up|subscribe|share this|"
    r"follow us|most read|more from|click here|watch:|recommended|story continues below)\b",
    re.I,
)
GLUED = re.compile(r"(?<=[a-z0-9)”’%])([.!?]+[”’]?)(?=[A-Z“][a-zA-Z’“]|[AI] )|(?<=[a-z][.!?]”)(?=[A-Z][a-z])")
ADDRESS = re.compile(r"\S*(?:www\.|https?:|@|\.(?:com|org|net|co|uk|ru|az|io)\b)\S*", re.I)
SMALL_PRINT = re.compile(
    r"^(?:(?:published|updated|posted|by|source|date)\b.{0,80}|.{0,12}\d{1,2}.{0,20}(?:19|20)\d\d.{0,20}|.{0,8}(?:19|20)\d\d-\d\d-\d\d.{0,20})$",
    re.I,
)
MENU_COST = 6.0  # what a line that is no prose takes off; a run of menu lines outweighs a stray sentence among them
LONGEST_ADDRESS = 100  # characters looked at around a full stop, so that time stays linear
LONG_LINE = 45  # characters: a shorter line without a full stop may be a heading, a longer one was broken


@dataclass(frozen=True, slots=True)
class Layout:
    """What the lines came to. Spans are in the text given, titles and trailers included where there are any."""

    body: tuple[Span, ...]
    title: Span | None
    dropped: tuple[Dropped, ...]
    credits: tuple[Credit, ...]


def weight(line: str) -> float:
    """How much a line speaks for being prose (positive) or chrome (negative)."""
    words = line.split()
    plain = [word.strip(".,;:!?“”\"'()").lower() for word in words]
    function = sum(word in FUNCTION_WORDS for word in plain)
    closed = ends_sentence(line) or line.endswith((":", ",", "”", '"'))
    if len(words) >= 6 and (closed or function >= 2):
        return float(len(words))
    if closed and len(words) >= 3:
        return float(len(words)) / 2
    if closed or re.search(r"[“”\"]", line):
        return 0.5
    return -MENU_COST


def layout(text: str) -> Layout:
    """Title, body lines, and what is left out with its reason."""
    cut, title, credits, dropped = _trailer(text)
    rows = _paragraphs(text, [span for start, end in lines(text) for span in _around(start, end, cut)])
    first, last = _heaviest(text, rows)
    body, above = rows[first : last + 1], rows[:first]
    if title is None:
        title, body, above = _title(text, body, above)
    for start, end in (span for row in (*above, *rows[last + 1 :]) for span in row):
        reason = "date or byline" if SMALL_PRINT.match(text[start:end]) else "menu"
        dropped.append(Dropped((start, end), reason, text[start:end]))
    kept: list[Span] = []
    for row in body:
        words = _words(text, row)
        if not kept and SMALL_PRINT.match(words):
            dropped += [Dropped((start, end), "date or byline", text[start:end]) for start, end in row]
        elif PROMO.match(words) and len(words) < 160 and weight(words) < 12:
            dropped += [Dropped((start, end), "promo", text[start:end]) for start, end in row]
        else:
            kept += row
    return Layout(tuple(kept), title, tuple(sorted(dropped, key=lambda d: d.at or (0, 0))), tuple(credits))


def _paragraphs(text: str, rows: list[Span]) -> list[list[Span]]:
    """Lines grouped where a scraper broke one paragraph, so that half a sentence is not weighed alone."""
    groups: list[list[Span]] = []
    for row in rows:
        if groups and _broken(text, groups[-1][-1], row, inside=False):
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _words(text: str, row: list[Span]) -> str:
    return " ".join(text[start:end] for start, end in row)


def _trailer(text: str) -> tuple[Span | None, Span | None, list[Credit], list[Dropped]]:
    """The last "The post … first appeared on …" line: its span, the title and the credit in it."""
    found = list(TRAILER.finditer(text))
    if not found:
        return None, None, [], []
    match = found[-1]
    credit = Credit(match["outlet"].strip(), "first_published", match.span("outlet"))
    dropped = Dropped(match.span(), "syndication line", match[0])
    return match.span(), match.span("title"), [credit], [dropped]


def _around(start: int, end: int, cut: Span | None) -> list[Span]:
    """A line's span without the part that `cut` takes out of it."""
    if cut is None or cut[1] <= start or end <= cut[0]:
        return [(start, end)]
    return [(a, b) for a, b in ((start, min(end, cut[0])), (max(start, cut[1]), end)) if b - a > 1]


def _heaviest(text: str, rows: list[list[Span]]) -> tuple[int, int]:
    """First and last row of the run with the greatest sum of weights (Kadane); (0, -1) where no line is prose."""
    best, best_at, total, first = 0.0, (0, -1), 0.0, 0
    for i, row in enumerate(rows):
        if total <= 0:
            total, first = 0.0, i
        total += weight(_words(text, row))
        if total > best:
            best, best_at = total, (first, i)
    return best_at


Rows = list[list[Span]]


def _title(text: str, body: Rows, above: Rows) -> tuple[Span | None, Rows, Rows]:
    """A heading line above the body, or as its first line, where more prose follows; a date or byline may stand between."""
    for i in range(len(above) - 1, max(len(above) - 4, -1), -1):
        line = text[slice(*above[i][0])]
        if len(above[i]) == 1 and _heading(line):
            return above[i][0], body, above[:i] + above[i + 1 :]
        if not SMALL_PRINT.match(line):
            break
    if body and len(body[0]) == 1 and _heading(text[slice(*body[0][0])]):
        prose = next((row for row in body[1:] if not SMALL_PRINT.match(_words(text, row))), None)
        if prose and weight(_words(text, prose)) >= 6:
            return body[0][0], body[1:], above
    return None, body, above


def _heading(line: str) -> bool:
    words = line.split()
    return (
        3 <= len(words) <= 25
        and not SMALL_PRINT.match(line)
        and len(line) <= 180
        and not ends_sentence(line)
        and line[:1] not in '“"(-–—•*'
    )


def join(text: str, rows: tuple[Span, ...]) -> tuple[Builder, list[Repair]]:
    """The body: one paragraph a line, broken lines joined, glued sentences parted. Repairs carry places in `text`."""
    builder, repairs = Builder(text), []
    previous: Span | None = None
    inside = False  # a quotation that is still open
    for start, end in rows:
        if previous is not None:
            gap = (previous[1], start)
            if _broken(text, previous, (start, end), inside):
                builder.put(" ", *gap)
                repairs.append(Repair("broken_line", gap, text[slice(*gap)], " "))
            else:
                builder.put("\n", *gap)
                inside = False
        position = start
        for match in GLUED.finditer(text, start, end):
            one_word = " " not in text[position : match.end()]
            if one_word or ADDRESS.match(_word_around(text, match.start(), match.end())):
                continue
            builder.copy(position, match.end())
            builder.put("\n", match.end(), match.end())
            repairs.append(Repair("glued_sentence", (match.end(), match.end()), "", "\n"))
            position = match.end()
        builder.copy(position, end)
        line = text[start:end]
        opened, closed = line.rfind("“"), line.rfind("”")
        inside = opened > closed if max(opened, closed) >= 0 else inside
        previous = (start, end)
    return builder, repairs


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
    if ends_sentence(line) or line.endswith(":"):
        return False
    return following[:1].islower() or (len(line) >= LONG_LINE and not blank and weight(following) > 0)
