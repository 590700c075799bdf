"""`onrecord contacts`: who with whom, when, and did it happen?"""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import typer

from .common import (
    AS_OF,
    FORMAT,
    KIND,
    LEDGER,
    SINCE,
    STATUS,
    UNTIL,
    Format,
    console,
    dates_of,
    day,
    ledger_at,
    one_of,
    styled,
    write,
)

COLORS = {"disputed": "yellow", "denied": "red", "cancelled": "red", "confirmed": "green", "announced": "green",
          "planned": "blue", "conditional": "blue"}  # fmt: skip
COLUMNS = (
    "id",
    "names",
    "kind",
    "start",
    "end",
    "precision",
    "past",
    "status",
    "because",
    "origins_named",
    "origins_read",
    "pages",
    "place",
)


def run(
    names: list[str] = typer.Argument(None, help="Parties: all of them must take part."),
    since: str | None = SINCE,
    until: str | None = UNTIL,
    status: str | None = STATUS,
    kind: str | None = KIND,
    place: str | None = typer.Option(None, "--place", help="Only at this place."),
    outlet: str | None = typer.Option(None, "--outlet", help="Only what pages of this outlet tell of."),
    as_of: str | None = AS_OF,
    chart: Path | None = typer.Option(None, "--chart", metavar="FILE", help="Draw them as a timeline too (SVG)."),
    ledger: Path | None = LEDGER,
    form: Format = FORMAT,
) -> int:
    """\b
    Examples:
      onrecord contacts Orsolo Venn --since 2031-05
      onrecord contacts --status disputed --format csv

    Contacts between actors: with whom, when, status, who affirms, who denies, and how many origins are named and read.
    """
    from ..records import ContactKind, Status
    from ..settle import views

    one_of("--status", status, get_args(Status))
    one_of("--kind", kind, get_args(ContactKind))
    book = ledger_at(ledger)
    found = views.contacts(book, names or [], since=day(since), until=day(until, end=True), status=status, kind=kind,
                           place=place, outlet=outlet, as_of=day(as_of, end=True))  # fmt: skip
    if chart is not None:
        _draw(found, chart)
    if form is not Format.table:
        columns = COLUMNS if form is Format.csv else ()
        write(({**v, **v["when"]} if columns else v for v in found), form, columns)
        return 0
    if not found:
        _nothing(book, names)
        return 0
    _table(found)
    return 0


def _draw(found: list[dict[str, Any]], chart: Path) -> None:
    from ..errors import BadRequest
    from ..export import to_svg

    try:
        with chart.open("w", encoding="utf-8") as out:
            to_svg.chart(found, out)
    except OSError as error:
        raise BadRequest(f"{chart}: {error.strerror}; name a file that can be written with --chart") from None


def _table(found: list[dict[str, Any]]) -> None:
    from rich.table import Table

    table = Table(
        "#",
        "when",
        "who",
        "kind",
        "status",
        "says so",
        "denies",
        "otherwise",
        "origins",
        box=None,
        pad_edge=False,
        header_style="dim",
    )
    for v in found:
        table.add_row(
            str(v["id"]), dates_of(v["when"]), styled(" – ".join(v["names"])), v["kind"],
            styled(v["status"], style=COLORS.get(v["status"], "bold")),
            _names(v, "reports", "affirms", "plans", "conditions"), _names(v, "denies", "cancels"),
            _others(v), f"{v['origins_named']} named, {v['origins_read']} read",
        )  # fmt: skip
    console().print(table)


def _names(v: dict[str, Any], *stances: str) -> Any:
    return styled(", ".join(dict.fromkeys(_name(p) for p in v["positions"] if p["stance"] in stances)))


def _name(p: dict[str, Any]) -> str:
    name = "the page itself" if p["name"] == "narrator" else p["name"]
    return f"{name} (hedged)" if p["hedged"] else str(name)


def _others(v: dict[str, Any]) -> Any:
    words = {"not_ruled_out": "does not rule it out", "evades": "dodges", "no_comment": "no comment", "hints": "hints"}
    return styled(", ".join(dict.fromkeys(f"{p['name']} {words[p['stance']]}" for p in v["positions"] if p["stance"] in words)))


def _nothing(book: Any, names: list[str] | None) -> None:
    from ..ledger.query import counts

    n = counts(book)
    who = f" with {' and '.join(names)}" if names else ""
    print(
        f"Nothing on record{who} in {n['articles']} articles ({n['merged']} contacts in all). "
        "That is not to say that nothing happened."
    )
