"""On how many occasions somebody spoke, from what pages tell of the day and quote."""

from __future__ import annotations

from datetime import date
from itertools import permutations
from typing import Any

import pytest

from onrecord.settle import occasions, sources
from onrecord.settle.occasions import Occasion
from onrecord.settle.sources import Source

FIRST = "the corridor will be opened when both sides have signed"
OTHER = "nobody has asked us to open anything and nobody will"


def page(published: int, *said: tuple[str, int | None], news: bool = True) -> Occasion:
    """One page of March 2030 with quotations, each of a day if it names one."""
    rows = [{"said_on": day and {"start": f"2030-03-{day:02}", "end": f"2030-03-{day:02}"},
             "content": {"text": words, "quotation": "direct"}} for words, day in said]  # fmt: skip
    return occasions.of_page({"published": date(2030, 3, published)}, rows, news=news)


@pytest.mark.parametrize(("pages", "groups"), [
    ([page(3, (FIRST, 3)), page(9, (OTHER, 9))], 2),  # two days
    ([page(3, (FIRST, 3)), page(9, (FIRST, 9))], 1),  # … but the same words: one of the days is wrong, or a late copy
    ([page(3, (FIRST, 3)), page(4, (OTHER, None))], 1),  # the next day's paper
    ([page(3, (FIRST, 3)), page(6, (OTHER, None))], 2),  # news of three days later
    ([page(3, (FIRST, 3)), page(6, (OTHER, None), news=False)], 1),  # in passing: may be of any day before
    ([page(9, (FIRST, 9)), page(6, (OTHER, None), news=False)], 2),  # but of none after the page
    ([page(3, (FIRST, None)), page(9, (OTHER, None))], 1),  # no page names a day
    ([page(3, (FIRST, 3)), page(4, ("a", None)), page(5, ("b", None))], 2),  # a page in between does not make one of two
    ([page(5, (FIRST, 7))], 1),  # a day after the page's own is not when it was said
])  # fmt: skip
def test_occasions(pages: list[Occasion], groups: int) -> None:
    """The same in any order of the pages."""
    for order in permutations(enumerate(pages)):
        found = occasions.parted(dict(order))
        assert found == occasions.parted(dict(enumerate(pages)))
        assert len(set(found.values())) == groups
        assert (None in found.values()) == (groups == 1)


def test_in_passing_it_is_what_was_said_last() -> None:
    """Of two occasions before a page."""
    found = occasions.parted({"a": page(3, (FIRST, 3)), "b": page(9, (OTHER, 9)), "c": page(12, ("no", None), news=False)})
    assert found["c"] == found["b"] == "9 March 2030"


def test_a_day_that_no_page_names_is_not_made_up() -> None:
    """It was said by the day of the page."""
    found = occasions.parted({"a": page(3, (FIRST, 3)), "b": page(6, (OTHER, None))})
    assert found == {"a": "3 March 2030", "b": "by 6 March 2030"}


def test_occasions_are_origins_of_their_own() -> None:
    """Named by their days; one who spoke once keeps the bare name."""

    def source(name: str, occasion: Occasion) -> Source:
        return Source(name.lower(), name, sources.STATEMENT, None, name.lower(), 30, occasion)

    pages: dict[Any, list[Source]] = {
        1: [source("Vask", page(3, (FIRST, 3))), source("Tarn", page(3, (OTHER, 3)))],
        2: [source("Vask", page(9, (OTHER, 9)))],
    }
    found = sources.by_occasion(pages)
    assert [[s.name for s in found[p]] for p in (1, 2)] == [["Vask, 3 March 2030", "Tarn"], ["Vask, 9 March 2030"]]
    assert [s.key for s in found[2]] == ["vask@9-March-2030"]
