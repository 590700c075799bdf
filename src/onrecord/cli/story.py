"""`onrecord story`: one story with its pages, who carries whom, and the origins behind them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import typer

from .common import FORMAT, LEDGER, Format, console, ledger_at, styled, write

COLUMNS = ("id", "key", "address", "outlet", "published", "relation", "copy_of", "coverage", "reason", "origins")
KINDS = {"statement": "said", "report": "reported", "own reporting": "own reporting"}


def run(
    name: str = typer.Argument(help="A story or any article of it, by its name, or by a page's ID."),
    diff: tuple[str, str] | None = typer.Option(None, "--diff", metavar="A B", help="Two articles side by side, word for word."),
    ledger: Path | None = LEDGER,
    form: Format = FORMAT,
) -> int:
    """\b
    Examples:
      onrecord story 0547d5e044
      onrecord story 0547d5e044 --diff 77da404aa3 8b94d9d440

    One story: its pages in the order of their days, which is a copy of which and why, and the origins.
    """
    from ..settle import story_views

    book = ledger_at(ledger)
    if diff is not None:
        found = story_views.compare(book, *diff)
        _difference(found) if form is Format.table else write([found], form)
        return 0
    found = story_views.story(book, name)
    if form is Format.table:
        _print(found)
    else:
        write([found] if form is not Format.csv else found["pages"], form, COLUMNS if form is Format.csv else ())
    return 0


def _print(v: dict[str, Any]) -> None:
    out = console()
    count = len(v["pages"])
    out.print(styled((v["title"] or "a story without a title", "bold")))
    read = f"{v['origins_read']} origin{'s' * (v['origins_read'] != 1)} read, {v['origins_named']} named"
    out.print(styled(f"{count} page{'s' * (count != 1)}, {read}; first seen {v['first'] or 'on a day not known'}"))
    for origin in v["origins"]:
        read = "read" if origin["read"] else "named, not read"
        carried = sum(origin["id"] in p["origins"] for p in v["pages"])
        on = f"on {carried} page{'s' * (carried != 1)}"
        out.print(styled("  ", (origin["name"], "cyan"), f": {KINDS[origin['kind']]}, {read}, {on}"))
    addresses = {page["id"]: page["address"] for page in v["pages"]}
    for page in v["pages"]:
        out.print(
            styled("\n", (page["key"], "bold"), f"  {page['published'] or 'no date'}  {page['outlet'] or 'outlet not known'}")
        )
        out.print(styled(f"  {page['title'] or ''}"))
        if page["copy_of"]:
            share = f"{page['coverage']:.0%} of it" if page["relation"] != "verbatim" else "all of it"
            what = "revision" if page["relation"] == "revision" else f"{page['relation']} copy"
            out.print(styled(f"  {what} of {addresses[page['copy_of']]} ({share}): {page['reason']}", style="yellow"))
        if page["credits"]:
            out.print(styled(f"  names {', '.join(page['credits'])}", style="dim"))
        out.print(styled(f"  {page['address']}", style="dim"))


def _difference(found: dict[str, Any]) -> None:
    out = console()
    relation = found["relation"] or "two texts of their own"
    out.print(styled(f"{relation}: {found['coverage_a']:.0%} of {found['a']['key']} stands in {found['b']['key']}, "
                     f"{found['coverage_b']:.0%} the other way; {found['verbatim']:.0%} of that in the same words"))  # fmt: skip
    for passage in sorted(found["passages"], key=lambda p: not any(mark in p["a"] for mark in '“"«')):  # quotations first
        parts: list[Any] = ["\n"]
        for what, left, right in passage["changes"]:
            if what == "same":
                parts.append(f"{left} ")
            else:
                parts += [(f"[{left}] " if left else "", "red strike"), (f"{{{right}}} " if right else "", "green")]
        out.print(styled(*parts))
