"""`onrecord read`: what do these pages say? Nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import typer

from .common import (
    ACTORS,
    EXIT_FAILED_INPUTS,
    FROM,
    JOBS,
    OUTLET,
    PUBLISHED,
    complain,
    console,
    dates_of,
    given,
    progress,
    styled,
    use_actors,
    write,
)  # fmt: skip


class Shape(StrEnum):
    """How readings are printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    html = "html"


QUOTE_WIDTH = 110
COLUMNS = ("id", "page", "article", "actors", "times", "attributions", "contacts", "commitments", "accusations", "skipped")


def run(
    paths: list[str] = typer.Argument(help="Files, folders, or - for stdin."),
    form: Shape = typer.Option(Shape.table, "--format", "-f", help="How to print the readings."),
    source: str = FROM,
    published: str | None = PUBLISHED,
    outlet: str | None = OUTLET,
    actors: Path | None = ACTORS,
    repairs: bool = typer.Option(False, "--repairs", help="List each repair, before and after, and what was left out."),
    jobs: int | None = JOBS,
) -> int:
    """\b
    Examples:
      onrecord read examples/pages/agency.html
      onrecord read examples/spun.txt --published 2031-05-18 --repairs

    Read pages and print who said what, and which contacts are told of.

    HTML, text and JSON lines are told apart by their content. --format jsonl prints the JSON contract, one object a page;
    --format html makes one self-contained page with the evidence marked.
    """
    failed: list[str] = []
    use_actors(actors)
    with progress("reading") as step:
        rows = _rows(paths, source, published, outlet, jobs, failed, step)
        if form is Shape.table:
            _print(rows, repairs)
        else:
            write((row for _, row in rows), form, COLUMNS if form is Shape.csv else ())
    return EXIT_FAILED_INPUTS if failed else 0


def _rows(
    paths: list[str], source: str, published: str | None, outlet: str | None, jobs: int | None, failed: list[str], step: Any
) -> Iterator[tuple[Any, Any]]:
    """(result, contract row) of every page; failures are complained of as they come."""
    from ..ingest import pages
    from ..ingest.kinds import Failure
    from ..readings import to_reading
    from ..records import Page
    from ..scale.pool import read_pages

    def good() -> Iterator[Page]:
        for item in pages(paths, source, given(published, outlet)):
            if isinstance(item, Failure):
                failed.append(item.where)
                complain(f"{item.where}: {item.reason}")
            else:
                yield item

    for result in read_pages(good(), jobs):
        where = result.page.place
        step(where)
        if result.skipped is not None:
            failed.append(where)
            complain(f"{where}: {result.skipped.reason}")
        yield result, to_reading(result)


def _print(rows: Iterator[tuple[Any, Any]], repairs: bool) -> None:
    from rich.rule import Rule

    out = console()
    for result, row in rows:
        article = row.get("article")
        out.print(Rule(styled((article or {}).get("title") or result.page.path or result.page.id), align="left"))
        if article is None:
            out.print(styled(f"left out: {row['skipped']['reason']}", style="yellow"))
            continue
        out.print(styled(_facts(article), style="dim"))
        if "skipped" in row:
            out.print(styled(f"not read: {row['skipped']['reason']}", style="yellow"))
        for c in row["contacts"]:
            head = (" – ".join(c["names"]), "bold"), f", {c['kind']}, {dates_of(c['when'])}: "
            out.print(styled("\n", *head, (c["status"], "bold"), f" ({c['because']})"))
            for p in c["positions"]:
                out.print(styled(f"  {p['name']} {p['stance'].replace('_', ' ')}: {_short(p['text'])}"))
        if row["attributions"]:
            out.print(styled(f"\n{len(row['attributions'])} attributions", style="bold"))
        for a in row["attributions"]:
            who = a["source"]["text"] if a["source"] else "(nobody named)"
            where = f" ({a['venue']})" if a["venue"] else ""
            out.print(
                styled(
                    "  ",
                    (who, "cyan"),
                    where,
                    " ",
                    (a["cue"]["text"] if a["cue"] else "…", "dim"),
                    ": ",
                    _short(a["content"]["text"]),
                )
            )
        if repairs:
            _print_repairs(out, result)
            _print_dropped(out, result)
        out.print()


def _facts(article: Any) -> str:
    day = article["published"]
    parts = [
        f"{day['value']} ({day['basis']})" if day else "no date",
        article["outlet"] or "outlet not known",
        f"language {article['language']}",
    ]
    parts += [f"{c['relation'].replace('_', ' ')}: {c['name']}" for c in article["credits"]]
    parts += [f"{n} × {kind.replace('_', ' ')} repaired" for kind, n in article["repairs"].items()]
    reasons: dict[str, int] = {}
    for d in article["dropped"]:
        reasons[d["reason"]] = reasons.get(d["reason"], 0) + 1
    return ", ".join(parts + [f"{n} × {reason} dropped" for reason, n in reasons.items()])


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= QUOTE_WIDTH else text[: QUOTE_WIDTH - 1] + "…"


def _print_repairs(out: Any, result: Any) -> None:
    from rich.table import Table

    article = result.article
    table = Table("at", "kind", "before", "after", title=f"{len(article.repairs)} repairs", title_justify="left")
    for r in article.repairs:
        low, high = r.at
        text = article.page_text
        before = f"{text[max(0, low - 12) : low]}[{text[low:high]}]{text[high : high + 12]}" if text else f"[{r.before}]"
        table.add_row(str(low), r.kind.replace("_", " "), _visible(before), _visible(f"[{r.after}]"))
    out.print(table)


def _print_dropped(out: Any, result: Any) -> None:
    from rich.table import Table

    dropped = result.article.dropped
    table = Table("at", "reason", "left out", title=f"{len(dropped)} left out", title_justify="left")
    for d in dropped:
        table.add_row(str(d.at[0]) if d.at else "", d.reason, _visible(_short(d.text)))
    out.print(table)


def _visible(text: str) -> Any:
    return styled(text.replace("\n", "⏎").replace("\t", "→"))
