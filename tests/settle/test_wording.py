"""Quotations whose words a copy changed are marked, whichever came first, with the wording of the original."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from onrecord import settle
from onrecord.ingest import pages
from onrecord.ingest.kinds import Given
from onrecord.ledger import open_ledger, query
from onrecord.pipeline import read_page
from onrecord.records import Page, PageResult

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
NAMES = ("pages/agency.html", "pages/courier.html", "spun.txt")


@pytest.fixture(scope="module")
def results() -> list[PageResult]:
    """An agency's report, a verbatim copy, a reworded one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONRECORD_ACTORS", str(EXAMPLES / "actors.tsv"))
        found = pages([str(EXAMPLES / name) for name in NAMES], given=Given("2031-05-18"))
        return [read_page(page) for page in found if isinstance(page, Page)]


def test_what_a_copy_put_into_a_mouth_is_marked(tmp_path: Path, results: list[PageResult]) -> None:
    """The spun page's quotation, and no other; `--verbatim` leaves it out."""
    for number, order in enumerate(permutations(results)):
        book = open_ledger(tmp_path / f"{number}.db")
        for result in order:
            settle.add(book, result)
        rows = query.said(book, None, limit=500)
        altered = [r for r in rows if "altered" in r["data"]["content"]]
        assert altered and all("spun" in r["address"] for r in altered)
        frank = next(r for r in altered if "frank discussion" in r["content"])
        assert "frank conversation" in frank["data"]["content"]["altered"]["wording"] and not frank["data"]["content"]["verbatim"]
        assert not [r for r in query.said(book, None, verbatim=True, limit=500) if "altered" in r["data"]["content"]]
        assert any("frank conversation" in r["content"] and r["data"]["content"]["verbatim"] for r in rows)
