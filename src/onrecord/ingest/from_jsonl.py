"""JSON lines: {"id"?, "text" or "html", "url"?, "published"?, "outlet"?} a line."""

from __future__ import annotations

import codecs
import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import IO, cast

from ..dates import iso_day
from ..errors import Unreadable
from ..records import Page
from .kinds import MAX_BYTES, Failure, Given, Item, too_large, well_formed

STRINGS = ("url", "published", "outlet")


def looks_like(file: Path) -> bool:
    """Is a file JSON lines, or JSON written out otherwise (which is then refused line by line, and not read as prose)?"""
    named = bool({".jsonl", ".ndjson", ".json"} & set(file.suffixes[-2:]))
    try:
        with _open(file) as stream:
            line = stream.readline(MAX_BYTES).removeprefix(codecs.BOM_UTF8).strip()
    except (EOFError, zlib.error, gzip.BadGzipFile):
        return False  # whoever reads the whole of it says what is wrong
    if line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return named
    if not line.startswith((b"{", b"[")):
        return False
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return named
    return named or (isinstance(row, dict) and ("text" in row or "html" in row))


@contextmanager
def _open(file: Path) -> Iterator[IO[bytes]]:
    """A file's bytes, unpacked where it is gzip."""
    with file.open("rb") as stream:
        if stream.peek(2)[:2] == b"\x1f\x8b":
            with gzip.GzipFile(fileobj=stream) as packed:
                yield cast(IO[bytes], packed)
        else:
            yield stream


def pages(path: str, given: Given) -> Iterator[Item]:
    """The pages of a JSONL file, packed or not, read line by line."""
    try:
        with _open(Path(path)) as stream:
            yield from of_lines(stream, path, given)
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        yield Failure(path, f"damaged gzip ({error}); fetch the file again")
    except OSError as error:
        yield Failure(path, f"not readable ({error.strerror}); check the file and its permissions")


def _bounded(stream: IO[bytes]) -> Iterator[bytes]:
    """Lines of a stream; the rest of an overlong line is passed over without being held in memory."""
    readline = stream.readline
    while line := readline(MAX_BYTES + 2):
        yield line
        while not line.endswith(b"\n") and len(line) > MAX_BYTES:
            line = readline(MAX_BYTES)
            if not line:
                return


def of_lines(stream: IO[bytes], path: str, given: Given, first: bytes = b"") -> Iterator[Item]:
    """A page or a failure for every line that is not blank; `first` was read before. `path` names the input in messages."""
    for number, line in enumerate(chain([first] if first else [], _bounded(stream)), 1):
        if number == 1 and line.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            yield Failure(f"{well_formed(path)}, line 1", "UTF-16, not UTF-8; write JSON lines as UTF-8")
            return
        if not line.strip():
            continue
        try:
            yield _page(line.removeprefix(codecs.BOM_UTF8) if number == 1 else line, path, given)
        except Unreadable as error:
            yield Failure(f"{well_formed(path)}, line {number}", error.reason)


def _page(line: bytes, path: str, given: Given) -> Page:
    if len(line) > MAX_BYTES:
        raise Unreadable(too_large(len(line)))
    try:
        row = json.loads(line)
    except UnicodeDecodeError:
        raise Unreadable("not UTF-8; write JSON lines as UTF-8") from None
    except (ValueError, RecursionError) as error:
        what = str(error) if isinstance(error, ValueError) else "nested too deep"
        raise Unreadable(f"broken JSON ({what}); write one object a line") from None
    if not isinstance(row, dict):
        raise Unreadable('not a JSON object; write {"id", "text" or "html"} a line')
    row = {name: well_formed(value) if isinstance(value, str) else value for name, value in row.items()}
    field = next((name for name in ("text", "html") if isinstance(row.get(name), str) and row[name].strip()), None)
    if field is None:
        empty = any(isinstance(row.get(name), str) for name in ("text", "html"))
        raise Unreadable("empty; capture the page again" if empty else 'neither "text" nor "html" in it as a string; give one')
    body = row[field]
    for name in STRINGS:
        if not isinstance(row.get(name), str | None):
            raise Unreadable(f'"{name}" is not a string')
    published = row.get("published") or given.published
    if published:
        try:
            iso_day(published)
        except ValueError as error:
            raise Unreadable(f'"published": {error}') from None
    content = body.encode("utf-8")
    digest = hashlib.sha256(content).hexdigest()
    return Page(
        id=str(row["id"]) if row.get("id") is not None else digest,
        content=content, sha256=digest, media_type="text/html" if field == "html" else "text/plain",
        text=body, url=row.get("url"), path=well_formed(path), published=published, outlet=row.get("outlet") or given.outlet,
    )  # fmt: skip
