"""A verbatim copy is not read twice: what an article says depends on its words, language and day, not on where they stand.

Each process keeps the last readings it made; a copy's evidence is then put in its own place on its own page. Since a reading is a
pure function of what it is kept by, the order in which pages come makes no difference.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from ..records import Article, Evidence, Reading
from ..tables import SETTING
from ..text import to_source

KEPT = 128  # readings
_known: OrderedDict[tuple[Any, ...], Reading] = OrderedDict()


def remembered(reader: Callable[[Article], Reading], article: Article) -> Reading:
    """What `reader` gives for an article, or gave for the same words. What it raises is not kept."""
    key = _key(article)
    found = _known.get(key)
    if found is None:
        found = _known[key] = reader(article)
        if len(_known) > KEPT:
            _known.popitem(last=False)
        return found
    _known.move_to_end(key)
    placed: Reading = _placed(found, article)
    return placed


def _key(article: Article) -> tuple[Any, ...]:
    """All that a reading rests on, but for where things stand. Date lines left out of the text are read on the page itself."""
    printed = tuple((d.at, d.text) for d in article.dropped if d.reason == "date or byline")
    day = article.published.value if article.published else None
    return article.title, article.text, article.language, day, article.reworded, printed, os.environ.get(SETTING)


def _placed(value: Any, article: Article) -> Any:
    """The same with every slice of the title and body found again on the article's own page."""
    if isinstance(value, Evidence):
        offsets = article.offsets if value.where == "body" else article.title_offsets
        if value.where == "page" or value.spans is None:
            return value
        return replace(value, at=to_source(offsets, value.spans) if offsets is not None else None)
    if isinstance(value, tuple):
        return tuple(_placed(item, article) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{f.name: _placed(getattr(value, f.name), article) for f in fields(value)})
    return value
