"""Tables of our own (TSV beside this file, each row with its provenance) and how to look things up in them."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from ..errors import BadRequest

SETTING = "ONRECORD_ACTORS"  # the path of a person's own table
OWN_COLUMNS = ("id", "kind", "name", "names", "side", "role", "of", "start", "end")


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of our tables, as dicts by column."""
    text = files(__package__).joinpath(name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)


def own_rows(path: Path, columns: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """The rows of a person's own table. Raises `BadRequest` where it is not readable or lacks a column."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(f"{path}: not readable ({error}); give a UTF-8 table with columns {', '.join(columns)}") from None
    reader = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise BadRequest(f"{path}: no column {', '.join(missing)}; the columns are {', '.join(columns)}, parted by tabs")
    yield from reader


def split(cell: str | None) -> list[str]:
    """The parts of a cell that holds several, parted by |."""
    return [part.strip() for part in (cell or "").split("|") if part.strip()]
