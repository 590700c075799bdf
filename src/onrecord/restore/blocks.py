"""An HTML tree as the blocks of text that a reader would see, each with where it stands. One walk, no judgement.

A block is the text of one block-level element, without that of the block-level elements in it; two line breaks part blocks too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from ..tables.words import words

SKIPPED = words("html.skipped")
BLOCK_LEVEL = words("html.block_level")
INLINE, BLOCK, SKIP, LINK, STRONG, BREAK = range(6)
KINDS = dict.fromkeys(BLOCK_LEVEL, BLOCK) | dict.fromkeys(SKIPPED, SKIP) | {"a": LINK, "b": STRONG, "strong": STRONG, "br": BREAK}
MAX_KINDS = 1_000  # names of elements that are remembered
MAX_BLOCKS = 6_000  # the readable part of no page has more; what follows is left out, and said to be
MAX_LEVELS = 200  # what nests deeper is read as text of the level above
MAX_ATTRIBUTE = 160  # characters looked at
# Classes of what is shown on pointing, or read aloud.
UNSHOWN = re.compile("tooltip|rollover|popover|hovercard|sr-only|visually-?hidden|screen-reader")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
UNSEEN = re.compile("[\u200b\u2060\ufeff\u00ad]")  # characters without width, soft hyphens


@dataclass(slots=True, eq=False)
class Level:
    """An element that holds blocks: its name, its class and ID words, and sums over all that stands in it."""

    tag: str
    names: str  # class, id, role and itemprop, as written
    up: Level | None
    depth: int
    hidden: bool
    characters: int = 0
    linked: int = 0
    blocks: int = 0


@dataclass(slots=True, eq=False)
class Block:
    """A block of text, its white space made single; `linked` and `strong` count the characters within links and bold type."""

    text: str
    level: Level
    linked: int
    strong: int
    breaks: int = 0  # single line breaks in it


@dataclass(slots=True)
class _Open:
    """The text collected since the last edge of a block."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    strong: int = 0


def blocks(tree: Any) -> tuple[list[Block], bool]:
    """The blocks of a tree in page order, and whether some were left out because there are too many."""
    out: list[Block] = []
    level = Level("#root", "", None, 0, False)
    levels = [level]
    now = _Open()
    links = strongs = 0
    kind_of, parts = KINDS.get, now.parts
    walker = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        kind = kind_of(tag)
        if kind is None:
            kind = BLOCK if "-" in tag else INLINE  # elements of the page's own making are blocks
            if len(KINDS) < MAX_KINDS:
                KINDS[tag] = kind
        if event == "start":
            if kind == SKIP:
                walker.skip_subtree()
                continue
            if tag == "span" and UNSHOWN.search(element.get("class") or ""):
                walker.skip_subtree()
                continue
            if kind == BLOCK:
                _close(now, level, out)
                level = _level(element, tag, level) if len(levels) < MAX_LEVELS else level
                levels.append(level)
            elif kind == LINK:
                links += 1
            elif kind == STRONG:
                strongs += 1
            elif kind == BREAK:
                _break(now, level, out)
            text = element.text
        else:
            if kind == BLOCK:
                _close(now, level, out)
                levels.pop()
                level = levels[-1]
                if len(out) >= MAX_BLOCKS:
                    return out, True
            elif kind == LINK:
                links -= 1
            elif kind == STRONG:
                strongs -= 1
            text = element.tail
        if text and (parts or not text.isspace()):
            parts.append(text)
            if links:
                now.linked += len(text)
            if strongs:
                now.strong += len(text)
    _close(now, level, out)
    return out, False


def _level(element: Any, tag: str, up: Level) -> Level:
    get = element.attrib.get
    names = " ".join(filter(None, (get("class"), get("id"), get("role"), get("itemprop"))))[:MAX_ATTRIBUTE]
    style = get("style")
    hidden = up.hidden or get("hidden") is not None or get("aria-hidden") == "true" or bool(style and HIDDEN.search(style))
    return Level(tag, names, up, up.depth + 1, hidden)


def _break(now: _Open, level: Level, out: list[Block]) -> None:
    """A line break; the second of two ends the block."""
    if not now.parts:
        return
    for part in reversed(now.parts):
        if part == "\n":
            _close(now, level, out)
            return
        if part.strip():
            break
    now.parts.append("\n")


def _close(now: _Open, level: Level, out: list[Block]) -> None:
    """Make what was collected a block, where it is more than white space."""
    parts = now.parts
    if not parts:
        return
    text = "".join(parts)
    text = " ".join((UNSEEN.sub("", text) if not text.isascii() else text).split())
    if text:
        size = len(text)
        block = Block(text, level, min(now.linked, size), min(now.strong, size), sum(part == "\n" for part in parts[1:-1]))
        out.append(block)
        above: Level | None = level
        while above is not None:
            above.characters += size
            above.linked += block.linked
            above.blocks += 1
            above = above.up
    parts.clear()
    now.linked = now.strong = 0
