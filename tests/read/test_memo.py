"""Verbatim copies are read once, and each keeps the places of its own page."""

from __future__ import annotations

import pytest

from onrecord.ingest.kinds import Given, page_of
from onrecord.pipeline import read_page
from onrecord.read import document, memo
from onrecord.records import PageResult

TEXT = "Peskov denied on Monday that Vladimir Putin and Donald Trump had spoken by phone. “That is fiction,” he told reporters."


def read(text: str, day: str = "2025-03-24") -> PageResult:
    """A page of plain text."""
    return read_page(page_of(text.encode(), Given(day), kind="text/plain"))


def test_a_copy_is_parsed_once_and_says_the_same_in_its_own_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second page has the same words further down."""
    monkeypatch.setattr(memo, "_known", type(memo._known)())
    parsed = []
    parse = document.parse
    monkeypatch.setattr(document, "parse", lambda article: parsed.append(1) or parse(article))
    first, copy, other_day = read(TEXT), read("\n\n\n" + TEXT), read(TEXT, "2025-03-31")
    assert len(parsed) == 2, "the copy of another day is read for itself"
    places = [[a.content.at for a in r.reading.attributions] for r in (first, copy)]
    moved = [tuple((low + 3, high + 3) for low, high in at or ()) for at in places[0]]
    assert moved == list(places[1]) and moved
    assert [a.content.text for a in copy.reading.attributions] == [a.content.text for a in first.reading.attributions]
    assert other_day.reading.times[0].interval != first.reading.times[0].interval
    monkeypatch.setattr(memo, "_known", type(memo._known)())
    assert read("\n\n\n" + TEXT).reading == copy.reading, "as if it had been read for itself"
