"""Stories do not depend on the order in which pages come, and a copy hangs from what it was made from."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from test_copies import RIVAL, SPUN, WIRE

from onrecord import settle
from onrecord.errors import BadRequest
from onrecord.ingest.kinds import Given, page_of
from onrecord.ledger import Ledger, open_ledger
from onrecord.ledger import schema as t
from onrecord.pipeline import read_page
from onrecord.read import sketch
from onrecord.records import Article, PageResult, Published, Reading
from onrecord.settle import story_views
from onrecord.settle.tree import edges

OTHER = """TARN, May 18 - A fire in the old cannery at Tarn burned for nine hours on Friday and destroyed two halls, the brigade said.
No one was hurt, said captain Olek Dorn, who led 60 firefighters. The owner, Baltmar Foods, had closed the site in 2028.
Police in Tarn are looking for two boys who were seen near the fence in the evening."""


@pytest.fixture(scope="module")
def results() -> list[PageResult]:
    """Five pages of three days, two happenings."""
    given = [(WIRE, "2031-05-18", "Northgate Wire"), (SPUN, "2031-05-19", "Brightfeed"), (RIVAL, "2031-05-19", "Ostrel Daily"),
             (OTHER, "2031-05-18", "Tarn Post"), (WIRE + "\nMore will follow.", "2031-05-20", "Harbour Herald")]  # fmt: skip
    return [read_page(page_of(text.encode(), Given(day, outlet), kind="text/plain")) for text, day, outlet in given]


def filled(path: Path, results: Any) -> Ledger:
    """A ledger of these pages."""
    book = open_ledger(path)
    for result in results:
        settle.add(book, result)
    return book


def test_any_order_gives_the_same_stories(tmp_path: Path, results: list[PageResult]) -> None:
    """All 120 orders of five pages would take long; a dozen of them, spread out."""
    seen = None
    for number, order in enumerate(list(permutations(results))[::11]):
        found = story_views.stories(filled(tmp_path / f"{number}.db", order))
        assert seen is None or found == seen
        seen = found
    assert seen is not None
    assert sorted(len(v["pages"]) for v in seen) == [1, 4]


def test_any_order_gives_the_same_stories_where_all_are_near_each_other(tmp_path: Path) -> None:
    """Sixty articles of eight days whose words overlap as much as not, half of them shortened copies of others."""
    rng = random.Random(5)
    names = ["".join(rng.choice("bdfgklmnprstvz") + rng.choice("aeiou") for _ in range(4)).capitalize() for _ in range(400)]
    plain = [f"{rng.choice(names)} of {rng.choice(names)} went to {rng.choice(names)} again." for _ in range(150)]
    texts = ["\n".join(rng.sample(plain, 9)) for _ in range(40)]
    texts += [text[: len(text) * 8 // 9] for text in texts[::2]]
    given = [(text, f"2031-05-{rng.randint(10, 17)}") for text in texts]
    pages = [page_of(text.encode(), Given(day), kind="text/plain") for text, day in given]
    results = []
    for page, (text, day) in zip(pages, given, strict=True):
        article = Article(None, text, "en", Published(date.fromisoformat(day), "day", "given"))
        results.append(PageResult(page, article, Reading(sketch=sketch.read(article))))
    seen = None
    for number in range(4):
        rng.shuffle(results)
        with filled(tmp_path / f"{number}.db", results).reading() as connection:
            rows = connection.execute(select(t.articles.c.key, t.articles.c.story)).all()
        by_story: dict[int, set[str]] = defaultdict(set)
        for key, story in rows:
            by_story[story].add(key)
        found = {frozenset(keys) for keys in by_story.values()}
        assert 5 < len(found) < 40, len(found)
        assert seen is None or found == seen
        seen = found


def test_a_story_says_who_carries_whom_and_why(tmp_path: Path, results: list[PageResult]) -> None:
    """The wire is the source of both copies; the rival report is its own."""
    book = filled(tmp_path / "a.db", results)
    found = story_views.story(book, results[0].page.id)
    rows = {p["outlet"]: p for p in found["pages"]}
    wire = rows["Northgate Wire"]
    assert (wire["relation"], wire["copy_of"]) == ("own", None)
    assert (rows["Brightfeed"]["relation"], rows["Brightfeed"]["copy_of"]) == ("reworded", wire["id"])
    assert (rows["Harbour Herald"]["relation"], rows["Harbour Herald"]["copy_of"]) == ("edited", wire["id"])
    assert rows["Ostrel Daily"]["copy_of"] is None
    assert rows["Brightfeed"]["reason"] == "published 1 day later"
    assert story_views.story(book, rows["Brightfeed"]["key"])["story"] == found["story"]
    with pytest.raises(BadRequest, match="no article or story"):
        story_views.story(book, "zzz")


def test_a_page_that_is_read_anew_leaves_no_trace(tmp_path: Path, results: list[PageResult]) -> None:
    """Given with another day, it moves; the rest stays as if it had come so at once."""
    moved = read_page(page_of(RIVAL.encode(), Given("2031-07-01", "Ostrel Daily"), kind="text/plain"))
    after = filled(tmp_path / "a.db", [*results, moved])
    fresh = filled(tmp_path / "b.db", [moved, *(r for r in results if r.page.sha256 != moved.page.sha256)])
    assert story_views.stories(after) == story_views.stories(fresh)
    assert sorted(len(v["pages"]) for v in story_views.stories(after)) == [1, 1, 3]


def test_two_articles_are_compared_word_for_word(tmp_path: Path, results: list[PageResult]) -> None:
    """With the shares of each, and what changed."""
    book = filled(tmp_path / "a.db", results)
    found = story_views.compare(book, results[0].page.id, results[1].page.id)
    assert found["relation"] == "reworded"
    assert any(
        ("changed", "boats", "vessels") in p["changes"] or ("changed", "vessels", "boats") in p["changes"]
        for p in found["passages"]
    )


def test_the_same_address_with_other_words_is_a_revision(tmp_path: Path) -> None:
    """A silent edit is one article, not two sources, and the change can be shown."""
    given = Given("2031-05-18", "Northgate Wire")
    captured = [page_of(t.encode(), given, kind="text/plain") for t in (WIRE, WIRE.replace("90 days", "30 days"))]
    first, second = (read_page(replace(page, url="https://wire.example/grain")) for page in captured)
    book = filled(tmp_path / "a.db", [first, second])
    [story] = story_views.stories(book)
    assert sorted(p["relation"] for p in story["pages"]) == ["own", "revision"]
    found = story_views.compare(book, first.page.id, second.page.id)
    assert any(("changed", a, b) in p["changes"] for p in found["passages"] for a, b in (("90", "30"), ("30", "90")))


def test_an_agency_that_credits_itself_hangs_from_nobody() -> None:
    """Two captures of an agency's page, and two outlets that name each other: no circle."""

    def row(number: int, outlet: str, credited: str) -> dict[str, Any]:
        return {"id": number, "key": str(number), "published": None, "outlet": outlet, "sketch": "same", "url": None,
                "credits": [{"name": credited, "relation": "agency"}]}  # fmt: skip

    for first, second in (
        (row(1, "Reuters", "Reuters"), row(2, "Reuters", "Reuters")),
        (row(1, "TASS", "AFP"), row(2, "AFP", "TASS")),
    ):
        assert sorted(e.of or 0 for e in edges([first, second], {})) == [0, 1]
