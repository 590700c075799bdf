"""Articles out of pages."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.errors import NotAnArticle, SkipPage
from onrecord.ingest.kinds import Given, page_of
from onrecord.records import Page
from onrecord.restore import restore
from onrecord.restore.decode import decode
from onrecord.restore.language import language
from onrecord.text import to_source

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
SENTENCE = "The envoys met in the city on Monday evening and left without a word to the press. "


def text_page(text: str) -> Page:
    """A page of text as JSON lines give it."""
    content = text.encode("utf-8", "surrogatepass")
    return Page("x", content, "x", "text/plain", text=text, published="2031-05-18")


WORDS = st.lists(st.sampled_from(
    ["“We left,” he said.", "&& We left,& & he said.", "it&& s late &-- too late.", "He left.She came.", "on Feb.\n12", "Home", "World\n",
     "the envoys met in the city", "officials said on Monday.", "\n\n", "A &amp; B", "\x00", "â€œNoâ€\x9d", "The post A B C first appeared on Wire."]),
    max_size=25)  # fmt: skip


@given(WORDS)
@settings(max_examples=150, deadline=None)
def test_every_word_of_an_article_leads_back_to_its_place_in_the_page(words: list[str]) -> None:
    """Outside of repairs the slice of the page is the slice of the article."""
    try:
        article = restore(text_page(" ".join(words)))
    except SkipPage:
        return
    assert article.offsets is not None and article.page_text is not None
    repaired = {i for r in article.repairs for i in range(*r.at)}
    for i, character in enumerate(article.text):
        for low, high in to_source(article.offsets, [(i, i + 1)]):
            if not repaired & set(range(low, high)) and not character.isspace():
                assert article.page_text[low:high] == character


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_an_article_or_a_reason(content: bytes) -> None:
    """Whatever arrives, only SkipPage is raised."""
    try:
        restore(page_of(content, Given()))
    except SkipPage as skip:
        assert skip.reason


def test_html_has_title_date_outlet_and_byline_from_its_metadata() -> None:
    """And the menu is not in the text."""
    article = restore(page_of((EXAMPLES / "pages" / "daily.html").read_bytes(), Given()))
    assert article.title == "Orsolo and Venn have been in secret contact since April, officials say"
    assert article.published and (article.published.value, article.published.basis) == (date(2031, 5, 20), "metadata")
    assert article.outlet == "Ostrel Daily" and article.bylines == ("Teo Brandal",)
    assert "Most read" not in article.text and "Privacy" not in article.text


def test_the_spun_page_is_freed_of_menu_and_trailer() -> None:
    """Its trailer is a credit and gives the title; its marks are back."""
    article = restore(page_of((EXAMPLES / "spun.txt").read_bytes(), Given("2031-05-18")))
    assert [c.name for c in article.credits if c.relation == "first_published"] == ["Brightfeed News"]
    assert article.title == "Orsolo and Venn go over grain passage by phone, Karvenia states"
    assert "Trending" not in article.text and "appeared on" not in article.text and "&" not in article.text
    assert article.text.count("“") == article.text.count("”") == 2
    assert {d.reason for d in article.dropped} == {"menu", "syndication line"}


@pytest.mark.parametrize("markup", [
    "<html><body>" + "<div>" * 100_000 + "<p>x</p>",
    "<html><body><nav>" + '<a href="/x">A link of the menu here</a>' * 60 + "</nav></body></html>",
    "<html><body><p>Please enable JavaScript to go on.</p></body></html>",
    "<html></html><!--",
])  # fmt: skip
def test_html_without_an_article_says_so(markup: str) -> None:
    """Deep nesting, an index, a wall, nothing at all: a reason each."""
    with pytest.raises(NotAnArticle):
        restore(page_of(markup.encode(), Given(), kind="text/html"))


@pytest.mark.parametrize(
    ("encoding", "declared"), [("utf-8", ""), ("cp1252", "iso-8859-1"), ("utf-16", ""), ("koi8-r", "koi8-r")]
)
def test_encodings_by_mark_declaration_and_detection(encoding: str, declared: str) -> None:
    """The text comes out as it was written."""
    words = "Встреча" if encoding == "koi8-r" else "Café “très bien”" if encoding != "utf-16" else "Café"
    text = f'<html><head><meta charset="{declared}"></head><body><p>{words}</p></body></html>'
    assert words in decode(page_of(text.encode(encoding), Given(), kind="text/html"))


def test_an_encoding_that_nobody_knows_is_a_reason() -> None:
    """Bytes that fit no language are not turned into nonsense."""
    with pytest.raises(SkipPage, match="unknown encoding"):
        decode(page_of(bytes([0xFF, 0x81, 0x90, 0x8D, 0x9D]) * 200, Given(), kind="text/plain"))


def test_other_languages_are_restored_and_not_read(read_text) -> None:  # type: ignore[no-untyped-def]
    """The article is there, the reading is skipped with that reason."""
    result = read_text("Der Bundeskanzler hat am Montag den Präsidenten getroffen, wie ein Sprecher der Regierung mitteilte.")
    assert result.article and result.article.language == "de"
    assert result.skipped and "language de" in result.skipped.reason and not result.reading.attributions


def test_a_genuine_ampersand_stays() -> None:
    """On a page without damage every & is one; on a damaged page names keep theirs."""
    clean = "Marsh & Lowe and AT&T met on Monday, officials said. R&D spending rose, they said in a statement."
    assert restore(text_page(clean)).text == clean
    damaged = restore(text_page("&& We weren&& t told,& & said Marsh & Lowe. AT&T said nothing on Monday to the press."))
    assert "Marsh & Lowe" in damaged.text and "AT&T" in damaged.text and "“We weren’t told,”" in damaged.text


@pytest.mark.parametrize(
    "unit", ["“", "&& ", "a & s ", "(", "A. ", "Abc, ", "&amp;", "â€œ", "A reported ", "The post x ", "Reuters and "]
)
def test_a_text_of_one_thing_over_and_over_is_restored_or_refused(unit: str) -> None:
    """Nothing in restoring grows faster than the text: a regular expression that did would hang here."""
    try:
        restore(text_page(unit * (60_000 // len(unit))))
    except SkipPage as skip:
        assert skip.reason
    with pytest.raises(NotAnArticle, match="no article is longer"):
        restore(text_page("word " * 500_000))


def test_english_is_not_taken_for_a_variety_without_a_code_of_two_letters() -> None:
    """A short text that says one thing again and again is English still, and so is read."""
    assert language("Russian President Vladimir Putin and U.S. President Donald Trump spoke by phone on Monday. " * 3) == "en"
