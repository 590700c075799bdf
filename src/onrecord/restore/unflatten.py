"""Which parts of a text page are the article: title, body, and what is left out with its reason.

A trained reader gives each stretch (stretches.py) its chance of being the article's; a best path over two states settles them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ..errors import NotAnArticle
from ..records import Credit, Dropped, Span
from ..text import ends_sentence, lines
from .layout import chances
from .reasons import SMALL_PRINT, of_text
from .stretches import Stretches, stretches

TRAILER = re.compile(
    r"(?:^|(?<=[.!?”\"’\s]))The post\s+(?P<title>[^\n]{5,200}?)\s+(?:(?:initially|originally|first)\s+appeared|appeared\s+first)"
    r"\s+on\s+(?P<outlet>[^\n.]{2,60})\.?"
)
MAX_STRETCHES = 60_000  # a page of an article has hundreds
LONGEST_PARAGRAPH = 1_500  # characters; a longer line is a page on one line, whatever it ends with
LIKELY = 0.05  # chance of a stretch from which on a page without sure ones may hold an article all the same
# What it costs, in nats, to begin or end the article: between lines, after a full stop, where two words touch, within a sentence.
AT_LINE, AT_STOP, AT_GLUE, WITHIN = 2.0, 4.0, 2.0, 6.0
KEPT = 0.5  # nats by which a stretch is kept rather than left out (the best of 0, .5, 1, cross-validated), as with HTML
BEGUN = 14  # words of a sentence's beginning that may be taken back into the article
WHOLE_LINE = 400  # characters; a longer line may be several things that were glued


@dataclass(frozen=True, slots=True)
class Layout:
    """What a text came to. Spans are in the text given and lie within a line; titles and trailers are left out of the body."""

    body: tuple[Span, ...]
    title: Span | None
    dropped: tuple[Dropped, ...]
    credits: tuple[Credit, ...]


def layout(text: str) -> Layout:
    """Title, body, and what is left out with its reason."""
    cut, title, credits, dropped = _trailer(text)
    body, left = _parts(text, cut)
    body, left = _begun(text, body, left)
    body, left = _freed(text, body, left)
    if title is None:
        title, left = _title(text, body, left)
    dropped += _dropped(text, left)
    return Layout(tuple(body), title, tuple(sorted(dropped, key=lambda d: d.at or (0, 0))), tuple(credits))


def _parts(text: str, cut: Span | None) -> tuple[list[Span], list[Span]]:
    """The spans of the article and those left out, each within a line and as long as may be, without what `cut` takes out."""
    if all_prose(text):
        return [span for row in lines(text) for span in _around(*row, cut)], []
    found = stretches(text)
    if not len(found.starts):
        return [], []
    if len(found.starts) > MAX_STRETCHES:
        raise NotAnArticle(f"{len(found.starts)} scraps of text on one page: no article; give one article a page")
    chance = _by_line(chances("flat", found.numbers, found.ids), found, text)
    inside = settled(chance, found)
    if not any(inside) and chance.max() >= LIKELY:  # nothing is sure: what is likeliest, and what is like it
        inside = settled(chance / chance.max() * 0.9, found)
    kept = np.array(inside, np.bool_)
    begins = np.flatnonzero(np.append(True, (kept[1:] != kept[:-1]) | (found.column("line before")[1:] > 0)))
    body: list[Span] = []
    left: list[Span] = []
    for first, past in pairwise([*begins.tolist(), len(kept)]):
        (body if kept[first] else left).extend(_around(int(found.starts[first]), int(found.ends[past - 1]), cut))
    return body, left


def _begun(text: str, body: list[Span], left: list[Span]) -> tuple[list[Span], list[Span]]:
    """The article with the beginning of its first sentence, where that was cut off within the sentence: at the beginning of a
    line, few words, and words of prose among them, which menus have not."""
    if not body or "\n" not in text.strip():
        return body, left
    start = body[0][0]
    head = next((span for span in left if span[1] <= start and not text[span[1] : start].strip(" ")), None)
    if head is None or text[: head[0]].rstrip(" \t")[-1:] not in ("", "\n"):
        return body, left
    words = text[slice(*head)].split()
    if len(words) > BEGUN or not text[head[1] - 1].isalnum() or not any(w.islower() for w in words) or text[start - 1] != " ":
        return body, left
    return [(head[0], body[0][1]), *body[1:]], [span for span in left if span != head]


def all_prose(text: str) -> bool:
    """Is every line a paragraph of prose, so that there is nothing to leave out? True of what an interface or a corpus gives."""
    for low, high in lines(text):
        line = text[low:high]
        ends = ends_sentence(line) or line.endswith(":")
        prose = ends and high - low <= LONGEST_PARAGRAPH and line.count(" ") >= 3
        if not prose or of_text(line) in ("promo", "small print", "comment"):
            return False
    return True


def settled(chance: NDArray[np.float32], found: Stretches) -> list[bool]:
    """Is each stretch in the article? The best path through the two states, where each change has its cost."""
    if not len(chance):
        return []
    odds = np.log(np.clip(chance, 1e-4, 1 - 1e-4) / (1 - np.clip(chance, 1e-4, 1 - 1e-4))) + KEPT
    column = found.column
    costs = np.where(column("line before") > 0, AT_LINE, np.where(column("glued before") > 0, AT_GLUE,
                     np.where(column("stop before") > 0, AT_STOP, WITHIN)))  # fmt: skip
    ahead, leads = -1e9, []  # how much likelier it is to be inside than outside, before each stretch
    for odd, cost in zip(odds.tolist(), costs.tolist(), strict=True):
        leads.append(ahead)
        ahead = (-cost if ahead < -cost else cost if ahead > cost else ahead) + odd
    state = ahead > 0
    states = []
    for ahead, cost in zip(reversed(leads), reversed(costs.tolist()), strict=True):
        states.append(state)
        state = ahead >= -cost if state else ahead > cost
    return states[::-1]


def _by_line(chance: NDArray[np.float32], found: Stretches, text: str) -> NDArray[np.float32]:
    """The chances, where the stretches of a line of prose have their mean: such a line is wholly the article's or not at all."""
    out, words = chance.copy(), np.expm1(found.column("words") * 3)
    firsts = np.flatnonzero(found.column("line before") > 0).tolist()
    for low, high in pairwise([*firsts, len(chance)]):
        start, end = int(found.starts[low]), int(found.ends[high - 1])
        if high - low > 1 and end - start <= WHOLE_LINE and ends_sentence(text[start:end]):
            out[low:high] = (out[low:high] * words[low:high]).sum() / max(words[low:high].sum(), 1)
    return out


def _dropped(text: str, left: list[Span]) -> Iterator[Dropped]:
    """What is left out, neighbours of one reason together."""
    start, end, reason = 0, 0, ""
    for low, high in left:
        why = of_text(text[low:high])
        if why != reason or text[end:low].strip():
            if reason:
                yield Dropped((start, end), reason, text[start:end])
            start, reason = low, why
        end = high
    if reason:
        yield Dropped((start, end), reason, text[start:end])


def _trailer(text: str) -> tuple[Span | None, Span | None, list[Credit], list[Dropped]]:
    """The last "The post … first appeared on …" line: its span, the title and the credit in it."""
    found = list(TRAILER.finditer(text)) if "The post" in text else []
    if not found:
        return None, None, [], []
    match = found[-1]
    credit = Credit(match["outlet"].strip(), "first_published", match.span("outlet"))
    dropped = Dropped(match.span(), "syndication line", match[0])
    return match.span(), match.span("title"), [credit], [dropped]


def _around(start: int, end: int, cut: Span | None) -> list[Span]:
    """A span without the part that `cut` takes out of it."""
    if cut is None or cut[1] <= start or end <= cut[0]:
        return [(start, end)]
    return [(a, b) for a, b in ((start, min(end, cut[0])), (max(start, cut[1]), end)) if b - a > 1]


def _freed(text: str, body: list[Span], left: list[Span]) -> tuple[list[Span], list[Span]]:
    """The article without a heading, byline or date at its beginning, each on a line of its own with prose below."""
    top = 0
    while (
        top < min(3, len(body) - 1)
        and _alone(text, body[top])
        and (SMALL_PRINT.match(text[slice(*body[top])]) or (top == 0 and _heading(text[slice(*body[top])])))
    ):
        top += 1
    prose = text[slice(*body[top])] if top else ""
    if len(prose.split()) < 6 or SMALL_PRINT.match(prose) or not ends_sentence(prose):
        return body, left
    return body[top:], sorted([*left, *body[:top]])


def _alone(text: str, span: Span) -> bool:
    """Does a span fill its line?"""
    return text[: span[0]].rstrip(" \t")[-1:] in ("", "\n") and text[span[1] :].lstrip(" \t")[:1] in ("", "\n")


def _title(text: str, body: list[Span], left: list[Span]) -> tuple[Span | None, list[Span]]:
    """The heading line above the article, if any; a date or byline may stand between."""
    above = [i for i, span in enumerate(left) if body and span[1] <= body[0][0]]
    for i in above[:-6:-1]:
        line = text[slice(*left[i])]
        if _heading(line):
            return left[i], left[:i] + left[i + 1 :]
        if not SMALL_PRINT.match(line) and len(line.split()) > 4:
            break
    return None, left


def _heading(line: str) -> bool:
    words = line.split()
    return (
        3 <= len(words) <= 25
        and not SMALL_PRINT.match(line)
        and len(line) <= 180
        and not ends_sentence(line)
        and line[:1] not in '“"(-–—•*'
    )
