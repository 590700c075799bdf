"""Flattened text: stretches, and which of them are the article."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.ingest.kinds import Given, page_of
from onrecord.restore import restore
from onrecord.restore.stretches import NUMBERS, WIDTH, stretches
from onrecord.restore.unflatten import settled

PARAGRAPHS = [
    "President Ilan Orsolo spoke with Prime Minister Mara Venn by telephone on Monday, his office said in a statement.",
    "The call lasted forty minutes and dealt with the border crossings that both countries closed in the spring, officials said.",
    "“We will go on talking,” Orsolo told reporters in Ostrel, “and we will see where that leads us before the summer.”",
    "A spokesman for Venn declined to say whether the two leaders had agreed to meet, and gave no details of what was said.",
]
MENU = ["Home", "World", "Politics", "Business", "Sport", "Culture", "Log in", "Subscribe", "Search"]
FOOT = [
    "Most read",
    "Karvenia closes the last crossing",
    "Grain prices fall",
    "About us",
    "Privacy policy",
    "Terms of use",
    "© 2031 Ostrel Daily",
]


def test_the_article_comes_out_of_a_page_on_one_line() -> None:
    """Where nothing but its words tells where it begins: most of it, and no word of menu or footer."""
    text = " ".join([*MENU, "Orsolo and Venn speak by phone", "By Teo Brandal", "May 19, 2031", *PARAGRAPHS, *FOOT])
    words = restore(page_of(text.encode(), Given(), kind="text/plain")).text.split()
    assert len(words) > 0.8 * len(" ".join(PARAGRAPHS).split())
    assert not {"Culture", "Subscribe", "Privacy", "©"} & set(words)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_the_article_comes_out_of_a_flattened_page(gap: str) -> None:
    """With lines, and with blank lines: all of it, and no word of menu or footer."""
    text = gap.join([*MENU, "Orsolo and Venn speak by phone", "By Teo Brandal", "May 19, 2031", *PARAGRAPHS, *FOOT])
    article = restore(page_of(text.encode(), Given(), kind="text/plain"))
    assert " ".join(article.text.split()) == " ".join(PARAGRAPHS)
    assert {d.reason for d in article.dropped} >= {"menu"}


def test_a_clean_text_loses_nothing() -> None:
    """A text that is all article stays whole, one paragraph or four."""
    for count in (1, 2, 4):
        article = restore(page_of("\n\n".join(PARAGRAPHS[:count]).encode(), Given(), kind="text/plain"))
        assert article.text.split("\n\n") == PARAGRAPHS[:count]


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_stretches_cover_a_text(text: str) -> None:
    """In order, without overlap, and together all that is not white space or a control character."""
    found = stretches(text)
    assert found.numbers.shape == (len(found.starts), len(NUMBERS)) and found.ids.shape == (len(found.starts), WIDTH)
    assert np.isfinite(found.numbers).all() and (found.ids >= 0).all()
    covered = "".join(text[a:b] for a, b in zip(found.starts, found.ends, strict=True))
    assert (
        "".join(covered.split()) == "".join(text[found.starts[0] if len(found.starts) else 0 :].split()) or not text.isprintable()
    )
    assert all(a < b for a, b in zip(found.starts, found.ends, strict=True))
    assert all(b <= a for b, a in zip(found.ends[:-1], found.starts[1:], strict=True))


def test_one_doubtful_stretch_does_not_cut_a_sentence() -> None:
    """To leave the article within a sentence costs more than between lines."""
    text = "The envoys met in Ostrel on Monday and Karvenia agreed to the terms.\nMenu"
    found = stretches(text)
    chance = np.full(len(found.starts), 0.95, np.float32)
    chance[2] = 0.3
    chance[-1] = 0.05
    assert settled(chance, found) == [True] * (len(found.starts) - 1) + [False]
