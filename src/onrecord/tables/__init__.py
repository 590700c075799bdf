"""Tables of our own (TSV beside this file, each row with its provenance) and how to look things up in them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from importlib.resources import files
from pathlib import Path

from ..errors import BadRequest

SETTING = "ONRECORD_ACTORS"  # the path of a person's own table
OWN_KINDS = ("person", "organisation", "country", "outlet", "agency")
OWN_COLUMNS = ("id", "kind", "name", "names", "side", "role", "of", "start", "end")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of our tables, as dicts by column."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)


def own_rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of a person's own table. Raises `BadRequest`, with the line, for what is not as it should be."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(f"{path}: not readable ({error}); give a UTF-8 table with columns {', '.join(columns)}") from None
    reader = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise BadRequest(f"{path}: no column {', '.join(missing)}; the columns are {', '.join(columns)}, parted by tabs")
    for number, row in enumerate(reader, 2):
        if not any(row.get(c) for c in columns):
            continue
        problem = _problem(row, columns)
        if problem:
            raise BadRequest(f"{path}, line {number}: {problem}")
        yield row


def _problem(row: dict[str, str], columns: tuple[str, ...]) -> str | None:
    """What is wrong with a row of a person's own table."""
    if None in row or any(row[c] is None for c in columns):
        return f"{'more' if None in row else 'fewer'} cells than columns; part them by tabs, and leave empty ones empty"
    if not row["id"] or not row["name"]:
        return "no id or no name; give both"
    if row["kind"] not in OWN_KINDS:
        return f"kind {row['kind']!r} is unknown; there are {', '.join(OWN_KINDS)}"
    for column in ("start", "end"):
        try:
            if row[column]:
                date.fromisoformat(row[column])
        except ValueError:
            return f"{column} is {row[column]!r}; give a day such as 2025-03-23"
    return None


def split(cell: str | None) -> list[str]:
    """The parts of a cell that holds several, parted by |."""
    return [part.strip() for part in (cell or "").split("|") if part.strip()]
