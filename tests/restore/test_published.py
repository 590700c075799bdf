"""The publication day: what counts as one, and what does not."""

from __future__ import annotations

import pytest

from onrecord.restore.dates import published
from onrecord.text import lines


@pytest.mark.parametrize(("given", "metadata", "url", "text", "day", "basis"), [
    ("2025-03-23", ["2020-01-01"], None, "", "2025-03-23", "given"),
    (None, ["2025-03-23T23:50:00-05:00"], None, "", "2025-03-23", "metadata"),
    (None, ["Sun, 23 Mar 2025 10:00:00 GMT"], None, "", "2025-03-23", "metadata"),
    (None, [], "https://x.test/2025/03/23/a-b.html", "", "2025-03-23", "url"),
    (None, [], "https://x.test/news/20250323-a", "", "2025-03-23", "url"),
    (None, [], None, "Published: 23 March 2025\nText", "2025-03-23", "text"),
    (None, [], None, "March 23, 2025\nText", "2025-03-23", "text"),
    (None, [], None, "MOSCOW, March 23, 2025 (Wire) – Text", "2025-03-23", "dateline"),
])  # fmt: skip
def test_days_that_a_page_is_dated_by(
    given: str | None, metadata: list[str], url: str | None, text: str, day: str, basis: str
) -> None:
    """Given, metadata, URL, dateline and text, in this order."""
    found = published(given, metadata, url, text, lines(text))
    assert found and (found.value.isoformat(), found.basis, found.precision) == (day, basis, "day")


@pytest.mark.parametrize(("url", "text"), [
    ("https://x.test/a/12345678.html", ""),
    (None, "In 2024 the envoys met."),
    (None, "They met on March 3, 2024 in the city and left."),
    (None, "03-04-2025"),
    (None, "Copyright 2025"),
])  # fmt: skip
def test_what_is_no_publication_day(url: str | None, text: str) -> None:
    """A year or a day within a sentence, an ambiguous one, a number: null, never a guess."""
    assert published(None, [], url, text, lines(text)) is None
