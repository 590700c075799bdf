"""`onrecord search`: full text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from .common import FORMAT, LEDGER, MAX_NUMBER, Format, console, ledger_at, plain, styled, write

COLUMNS = ("id", "title", "published", "outlet", "address", "passage")


def run(
    words: str = typer.Argument(help='Words that an article must hold; "in quotes" for a phrase.'),
    limit: int = typer.Option(20, "--limit", min=1, max=MAX_NUMBER, help="At most so many."),
    ledger: Path | None = LEDGER,
    form: Format = FORMAT,
) -> int:
    """\b
    Examples:
      onrecord search "grain corridor"
      onrecord search "tariffs OR fees" --limit 5 --format jsonl

    Search the articles' text and titles, newest first.
    """
    from ..ledger.search import search

    rows = [
        {**row, "published": str(row["published"]) if row["published"] else None}
        for row in search(ledger_at(ledger), words, limit)
    ]
    if form is not Format.table:
        bare = ({**row, "passage": row["passage"].replace("\x02", "").replace("\x03", "")} for row in rows)
        write(bare, form, COLUMNS if form is Format.csv else ())
        return 0
    _print(rows, words)
    return 0


def _print(rows: list[dict[str, Any]], words: str) -> None:
    out = console()
    if not rows:
        print(f"No article on record holds {words!r}.")
    for row in rows:
        out.print(styled(row["title"] or row["address"], style="bold"))
        passage = styled()
        for i, part in enumerate(row["passage"].replace("\n", " ").split("\x02")):
            hit, _, rest = part.partition("\x03") if i else ("", "", part)
            passage.append(plain(hit), style="reverse")
            passage.append(plain(rest))
        out.print(passage)
        out.print(
            styled(f"{row['address']}, {row['outlet'] or 'outlet not known'}, {row['published'] or 'no date'}\n", style="dim")
        )
