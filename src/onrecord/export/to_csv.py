"""CSV with a header, as spreadsheets read it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run by spreadsheets; page text is hostile


def cell(value: Any) -> str:
    """A value as one cell: lists joined, objects as JSON, no formulas."""
    if value is None:
        return ""
    if isinstance(value, list | tuple) and all(isinstance(v, str | int | float) for v in value):
        text = "; ".join(map(str, value))
    elif isinstance(value, list | tuple | dict):
        text = json.dumps(value, ensure_ascii=False)
    elif isinstance(value, bool):
        text = str(value).lower()
    else:
        text = str(value)
    return "'" + text if text.startswith(FORMULA) and not isinstance(value, int | float) else text


def table(rows: Iterable[Mapping[str, Any]], out: TextIO, columns: Sequence[str] = ()) -> None:
    """A header and a row each. Without `columns` those of the first row."""
    writer = None
    for row in rows:
        if writer is None:
            names = list(columns) or list(row)
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(names)
        writer.writerow([cell(row.get(name)) for name in names])
    if writer is None and columns:
        csv.writer(out, lineterminator="\n").writerow(columns)
