"""The ledger: nothing twice, nothing lost, whatever the order."""

from __future__ import annotations

import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, insert, select

from onrecord import settle
from onrecord.errors import BadRequest, LedgerError
from onrecord.ingest import from_jsonl, pages
from onrecord.ingest.kinds import Given
from onrecord.ledger import Ledger, open_ledger, query, schema, store, write
from onrecord.ledger.search import search
from onrecord.ledger.store import integrity
from onrecord.pipeline import read_page
from onrecord.records import Page, PageResult
from onrecord.settle import views

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
        settle.add(book, result)
    return book


def comparable(book: Ledger) -> list[dict[str, Any]]:
    """What a ledger says, without the numbers that it gave out and when it was told."""
    found = [{k: v for k, v in view.items() if k != "id"} for view in views.contacts(book, [])]
    for view in found:
        view["positions"] = [{k: v for k, v in p.items() if k != "captured"} for p in view["positions"]]
    return sorted(found, key=lambda v: (v["names"], v["kind"], str(v["when"]), v["past"]))


def test_adding_a_page_again_changes_nothing(tmp_path: Path, results: list[PageResult]) -> None:
    """Not one row more."""
    book = filled(tmp_path / "a.db", results)
    before = query.counts(book)
    with book.writing() as connection:
        assert all(write.add(connection, result) is None for result in results)
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
        settle.add(book, result)
    after = {v["id"]: (v["names"], v["kind"]) for v in views.contacts(book, [])}
    assert {number: after.get(number, (None, None))[0] for number in before} == {n: names for n, (names, _) in before.items()}


def test_a_killed_writer_loses_nothing_accepted(tmp_path: Path) -> None:
    """Killed in the midst of a page, the ledger holds the pages before it whole, and the run can go on."""
    path = tmp_path / "a.db"
    code = f"""
import os
from onrecord.cli.common import given
from onrecord.ingest import from_jsonl, pages
from onrecord import settle
from onrecord.ledger import open_ledger, write
from onrecord.pipeline import read_page
book = open_ledger({str(path)!r})
found = [read_page(p) for p in pages([{str(EXAMPLES / "pages" / "denial.txt")!r}, {str(EXAMPLES / "pages" / "silence.txt")!r}])]
settle.add(book, found[0])
settle.merge = lambda *a: os._exit(9)
settle.add(book, found[1])
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 9
    book = open_ledger(path)
    assert integrity(book) == [] and query.counts(book)["pages"] == 1
    page = next(iter(pages([str(EXAMPLES / "pages" / "silence.txt")])))
    assert isinstance(page, Page) and settle.add(book, read_page(page)) is None
    assert query.counts(book)["pages"] == 2 and integrity(book) == []


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
    for name, words in (
        ("text.db", "no ledger of ours"),
        ("other.db", "another program"),
        ("new.db", "newer"),
        ("no/such.db", "no folder"),
    ):
        with pytest.raises(LedgerError, match=words):
            open_ledger(tmp_path / name)
    with pytest.raises(LedgerError, match="onrecord add"):
        open_ledger(tmp_path / "none.db", create=False)


def test_what_is_left_out_is_on_record_once(tmp_path: Path) -> None:
    """A failure has its reason; the same one again adds no row."""
    book = open_ledger(tmp_path / "a.db")
    for _ in range(2):
        with book.writing() as connection:
            write.skip(connection, "x.html", "ingest", "empty; capture the page again")
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


def test_a_fault_with_one_page_is_rolled_back_and_on_record(
    tmp_path: Path, results: list[PageResult], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever goes wrong between the first row and the last: no half page, a reason, and the next page goes in."""
    book = open_ledger(tmp_path / "a.db")
    with monkeypatch.context() as patch:
        patch.setattr(write, "_contacts", lambda *_: 1 // 0)
        skipped = settle.add(book, results[0])
    assert skipped is not None and "ZeroDivisionError" in skipped.reason
    assert settle.add(book, results[1]) is None
    counts = query.counts(book)
    assert (counts["pages"], counts["articles"]) == (2, 1) and integrity(book) == []
    assert [s["step"] for s in query.skipped(book)] == ["ledger"]
    assert settle.add(book, results[0]) is None and query.skipped(book) == []


def test_a_page_given_with_another_day_is_read_anew(tmp_path: Path) -> None:
    """The day that a person gives later goes before; nothing of the first reading is left."""
    book = open_ledger(tmp_path / "a.db")
    for day in ("2031-05-18", "2031-05-20"):
        for page in pages([str(EXAMPLES / "spun.txt")], given=Given(day)):
            assert isinstance(page, Page)
            settle.add(book, read_page(page))
    once = open_ledger(tmp_path / "b.db")
    for page in pages([str(EXAMPLES / "spun.txt")], given=Given("2031-05-20")):
        assert isinstance(page, Page)
        settle.add(once, read_page(page))
    assert comparable(book) == comparable(once) and query.counts(book) == query.counts(once) and integrity(book) == []


def test_a_number_once_given_out_keeps_its_meaning(tmp_path: Path, results: list[PageResult]) -> None:
    """Where two contacts turn out to be one, the number that goes leads to the one that stays; parted again, each has its own
    again, and rows of another contact never get it."""
    book = filled(tmp_path / "a.db", results)
    key = "a|b"
    with book.writing() as connection:
        article = connection.execute(select(schema.articles.c.id)).scalar()
        row = {"article": article, "local": "c", "party_key": key, "kind": "call", "past": True, "precision": "open", "data": {}}
        ids = [connection.execute(insert(schema.contacts).values(row)).inserted_primary_key[0] for _ in range(2)]
        write.assign(connection, key, [[i] for i in ids])
        numbers = [
            connection.execute(select(schema.contacts.c.merged).where(schema.contacts.c.id == i)).scalar_one() for i in ids
        ]
        write.assign(connection, key, [ids])
    assert {query.current(book, n) for n in numbers} == {min(numbers)}
    with book.writing() as connection:
        other = connection.execute(insert(schema.contacts).values(row)).inserted_primary_key[0]
        write.assign(connection, key, [ids, [other]])
        write.assign(connection, key, [[other], *([i] for i in ids)])
        again = [
            connection.execute(select(schema.contacts.c.merged).where(schema.contacts.c.id == i)).scalar_one()
            for i in [*ids, other]
        ]
    assert again[:2] == numbers and again[2] > max(numbers)
    with pytest.raises(BadRequest):
        query.current(book, 10**6)


def test_copies_under_two_names_are_one_origin(tmp_path: Path) -> None:
    """The same words in two papers that credit nobody entered once."""
    text = "Russian President Vladimir Putin and U.S. President Donald Trump spoke by phone on Monday. " * 3
    book = open_ledger(tmp_path / "a.db")
    for outlet in ("The Herald", "The Courier"):
        line = json.dumps({"text": text, "published": "2031-05-20", "outlet": outlet, "id": outlet})
        item = from_jsonl.of_lines(io.BytesIO(line.encode()), "x", Given())
        for page in item:
            assert isinstance(page, Page)
            settle.add(book, read_page(page))
    found = views.contacts(book, [])
    assert found and all((view["origins_named"], view["pages"]) == (1, 2) for view in found)


@pytest.mark.parametrize("damage", ["garbage", "locked", "readonly"])
def test_a_ledger_that_cannot_be_used_is_told_in_a_line(
    tmp_path: Path, results: list[PageResult], damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Damaged in the middle, locked by another program, not writable: a LedgerError with what to do."""
    path = tmp_path / "a.db"
    filled(path, results[:3]).engine.dispose()
    monkeypatch.setattr(store, "BUSY_SECONDS", 0.1)
    other = sqlite3.connect(path)
    if damage == "garbage":
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        other.close()
        raw = bytearray(path.read_bytes())
        raw[8192:60_000] = b"\x7f" * (60_000 - 8192)
        path.write_bytes(raw)
    elif damage == "locked":
        other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LedgerError, match=r"; .*(run `onrecord doctor|wait for it|permissions)"):
        book = open_ledger(path)
        if damage == "readonly":
            with book.writing() as connection:
                connection.exec_driver_sql("PRAGMA query_only = ON")
                write.skip(connection, "x", "y", "z")
        settle.add(book, results[4])
        views.contacts(book, [])
        query.said(book, None)
        search(book, "corridor")
