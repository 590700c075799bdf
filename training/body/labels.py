"""Which words of a page are its article's, by aligning the page's words with those of a body that somebody marked."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

WORD = re.compile(r"\w+")


def marked(page: list[str], body: list[str]) -> list[bool]:
    """For each word of the page, is it one of the body's? Long runs count first, so that a menu's words are not taken for
    the body's; what is left over is aligned between its neighbours."""
    out = [False] * len(page)
    work = [(0, len(page), 0, len(body))]
    matcher = SequenceMatcher(None, page, body, autojunk=False)
    while work:
        a, b, c, d = work.pop()
        if a >= b or c >= d:
            continue
        i, j, n = matcher.find_longest_match(a, b, c, d)
        if n == 0 or (n < 3 and (b - a) > 40):  # a short match far from its neighbours is chance
            continue
        for k in range(i, i + n):
            out[k] = True
        work += [(a, i, c, j), (i + n, b, j + n, d)]
    return out


def shares(texts: list[str], body: str) -> list[float]:
    """For each text of a page, in order, the share of its words that are the body's (0 for a text without words)."""
    words = [WORD.findall(text) for text in texts]
    flat = [w for row in words for w in row]
    hits = marked(flat, WORD.findall(body))
    out, position = [], 0
    for row in words:
        out.append(sum(hits[position : position + len(row)]) / len(row) if row else 0.0)
        position += len(row)
    return out
