"""Files and folders. A file is JSONL, HTML or text, found by its content."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..errors import Unreadable
from . import from_jsonl
from .kinds import MAX_BYTES, Failure, Given, Item, media_type, page_of, too_large

GZIP_BOUND = MAX_BYTES * 2  # no need to read more of a packed file: what is in it would be too large


def pages(path: str, given: Given) -> Iterator[Item]:
    """The pages at a path: a file, or every file below a folder, in name order. Hidden files are passed over."""
    yield from _walk(path, given, None)


def text_pages(path: str, given: Given) -> Iterator[Item]:
    """The same, but every file is one page of text."""
    yield from _walk(path, given, "text/plain")


def _walk(path: str, given: Given, kind: str | None) -> Iterator[Item]:
    if not os.path.isdir(path):  # noqa: PTH112 (Path.is_dir hides permission errors in 3.11)
        yield from _file(path, given, kind)
        return
    try:
        if _loops(path):
            yield Failure(path, "a link to a folder that it lies in; take the link away")
            return
        names = sorted(entry.name for entry in os.scandir(path) if not entry.name.startswith("."))
    except OSError as error:
        yield Failure(path, f"folder not readable ({error.strerror}); check its permissions")
        return
    for name in names:
        yield from _walk(str(Path(path) / name), given, kind)


def _loops(path: str) -> bool:
    """Does a link lead back to a folder above it?"""
    return os.path.islink(path) and Path(path).resolve() in Path(path).absolute().parent.resolve().joinpath("x").parents  # noqa: PTH114


def _file(path: str, given: Given, kind: str | None) -> Iterator[Item]:
    try:
        file = Path(path)
        if not file.exists():
            yield Failure(path, "no such file; check the path")
            return
        if not file.is_file():
            yield Failure(path, "not a regular file; give files, folders or -")
            return
        if kind is None and from_jsonl.looks_like(file):
            yield from from_jsonl.pages(path, given)
            return
        size = file.stat().st_size
        if size > GZIP_BOUND:
            yield Failure(path, too_large(size))
            return
        content = file.read_bytes()
        yield page_of(content, given, path=path, kind=None if kind is None else _checked(content, kind))
    except Unreadable as error:
        yield Failure(path, error.reason)
    except OSError as error:
        yield Failure(path, f"not readable ({error.strerror}); check the file and its permissions")


def _checked(content: bytes, kind: str) -> str:
    media_type(content)
    return kind
