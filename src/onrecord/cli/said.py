"""`onrecord said`: who said what, about whom, to whom?"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from .common import FORMAT, LEDGER, MAX_NUMBER, SINCE, UNTIL, Format, console, day, ledger_at, styled, write

COLUMNS = ("source", "cue", "content", "quotation", "verbatim", "addressee", "venue", "said", "published", "outlet", "address")


def run(
    name: str | None = typer.Argument(None, help="Who spoke; leave it out for anybody."),
    about: str | None = typer.Option(None, "--about", help="Whose name is in the words."),
    to: str | None = typer.Option(None, "--to", help="Who was told."),
    since: str | None = SINCE,
    until: str | None = UNTIL,
    verbatim: bool = typer.Option(False, "--verbatim", help="Only whole quotations whose wording is the speaker's."),
    limit: int = typer.Option(50, "--limit", min=1, max=MAX_NUMBER, help="At most so many."),
    ledger: Path | None = LEDGER,
    form: Format = FORMAT,
) -> int:
    """\b
    Examples:
      onrecord said Tarn --about Venn
      onrecord said --verbatim --format jsonl

    Attributions by, to or about someone, newest first.
    """
    from ..ledger import query

    rows = query.said(
        ledger_at(ledger), name, about=about, to=to, since=day(since), until=day(until, end=True), verbatim=verbatim, limit=limit
    )
    flat = [_flat(row) for row in rows]
    if form is Format.table:
        _print(flat)
    else:
        write(flat, form, COLUMNS if form is Format.csv else ())
    return 0


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    data = row["data"]
    return {
        "source": row["source"], "cue": data["cue"]["text"] if data["cue"] else None, "content": row["content"],
        "quotation": row["quotation"], "verbatim": row["verbatim"], "addressee": row["addressee"], "venue": data["venue"],
        "said": str(row["said_start"]) if row["said_start"] else None,
        "published": str(row["published"]) if row["published"] else None,
        "original": data["content"].get("altered"),
        "outlet": row["outlet"], "address": row["address"], "title": row["title"], "at": data["content"]["at"],
    }  # fmt: skip


def _print(rows: list[dict[str, Any]]) -> None:
    out = console()
    if not rows:
        print("Nobody on record with that. Try a surname, or leave --about out.")
    for row in rows:
        extra = "".join(f", {words} {row[key]}" for key, words in (("addressee", "to"), ("said", "on")) if row[key])
        altered = "  [wording altered]" if row["quotation"] != "none" and not row["verbatim"] else ""
        out.print(styled((row["source"] or "(nobody named)", "cyan"), " ", (row["cue"] or "…", "dim"), extra))
        out.print(styled(f"  {' '.join(row['content'].split())}{altered}"))
        if row["original"]:
            wording = " ".join(row["original"]["wording"].split())
            out.print(styled(f"  originally, in {row['original']['of']}: {wording}", style="yellow"))
        out.print(
            styled(f"  {row['address']}, {row['outlet'] or 'outlet not known'}, {row['published'] or 'no date'}", style="dim")
        )
