"""HTML pages: the article, what is left out and why, what the page says of itself, and pages that hold no article."""

from __future__ import annotations

import pytest

from onrecord.errors import NotAnArticle
from onrecord.ingest.kinds import Given, page_of
from onrecord.readings import selector
from onrecord.records import Article
from onrecord.restore import restore
from onrecord.restore.blocks import MAX_BLOCKS, blocks
from onrecord.restore.facts import facts
from onrecord.restore.markup import tree_of

BODY = [
    "President Ilan Orsolo spoke with Prime Minister Mara Venn by telephone on Monday, his office said in a statement.",
    "The call lasted forty minutes and dealt with the border crossings that both countries closed in the spring, officials said.",
    "“We will go on talking,” Orsolo told reporters in Ostrel, “and we will see where that leads us before the summer.”",
    "A spokesman for Venn declined to say whether the two leaders had agreed to meet, and gave no details of what was said.",
]
PAGE = f"""<html><head><title>Orsolo and Venn speak by phone | Ostrel Daily</title>
<meta property="og:title" content="Orsolo, Venn speak"><meta property="og:site_name" content="Ostrel Daily">
<meta property="article:published_time" content="2031-05-20T02:10:00Z">
<link rel="canonical" href="https://www.ostreldaily.test/2031/05/19/orsolo-venn"></head><body>
<nav class="main-menu"><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li><li><a href="/s">Sport</a></li></ul></nav>
<div class="article"><h1>Orsolo and Venn speak by phone</h1>
<div class="byline">By <a rel="author" href="/a">Teo Brandal</a> and <a rel="author" href="/b">Ina Kors</a></div>
<div class="date">May 19, 2031</div><div class="article-body"><p>{BODY[0]}</p>
<figure><img src="x.jpg"><figcaption>Orsolo at his desk. Photo: Nils Aro/Wire</figcaption></figure>
<p>{BODY[1]}</p><p>{BODY[2]}</p><aside class="related"><h3>Read more</h3><a href="/m">Karvenia closes the last crossing</a></aside>
<p>{BODY[3]}</p></div></div>
<div id="comments"><h3>2 comments</h3><p>I do not believe a word of it, says somebody who has never been there in his life.</p></div>
<footer><p>Copyright 2031 Ostrel Daily. All rights reserved.</p><a href="/privacy">Privacy</a></footer></body></html>"""


def of(markup: str) -> Article:
    """The article of a page."""
    return restore(page_of(markup.encode(), Given(), kind="text/html"))


def test_the_article_is_all_of_its_paragraphs_and_nothing_else() -> None:
    """A paragraph each, parted by blank lines."""
    assert of(PAGE).text.split("\n\n") == BODY


def test_whatever_is_left_out_has_its_reason() -> None:
    """Menu, caption, promotion, date or byline, comment: nothing on the page is lost in silence."""
    article = of(PAGE)
    reasons: dict[str, str] = {}
    for d in article.dropped:
        reasons[d.reason] = f"{reasons.get(d.reason, '')}{d.text}\n"
    assert "Home" in reasons["menu"] and "Photo" in reasons["caption"] and "Karvenia closes" in reasons["promo"]
    assert "I do not believe" in reasons["comment"] and "Teo Brandal" in reasons["date or byline"]
    assert article.visible is not None
    told = {line for d in article.dropped for line in d.text.split("\n")} | set(BODY)
    assert set(article.visible.split("\n")) == told


def test_evidence_is_found_again_by_quoting_it() -> None:
    """A selector's text stands on the page once, between its prefix and suffix, repaired marks or not."""
    article = of(PAGE.replace("“", "&acirc;€œ").replace("”", "&acirc;€\x9d"))
    assert article.repairs and article.visible and "“We will go on talking,”" in article.text
    start = article.text.index("“We will")
    found = selector(article, ((start, start + 30),))
    assert found["type"] == "TextQuoteSelector" and found["exact"] != article.text[start : start + 30]
    assert article.visible.count(found["prefix"] + found["exact"] + found["suffix"]) == 1


def test_what_the_page_shows_comes_before_its_metadata() -> None:
    """The heading that readers see, both authors, and the local day where the metadata are in UTC."""
    article = of(PAGE)
    assert article.title == "Orsolo and Venn speak by phone" and article.outlet == "Ostrel Daily"
    assert article.bylines == ("Teo Brandal", "Ina Kors")
    assert "Ostrel Daily" not in {credit.name for credit in article.credits}
    assert article.published and article.published.value.isoformat() == "2031-05-19" and article.published.basis == "metadata"


@pytest.mark.parametrize(("head", "heading", "title"), [
    ("<title>Talks end &amp;#8211; Wire</title>", "", "Talks end"),
    ("<title>Opinion | Why they talk - The Wire</title><meta property='og:site_name' content='The Wire'>", "", "Why they talk"),
    ("<title>Talks end without a word | The Wire</title>", "<h1>The Wire</h1><h1>Talks end without a single word</h1>",
     "Talks end without a single word"),
])  # fmt: skip
def test_titles_without_the_outlet_and_the_section(head: str, heading: str, title: str) -> None:
    """However the page wraps them."""
    markup = f"<html><head>{head}<meta property='og:site_name' content='Wire'></head><body>{heading}<p>x</p></body></html>"
    assert facts(tree_of(markup)).title == title


def test_a_page_with_only_a_day_of_change_has_no_publication_day() -> None:
    """When it was last changed is not when it was published."""
    markup = PAGE.replace("2031-05-20T02:10:00Z", "").replace("/2031/05/19", "").replace("May 19, 2031", "Updated May 21, 2031")
    assert of(markup).published is None


@pytest.mark.parametrize(("markup", "reason"), [
    ("<title>Sign in</title><p>Are you a robot? To go on, click the box below.</p>", "a wall or an error page"),
    ("<h1>404 Not Found</h1><p>What you were looking for has moved, or was never here at all.</p>", "a wall or an error page"),
    ("<h1>Orsolo speaks</h1><p>Subscribe to read the rest of this story. Already a subscriber? Log in.</p>" , "a paywall"),
    ("<ul>" + "".join(f"<li><a href=/{i}>Story number {i} of the day in the city</a></li>" for i in range(80)) + "</ul>", "an index"),
    ("<div>" + "<a href=x><img src=y></a>" * 30 + " ".join(["look at this"] * 20) + "</div>", "a gallery"),
    ("<div id=app></div><script>render()</script>", "next to no text"),
])  # fmt: skip
def test_pages_without_an_article_are_called_what_they_are(markup: str, reason: str) -> None:
    """With what a person can do about it."""
    with pytest.raises(NotAnArticle, match=reason):
        of(f"<html><body>{markup}</body></html>")


@pytest.mark.parametrize("markup", [
    "<div>" * 100_000 + "x", "<a href=x>" * 50_000 + "x", "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + ">x",
    "<!--" * 50_000, "<table><tr><td>" * 10_000 + "x", "<p>" + "&amp;" * 200_000, "<p>x" * 30_000, "a<br>" * 100_000, "\x00" * 1000,
])  # fmt: skip
def test_hostile_markup_ends_in_an_article_or_a_reason(markup: str) -> None:
    """A parser or extractor whose time or depth grew with the square would hang or crash here."""
    try:
        assert of(markup).text
    except NotAnArticle as skip:
        assert skip.reason


def test_restoring_never_touches_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever a page links to, names or embeds."""

    def refuse(*_: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    dtd = '<!DOCTYPE html SYSTEM "http://x.test/x.dtd" [<!ENTITY e SYSTEM "http://x.test/e">]>'
    assert of(
        dtd + PAGE.replace("</head>", "<base href='http://x.test/'><link rel=stylesheet href=http://x.test/a.css></head>")
    ).text


def test_too_many_blocks_are_said_to_be_left_out() -> None:
    """The first thousands are read."""
    found, more = blocks(tree_of("<p>word</p>" * (MAX_BLOCKS + 10)))
    assert len(found) == MAX_BLOCKS and more


def test_what_is_shown_only_on_pointing_is_no_text_of_the_page() -> None:
    """A card about a person, or words for those who listen, do not stand within a sentence."""
    markup = (
        "<p>Rep. Ina Kors<span class='rollover-people'>Ina Kors: more stories</span> said<span class=sr-only> so</span> no.</p>"
    )
    assert [b.text for b in blocks(tree_of(markup))[0]] == ["Rep. Ina Kors said no."]


def test_line_breaks_are_white_space_and_two_of_them_end_a_block() -> None:
    """As browsers show them."""
    found, _ = blocks(tree_of("<div>one<br>two<br><br>three<p>four</p>five</div>"))
    assert [b.text for b in found] == ["one two", "three", "four", "five"]
