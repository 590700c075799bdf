"""JSON lines: {"id"?, "text" or "html", "url"?, "published"?, "outlet"?} a line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from ..dates import iso_day
from ..errors import Unreadable
from ..records import Page
from .kinds import MAX_BYTES, Failure, Given, Item, too_large, well_formed

STRINGS = ("url", "published", "outlet")


def looks_like(file: Path) -> bool:
    """Is the first line of a file a JSON object with "text" or "html"?"""
    with file.open("rb") as stream:
        head = stream.read(1)
        if head not in b"{ \t\n" or not head:
            return False
        stream.seek(0)
        line = stream.readline(MAX_BYTES).strip()
    if not line.startswith(b"{"):
        return False
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        return file.suffix in (".jsonl", ".ndjson")
    return isinstance(row, dict) and ("text" in row or "html" in row or file.suffix in (".jsonl", ".ndjson"))


def pages(path: str, given: Given) -> Iterator[Item]:
    """The pages of a JSONL file, read line by line."""
    try:
        with Path(path).open("rb") as stream:
            yield from of_lines(_bounded(stream), path, given)
    except OSError as error:
        yield Failure(path, f"not readable ({error.strerror}); check the file and its permissions")


def _bounded(stream: Iterable[bytes]) -> Iterator[bytes]:
    """Lines of a stream; the rest of an overlong line is passed over without being held in memory."""
    readline = stream.readline  # type: ignore[attr-defined]
    while line := readline(MAX_BYTES + 2):
        yield line
        while not line.endswith(b"\n") and len(line) > MAX_BYTES:
            line = readline(MAX_BYTES)
            if not line:
                return


def of_lines(lines: Iterable[bytes], path: str, given: Given) -> Iterator[Item]:
    """A page or a failure for every line that is not blank. `path` names the input in messages."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            yield _page(line, path, given)
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
    field = "text" if "text" in row else "html"
    body = row.get(field)
    if not isinstance(body, str):
        raise Unreadable('neither "text" nor "html" in it as a string; give one of them')
    if not body.strip():
        raise Unreadable(f'"{field}" is empty; capture the page again')
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
