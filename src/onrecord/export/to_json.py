"""JSON: an array, or one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO


def lines(rows: Iterable[Mapping[str, Any]], out: TextIO, columns: Sequence[str] = ()) -> None:
    """One object a line, in the order given; each line is written when its row is there, before the next row is asked for."""
    for row in rows:
        out.write(json.dumps(row, ensure_ascii=False) + "\n")
        out.flush()


def array(rows: Iterable[Mapping[str, Any]], out: TextIO, columns: Sequence[str] = ()) -> None:
    """One JSON array."""
    out.write(json.dumps(list(rows), ensure_ascii=False, indent=1) + "\n")
