"""The ledger: nothing twice, nothing lost, whatever the order."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine

from onrecord.errors import LedgerError
from onrecord.ingest import pages
from onrecord.ingest.kinds import Given
from onrecord.ledger import Ledger, open_ledger, query, schema, write
from onrecord.ledger.search import search
from onrecord.ledger.store import integrity
from onrecord.pipeline import read_page
from onrecord.records import Page, PageResult
from onrecord.settle import settle, views

EXAMPLES = Path(__file__).parent.parent.parent / "examples"


@pytest.fixture(scope="module")
def results() -> list[PageResult]:
    """The example pages, read once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONRECORD_ACTORS", str(EXAMPLES / "actors.tsv"))
        found = pages([str(EXAMPLES / "pages"), str(EXAMPLES / "spun.txt")], given=Given("2031-05-18"))
        return [read_page(page) for page in found if isinstance(page, Page)]


def filled(path: Path, results: Iterable[PageResult]) -> Ledger:
    """A ledger of these pages."""
    book = open_ledger(path)
    for result in results:
        settle(book, write.add(book, result) or ())
    return book


def comparable(book: Ledger) -> list[dict[str, Any]]:
    """What a ledger says, without the numbers that it gave out."""
    found = [{k: v for k, v in view.items() if k != "id"} for view in views.contacts(book, [])]
    return sorted(found, key=lambda v: (v["names"], v["kind"], str(v["when"]), v["past"]))


def test_adding_a_page_again_changes_nothing(tmp_path: Path, results: list[PageResult]) -> None:
    """Not one row more."""
    book = filled(tmp_path / "a.db", results)
    before = query.counts(book)
    assert all(write.add(book, result) is None for result in results)
    assert query.counts(book) == before and before["pages"] == len(results)


def test_the_order_of_pages_does_not_matter(tmp_path: Path, results: list[PageResult]) -> None:
    """Merged contacts, statuses, positions and origins are the same for different orders."""
    orders = [results, results[::-1], results[5:] + results[:5], sorted(results, key=lambda r: r.page.sha256)]
    said = [comparable(filled(tmp_path / f"{i}.db", order)) for i, order in enumerate(orders)]
    assert said[0] and all(other == said[0] for other in said[1:])


def test_a_contact_keeps_its_number_when_pages_come(tmp_path: Path, results: list[PageResult]) -> None:
    """`contact 3` is the same contact tomorrow."""
    book = filled(tmp_path / "a.db", results[:4])
    before = {v["id"]: (v["names"], v["kind"]) for v in views.contacts(book, [])}
    for result in results[4:]:
        settle(book, write.add(book, result) or ())
    after = {v["id"]: (v["names"], v["kind"]) for v in views.contacts(book, [])}
    assert {number: after.get(number, (None, None))[0] for number in before} == {n: names for n, (names, _) in before.items()}


def test_a_killed_writer_loses_nothing_accepted(tmp_path: Path) -> None:
    """Killed in the midst of a page, the ledger holds the pages before it whole, and the run can go on."""
    path = tmp_path / "a.db"
    code = f"""
import os
from onrecord.cli.common import given
from onrecord.ingest import pages
from onrecord.ledger import open_ledger, write
from onrecord.pipeline import read_page
book = open_ledger({str(path)!r})
found = [read_page(p) for p in pages([{str(EXAMPLES / "pages" / "denial.txt")!r}, {str(EXAMPLES / "pages" / "silence.txt")!r}])]
write.add(book, found[0])
write._contacts = lambda *a: os._exit(9)
write.add(book, found[1])
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    book = open_ledger(path)
    assert integrity(book) == [] and query.counts(book)["pages"] == 1
    page = next(iter(pages([str(EXAMPLES / "pages" / "silence.txt")])))
    assert isinstance(page, Page) and write.add(book, read_page(page)) is not None


def test_migrations_lead_to_the_tables_of_the_schema(tmp_path: Path) -> None:
    """What Alembic builds is what schema.py describes."""
    from alembic.autogenerate import compare_metadata
    from alembic.runtime.migration import MigrationContext

    open_ledger(tmp_path / "a.db")
    with create_engine(f"sqlite:///{tmp_path / 'a.db'}").connect() as connection:
        found = compare_metadata(MigrationContext.configure(connection), schema.metadata)
    assert [d for d in found if "articles_fts" not in str(d)] == []


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    """Text, another program's database, a newer ledger, a missing folder: a message each, and the file is left alone."""
    (tmp_path / "text.db").write_text("not a database at all, but a text of some length " * 30)
    with sqlite3.connect(tmp_path / "other.db") as other:
        other.execute("CREATE TABLE cats (name)")
    open_ledger(tmp_path / "new.db")
    with sqlite3.connect(tmp_path / "new.db") as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
    for name, words in (("text.db", "no ledger"), ("other.db", "another program"), ("new.db", "newer"), ("no/such.db", "no folder")):
        with pytest.raises(LedgerError, match=words):
            open_ledger(tmp_path / name)
    with pytest.raises(LedgerError, match="onrecord add"):
        open_ledger(tmp_path / "none.db", create=False)


def test_what_is_left_out_is_on_record_once(tmp_path: Path) -> None:
    """A failure has its reason; the same one again adds no row."""
    book = open_ledger(tmp_path / "a.db")
    for _ in range(2):
        write.skip(book, "x.html", "ingest", "empty; capture the page again")
    assert [(s["where"], s["step"]) for s in query.skipped(book)] == [("x.html", "ingest")]


def test_search_takes_phrases_and_any_punctuation(tmp_path: Path, results: list[PageResult]) -> None:
    """FTS5's syntax works; what is not well-formed in it is taken word by word; hits are marked."""
    book = filled(tmp_path / "a.db", results)
    assert search(book, '"grain corridor"') and search(book, "ceasefire OR corridor")
    for odd in ('"', "AND", "a* OR (", "it's", "x:y", "-", ""):
        search(book, odd)
    assert "\x02" in search(book, "corridor")[0]["passage"]


def test_said_finds_by_about_and_to(tmp_path: Path, results: list[PageResult]) -> None:
    """By speaker, by who is named in the words, by addressee, and only true quotations."""
    book = filled(tmp_path / "a.db", results)
    assert {"dessa-tarn"} == {a for row in query.said(book, "Tarn") for a in row["data"]["source"]["actors"]}
    assert all("Venn" in row["content"] for row in query.said(book, None, about="Mara Venn"))
    assert query.said(book, "Almet", to="briefing") and not query.said(book, "Nobody")
    assert all(row["verbatim"] and row["quotation"] == "direct" for row in query.said(book, "Tarn", verbatim=True))


def test_a_merged_contact_shows_named_and_read_origins(tmp_path: Path, results: list[PageResult]) -> None:
    """Copies of the agency's story are no further sources of it."""
    wire = [r for r in results if str(r.page.path).endswith(("agency.html", "courier.html", "herald.html"))]
    [call] = [v for v in views.contacts(filled(tmp_path / "a.db", wire), ["Orsolo", "Venn"]) if v["kind"] == "call"]
    assert call["pages"] == 3 and [(o["name"], o["read"]) for o in call["origins"]] == [("Northgate Wire", True)]


def test_every_permutation_of_three_pages_settles_alike(tmp_path: Path, results: list[PageResult]) -> None:
    """The three pages that speak of April."""
    april = [r for r in results if str(r.page.path).endswith(("daily.html", "denial.txt", "silence.txt"))]
    said = [comparable(filled(tmp_path / f"{i}.db", order)) for i, order in enumerate(permutations(april))]
    assert all(other == said[0] for other in said)
    assert any(v["status"] == "disputed" for v in said[0])
