"""Pages in: every way in which news arrives. A new one is one file and one line in SOURCES."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from ..errors import BadRequest
from . import from_files, from_jsonl, from_stdin
from .kinds import Failure, Given, Item, well_formed

# name → (what it takes, reader). `auto` looks at the content; the others force a reading.
SOURCES: dict[str, Callable[[str, Given], Iterator[Item]]] = {
    "auto": from_files.pages,  # files and folders, each file's kind found by its content; "-" is stdin
    "jsonl": from_jsonl.pages,  # {"id", "text"|"html", "url"?, "published"?, "outlet"?} a line
    "text": from_files.text_pages,  # every file is one text page, whatever it looks like
}


def pages(paths: Iterable[str], source: str = "auto", given: Given | None = None) -> Iterator[Item]:
    """The pages at `paths` in the order given, folders in name order; "-" is stdin.

    Yields a `Page`, or a `Failure` where something could not be read. Raises `BadRequest` for an unknown source.
    """
    if source not in SOURCES:
        raise BadRequest(f"no source named {source!r}; there are {', '.join(SOURCES)}")
    given = given or Given()
    for path in paths:
        if path == "-":
            yield from from_stdin.pages(source, given)
            continue
        for item in SOURCES[source](path, given):
            yield replace(item, where=well_formed(item.where)) if isinstance(item, Failure) else item
