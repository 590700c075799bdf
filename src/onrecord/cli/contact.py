"""`onrecord contact`: one contact with every position and its evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from .common import FORMAT, LEDGER, MAX_NUMBER, Format, console, dates_of, ledger_at, styled, write

COLUMNS = ("name", "stance", "hedged", "via", "side", "text", "in", "span", "at", "page", "page_sha256", "outlet", "published")


def run(
    number: int = typer.Argument(max=MAX_NUMBER, help="The number that `onrecord contacts` shows."),
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
        _print(found, number)
    else:
        write([found] if form is not Format.csv else found["positions"], form, COLUMNS if form is Format.csv else ())
    return 0


def _print(v: dict[str, Any], asked: int) -> None:
    out = console()
    if v["id"] != asked:
        out.print(styled(f"Contact {asked} is part of contact {v['id']} by now.", style="dim"))
    place = f" in {v['place']}" if v["place"] else ""
    out.print(
        styled((f"{v['kind'].capitalize()}, {' – '.join(v['names'])}{place}, {dates_of(v['when'])}: ", ""), (v["status"], "bold"))
    )
    out.print(styled(f"{v['because']}."))
    silent = _silent(v)
    if silent:
        out.print(styled(f"No word from {' or '.join(silent)}'s side."))
    names = ", ".join(f"{o['name']}{' (read)' if o['read'] else ''}" for o in v["origins"])
    out.print(
        styled(
            f"{v['origins_named']} origin{'s' * (v['origins_named'] != 1)} named, {v['origins_read']} read: {names}", style="dim"
        )
    )
    for same in _grouped(v["positions"]):
        _print_position(out, same)


def _grouped(positions: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Positions with the same words of the same person together: copies carry no further word."""
    groups: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for p in positions:
        groups.setdefault((p["name"], p["stance"], str(p["hedged"]), " ".join(p["text"].split())), []).append(p)
    return list(groups.values())


def _print_position(out: Any, same: list[dict[str, Any]]) -> None:
    p = same[0]
    name = "the page itself" if p["name"] == "narrator" else p["name"]
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


def _silent(v: dict[str, Any]) -> list[str]:
    """Parties for whose side nobody speaks."""
    heard = {p["side"] or p["actor"] for p in v["positions"]}
    return [name for name, side in zip(v["names"], v["sides"], strict=True) if side not in heard]
