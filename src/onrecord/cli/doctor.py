"""`onrecord doctor`: is everything in place?"""

from __future__ import annotations

import platform
import sqlite3
from importlib import metadata
from pathlib import Path
from typing import Any

from .common import EXIT_FAILED_INPUTS, FORMAT, LEDGER, Format, console, styled, write

PACKAGES = ("spacy", "onnxruntime", "lxml", "ftfy", "py3langid", "sqlalchemy", "alembic", "typer", "rich")


def run(ledger: Path | None = LEDGER, form: Format = FORMAT) -> int:
    """\b
    Examples:
      onrecord doctor
      onrecord doctor --format json

    Versions, models and the ledger's integrity; and what was left out, with its reasons.
    """
    rows = [*_program(), *_model(), *_ledger(ledger)]
    if form is Format.table:
        _print(rows)
    else:
        write(rows, form, ("what", "found", "state") if form is Format.csv else ())
    return EXIT_FAILED_INPUTS if any(row["state"] == "wrong" for row in rows) else 0


def _row(what: str, found: str, state: str = "ok") -> dict[str, str]:
    return {"what": what, "found": found, "state": state}


def _program() -> list[dict[str, str]]:
    from .. import __version__

    rows = [_row("onrecord", __version__), _row("Python", platform.python_version()), _row("SQLite", sqlite3.sqlite_version)]
    for package in PACKAGES:
        try:
            rows.append(_row(package, metadata.version(package)))
        except metadata.PackageNotFoundError:
            rows.append(_row(package, f"not installed; run `pip install {package}`", "wrong"))
    return rows


def _model() -> list[dict[str, str]]:
    from ..errors import ModelMissing
    from ..read.document import model

    try:
        found = model().meta
    except ModelMissing as error:
        return [_row("English model", str(error), "wrong")]
    return [_row("English model", f"{found['lang']}_{found['name']} {found['version']}")]


def _ledger(path: Path | None) -> list[dict[str, str]]:
    from ..errors import LedgerError
    from ..ledger import open_ledger, query
    from ..ledger.store import DEFAULT, integrity

    path = path or Path(DEFAULT)
    if not path.exists():
        return [_row("ledger", f"none at {path} yet; `onrecord add PAGES` makes it", "note")]
    try:
        book = open_ledger(path)
        wrong = integrity(book)
        counts = ", ".join(f"{n} {name}" for name, n in query.counts(book).items())
        skipped = query.skipped(book)
    except LedgerError as error:
        return [_row("ledger", str(error), "wrong")]
    rows = [_row("ledger", f"{path}: {counts}", "wrong" if wrong else "ok")]
    rows += [_row("ledger integrity", problem, "wrong") for problem in wrong] or [_row("ledger integrity", "ok")]
    rows += [_row("left out", f"{s['where']}: {s['reason']}", "note") for s in skipped]
    return rows


def _print(rows: list[dict[str, str]]) -> None:
    from rich.table import Table

    styles: dict[str, Any] = {"ok": "green", "wrong": "red", "note": "yellow"}
    table = Table(box=None, pad_edge=False, show_header=False)
    for row in rows:
        table.add_row(styled(row["state"], style=styles[row["state"]]), styled(row["what"]), styled(row["found"]))
    console().print(table)
