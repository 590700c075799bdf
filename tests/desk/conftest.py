"""A desk over the example pages and some hostile ones, and a browser to look at it."""

from __future__ import annotations

import json
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from onrecord import settle
from onrecord.ingest import pages
from onrecord.ingest.kinds import Given
from onrecord.ledger import Ledger, open_ledger
from onrecord.pipeline import read_page
from onrecord.records import Page
from onrecord.tables import SETTING

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
HOSTILE = '"><script>window.hit=1</script><img src=x onerror="window.hit=1">'
HOSTILE_PAGES = [
    {
        "id": f"../../{HOSTILE}",
        "url": "javascript:window.hit=1//example.org/a",
        "outlet": f"Outlet {HOSTILE}",
        "published": "2031-05-20",
        "text": f"Orsolo rang Venn {HOSTILE}\n\nKarvenian President Ilan Orsolo and Sulmari Prime Minister Mara Venn spoke by phone on "
        f"Monday, said Rado Kesh {HOSTILE}, a clerk at the White Lodge.\n\n“It was {HOSTILE} a good talk,” Kesh said on Tuesday.\n",
    },
    {
        "id": "first",
        "url": "https://news.example/corridor",
        "published": "2031-05-24",
        "text": "Sulmar opens the corridor\n\nThe corridor through Sulmar was opened on Saturday, Prime Minister Mara Venn said in Dell.\n\n"
        "“We kept our word, and we expect the others to keep theirs,” Venn told a rally in the capital.\n",
    },
    {
        "id": "second",
        "url": "https://news.example/corridor",
        "published": "2031-05-24",
        "text": "Sulmar opens the corridor\n\nThe corridor through Sulmar was opened on Saturday, Prime Minister Mara Venn said in Dell.\n\n"
        "“We kept our promise, and we expect the others to keep theirs,” Venn told a rally in the capital.\n",
    },
    {
        "id": "svg",
        "url": "data:text/html,<script>window.hit=1</script>",
        "published": "2031-05-20",
        "html": "<html><head><title>Venn ‮ reversed <svg onload=window.hit=1></title></head><body><article>"
        "<h1>Venn &lt;svg onload=window.hit=1&gt; speaks</h1><p>Sulmari Prime Minister Mara Venn met Karvenian President Ilan Orsolo "
        "in Holm on 19 May 2031, her office said on Monday, and both left without a word to the press.</p>"
        "<p>&lt;img src=x onerror=window.hit=1&gt; was what the spokesman said, according to the minutes of the meeting.</p>"
        "<script>window.hit=1</script></article></body></html>",
    },
]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the examples and the hostile pages, read once."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "hostile.jsonl").write_text("\n".join(map(json.dumps, HOSTILE_PAGES)), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SETTING, str(EXAMPLES / "actors.tsv"))
        book = open_ledger(folder / "desk.db")
        given = [("pages", "auto", Given()), ("spun.txt", "auto", Given("2031-05-18")), ("", "jsonl", Given())]
        for name, kind, known in given:
            for page in pages([str(EXAMPLES / name) if name else str(folder / "hostile.jsonl")], kind, known):
                assert isinstance(page, Page)
                settle.add(book, read_page(page))
        book.engine.dispose()
    return folder / "desk.db"


@pytest.fixture
def book(filled: Path, tmp_path: Path) -> Ledger:
    """A ledger of its own for each test."""
    shutil.copy(filled, tmp_path / "desk.db")
    return open_ledger(tmp_path / "desk.db")


@pytest.fixture
def client(book: Ledger) -> Any:
    """The desk, asked without a network."""
    from fastapi.testclient import TestClient

    from onrecord.desk import create_app

    return TestClient(create_app(book), base_url="http://localhost")


@pytest.fixture
def desk(book: Ledger) -> Iterator[str]:
    """The address of a running desk."""
    import uvicorn

    from onrecord.desk import create_app

    server = uvicorn.Server(uvicorn.Config(create_app(book), port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://localhost:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    path = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)
    if path is None:
        pytest.skip("no Chromium on this machine: install Debian's package chromium to run the tests in a browser")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield found
        found.close()
