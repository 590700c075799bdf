"""`onrecord decisions`: what people decided, when and why."""

from __future__ import annotations

from pathlib import Path

import typer

from .common import FORMAT, LEDGER, MAX_NUMBER, Format, console, ledger_at, styled, write

COLUMNS = ("id", "kind", "data", "who", "why", "at", "undone_at")


def run(
    limit: int = typer.Option(100, "--limit", min=1, max=MAX_NUMBER, help="At most so many."),
    ledger: Path | None = LEDGER,
    form: Format = FORMAT,
) -> int:
    """\b
    Examples:
      onrecord decisions
      onrecord decisions --format jsonl

    The decisions on record, the latest first; those undone stay, and say when.
    """
    from ..ledger import decisions

    with ledger_at(ledger).reading() as connection:
        rows = decisions.listed(connection, limit=limit)
    if form is not Format.table:
        write(rows, form, COLUMNS if form is Format.csv else ())
        return 0
    if not rows:
        print("No decisions on record; `onrecord decide --help` says how to take one.")
    out = console()
    for row in rows:
        undone = f", undone {row['undone_at']}" if row["undone_at"] else ""
        out.print(styled((f"{row['id']}  {row['kind']}", "bold"), f" by {row['who']}, {row['at']}{undone}: {row['why']}"))
        about = ", ".join([*row["data"]["facts"], *(f"with {f}" for f in row["data"].get("with", ()))])
        out.print(styled(f"   {about}", style="dim"))
    return 0
