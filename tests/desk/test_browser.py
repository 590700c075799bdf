"""The desk in a real browser: the way to the evidence and back, decisions, keys, no script, dark, print, a phone, and axe."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from finding import number_of

from onrecord.ledger import Ledger
from onrecord.settle import summaries, views


@pytest.fixture
def page(browser: Any, desk: str) -> Iterator[Any]:
    """A tab that fails the test on any error, or anything asked of another machine."""
    context = browser.new_context(base_url=desk, viewport={"width": 1280, "height": 900})
    found = context.new_page()
    wrong: list[str] = []
    found.on("pageerror", lambda e: wrong.append(str(e)))
    found.on("console", lambda m: wrong.append(m.text) if m.type == "error" and "404" not in m.text else None)
    found.on("request", lambda r: wrong.append(r.url) if not r.url.startswith(desk) else None)
    yield found
    context.close()
    assert wrong == []


def test_from_the_front_to_the_evidence_and_back(page: Any) -> None:
    """Front → contact → the words in the document, marked and in sight → back."""
    page.goto("/")
    page.click("text=9 April 2031")
    assert "disputed" in page.inner_text("h1")
    assert "denied by Jory Almet" in page.inner_text(".lede")
    page.click(".grid .st-denies .words a >> nth=0")
    target = page.url.split("#")[1]
    mark = page.locator(f"[id='{target}'] + mark, [id='{target}'] ~ mark").first
    assert "There was no such conversation" in mark.inner_text() and mark.is_visible()
    page.click(f"#row-{target} a")
    assert page.url.endswith(f"#{target}")
    page.go_back()
    assert "disputed" in page.inner_text("h1")


def test_search_and_facets(page: Any) -> None:
    """Words, then an outlet, then without it."""
    page.goto("/")
    page.fill("#q", "Venn")
    page.press("#q", "Enter")
    before = page.locator("[aria-label=Found] .rows:not(.small) > li").count()
    page.click(".facetbar >> text=Ostrel Daily")
    after = page.locator("[aria-label=Found] .rows:not(.small) > li").count()
    assert 0 < after < before
    page.click(".chip")
    assert page.locator("[aria-label=Found] .rows:not(.small) > li").count() == before


def test_a_decision_and_its_undo(page: Any, book: Ledger) -> None:
    """Reject the denial: no longer disputed; undo it in the review: as before."""
    number = number_of(book, "disputed")
    denial = next(p["fact"] for p in views.contact(book, number)["positions"] if p["stance"] == "denies")
    page.goto(f"/contacts/{number}")
    row = page.locator("tr", has_text=denial)
    row.locator("summary").click()
    row.locator("select[name=action]").select_option("reject")
    row.locator("input[name=why]").fill("the ministry took it back")
    row.locator("button").click()
    page.wait_for_load_state()
    assert "disputed" not in page.inner_text("h1")
    page.goto("/review")
    assert "the ministry took it back" in page.inner_text("main")
    page.click("text=Undo")
    page.wait_for_load_state()
    page.goto(f"/contacts/{number}")
    assert "disputed" in page.inner_text("h1")


def test_what_was_on_record_then(page: Any, book: Ledger) -> None:
    """The slider moves back in time, and the link to now leads back."""
    number = next(v["id"] for v in views.contacts(book, []) if len(summaries.history_of(book, v["id"])) > 1)
    page.goto(f"/contacts/{number}")
    now = page.inner_text("h1 .status")
    page.locator("#step").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_selector(".kicker >> text=as on record on")
    assert page.inner_text("h1 .status") != now and "step=" in page.url
    page.click("text=as it stands now")
    assert page.inner_text("h1 .status") == now


def test_keys_and_their_switch(page: Any) -> None:
    """/ searches, j and k move, o opens, ? helps; switched off, they do nothing."""
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    first = page.locator(".row.at .what").get_attribute("href")
    page.keyboard.press("o")
    page.wait_for_url(f"**{first}")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "q"
    page.locator("#q").blur()
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()
    page.uncheck("#keys-on")
    page.click("#help button")
    page.keyboard.press("?")
    assert not page.locator("#help").is_visible()


def test_the_keyboard_alone_is_enough(page: Any) -> None:
    """Tab to the first contact, Enter opens it; the skip link is first."""
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.className") == "what":
            break
    page.keyboard.press("Enter")
    page.wait_for_url("**/contacts/*")


def test_without_a_script_everything_works(browser: Any, desk: str) -> None:
    """Search, the slider's button, filters: plain forms and links."""
    context = browser.new_context(base_url=desk, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.fill("#q", "Venn")
    page.click(".find button")
    assert page.locator("[aria-label=Found] .rows > li").count() > 0
    page.goto("/contacts")
    page.locator("select[name=status]").select_option("disputed")
    page.click(".filters button")
    assert page.locator("#list .row").count() >= 1 and "status=disputed" in page.url
    page.locator("#list .what").first.click()
    assert "disputed" in page.inner_text("h1")
    context.close()


def test_hostile_pages_do_nothing(page: Any, book: Ledger) -> None:
    """No script of a page runs on any screen that shows it."""
    page.goto("/search?q=Kesh OR spokesman OR svg")
    links = [a.get_attribute("href") for a in page.locator("[aria-label=Found] .what").all()]
    assert len(links) >= 2
    numbers = [v["id"] for v in views.contacts(book, [])]
    for address in ["/", "/sources", *links, *(f"{a}?view=both" for a in links), *(f"/contacts/{n}" for n in numbers)]:
        page.goto(address)
        assert page.evaluate("window.hit") is None, address
        assert page.locator("main script, main img, main iframe, main object").count() == 0


def test_a_phone_a_printer_and_the_dark(browser: Any, desk: str, book: Ledger) -> None:
    """No screen scrolls sideways at 360 pixels; print hides what is of no use on paper; dark is dark."""
    number = number_of(book, "disputed")
    context = browser.new_context(base_url=desk, viewport={"width": 360, "height": 740}, color_scheme="dark")
    page = context.new_page()
    for address in screens(book):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert sum(map(int, dark[4:-1].split(","))) < 120
    page.goto(f"/contacts/{number}")
    page.emulate_media(media="print")
    assert not page.locator(".masthead nav").is_visible() and page.locator("h1").is_visible()
    context.close()


def screens(book: Ledger) -> list[str]:
    """An address of every screen."""
    number = number_of(book, "disputed")
    view = views.contact(book, number)
    document, parties = view["positions"][0]["article"], view["parties"]
    copies = {
        s["story"]: [p["key"] for p in summaries.story(book, s["story"])["pages"] if p["copy_of"]]
        for s in summaries.stories(book)
    }
    story, pages = next((name, found) for name, found in copies.items() if found)
    return ["/", "/contacts", f"/contacts/{number}", "/stories", f"/stories/{story}", f"/documents/{document}",
            f"/documents/{document}?view=both", f"/compare/{story}/{pages[0]}", f"/actors/{parties[0]}", f"/pairs/{parties[0]}/{parties[1]}",
            "/timeline", "/matrix", "/search?q=Venn", "/search?q=nothinglikethis", "/review", "/sources", f"/dossier?id={number}", "/kept",
            "/contacts/99999"]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(browser: Any, desk: str, book: Ledger, scheme: Any) -> None:
    """WCAG 2.2 AA, as far as axe can tell, on every screen."""
    context = browser.new_context(
        base_url=desk, color_scheme=scheme, bypass_csp=True
    )  # a dossier lets no script run, axe's neither
    page = context.new_page()
    axe = Axe()
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    found = {}
    for address in screens(book):
        page.goto(address)
        results = axe.run(page, options=rules)
        if results.violations_count:
            found[address] = [(v["id"], v["nodes"][0]["html"][:160]) for v in results.response["violations"]]
    context.close()
    assert found == {}


def test_a_kept_dossier_is_read_without_the_desk(page: Any, book: Ledger) -> None:
    """Kept, listed, and there when the desk is not."""
    page.goto(f"/contacts/{number_of(book, 'disputed')}")
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    page.click("text=Keep offline")
    page.wait_for_selector("button:text-is('Kept')")
    page.goto("/kept")
    page.wait_for_selector("#kept a")
    page.context.set_offline(True)
    page.click("#kept a")
    assert "On record:" in page.inner_text("h1")
    page.context.set_offline(False)
