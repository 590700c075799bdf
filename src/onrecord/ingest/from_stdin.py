"""Standard input: JSON lines, or one page."""

from __future__ import annotations

import codecs
import sys
from collections.abc import Iterator

from ..errors import Unreadable
from . import from_jsonl
from .kinds import MAX_BYTES, Failure, Given, Item, page_of, too_large

NAME = "stdin"


def pages(source: str, given: Given) -> Iterator[Item]:
    """What stands on stdin: JSON lines if told so or if the first line is a JSON object, else one page."""
    stream = sys.stdin.buffer
    if source == "jsonl":
        yield from from_jsonl.of_lines(stream, NAME, given)
        return
    first = stream.readline(MAX_BYTES)
    if source == "auto" and first.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
        yield from from_jsonl.of_lines(stream, NAME, given, first)
        return
    content = first + stream.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        yield Failure(NAME, too_large(len(content)))
        return
    try:
        yield page_of(content, given, path=NAME, kind="text/plain" if source == "text" and content.strip() else None)
    except Unreadable as error:
        yield Failure(NAME, error.reason)
