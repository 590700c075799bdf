"""What people decide goes over what was read, never into it; and can be undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from onrecord import settle
from onrecord.errors import BadRequest
from onrecord.ingest import pages
from onrecord.ingest.kinds import Given
from onrecord.ledger import Ledger, decisions, open_ledger, query
from onrecord.ledger import schema as t
from onrecord.ledger.search import search
from onrecord.pipeline import read_page
from onrecord.records import Page, PageResult
from onrecord.settle import decide, story_views, summaries, views

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
BY = {"who": "tester", "why": "a reason"}


@pytest.fixture(scope="module")
def results() -> list[PageResult]:
    """The example pages, read once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONRECORD_ACTORS", str(EXAMPLES / "actors.tsv"))
        found = pages([str(EXAMPLES / "pages"), str(EXAMPLES / "spun.txt")], given=Given())
        return [read_page(page) for page in found if isinstance(page, Page)]


@pytest.fixture
def book(tmp_path: Path, results: list[PageResult]) -> Ledger:
    """A ledger of them."""
    made = open_ledger(tmp_path / "a.db")
    for result in results:
        settle.add(made, result)
    return made


def state(book: Ledger) -> list[tuple[object, ...]]:
    """All contacts, as they are shown."""
    return [
        (v["id"], v["names"], v["kind"], str(v["when"]), v["status"], v["because"], v["origins"])
        for v in views.contacts(book, [])
    ]


def of_status(book: Ledger, status: str) -> dict[str, object]:
    """The first contact of a status."""
    return next(v for v in views.contacts(book, []) if v["status"] == status)


def facts_as_read(book: Ledger) -> list[object]:
    """The facts' own data."""
    with book.reading() as connection:
        return [
            connection.execute(select(table.c.data).order_by(table.c.id)).scalars().all()
            for table in (t.contacts, t.attributions)
        ]


def test_a_rejected_denial_no_longer_disputes_and_undone_it_does(book: Ledger) -> None:
    """The status follows; the fact stays as it was read; undone, all is as before."""
    before, read = state(book), facts_as_read(book)
    disputed = of_status(book, "disputed")
    denial = next(p["fact"] for p in disputed["positions"] if p["stance"] == "denies")  # type: ignore[attr-defined]
    number = decide.judge(book, "reject", denial, {}, **BY)
    assert views.contact(book, int(str(disputed["id"])))["status"] == "reported"
    decide.undo(book, number)
    assert state(book) == before and facts_as_read(book) == read


def test_two_contacts_are_made_one_and_two_again(book: Ledger) -> None:
    """Merged over different kinds and days; the number that went leads to the one that stays; undone they are two."""
    before = state(book)
    first, second = views.contacts(book, ["Orsolo", "Venn"])[:2]
    number = decide.merge(book, first["id"], second["id"], **BY)
    one = views.contact(book, first["id"])
    assert {f["fact"] for f in one["facts"]} == {f["fact"] for v in (first, second) for f in v["facts"]}
    assert views.contact(book, second["id"])["id"] == one["id"] and len(state(book)) == len(before) - 1
    decide.undo(book, number)
    assert state(book) == before


def test_undoing_gives_numbers_back(book: Ledger) -> None:
    """A contact whose only fact was rejected, one that was merged over parties: each has its own number again."""
    before = state(book)
    lone = next(v for v in views.contacts(book, []) if len(v["facts"]) == 1)
    number = decide.judge(book, "reject", lone["facts"][0]["fact"], {}, **BY)
    with pytest.raises(BadRequest, match="no contact"):
        views.contact(book, lone["id"])
    decide.undo(book, number)
    assert state(book) == before
    leaders, states = views.contacts(book, ["Orsolo", "Venn"])[0], views.contacts(book, ["Karvenia", "Sulmar"])[0]
    for kept, moved in ((leaders, states), (states, leaders)):
        decide.undo(book, decide.merge(book, kept["id"], moved["id"], **BY))
        assert state(book) == before


def test_contacts_of_other_parties_can_be_one(book: Ledger) -> None:
    """What a page says of two states was said of their leaders."""
    leaders = views.contacts(book, ["Orsolo", "Venn"])[0]
    states = next(v for v in views.contacts(book, ["Karvenia", "Sulmar"]) if v["past"] == leaders["past"])
    decide.merge(book, leaders["id"], states["id"], **BY)
    one = views.contact(book, leaders["id"])
    assert one["parties"] == leaders["parties"] and {f["fact"] for f in states["facts"]} <= {f["fact"] for f in one["facts"]}


def test_a_fact_is_split_off(book: Ledger) -> None:
    """One of several pages told of another call."""
    many = next(v for v in views.contacts(book, []) if len(v["facts"]) >= 3)
    own = many["facts"][0]["fact"]
    decide.split(book, many["id"], [own], **BY)
    groups = [{f["fact"] for f in v["facts"]} for v in views.contacts(book, [])]
    assert {own} in groups
    with pytest.raises(BadRequest, match="some, not all"):
        decide.split(book, views.contacts(book, [])[0]["id"], ["nothing"], **BY)


def test_a_date_and_a_speaker_are_corrected(book: Ledger) -> None:
    """The day moves the contact; the speaker moves the words."""
    planned = of_status(book, "planned")
    for fact in planned["facts"]:  # type: ignore[attr-defined]
        decide.judge(book, "correct", fact["fact"], decide.correction(book, date="2031-07"), **BY)
    moved = views.contact(book, int(str(planned["id"])))
    assert moved["when"] == {"start": "2031-07-01", "end": "2031-07-31", "precision": "month", "text": None}
    row = query.said(book, "Tarn", limit=1)[0]
    decide.judge(book, "correct", row["fact"], decide.correction(book, speaker="Mara Venn"), **BY)
    assert row["fact"] in {r["fact"] for r in query.said(book, "Mara Venn", limit=500)}
    assert row["fact"] not in {r["fact"] for r in query.said(book, "Tarn", limit=500)}
    with pytest.raises(BadRequest, match="nobody"):
        decide.correction(book, speaker="Nobody Known")


def test_what_is_decided_of_words_holds_for_positions_that_rest_on_them(book: Ledger) -> None:
    """An attribution that is rejected takes its position out; one of another speaker makes it theirs; search follows."""
    before = state(book)
    contact = next(
        v for v in views.contacts(book, []) if any(p["attribution"] and p["stance"] == "denies" for p in v["positions"])
    )
    denial = next(p for p in contact["positions"] if p["attribution"] and p["stance"] == "denies")
    said = next(
        r for r in query.said(book, None, limit=500) if r["key"] == denial["article"] and r["data"]["id"] == denial["attribution"]
    )
    number = decide.judge(book, "reject", said["fact"], {}, **BY)
    assert all(p["text"] != denial["text"] for p in views.contact(book, contact["id"])["positions"])
    decide.undo(book, number)
    number = decide.judge(book, "correct", said["fact"], decide.correction(book, speaker="Dessa Tarn"), **BY)
    assert next(p for p in views.contact(book, contact["id"])["positions"] if p["text"] == denial["text"])["name"] == "Dessa Tarn"
    tarn = next(r for r in query.said(book, "Dessa Tarn", limit=1))["data"]["source"]["actors"]
    assert denial["article"] in {r["key"] for r in search(book, "", 50, facets={"speaker": tarn})}
    decide.undo(book, number)
    assert state(book) == before and denial["article"] not in {r["key"] for r in search(book, "", 50, facets={"speaker": tarn})}


def test_a_correction_has_to_fit(book: Ledger) -> None:
    """A contact has no speaker, an attribution no kind."""
    contact = views.contacts(book, [])[0]["facts"][0]["fact"]
    said = query.said(book, None, limit=1)[0]["fact"]
    for fact, over in ((contact, {"speaker": "Mara Venn"}), (said, {"kind": "call"}), (said, {})):
        with pytest.raises(BadRequest, match="that can be"):
            decide.judge(book, "correct", fact, decide.correction(book, **over), **BY)  # type: ignore[arg-type]


def test_decisions_hold_for_pages_that_are_read_anew(book: Ledger, results: list[PageResult]) -> None:
    """A page given again with another outlet is read anew; what was decided about its facts stays decided."""
    disputed = of_status(book, "disputed")
    denial = next(p for p in disputed["positions"] if p["stance"] == "denies")  # type: ignore[attr-defined]
    decide.judge(book, "reject", denial["fact"], {}, **BY)
    before = state(book)
    result = next(r for r in results if r.page.sha256 == denial["page_sha256"])
    given = Page(
        result.page.id, result.page.content, result.page.sha256, result.page.media_type, path=result.page.path, outlet="Other"
    )
    settle.add(book, read_page(given))
    assert sorted(row[4:6] for row in state(book)) == sorted(row[4:6] for row in before)


def test_articles_are_said_to_be_independent_or_copies(book: Ledger) -> None:
    """The tree follows, and follows back."""
    name = next(s["story"] for s in story_views.stories(book) if any(p["relation"] == "edited" for p in s["pages"]))
    copy = next(p for p in story_views.story(book, name)["pages"] if p["relation"] == "edited")
    pages_ = {p["id"]: p for p in story_views.story(book, name)["pages"]}
    number = decide.relate(book, "independent", copy["key"], pages_[copy["copy_of"]]["key"], **BY)
    after = next(p for p in story_views.story(book, copy["key"])["pages"] if p["key"] == copy["key"])
    assert after["copy_of"] != copy["copy_of"]
    decide.undo(book, number)
    again = next(p for p in story_views.story(book, copy["key"])["pages"] if p["key"] == copy["key"])
    assert (again["relation"], again["copy_of"]) == (copy["relation"], copy["copy_of"])
    two = [p["key"] for p in story_views.story(book, name)["pages"] if p["relation"] == "own"][:2]
    decide.relate(book, "copy_of", two[1], two[0], **BY)
    found = {p["key"]: p for p in story_views.story(book, two[0])["pages"]}
    assert any(found[key]["copy_of"] for key in two)


def test_a_decision_needs_who_and_why(book: Ledger) -> None:
    """And something that is there."""
    fact = views.contacts(book, [])[0]["facts"][0]["fact"]
    for who, why in (("", "x"), ("x", " ")):
        with pytest.raises(BadRequest, match="who takes it and why"):
            decide.judge(book, "reject", fact, {}, who=who, why=why)
    with pytest.raises(BadRequest, match="no fact"):
        decide.judge(book, "reject", "x/y", {}, **BY)
    with pytest.raises(BadRequest, match="no decision"):
        decide.undo(book, 99)
    number = decide.judge(book, "accept", fact, {}, **BY)
    decide.undo(book, number)
    with pytest.raises(BadRequest, match="undone already"):
        decide.undo(book, number)
    with book.reading() as connection:
        [row] = decisions.listed(connection)
    assert row["who"] == "tester" and row["undone_at"]


def test_summaries_say_what_the_contacts_say(book: Ledger) -> None:
    """Made when asked for, and anew where something was touched."""
    summaries.refresh(book)

    def shown() -> list[tuple[object, ...]]:
        rows, total = summaries.contacts(book, order="when", limit=500)
        assert total == len(rows)
        return sorted((r["id"], r["status"], r["because"], r["origins_named"], r["origins_read"], r["pages"]) for r in rows)

    def true() -> list[tuple[object, ...]]:
        found = views.contacts(book, [])
        return sorted((v["id"], v["status"], v["because"], v["origins_named"], v["origins_read"], v["pages"]) for v in found)

    assert shown() == true()
    denial = next(p["fact"] for p in of_status(book, "disputed")["positions"] if p["stance"] == "denies")  # type: ignore[attr-defined]
    decide.judge(book, "reject", denial, {}, **BY)
    summaries.refresh(book)
    assert shown() == true()


def test_history_tells_from_when_on_which_status_held(book: Ledger) -> None:
    """And a list as of a day has the statuses of that day."""
    summaries.refresh(book)
    changed = [r for r in summaries.contacts(book, limit=500)[0] if r["was"]]
    assert changed
    row = changed[0]
    history = summaries.history_of(book, row["id"])
    assert [s for _, s in history][-1] == row["status"] and [s for _, s in history][-2] == row["was"]
    then, _ = summaries.contacts(book, as_of=history[-2][0], limit=500)
    assert next(r["then"] for r in then if r["id"] == row["id"]) == row["was"]
    assert views.contact(book, row["id"], as_of=history[-2][0])["status"] == row["was"]
