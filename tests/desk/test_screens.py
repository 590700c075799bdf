"""The desk without a browser: every screen answers, nothing of a page can act, and writes have to be meant."""

from __future__ import annotations

import re
from typing import Any

import feedparser
import pytest
from fastapi.testclient import TestClient
from finding import number_of

from onrecord.desk import create_app
from onrecord.desk.pages import SCREENS
from onrecord.ledger import Ledger, open_ledger
from onrecord.settle import views

MOST = 250  # addresses that are walked


def walked(client: Any) -> dict[str, Any]:
    """Every address that leads from the front, a few facets deep, with its answer."""
    seen: dict[str, Any] = {}
    waiting = ["/"]
    while waiting and len(seen) < MOST:
        address = waiting.pop(0)
        if address in seen:
            continue
        seen[address] = answer = client.get(address)
        for found in re.findall(r'href="(/[^"#]*)', answer.text) if "html" in answer.headers["content-type"] else ():
            found = found.replace("&amp;", "&")
            if found not in seen and found.count("=") < 3:
                waiting.append(found)
    return seen


def test_every_address_answers_and_is_small(client: Any) -> None:
    """From the front on, no link is dead and no page larger than 100 KB."""
    answers = walked(client)
    assert len(answers) > 80
    assert {a: r.status_code for a, r in answers.items() if r.status_code != 200} == {}
    assert {a: len(r.content) for a, r in answers.items() if len(r.content) > 100_000} == {}
    screens = {s.__name__.rsplit(".", 1)[-1] for s in SCREENS}
    assert screens == {"front", "contacts", "contact", "stories", "document", "actor", "timeline", "matrix", "search", "review", "sources",
                       "dossier", "kept"}  # fmt: skip


def test_nothing_of_a_page_can_act(client: Any) -> None:
    """Hostile titles, outlets, speakers, names of files and addresses come out as text, on every screen."""
    for address, answer in walked(client).items():
        if "html" not in answer.headers["content-type"]:
            continue
        assert "<script>window" not in answer.text and "<img" not in answer.text and "<svg onload" not in answer.text, address
        assert not re.search(r'href="(?:javascript|data):', answer.text), address
        assert "\u202e" not in answer.text, address
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy, address
        assert "unsafe" not in policy or address.startswith("/dossier"), address
        assert answer.headers["x-content-type-options"] == "nosniff" and answer.headers["x-frame-options"] == "DENY"


def test_a_write_needs_a_form_of_ours(client: Any, book: Ledger) -> None:
    """No token, a wrong one, or another site: refused, and nothing is decided."""
    number = number_of(book, "disputed")
    fact = views.contact(book, number)["facts"][0]["fact"]
    fields = {"action": "reject", "fact": fact, "why": "a test"}
    client.get("/")
    for headers, csrf in (({}, ""), ({}, "wrong"), ({"sec-fetch-site": "cross-site"}, client.cookies["onrecord_csrf"])):
        answer = client.post("/decisions", data=fields | {"csrf": csrf}, headers=headers)
        assert answer.status_code == 403
    assert client.post("/decisions", content=b"x" * 70_000).status_code == 413
    assert (
        client.post("/decisions", data=fields | {"csrf": client.cookies["onrecord_csrf"]}, follow_redirects=False).status_code
        == 303
    )
    assert all(f["fact"] != fact for f in views.contact(book, number)["facts"])


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)"])
def test_a_decision_leads_back_to_this_desk_only(client: Any, book: Ledger, back: str) -> None:
    """No open redirect."""
    fact = views.contact(book, number_of(book, "disputed"))["facts"][0]["fact"]
    client.get("/")
    fields = {"action": "accept", "fact": fact, "why": "seen", "back": back, "csrf": client.cookies["onrecord_csrf"]}
    assert client.post("/decisions", data=fields, follow_redirects=False).headers["location"] == "/review"


def test_other_host_names_and_strangers_are_refused(book: Ledger) -> None:
    """A name that is not this machine's (DNS rebinding), and, where there is a token, who has none."""
    local = TestClient(create_app(book), base_url="http://evil.example")
    assert local.get("/").status_code == 421
    far = TestClient(create_app(book, hosts=(), token="secret"), base_url="http://desk.example")
    assert far.get("/").status_code == 401 and far.get("/?token=wrong").status_code == 401
    assert far.get("/api/stories", headers={"authorization": "Bearer secret"}).status_code == 200
    assert far.get("/contacts").status_code == 401
    first = far.get("/contacts?token=secret&kind=call", follow_redirects=False)
    assert first.status_code == 303 and first.headers["location"] == "/contacts?kind=call"  # the token leaves the address
    assert far.get("/contacts").status_code == 200  # the cookie holds
    cookie = first.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


def test_a_read_only_desk_takes_no_decision(book: Ledger) -> None:
    """And offers none."""
    client = TestClient(create_app(book, read_only=True), base_url="http://localhost")
    page = client.get(f"/contacts/{number_of(book, 'disputed')}")
    assert "/decisions" not in page.text
    assert client.post("/decisions", data={"csrf": client.cookies["onrecord_csrf"]}).status_code == 403


def test_what_was_on_record_then(client: Any, book: Ledger) -> None:
    """A contact on an earlier day, by day and by step; before there was anything, a clear word."""
    number = number_of(book, "confirmed")
    assert client.get(f"/contacts/{number}?as_of=2031-05-18").status_code == 200
    assert client.get(f"/contacts/{number}?step=0").status_code == 200
    early = client.get(f"/contacts/{number}?as_of=2030")
    assert early.status_code == 404 and "on record on 2030-12-31" in early.text
    assert "0 of" in client.get("/contacts?as_of=2030").text or "Nothing on record" in client.get("/contacts?as_of=2030").text


@pytest.mark.parametrize("address", ["/contacts/99999", "/contacts/x", "/documents/zzz", "/stories/zzz", "/actors/nobody at all",
                                     "/nothing", "/compare/a/b", "/dossier?id=4444"])  # fmt: skip
def test_what_is_not_on_record_is_said(client: Any, address: str) -> None:
    """404, in words."""
    answer = client.get(address)
    assert answer.status_code == 404 and "<h1>Not on record</h1>" in answer.text


@pytest.mark.parametrize(
    "address", ["/contacts?status=wrong", "/contacts?since=yesterday", "/contacts?from=999999", "/search?since=x"]
)
def test_what_cannot_be_asked_is_said(client: Any, address: str) -> None:
    """400, with what could be."""
    assert client.get(address).status_code == 400


def test_an_empty_ledger_says_what_to_do(tmp_path: Any) -> None:
    """Every screen of an empty desk."""
    client = TestClient(create_app(open_ledger(tmp_path / "empty.db")), base_url="http://localhost")
    for address in ("/", "/contacts", "/stories", "/timeline", "/matrix", "/search?q=x", "/review", "/sources"):
        answer = client.get(address)
        assert answer.status_code == 200 and 'class="empty"' in answer.text, address
    assert "onrecord add" in client.get("/").text


def test_search_is_narrowed_by_facets_and_can_be_kept(client: Any) -> None:
    """Facets narrow, a kept search is a feed, and a broken query is taken word by word."""
    everything = client.get("/search?q=Venn").text
    narrowed = client.get("/search?q=Venn&outlet=Ostrel+Daily").text
    rows = lambda page: page.count("data-row")  # noqa: E731
    assert 0 < rows(narrowed) < rows(everything)
    assert client.get('/search?q="unclosed AND (').status_code == 200
    client.get("/")
    fields = {"name": "Venn", "query": "q=Venn", "csrf": client.cookies["onrecord_csrf"]}
    assert client.post("/searches", data=fields).status_code == 200
    assert "/feeds/search?q=Venn" in client.get("/search").text


def test_a_silent_edit_is_shown(client: Any) -> None:
    """On the front, with both wordings side by side, and the quotation that was changed marked."""
    address = re.search(r'href="(/compare/[^"]+)"', client.get("/").text)
    assert address
    page = client.get(address[1]).text
    assert "<del>word,</del>" in page and "<ins>promise,</ins>" in page


def test_a_dossier_of_a_story(client: Any) -> None:
    """The contacts that its articles tell of; a story without any says so."""
    stories = client.get("/api/stories").json()["rows"]
    answers = {s["pages"]: client.get(f"/dossier?story={s['story']}") for s in stories}
    assert answers[max(answers)].status_code == 200 and "SHA-256" in answers[max(answers)].text
    assert {a.status_code for a in answers.values()} <= {200, 404}
    then = client.get("/dossier?as_of=2031-05-20")
    assert "As on record on 2031-05-20." in then.text


def test_what_another_program_adds_is_shown(client: Any, book: Ledger) -> None:
    """A decision taken elsewhere while the desk is open: the list has it, and loses nothing."""
    from onrecord.settle import decide

    before = client.get("/api/contacts?limit=200").json()["total"]
    number = number_of(book, "disputed")
    denial = next(p["fact"] for p in views.contact(book, number)["positions"] if p["stance"] == "denies")
    decide.judge(book, "reject", denial, {}, who="elsewhere", why="a test")
    after = client.get("/api/contacts?limit=200").json()
    assert after["total"] == before and "disputed" not in {r["status"] for r in after["rows"] if r["id"] == number}
    for row in after["rows"]:
        view = views.contact(book, row["id"])
        assert (row["origins_named"], row["origins_read"], row["articles"]) == (
            view["origins_named"], view["origins_read"], view["articles"])  # fmt: skip


@pytest.mark.parametrize(
    "address", ["/feeds/search?q=%EF%BF%BF", "/contacts?from=%C2%B2", "/review?before=%C2%B2", "/contacts/%C2%B2"]
)
def test_odd_characters_are_no_fault(client: Any, address: str) -> None:
    """What is no digit for a number, and no character for XML."""
    assert client.get(address).status_code in (200, 400, 404)


def test_feeds_are_well_formed(client: Any) -> None:
    """Atom, with links that say what they are."""
    for address in ("/feeds/changes", "/feeds/search?q=Venn", "/feeds/search?q=nothinglikethis"):
        answer = client.get(address)
        found = feedparser.parse(answer.content)
        assert answer.headers["content-type"].startswith("application/atom+xml") and not found.bozo and found.version == "atom10"
        assert found.feed.id and found.feed.updated and found.feed.author
        for entry in found.entries:
            assert (
                entry.id
                and entry.updated
                and entry.title
                and entry.links[0].rel == "alternate"
                and entry.links[0].type == "text/html"
            )


def test_the_interface_answers_with_etags_and_problems(client: Any, book: Ledger) -> None:
    """Pages, 304 where nothing is new, problem+json where something is wrong."""
    answer = client.get("/api/contacts?limit=2")
    assert answer.json()["total"] > 2 and len(answer.json()["rows"]) == 2
    assert len(client.get(answer.json()["next"]).json()["rows"]) == 2
    assert client.get("/api/contacts?limit=2", headers={"if-none-match": answer.headers["etag"]}).status_code == 304
    for address, status in (("/api/contacts/99999", 404), ("/api/contacts?status=x", 422), ("/api/contacts?since=2031-99", 400)):
        wrong = client.get(address)
        assert wrong.status_code == status and wrong.headers["content-type"] == "application/problem+json"
        assert wrong.json()["status"] == status and wrong.json()["detail"]
    one = client.get(f"/api/contacts/{number_of(book, 'disputed')}").json()
    assert one["positions"][0]["text"] and client.get(f"/api/documents/{one['positions'][0]['article']}").json()["attributions"]
    assert client.get("/api").json()["openapi"].startswith("3.")


def test_the_api_holds_what_its_description_says(book: Ledger) -> None:
    """No answer to a made-up question is a fault, and each fits the schema."""
    import schemathesis
    from hypothesis import HealthCheck, given, settings

    schema = schemathesis.openapi.from_asgi("/api", create_app(book, hosts=()))
    asked = 0
    for operation in schema.get_all_operations():
        test = given(case=operation.ok().as_strategy())(
            settings(max_examples=15, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))(
                lambda case: _no_fault(case)
            )
        )
        test()
        asked += 1
    assert asked == 7


def _no_fault(case: Any) -> None:
    response = case.call()
    assert response.status_code in (200, 304, 400, 404, 422), f"{case.method} {case.formatted_path}: {response.status_code}"
