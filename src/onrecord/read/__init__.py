"""An article's reading. The readers in their order; each is given what those before it found."""

from __future__ import annotations

from ..errors import NotRead
from ..records import Article, Reading
from . import sketch

LANGUAGES = ("en",)  # others are restored and stored, and say so


def read(article: Article) -> Reading:
    """What an article says. Raises `NotRead` for a language without readers and for articles too long to parse."""
    if article.language not in LANGUAGES:
        name = article.language or "not known"
        raise NotRead(f"language {name}: restored and stored; the readers know {', '.join(LANGUAGES)} only")
    from .memo import remembered

    return remembered(_read, article)


def _read(article: Article) -> Reading:
    from . import (
        actors,
        attributions,
        claims,
        contacts,
        document,
        times,
        topics,
    )  # a parser and its model: over a second to import

    parsed = document.parse(article)
    found_times = times.read(parsed)
    cast = actors.read(parsed)
    drafts, said = attributions.read(parsed, cast, found_times)
    found = contacts.read(parsed, cast, found_times, drafts)
    commitments, accusations = claims.read(parsed, cast, drafts, found_times)
    return Reading(cast.actors(), found_times, said, found, commitments, accusations, sketch.read(article), topics.read(article))
