"""Text that no person wrote: the readers stay within bounds and answer, and what stands beside it is still read."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from onrecord.read.document import MAX_SENTENCE, MAX_TOKENS, _cut, parse
from onrecord.records import Article, PageResult

LEAD = "President Vladimir Putin said on Monday that he had spoken to Donald Trump by phone. "
RUNS = [
    "“",
    "(",
    "a.A",
    "Putin said Trump said ",
    "met and ",
    "and met ",
    "to meet ",
    "&& ",
    "“said “",
    "who said that ",
    "on Monday ",
    "“said so many” — " + "a" * 90 + "! ",
]


@pytest.mark.parametrize("run", RUNS)
def test_a_page_of_one_thing_over_and_over_is_read_to_its_end(read_text: Callable[..., PageResult], run: str) -> None:
    """No recursion without bound, no fault of ours, and the sentence before it gives its contact."""
    result = read_text(LEAD * 2 + "\n" + run * (20_000 // len(run)), "2025-03-23")
    assert result.skipped is None
    assert any(set(c.names) == {"Vladimir Putin", "Donald Trump"} for c in result.reading.contacts)


@pytest.mark.parametrize("run", RUNS)
def test_no_sentence_is_longer_than_the_readers_can_bear(run: str) -> None:
    """Whatever the parser makes of it."""
    document = parse(Article(None, (LEAD + run * (20_000 // len(run))).strip(), "en"))
    assert all(len(s) <= MAX_TOKENS for p in document.paragraphs for s in p.doc.sents)
    assert max(len(p.doc.text) for p in document.paragraphs) <= 20_000 + MAX_SENTENCE


def test_a_paragraph_is_cut_without_losing_a_letter() -> None:
    """The pieces join up to the paragraph; one of ordinary sentences stays whole."""
    text = ("Word " * 900 + "end. ") * 9
    pieces = list(_cut(text, 3, len(text)))
    assert [a for a, _ in pieces] == [3, *(b for _, b in pieces[:-1])] and pieces[-1][1] == len(text)
    ordinary = LEAD * 100
    assert list(_cut(ordinary, 0, len(ordinary))) == [(0, len(ordinary))]
