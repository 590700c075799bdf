"""Whose word a page carries: people, bodies without a name, media that report; each once, however it is spelt."""

from __future__ import annotations

from typing import Any

import pytest

from onrecord.settle import origins, sources
from onrecord.settle.sources import Source

ARTICLE = {"outlet": "Holm Gazette", "credits": [], "address": "a"}
WORDS = "that the two governments had come close to an agreement on the corridor and would go on with their talks in Holm"


def said(source: str, actors: tuple[str, ...] = ()) -> dict[str, Any]:
    """An attribution of some length."""
    place = {"in": "body", "span": [[0, len(WORDS)]], "text": WORDS}
    cue = {"in": "body", "span": [[200, 204]], "text": "said"}
    return {"source": {"text": source, "actors": list(actors)}, "cue": cue, "content": place | {"quotation": "none"}}


@pytest.mark.parametrize(("text", "name"), [("a senior Karvenian official", "officials of Karvenia"), ("the Sulmari presidency", "officials of Sulmar"),
                                            ("Sulmar’s embassy", "officials of Sulmar")])  # fmt: skip
def test_bodies_and_officials_without_a_name_are_their_states(text: str, name: str) -> None:
    """One origin of that state."""
    assert [s.name for s in sources.of_page(ARTICLE, [said(text), said(text)], [], {})] == [name]


@pytest.mark.parametrize("text", ["a passer-by", "Karvenian farmers", "the officials", "reports"])
def test_others_without_a_name_are_none(text: str) -> None:
    """The page then rests on its own outlet."""
    assert [s.kind for s in sources.of_page(ARTICLE, [said(text), said(text)], [], {})] == [sources.OWN]


def test_who_takes_a_stance_on_a_contact_is_an_origin() -> None:
    """Once is enough, where their words are on the page."""
    actors = {"ostrel-daily": {"id": "ostrel-daily", "name": "Ostrel Daily", "kind": "outlet", "side": None},
              "x": {"id": "x", "name": "X", "kind": "person", "side": "SULM"},
              "y": {"id": "y", "name": "Y", "kind": "person", "side": "KARV"}}  # fmt: skip
    contact = {
        "positions": [
            {"actor": "ostrel-daily", "stance": "reports", "attribution": "a1"},
            {"actor": "x", "stance": "denies", "attribution": "a2"},
            {"actor": "y", "stance": "denies", "attribution": None},
        ]
    }
    assert [s.name for s in sources.of_page(ARTICLE, [], [contact], actors)] == ["Ostrel Daily", "X"]


def test_an_outlet_is_known_by_another_name_of_its() -> None:
    """In a relative clause too."""
    found = sources.of_page(ARTICLE, [said("the FT, which"), said("the FT, which")], [], {})
    assert [(s.name, s.kind) for s in found] == [("Financial Times", sources.REPORT)]


@pytest.mark.parametrize(("name", "fuller", "same"), [("Leavitt", "Karoline Leavitt", True), ("Caroline Leavitt", "Karoline Leavitt", True),
                                                      ("Faisal", "Faisal bin Farhan", True), ("Mara Venn", "Jory Venn", False),
                                                      ("Venn", "Jory Almet", False)])  # fmt: skip
def test_spellings_of_one_name(name: str, fuller: str, same: bool) -> None:
    """A surname, a first name alone, another spelling; but not another first name."""
    pages = {
        1: [Source("local:a", name, sources.STATEMENT, None, "local:a", 30)],
        2: [Source("b", fuller, sources.STATEMENT, "S", "b", 30)],
    }
    assert (sources.as_one(pages)["local:a"].key == "b") == same


def test_outlets_of_one_owner_are_one_origin() -> None:
    """The one that more pages carry stands for both; others stay apart."""
    report = {
        n: Source(n, name, sources.REPORT, None, n) for n, name in (("a", "RIA Novosti"), ("b", "Sputnik"), ("c", "Reuters"))
    }
    stands = sources.as_one({1: [report["a"]], 2: [report["b"], report["c"]], 3: [report["b"]]})
    assert {key: s.key for key, s in stands.items()} == {"a": "b", "b": "b", "c": "c"}
    article = {"outlet": "Holm Gazette", "credits": [], "address": "p", "sketch": "s", "published": None}
    positions = [({"name": name, "stance": "reports", "via": None}, article) for name in ("RIA Novosti", "Sputnik", "Reuters")]
    assert [o.name for o in origins.of_positions(positions, frozenset())] == ["RIA Novosti, Sputnik", "Reuters"]
