"""HTML text → tree, within bounds: parsing takes linear time and memory, or the page is refused with a reason."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from ..errors import NotAnArticle

MAX_MARKUP = 20_000_000  # characters
# A tag with thousands of attributes costs the parser time in the square of their number, so such a tag is cut to its name.
TAG = re.compile(r"<([a-zA-Z][\w:-]{0,40})((?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+)")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
LONG_TAG, MAX_UNQUOTED = 3_000, 2_000  # characters of a tag, and of it outside of quoted values; real ones stay far below
SAFE = 30_000  # characters: no tag of a page so short has enough attributes to matter


def tree_of(markup: str) -> Any:
    """The tree of a page, comments and processing instructions left out. Raises `NotAnArticle`."""
    if len(markup) > MAX_MARKUP:
        raise NotAnArticle(f"{len(markup)} characters of HTML: no article needs more than {MAX_MARKUP}; save the article alone")
    markup = _shortened(markup)
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        tree = etree.fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise NotAnArticle(f"no HTML in it ({error}); capture the page again") from None
    if tree is None:
        raise NotAnArticle("no HTML in it; capture the page again")
    last = parser.error_log.last_error
    if last is not None and "Excessive depth" in last.message:
        raise NotAnArticle("tags nested more than 2,000 deep: no news page is; capture it again")
    return tree


def _shortened(markup: str) -> str:
    """The page with tags of too many attributes cut down."""
    if len(markup) < SAFE:
        return markup
    parts, position = [], 0
    for tag in TAG.finditer(markup):
        long = tag.end() - tag.start() > LONG_TAG
        if long and "</script" not in tag[2] and len(QUOTED.sub("", tag[2])) > MAX_UNQUOTED:
            parts += [markup[position : tag.start()], f"<{tag[1]}"]
            position = tag.end()
    return "".join([*parts, markup[position:]]) if parts else markup
