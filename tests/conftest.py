"""What several tests share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from onrecord.ingest.kinds import Given, page_of
from onrecord.pipeline import read_page
from onrecord.records import PageResult
from onrecord.tables import SETTING

ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"


@pytest.fixture(autouse=True)
def invented_actors(monkeypatch: pytest.MonkeyPatch) -> None:
    """All tests know the invented states of the examples, and none sees the ledger of the person who runs them."""
    monkeypatch.setenv(SETTING, str(EXAMPLES / "actors.tsv"))
    monkeypatch.delenv("ONRECORD_LEDGER", raising=False)


@pytest.fixture
def read_text() -> Callable[..., PageResult]:
    """Reads a text as one page."""

    def run(text: str, published: str | None = "2031-05-18") -> PageResult:
        return read_page(page_of(text.encode(), Given(published), kind="text/plain"))

    return run
