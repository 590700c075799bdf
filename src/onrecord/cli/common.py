"""What the commands share: options, tables, progress, complaints."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from ..ingest.kinds import Given
    from ..ledger import Ledger

EXIT_FAULT, EXIT_USAGE, EXIT_FAILED_INPUTS, EXIT_INTERRUPTED = 1, 2, 3, 130
MAX_NUMBER = 2**31 - 1
WIDE = 120  # columns where the output is no terminal and COLUMNS is not set


class Format(StrEnum):
    """How results are printed."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"


FORMAT = typer.Option(Format.table, "--format", "-f", help="How to print the results.")
LEDGER = typer.Option(None, "--ledger", "-l", envvar="ONRECORD_LEDGER", help="The ledger to use.  [default: onrecord.db]")
SINCE = typer.Option(None, "--since", help="From this day, month or year on: 2024-11-05, 2024-11, 2024.")
UNTIL = typer.Option(None, "--until", help="Up to this day, month or year.")
STATUS = typer.Option(None, "--status", help="Only of this status: disputed, denied, announced, …")
KIND = typer.Option(None, "--kind", help="Only of this kind: call, meeting, visit, talks, letter or contact.")
AS_OF = typer.Option(None, "--as-of", help="What was on record on this day.")
FROM = typer.Option("auto", "--from", help="What the inputs are: auto (found by content), jsonl, or text.")
PUBLISHED = typer.Option(None, "--published", help="The day on which the pages were published, where they do not say.")
OUTLET = typer.Option(None, "--outlet", help="The outlet of the pages, where they do not say.")
ACTORS = typer.Option(None, "--actors", envvar="ONRECORD_ACTORS", help="A table of your own actors (TSV), merged over ours.")
JOBS = typer.Option(None, "--jobs", "-j", min=1, help="Processes that read at the same time.  [default: one a core]")


def complain(message: str) -> None:
    """One line on stderr."""
    print(f"onrecord: {' '.join(plain(message).splitlines())}", file=sys.stderr)


def console(stderr: bool = False) -> Console:
    """A console that is as wide as the terminal, or wide enough for a table in a file."""
    from rich.console import Console

    out = Console(stderr=stderr, highlight=False)
    if not out.is_terminal and "COLUMNS" not in os.environ:
        out = Console(stderr=stderr, highlight=False, width=WIDE)
    return out


# Control characters, and those that turn the direction of writing: both can make a line say what it does not.
CONTROLS = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160), 0x61C, 0x200E, 0x200F,
                          *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "�") | {13: " "}  # fmt: skip


def plain(text: str) -> str:
    """Text without control characters: a page must not write to the terminal of who reads about it."""
    return text.translate(CONTROLS)


def styled(*parts: str | tuple[str, str], style: str = "") -> Text:
    """Text for the console from strings and (string, style) pairs; never taken for markup."""
    from rich.text import Text

    out = Text(style=style)
    for part in parts:
        out.append(*((plain(part),) if isinstance(part, str) else (plain(part[0]), part[1])))
    return out


def day(value: str | None, *, end: bool = False) -> date | None:
    """The first (or last) day of a day, month or year. Raises `BadRequest`."""
    from .. import dates
    from ..errors import BadRequest

    if value is None:
        return None
    try:
        found = dates.named(value)
    except ValueError as error:
        raise BadRequest(str(error)) from None
    return found.end if end else found.start


def one_of(option: str, value: str | None, known: Sequence[str]) -> None:
    """Raises `BadRequest` for a value that an option does not know."""
    from ..errors import BadRequest

    if value is not None and value not in known:
        raise BadRequest(f"{option} {value!r} is unknown; there are {', '.join(known)}")


def given(published: str | None, outlet: str | None) -> Given:
    """What the caller says of the pages. Raises `BadRequest` for what is no day."""
    from ..dates import iso_day
    from ..errors import BadRequest
    from ..ingest.kinds import Given

    try:
        return Given(iso_day(published).isoformat() if published else None, outlet or None)
    except ValueError as error:
        raise BadRequest(f"--published: {error}; leave it out where the day is not known") from None


def use_actors(path: Path | None) -> None:
    """Put a table of the caller's own in force, in this process and those it starts."""
    from ..tables import SETTING
    from ..tables.actors import current

    if path is not None:
        os.environ[SETTING] = str(path)
        current()  # says now, rather than at the first page, that a table cannot be read


def ledger_at(path: Path | None, *, create: bool = False) -> Ledger:
    """The ledger that an option or ONRECORD_LEDGER names."""
    from ..ledger.store import DEFAULT, open_ledger

    return open_ledger(path or DEFAULT, create=create)


def write(rows: Iterable[Mapping[str, Any]], form: StrEnum, columns: Sequence[str] = ()) -> None:
    """Rows on stdout in one of the export formats."""
    from ..export import EXPORTS

    EXPORTS[form.value](rows, sys.stdout, columns)


@contextmanager
def progress(label: str) -> Iterator[Callable[[str], None]]:
    """A bar on stderr, on terminals only; call what it gives once a page, with a note."""
    out = console(stderr=True)
    if not out.is_terminal:
        yield lambda _: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
                  console=out, transient=True) as bar:  # fmt: skip
        task = bar.add_task(label, total=None)
        yield lambda note: bar.update(task, advance=1, description=note[:60])


def dates_of(when: Mapping[str, Any]) -> str:
    """An interval as people write one: 2025-03-18; 2024-11-01 – 2024-11-10; until …; unknown."""
    start, end = when["start"], when["end"]
    if start and start == end:
        return str(start)
    if start and end:
        return f"{start} – {end}"
    if start:
        return f"from {start}"
    return f"until {end}" if end else "unknown"
