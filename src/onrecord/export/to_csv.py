"""CSV with a header, as spreadsheets read it."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run by spreadsheets; page text is hostile
CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 127))  # a terminal would obey some of them


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
    text = text.translate(CONTROLS)
    return "'" + text if text.startswith(FORMULA) and len(text) > 1 and not isinstance(value, int | float) else text


def table(rows: Iterable[Mapping[str, Any]], out: TextIO, columns: Sequence[str] = ()) -> None:
    """A header and a row each. `columns` are needed where rows differ in theirs; without them those of the first row."""
    writer = csv.writer(out, lineterminator="\n")
    names = list(columns)
    if names:
        writer.writerow(names)
    for row in rows:
        if not names:
            names = list(row)
            writer.writerow(names)
        writer.writerow([cell(row.get(name)) for name in names])
