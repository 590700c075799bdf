"""Which rows of the grammar a text calls: most words call none, so most paragraphs cost next to nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .times_grammar import ROWS
from .times_words import Rule

WORD = re.compile(r"[a-z]+")
FIGURE = re.compile(r"\d+(?:[/:.–-]\d+)*s?")
SHAPES = {ord(figure): "9" for figure in "012345678"}  # "16:08" calls what "99:99" is given for


@dataclass(frozen=True, slots=True)
class Compiled:
    """A row made ready. `group` is what of a match the expression is; `small` asks for the text in small letters."""

    pattern: re.Pattern[str]
    rule: Rule
    group: int | str
    small: bool


def _compiled(source: str, rule: Rule) -> Compiled:
    pattern = re.compile(source)
    small = not re.search(r"(?<!\\)(?<!\?)[A-Z]", source)  # not those of \W and (?P<…>
    return Compiled(pattern, rule, "x" if "x" in pattern.groupindex else 0, small)


GRAMMAR = tuple(_compiled(source, rule) for source, rule, _, _ in ROWS)


def _calls(column: int) -> dict[str, int]:
    """The rows that each word calls, as bits of a number."""
    calls: dict[str, int] = {}
    for number, row in enumerate(ROWS):
        for word in str(row[column]).split():
            calls[word] = calls.get(word, 0) | 1 << number
    return calls


FIRST, SECOND = _calls(2), _calls(3)
EITHER = frozenset(FIRST.keys() | SECOND.keys())
NO_SECOND = sum(1 << number for number, row in enumerate(ROWS) if not row[3])


@lru_cache(maxsize=4096)
def _rows(bits: int) -> tuple[Compiled, ...]:
    return tuple(row for number, row in enumerate(GRAMMAR) if bits >> number & 1)


def rows_for(text: str, small: str) -> tuple[Compiled, ...]:
    """The rows that can match in a text, in their order. `small` is the text in small letters."""
    called, allowed = 0, NO_SECOND
    words = set(WORD.findall(small))
    words.update([figure.translate(SHAPES) for figure in FIGURE.findall(small)])
    for word in EITHER & words:
        if word == "may" and "May" not in text and "MAY" not in text:
            continue  # as a verb it would call all rows of months, in every third paragraph
        called |= FIRST.get(word, 0)
        allowed |= SECOND.get(word, 0)
    return _rows(called & allowed)
