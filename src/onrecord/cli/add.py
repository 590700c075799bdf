"""`onrecord add`: pages into the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from .common import (
    ACTORS,
    EXIT_FAILED_INPUTS,
    FROM,
    JOBS,
    LEDGER,
    OUTLET,
    PUBLISHED,
    complain,
    given,
    ledger_at,
    plain,
    progress,
    use_actors,
)  # fmt: skip

if TYPE_CHECKING:
    from ..ledger import Ledger
    from ..records import Page


def run(
    paths: list[str] = typer.Argument(help="Files, folders, or - for stdin."),
    ledger: Path | None = LEDGER,
    source: str = FROM,
    published: str | None = PUBLISHED,
    outlet: str | None = OUTLET,
    actors: Path | None = ACTORS,
    jobs: int | None = JOBS,
) -> int:
    """\b
    Examples:
      onrecord add examples/pages --actors examples/actors.tsv
      onrecord add examples/pages/agency.html --ledger onrecord.db

    Read pages and put them into the ledger.

    Each page is one transaction. A page that is already there is passed over, so a run that was killed is gone on with by
    giving the same command again. What is left out is named on stderr, kept in the ledger with its reason, and tried again
    the next time. A page that is given again with another --published or --outlet is read anew. A page that carries the words
    of one that is there, in the same words or in others, is said to be a copy of it.
    """
    from .. import settle
    from ..scale.pool import read_pages

    use_actors(actors)
    counts: Counter[str] = Counter()
    book = ledger_at(ledger, create=True)
    with progress("adding") as step:
        for result in read_pages(_new(book, paths, source, published, outlet, counts), jobs):
            where = result.page.place
            step(where)
            skipped = settle.add(book, result)
            stored = result.article is not None and (skipped is None or skipped.step == "read")
            counts["added"] += stored
            copied = settle.copy_of(book, result) if stored else None
            if copied is not None:
                counts["copies"] += 1
                what = copied[0] if copied[0] == "revision" else f"{copied[0]} copy"
                print(f"{plain(where)}: {what} of {plain(copied[1])}")
            if skipped is not None:
                counts["not read" if stored else "left out"] += 1
                complain(f"{where}: {skipped.reason}")
    print(_summary(counts, book.path))
    return EXIT_FAILED_INPUTS if counts["left out"] or counts["not read"] else 0


def _new(
    book: Ledger, paths: list[str], source: str, published: str | None, outlet: str | None, counts: Counter[str]
) -> Iterator[Page]:
    """The pages that are not in the ledger yet; failures go to the ledger and to stderr."""
    from ..ingest import pages
    from ..ingest.kinds import Failure
    from ..ledger import write

    for item in pages(paths, source, given(published, outlet)):
        if isinstance(item, Failure) and _is_ledger(item.where, book.path):
            continue  # the ledger lies in the folder that is being read
        if isinstance(item, Failure):
            counts["left out"] += 1
            complain(f"{item.where}: {item.reason}")
            with book.writing() as connection:
                write.skip(connection, item.where, item.step, item.reason)
            continue
        with book.reading() as connection:
            wanted = write.wanted(connection, item)
        if wanted:
            yield item
        else:
            counts["known"] += 1


def _summary(counts: Counter[str], path: Path) -> str:
    parts = [f"{counts['added']} page{'s' * (counts['added'] != 1)} added to {path}"]
    parts += [f"{counts[name]} {words}" for name, words in (("copies", "of them copies of others"),
                                                          ("known", "known already"), ("not read", "stored but not read"),
                                                          ("left out", "left out")) if counts[name]]  # fmt: skip
    return ", ".join(parts)


def _is_ledger(where: str, path: Path) -> bool:
    """Is an input the ledger itself, or one of the files that SQLite keeps beside it?"""
    found = Path(where).resolve()
    return found in {path.resolve().with_name(path.name + suffix) for suffix in ("", "-wal", "-shm")}
