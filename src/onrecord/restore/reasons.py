"""Why something on a page is not in its article: a menu, a caption, a promotion, a date or byline … By table and by wording."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ..tables import rows
from .blocks import Block, Level
from .traits import NAME

PROMO = re.compile(
    r"^\W*(?:advertisement|sponsored|read more|read also|read next|see also|"
    r"also read|also see|related(?: articles?| stor(?:y|ies))?:?|"
    r"sign up|"
    r"subscribe|share this|share on|follow us|follow .{0,30} on|most read|most popular|more from|more:|more stories|"
    r"click here|watch:|recommended|"
    r"story continues below|don.t miss|you (?:may|might) (?:also )?like|download (?:the|our)|"
    r"get (?:the|our) .{0,40}(?:newsletter|app)|"
    r"support (?:us|our)|donate|join (?:us|our)|this (?:article|story) (?:first|originally) appeared)\b",
    re.I,
)
SMALL_PRINT = re.compile(
    r"^(?:(?:first published|published|updated|posted|last (?:modified|updated)|by|source|date)\b.{0,80}|"
    r".{0,25}\b\d{1,2}\b.{0,20}\b(?:19|20)\d\d\b.{0,25}|.{0,12}(?:19|20)\d\d-\d\d-\d\d.{0,20}|.{0,30}\b\d{1,2}:\d\d\b.{0,12})$",
    re.I,
)
COPYRIGHT = re.compile(r"^\W*(?:©|\(c\)|copyright\b)|all rights reserved", re.I)
CAPTION = re.compile(r"^(?:photo|image|picture|file photo|foto|bild)\b.{0,12}:|\((?:photo|image|file|ap photo|reuters)\b|"
    r"/ ?(?:getty|afp|reuters|ap)\b.{0,20}$|getty images",
                     re.I)  # fmt: skip
COMMENT = re.compile(r"^(?:\d+ )?(?:comments?|repl(?:y|ies)|leave a (?:comment|reply)|post a comment)\b", re.I)

SHORT = 100  # characters of a text that is remembered


def of_text(text: str) -> str:
    """The reason that a text's wording gives; "menu" where it gives none and is short, else "other text"."""
    return _of_short(text) if len(text) < SHORT else _of_words(text)


@lru_cache(maxsize=20_000)
def _of_short(text: str) -> str:
    """The same, remembered: menus repeat from page to page."""
    return _of_words(text)


def _of_words(text: str) -> str:
    if SMALL_PRINT.match(text):
        return "date or byline"
    if PROMO.match(text):
        return "promo"
    if COPYRIGHT.search(text):
        return "small print"
    if COMMENT.match(text):
        return "comment"
    if CAPTION.search(text) and len(text) < 600:
        return "caption"
    return "menu" if len(text.split()) < 12 else "other text"


def of_block(block: Block, known: dict[int, str | None]) -> str:
    """The reason that a block's place gives, else its wording. `known` is empty for the first block of a page."""
    found = _of_place(block.level, known)
    if found in (None, "date or byline") or (found == "menu" and len(block.text.split()) > 25):
        worded = of_text(block.text)
        return found if found and worded in ("menu", "other text") else worded
    return found


def _of_place(level: Level, known: dict[int, str | None]) -> str | None:
    """The reason of the nearest level that gives one; `known` keeps what was found out about a page's levels."""
    path: list[Level] = []
    up: Level | None = level
    found = None
    while up is not None and found is None:
        if id(up) in known:
            found = known[id(up)]
            break
        path.append(up)
        found = _own(up.tag, up.names)
        up = up.up
    for each in path:
        known[id(each)] = found
    return found


@lru_cache(maxsize=5_000)
def _own(tag: str, names: str) -> str | None:
    tags, classes = _table()
    words = (word.lower() for word in NAME.findall(names))
    return tags.get(tag) or next(
        (found for word in words if (found := classes.get(word) or classes.get(word.removesuffix("s")))), None
    )


@cache
def _table() -> tuple[dict[str, str], dict[str, str]]:
    tags: dict[str, str] = {}
    names: dict[str, str] = {}
    for row in rows("reasons.tsv"):
        for word in row["pattern"].split():
            (tags if row["where"] == "tag" else names).setdefault(word, row["reason"])
    return tags, names
