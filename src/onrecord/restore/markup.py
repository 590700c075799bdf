"""HTML text → tree, within bounds: parsing takes linear time and memory, or the page is refused with a reason."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from ..errors import NotAnArticle

MAX_MARKUP = 20_000_000  # characters
# A tag with thousands of attributes costs the parser time in the square of their number, so such a tag is cut to its name.
LONG = re.compile(r"<[a-zA-Z][^<>]{1000}")
TAG = re.compile(r"<([a-zA-Z][\w:-]{0,40})((?:[^<>\"']|\"[^\"]*\"|'[^']*')*)>?")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
MAX_UNQUOTED = 1_000  # characters of a tag outside of quoted values


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
    parts, position = [], 0
    while (long := LONG.search(markup, position)) is not None:
        tag = TAG.match(markup, long.start())
        end = tag.end() if tag else long.end()
        cut = tag is not None and len(QUOTED.sub("", tag[2])) > MAX_UNQUOTED
        parts.append(markup[position : long.start()] + f"<{tag[1]}>" if cut and tag else markup[position:end])
        position = max(end, long.start() + 1)
    return "".join([*parts, markup[position:]]) if parts else markup
