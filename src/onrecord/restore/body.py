"""HTML: which of a page's blocks are the article, what the others are, what the page says of itself. The tree is built once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..errors import NotAnArticle
from ..records import Dropped, Span
from ..text import Builder
from . import reasons
from .blocks import Block, blocks
from .facts import Facts, facts
from .layout import chances
from .markup import tree_of
from .traits import traits

KEEP = 0.35  # chance from which on a block is the article's; the best of .35 to .6 on the development pages, cross-validated
LIKELY = 0.15  # the best block is taken from here on where none reaches KEEP
SHORT_AFTER, SHORT_WORDS = 4, 25  # failing that: prose of so many words, at most so many blocks after the title, is a short item
MIN_BODY = 120  # characters: less is a headline, a caption or an error message
MOST_LINKED = 0.7  # of the article's characters
GAP = "\n\n"  # between paragraphs
NEAR = 12  # blocks on either side of the article's first that a printed date may stand in
WALL = re.compile(
    r"enable javascript|are you a robot|not a robot|access denied|page (?:was )?not found|404 (?:error|not found)|403 forbidden|"
    r"verify you are human|accept (?:all )?cookies|consent to|unusual traffic|too many requests|internal server error|"
    r"checking your browser|this page (?:isn.t|is not) available", re.I)  # fmt: skip
PAYWALL = re.compile(
    r"subscribe (?:now )?to (?:read|continue)|subscribers only|already a subscriber|continue reading (?:this|your)|"
    r"register to (?:read|continue)|create (?:a free|an) account to|log ?in to (?:read|continue)", re.I)  # fmt: skip


@dataclass(slots=True)
class Extract:
    """What an HTML page came to, before any repair. `visible` is the text of all its blocks; `body` is built out of it."""

    visible: str
    body: Builder
    facts: Facts
    dropped: list[Dropped]
    near: list[str]  # the texts around the beginning of the article, where a date may be printed


def extract(markup: str, url: str | None = None) -> Extract:
    """Body and facts of an HTML page. Raises `NotAnArticle`, with what the page seems to be instead."""
    tree = tree_of(markup)
    found, more = blocks(tree)
    told = facts(tree, url)
    numbers, ids = traits(found, told.title or "", told.body or "")
    chance = chances("html", numbers, ids)
    chosen = _chosen(found, chance, told.title)
    if not _is_article(found, chosen):
        raise NotAnArticle(_why_not(found, tree))
    dropped = list(_dropped(found, chosen))
    if more:
        dropped.append(Dropped(None, "too many blocks on one page; those after the first thousands are left out", ""))
    visible, body = _joined(found, chosen)
    first = chosen[0]
    return Extract(visible, body, told, dropped, [b.text for b in found[max(0, first - NEAR) : first + 2]])


def _chosen(found: list[Block], chance: Any, title: str | None) -> list[int]:
    """The article's blocks. What repeats a block already taken, or the title above it, is not taken again."""
    keep = np.flatnonzero(chance >= KEEP).tolist()
    if not keep and len(found):
        best = int(np.argmax(chance))
        keep = [best] if chance[best] >= LIKELY else _short(found, title)
    out: list[int] = []
    seen: set[str] = set()
    for i in keep:
        text = found[i].text
        if (len(text) > 40 and text in seen) or (not out and text == title):
            continue
        seen.add(text)
        out.append(i)
    return out


def _short(found: list[Block], title: str | None) -> list[int]:
    """An item of one paragraph, which the reader of blocks may take for a teaser: prose right under the page's title."""
    heading = next((i for i, block in enumerate(found) if title and block.text == title and block.level.tag != "title"), None)
    if heading is None:
        return []
    for i in range(heading + 1, min(heading + 1 + SHORT_AFTER, len(found))):
        block = found[i]
        if len(block.text.split()) >= SHORT_WORDS and block.linked < 0.3 * len(block.text) and block.text[-1] in '.!?”"':
            return [i]
    return []


def _joined(found: list[Block], chosen: list[int]) -> tuple[str, Builder]:
    """The page's visible text, a block a line, and the article's out of it."""
    visible = "\n".join(block.text for block in found)
    builder, position = Builder(visible), 0
    taken = set(chosen)
    last: Span | None = None
    for i, block in enumerate(found):
        end = position + len(block.text)
        if i in taken:
            if last is not None:
                builder.put(GAP, last[1], position)
            builder.copy(position, end)
            last = (position, end)
        position = end + 1
    return visible, builder


def _dropped(found: list[Block], chosen: list[int]) -> Iterator[Dropped]:
    """What is left out, neighbours of one reason together."""
    taken = set(chosen)
    texts = {found[i].text for i in chosen}
    known: dict[int, str | None] = {}
    run: list[str] = []
    reason: str | None = None
    for i, block in enumerate(found):
        again = len(block.text) > 40 and block.text in texts
        why = None if i in taken else "duplicate" if again else reasons.of_block(block, known)
        if why != reason and reason is not None:
            yield Dropped(None, reason, "\n".join(run))
            run = []
        reason = why
        if why is not None:
            run.append(block.text)
    if reason is not None:
        yield Dropped(None, reason, "\n".join(run))


def _is_article(found: list[Block], chosen: list[int]) -> bool:
    size = sum(len(found[i].text) for i in chosen)
    linked = sum(found[i].linked for i in chosen)
    if size < MIN_BODY or linked > MOST_LINKED * size:
        return False
    text = " ".join(found[i].text for i in chosen)
    return not (size < 6 * MIN_BODY and (WALL.search(text) or PAYWALL.search(text)))


def _why_not(found: list[Block], tree: Any) -> str:
    """What a page without an article is, as far as it shows."""
    text = " ".join(block.text for block in found)[:20_000]
    total = sum(len(block.text) for block in found) or 1
    words = len(text.split())
    if match := WALL.search(text):
        return f"no article on it, it says {match[0]!r}: a wall or an error page; capture the page again"
    if match := PAYWALL.search(text):
        return f"no article on it but a stub, it says {match[0]!r}: a paywall; capture the page as a reader who may read it"
    if words < 40:
        return "no article on it (next to no text; it may be written by scripts); capture the page as a browser shows it"
    if sum(1 for _ in tree.iter("img")) > 12 and words < 400:
        return "no article on it (a gallery); give the address of one article"
    if sum(block.linked for block in found) > 0.5 * total:
        return "no article on it (an index: mostly links); give the address of one article"
    return "no article on it (no run of prose); give the address of one article"
