"""`onrecord stories`: what the pages are about, and how many origins stand behind them."""

from __future__ import annotations

from pathlib import Path

import typer

from .common import FORMAT, LEDGER, Format, console, ledger_at, styled, write

COLUMNS = ("story", "first", "last", "pages", "copies", "origins_read", "origins_named", "title")


TRENDING = 20  # stories at most


def run(
    least: int = typer.Option(1, "--least", min=1, help="Only stories of at least so many pages."),
    trending: bool = typer.Option(False, "--trending", help="Those that rise, by new independent origins."),
    ledger: Path | None = LEDGER,
    form: Format = FORMAT,
) -> int:
    """\b
    Examples:
      onrecord stories
      onrecord stories --least 2 --format jsonl

    Articles about one happening, copies of each other or not; of each story the pages and the origins: who is named as a source,
    each once however many pages carry it, and which of them are read. --trending ranks them by the origins that are new in the
    last days, against the pace of their own past; copies do not count.
    """
    from ..settle import story_views, summaries

    book = ledger_at(ledger)
    if trending:
        summaries.refresh(book)
        risen = [r["story"] for r in summaries.trending(book, TRENDING)]
        found = [v for v in (story_views.story(book, name) for name in risen) if len(v["pages"]) >= least]
    else:
        found = story_views.stories(book, least=least)
    if form is Format.csv:
        counted = ({**v, "pages": len(v["pages"]), "copies": sum(p["copy_of"] is not None for p in v["pages"])} for v in found)
        write(counted, form, COLUMNS)
    elif form is not Format.table:
        write(found, form)
    elif not found:
        print("No stories yet: the ledger holds no article; run `onrecord add PAGES` first.")
    else:
        _table(found)
    return 0


def _table(found: list[dict[str, object]]) -> None:
    from rich.table import Table

    table = Table("story", "days", "pages", "copies", "origins", "about", box=None, pad_edge=False, header_style="dim")
    for v in found:
        pages: list[dict[str, object]] = v["pages"]  # type: ignore[assignment]
        days = str(v["first"] or "no date") if v["first"] == v["last"] else f"{v['first']} to {v['last']}"
        table.add_row(
            str(v["story"]), days, str(len(pages)), str(sum(p["copy_of"] is not None for p in pages)),
            f"{v['origins_read']} read, {v['origins_named']} named", styled(str(v["title"] or "")),
        )  # fmt: skip
    console().print(table)
