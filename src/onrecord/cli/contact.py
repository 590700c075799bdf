"""`onrecord contact`: one contact with every position and its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer

from .common import AS_OF, FORMAT, LEDGER, MAX_NUMBER, Format, console, day, ledger_at, styled, write

COLUMNS = ("name", "stance", "hedged", "via", "side", "text", "in", "span", "at", "page", "page_sha256", "outlet", "published")


def run(
    number: int = typer.Argument(max=MAX_NUMBER, help="The number that `onrecord contacts` shows."),
    as_of: str | None = AS_OF,
    ledger: Path | None = LEDGER,
    form: Format = FORMAT,
) -> int:
    """\b
    Examples:
      onrecord contact 1
      onrecord contact 1 --format json

    One contact: what it comes to, who takes which stance, every position with its evidence and its place, what is missing.
    """
    from ..settle import views

    found = views.contact(ledger_at(ledger), number, as_of=day(as_of, end=True))
    if form is Format.table:
        _print(found, number)
    else:
        write([found] if form is not Format.csv else found["positions"], form, COLUMNS if form is Format.csv else ())
    return 0


def _print(v: dict[str, Any], asked: int) -> None:
    from ..settle import sentences

    out = console()
    if v["id"] != asked:
        out.print(styled(f"Contact {asked} is part of contact {v['id']} by now.", style="dim"))
    head = sentences.headline(v)
    said = "; ".join(head["says"])
    out.print(styled(f"{head['what']}: ", (head["status"], "bold"), f". {said[:1].upper()}{said[1:]}."))
    for line in sentences.missing(v):
        out.print(styled(line, style="dim"))
    _print_grid(out, *sentences.grid(v))
    for same in sentences.same_words(v["positions"]):
        _print_position(out, same, sentences.name_of(same[0]))
    keys = ", ".join(f"{f['fact']} ({sentences.days(f['when'])})" for f in v["facts"])
    out.print(styled(f"\nfacts: {keys}", style="dim"))


def _print_grid(out: Any, stances: Sequence[str], rows: list[Any]) -> None:
    from rich.table import Table

    table = Table("", *(s.replace("_", " ") for s in stances), box=None, pad_edge=False, header_style="dim")
    for name, cells in rows:
        marks = [("hedged" if all(p["hedged"] for p in cells[s]) else "●") if s in cells else "·" for s in stances]
        table.add_row(styled(name, style="cyan" if cells else "dim"), *marks)
    out.print()
    out.print(table)


def _print_position(out: Any, same: list[dict[str, Any]], name: str) -> None:
    p = same[0]
    via = f", via {p['via']}" if p["via"] else ""
    hedged = " (hedged)" if p["hedged"] else ""
    out.print(styled("\n", (name, "cyan"), via, " ", (p["stance"].replace("_", " ") + hedged, "bold")))
    altered = "  [wording altered]" if p["wording_altered"] and "“" in p["text"] else ""
    out.print(styled(f"  {' '.join(p['text'].split())}{altered}"))
    place, spans = ("page", p["at"]) if p["at"] else ("title" if p["in"] == "title" else "article", p["span"])
    at = f", characters {spans[0][0]}–{spans[-1][1]} of the {place}" if spans else ""
    out.print(styled(f"  {p['page']}{at}, {p['outlet'] or 'outlet not known'}, {p['published'] or 'no date'}", style="dim"))
    if len(same) > 1:
        out.print(styled(f"  the same words in {', '.join(other['page'] for other in same[1:])}", style="dim"))
