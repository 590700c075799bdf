"""Readings as a whole: evidence, the contract, and what must never happen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.contract import schema
from onrecord.ingest import pages
from onrecord.ingest.kinds import Given
from onrecord.pipeline import read_page
from onrecord.readings import to_reading
from onrecord.records import Page, PageResult
from onrecord.tables import rows

ROOT = Path(__file__).parent.parent.parent


def example_rows() -> Iterator[dict[str, Any]]:
    """The readings of all example pages, as the JSON that a caller gets."""
    for page in pages([str(ROOT / "examples" / "pages"), str(ROOT / "examples" / "spun.txt")], given=Given("2031-05-18")):
        assert isinstance(page, Page)
        yield json.loads(json.dumps(to_reading(read_page(page))))


def evidence(node: Any) -> Iterator[dict[str, Any]]:
    """Everything in a reading that claims to be a slice."""
    if isinstance(node, dict):
        if "in" in node and "span" in node:
            yield node
        for value in node.values():
            yield from evidence(value)
    elif isinstance(node, list):
        for value in node:
            yield from evidence(value)


def test_every_text_equals_its_slice_and_every_row_fits_the_contract() -> None:
    """On all example pages, for every piece of evidence."""
    number = 0
    for row in example_rows():
        jsonschema.validate(row, schema())
        for e in evidence(row):
            if e["in"] == "page":  # a printed date, which stands in the page only
                assert e["span"] is None and e["at"]
                continue
            source = row["article"]["text"] if e["in"] == "body" else row["article"]["title"]
            assert "".join(source[a:b] for a, b in e["span"]) == e["text"] and e["text"]
            number += 1
    assert number > 200


def test_the_schema_in_the_docs_is_the_one_in_force() -> None:
    """`make schema` writes it."""
    assert json.loads((ROOT / "docs" / "reading.schema.json").read_text()) == schema()


def test_a_page_that_yields_nothing_says_only_why(read_text: Callable[..., PageResult]) -> None:
    """Its row has id, page and skipped."""
    row = to_reading(read_text("Home\nWorld\nVideo"))
    assert set(row) == {"id", "page", "skipped"}
    jsonschema.validate(json.loads(json.dumps(row)), schema())


def test_quotations_of_a_reworded_copy_are_not_verbatim() -> None:
    """The spun page's quotations are marked; the agency's are the speaker's."""
    page_of_path = {row["page"]["path"].rsplit("/", 1)[-1]: row for row in example_rows()}
    quoted = {name: {a["content"]["verbatim"] for a in row["attributions"] if a["content"]["quotation"] == "direct"}
              for name, row in page_of_path.items()}  # fmt: skip
    assert quoted["agency.html"] == {True} and quoted["spun.txt"] <= {False}


def test_a_fault_of_ours_does_not_end_the_run(read_text: Callable[..., PageResult], monkeypatch: pytest.MonkeyPatch) -> None:
    """It becomes the page's reason."""
    monkeypatch.setattr("onrecord.pipeline.read", lambda _: 1 / 0)
    result = read_text("The president met the prime minister on Monday, officials said in a statement.")
    assert result.skipped and result.skipped.step == "read" and "ZeroDivisionError" in result.skipped.reason


@given(st.lists(st.sampled_from(
    ["President", "Orsolo", "Venn", "met", "spoke", "with", "and", "the", "to", "that", "said", "denied", "not", "“", "”", ",", ".", "call", "meeting", "on", "Friday", "will", "if", "was", "by", "report", "of", "in"]),
    max_size=40))  # fmt: skip
@settings(max_examples=80, deadline=None)
def test_no_sequence_of_words_breaks_the_readers(words: list[str]) -> None:
    """Ungrammatical input gives a reading or a reason, never a fault of ours."""
    text = "Karvenian officials said that the talks had ended. " + " ".join(words)
    result = read_page(Page("x", text.encode(), "x", "text/plain", text=text, published="2031-05-18"))
    assert result.skipped is None or "fault of ours" not in result.skipped.reason


@pytest.mark.parametrize("row", list(rows("answers.tsv")), ids=lambda r: r["example"])
def test_each_answer_pattern_matches_its_example(row: dict[str, str]) -> None:
    """A row of answers.tsv explains itself."""
    from onrecord.read.answers import means

    assert means(row["example"], row["answer"])  # type: ignore[arg-type]


def test_no_evasion_matches_a_denial() -> None:
    """The examples of dodges are not also false: an evasion must not be read as a denial."""
    from onrecord.read.answers import means

    for row in rows("answers.tsv"):
        if row["answer"] in ("evades", "no_comment", "not_ruled_out"):
            assert not means(row["example"], "false", "hedged"), row["example"]
