"""Pictures of the desk for the documents: `python examples/screenshots.py` (needs Debian's chromium).

Without pages of your own it shows the invented ones beside this file. Give others to look at them: `--pages FOLDER --out FOLDER`.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

HERE = Path(__file__).parent
ARGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync", "--force-device-scale-factor=1")  # fmt: skip


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", nargs="*", default=["examples/pages", "examples/spun.txt"])
    parser.add_argument("--published", default="2031-05-18")
    parser.add_argument("--out", type=Path, default=HERE.parent / "docs" / "images")
    args = parser.parse_args()
    os.chdir(HERE.parent)  # so that the pictures show no folder of who took them
    os.environ.setdefault("ONRECORD_ACTORS", str(HERE / "actors.tsv"))
    browser = next((p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None)
    if browser is None:
        sys.exit("no Chromium on this machine: install Debian's package chromium")
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        take(filled(Path(folder) / "desk.db", args.pages, args.published), browser, args.out)


def filled(path: Path, given: list[str], published: str) -> Path:
    """A ledger of these pages; a loose text has the day that is given."""
    from onrecord import settle
    from onrecord.ingest import pages
    from onrecord.ingest.kinds import Given
    from onrecord.ledger import open_ledger
    from onrecord.pipeline import read_page
    from onrecord.records import Page

    book = open_ledger(path)
    for name in given:
        for page in pages([name], given=Given(published if name.endswith(".txt") else None)):
            if isinstance(page, Page):
                settle.add(book, read_page(page))
    return path


def take(ledger: Path, browser: str, out: Path) -> None:
    """The pictures."""
    import uvicorn
    from playwright.sync_api import sync_playwright

    from onrecord.desk import create_app
    from onrecord.ledger import open_ledger
    from onrecord.settle import views

    server = uvicorn.Server(uvicorn.Config(create_app(ledger), port=0, log_level="error"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.01)
    base = f"http://localhost:{server.servers[0].sockets[0].getsockname()[1]}"
    found = views.contacts(open_ledger(ledger), [])
    disputed = next((v for v in found if v["status"] == "disputed"), found[0])
    spun = next(
        (p["article"] for v in found for p in v["positions"] if p["wording_altered"]), disputed["positions"][0]["article"]
    )
    with sync_playwright() as playwright:
        window = playwright.chromium.launch(executable_path=browser, args=list(ARGS))
        contact = f"/contacts/{disputed['id']}"
        shown = {
            "front": "/",
            "contact": contact,
            "timeline": "/timeline",
            "document": f"/documents/{spun}?view=both",
            "dark": contact,
        }
        for name, address in shown.items():
            page = window.new_page(viewport={"width": 1200, "height": 820}, color_scheme="dark" if name == "dark" else "light")
            page.goto(base + address)
            page.screenshot(path=out / f"{name}.png")
            print(out / f"{name}.png")
        window.close()
    server.should_exit = True


if __name__ == "__main__":
    main()
