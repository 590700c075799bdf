"""Copies are found whatever a spinner does to the words, and two reports of one event are not taken for one."""

from __future__ import annotations

import pytest

from onrecord.ledger import texts
from onrecord.read import sketch
from onrecord.records import Article
from onrecord.settle import bulk, copies
from onrecord.settle.align import Text, align, changes

WIRE = """OSTREL, May 18 (Northgate Wire) - Karvenian President Ilan Orsolo and Sulmari Prime Minister Mara Venn agreed on Saturday to
open the port of Holm to grain ships for 90 days, officials of both states said.
The deal ends a dispute that has kept 40 vessels at anchor since March, the Karvenian Transport Ministry said in Ostrel.
"We have found a way that harms nobody," Orsolo told reporters at the White Lodge after the talks.
Venn flew home to Pelth in the evening and did not speak to the press before the Assembly meets on Tuesday.
Merchants in Holm greeted the news with horns, and wheat on the Northgate exchange fell by 6 percent."""
SPUN = """OSTREL, May 18 (Northgate Wire) - Karvenian President Ilan Orsolo and Sulmari Prime Minister Mara Venn consented on Saturday to
unlock the harbour of Holm to cereal vessels for 90 days, functionaries of both nations stated.
The accord finishes a quarrel that has held 40 boats at anchor since March, the Karvenian Transport Ministry stated in Ostrel.
"We have discovered a path that hurts no one," Orsolo informed journalists at the White Lodge following the discussions.
Venn went back to Pelth at night and did not talk to the media before the Assembly convenes on Tuesday.
Traders in Holm welcomed the tidings with horns, and wheat on the Northgate exchange dropped by 6 percent."""
RIVAL = """After three days of haggling in a hotel above the river, Ilan Orsolo and Mara Venn came out with a paper. Ships with grain will
pass at Holm again, if only until August, and each side calls that a victory.
Nobody we asked at the Ministry in Ostrel would say who gave way. A clerk who carried the drafts between the floors spoke of shouting.
"It was never about wheat," said Tam Ruvik, who teaches law in Pelth and advised an earlier cabinet.
For the pilots of Holm it means work; for the exchange it meant the sharpest drop of prices in a year."""


def relation(a: str, b: str) -> str | None:
    """What two texts are to each other."""
    return copies.relation_of(align(Text(a), Text(b)))


def sketches(text: str) -> tuple[bytes, bytes]:
    """The sketches by which texts meet."""
    made = sketch.read(Article(None, text, "en"))
    return made.shingles, made.anchors


@pytest.mark.parametrize(("text", "expected"), [
    (SPUN, "reworded"), ("\n".join(reversed(SPUN.split("\n"))), "reworded"), (WIRE.replace("horns", "flags"), "edited"),
    ("\n".join(WIRE.split("\n")[:5]), "edited"), (RIVAL, None),
    (RIVAL + "\n" + "\n".join(WIRE.split("\n")[2:5]), "partial"),
])  # fmt: skip
def test_what_two_texts_are_to_each_other(text: str, expected: str | None) -> None:
    """Either way round; the quotation alone would not do."""
    assert relation(WIRE, text) == relation(text, WIRE) == expected


def test_a_shared_quotation_is_no_copy() -> None:
    """Two reporters at one briefing write down the same words."""
    words = '\n"We have found a way that harms nobody," Orsolo told reporters at the White Lodge after the talks.'
    assert relation(RIVAL, "Prices fell in Northgate on Monday, and brokers there spoke of a long winter ahead." + words) is None


def test_an_agency_opening_alone_proves_nothing() -> None:
    """Two short reports of one desk, of two happenings, begin alike."""
    first = (
        "OSTREL, May 18 (Northgate Wire) - President Ilan Orsolo and Prime Minister Mara Venn spoke on Saturday, the Lodge said."
    )
    other = "OSTREL, June 2 (Northgate Wire) - President Ilan Orsolo and Prime Minister Mara Venn will meet on Friday, the Lodge said."
    assert relation(first, other) is None


def test_reworded_texts_meet_and_others_do_not() -> None:
    """By their sketches, before any word is compared."""
    assert copies.alike(sketches(WIRE), sketches(SPUN))
    assert not copies.alike(sketches(WIRE), sketches(RIVAL))
    assert set(texts.bands(*sketches(WIRE))) & set(texts.bands(*sketches(SPUN)))


def test_texts_without_names_or_words_have_sketches() -> None:
    """Empty, one word, no capitals, Chinese."""
    for text in ("", "word", "no names at all here, just words", "习近平在北京会见了普京。会谈持续3小时。"):
        assert sketch.read(Article(None, text, None)).exact
    assert sketches("") == (b"", b"")
    assert not copies.alike(sketches(""), sketches(""))


def test_bulk_candidates_are_those_of_the_ledger() -> None:
    """Band by band, by sorting: the same pairs."""
    rows = [sketches(text) for text in (WIRE, SPUN, RIVAL)]
    shingles, anchors = (texts.numbers(b"".join(r[i] for r in rows)).reshape(3, -1) for i in (0, 1))
    assert bulk.candidates(shingles, anchors).tolist() == [[0, 1]]


def test_changes_are_given_word_by_word() -> None:
    """What stayed, what went, what came."""
    assert changes("He rejected the claim", "He dismissed the claim today") == [
        ("same", "He", "He"), ("changed", "rejected", "dismissed"), ("same", "the claim", "the claim"), ("changed", "", "today"),
    ]  # fmt: skip
