"""`onrecord contact`: one contact with every position and its evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from .common import FORMAT, LEDGER, Format, console, dates_of, ledger_at, styled, write


def run(
    number: int = typer.Argument(help="The number that `onrecord contacts` shows."),
    ledger: Path | None = LEDGER,
    form: Format = FORMAT,
) -> int:
    """\b
    Examples:
      onrecord contact 1
      onrecord contact 1 --format json

    One contact: every position with its evidence, the page and the place in it.
    """
    from ..settle import views

    found = views.contact(ledger_at(ledger), number)
    if form is Format.table:
        _print(found)
    else:
        write([found] if form is not Format.csv else found["positions"], form)
    return 0


def _print(v: dict[str, Any]) -> None:
    out = console()
    place = f" in {v['place']}" if v["place"] else ""
    out.print(
        styled((f"{v['kind'].capitalize()}, {' – '.join(v['names'])}{place}, {dates_of(v['when'])}: ", ""), (v["status"], "bold"))
    )
    out.print(styled(f"{v['because']}."))
    silent = _silent(v)
    if silent:
        out.print(styled(f"No word from {' or '.join(silent)}'s side."))
    names = ", ".join(f"{o['name']}{' (read)' if o['read'] else ''}" for o in v["origins"])
    out.print(styled(f"{v['origins_named']} origins named, {v['origins_read']} read: {names}", style="dim"))
    for p in v["positions"]:
        name = "the page itself" if p["name"] == "narrator" else p["name"]
        via = f", via {p['via']}" if p["via"] else ""
        hedged = " (hedged)" if p["hedged"] else ""
        out.print(styled("\n", (name, "cyan"), via, " ", (p["stance"].replace("_", " ") + hedged, "bold")))
        altered = "  [wording altered]" if p["wording_altered"] and "“" in p["text"] else ""
        out.print(styled(f"  {' '.join(p['text'].split())}{altered}"))
        at = f", characters {p['at'][0][0]}–{p['at'][-1][1]}" if p["at"] else ""
        out.print(styled(f"  {p['page']}{at}, {p['outlet'] or 'outlet not known'}, {p['published'] or 'no date'}", style="dim"))


def _silent(v: dict[str, Any]) -> list[str]:
    """Parties for whose side nobody speaks."""
    heard = {p["side"] or p["actor"] for p in v["positions"]}
    return [name for name, side in zip(v["names"], v["sides"], strict=True) if side not in heard]
