"""Parquet: a row a contact, positions and origins as lists. Needs pyarrow: `pip install "onrecord[parquet]"`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, TextIO

from ..errors import BadRequest

POSITION = ("name", "actor", "stance", "hedged", "via", "side", "text", "page", "page_sha256", "outlet", "published")
PLAIN = ("kind", "status", "because", "certainty", "polarity", "cameo", "plover", "place")


def contacts(rows: Iterable[Mapping[str, Any]], out: TextIO, columns: Sequence[str] = ()) -> None:
    """One Parquet file on the bytes under `out`. Raises `BadRequest` where pyarrow is missing, or bytes cannot be written."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise BadRequest('Parquet needs pyarrow: pip install "onrecord[parquet]"') from None
    raw = getattr(out, "buffer", None)
    if raw is None:
        raise BadRequest("Parquet is bytes: name a file with --output")
    text = pa.string()
    position = pa.struct([(name, pa.bool_() if name == "hedged" else text) for name in POSITION])
    fields = [
        ("id", pa.int64()),
        ("parties", pa.list_(text)),
        ("names", pa.list_(text)),
        ("start", pa.date32()),
        ("end", pa.date32()),
        ("precision", text),
        ("past", pa.bool_()),
        *((name, text) for name in PLAIN),
        ("origins_named", pa.int32()),
        ("origins_read", pa.int32()),
        ("pages", pa.int32()),
        ("articles", pa.int32()),
        ("origins", pa.list_(pa.struct([("name", text), ("read", pa.bool_())]))),
        ("positions", pa.list_(position)),
    ]
    parquet.write_table(pa.Table.from_pylist([_row(r) for r in rows], schema=pa.schema(fields)), raw, compression="zstd")


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    when = row["when"]
    days = {name: date.fromisoformat(when[name]) if when[name] else None for name in ("start", "end")}
    names = ("id", "parties", "names", "past", *PLAIN, "origins_named", "origins_read", "pages", "articles", "origins")
    positions = [{name: p[name] for name in POSITION} for p in row["positions"]]
    return {name: row[name] for name in names} | days | {"precision": when["precision"], "positions": positions}
